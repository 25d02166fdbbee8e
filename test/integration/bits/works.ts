import { ahpWeights, columnMeanWeights, directWeights, geometricMeanWeights, groupWeights } from '../../../shared/checklist/mcda/ahp.ts'
import { completeComparisons } from '../../../shared/checklist/mcda/incomplete.ts'
import { simpleAdditive, topsis } from '../../../shared/checklist/mcda/ranking.ts'
import { criticWeights, entropyWeights } from '../../../shared/checklist/mcda/weights.ts'
import { canonical, sha256Hex } from '../../../shared/kernel/canonical.ts'
import type { PackLookup } from '../../../shared/rulepack/load.ts'
import { makeShelf } from '../../../shared/rulepack/shelf.ts'
import type { DossierState } from '../../../shared/schema/dossier.ts'
import { figuresOf } from '../../../shared/seal/figures.ts'
import { utf8 } from '../../../shared/kernel/bytes.ts'
import { kendallW } from '../../../shared/valuation/agreement/concordance.ts'
import { intraclassCorrelation } from '../../../shared/valuation/agreement/intraclass.ts'
import { krippendorffAlpha } from '../../../shared/valuation/agreement/krippendorff.ts'
import { evaluate } from '../../../shared/valuation/evaluate.ts'
import { methods } from '../../../shared/valuation/methods/registry.ts'
import { linearRegression } from '../../../shared/valuation/numeric/regression.ts'
import { blackScholes, greeks } from '../../../shared/valuation/options/black-scholes.ts'
import { deferOption, exchangeOption, stagedOption } from '../../../shared/valuation/options/real-options.ts'
import { optionOnTree, payoff, treeOf } from '../../../shared/valuation/options/tree-option.ts'
import { internalRates } from '../../../shared/valuation/time/internal-rate.ts'
import { simulationOfSheet } from '../../../shared/valuation/uncertainty/remembered.ts'
import { sheetBreakEven, sheetTornado, sheetTwoWay } from '../../../shared/valuation/uncertainty/sensitivity.ts'
import { simulateSheet } from '../../../shared/valuation/uncertainty/simulate-sheet.ts'
import { between, listOf, lottery, pick, wholeBetween } from '../../support/random-inputs.ts'
import type { Draw } from '../../support/random-inputs.ts'
import { randomUncertainty, randomValuation, valuedInputs } from '../../support/random-valuation.ts'

/** What both engines are given: JSON and texts. */
export interface Desk {
  readonly samples: readonly DossierState[]
  readonly packTexts: readonly string[]
}

/** One thing to compute; nothing but its name and the desk goes in. */
export interface Work {
  readonly name: string
  readonly run: () => unknown
}

export const randomDossiers = 240

const [firstMethod, ...otherMethods] = methods
if (firstMethod === undefined) throw new Error('no methods')
const allMethods = [firstMethod, ...otherMethods] as const

const profiles: readonly [Pick<DossierState['profile'], 'currency' | 'moneyScale'>, ...Pick<DossierState['profile'], 'currency' | 'moneyScale'>[]] = [{ currency: 'VND', moneyScale: 1e6 }, { currency: 'USD', moneyScale: 1000 }, { currency: 'KRW', moneyScale: 1e9 }, { currency: 'VND', moneyScale: 1 }]

/** What is sealed, as it is sealed, and beside it the whole evaluation with every label and sentence. */
const valued = (state: DossierState, packs: PackLookup): unknown => ({ sealed: canonical(figuresOf(state, packs)), shown: evaluate(state.valuation, state.profile) })

const dossier = (base: DossierState, packs: PackLookup, seed: number): unknown => {
  const draw = lottery(seed)
  const profile = { ...base.profile, ...pick(draw, profiles) }
  return valued({ ...base, profile, valuation: randomValuation(allMethods, draw) }, packs)
}

const uncertain = (place: number, seed: number, trials: number): unknown => {
  const draw = lottery(seed)
  const method = allMethods[place] ?? firstMethod
  const model = { method, inputs: valuedInputs(method, draw) }
  const settings = randomUncertainty(model, trials, draw)
  return {
    simulation: simulateSheet(model, settings), tornado: sheetTornado(model, settings),
    twoWay: settings.twoWay === null ? null : sheetTwoWay(model, settings.twoWay), breakEven: settings.breakEven === null ? null : sheetBreakEven(model, settings.breakEven),
  }
}

const options = (seed: number): unknown => {
  const draw = lottery(seed)
  const compounding = pick(draw, ['continuous', 'annual'] as const)
  const plain = { spot: between(draw, 1, 5_000), strike: between(draw, 1, 5_000), years: between(draw, 0.1, 20), rate: between(draw, -0.02, 0.15), dividendYield: between(draw, 0, 0.12), volatility: between(draw, 0.05, 0.9), compounding }
  const { strike, ...rest } = plain
  const terms = { ...rest, steps: wholeBetween(draw, 20, 120), up: null, down: null, underlying: 'asset' } as const
  const { years: _, steps: __, ...chain } = terms
  return [
    blackScholes(plain), greeks(plain, 'call'), greeks(plain, 'put'), optionOnTree(terms, { style: 'american' }, 'put', strike), optionOnTree(terms, { style: 'european' }, 'call', strike),
    deferOption(terms, { style: 'american' }, strike), treeOf({ ...terms, steps: 12 }, { style: 'american' }, payoff('put', strike)),
    stagedOption(chain, [{ year: 1, cost: strike / 10, share: 0 }, { year: 3, cost: strike, share: 1 }], 12),
    exchangeOption({ receive: plain.spot, give: strike, yieldReceive: 0.02, yieldGive: 0.01, years: plain.years, volReceive: plain.volatility, volGive: between(draw, 0.05, 0.5), correlation: between(draw, -1, 1) }),
  ]
}

