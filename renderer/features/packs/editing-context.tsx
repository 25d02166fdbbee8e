import { createContext, useContext } from 'react'
import type { ReactNode } from 'react'
import type { RulePack } from '../../../shared/rulepack/schema.ts'
import type { Path } from './paths.ts'

/** What the fields of a form work on: a draft, or anything else of the same kind of shape. */
export interface Target {
  readonly root: unknown
  /** The pack that formulas and citations are looked up in; null in forms without them. */
  readonly pack: RulePack | null
  readonly change: (path: Path, value: unknown) => void
  readonly readOnly: boolean
}

const Context = createContext<Target | null>(null)

export const TargetProvider = ({ target, children }: { readonly target: Target; readonly children: ReactNode }) => <Context value={target}>{children}</Context>

export const useTarget = (): Target => {
  const target = useContext(Context)
  if (target === null) throw new Error('useTarget outside TargetProvider')
  return target
}
