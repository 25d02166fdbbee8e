import { useEffect } from 'react'

const findEvery = 60
const findTimes = 25

/**
 * Brings the element carrying `data-at={at}` into view and puts the focus on it, or on the first control inside it.
 * A name with dots falls back on what comes before the last one (`valuation.m-1.inputs` → `valuation.m-1`), once nothing
 * more is being loaded. Gives back how to stop looking.
 */
export const bringIntoView = (at: string): (() => void) => {
  let tries = 0
  let timer = 0
  const find = (name: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-at="${CSS.escape(name)}"]`)
  const look = (): void => {
    tries += 1
    const last = tries >= findTimes
    const found = find(at) ?? (last && at.includes('.') ? find(at.slice(0, at.lastIndexOf('.'))) : null)
    if (found === null) {
      if (!last) timer = window.setTimeout(look, findEvery)
      return
    }
    const control = found.matches('input, textarea, select, button, a') ? found : found.querySelector<HTMLElement>('input:not([type="hidden"]):not([tabindex="-1"]), textarea, select, button, a[href]')
    found.scrollIntoView({ block: 'center' })
    control?.focus({ preventScroll: true })
  }
  timer = window.setTimeout(look, 0)
  return () => window.clearTimeout(timer)
}

/** Brings what the address names into view whenever it changes. */
export const useAt = (at: string): void => {
  useEffect(() => (at === '' ? undefined : bringIntoView(at)), [at])
}
