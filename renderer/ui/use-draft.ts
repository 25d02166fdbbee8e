import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { CompositionEvent } from 'react'
import { canonicalText } from '../../shared/kernel/text.ts'
import { holdDraft } from './drafts.ts'

/** Hands a text to the store; false when it was refused, so that the text stays on the screen. */
export type Commit = (text: string) => Promise<boolean>

export interface Draft {
  readonly text: string
  readonly onChange: (text: string) => void
  readonly onFocus: () => void
  readonly onBlur: () => void
  readonly onCompositionStart: () => void
  readonly onCompositionEnd: (event: CompositionEvent<HTMLInputElement | HTMLTextAreaElement>) => void
}

/**
 * Text being typed, on its way to the store: committed on leaving the field, after a short rest, when the field goes
 * away and when the window is hidden or locked; never while an input method is composing.
 */
export const useDraft = (value: string, commit: Commit, options: { readonly rest?: number; readonly trim?: boolean } = {}): Draft => {
  const { rest = 1200, trim = true } = options
  const [draft, setDraft] = useState<string | null>(null)
  const live = useRef({ draft, value, commit, focused: false, composing: false, timer: 0, sent: null as string | null, release: () => {} })
  useLayoutEffect(() => {
    live.current.value = value
    live.current.commit = commit
  })

  const set = useCallback((text: string | null) => {
    live.current.draft = text
    setDraft(text)
  }, [])

  const flush = useCallback(async (): Promise<void> => {
    const now = live.current
    window.clearTimeout(now.timer)
    if (now.draft === null || now.composing) return
    const text = canonicalText(trim ? now.draft.trim() : now.draft)
    if (text === now.value) {
      now.release()
      if (!now.focused) set(null)
      return
    }
    if (text === now.sent) return
    now.sent = text
    const kept = await now.commit(text)
    now.sent = null
    if (kept && now.draft !== null && canonicalText(trim ? now.draft.trim() : now.draft) === text) now.release()
  }, [set, trim])

  useEffect(() => {
    const now = live.current
    if (now.draft !== null && !now.focused && now.sent === null) set(null)
  }, [value, set])

  useEffect(() => {
    const now = live.current
    return () => {
      now.composing = false
      void flush().finally(() => now.release())
    }
  }, [flush])

  const schedule = (): void => {
    const now = live.current
    window.clearTimeout(now.timer)
    if (!now.composing) now.timer = window.setTimeout(() => void flush(), rest)
  }

  return {
    text: draft ?? value,
    onChange: (text) => {
      live.current.release()
      live.current.release = holdDraft(flush)
      set(text)
      schedule()
    },
    onFocus: () => {
      live.current.focused = true
    },
    onBlur: () => {
      live.current.focused = false
      live.current.composing = false
      void flush()
    },
    onCompositionStart: () => {
      live.current.composing = true
    },
    onCompositionEnd: () => {
      live.current.composing = false
      schedule()
    },
  }
}
