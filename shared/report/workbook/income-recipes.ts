import { axisLines, countedLine, curveLines, factor, lastRate, presentValueLines, shiftLine, taxAt, taxBenefitLines, valueLines } from './discounting.ts'
import { perPeriod, single, type Cells, type Given, type Line, type Recipe } from './recipe.ts'

/** (1 − rate)^exponent, whole while the exponent is not above 0; a spreadsheet knows no 0 to the power 0. */
const worn = (rate: string, exponent: string): string => `IF(${exponent}<=0,1,POWER(1-${rate},${exponent}))`

const tieredFormula = (tiers: number) => (c: Cells, k: number): string => {
  const revenue = c.at('fullYear', k)
  const parts = Array.from({ length: tiers }, (_, index) => {
    const from = index === 0 ? '0' : c.at('tierTops', index)
    const top = index === tiers - 1 ? revenue : `MIN(${revenue},${c.at('tierTops', index + 1)})`
    return `MAX(0,${top}-${from})*${c.at('tierRates', index + 1)}`
  })
  return `${c.at('fractions', k)}*(${parts.join('+')})`
}

const royaltyFormula = (given: Given): Line['formula'] => {
  switch (given.choice('royaltyKind')) {
    case 'tiered': return tieredFormula(given.count('tierRates'))
    case 'perYear': return (c, k) => `${c.at('attributableRevenue', k)}*${c.at('royaltyRates', k)}`
    default: return (c, k) => `${c.at('attributableRevenue', k)}*${c.one('royaltyRate')}`
  }
}

const highestRoyalty = (given: Given) => (c: Cells): string => {
  switch (given.choice('royaltyKind')) {
    case 'tiered': return `MAX(${c.all('tierRates')})`
    case 'perYear': return `MAX(${c.all('royaltyRates')})`
    default: return c.one('royaltyRate')
  }
}

/** Royalty of the period, at least the minimum, plus milestones; a period after the life has none. */
const receiptsFormula = (given: Given): Line['formula'] => (c, k) => {
  const royalty = c.at('royalties', k)
  const least = given.flag('hasMinimum') ? `IF(${c.period(k)}>=${c.one('minimumFrom')},MAX(${royalty},${c.one('minimum')}*${c.at('fractions', k)}),${royalty})` : royalty
  return `IF(${c.at('fractions', k)}>0,${least}+${c.at('milestones', k)},0)`
}

const royaltyRecipe: Recipe = (given) => {
  const count = given.count('revenues')
  const share: Line = perPeriod('share', count, (c, k) => (given.flag('hasDecay') ? worn(c.one('decayRate'), `(${c.period(k)}+1-${c.one('decayFrom')})`) : '1'), {
    label: { vi: 'Phần doanh thu còn dựa trên công nghệ', en: 'Share still on the technology' }, unit: 'fraction', symbols: 's',
  })
  return [
    ...axisLines(given, count),
    share,
    perPeriod('fullYear', count, (c, k) => `${c.at('revenues', k)}*${c.at('share', k)}`, { label: { vi: 'Doanh thu cả năm còn dựa trên công nghệ', en: 'Full-year revenue still on the technology' }, unit: 'money', symbols: 'Rev × s' }),
    perPeriod('attributableRevenue', count, (c, k) => `${c.at('fullYear', k)}*${c.at('fractions', k)}`),
    perPeriod('royalties', count, royaltyFormula(given)),
    perPeriod('receipts', count, receiptsFormula(given), { label: { vi: 'Tiền bản quyền phải trả', en: 'Royalty due' }, unit: 'money', symbols: 'max(R, M × h) + K' }),
    perPeriod('upkeep', count, (c, k) => `${c.at('attributableRevenue', k)}*${c.one('upkeepRate')}`, { label: { vi: 'Chi phí duy trì', en: 'Upkeep' }, unit: 'money', symbols: 'U = Rev × s × h × u' }),
    perPeriod('tax', count, (c, k) => `(${c.at('receipts', k)}-${c.at('upkeep', k)})*${taxAt(given, c, k)}`),
    perPeriod('afterTax', count, (c, k) => `(${c.at('receipts', k)}-${c.at('upkeep', k)})*(1-${taxAt(given, c, k)})`),
    single('upfrontAfterTax', (c) => `${c.one('upfront')}*(1-${taxAt(given, c, 1)})`, { label: { vi: 'Khoản trả trước sau thuế', en: 'Upfront payment after tax' }, unit: 'money', symbols: 'CF₀ = P × (1 − T)' }),
    ...valueLines(given, 'afterTax', count, (c) => `+${c.one('upfrontAfterTax')}`),
    single('shareOfMargin', (c) => `IF(${c.one('operatingMargin')}>0,${highestRoyalty(given)(c)}/${c.one('operatingMargin')},0)`, {
      label: { vi: 'Phí bản quyền so với biên lợi nhuận (0 khi chưa nhập biên)', en: 'Royalty over the operating margin (0 while no margin is given)' }, unit: 'fraction', symbols: 'ρ / m',
    }),
  ]
}

