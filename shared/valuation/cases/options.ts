import type { Compounding, OptionKind, OptionTerms } from '../options/black-scholes.ts'
import { blackScholes, greeks } from '../options/black-scholes.ts'
import type { LatticeTerms } from '../options/lattice.ts'
import {
  abandonOption,
  chooserOption,
  contractOption,
  deferOption,
  exchangeOption,
  expandOption,
  stagedOption,
  volatilityFromReturns,
  volatilityFromScenarios,
} from '../options/real-options.ts'
import type { Choices, RealOption } from '../options/real-options.ts'
import type { ExerciseStyle, TreeOptionFault } from '../options/tree-option.ts'
import { optionOnTree } from '../options/tree-option.ts'
import type { Result } from '../../kernel/result.ts'
import { fromResult } from '../outcome.ts'
import type { CaseInputs, CaseOutputs, CaseTable } from './read.ts'
import { has, num, numAny, numOr, numbers, numbersOr, outputs, record, textOr } from './read.ts'

const compoundingOf = (inputs: CaseInputs): Compounding => (textOr(inputs, 'compounding', 'continuous') === 'annual' ? 'annual' : 'continuous')

const termsOf = (inputs: CaseInputs): OptionTerms => ({
  spot: num(inputs, 'spot'),
  strike: num(inputs, 'strike'),
  years: num(inputs, 'years'),
  rate: num(inputs, 'rate'),
  dividendYield: numOr(inputs, 'dividendYield', 0),
  volatility: num(inputs, 'volatility'),
  compounding: compoundingOf(inputs),
})

const kindOf = (inputs: CaseInputs): OptionKind => (textOr(inputs, 'kind', 'call') === 'put' ? 'put' : 'call')

const PRICES = ['price', 'call', 'put', 'd1', 'd2'] as const

const european = (inputs: CaseInputs): CaseOutputs =>
  outputs(fromResult(blackScholes(termsOf(inputs))), PRICES, (value) => ({ ...value, price: kindOf(inputs) === 'put' ? value.put : value.call }))

const greekCase = (inputs: CaseInputs): CaseOutputs =>
  outputs(fromResult(greeks(termsOf(inputs), kindOf(inputs))), ['delta', 'gamma', 'vega', 'theta', 'rho', textOr(inputs, 'greek', 'delta')], (value) => ({ ...value, thetaPerDay: value.theta / 365 }))

/** Steps of a tree: as given; one per year when the factors of a step are given instead of a volatility; else many. */
const stepsOf = (inputs: CaseInputs): number => {
  if (has(inputs, 'steps')) return num(inputs, 'steps')
  return has(inputs, 'up') && Number.isInteger(num(inputs, 'years')) ? num(inputs, 'years') : 2000
}

/** Terms of a tree under the names a case uses; the project is the asset. */
const latticeTermsOf = (inputs: CaseInputs, spot: number): LatticeTerms => ({
  spot,
  years: has(inputs, 'years') ? num(inputs, 'years') : num(inputs, 'steps'),
  steps: stepsOf(inputs),
  rate: num(inputs, 'rate'),
  dividendYield: numAny(inputs, ['dividendYield', 'costOfDelay'], 0),
  volatility: numOr(inputs, 'volatility', null),
  up: numOr(inputs, 'up', null),
  down: numOr(inputs, 'down', null),
  underlying: textOr(inputs, 'underlying', 'asset') === 'futures' ? 'futures' : 'asset',
  compounding: compoundingOf(inputs),
})

const styleOf = (inputs: CaseInputs, otherwise: 'american' | 'european'): ExerciseStyle => {
  const style = textOr(inputs, 'style', otherwise)
  if (style === 'bermudan') return { style, exerciseYears: numbersOr(inputs, 'exerciseYears', null) ?? numbers(inputs, 'exerciseTimes') }
  return { style: style === 'american' ? 'american' : 'european' }
}

