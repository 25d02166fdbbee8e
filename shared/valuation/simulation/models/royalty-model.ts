import type { Inputs, MethodSpec } from '../../figure.ts'
import { yearsOf } from '../../income/years.ts'
import { pow } from '../../numeric/elementary.ts'
import { annuityFactorAt } from '../../time/annuity.ts'
import { discountFactor } from '../../time/discount.ts'
import type { Timing } from '../../time/timing.ts'
import { isTiming, timesOf } from '../../time/timing.ts'
import type { TrialModel } from '../run.ts'
import type { UncertainInput } from './method-model.ts'

/** Where a number of the model comes from: a fixed value, or a drawn number that replaces or multiplies it, within hard limits. */
interface Source {
  readonly base: number
  /** Position of the drawn number; −1 when fixed. */
  readonly drawn: number
  readonly scales: boolean
  readonly min: number
  readonly max: number
}

const NUMBERS = ['royaltyRate', 'upkeepRate', 'taxRate', 'rate', 'decayRate', 'upfront'] as const
type NumberKey = (typeof NUMBERS)[number]

const valueOf = ({ base, drawn, scales, min, max }: Source, row: Float64Array): number => {
  if (drawn < 0) return base
  const x = row[drawn] ?? NaN
  const value = scales ? base * x : x
  return value >= min && value <= max ? value : NaN
}

interface Fixed {
  /** Revenue of every forecast year, beyond the life too. */
  readonly forecast: readonly number[]
  /** Revenue of each period, part-year included. */
  readonly revenues: Float64Array
  readonly times: readonly number[]
  /** Number of leading whole years, discounted by repeated division. */
  readonly wholeYears: number
  readonly timing: Timing
  readonly hasDecay: boolean
  /** First year whose share has fallen. */
  readonly decayFrom: number
  readonly tab: { readonly taxRate: number; readonly years: number; readonly lag: number; readonly rate: number | null } | null
}

