import { useEffect } from 'react'

/**
 * Brings what the address names into view and puts the focus into it: the element carrying `data-at={at}`, or the
 * first control inside it. Waits a moment for lazy parts.
 */
export const useAt = (at: string): void => {
  useEffect(() => {
    if (at === '') return
    let tries = 0
    const find = (): void => {
      const found = document.querySelector<HTMLElement>(`[data-at="${CSS.escape(at)}"]`)
      if (found === null) {
        tries += 1
        if (tries < 20) timer = window.setTimeout(find, 60)
        return
      }
      const control = found.matches('input, textarea, select, button, a') ? found : found.querySelector<HTMLElement>('input:not([type="hidden"]):not([tabindex="-1"]), textarea, select, button')
      found.scrollIntoView({ block: 'center' })
      control?.focus({ preventScroll: true })
    }
    let timer = window.setTimeout(find, 30)
    return () => window.clearTimeout(timer)
  }, [at])
}
