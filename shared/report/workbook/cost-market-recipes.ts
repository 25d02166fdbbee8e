import { shiftLine } from './discounting.ts'
import { perPeriod, single, type Cells, type Given, type Recipe } from './recipe.ts'

const sumOf = (keys: readonly string[]) => (c: Cells): string => `SUM(${keys.map((key) => c.one(key)).join(',')})`

/** What is left of 1 after obsolescence, by the rule chosen. */
const remaining = (keys: readonly string[]) => (c: Cells): string =>
  `MAX(0,IF(${c.is('combine', 'additive')},1-${sumOf(keys)(c)},${keys.map((key) => `(1-${c.one(key)})`).join('*')}))`

const costRecipe = (direct: readonly string[], indirect: readonly string[]): Recipe => () => [
  single('direct', sumOf(direct)),
  single('indirect', sumOf(indirect)),
  single('developerProfit', (c) => `${c.one('developerProfitRate')}*(${c.one('direct')}+${c.one('indirect')})`),
  single('incentive', (c) => `(${c.one('direct')}+${c.one('indirect')}+${c.one('developerProfit')})*(POWER(1+${c.one('opportunityRate')},${c.one('buildYears')}/2)-1)`),
  single('costNew', (c) => `${c.one('direct')}+${c.one('indirect')}+${c.one('developerProfit')}+${c.one('incentive')}`),
  single('remaining', remaining(['physical', 'functional', 'economic'])),
  single('result', (c) => `${c.one('costNew')}*${c.one('remaining')}`),
  single('obsolescence', (c) => `${c.one('costNew')}-${c.one('result')}`),
]

const stateRecipe: Recipe = (given) => {
  const count = given.count('spendAmounts')
  const base = (c: Cells): string => {
    switch (given.choice('vatBase')) {
      case 'investment': return c.one('adjustedInvestment')
      case 'investmentPlusProfit': return `(${c.one('adjustedInvestment')}+${c.one('expectedProfit')})`
      default: return c.one('beforeVat')
    }
  }
  return [
    perPeriod('adjusted', count, (c, k) => `${c.at('spendAmounts', k)}*${c.at('spendFactors', k)}`),
    single('adjustedInvestment', (c) => `SUM(${c.all('adjusted')})`),
    single('beforeVat', (c) => `${c.one('adjustedInvestment')}+${c.one('expectedProfit')}+${c.one('exciseTax')}`),
    single('vat', (c) => `${base(c)}*${c.one('vatRate')}`),
    single('result', (c) => `${c.one('beforeVat')}+${c.one('vat')}+${c.one('otherTaxes')}`),
  ]
}

const historicalRecipe: Recipe = (given) => {
  const count = given.count('spendAmounts')
  return [
    perPeriod('trended', count, (c, k) => `${c.at('spendAmounts', k)}*${c.one('indexAtValuation')}/${c.at('spendIndexes', k)}`),
    single('trendedTotal', (c) => `SUM(${c.all('trended')})`),
    single('remaining', remaining(['functional', 'economic'])),
    single('result', (c) => `${c.one('trendedTotal')}*${c.one('remaining')}`),
  ]
}

const adjustmentKeys = ['adjustRights', 'adjustTerritory', 'adjustField', 'adjustStage', 'adjustLife', 'adjustTime', 'adjustTerms'] as const

const statistics: Readonly<Record<string, string>> = { median: 'MEDIAN', mean: 'AVERAGE', harmonicMean: 'HARMEAN', geometricMean: 'GEOMEAN' }

const statisticFormula = (given: Given) => (c: Cells): string => {
  const name = statistics[given.choice('statistic')]
  return name === undefined ? `SUMPRODUCT(${c.all('adjusted')},${c.all('weights')})/SUM(${c.all('weights')})` : `${name}(${c.all('adjusted')})`
}

const stepLabel = { label: { vi: 'Tăng trưởng so với tỷ suất quy đổi', en: 'Growth against the rate of conversion' }, unit: 'fraction', symbols: 'x = (g − r)/(1 + r)' } as const

/**
 * Present value of a licence's revenue at signing: a growing annuity Rev·((1+x)^n − 1)/x/(1+r), earlier by the timing; by its series
 * where growth comes close to the rate, because 1 − (1+x)^n keeps too few digits there.
 */
