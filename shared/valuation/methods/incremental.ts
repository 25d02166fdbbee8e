import type { InputSpec, TraceNode } from '../figure.ts'
import { premiumProfit, residualProfitSplit, withAndWithout, withoutByProbability, withoutByRamp, type Discounting, type Incremental, type PremiumWorking } from '../income/incremental.ts'
import { known, refuse, andThen, type Outcome } from '../outcome.ts'
import { range } from '../series.ts'
import { choices, input, life, tabInputs, tabOf, timing, timingOf } from './common-inputs.ts'
import { hasCurve, rateInputs, rateOf, taxInputs, taxOf } from './curves.ts'
import { defineMethod, type Computed, type Reader, type Rows } from './kit.ts'
import { discountSteps, flowsOf, tabNotes, tabSteps } from './steps.ts'

const discounting = (reader: Reader): Outcome<Discounting> => andThen(rateOf(reader), (rates) => known({ rate: rates, timing: timingOf(reader), life: reader.number('life'), tab: tabOf(reader) }))

const units = input('series', 'units', 'count', true, ['Sản lượng', 'Units'], ['Số lượng sản phẩm từng năm.', 'Number of units, by year.'], { symbol: 'Q', min: 0 })
const outlay = input('number', 'outlay', 'money', false, ['Chi phí đầu tư để có lợi thế', 'Outlay to obtain the advantage'], ['Số tiền chi một lần tại thời điểm thẩm định giá, sau thuế. Để trống nếu không có.', 'Spent once at the valuation date, after tax. Leave empty if none.'], { symbol: 'I₀', min: 0 })

/** Per-unit advantage from given series, all as long as the units; an absent optional series counts as 0. */
const perUnit = (reader: Reader, parts: readonly (readonly [key: string, sign: 1 | -1])[]): Outcome<readonly number[]> => {
  const count = reader.series('units').length
  const series = parts.map(([key, sign]) => ({ values: reader.series(key), sign })).filter(({ values }) => values.length > 0)
  const short = series.find(({ values }) => values.length < count)
  if (short !== undefined) return refuse('lengths-differ', { expected: count, actual: short.values.length })
  return known(range(count, (index) => {
    let total = 0
    for (const { values, sign } of series) total += sign * (values[index] ?? 0)
    return total
  }))
}

const premiumSteps = (rows: Rows, reader: Reader, advantagePerUnit: readonly number[], working: PremiumWorking): readonly TraceNode[] => [
  rows.step('advantagePerUnit', { vi: 'Lợi thế trên một đơn vị', en: 'Advantage per unit' }, 'money', advantagePerUnit, { formula: 'Δ', words: { vi: 'Giá bán chênh lệch trừ chi phí tăng thêm, hoặc chi phí đơn vị tiết kiệm được.', en: 'Price difference less extra cost, or unit cost saved.' } }),
  rows.step('advantage', { vi: 'Lợi thế trước thuế', en: 'Advantage before tax' }, 'money', working.advantage, { formula: 'Q × Δ' }),
  rows.step('afterTax', { vi: 'Lợi thế sau thuế', en: 'Advantage after tax' }, 'money', working.afterTax, { formula: 'Q × Δ × (1 − T)' }),
  ...discountSteps(rows, working.discounted, hasCurve(reader)),
  ...(reader.maybe('outlay') === null ? [] : [reader.row('outlay')]),
  ...tabSteps(rows, working),
]

const premiumWork = (parts: readonly (readonly [key: string, sign: 1 | -1])[]) => (reader: Reader): Outcome<Computed> =>
  andThen(perUnit(reader, parts), (advantagePerUnit) =>
    andThen(known(null, tabNotes(reader)), () =>
      andThen(andThen(discounting(reader), (terms) => premiumProfit({ units: reader.series('units'), advantagePerUnit, taxRate: taxOf(reader), ...terms, outlay: reader.maybe('outlay') ?? 0 })), (working) =>
        known({
          value: working.value,
          formula: reader.maybe('outlay') === null ? 'V = f × Σ Q·Δ·(1 − T)·v(t)' : 'V = f × [Σ Q·Δ·(1 − T)·v(t) − I₀]',
          words: { vi: 'Lợi thế sau thuế nhờ công nghệ, chiết khấu về thời điểm thẩm định giá, trừ chi phí đầu tư để có lợi thế.', en: 'After-tax advantage from the technology, discounted to the valuation date, less the outlay to obtain it.' },
          steps: (rows) => premiumSteps(rows, reader, advantagePerUnit, working),
          flows: flowsOf(working.discounted),
        }),
      ),
    ),
  )

