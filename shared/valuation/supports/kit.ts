import type { MethodSpec, Unit } from '../figure.ts'
import { defineMethod, type MethodDefinition } from '../methods/kit.ts'

/** What a supporting computation is about; the picker shows them under these headings. */
export type SupportGroup = 'rate' | 'life' | 'market' | 'cost' | 'income'

/**
 * A supporting computation (bảng tính phụ): how one number that a method asks for came about. Built like a method, with the same
 * inputs, working and reasons; a version once sealed is never edited.
 */
export interface SupportSpec extends Omit<MethodSpec, 'approach'> {
  readonly group: SupportGroup
  /** Keys of inputs, of methods and of other supports, beside which it is offered. */
  readonly feeds: readonly string[]
  /** Row of the working whose list of numbers may be taken into a series, for example depreciation by year. */
  readonly series?: string
}

type SupportDefinition = Omit<MethodDefinition, 'approach'> & Pick<SupportSpec, 'group' | 'feeds' | 'series'> & { readonly unit: Unit }

/** A support from its definition; whatever the inputs, a finite value or null with a named reason. */
export const defineSupport = ({ group, feeds, series, ...definition }: SupportDefinition): SupportSpec => {
  const { approach: _, ...spec } = defineMethod({ ...definition, approach: 'income' })
  return { ...spec, group, feeds, ...(series === undefined ? {} : { series }) }
}

/** Keys under which methods ask for a discount rate. */
export const rateKeys = ['rate', 'tabRate', 'opportunityRate'] as const
/** Keys under which methods ask for money spent on making the technology. */
export const costKeys = ['directCost', 'indirectCost', 'labour', 'materials', 'fixedAssets', 'workshops', 'services', 'surveys', 'office', 'acceptance', 'otherDirect', 'management', 'registration', 'protection', 'rebuildCost', 'developmentCost', 'reproductionCost', 'costNew'] as const
