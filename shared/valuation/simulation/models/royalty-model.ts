import type { Inputs, MethodSpec } from '../../figure.ts'
import { yearsOf } from '../../income/years.ts'
import { pow } from '../../numeric/elementary.ts'
import { annuityFactorAt } from '../../time/annuity.ts'
import { discountFactor } from '../../time/discount.ts'
import type { Timing } from '../../time/timing.ts'
import { isTiming, timesOf, wholeYearTimes } from '../../time/timing.ts'
import { BLOCK_TRIALS } from '../plan.ts'
import type { BatchModel } from '../run.ts'
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

/** The numbers of one source for a block of trials; one outside its limits becomes NaN, which refuses its trial. */
type Column = (columns: readonly Float64Array[], count: number) => Float64Array

const isWithin = (values: Float64Array, count: number, min: number, max: number): boolean => {
  let inside = true
  for (let t = 0; t < count; t += 1) {
    const value = values[t] ?? NaN
    if (!(value >= min && value <= max)) inside = false
  }
  return inside
}

const limited = (values: Float64Array, count: number, factor: number, min: number, max: number, target: Float64Array): void => {
  for (let t = 0; t < count; t += 1) {
    const value = factor * (values[t] ?? NaN)
    target[t] = value >= min && value <= max ? value : NaN
  }
}

const columnOf = ({ base, drawn, scales, min, max }: Source): Column => {
  const own = new Float64Array(BLOCK_TRIALS)
  if (drawn < 0) {
    own.fill(base)
    return () => own
  }
  const factor = scales ? base : 1
  return (columns, count) => {
    const given = columns[drawn] ?? own
    const isFree = min === -Infinity && max === Infinity
    if (factor === 1 && (isFree || isWithin(given, count, min, max))) return given
    limited(given, count, factor, min, max, own)
    return own
  }
}

interface Fixed {
  /** Revenue of every forecast year, beyond the life too. */
  readonly forecast: readonly number[]
  /** Revenue of each period, part-year included. */
  readonly revenues: Float64Array
  /** How much earlier than in a whole year the flow of a last part-year falls, in years; 0 without one. */
  readonly earlier: number
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
  const plain = base['royaltyKind'] === 'flat' && base['hasMinimum'] !== 'yes' && base['ratesVary'] !== 'yes' && base['taxVaries'] !== 'yes' && (seriesOf(base, 'milestones') ?? []).every((one) => one === 0)
  const hasDecay = base['hasDecay'] === 'yes'
  const decayFrom = hasDecay ? numberOf(base, 'decayFrom') : 2
  if (!plain || revenues === null || life === null || !isTiming(timing) || tab === 'other' || decayFrom === null || !Number.isInteger(decayFrom)) return null
  const years = yearsOf(revenues.length, life)
  if (!years.ok) return null
  const { fractions } = years.value
  return {
    forecast: revenues,
    revenues: Float64Array.from(fractions, (fraction, k) => (revenues[k] ?? 0) * fraction),
    earlier: (wholeYearTimes(fractions.length, timing).at(-1) ?? 0) - (timesOf(fractions, timing).at(-1) ?? 0),
    timing,
    hasDecay,
    decayFrom,
    tab,
  }
}

/** Longest tax life that is summed year by year; beyond it the closed form is quicker. */
const MOST_SUMMED_YEARS = 40

/** Present value of 1 a year for whole years, at year ends: a sum of positive terms (Horner), so that no digits are lost at any rate. */
const summedAnnuity = (discount: number, years: number): number => {
  let total = 0
  for (let year = 0; year < years; year += 1) total = (total + 1) * discount
  return total
}

