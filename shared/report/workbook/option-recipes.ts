import type { Text } from '../../kernel/fault-shape.ts'
import { perPeriod, single, type Cells, type Given, type Line, type Recipe } from './recipe.ts'

/** Trees up to this many steps are laid out as triangles of cells. */
const mostSteps = 50

const deviation = (volatility: string): Line =>
  single('deviation', (c) => `${c.one(volatility)}*SQRT(${c.one('years')})`, { label: { vi: 'Độ lệch chuẩn đến cuối hạn', en: 'Standard deviation to the end of the term' }, unit: 'fraction', symbols: 'σ√T' })

const today = (id: string, label: Text, symbols: string, body: (c: Cells) => string): Line => single(id, body, { label, unit: 'money', symbols })

/** d₁, d₂ and the value from what is received, what is given, and the forward drift between them; without movement the value is the intrinsic one. */
const closedForm = (got: string, paid: string, drift: (c: Cells) => string): readonly Line[] => {
  const still = (c: Cells): string => `${c.one('deviation')}*${c.one('paidToday')}=0`
  return [
    single('d1', (c) => `IF(${still(c)},0,(LN(${c.one(got)}/${c.one(paid)})+${drift(c)}*${c.one('years')})/${c.one('deviation')}+${c.one('deviation')}/2)`),
    single('d2', (c) => `${c.one('d1')}-${c.one('deviation')}`),
    single('result', (c) => `MAX(0,IF(${still(c)},${c.one('gotToday')}-${c.one('paidToday')},${c.one('gotToday')}*NORMSDIST(${c.one('d1')})-${c.one('paidToday')}*NORMSDIST(${c.one('d2')})))`),
  ]
}

const closedRecipe: Recipe = () => [
  deviation('volatility'),
  today('gotToday', { vi: 'Giá trị dự án, trừ phần mất do chờ đợi', en: 'Project value less what waiting loses' }, 'S·e^(−qT)', (c) => `${c.one('presentValue')}*EXP(-${c.one('costOfDelay')}*${c.one('years')})`),
  today('paidToday', { vi: 'Chi phí đầu tư, chiết khấu phi rủi ro', en: 'Cost of development, discounted risk-free' }, 'K·e^(−rT)', (c) => `${c.one('developmentCost')}*EXP(-${c.one('riskFree')}*${c.one('years')})`),
  ...closedForm('presentValue', 'developmentCost', (c) => `(${c.one('riskFree')}-${c.one('costOfDelay')})`),
  single('investNow', (c) => `${c.one('presentValue')}-${c.one('developmentCost')}`),
  single('waiting', (c) => `${c.one('result')}-MAX(${c.one('investNow')},0)`),
]

const exchangeRecipe: Recipe = () => [
  single('ratioVolatility', (c) => {
    const [one, other] = [c.one('volReceive'), c.one('volGive')]
    return `SQRT(MAX(0,(${one}-${other})*(${one}-${other})+2*(1-${c.one('correlation')})*${one}*${other}))`
  }),
  deviation('ratioVolatility'),
  today('gotToday', { vi: 'Giá trị nhận về, trừ phần mất do chờ đợi', en: 'Value received less what waiting loses' }, 'S₁·e^(−q₁T)', (c) => `${c.one('receiveValue')}*EXP(-${c.one('yieldReceive')}*${c.one('years')})`),
  today('paidToday', { vi: 'Giá trị bỏ ra, trừ phần sinh lợi đến khi đổi', en: 'Value given up less what it yields until then' }, 'S₂·e^(−q₂T)', (c) => `${c.one('giveValue')}*EXP(-${c.one('yieldGive')}*${c.one('years')})`),
  ...closedForm('receiveValue', 'giveValue', (c) => `(${c.one('yieldGive')}-${c.one('yieldReceive')})`),
  single('exchangeNow', (c) => `${c.one('receiveValue')}-${c.one('giveValue')}`),
  single('waiting', (c) => `${c.one('result')}-MAX(${c.one('exchangeNow')},0)`),
]

/** Steps of the tree chosen; null where it is too large for a sheet or nothing moves on it. */
const stepsOf = (given: Given): number | null => {
  const steps = Number(given.choice('steps'))
  const moves = given.number('volatility') !== 0 && given.number('years') !== 0
  return steps >= 1 && steps <= mostSteps && moves ? steps : null
}

/** Factors and probability of one step, for a term of `years`. */
const latticeLines = (steps: number, years: (c: Cells) => string): readonly Line[] => {
  const step = (c: Cells): string => `${years(c)}/${String(steps)}`
  return [
    single('up', (c) => `EXP(${c.one('volatility')}*SQRT(${step(c)}))`),
    single('down', (c) => `1/${c.one('up')}`),
    single('probability', (c) => `(EXP((${c.one('riskFree')}-${c.one('costOfDelay')})*${step(c)})-${c.one('down')})/(${c.one('up')}-${c.one('down')})`),
    single('stepDiscount', (c) => `EXP(-${c.one('riskFree')}*${step(c)})`, { label: { vi: 'Hệ số chiết khấu mỗi bước', en: 'Discount factor of a step' }, unit: 'factor', symbols: 'e^(−rΔt)' }),
    perPeriod('step', steps + 1, (c, k) => `${c.period(k)}-1`, { label: { vi: 'Bước', en: 'Step' }, unit: 'count' }),
  ]
}