const licensedValue = (c: Cells, revenue: string, step: string, years: string): string => {
  const series = Array.from({ length: 8 }, (_, index) => 8 - index).reduce((inner, k) => `1+(${years}-${String(k)})*${step}/${String(k + 1)}*(${inner})`, '1')
  return `${revenue}/(1+${c.one('conversionRate')})*IF(ABS(${step})*MAX(1,${years})<0.01,${years}*(${series}),(POWER(1+${step},${years})-1)/${step})*POWER(1+${c.one('conversionRate')},${c.one('shift')})`
}

const comparablesRecipe: Recipe = (given) => {
  const count = given.count('prices')
  const running = given.flag('hasRunning')
  const lump = (c: Cells, k: number): string => `IF(${c.at('runningRates', k)}=0,${c.at('prices', k)},${c.at('prices', k)}+${c.at('runningRates', k)}*${licensedValue(c, c.at('licensedRevenues', k), c.at('growthSteps', k), c.at('termYears', k))})`
  const parts = (c: Cells, k: number, one: (cell: string) => string): readonly string[] => adjustmentKeys.map((key) => one(c.at(key, k)))
  return [
    ...(running ? [shiftLine, perPeriod('growthSteps', count, (c, k) => `(${c.at('revenueGrowths', k)}-${c.one('conversionRate')})/(1+${c.one('conversionRate')})`, stepLabel), perPeriod('lumpSums', count, lump)] : []),
    perPeriod('multiples', count, (c, k) => `${c.at(running ? 'lumpSums' : 'prices', k)}/${c.at('bases', k)}`),
    perPeriod('net', count, (c, k) => parts(c, k, (cell) => cell).join('+')),
    perPeriod('gross', count, (c, k) => parts(c, k, (cell) => `ABS(${cell})`).join('+')),
    perPeriod('adjusted', count, (c, k) => `${c.at('multiples', k)}*IF(${c.is('rule', 'additive')},1+${c.at('net', k)},${parts(c, k, (cell) => `(1+${cell})`).join('*')})`),
    perPeriod('indications', count, (c, k) => `${c.at('adjusted', k)}*${c.one('subjectBase')}`),
    single('statistic', statisticFormula(given)),
    single('low', (c) => `MIN(${c.all('indications')})`),
    single('high', (c) => `MAX(${c.all('indications')})`),
    single('result', (c) => `${c.one('statistic.line')}*${c.one('subjectBase')}`),
  ]
}

const capitalisedRecipe: Recipe = (given) => {
  const upfront = given.flag('hasUpfront')
  const converted = [
    shiftLine,
    single('growthStep', (c) => `(${c.one('revenueGrowth')}-${c.one('conversionRate')})/(1+${c.one('conversionRate')})`, stepLabel),
    single('licensedValue', (c) => licensedValue(c, c.one('licensedRevenue'), c.one('growthStep'), c.one('licenceTerm')), { label: { vi: 'Giá trị hiện tại của doanh thu được cấp quyền', en: 'Present value of the licensed revenue' }, unit: 'money', symbols: 'Σ Rev₁·(1 + g₁)^(t−1)·v(t)' }),
    single('runningEquivalent', (c) => `IF(${c.one('upfront')}=0,${c.one('royaltyRate')},${c.one('royaltyRate')}+${c.one('upfront')}/${c.one('licensedValue')})`),
  ]
  return [
    ...(upfront ? converted : []),
    single('royalty', (c) => `${c.one('revenue')}*${c.one(upfront ? 'runningEquivalent' : 'royaltyRate')}${given.choice('taxTreatment') === 'after' ? `*(1-${c.one('taxRate')})` : ''}`),
    single('capRate', (c) => `${c.one('rate')}-${c.one('growth')}`),
    single('result', (c) => `${c.one('royalty')}/${c.one('capRate')}`),
  ]
}

const directItems = ['labour', 'materials', 'fixedAssets', 'workshops', 'services', 'surveys', 'office', 'acceptance', 'otherDirect'] as const
const indirectItems = ['management', 'registration', 'protection'] as const

/** Workings of the cost and market approaches as spreadsheet formulas, by method. */
export const costAndMarketRecipes: Readonly<Record<string, Recipe>> = {
  'replacement-cost/1': costRecipe(['directCost'], ['indirectCost']),
  'reproduction-cost/1': costRecipe(directItems, indirectItems),
  'state-investment/1': stateRecipe,
  'historical-cost/1': historicalRecipe,
  'comparables/1': comparablesRecipe,
  'capitalised-royalty/1': capitalisedRecipe,
}
