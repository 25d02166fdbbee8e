import { useEffect, useEffectEvent } from 'react'

/** Whether the event belongs to something a person types into; shortcuts keep out of it. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
    || (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range', 'file'].includes(target.type)))

/** Enter that confirms an input method's composition is not an Enter for us. */
export const isComposing = (event: { readonly keyCode: number; readonly isComposing?: boolean; readonly nativeEvent?: { readonly isComposing: boolean } }): boolean =>
  event.isComposing === true || event.nativeEvent?.isComposing === true || event.keyCode === 229

export interface Shortcut {
  /** `KeyboardEvent.key`, lower case. */
  readonly key: string
  readonly ctrl?: boolean
  /** Looked at only together with Ctrl. */
  readonly shift?: boolean
  readonly run: () => void
}

/** Window-wide shortcuts, silent inside text fields, during composition and while a dialogue is open. */
export const useShortcuts = (shortcuts: readonly Shortcut[]): void => {
  const react = useEffectEvent((event: KeyboardEvent): void => {
    if (event.defaultPrevented || isComposing(event) || isTyping(event.target)) return
    if (document.querySelector('[role="dialog"]') !== null) return
    const ctrl = event.ctrlKey || event.metaKey
    const hit = shortcuts.find((s) => s.key === event.key.toLowerCase() && (s.ctrl ?? false) === ctrl && (!ctrl || (s.shift ?? false) === event.shiftKey) && !event.altKey)
    if (hit === undefined) return
    event.preventDefault()
    hit.run()
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => react(event)
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