const clause = { vi: 'TT 37/2024/TT-BTC (lợi nhuận vượt trội); TTLT 39/2014/TTLT-BKHCN-BTC, Điều 12; IVS 210', en: 'Circular 37/2024/TT-BTC (premium profit); Joint Circular 39/2014, Art. 12; IVS 210' }

/** Premium profit, version 1 (lợi nhuận vượt trội do giá bán cao hơn). */
export const premiumProfitMethod = defineMethod({
  id: 'premium-profit/1',
  approach: 'income',
  name: { vi: 'Lợi nhuận vượt trội: giá bán cao hơn', en: 'Premium profit: higher price' },
  summary: {
    vi: 'Phần giá bán cao hơn nhờ công nghệ, trừ chi phí tăng thêm và thuế. Cần chứng cứ giữ nguyên nhãn hiệu, dịch vụ và quy mô.',
    en: 'Higher price thanks to the technology, less extra cost and tax. The evidence must hold brand, service and scale constant.',
  },
  clause,
  inputs: [
    units,
    input('series', 'priceWith', 'money', true, ['Giá bán khi có công nghệ', 'Price with the technology'], ['Giá một đơn vị, từng năm.', 'Price of a unit, by year.'], { min: 0 }),
    input('series', 'priceWithout', 'money', true, ['Giá bán khi không có công nghệ', 'Price without it'], ['Giá sản phẩm so sánh không có công nghệ, từng năm.', 'Price of a comparable product without the technology, by year.'], { min: 0 }),
    input('series', 'extraCost', 'money', false, ['Chi phí tăng thêm trên một đơn vị', 'Extra cost per unit'], ['Chi phí thêm để có mức giá cao hơn. Để trống nếu không có.', 'Extra cost that the higher price needs. Leave empty if none.']),
    life,
    ...taxInputs,
    ...rateInputs,
    timing,
    outlay,
    ...tabInputs,
  ],
  work: premiumWork([['priceWith', 1], ['priceWithout', -1], ['extraCost', -1]]),
})

/** Cost saving, version 1 (tiết kiệm chi phí). */
export const costSavingMethod = defineMethod({
  id: 'cost-saving/1',
  approach: 'income',
  name: { vi: 'Lợi nhuận vượt trội: tiết kiệm chi phí', en: 'Premium profit: cost saving' },
  summary: { vi: 'Phần chi phí sản xuất tiết kiệm được nhờ công nghệ, sau thuế, trừ chi phí đầu tư để có nó. Hợp với công nghệ quy trình.', en: 'Production cost saved by the technology, after tax, less the outlay to obtain it. Suits process technology.' },
  clause,
  inputs: [
    units,
    input('series', 'unitCostWithout', 'money', true, ['Chi phí đơn vị khi không có công nghệ', 'Unit cost without the technology'], ['Chi phí một đơn vị theo quy trình thay thế tốt nhất, từng năm.', 'Cost of a unit by the best alternative process, by year.'], { min: 0 }),
    input('series', 'unitCostWith', 'money', true, ['Chi phí đơn vị khi có công nghệ', 'Unit cost with it'], ['Chi phí một đơn vị theo công nghệ đang thẩm định, từng năm.', 'Cost of a unit by the subject technology, by year.'], { min: 0 }),
    life,
    ...taxInputs,
    ...rateInputs,
    timing,
    outlay,
    ...tabInputs,
  ],
  work: premiumWork([['unitCostWithout', 1], ['unitCostWith', -1]]),
})

const whenKind = (kind: string): NonNullable<InputSpec['when']> => ({ key: 'withoutKind', is: [kind] })