const comparisons = (size: number, draw: Draw): number[][] => {
  const scale = [1 / 9, 1 / 7, 1 / 5, 1 / 3, 1, 2, 3, 4, 5, 7, 9] as const
  const matrix = listOf(size, () => listOf(size, () => 1))
  for (let i = 0; i < size; i += 1) for (let j = i + 1; j < size; j += 1) {
    const value = pick(draw, scale)
    matrix[i]?.splice(j, 1, value)
    matrix[j]?.splice(i, 1, 1 / value)
  }
  return matrix
}

const judgement = (seed: number): unknown => {
  const draw = lottery(seed)
  const size = wholeBetween(draw, 3, 8)
  const matrix = comparisons(size, draw)
  const rows = listOf(wholeBetween(draw, 3, 7), () => listOf(size, () => between(draw, 0.1, 100)))
  const weights = listOf(size, () => draw() + 0.01)
  const total = weights.reduce((sum, one) => sum + one, 0)
  const shares = weights.map((one) => one / total)
  const benefit = listOf(size, () => draw() < 0.7)
  const scores = listOf(wholeBetween(draw, 3, 8), () => listOf(5, () => wholeBetween(draw, 1, 9)))
  return [
    ahpWeights(matrix, 'saaty1980'), ahpWeights(matrix, 'saaty2005'), geometricMeanWeights(matrix), columnMeanWeights(matrix), directWeights(weights),
    groupWeights([matrix, comparisons(size, draw), comparisons(size, draw)], 'judgements'), groupWeights([matrix, comparisons(size, draw)], 'priorities'),
    completeComparisons(4, [{ first: 0, second: 1, value: between(draw, 0.2, 9) }, { first: 1, second: 2, value: 3 }, { first: 2, second: 3, value: 0.5 }, { first: 0, second: 3, value: between(draw, 1, 9) }]),
    ...(['vector', 'sum', 'max', 'minmax'] as const).map((normalisation) => topsis(rows, shares, benefit, normalisation)),
    simpleAdditive(rows, shares, benefit), entropyWeights(rows), criticWeights(rows, benefit),
    kendallW(scores), intraclassCorrelation(scores, 0.95), krippendorffAlpha(scores, 'interval'), krippendorffAlpha(scores, 'ordinal'),
    linearRegression(rows.map((row) => row[0] ?? 0), rows.map((row) => row[1] ?? 0)),
    internalRates(listOf(8, (year) => (year === 0 ? -between(draw, 10, 100) : between(draw, -20, 60))), listOf(8, (year) => year)),
  ]
}

/** Everything that both engines compute: the samples, random dossiers of all methods, their uncertainty, options, weights and rankings. */
export const works = ({ samples, packTexts }: Desk): readonly Work[] => {
  const [base] = samples
  const shelf = makeShelf(packTexts)
  if (!shelf.ok) throw new Error(shelf.fault.code)
  const packs = shelf.value.byHash
  if (base === undefined) throw new Error('no sample')
  return [
    ...samples.map((state) => ({ name: `sample ${state.profile.title}`, run: () => ({ valued: valued(state, packs), simulations: Object.values(state.valuation.sheets).filter(({ uncertainty }) => uncertainty !== undefined).map(simulationOfSheet) }) })),
    ...listOf(randomDossiers, (seed) => ({ name: `dossier ${String(seed)}`, run: () => dossier(base, packs, seed) })),
    // More than one block of trials in the first, so that blocks are put together as well.
    ...allMethods.flatMap((method, place) => [5_000, 400].map((trials, turn) => ({ name: `uncertainty of ${method.id}, ${String(trials)} trials`, run: () => uncertain(place, 1_000 + 2 * place + turn, trials) }))),
    ...listOf(60, (seed) => ({ name: `options ${String(seed)}`, run: () => options(2_000 + seed) })),
    ...listOf(40, (seed) => ({ name: `weights and rankings ${String(seed)}`, run: () => judgement(3_000 + seed) })),
  ]
}

/** A result as text in which two numbers look alike only when all their bits are. */
export const bitsOf = (result: unknown): string =>
  JSON.stringify(result, (_, value: unknown) => {
    if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) return `number ${Object.is(value, -0) ? '-0' : String(value)}`
    return value instanceof Float64Array ? Array.from(value) : value
  })

export interface Digest {
  readonly name: string
  readonly hash: string
}

export const digests = (desk: Desk): readonly Digest[] => works(desk).map(({ name, run }) => ({ name, hash: sha256Hex(utf8(bitsOf(run()))) }))
