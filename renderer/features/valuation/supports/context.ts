import { createContext, useContext } from 'react'
import type { Figure } from '../../../../shared/valuation/figure.ts'
import type { SupportLink } from '../../../../shared/valuation/supports/links.ts'

/** An input that a figure may be taken into. */
export interface Target {
  /** Id of a method sheet or of another support. */
  readonly sheet: string
  readonly key: string
}

/** What the parts of the screen know of the supporting computations, and how they open one. */
export interface Supports {
  readonly figures: Readonly<Record<string, Figure>>
  readonly links: readonly SupportLink[]
  /** Shows one, opened from an input that its figure may go to. */
  readonly open: (id: string, from: Target | null) => void
}

export const SupportsContext = createContext<Supports>({ figures: {}, links: [], open: () => {} })

export const useSupports = (): Supports => useContext(SupportsContext)