const compare = (reader: Reader): Outcome<Incremental> => {
  switch (reader.choice('withoutKind')) {
    case 'ramp':
      return andThen(discounting(reader), (terms) => withoutByRamp(reader.series('flowsWith'), reader.series('ramp'), reader.maybe('rebuildCost') ?? 0, terms))
    case 'probability':
      return andThen(discounting(reader), (terms) => withoutByProbability(reader.series('losses'), reader.number('probability'), reader.number('enforceability'), terms))
    default:
      return andThen(discounting(reader), (terms) => withAndWithout(reader.series('flowsWith'), reader.series('flowsWithout'), terms))
  }
}

const differenceFormula: Readonly<Record<string, string>> = { flows: 'ΔCF = CF₁ − CF₀', ramp: 'ΔCF = CF₁ × (1 − q) + C₁', probability: 'ΔCF = M × p × e' }

/** With-and-without, version 1 (phương pháp có – không). */
export const withWithoutMethod = defineMethod({
  id: 'with-without/1',
  approach: 'income',
  name: { vi: 'So sánh có và không có công nghệ', en: 'With and without' },
  summary: { vi: 'Chênh lệch dòng tiền giữa trường hợp có và trường hợp không có công nghệ, cùng một tỷ suất chiết khấu.', en: 'Difference between the flows with and without the technology, at the same discount rate.' },
  clause,
  inputs: [
    input('choice', 'withoutKind', 'none', true, ['Trường hợp không có công nghệ', 'The case without the technology'], ['Nhập thẳng dòng tiền, theo lộ trình xây dựng lại, hoặc theo xác suất bị cạnh tranh.', 'Enter the flows, rebuild along a ramp, or by the probability of competition.'], {
      choices: choices(['flows', 'Nhập dòng tiền', 'Enter the flows'], ['ramp', 'Xây dựng lại dần', 'Rebuilt along a ramp'], ['probability', 'Theo xác suất cạnh tranh', 'By probability of competition']),
    }),
    input('series', 'flowsWith', 'money', true, ['Dòng tiền khi có công nghệ', 'Flow with the technology'], ['Sau thuế, từng năm.', 'After tax, by year.'], { symbol: 'CF₁', when: { key: 'withoutKind', is: ['flows', 'ramp'] } }),
    input('series', 'flowsWithout', 'money', true, ['Dòng tiền khi không có công nghệ', 'Flow without it'], ['Sau thuế, từng năm, cùng số năm.', 'After tax, by year, for the same years.'], { symbol: 'CF₀', when: whenKind('flows') }),
    input('series', 'ramp', 'fraction', true, ['Mức phục hồi khi xây dựng lại', 'Recovery while rebuilding'], ['Phần dòng tiền đạt được mỗi năm khi phải tạo lại công nghệ: từ thấp đến 100 %.', 'Share of the flow reached each year while the technology is rebuilt, rising to 100 %.'], { symbol: 'q', min: 0, max: 1, when: whenKind('ramp') }),
    input('number', 'rebuildCost', 'money', false, ['Chi phí xây dựng lại trong năm đầu', 'Rebuild cost in year 1'], ['Sau thuế. Để trống nếu không có.', 'After tax. Leave empty if none.'], { symbol: 'C₁', min: 0, when: whenKind('ramp') }),
    input('series', 'losses', 'money', true, ['Dòng tiền mất nếu bị cạnh tranh', 'Flow lost under competition'], ['Sau thuế, từng năm.', 'After tax, by year.'], { symbol: 'M', when: whenKind('probability') }),
    input('number', 'probability', 'fraction', true, ['Xác suất bị cạnh tranh', 'Probability of competition'], ['Khả năng đối thủ cạnh tranh nếu không có quyền.', 'Chance that a rival competes without the right.'], { symbol: 'p', min: 0, max: 1, when: whenKind('probability') }),
    input('number', 'enforceability', 'fraction', true, ['Khả năng thực thi quyền', 'Enforceability'], ['Khả năng quyền hoặc thỏa thuận được thực thi.', 'Chance that the right or agreement can be enforced.'], { symbol: 'e', min: 0, max: 1, when: whenKind('probability') }),
    life,
    ...rateInputs,
    timing,
    ...tabInputs,
  ],
  work: (reader) =>
    andThen(known(null, tabNotes(reader)), () =>
      andThen(compare(reader), (working) =>
        known({
          value: working.value,
          formula: 'V = f × Σ ΔCF·v(t)',
          words: { vi: 'Giá trị hiện tại của phần dòng tiền chỉ có nhờ công nghệ.', en: 'Present value of the flows that exist only thanks to the technology.' },
          steps: (rows) => [
            rows.step('difference', { vi: 'Chênh lệch dòng tiền', en: 'Difference of the flows' }, 'money', working.difference, { formula: differenceFormula[reader.choice('withoutKind')] ?? '' }),
            ...discountSteps(rows, working.discounted, hasCurve(reader)),
            ...tabSteps(rows, working),
          ],
          flows: flowsOf(working.discounted),
        }),
      ),
    ),
})