const builtFlowLines = (given: Given, count: number): readonly Line[] => [
  perPeriod('ebit', count, (c, k) => `${c.at('businessRevenue', k)}*${c.at('ebitMargins', k)}`),
  perPeriod('tax', count, (c, k) => `${c.at('ebit', k)}*${taxAt(given, c, k)}`),
  perPeriod('workingCapital', count, (c, k) => `${c.one('workingCapitalShare')}*(${c.at('businessRevenue', k)}-${k === 1 ? c.one('previousRevenue') : c.at('businessRevenue', k - 1)})`),
  perPeriod('freeCashFlow', count, (c, k) => `${c.at('ebit', k)}*(1-${taxAt(given, c, k)})+${c.at('depreciation', k)}-${c.at('capex', k)}-${c.at('workingCapital', k)}`),
]

const terminalLines = (given: Given, flows: string, count: number): readonly Line[] => {
  const kind = given.choice('terminal')
  if (kind !== 'gordon' && kind !== 'exitMultiple') return []
  const gordon = kind === 'gordon'
  return [
    single('terminalValue', (c) => (gordon ? `${c.at(flows, count)}*(1+${c.one('growth')})/(${lastRate(given, c)}-${c.one('growth')})` : `${c.one('multiple')}*${c.one('metric')}`)),
    single('terminalTime', (c) => (gordon ? c.at('times', count) : c.period(count))),
    single('terminalPresentValue', (c) => `${c.one('terminalValue')}*${factor(given, c, c.one('terminalTime'))}`),
    single('terminalShare', (c) => `IF(${c.one('pvBeforeTab')}>0,${c.one('terminalPresentValue')}/${c.one('pvBeforeTab')},0)`, { label: { vi: 'Tỷ trọng giá trị cuối kỳ', en: 'Share of the terminal value' }, unit: 'fraction' }),
  ]
}

const cashFlowRecipe: Recipe = (given) => {
  const built = given.choice('flowKind') === 'built'
  const [flows, count] = built ? ['freeCashFlow', given.count('businessRevenue')] : ['freeCashflows', given.count('freeCashflows')]
  const terminal = terminalLines(given, flows, count)
  return [
    ...(built ? builtFlowLines(given, count) : []),
    ...axisLines(given, count),
    countedLine(flows, count),
    ...presentValueLines(given, 'amounts', count),
    ...terminal,
    single('pvBeforeTab', (c) => `SUM(${c.all('presentValues')})${terminal.length === 0 ? '' : `+${c.one('terminalPresentValue')}`}`),
    ...taxBenefitLines(given),
  ]
}

