import { useEffect } from 'react'

const findEvery = 60
const findTimes = 25
/** After as many tries nothing more is being loaded, and a less exact name will do. */
const exactTimes = 8

/** Names to look for, the most exact first: `valuation.m-1.inputs`, `m-1.inputs`; later also `m-1` and `inputs`. */
export const namesFor = (at: string, exact: boolean): readonly string[] => {
  const [, ...rest] = at.split('.')
  const inner = rest.join('.')
  const names = exact ? [at, inner] : [at, inner, rest.slice(0, -1).join('.'), rest.at(-1) ?? '']
  return names.filter((name) => name !== '')
}

/** Whether an element is wholly inside the part of the window that scrolls. */
const inSight = (element: HTMLElement): boolean => {
  const view = document.getElementById('content')?.getBoundingClientRect()
  const own = element.getBoundingClientRect()
  return view !== undefined && own.top >= view.top && own.bottom <= view.bottom
}

/**
 * Brings the element carrying `data-at={at}` into view and puts the focus on it, or on the first control inside it.
 * Waits for parts being loaded. Gives back how to stop looking.
 */
export const bringIntoView = (at: string): (() => void) => {
  let tries = 0
  let timer = 0
  const find = (names: readonly string[]): HTMLElement | null => {
    for (const name of names) {
      const found = document.querySelector<HTMLElement>(`[data-at="${CSS.escape(name)}"]`)
      if (found !== null) return found
    }
    return null
  }
  const look = (): void => {
    tries += 1
    const found = find(namesFor(at, tries < exactTimes))
    if (found === null) {
      if (tries < findTimes) timer = window.setTimeout(look, findEvery)
      return
    }
    const control = found.matches('input, textarea, select, button, a') ? found : found.querySelector<HTMLElement>('input:not([type="hidden"]):not([tabindex="-1"]), textarea, select, button, a[href]')
    if (!inSight(found)) found.scrollIntoView({ block: 'center' })
    control?.focus({ preventScroll: true })
  }
  timer = window.setTimeout(look, 0)
  return () => window.clearTimeout(timer)
}

/** Brings what the address names into view whenever it changes. */
export const useAt = (at: string): void => {
  useEffect(() => (at === '' ? undefined : bringIntoView(at)), [at])
}