const numberOf = (inputs: Inputs, key: string): number | null => {
  const value = inputs[key]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

const seriesOf = (inputs: Inputs, key: string): readonly number[] | null => {
  const value = inputs[key]
  if (typeof value !== 'object' || value === null) return null
  const end = value.findLastIndex((one) => one !== null) + 1
  const numbers = value.slice(0, end).filter((one) => one !== null)
  return numbers.length === end ? numbers : null
}

type FixedTab = Fixed['tab'] | 'other'

const tabOf = (base: Inputs): FixedTab => {
  if (base['tabMode'] === 'none') return null
  const taxRate = numberOf(base, 'tabTaxRate')
  const years = numberOf(base, 'tabYears')
  if (base['tabMode'] !== 'straightLine' || taxRate === null || years === null) return 'other'
  return { taxRate, years, lag: numberOf(base, 'tabLag') ?? 0, rate: numberOf(base, 'tabRate') }
}

/** The parts of the sheet that stay the same in every trial; null when the sheet needs the full method. */
const fixedOf = (base: Inputs): Fixed | null => {
  const revenues = seriesOf(base, 'revenues')
  const life = numberOf(base, 'life')
  const timing = base['timing']
  const tab = tabOf(base)
  const plain = base['royaltyKind'] === 'flat' && base['hasMinimum'] !== 'yes' && (seriesOf(base, 'milestones') ?? []).every((one) => one === 0)
  const hasDecay = base['hasDecay'] === 'yes'
  const decayFrom = hasDecay ? numberOf(base, 'decayFrom') : 2
  if (!plain || revenues === null || life === null || !isTiming(timing) || tab === 'other' || decayFrom === null || !Number.isInteger(decayFrom)) return null
  const years = yearsOf(revenues.length, life)
  if (!years.ok) return null
  const { fractions } = years.value
  return {
    forecast: revenues,
    revenues: Float64Array.from(fractions, (fraction, k) => (revenues[k] ?? 0) * fraction),
    times: timesOf(fractions, timing),
    wholeYears: fractions.findIndex((fraction) => fraction !== 1) < 0 ? fractions.length : fractions.length - 1,
    timing,
    hasDecay,
    decayFrom,
    tab,
  }
}

const tabFactor = (tab: NonNullable<Fixed['tab']>, rate: number, timing: Timing): number => {
  const own = tab.rate ?? rate
  const late = tab.lag === 0 ? 1 : discountFactor(own, tab.lag)
  const left = 1 - tab.taxRate * (annuityFactorAt(own, tab.years, timing) / tab.years) * late
  return left > 0 ? 1 / left : NaN
}

/**
 * Relief from royalty with one rate, written out for simulation (dạng rút gọn để mô phỏng): the value of `rfr/1` up to rounding, without its working.
 * Null when the sheet or the uncertain inputs need the full method: tiers, yearly rates, minimum, milestones, an uncertain life.
 */
export const royaltyModel = (method: MethodSpec, base: Inputs, uncertain: readonly UncertainInput[]): TrialModel | null => {
  if (method.id !== 'rfr/1') return null
  const fixed = fixedOf(base)
  const scale = uncertain.findIndex(({ key, change }) => key === 'revenues' && change === 'scale')
  const growth = uncertain.findIndex(({ key, change }) => key === 'revenues' && change === 'growth')
  const known = new Set<string>(NUMBERS)
  const isUsual = uncertain.every(({ key, change }, k) => (key === 'revenues' ? k === scale || k === growth : known.has(key) && uncertain.findIndex((one) => one.key === key) === k && change !== 'growth'))
  if (fixed === null || !isUsual) return null
  const sourceOf = (key: NumberKey, otherwise: number): Source => {
    const spec = method.inputs.find((one) => one.key === key)
    const drawn = uncertain.findIndex((one) => one.key === key)
    return { base: numberOf(base, key) ?? otherwise, drawn, scales: uncertain[drawn]?.change === 'scale', min: spec?.min ?? -Infinity, max: spec?.max ?? Infinity }
  }
  const royalty = sourceOf('royaltyRate', NaN)
  const upkeep = sourceOf('upkeepRate', 0)
  const tax = sourceOf('taxRate', NaN)
  const rate = sourceOf('rate', NaN)
  const decay = sourceOf('decayRate', NaN)
  const upfront = sourceOf('upfront', 0)
  const fixedNumbers = [royalty, upkeep, tax, rate, upfront, ...(fixed.hasDecay ? [decay] : [])].filter(({ drawn }) => drawn < 0)
  if (fixedNumbers.some(({ base: value, min, max }) => !(value >= min && value <= max))) return null
  if (!fixed.hasDecay && decay.drawn >= 0) return null
  const { forecast, revenues, times, wholeYears, timing, hasDecay, decayFrom, tab } = fixed
  const count = revenues.length
  const earnsInEvenPlaces = forecast.some((revenue, k) => k % 2 === 0 && revenue > 0)
  const earnsInOddPlaces = forecast.some((revenue, k) => k % 2 === 1 && revenue > 0)
  return (row) => {
    const r = valueOf(rate, row)
    const d = hasDecay ? valueOf(decay, row) : 0
    const ownPart = valueOf(royalty, row) - valueOf(upkeep, row)
    const keptAfterTax = 1 - valueOf(tax, row)
    const first = valueOf(upfront, row)
    // A drawn number outside its limits refuses the trial, also where this sheet makes no use of it.
    const factor = scale < 0 ? 1 : (row[scale] ?? NaN)
    const rise = growth < 0 ? 1 : 1 + (row[growth] ?? NaN)
    const sound = r + d + ownPart + keptAfterTax + first + factor + rise
    if (sound !== sound) return null
    // Revenues must not turn negative, as in the method itself.
    if ((earnsInEvenPlaces && factor < 0) || (earnsInOddPlaces && factor * rise < 0)) return null
    const discount = 1 / (1 + r)
    const kept = 1 - d
    let size = factor
    let weight = timing === 'end' ? discount : timing === 'mid' ? Math.sqrt(discount) : 1
    let total = 0
    for (let k = 0; k < count; k += 1) {
      if (hasDecay && k + 2 > decayFrom) size *= kept
      const late = k < wholeYears ? weight : pow(1 + r, -(times[k] ?? 0))
      total += (revenues[k] ?? 0) * size * late
      weight *= discount
      size *= rise
    }
    const value = (total * ownPart + first) * keptAfterTax
    const grossed = tab === null ? value : value * tabFactor(tab, r, timing)
    return grossed - grossed === 0 ? grossed : null
  }
}
