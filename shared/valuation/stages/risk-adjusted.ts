import { pow } from '../numeric/elementary.ts'
import { finite, finiteParts, known, refuse, andThen, type Outcome } from '../outcome.ts'
import { isShare, product, sum } from '../series.ts'
import { discountFlows, factorAt, type RateCurve } from '../time/discount.ts'
import { wholeYearTimes, type Timing } from '../time/timing.ts'
import { checkProbabilities } from '../income/incremental.ts'

/** One development stage (giai đoạn): its cost falls at its start and is paid only if all earlier stages succeeded. */
export interface Stage {
  readonly startYear: number
  readonly cost: number
  /** Chance that this stage succeeds. */
  readonly probability: number
}

export interface DatedFlow {
  readonly year: number
  readonly cashflow: number
}

export interface RiskAdjusted {
  /** Chance of reaching each stage: product of the EARLIER stages' probabilities. */
  readonly costWeights: readonly number[]
  readonly likelihoodOfApproval: number
  readonly costFactors: readonly number[]
  readonly costPresentValues: readonly number[]
  readonly revenueFactors: readonly number[]
  readonly revenuePresentValues: readonly number[]
  readonly rnpv: number
  readonly unadjustedNpv: number
  /** What weighting the costs by final success would give: a common error that overstates value. */
  readonly wrongIfCostsUseFullProbability: number
}

/** Running products of stage probabilities: up to each stage, and from each stage to the end. */
export const cumulativeProbabilities = (probabilities: readonly number[]): Outcome<{ readonly cumulative: readonly number[]; readonly fromStage: readonly number[] }> => {
  if (!probabilities.every(isShare)) return refuse('probability-out-of-range')
  return known({
    cumulative: probabilities.map((_, index) => product(probabilities.slice(0, index + 1))),
    fromStage: probabilities.map((_, index) => product(probabilities.slice(index))),
  })
}

/**
 * Risk-adjusted NPV (NPV điều chỉnh xác suất): −Σ C_i·P_reach,i·v(t_i) + P_all·Σ CF_t·v(t).
 * Costs carry the chance of reaching their stage, revenues that of all stages. The rate holds no technical risk.
 */
export const riskAdjustedValue = (stages: readonly Stage[], revenues: readonly DatedFlow[], rate: RateCurve): Outcome<RiskAdjusted> => {
  const probabilities = stages.map((stage) => stage.probability)
  if (!probabilities.every(isShare)) return refuse('probability-out-of-range')
  const costWeights = stages.map((_, index) => product(probabilities.slice(0, index)))
  const likelihoodOfApproval = product(probabilities)
  return andThen(discountFlows(stages.map((stage) => stage.cost), stages.map((stage) => stage.startYear), rate), (costs) =>
    andThen(discountFlows(revenues.map((flow) => flow.cashflow), revenues.map((flow) => flow.year), rate), (income) => {
      const weighted = sum(costs.presentValues.map((cost, index) => cost * (costWeights[index] ?? Number.NaN)))
      return andThen(finite(likelihoodOfApproval * income.total - weighted), (rnpv) =>
        finiteParts({
          costWeights,
          likelihoodOfApproval,
          costFactors: costs.factors,
          costPresentValues: costs.presentValues,
          revenueFactors: income.factors,
          revenuePresentValues: income.presentValues,
          rnpv,
          unadjustedNpv: income.total - costs.total,
          wrongIfCostsUseFullProbability: likelihoodOfApproval * (income.total - costs.total),
        }),
      )
    }),
  )
}

export interface StageGate {
  /** Chance of reaching the stage. */
  readonly reach: number
  /** Worth of going on, at the start of the stage and in the money of that day, once the stage is reached: −C + p × what follows, stopping later where that is better. */
  readonly goingOn: number
  /** Going on loses money: better to stop here (nên dừng). */
  readonly stops: boolean
}

export interface StageGates {
  readonly gates: readonly StageGate[]
  /** Worth of the flows at the start of the last stage, if it succeeds. */
  readonly success: number
  /** Value today with the right to stop before each stage (giá trị kèm quyền dừng). */
  readonly withRightToStop: number
}

/**
 * Roll-back through the stages with the right to stop before each: Gᵢ = −Cᵢ + pᵢ·max(Gᵢ₊₁, 0)·v(tᵢ₊₁ − tᵢ), the flows behind the last.
 * Where no stage is worth stopping at, the value today equals the risk-adjusted NPV.
 */
