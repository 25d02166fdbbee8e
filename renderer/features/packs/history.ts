import { useCallback, useEffect, useRef, useState } from 'react'
import type { RulePack } from '../../../shared/rulepack/schema.ts'
import type { PackDraft } from '../../store/library.ts'
import { holdDraft } from '../../ui/drafts.ts'
import { useStore } from '../../ui/store-context.tsx'
import { useFaultToast } from '../../ui/toasts.tsx'
import type { Path } from './paths.ts'
import { withValue } from './paths.ts'

interface Steps {
  readonly past: readonly RulePack[]
  readonly present: RulePack
  readonly future: readonly RulePack[]
  /** Place of the last change: more typing there is the same step. */
  readonly place: string
}

const longest = 200
const restMs = 500

/** A draft being edited: every change kept in the store by itself, and taken back step by step. */
export interface Editing {
  readonly pack: RulePack
  readonly change: (path: Path, value: unknown) => void
  readonly replace: (next: RulePack) => void
  readonly undo: () => void
  readonly redo: () => void
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** The store has everything. */
  readonly saved: boolean
  readonly flush: () => Promise<boolean>
}

/** Opens a draft for editing (sửa bản nháp), with undo, redo and autosave. */
export const useEditing = (draft: PackDraft): Editing => {
  const store = useStore()
  const showFault = useFaultToast()
  const [steps, setSteps] = useState<Steps>({ past: [], present: draft.pack, future: [], place: '' })
  const kept = useRef(draft.pack)
  const [shownKept, setShownKept] = useState(draft.pack)
  const latest = useRef(draft.pack)
  const flush = useCallback(async (): Promise<boolean> => {
    const pack = latest.current
    if (pack === kept.current) return true
    const saved = await store.saveDraft({ id: draft.id, pack })
    if (saved.ok) {
      kept.current = pack
      setShownKept(pack)
    } else showFault(saved.fault)
    return saved.ok
  }, [store, draft.id, showFault])
  /** Set while a save is due; more changes until then go with it, so that steady work is saved too. */
  const due = useRef<{ readonly timer: number; readonly release: () => void } | null>(null)
  const settle = useCallback((): void => {
    if (due.current === null) return
    window.clearTimeout(due.current.timer)
    due.current.release()
    due.current = null
  }, [])
  useEffect(() => {
    latest.current = steps.present
    if (steps.present === kept.current || due.current !== null) return
    due.current = {
      release: holdDraft(flush),
      timer: window.setTimeout(() => {
        settle()
        void flush()
      }, restMs),
    }
  }, [steps.present, flush, settle])
  useEffect(() => () => {
    settle()
    void flush()
  }, [flush, settle])
  const step = useCallback((make: (pack: RulePack) => RulePack, place: string) => setSteps(({ past, present, place: before }) => {
    const next = make(present)
    const joined = place !== '' && place === before
    return { past: joined ? past : [...past, present].slice(-longest), present: next, future: [], place }
  }), [])
  return {
    pack: steps.present,
    change: useCallback((path, value) => step((pack) => withValue(pack, path, value), typeof value === 'string' ? path.join('/') : ''), [step]),
    replace: useCallback((next) => step(() => next, ''), [step]),
    undo: useCallback(() => setSteps(({ past, present, future }) => {
      const before = past.at(-1)
      return before === undefined ? { past, present, future, place: '' } : { past: past.slice(0, -1), present: before, future: [present, ...future], place: '' }
    }), []),
    redo: useCallback(() => setSteps(({ past, present, future }) => {
      const [next, ...rest] = future
      return next === undefined ? { past, present, future, place: '' } : { past: [...past, present], present: next, future: rest, place: '' }
    }), []),
    canUndo: steps.past.length > 0,
    canRedo: steps.future.length > 0,
    saved: shownKept === steps.present,
    flush,
  }
}