const falls = (vi: string, en: string, downs: number): Text => ({ vi: `${vi}, ${String(downs)} lần giảm`, en: `${en}, ${String(downs)} down` })

/** What a node is worth: its asset value, the worth of waiting (null at the last step), and its step counted from 1. */
type NodeFormula = (c: Cells, asset: string, waiting: string | null, k: number) => string

/** Two triangles: project values, and values of the right rolled back. A row is a number of falls, a column a step. */
const triangles = (steps: number, spot: string, node: NodeFormula): readonly Line[] => {
  const downs = Array.from({ length: steps + 1 }, (_, count) => count)
  const waiting = (c: Cells, fall: number, k: number): string =>
    `${c.one('stepDiscount')}*(${c.one('probability')}*${c.at(`value${String(fall)}`, k + 1)}+(1-${c.one('probability')})*${c.at(`value${String(fall + 1)}`, k + 1)})`
  return [
    ...downs.map((fall) => perPeriod(`asset${String(fall)}`, steps + 1, (c, k) => (k <= fall ? '' : `${c.one(spot)}*POWER(${c.one('up')},${c.at('step', k)}-${String(2 * fall)})`), { label: falls('Giá trị dự án', 'Project value', fall), unit: 'money', symbols: 'S·uⁱ·dʲ' })),
    ...downs.map((fall) => perPeriod(`value${String(fall)}`, steps + 1, (c, k) => (k <= fall ? '' : node(c, c.at(`asset${String(fall)}`, k), k === steps + 1 ? null : waiting(c, fall, k), k)), { label: falls('Giá trị của quyền', 'Value of the right', fall), unit: 'money', symbols: 'max(dùng; chờ)' })),
  ]
}

/** What using the right is worth at a project value. */
const worthOf = (given: Given): ((c: Cells, asset: string) => string) => {
  const expand = (c: Cells, asset: string): string => `${c.one('expandShare')}*${asset}-${c.one('expandCost')}`
  const contract = (c: Cells, asset: string): string => `${c.one('savings')}-${c.one('contractShare')}*${asset}`
  const abandon = (c: Cells, asset: string): string => `${c.one('salvage')}-${asset}`
  const has = (...keys: readonly string[]): boolean => keys.every((key) => given.number(key) !== null)
  switch (given.choice('right')) {
    case 'abandon': return (c, asset) => `MAX(0,${abandon(c, asset)})`
    case 'expand': return (c, asset) => `MAX(0,${expand(c, asset)})`
    case 'contract': return (c, asset) => `MAX(0,${contract(c, asset)})`
    case 'choose': {
      const offered = [...(has('expandShare', 'expandCost') ? [expand] : []), ...(has('contractShare', 'savings') ? [contract] : []), ...(has('salvage') ? [abandon] : [])]
      return (c, asset) => `MAX(${['0', ...offered.map((one) => one(c, asset))].join(',')})`
    }
    default: return (c, asset) => `MAX(0,${asset}-${c.one('developmentCost')})`
  }
}

/** Which steps allow the right to be used before the end: 1 or 0. */
const allowedLines = (given: Given, steps: number): readonly Line[] => {
  const label = { vi: 'Được dùng quyền tại bước này (1: được)', en: 'The right may be used at this step (1: yes)' }
  if (given.flag('usableEarly')) return [perPeriod('mayAct', steps + 1, () => '1', { label, unit: 'count' })]
  const dates = given.choice('exercise') === 'bermudan' ? given.count('exerciseYears') : 0
  return [
    ...(dates === 0 ? [] : [perPeriod('exerciseSteps', dates, (c, k) => `ROUND(${c.at('exerciseYears', k)}*${String(steps)}/${c.one('years')},0)`, { label: { vi: 'Bước gần ngày dùng quyền nhất', en: 'Step nearest to the date of exercise' }, unit: 'count' })]),
    perPeriod('mayAct', steps + 1, (c, k) => `IF(${c.is('exercise', 'american')},1,${dates === 0 ? '0' : `IF(COUNTIF(${c.all('exerciseSteps')},${c.at('step', k)})>0,1,0)`})`, { label, unit: 'count' }),
  ]
}