/** Factor of the tax amortisation benefit at a rate, NaN where it has none. */
const tabFactorOf = (tab: NonNullable<Fixed['tab']>, timing: Timing): ((rate: number) => number) => {
  const isSummed = Number.isInteger(tab.years) && tab.years > 0 && tab.years <= MOST_SUMMED_YEARS && tab.lag === 0
  const shift = (rate: number): number => (timing === 'end' ? 1 : timing === 'mid' ? Math.sqrt(1 + rate) : 1 + rate)
  const presentValue = isSummed
    ? (rate: number): number => summedAnnuity(1 / (1 + rate), tab.years) * shift(rate)
    : (rate: number): number => annuityFactorAt(rate, tab.years, timing) * (tab.lag === 0 ? 1 : discountFactor(rate, tab.lag))
  const share = tab.taxRate / tab.years
  const factor = (rate: number): number => {
    const left = 1 - share * presentValue(rate)
    return rate > -1 && left > 0 ? 1 / left : NaN
  }
  if (tab.rate === null) return factor
  const fixed = factor(tab.rate)
  return () => fixed
}

/**
 * Relief from royalty with one rate, written out for simulation (dạng rút gọn để mô phỏng): the value of `rfr/1` up to rounding, without its working.
 * Null when the sheet or the uncertain inputs need the full method: tiers, yearly rates, minimum, milestones, an uncertain life.
 */
export const royaltyModel = (method: MethodSpec, base: Inputs, uncertain: readonly UncertainInput[]): BatchModel | null => {
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
  const { forecast, revenues, earlier, timing, decayFrom, tab } = fixed
  const count = revenues.length
  const earnsInEvenPlaces = forecast.some((revenue, k) => k % 2 === 0 && revenue > 0)
  const earnsInOddPlaces = forecast.some((revenue, k) => k % 2 === 1 && revenue > 0)
  const noDecay: Source = { base: 0, drawn: -1, scales: false, min: 0, max: 1 }
  const free = (drawn: number, base: number): Source => ({ base, drawn, scales: false, min: -Infinity, max: Infinity })
  const numbers = [royalty, upkeep, tax, rate, fixed.hasDecay ? decay : noDecay, upfront, free(scale, 1), free(growth, 0)].map(columnOf)
  const first = revenues[0] ?? 0
  const tabFactor = tab === null ? null : tabFactorOf(tab, timing)
  /** Years from this one on have lost a further step of their share. */
  const falling = Math.min(count, Math.max(1, decayFrom - 1))

  const batch = (columns: readonly Float64Array[], trials: number, results: Float64Array): void => {
    const [royalties, upkeeps, taxes, rates, decays, upfronts, factors, rises] = numbers.map((column) => column(columns, trials))
    if (!royalties || !upkeeps || !taxes || !rates || !decays || !upfronts || !factors || !rises) return
    for (let t = 0; t < trials; t += 1) {
      const r = rates[t] ?? NaN
      const kept = 1 - (decays[t] ?? NaN)
      const factor = factors[t] ?? NaN
      const rise = 1 + (rises[t] ?? NaN)
      const discount = 1 / (1 + r)
      const step = rise * discount
      const fallingStep = step * kept
      let weight = factor * (timing === 'end' ? discount : timing === 'mid' ? Math.sqrt(discount) : 1) * (decayFrom === 1 ? kept : 1)
      let total = first * weight
      for (let k = 1; k < falling; k += 1) {
        weight *= step
        total += (revenues[k] ?? 0) * weight
      }
      for (let k = falling; k < count; k += 1) {
        weight *= fallingStep
        total += (revenues[k] ?? 0) * weight
      }
      if (earlier !== 0) total += (revenues[count - 1] ?? 0) * weight * (pow(1 + r, earlier) - 1)
      const value = (total * ((royalties[t] ?? NaN) - (upkeeps[t] ?? NaN)) + (upfronts[t] ?? NaN)) * (1 - (taxes[t] ?? NaN))
      // Every number takes part, so that one outside its limits refuses the trial also where this sheet makes no use of it;
      // revenues must not turn negative, as in the method itself.
      const isRefused = (earnsInEvenPlaces && factor < 0) || (earnsInOddPlaces && factor * rise < 0)
      const drawn = r + kept + rise
      results[t] = isRefused || drawn !== drawn ? NaN : tabFactor === null ? value : value * tabFactor(r)
    }
  }
  return { batch }
}