export const stageGates = (stages: readonly Stage[], revenues: readonly DatedFlow[], rate: RateCurve): Outcome<StageGates> => {
  const [first, last] = [stages[0], stages.at(-1)]
  if (first === undefined || last === undefined) return refuse('no-data')
  if (!stages.every(({ probability }) => isShare(probability))) return refuse('probability-out-of-range')
  return andThen(discountFlows(revenues.map(({ cashflow }) => cashflow), revenues.map(({ year }) => year), rate), ({ total }) => {
    // One rate keeps its own form: a quotient of two powers would round otherwise.
    const between = (from: number, to: number): number => (typeof rate === 'number' ? pow(1 + rate, from - to) : factorAt(rate, to) / factorAt(rate, from))
    const success = total * between(last.startYear, 0)
    const gates: StageGate[] = []
    let next = success
    for (let index = stages.length - 1; index >= 0; index--) {
      const stage = stages[index] ?? last
      const following = stages[index + 1]?.startYear ?? stage.startYear
      // Behind the last stage there is nothing left to decide: its flows come as they are.
      const follows = index === stages.length - 1 ? next : Math.max(next, 0) * between(stage.startYear, following)
      next = -stage.cost + stage.probability * follows
      gates.unshift({ reach: product(stages.slice(0, index).map(({ probability }) => probability)), goingOn: next, stops: next < 0 })
    }
    return finiteParts({ gates, success, withRightToStop: Math.max(next, 0) * between(0, first.startYear) })
  })
}

/** Discount rate that counts a constant yearly failure instead of probabilities: (1+r)/(1−h) − 1. Use one of the two, never both. */
export const rateWithFailure = (rate: number, annualFailure: number): Outcome => {
  if (!(rate > -1)) return refuse('rate-not-above-minus-one')
  return annualFailure >= 0 && annualFailure < 1 ? finite((1 + rate) / (1 - annualFailure) - 1) : refuse('probability-out-of-range')
}

/** One probability on all flows: p × Σ CF_t·v(t). */
export const scalarProbabilityValue = (cashflows: readonly number[], probability: number, rate: number, timing: Timing): Outcome => {
  if (!isShare(probability)) return refuse('probability-out-of-range')
  return andThen(discountFlows(cashflows, wholeYearTimes(cashflows.length, timing), rate), (discounted) => finite(probability * discounted.total))
}

export interface Gate {
  readonly p: number
  readonly cost: number
}

/** Value before each gate by roll-back with the right to stop: G_i = max(−C_i + p_i·G_{i+1}·v, 0) (giá trị tại từng cổng). */
export const gateValues = (gates: readonly Gate[], payoff: number, rate: number, yearsPerGate: number): Outcome<readonly number[]> => {
  if (gates.length === 0) return refuse('no-data')
  if (!gates.every((gate) => isShare(gate.p))) return refuse('probability-out-of-range')
  if (!(rate > -1)) return refuse('rate-not-above-minus-one')
  const factor = pow(1 + rate, -yearsPerGate)
  const values = gates.map(() => 0)
  let next = payoff
  for (let index = gates.length - 1; index >= 0; index--) {
    const gate = gates[index] ?? { p: 0, cost: 0 }
    next = Math.max(-gate.cost + gate.p * next * factor, 0)
    values[index] = next
  }
  return values.every(Number.isFinite) ? known(values) : refuse('not-finite')
}

export interface AbandonTerms {
  readonly researchCost: number
  readonly researchProbability: number
  readonly launchCost: number
  readonly outcomes: readonly { readonly p: number; readonly value: number }[]
  readonly rate: number
  readonly researchYears: number
}

/** Value with and without the right to stop once the market is known (quyền dừng dự án). */
export const abandonValue = (terms: AbandonTerms): Outcome<{ readonly withOption: number; readonly withoutOption: number; readonly optionValue: number }> => {
  if (!isShare(terms.researchProbability)) return refuse('probability-out-of-range')
  if (!(terms.rate > -1)) return refuse('rate-not-above-minus-one')
  return andThen(checkProbabilities(terms.outcomes.map((outcome) => outcome.p)), () => {
    const reach = terms.researchProbability * pow(1 + terms.rate, -terms.researchYears)
    const net = terms.outcomes.map((outcome) => outcome.value - terms.launchCost)
    const expectation = (values: readonly number[]): number => sum(values.map((value, index) => value * (terms.outcomes[index]?.p ?? 0)))
    const withOption = reach * expectation(net.map((value) => Math.max(value, 0))) - terms.researchCost
    const withoutOption = reach * expectation(net) - terms.researchCost
    return andThen(finite(withOption - withoutOption), (optionValue) => known({ withOption, withoutOption, optionValue }))
  })
}