const greenfieldRecipe: Recipe = (given) => {
  const years = given.count('freeCashflows')
  const gordon = given.choice('terminal') === 'gordon'
  const flow = (c: Cells, k: number): string => (k === 1 ? `-${c.one('startOutlay')}` : c.at('freeCashflows', k - 1))
  return [
    perPeriod('flows', years + 1, flow, { label: { vi: 'Dòng tiền, kể từ thời điểm thẩm định giá', en: 'Flow, from the valuation date on' }, unit: 'money', symbols: 'CF' }),
    perPeriod('times', years + 1, (c, k) => `${c.period(k)}-1`),
    ...presentValueLines(given, 'flows', years + 1),
    ...(gordon ? [single('terminalValue', (c) => `${c.at('flows', years + 1)}*(1+${c.one('growth')})/(${lastRate(given, c)}-${c.one('growth')})`)] : []),
    single('result', (c) => `SUM(${c.all('presentValues')})${gordon ? `+${c.one('terminalValue')}*${c.at('factors', years + 1)}` : ''}`),
  ]
}

const excessRecipe: Recipe = (given) => {
  const count = given.count('revenues')
  const byAssets = given.choice('chargeKind') === 'assets'
  return [
    ...axisLines(given, count),
    perPeriod('survival', count, (c, k) => worn(c.one('attrition'), c.at('times', k))),
    perPeriod('attributableRevenue', count, (c, k) => `${c.at('revenues', k)}*${c.at('survival', k)}`),
    perPeriod('profitAfterTax', count, (c, k) => `${c.at('attributableRevenue', k)}*${c.at('ebitMargins', k)}*(1-${taxAt(given, c, k)})`),
    single('chargeShare', (c) => (byAssets ? `SUMPRODUCT(${c.all('assetValues')},${c.all('assetReturns')})/${c.at('revenues', 1)}` : c.one('chargeShare.input'))),
    perPeriod('charges', count, (c, k) => `${c.at('attributableRevenue', k)}*${c.one('chargeShare')}`),
    perPeriod('excess', count, (c, k) => `${c.at('profitAfterTax', k)}-${c.at('charges', k)}`),
    countedLine('excess', count),
    ...valueLines(given, 'amounts', count),
  ]
}

const advantageRecipe = (parts: readonly (readonly [key: string, sign: '+' | '-'])[]): Recipe => (given) => {
  const count = given.count('units')
  return [
    ...axisLines(given, count),
    perPeriod('advantagePerUnit', count, (c, k) => parts.map(([key, sign], index) => `${index === 0 ? '' : sign}${c.at(key, k)}`).join('')),
    perPeriod('advantage', count, (c, k) => `${c.at('units', k)}*${c.at('advantagePerUnit', k)}`),
    perPeriod('afterTax', count, (c, k) => `${c.at('advantage', k)}*(1-${taxAt(given, c, k)})`),
    countedLine('afterTax', count),
    ...valueLines(given, 'amounts', count, (c) => `-${c.one('outlay')}`),
  ]
}

const withWithoutRecipe: Recipe = (given) => {
  const kind = given.choice('withoutKind')
  const count = given.count(kind === 'probability' ? 'losses' : kind === 'ramp' ? 'ramp' : 'flowsWith')
  const difference = (c: Cells, k: number): string => {
    if (kind === 'probability') return `${c.at('losses', k)}*${c.one('probability')}*${c.one('enforceability')}`
    if (kind === 'ramp') return `${c.at('flowsWith', k)}*(1-${c.at('ramp', k)})${k === 1 ? `+${c.one('rebuildCost')}` : ''}`
    return `${c.at('flowsWith', k)}-${c.at('flowsWithout', k)}`
  }
  return [...axisLines(given, count), perPeriod('difference', count, difference), countedLine('difference', count), ...valueLines(given, 'amounts', count)]
}

const profitSplitRecipe: Recipe = (given) => {
  const count = given.count('operatingProfits')
  return [
    ...axisLines(given, count),
    perPeriod('residual', count, (c, k) => `${c.at('operatingProfits', k)}-${c.at('routineReturns', k)}`),
    perPeriod('afterTax', count, (c, k) => `${c.at('residual', k)}*${c.one('ipShare')}*(1-${taxAt(given, c, k)})`),
    countedLine('afterTax', count),
    ...valueLines(given, 'amounts', count),
  ]
}

