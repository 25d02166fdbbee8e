import { perPeriod, single, type Cells, type Given, type Line } from './recipe.ts'

/** Part of a year by which a flow falls before the end of its year. */
export const shiftLine: Line = single('shift', (c) => `IF(${c.is('timing', 'mid')},0.5,IF(${c.is('timing', 'start')},1,0))`, {
  label: { vi: 'Phần năm dòng tiền về sớm hơn cuối năm', en: 'Part of a year by which the flow precedes the year end' },
  unit: 'years',
  symbols: 's₀',
})

/** Lengths of the periods under the life, and the times of the flows: the axis that all discounted methods share. */
export const axisLines = (given: Given, count: number): readonly Line[] => [
  shiftLine,
  perPeriod(
    'fractions',
    count,
    (c, k) => (given.asked('life') ? `IF(ISNUMBER(${c.one('life')}),MAX(0,MIN(1,${c.one('life')}-(${c.period(k)}-1))),1)` : '1'),
    { label: { vi: 'Độ dài kỳ (năm)', en: 'Length of the period (years)' }, unit: 'years', symbols: 'h' },
  ),
  perPeriod('times', count, (c, k) => `SUM(${c.at('fractions', 1)}:${c.at('fractions', k)})-${c.one('shift')}*${c.at('fractions', k)}`, { symbols: 't' }),
]

/** Whether the years have discount rates of their own. */
export const hasCurve = (given: Given): boolean => given.flag('ratesVary')

/** Rows behind the factors of a rate by year: the rate of each year and what 1 has grown to before it; none under one rate. */
export const curveLines = (given: Given, count: number): readonly Line[] => {
  const last = given.count('yearRates')
  const years = Math.max(count, last)
  return hasCurve(given)
    ? [
        perPeriod('yearRate', years, (c, k) => c.at('yearRates', Math.min(k, last)), { label: { vi: 'Tỷ suất của năm', en: 'Rate of the year' }, unit: 'fraction', symbols: 'rₜ' }),
        perPeriod('grown', years, (c, k) => (k === 1 ? '1' : `${c.at('grown', k - 1)}*(1+${c.at('yearRate', k - 1)})`), { label: { vi: 'Hệ số tích lũy trước năm đó', en: 'Growth before the year' }, unit: 'factor', symbols: 'Π (1 + rₛ), s < t' }),
      ]
    : []
}

/** Discount factor at a time; under a rate by year it needs `curveLines` of at least as many years as there are rates. */
export const factor = (given: Given, c: Cells, time: string): string => {
  if (!hasCurve(given)) return `POWER(1+${c.one('rate')},-${time})`
  const [grown, rates] = [c.all('grown'), c.all('yearRate')]
  // The last year's rate goes on behind the table.
  const year = `MIN(INT(${time}),${String(c.count('grown') - 1)})`
  return `1/(INDEX(${grown},${year}+1)*POWER(1+INDEX(${rates},${year}+1),${time}-${year}))`
}

/** Discount rate of the last year: the one that goes on for ever. */
export const lastRate = (given: Given, c: Cells): string => (hasCurve(given) ? c.at('yearRates', given.count('yearRates')) : c.one('rate'))

/** Tax rate of a period. */
export const taxAt = (given: Given, c: Cells, k: number): string => (given.flag('taxVaries') ? c.at('yearTaxRates', Math.min(k, given.count('yearTaxRates'))) : c.one('taxRate'))

/** Discount factors and present values of the amounts of a line. */
export const presentValueLines = (given: Given, amounts: string, count: number): readonly Line[] => [
  ...curveLines(given, count),
  perPeriod('factors', count, (c, k) => factor(given, c, c.at('times', k))),
  perPeriod('presentValues', count, (c, k) => `${c.at(amounts, k)}*${c.at('factors', k)}`),
]

const tabRateLine = (given: Given): Line => single('tabRateUsed', (c) => (hasCurve(given) ? c.one('tabRate') : `IF(ISNUMBER(${c.one('tabRate')}),${c.one('tabRate')},${c.one('rate')})`), {
  label: { vi: 'Tỷ suất dùng cho lợi ích thuế', en: 'Rate used for the tax benefit' },
  unit: 'fraction',
  symbols: 'q',
})

const late = (c: Cells): string => `POWER(1+${c.one('tabRateUsed')},-${c.one('tabLag')})`

/** Annuity over the tax life; below 0.01 % a year by its series, because 1 − (1 + q)^−n keeps too few digits there. */
const straightLine: Line = single('tabShares', (c) => {
  const [q, n] = [c.one('tabRateUsed'), c.one('tabYears')]
  return `IF(ABS(${q})<0.0001,1-(${n}+1)*${q}/2*(1-(${n}+2)*${q}/3*(1-(${n}+3)*${q}/4*(1-(${n}+4)*${q}/5))),(1-POWER(1+${q},-${n}))/${q}/${n})*POWER(1+${q},${c.one('shift')})*${late(c)}`
})

const scheduleLines = (years: number): readonly Line[] => [
  perPeriod('tabShareValues', years, (c, k) => `${c.at('tabSchedule', k)}*POWER(1+${c.one('tabRateUsed')},-(${c.period(k)}-${c.one('shift')}))`, {
    label: { vi: 'Giá trị hiện tại của phần khấu hao từng năm', en: 'Present value of each year’s share' },
    unit: 'factor',
    symbols: 'aⱼ × v(tⱼ)',
  }),
  single('tabShares', (c) => `SUM(${c.all('tabShareValues', years)})*${late(c)}`),
]

/** From the value before the tax benefit to the result. */
export const taxBenefitLines = (given: Given): readonly Line[] => {
  const mode = given.choice('tabMode')
  if (mode !== 'straightLine' && mode !== 'schedule') return [single('result', (c) => c.one('pvBeforeTab'))]
  return [
    tabRateLine(given),
    ...(mode === 'straightLine' ? [straightLine] : scheduleLines(given.count('tabSchedule'))),
    single('tabDenominator', (c) => `1-${c.one('tabTaxRate')}*${c.one('tabShares')}`),
    single('tabFactor', (c) => `1/${c.one('tabDenominator')}`),
    single('tabBenefit', (c) => `${c.one('pvBeforeTab')}*${c.one('tabFactor')}-${c.one('pvBeforeTab')}`),
    single('result', (c) => `${c.one('pvBeforeTab')}*${c.one('tabFactor')}`),
  ]
}

/** Present values of a line of amounts, their sum with anything paid at once, the tax benefit, the result. */
export const valueLines = (given: Given, amounts: string, count: number, atOnce: (c: Cells) => string = () => ''): readonly Line[] => [
  ...presentValueLines(given, amounts, count),
  single('pvBeforeTab', (c) => `SUM(${c.all('presentValues')})${atOnce(c)}`),
  ...taxBenefitLines(given),
]

/** Full-year amounts cut by the life: the part of each period that counts. */
export const countedLine = (from: string, count: number): Line =>
  perPeriod('amounts', count, (c, k) => `${c.at(from, k)}*${c.at('fractions', k)}`, { label: { vi: 'Dòng tiền được tính', en: 'Flow counted' }, unit: 'money', symbols: 'CF × h' })