const latticeOutputs = (lattice: RealOption['lattice']): CaseOutputs => ({ u: lattice?.u ?? null, d: lattice?.d ?? null, p: lattice?.p ?? null })

const onLattice = (inputs: CaseInputs): CaseOutputs =>
  outputs(fromResult(optionOnTree(latticeTermsOf(inputs, num(inputs, 'spot')), styleOf(inputs, 'european'), kindOf(inputs), num(inputs, 'strike'))), ['price', 'u', 'd', 'p'], (value) => ({
    price: value.price,
    ...latticeOutputs(value.lattice),
  }))

const real = (result: Result<RealOption, TreeOptionFault | 'share-negative'>): CaseOutputs =>
  outputs(fromResult(result), ['optionValue', 'projectWithOption', 'u', 'd', 'p'], (value) => ({
    optionValue: value.optionValue,
    projectWithOption: value.projectWithOption,
    ...latticeOutputs(value.lattice),
  }))

const project = (inputs: CaseInputs): LatticeTerms => latticeTermsOf(inputs, num(inputs, 'projectValue'))

const expand = (inputs: CaseInputs): CaseOutputs => {
  const cost = numAny(inputs, ['expansionCost', 'cost'], 0)
  const factor = numAny(inputs, ['expandFactor', 'expansionFactor', 'factor'], 2)
  const share = numAny(inputs, ['expandShare', 'expansionShare', 'share'], factor - 1)
  const value = has(inputs, 'projectValue') ? num(inputs, 'projectValue') : num(inputs, 'presentValueOfFollowOn')
  if (textOr(inputs, 'model', 'lattice') !== 'blackScholes') return real(expandOption(latticeTermsOf(inputs, value), styleOf(inputs, 'american'), share, cost))
  const terms = { spot: value * share, strike: cost, years: num(inputs, 'years'), rate: num(inputs, 'rate'), dividendYield: numOr(inputs, 'dividendYield', 0), volatility: num(inputs, 'volatility'), compounding: compoundingOf(inputs) }
  return outputs(fromResult(blackScholes(terms)), ['optionValue', 'd1', 'd2'], ({ call, d1, d2 }) => ({ optionValue: call, d1, d2 }))
}

const choose = (inputs: CaseInputs): CaseOutputs => {
  const part = (key: string): CaseInputs => record(inputs, key)
  const choices: Choices = {
    ...(has(inputs, 'expand') ? { expand: { factor: num(part('expand'), 'factor'), cost: num(part('expand'), 'cost') } } : {}),
    ...(has(inputs, 'contract') ? { contract: { factor: num(part('contract'), 'factor'), savings: num(part('contract'), 'savings') } } : {}),
    ...(has(inputs, 'abandon') ? { abandon: { salvage: num(part('abandon'), 'salvage') } } : {}),
  }
  return real(chooserOption(project(inputs), styleOf(inputs, 'american'), choices))
}

const defer = (inputs: CaseInputs): CaseOutputs =>
  outputs(fromResult(deferOption(project(inputs), styleOf(inputs, 'american'), num(inputs, 'investment'))), ['p', 'deferValue', 'investNow', 'premiumForWaiting'], (value) => ({
    ...latticeOutputs(value.lattice),
    deferValue: value.deferValue,
    investNow: value.investNow,
    premiumForWaiting: value.premiumForWaiting,
  }))

/** Smallest number of tree steps per year that puts every stage on a step. */
const stepsPerYearOf = (years: readonly number[]): number =>
  Array.from({ length: 365 }, (_, k) => k + 1).find((steps) => years.every((year) => Math.abs(year * steps - Math.round(year * steps)) < 1e-9)) ?? 1