/** Residual profit split, version 1 (phân chia lợi nhuận). */
export const profitSplitMethod = defineMethod({
  id: 'profit-split/1',
  approach: 'income',
  name: { vi: 'Phân chia lợi nhuận', en: 'Profit split' },
  summary: { vi: 'Phần lợi nhuận còn lại sau thu nhập thông thường, nhân tỷ lệ thuộc về tài sản trí tuệ, sau thuế. Hợp khi hai bên cùng đóng góp.', en: 'Profit left after routine returns, times the share that belongs to the intellectual property, after tax. Suits cases where two sides contribute.' },
  clause: { vi: 'Cách tiếp cận từ thu nhập, TT 32/2024/TT-BTC (phải lập luận việc áp dụng); TTLT 39/2014/TTLT-BKHCN-BTC, Điều 12', en: 'Income approach, Circular 32/2024/TT-BTC (its use must be argued); Joint Circular 39/2014, Art. 12' },
  inputs: [
    input('series', 'operatingProfits', 'money', true, ['Lợi nhuận hoạt động', 'Operating profit'], ['Trước thuế, từng năm.', 'Before tax, by year.'], { symbol: 'P' }),
    input('series', 'routineReturns', 'money', true, ['Thu nhập thông thường', 'Routine returns'], ['Lợi nhuận mà các chức năng, tài sản thông thường đáng được hưởng, từng năm.', 'Profit that ordinary functions and assets deserve, by year.'], { symbol: 'R₀' }),
    input('number', 'ipShare', 'fraction', true, ['Phần thuộc về tài sản trí tuệ', 'Share of the intellectual property'], ['Phần của lợi nhuận còn lại do công nghệ tạo ra; phải có lập luận.', 'Share of the residual profit that the technology creates; it must be argued.'], { symbol: 's', min: 0, max: 1 }),
    life,
    ...taxInputs,
    ...rateInputs,
    timing,
    ...tabInputs,
  ],
  work: (reader) =>
    andThen(known(null, tabNotes(reader)), () =>
      andThen(andThen(discounting(reader), (terms) => residualProfitSplit(reader.series('operatingProfits'), reader.series('routineReturns'), reader.number('ipShare'), taxOf(reader), terms)), (working) =>
        known({
          value: working.value,
          formula: 'V = f × Σ (P − R₀)·s·(1 − T)·v(t)',
          words: { vi: 'Lợi nhuận phần dư thuộc về công nghệ, sau thuế, chiết khấu về thời điểm thẩm định giá.', en: 'Residual profit that belongs to the technology, after tax, discounted to the valuation date.' },
          steps: (rows) => [
            rows.step('residual', { vi: 'Lợi nhuận phần dư', en: 'Residual profit' }, 'money', working.residual, { formula: 'P − R₀' }),
            rows.step('afterTax', { vi: 'Phần của công nghệ sau thuế', en: 'Technology’s share after tax' }, 'money', working.afterTax, { formula: '(P − R₀) × s × (1 − T)' }),
            ...discountSteps(rows, working.discounted, hasCurve(reader)),
            ...tabSteps(rows, working),
          ],
          flows: flowsOf(working.discounted),
        }),
      ),
    ),
})
