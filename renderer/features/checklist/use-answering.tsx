import { useCallback, useMemo, useRef } from 'react'
import { checklistOf } from '../../../shared/dossier/context.ts'
import type { Answer } from '../../../shared/schema/dossier.ts'
import { EvidenceLinks } from '../../ui/EvidenceLinks.tsx'
import { emptyAnswer } from '../../ui/checklist/answering.tsx'
import type { Answering } from '../../ui/checklist/answering.tsx'
import { useDossier } from '../../ui/store-context.tsx'

/** Which answers of a dossier are given: the list (undefined: the main one), and whose. */
export interface Place {
  readonly list: string | undefined
  /** Assessor who answers alone; null for the agreed answers. */
  readonly assessor: string | null
}

/** `list` as commands take it: left out for the main checklist. */
export const inList = (list: string | undefined): { readonly list?: string } => (list === undefined ? {} : { list })

const isEmpty = (answer: Answer): boolean => answer.value === null && answer.note === '' && answer.evidence.length === 0

/** Gives answers to a checklist of the dossier, agreed or of one assessor. */
export const useDossierAnswering = ({ list, assessor }: Place, moneyUnit: string, onWaive: (item: string, name: string) => void): { readonly answering: Answering; /** Resolves once the answers given so far are kept. */ readonly settled: () => Promise<unknown> } => {
  const { editable, run, state } = useDossier()
  const own = assessor === null ? undefined : checklistOf(state, list)?.assessors?.[assessor]
  const handedIn = own?.done ?? false
  const last = useRef<Promise<unknown>>(Promise.resolve())
  const settled = useCallback(() => last.current, [])
  const answering = useMemo((): Answering => ({
    editable: editable && !handedIn,
    set: (question, patch) => {
      const given = run((now) => {
        const checklist = checklistOf(now, list)
        const answers = assessor === null ? checklist?.answers : checklist?.assessors?.[assessor]?.answers
        const before = answers?.[question] ?? emptyAnswer
        const next = { ...before, ...(typeof patch === 'function' ? patch(before) : patch) }
        const by = assessor === null ? {} : { assessor }
        return isEmpty(next) ? { type: 'checklist.clear', question, ...inList(list), ...by } : { type: 'checklist.answer', question, answer: next, ...inList(list), ...by }
      })
      last.current = given
      return given
    },
    waive: assessor === null ? onWaive : undefined,
    unwaive: (item) => void run({ type: 'checklist.waive', item, waiver: null, ...inList(list) }),
    evidence: (value, subject, onChange) => <EvidenceLinks value={value} subject={subject} readOnly={!editable || handedIn} onChange={onChange} />,
    moneyUnit,
  }), [editable, handedIn, run, list, assessor, moneyUnit, onWaive])
  return { answering, settled }
}
