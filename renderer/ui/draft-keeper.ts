import { canonicalText } from '../../shared/kernel/text.ts'
import { holdDraft } from './drafts.ts'

/** Hands a text to the store; false when it was refused, so that the text stays on the screen. */
export type Commit = (text: string) => Promise<boolean>

export interface DraftOptions {
  /** Milliseconds of rest after which what was typed is committed. */
  readonly rest: number
  /** Spaces at both ends are no part of the text. */
  readonly trim: boolean
}

/** Text being typed, on its way to the store. */
export interface DraftKeeper {
  /** What the field shows instead of the stored value; null when it shows that. */
  readonly get: () => string | null
  readonly subscribe: (listener: () => void) => () => void
  /** The stored value and the way to the store, whenever either changes. */
  readonly renew: (value: string, commit: Commit) => void
  readonly change: (text: string) => void
  readonly focus: () => void
  readonly blur: () => void
  readonly composeStart: () => void
  readonly composeEnd: () => void
  /** Commits at once what is typed; nothing while an input method is composing. */
  readonly flush: () => Promise<void>
  /** The field goes away: the last text is committed, composed or not. */
  readonly leave: () => void
}

/**
 * Keeps what is typed until it is stored: committed on leaving the field, after a short rest, when the field goes away and
 * when all drafts are flushed (window hidden, archive locked); never while an input method is composing. A text that the
 * store refuses stays, and is offered again.
 */
export const createDraftKeeper = (options: DraftOptions): DraftKeeper => {
  const listeners = new Set<() => void>()
  let value = ''
  let commit: Commit = () => Promise.resolve(false)
  let draft: string | null = null
  let sending: string | null = null
  let focused = false
  let composing = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let release = (): void => {}

  const canonical = (text: string): string => canonicalText(options.trim ? text.trim() : text)
  const show = (text: string | null): void => {
    if (draft === text) return
    draft = text
    for (const listener of listeners) listener()
  }

  const flush = async (): Promise<void> => {
    clearTimeout(timer)
    if (draft === null || composing) return
    const text = canonical(draft)
    if (text === value) {
      release()
      if (!focused) show(null)
      return
    }
    if (text === sending) return
    sending = text
    try {
      const kept = await commit(text)
      if (kept && draft !== null && canonical(draft) === text) release()
    } finally {
      sending = null
    }
  }
  const schedule = (): void => {
    clearTimeout(timer)
    if (!composing) timer = setTimeout(() => void flush(), options.rest)
  }

  return {
    get: () => draft,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    renew: (nextValue, nextCommit) => {
      commit = nextCommit
      if (nextValue === value) return
      value = nextValue
      // Stored, or changed from elsewhere (undo): the field shows the store's value again unless someone types in it.
      if (draft !== null && !focused) {
        release()
        show(null)
      }
    },
    change: (text) => {
      release()
      release = holdDraft(flush)
      show(text)
      schedule()
    },
    focus: () => {
      focused = true
    },
    blur: () => {
      focused = false
      composing = false
      void flush()
    },
    composeStart: () => {
      composing = true
      clearTimeout(timer)
    },
    composeEnd: () => {
      composing = false
      if (draft !== null) schedule()
    },
    flush,
    leave: () => {
      composing = false
      void flush().finally(release)
    },
  }
}