const contributionRecipe: Recipe = (given) => {
  const fromFlows = given.choice('businessKind') === 'flows'
  const count = given.count('freeCashflows')
  return [
    ...(fromFlows ? [...axisLines(given, count), countedLine('freeCashflows', count), ...presentValueLines(given, 'amounts', count)] : []),
    single('businessValue', (c) => (fromFlows ? `SUM(${c.all('presentValues')})` : c.one('businessValue.input'))),
    single('contribution', (c) => (given.choice('contributionKind') === 'factors' ? `${c.one('industryShare')}*${c.one('subjectShare')}*${c.one('strength')}` : c.one('contribution.input'))),
    single('rest', (c) => `${c.one('businessValue')}*(1-${c.one('contribution')})`),
    single('impliedRoyalty', (c) => `${c.one('contribution')}*${c.one('operatingMargin')}`, { label: { vi: 'Phí bản quyền tương đương (kiểm tra chéo)', en: 'Implied royalty (cross-check)' }, unit: 'fraction', symbols: 'ρ = k × m' }),
    single('result', (c) => `${c.one('businessValue')}*${c.one('contribution')}`),
  ]
}

/** Whole-year flows behind development stages, each cost by the chance of reaching its stage. */
const riskAdjustedRecipe: Recipe = (given) => {
  const [stages, years] = [given.count('stageStarts'), given.count('cashflows')]
  return [
    ...curveLines(given, years),
    perPeriod('costWeights', stages, (c, k) => (k === 1 ? '1' : `${c.at('costWeights', k - 1)}*${c.at('stageProbabilities', k - 1)}`)),
    perPeriod('costPresentValues', stages, (c, k) => `${c.at('stageCosts', k)}*${factor(given, c, c.at('stageStarts', k))}`),
    perPeriod('weightedCosts', stages, (c, k) => `-${c.at('costPresentValues', k)}*${c.at('costWeights', k)}`),
    single('likelihood', (c) => `PRODUCT(${c.all('stageProbabilities')})`),
    shiftLine,
    perPeriod('times', years, (c, k) => `${c.period(k)}-${c.one('shift')}`),
    perPeriod('factors', years, (c, k) => factor(given, c, c.at('times', k))),
    perPeriod('presentValues', years, (c, k) => `${c.at('cashflows', k)}*${c.at('factors', k)}`, { label: { vi: 'Giá trị hiện tại nếu thành công', en: 'Present value in case of success' }, symbols: 'CF × v(t)' }),
    perPeriod('weightedFlows', years, (c, k) => `${c.at('presentValues', k)}*${c.one('likelihood')}`),
    single('unadjusted', (c) => `SUM(${c.all('presentValues')})-SUM(${c.all('costPresentValues')})`),
    single('result', (c) => `SUM(${c.all('weightedFlows')})+SUM(${c.all('weightedCosts')})`),
  ]
}

/** Workings of the income approach as spreadsheet formulas, by method. */
export const incomeRecipes: Readonly<Record<string, Recipe>> = {
  'rfr/1': royaltyRecipe,
  'dcf/1': cashFlowRecipe,
  'greenfield/1': greenfieldRecipe,
  'mpeem/1': excessRecipe,
  'distributor/1': excessRecipe,
  'premium-profit/1': advantageRecipe([['priceWith', '+'], ['priceWithout', '-'], ['extraCost', '-']]),
  'cost-saving/1': advantageRecipe([['unitCostWithout', '+'], ['unitCostWith', '-']]),
  'with-without/1': withWithoutRecipe,
  'profit-split/1': profitSplitRecipe,
  'technology-contribution/1': contributionRecipe,
  'rnpv/1': riskAdjustedRecipe,
}
