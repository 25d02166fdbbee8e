import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react'
import { createDraftKeeper } from './draft-keeper.ts'
import type { Commit, DraftOptions } from './draft-keeper.ts'

export interface Draft {
  readonly text: string
  readonly onChange: (text: string) => void
  readonly onFocus: () => void
  readonly onBlur: () => void
  readonly onCompositionStart: () => void
  readonly onCompositionEnd: () => void
}

/** Text being typed in a field, saved by itself; see `createDraftKeeper`. */
export const useDraft = (value: string, commit: Commit, options: Partial<DraftOptions> = {}): Draft => {
  const [keeper] = useState(() => createDraftKeeper({ rest: options.rest ?? 800, trim: options.trim ?? true }))
  useLayoutEffect(() => keeper.renew(value, commit))
  useEffect(() => () => keeper.leave(), [keeper])
  const draft = useSyncExternalStore(keeper.subscribe, keeper.get)
  return { text: draft ?? value, onChange: keeper.change, onFocus: keeper.focus, onBlur: keeper.blur, onCompositionStart: keeper.composeStart, onCompositionEnd: keeper.composeEnd }
}

/** What an input needs to show a draft and to tell it when it is entered, left and composed in; what is typed goes to `onChange`. */
export const draftProps = (draft: Draft) => ({
  value: draft.text,
  onFocus: draft.onFocus,
  onBlur: draft.onBlur,
  onCompositionStart: draft.onCompositionStart,
  onCompositionEnd: draft.onCompositionEnd,
})
