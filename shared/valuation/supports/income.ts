import type { InputSpec } from '../figure.ts'
import { applyTab } from '../income/gross-up.ts'
import { tabFactor, tabOnGivenValue, type TabFactor, type TabTerms } from '../income/tab.ts'
import { choices, input, rate, taxRate, timing, timingOf } from '../methods/common-inputs.ts'
import type { Reader, Rows } from '../methods/kit.ts'
import { volatilityFromReturns, volatilityFromScenarios } from '../options/real-options.ts'
import { andThen, fromResult, known, refuse, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { range } from '../series.ts'
import { treeValue, type TreeNode } from '../stages/decision-tree.ts'
import { gateValues } from '../stages/risk-adjusted.ts'
import { defineSupport } from './kit.ts'

const when = (key: string, ...is: readonly string[]) => ({ when: { key, is } })
const years = { table: 'taxYears', label: { vi: 'Năm khấu hao', en: 'Tax year' } }

const tabRows = (rows: Rows, tab: TabFactor) => [
  rows.step('factor', { vi: 'Hệ số lợi ích thuế', en: 'Benefit factor' }, 'factor', tab.factor, { formula: '1 / (1 − T × Σ aⱼ·v(tⱼ))' }),
  rows.step('shares', { vi: 'Giá trị hiện tại của 1 đồng được khấu hao', en: 'Present value of amortising 1' }, 'factor', tab.presentValueOfShares, { formula: 'Σ aⱼ·v(tⱼ)' }),
  rows.step('denominator', { vi: 'Mẫu số', en: 'Denominator' }, 'factor', tab.denominator),
]

const termsOf = (reader: Reader): TabTerms => ({
  taxRate: reader.number('taxRate'),
  amortisation: reader.choice('amortise') === 'shares' ? { schedule: reader.series('taxShares') } : { years: reader.number('taxYears') },
  rate: reader.number('rate'),
  timing: timingOf(reader),
  lagYears: reader.maybe('lag') ?? 0,
})

/** Tax amortisation benefit, version 1 (lợi ích thuế do khấu hao). */
export const tabSupport = defineSupport({
  id: 'tab/1',
  group: 'income',
  feeds: ['businessValue', 'presentValue'],
  unit: 'factor',
  name: { vi: 'Lợi ích thuế do khấu hao (TAB)', en: 'Tax amortisation benefit (TAB)' },
  summary: { vi: 'Hệ số nâng giá trị, số tiền lợi ích trên một giá trị chưa có TAB, hoặc khoản thuế tiết kiệm trên một giá đã có; công thức đóng, không tính lặp.', en: 'The step-up factor, the benefit on a value before TAB, or the saving on a stated price; closed form, no iteration.' },
  clause: { vi: 'IVS 210 (TAB chỉ dùng với cách tiếp cận thu nhập); luật thuế thu nhập doanh nghiệp', en: 'IVS 210 (TAB with the income approach only); profit tax law' },
  inputs: [
    input('choice', 'find', 'none', true, ['Cần tìm', 'What to find'], ['Giá thị trường đã chứa TAB: không cộng lần nữa.', 'A market price already holds the benefit: do not add it again.'], { choices: choices(['factor', 'Hệ số', 'The factor'], ['value', 'Giá trị gồm TAB', 'Value with TAB'], ['benefit', 'Số tiền lợi ích', 'The benefit in money'], ['saving', 'Thuế tiết kiệm trên giá đã cho', 'Saving on a stated price']) }),
    input('number', 'amount', 'money', true, ['Giá trị chưa có TAB, hoặc giá đã cho', 'Value before TAB, or stated price'], ['Theo lựa chọn ở trên.', 'By the choice above.'], { symbol: 'B', ...when('find', 'value', 'benefit', 'saving') }),
    taxRate,
    input('choice', 'amortise', 'none', true, ['Cách khấu hao', 'Amortisation'], ['Theo luật thuế.', 'By tax law.'], { choices: choices(['even', 'Đều', 'Straight line'], ['shares', 'Theo tỷ lệ từng năm', 'By yearly shares']) }),
    input('number', 'taxYears', 'years', true, ['Thời gian khấu hao cho mục đích thuế', 'Tax life'], ['Theo luật thuế, không phải tuổi đời kinh tế.', 'By tax law, not the economic life.'], { symbol: 'n', min: 0.01, max: 200, ...when('amortise', 'even') }),
    input('series', 'taxShares', 'fraction', true, ['Tỷ lệ khấu hao từng năm', 'Share of each year'], ['Tổng bằng 100 %.', 'In total 100 %.'], { symbol: 'aⱼ', min: 0, max: 1, rows: years, ...when('amortise', 'shares') }),
    rate,
    timing,
    input('number', 'lag', 'years', false, ['Chậm khấu trừ', 'Delay of the first deduction'], ['Số năm chậm thêm. Để trống nếu không có.', 'Further years of delay. Leave empty if none.'], { symbol: 'l', min: 0, max: 50 }),
  ],
  work: (reader) => {
    const terms = termsOf(reader)
    const long = reader.maybe('taxYears') !== null && reader.number('taxYears') > 20 ? [note('tax-life-above-law', { years: reader.number('taxYears'), limit: 20 })] : []
    const find = reader.choice('find')
    if (find === 'saving')
      return andThen(known(null, long), () => andThen(tabOnGivenValue(reader.number('amount'), terms), (value) =>
        known({ value, unit: 'money', formula: 'B × T × Σ aⱼ·v(tⱼ)', words: { vi: 'Thuế tiết kiệm trên giá đã cho; không phải phần nâng của giá trị chưa có TAB.', en: 'Tax saved on a stated price; not the step-up of a value before TAB.' }, steps: () => [] })))
    return andThen(known(null, long), () => andThen(tabFactor(terms), (tab) => {
      if (find === 'factor') return known({ value: tab.factor, formula: 'f = 1 / (1 − T × Σ aⱼ·v(tⱼ))', words: { vi: 'Giá cũng được khấu hao nên lợi ích làm tăng chính nó.', en: 'The price itself is amortised, so the benefit raises itself.' }, steps: (rows) => tabRows(rows, tab).slice(1) })
      return andThen(applyTab(reader.number('amount'), terms, terms.rate, terms.timing), ({ benefit, value }) =>
        known({ value: find === 'benefit' ? benefit : value, unit: 'money', formula: find === 'benefit' ? 'TAB = B × (f − 1)' : 'V = B × f', words: { vi: 'Giá trị chưa có TAB nhân hệ số lợi ích thuế.', en: 'The value before TAB times the benefit factor.' }, steps: (rows) => tabRows(rows, tab) }))
    }))
  },
})

const outcomes = { table: 'outcomes', label: { vi: 'Khả năng', en: 'Outcome' } }
const gates = { table: 'gates', label: { vi: 'Giai đoạn', en: 'Stage' } }
const optionLabels = { table: 'options', label: { vi: 'Phương án', en: 'Option' } }
const tree = when('shape', 'decision')
const staged = when('shape', 'stages')
const column = (rows: NonNullable<InputSpec['rows']>, key: string, unit: InputSpec['unit'], label: readonly [string, string], help: readonly [string, string], more: Pick<InputSpec, 'symbol' | 'min' | 'max' | 'when'>): InputSpec => input('series', key, unit, true, label, help, { rows, ...more })

const decisionOf = (reader: Reader): Outcome<TreeNode> => {
  const [costs, numbers, chances, values] = [reader.series('optionCosts'), reader.series('outcomeOptions'), reader.series('outcomeChances'), reader.series('outcomeValues')]
  const uneven = [chances, values].find((one) => one.length !== numbers.length)
  if (uneven !== undefined) return refuse('lengths-differ', { expected: numbers.length, actual: uneven.length })
  if (numbers.some((one) => !Number.isInteger(one) || one < 1 || one > costs.length)) return refuse('score-out-of-range', { low: 1, high: costs.length })
  const branches = costs.map((cost, index) => ({
    name: String(index + 1),
    cost,
    node: { kind: 'chance' as const, outcomes: numbers.flatMap((one, at) => (one === index + 1 ? [{ p: chances[at] ?? Number.NaN, node: { kind: 'end' as const, value: values[at] ?? Number.NaN } }] : [])) },
  }))
  return known({ kind: 'decision', branches: [...branches, ...(reader.flag('mayDecline') ? [{ name: '0', cost: 0, node: { kind: 'end' as const, value: 0 } }] : [])] })
}

/** Decision tree with the right to stop, version 1 (cây quyết định). */
export const decisionTreeSupport = defineSupport({
  id: 'decision-tree/1',
  group: 'income',
  feeds: ['presentValue', 'businessValue'],
  unit: 'money',
  name: { vi: 'Cây quyết định', en: 'Decision tree' },
  summary: { vi: 'Kỳ vọng của từng phương án trừ chi phí, chọn phương án tốt nhất; hoặc các giai đoạn nối tiếp với quyền dừng trước mỗi giai đoạn.', en: 'Expectation of each option less its cost, and the best of them; or stages in a row with the right to stop before each.' },
  clause: { vi: 'IVS 105 (mô hình định giá); phải lập luận khi dùng', en: 'IVS 105 (valuation models); to be argued' },
  inputs: [
    input('choice', 'shape', 'none', true, ['Dạng cây', 'Shape'], ['Xác suất đã chứa rủi ro kỹ thuật: tỷ suất không được chứa lại.', 'The probabilities hold the technical risk: the rate must not hold it again.'], { choices: choices(['decision', 'Chọn giữa các phương án', 'A choice between options'], ['stages', 'Giai đoạn nối tiếp, có quyền dừng', 'Stages in a row, with the right to stop']) }),
    column(optionLabels, 'optionCosts', 'money', ['Chi phí của phương án', 'Cost of the option'], ['Mỗi dòng một phương án. Ghi 0 nếu không có.', 'One option a row. Enter 0 if none.'], { symbol: 'C', min: 0, ...tree }),
    column(outcomes, 'outcomeOptions', 'count', ['Thuộc phương án số', 'Of option number'], ['Số thứ tự của phương án ở bảng trên.', 'Number of the option in the table above.'], { min: 1, max: 200, ...tree }),
    column(outcomes, 'outcomeChances', 'fraction', ['Xác suất', 'Probability'], ['Tổng của mỗi phương án bằng 100 %.', 'In total 100 % for each option.'], { symbol: 'p', min: 0, max: 1, ...tree }),
    column(outcomes, 'outcomeValues', 'money', ['Giá trị khi xảy ra', 'Value if it happens'], ['Giá trị hiện tại; có thể âm.', 'Present value; may be negative.'], { symbol: 'X', ...tree }),
    input('flag', 'mayDecline', 'none', false, ['Có quyền không làm gì', 'May do nothing'], ['Thêm một phương án bằng 0.', 'Adds an option worth 0.'], tree),
    column(gates, 'gateCosts', 'money', ['Chi phí giai đoạn', 'Cost of the stage'], ['Chi ngay khi bắt đầu giai đoạn.', 'Paid at its start.'], { symbol: 'C', min: 0, ...staged }),
    column(gates, 'gateChances', 'fraction', ['Xác suất thành công', 'Probability of success'], ['Của riêng giai đoạn đó.', 'Of that stage alone.'], { symbol: 'p', min: 0, max: 1, ...staged }),
    input('number', 'payoff', 'money', true, ['Giá trị khi thành công', 'Value on success'], ['Tại cuối giai đoạn cuối.', 'At the end of the last stage.'], { symbol: 'X', ...staged }),
    { ...rate, ...staged },
    input('number', 'yearsPerStage', 'years', true, ['Số năm mỗi giai đoạn', 'Years a stage'], ['Có thể là số lẻ.', 'May be fractional.'], { symbol: 'Δt', min: 0, max: 50, ...staged }),
  ],
  work: (reader) => {
    if (reader.choice('shape') === 'stages') {
      const [costs, chances] = [reader.series('gateCosts'), reader.series('gateChances')]
      if (costs.length !== chances.length) return refuse('lengths-differ', { expected: costs.length, actual: chances.length })
      return andThen(known(null, [note('technical-risk-in-rate')]), () =>
        andThen(gateValues(costs.map((cost, index) => ({ cost, p: chances[index] ?? Number.NaN })), reader.number('payoff'), reader.number('rate'), reader.number('yearsPerStage')), (values) =>
          known({
            value: values[0] ?? 0,
            formula: 'Gᵢ = max(−Cᵢ + pᵢ·Gᵢ₊₁·(1 + r)^(−Δt), 0)',
            words: { vi: 'Tính lùi từ giai đoạn cuối; giai đoạn nào lỗ thì dừng trước nó.', en: 'Rolled back from the last stage; a stage that loses money is not begun.' },
            steps: (rows) => [rows.step('gates', { vi: 'Giá trị trước mỗi giai đoạn', en: 'Value before each stage' }, 'money', values, { periods: range(values.length, (index) => String(index + 1)) })],
          }),
        ),
      )
    }
    return andThen(decisionOf(reader), (node) =>
      andThen(treeValue(node), ({ value, branches, best }) =>
        known({
          value,
          formula: 'V = max over i of (Σ p·X − Cᵢ)',
          words: best === '0' ? { vi: 'Tốt nhất là không làm.', en: 'Doing nothing is best.' } : { vi: `Tốt nhất là phương án ${best ?? ''}.`, en: `Option ${best ?? ''} is best.` },
          steps: (rows) => [rows.step('options', { vi: 'Kỳ vọng trừ chi phí của từng phương án', en: 'Expectation less cost of each option' }, 'money', branches.map((branch) => branch.value), { periods: branches.map(({ name }) => name) })],
        }),
      ),
    )
  },
})

/** Volatility, version 1 (độ biến động). */
export const volatilitySupport = defineSupport({
  id: 'volatility/1',
  group: 'income',
  feeds: ['volatility'],
  unit: 'fraction',
  name: { vi: 'Độ biến động', en: 'Volatility' },
  summary: { vi: 'Từ chuỗi giá trị quá khứ hoặc suy từ kịch bản cao và kỳ vọng. Là số liệu yếu nhất của mô hình quyền chọn.', en: 'From a series of past values, or implied by a high and an expected scenario. The weakest input of an option model.' },
  clause: { vi: 'Black–Scholes–Merton (1973); IVS 105', en: 'Black–Scholes–Merton (1973); IVS 105' },
  inputs: [
    input('choice', 'volatilityFrom', 'none', true, ['Cách ước lượng', 'Estimated from'], ['Nêu rõ cách đã dùng.', 'State the one used.'], { choices: choices(['past', 'Chuỗi giá trị quá khứ', 'Past values'], ['scenarios', 'Kịch bản', 'Scenarios']) }),
    input('series', 'pastValues', 'none', true, ['Giá trị quan sát', 'Observed value'], ['Giá cổ phiếu, chỉ số hoặc doanh thu cách đều nhau; cần ít nhất ba.', 'Share prices, an index or revenue at even intervals; at least three.'], { symbol: 'Sₜ', rows: { table: 'pastValues', label: { vi: 'Kỳ quan sát', en: 'Period observed' } }, min: 0, ...when('volatilityFrom', 'past') }),
    input('number', 'periodsPerYear', 'count', true, ['Số kỳ trong năm', 'Periods a year'], ['Theo tháng là 12, theo tuần là 52.', 'Monthly 12, weekly 52.'], { symbol: 'm', min: 1, max: 366, ...when('volatilityFrom', 'past') }),
    input('number', 'highValue', 'money', true, ['Giá trị kịch bản cao', 'High scenario'], ['Một độ lệch chuẩn trên kỳ vọng.', 'One standard deviation above the expectation.'], { symbol: 'H', min: 0, ...when('volatilityFrom', 'scenarios') }),
    input('number', 'expectedValue', 'money', true, ['Giá trị kỳ vọng', 'Expected scenario'], ['Kịch bản giữa.', 'The middle scenario.'], { symbol: 'E', min: 0, ...when('volatilityFrom', 'scenarios') }),
    input('number', 'lowValue', 'money', false, ['Giá trị kịch bản thấp', 'Low scenario'], ['Để kiểm tra: hai cách phải gần nhau.', 'As a check: both should come close.'], { symbol: 'L', min: 0, ...when('volatilityFrom', 'scenarios') }),
    input('number', 'horizon', 'years', true, ['Số năm của kịch bản', 'Years of the scenarios'], ['Khoảng thời gian đến khi kịch bản rõ.', 'Time until the scenarios show.'], { symbol: 't', min: 0, max: 100, ...when('volatilityFrom', 'scenarios') }),
  ],
  work: (reader) => {
    const weakest = known(null, [note('volatility-weakest')])
    if (reader.choice('volatilityFrom') === 'past')
      return andThen(weakest, () => andThen(fromResult(volatilityFromReturns(reader.series('pastValues'), reader.number('periodsPerYear'))), ({ volatility, logReturns }) =>
        known({
          value: volatility, formula: 'σ = s(ln Sₜ/Sₜ₋₁) × √m', words: { vi: 'Độ lệch chuẩn mẫu của mức sinh lời logarit, đưa về năm.', en: 'Sample deviation of log returns, brought to a year.' },
          steps: (rows) => [rows.step('logReturns', { vi: 'Mức sinh lời logarit', en: 'Log return' }, 'factor', logReturns, { formula: 'ln(Sₜ/Sₜ₋₁)' })],
        })))
    return andThen(weakest, () => andThen(fromResult(volatilityFromScenarios(reader.number('highValue'), reader.number('expectedValue'), reader.maybe('lowValue'), reader.number('horizon'))), ({ volatility, volatilityFromLow }) =>
      known({
        value: volatility, formula: 'σ = ln(H/E) / √t', words: { vi: 'Suy từ kịch bản cao so với kỳ vọng.', en: 'Implied by the high scenario against the expectation.' },
        steps: (rows) => (volatilityFromLow === null ? [] : [rows.step('fromLow', { vi: 'Suy từ kịch bản thấp', en: 'Implied by the low scenario' }, 'fraction', volatilityFromLow, { formula: 'ln(E/L) / √t' })]),
      })))
  },
})