const compound = (inputs: CaseInputs): CaseOutputs => {
  const first = record(inputs, 'stage1')
  const second = record(inputs, 'stage2')
  const stages = [
    { year: num(first, 'year'), cost: num(first, 'cost'), share: numOr(first, 'share', 1) },
    { year: num(second, 'year'), cost: num(second, 'cost'), share: numAny(second, ['expandShare', 'share'], 1) },
  ]
  const { spot, rate, dividendYield, volatility, up, down, underlying, compounding } = latticeTermsOf({ ...inputs, years: 1 }, num(inputs, 'projectValue'))
  const staged = stagedOption({ spot, rate, dividendYield, volatility, up, down, underlying, compounding }, stages, stepsPerYearOf(stages.map(({ year }) => year)))
  return outputs(fromResult(staged), ['p', 'expansionOnly', 'compound', 'npvOfLease'], (value) => ({
    ...latticeOutputs(value.lattice),
    expansionOnly: value.lastStageAlone,
    compound: value.compound,
    npvOfLease: value.compound - numOr(inputs, 'leaseCost', 0),
  }))
}

const patent = (inputs: CaseInputs): CaseOutputs => {
  const variance = num(inputs, 'varianceOfValue')
  const terms: OptionTerms = {
    spot: num(inputs, 'presentValueOfCashflows'),
    strike: num(inputs, 'developmentCost'),
    years: num(inputs, 'years'),
    rate: num(inputs, 'rate'),
    dividendYield: numOr(inputs, 'costOfDelay', num(inputs, 'years') > 0 ? 1 / num(inputs, 'years') : 0),
    volatility: variance < 0 ? -1 : Math.sqrt(variance),
    compounding: compoundingOf(inputs),
  }
  return outputs(fromResult(blackScholes(terms)), ['optionValue', 'd1', 'd2'], ({ call, d1, d2 }) => ({ optionValue: call, d1, d2 }))
}

const exchange = (inputs: CaseInputs): CaseOutputs =>
  outputs(
    fromResult(
      exchangeOption({
        receive: num(inputs, 'receive'),
        give: num(inputs, 'give'),
        yieldReceive: numOr(inputs, 'yieldReceive', 0),
        yieldGive: numOr(inputs, 'yieldGive', 0),
        years: num(inputs, 'years'),
        volReceive: num(inputs, 'volReceive'),
        volGive: num(inputs, 'volGive'),
        correlation: numOr(inputs, 'correlation', 0),
      }),
    ),
    ['value'],
    ({ value }) => ({ value }),
  )

/** Options on assets and projects: thin adapters from the vector cases to the engine. */
export const optionCases: CaseTable = {
  'option.american.approximation': (inputs) =>
    outputs(fromResult(optionOnTree({ ...latticeTermsOf(inputs, num(inputs, 'spot')), steps: 2000 }, styleOf(inputs, 'american'), kindOf(inputs), num(inputs, 'strike'))), ['price'], ({ price }) => ({ price })),
  'option.blackScholes': european,
  'option.greek': greekCase,
  'option.lattice': onLattice,
  'realOption.abandon': (inputs) => real(abandonOption(project(inputs), styleOf(inputs, 'american'), num(inputs, 'salvage'))),
  'realOption.choose': choose,
  'realOption.compound': compound,
  'realOption.contract': (inputs) => real(contractOption(project(inputs), styleOf(inputs, 'american'), num(inputs, 'contractShare'), num(inputs, 'savings'))),
  'realOption.defer': defer,
  'realOption.exchange': exchange,
  'realOption.expand': expand,
  'realOption.patent': patent,
  'realOption.volatilityFromReturns': (inputs) =>
    outputs(fromResult(volatilityFromReturns(numbers(inputs, 'values'), numOr(inputs, 'periodsPerYear', 1))), ['logReturns', 'volatility'], (value) => ({ ...value })),
  'realOption.volatilityFromScenarios': (inputs) =>
    outputs(fromResult(volatilityFromScenarios(num(inputs, 'high'), num(inputs, 'expected'), numOr(inputs, 'low', null), num(inputs, 'years'))), ['volatility'], (value) => ({ ...value })),
}

