import type { Note, TraceNode } from '../figure.ts'
import type { WithTab } from '../income/gross-up.ts'
import { note } from '../reasons.ts'
import type { Discounted } from '../time/discount.ts'
import type { Reader, Rows } from './kit.ts'

/** Rows of discounting that all income methods share: times, factors, present values. */
export const discountSteps = (rows: Rows, discounted: Discounted, curve = false): readonly TraceNode[] => [
  rows.step('times', { vi: 'Thời điểm dòng tiền', en: 'Time of the flow' }, 'years', discounted.times, {
    words: { vi: 'Số năm từ thời điểm thẩm định giá, theo quy ước đã chọn.', en: 'Years from the valuation date under the chosen convention.' },
  }),
  rows.step('factors', { vi: 'Hệ số chiết khấu', en: 'Discount factor' }, 'factor', discounted.factors, curve
    ? { formula: 'v(t) = Π 1/(1 + rₛ), s ≤ t', words: { vi: 'Tích các năm đã qua, mỗi năm theo tỷ suất của năm đó; phần năm theo lũy thừa phần năm.', en: 'Product over the years passed, each at its own rate; a part of a year by its power.' } }
    : { formula: 'v(t) = (1 + r)^(−t)' }),
  rows.step('presentValues', { vi: 'Giá trị hiện tại của dòng tiền', en: 'Present value of the flow' }, 'money', discounted.presentValues, { formula: 'PV = CF × v(t)' }),
]

/** The flows of a figure for its chart. */
export const flowsOf = (discounted: Discounted): { readonly times: readonly number[]; readonly amounts: readonly number[]; readonly presentValues: readonly number[] } => ({
  times: discounted.times,
  amounts: discounted.amounts,
  presentValues: discounted.presentValues,
})

/** Rows of the value before and after the tax amortisation benefit. */
export const tabSteps = (rows: Rows, working: WithTab): readonly TraceNode[] => {
  const before = rows.step('pvBeforeTab', { vi: 'Giá trị trước lợi ích thuế', en: 'Value before the tax benefit' }, 'money', working.pvBeforeTab, { formula: 'B = Σ PV' })
  if (working.tab === null) return [before]
  return [
    before,
    rows.step('tabFactor', { vi: 'Hệ số lợi ích thuế do khấu hao', en: 'Tax amortisation benefit factor' }, 'factor', working.tabFactor, {
      formula: 'f = 1 / (1 − T × Σ aⱼ·v(tⱼ))',
      words: {
        vi: 'Giá của tài sản cũng được khấu hao, nên lợi ích thuế làm tăng chính nó; công thức đóng thay cho tính lặp. T là thuế suất của bên mua, aⱼ là phần khấu hao năm j (khấu hao đều: 1/n).',
        en: 'The price itself is amortised, so the benefit raises itself; the closed form replaces iteration. T is the buyer’s tax rate, aⱼ the share amortised in year j (straight line: 1/n).',
      },
      children: [
        rows.step('tabShares', { vi: 'Giá trị hiện tại của 1 đồng được khấu hao', en: 'Present value of amortising 1' }, 'factor', working.tab.presentValueOfShares, { formula: 'Σ aⱼ·v(tⱼ)' }),
        rows.step('tabDenominator', { vi: 'Mẫu số', en: 'Denominator' }, 'factor', working.tab.denominator, { formula: '1 − T × Σ aⱼ·v(tⱼ)' }),
      ],
    }),
    rows.step('tabBenefit', { vi: 'Lợi ích thuế do khấu hao', en: 'Tax amortisation benefit' }, 'money', working.benefit, { formula: 'TAB = B × (f − 1)' }),
  ]
}

const VIETNAM_TAX_LIFE = 20

/** Warnings about the tax benefit as chosen: left out, or longer than usual in Viet Nam. */
export const tabNotes = (input: Reader): readonly Note[] => {
  if (input.choice('tabMode') === 'none') return [note('tab-absent')]
  const years = input.maybe('tabYears')
  return years !== null && years > VIETNAM_TAX_LIFE ? [note('tax-life-above-law', { years, limit: VIETNAM_TAX_LIFE })] : []
}