const treeRecipe: Recipe = (given) => {
  const steps = stepsOf(given)
  if (steps === null) return null
  const worth = worthOf(given)
  const defers = given.flag('usableEarly') || given.choice('right') === 'defer'
  const node: NodeFormula = (c, asset, waiting, k) => (waiting === null ? worth(c, asset) : `IF(${c.at('mayAct', k)}=1,MAX(${worth(c, asset)},${waiting}),${waiting})`)
  return [
    ...latticeLines(steps, (c) => c.one('years')),
    ...allowedLines(given, steps),
    ...triangles(steps, 'presentValue', node),
    ...(defers ? [single('investNow', (c) => `${c.one('presentValue')}-${c.one('developmentCost')}`)] : []),
    single('optionValue', (c) => (defers ? `${c.at('value0', 1)}-MAX(${c.one('investNow')},0)` : c.at('value0', 1))),
    single('result', (c) => (defers ? c.at('value0', 1) : `${c.one('presentValue')}+${c.one('optionValue')}`)),
  ]
}

const stagedRecipe: Recipe = (given) => {
  const steps = stepsOf(given)
  if (steps === null) return null
  const starts = given.series('stageStarts').map((start) => start ?? Number.NaN)
  const stages = starts.length
  const at = starts.map((start) => Math.round((start * steps) / (starts.at(-1) ?? Number.NaN)))
  // A column holds one decision: two of them on one step have no short form.
  if (new Set(at).size < stages) return null
  const hasChances = given.count('stageProbabilities') > 0
  const chance = (c: Cells, k: number): string => (hasChances ? c.at('stageProbabilities', k) : '1')
  const last = (c: Cells): string => c.at('stageStarts', stages)
  const due = (id: string, label: Text, unit: 'money' | 'fraction' | 'count', key: string | null): Line =>
    perPeriod(id, steps + 1, (c, k) => (key === null ? `COUNTIF(${c.all('decisionSteps')},${c.at('step', k)})` : `SUMIF(${c.all('decisionSteps')},${c.at('step', k)},${c.all(key)})`), { label, unit })
  const node: NodeFormula = (c, asset, waiting, k) => {
    const later = waiting ?? '0'
    const going = `${c.at('dueShare', k)}*${asset}+${later}`
    return `IF(${c.at('due', k)}>1,1/0,IF(${c.at('due', k)}>0,MAX(0,${hasChances ? `${c.at('dueChance', k)}*(${going})` : going}-${c.at('dueCost', k)}),${later}))`
  }
  return [
    ...latticeLines(steps, last),
    perPeriod('decisionSteps', stages, (c, k) => `ROUND(${c.at('stageStarts', k)}*${String(steps)}/${last(c)},0)`, { label: { vi: 'Bước gần ngày quyết định nhất', en: 'Step nearest to the date of the decision' }, unit: 'count' }),
    perPeriod('decisionYears', stages, (c, k) => `${c.at('decisionSteps', k)}*${last(c)}/${String(steps)}`),
    due('due', { vi: 'Có quyết định tại bước này (1: có)', en: 'A decision falls on this step (1: yes)' }, 'count', null),
    due('dueCost', { vi: 'Chi phí tại bước này', en: 'Cost at this step' }, 'money', 'stageCosts'),
    due('dueShare', { vi: 'Phần dự án nhận được tại bước này', en: 'Share of the project received at this step' }, 'fraction', 'stageShares'),
    ...(hasChances ? [due('dueChance', { vi: 'Xác suất thành công tại bước này', en: 'Chance of success at this step' }, 'fraction', 'stageProbabilities')] : []),
    ...triangles(steps, 'presentValue', node),
    perPeriod('reach', stages, (c, k) => (k === 1 ? '1' : `${c.at('reach', k - 1)}*${chance(c, k - 1)}`), { label: { vi: 'Xác suất đi tới giai đoạn', en: 'Chance of reaching the stage' }, unit: 'fraction', symbols: 'Pᵢ' }),
    perPeriod('committedFlows', stages, (c, k) => `${c.at('reach', k)}*(${chance(c, k)}*${c.at('stageShares', k)}*${c.one('presentValue')}*EXP(-${c.one('costOfDelay')}*${c.at('decisionYears', k)})-${c.at('stageCosts', k)}*EXP(-${c.one('riskFree')}*${c.at('decisionYears', k)}))`, { label: { vi: 'Giá trị nếu buộc phải làm giai đoạn', en: 'Value if the stage had to be carried out' }, unit: 'money' }),
    single('committed', (c) => `SUM(${c.all('committedFlows')})`),
    single('result', (c) => c.at('value0', 1)),
    single('rightToStop', (c) => `${c.one('result')}-${c.one('committed')}`),
  ]
}

/** Workings of the option methods as spreadsheet formulas, by method. */
export const optionRecipes: Readonly<Record<string, Recipe>> = {
  'real-option/1': (given) => (given.flag('usableEarly') ? treeRecipe(given) : closedRecipe(given)),
  'option-tree/1': treeRecipe,
  'staged-option/1': stagedRecipe,
  'exchange-option/1': exchangeRecipe,
}
