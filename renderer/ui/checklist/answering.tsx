import { createContext, useContext } from 'react'
import type { ReactNode } from 'react'
import type { Answer } from '../../../shared/schema/dossier.ts'

/** An answer with nothing in it. */
export const emptyAnswer: Answer = { value: null, evidence: [], note: '', confidence: null }

/** How answers are given: to the checklist of a dossier, to one assessor's part of it, or to a trial in the editor. Stays the same while answers change. */
export interface Answering {
  readonly editable: boolean
  /** Changes some parts of an answer, or makes the change from what stands there then; false when it was refused, which the person has been told. */
  readonly set: (question: string, patch: Partial<Answer> | ((now: Answer) => Partial<Answer>)) => Promise<boolean>
  /** Opens the written waiver of a question or section; undefined where nothing is waived. */
  readonly waive: ((item: string, name: string) => void) | undefined
  readonly unwaive: (item: string) => void
  /** The evidence an answer cites; nothing in a trial. */
  readonly evidence: (value: readonly string[], subject: string, onChange: (ids: string[]) => void) => ReactNode
  /** What the money of this checklist is counted in, where the question does not say. */
  readonly moneyUnit: string
}

const Context = createContext<Answering | null>(null)

export const AnsweringProvider = ({ answering, children }: { readonly answering: Answering; readonly children: ReactNode }) => <Context value={answering}>{children}</Context>

export const useAnswering = (): Answering => {
  const answering = useContext(Context)
  if (answering === null) throw new Error('useAnswering outside AnsweringProvider')
  return answering
}
