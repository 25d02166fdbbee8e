import type { Text } from '../kernel/fault-shape.ts'
import type { MethodSheet, Profile } from '../schema/dossier.ts'
import type { Condition, DataKind, FitRule } from './fit-rules.ts'
import { dataNames, fitRules } from './fit-rules.ts'

/** What is known about a dossier when a method is chosen. */
export interface FitFacts {
  /** Readiness level (TRL) recognised by the checklist; null when it has not been assessed. */
  readonly level: number | null
  readonly profile: Pick<Profile, 'purpose' | 'basis' | 'ipRights'>
  readonly data: ReadonlySet<DataKind>
}

export type Verdict = 'suits' | 'possible' | 'unlikely'

/** Whether a method fits and why (mức phù hợp của phương pháp). */
export interface Fit {
  readonly method: string
  readonly verdict: Verdict
  /** One sentence. */
  readonly reason: Text
  /** What speaks against it, what is still missing, what to mind. */
  readonly cautions: readonly Text[]
}

const liveStates: readonly string[] = ['granted', 'pending']

const rightsOf = ({ ipRights }: FitFacts['profile']): 'live' | 'none' | null =>
  ipRights.length === 0 ? null : ipRights.some(({ state, type }) => liveStates.includes(state) || (type === 'tradeSecret' && state === 'unregistered')) ? 'live' : 'none'

/** Whether every part of a condition holds; what is unknown never holds. */
export const holds = (condition: Condition, { level, profile, data }: FitFacts): boolean => {
  const { purpose, notPurpose, basis, levelFrom, levelBelow, has, lacks, rights } = condition
  const within = <T extends string>(list: readonly T[] | undefined, value: T | ''): boolean => list === undefined || (value !== '' && list.includes(value))
  return within(purpose, profile.purpose)
    && (notPurpose === undefined || (profile.purpose !== '' && !notPurpose.includes(profile.purpose)))
    && within(basis, profile.basis)
    && (levelFrom === undefined || (level !== null && level >= levelFrom))
    && (levelBelow === undefined || (level !== null && level < levelBelow))
    && (has === undefined || has.every((kind) => data.has(kind)))
    && (lacks === undefined || lacks.every((kind) => !data.has(kind)))
    && (rights === undefined || rightsOf(profile) === rights)
}

const join = (kinds: readonly DataKind[], language: 'vi' | 'en'): string => kinds.map((kind) => dataNames[kind][language].toLowerCase()).join(language === 'vi' ? ' hoặc ' : ' or ')

const missingText = (missing: readonly (readonly DataKind[])[]): Text => ({
  vi: `Còn cần: ${missing.map((any) => join(any, 'vi')).join('; ')}.`,
  en: `Still needed: ${missing.map((any) => join(any, 'en')).join('; ')}.`,
})

const nothingSaid: Text = { vi: '', en: '' }

const judge = (rule: FitRule, facts: FitFacts): { readonly fit: Fit; readonly points: number } => {
  const against = rule.against.filter(({ when }) => holds(when, facts))
  const missing = rule.needs.filter((any) => !any.some((kind) => facts.data.has(kind)))
  const liked = rule.prefers.filter((when) => holds(when, facts)).length
  const verdict: Verdict = against.length > 0 ? 'unlikely' : missing.length === 0 ? 'suits' : 'possible'
  return {
    fit: {
      method: rule.method,
      verdict,
      reason: rule.reasons.find(({ when }) => holds(when, facts))?.text ?? nothingSaid,
      cautions: [...against.map((one) => one.text), ...(missing.length === 0 ? [] : [missingText(missing)]), ...rule.cautions.filter(({ when }) => holds(when, facts)).map((one) => one.text)],
    },
    points: liked * 2 - missing.length,
  }
}

const order: Readonly<Record<Verdict, number>> = { suits: 0, possible: 1, unlikely: 2 }

/**
 * Which methods fit a dossier and why (phương pháp phù hợp): those that suit first, then those that could be used, then those
 * that something speaks against; inside each group what fits the purpose, stage and data best comes first. Never hides a method:
 * the choice and its reasons are the appraiser's.
 */
export const fitMethods = (facts: FitFacts): readonly Fit[] =>
  fitRules.map((rule) => judge(rule, facts)).toSorted((a, b) => order[a.fit.verdict] - order[b.fit.verdict] || b.points - a.points).map(({ fit }) => fit)

/** Inputs that show, once entered in some sheet, that a kind of data is at hand. */
const evidenceOf: Readonly<Record<DataKind, readonly string[]>> = {
  revenue: ['revenues', 'businessRevenue', 'revenue'],
  royalty: ['royaltyRate', 'royaltyRates', 'tierRates'],
  flows: ['freeCashflows', 'cashflows', 'flowsWith', 'operatingProfits'],
  advantage: ['priceWith', 'unitCostWith', 'losses'],
  assets: ['assetValues', 'chargeShare'],
  contribution: ['industryShare', 'contribution', 'ipShare'],
  stages: ['stageProbabilities', 'stageShares'],
  volatility: ['volatility', 'volReceive'],
  rebuild: ['directCost', 'labour', 'rebuildCost'],
  spending: ['spendAmounts'],
  deals: ['prices'],
}

const isGiven = (value: MethodSheet['inputs'][string]['value'] | undefined): boolean => typeof value === 'number' || (Array.isArray(value) && value.some((one) => one !== null))

/** Kinds of data that the sheets of a dossier already hold. */
export const dataAtHand = (sheets: readonly Pick<MethodSheet, 'inputs'>[]): ReadonlySet<DataKind> => {
  const given = (keys: readonly string[]): boolean => sheets.some(({ inputs }) => keys.some((key) => isGiven(inputs[key]?.value)))
  const kinds = Object.entries(evidenceOf) as readonly (readonly [DataKind, readonly string[]])[] // the record's own keys
  return new Set(kinds.filter(([, keys]) => given(keys)).map(([kind]) => kind))
}
