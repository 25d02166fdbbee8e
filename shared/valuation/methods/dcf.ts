import type { TraceNode } from '../figure.ts'
import { discountedCashFlow, freeCashFlows, greenfieldValue, type FreeCashFlowWorking, type Terminal } from '../income/cash-flow.ts'
import { applyTab } from '../income/gross-up.ts'
import { known, refuse, andThen, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { discountFlows } from '../time/discount.ts'
import { choices, input, life, tabInputs, tabOf, timing, timingOf } from './common-inputs.ts'
import { hasCurve, onlyWhen, rateInputs, rateOf, taxInputs, taxOf } from './curves.ts'
import { defineMethod, type Reader, type Rows } from './kit.ts'
import { discountSteps, flowsOf, tabNotes, tabSteps } from './steps.ts'

const whenBuilt = { key: 'flowKind', is: ['built'] } as const
const whenGordon = { key: 'terminal', is: ['gordon'] } as const
const whenMultiple = { key: 'terminal', is: ['exitMultiple'] } as const

interface Flows {
  readonly flows: readonly number[]
  readonly built: FreeCashFlowWorking | null
}

const flowsIn = (reader: Reader): Outcome<Flows> => {
  if (reader.choice('flowKind') === 'direct') return known({ flows: reader.series('freeCashflows'), built: null })
  const given = (key: string): readonly number[] | number => (reader.series(key).length === 0 ? 0 : reader.series(key))
  return andThen(
    freeCashFlows({
      revenue: reader.series('businessRevenue'),
      ebitMargin: reader.series('ebitMargins'),
      taxRate: taxOf(reader),
      depreciation: given('depreciation'),
      capex: given('capex'),
      workingCapitalShare: reader.maybe('workingCapitalShare') ?? 0,
      previousRevenue: reader.maybe('previousRevenue'),
    }),
    (built) => known({ flows: built.freeCashFlow, built }),
  )
}

const builtSteps = (rows: Rows, built: FreeCashFlowWorking | null): readonly TraceNode[] =>
  built === null
    ? []
    : [
        rows.step('ebit', { vi: 'Lợi nhuận trước lãi vay và thuế', en: 'Earnings before interest and tax' }, 'money', built.ebit, { formula: 'EBIT = Rev × m' }),
        rows.step('tax', { vi: 'Thuế trên lợi nhuận hoạt động', en: 'Tax on operating profit' }, 'money', built.tax, { formula: 'T × EBIT' }),
        rows.step('workingCapital', { vi: 'Tăng vốn lưu động', en: 'Increase of working capital' }, 'money', built.workingCapitalChange, { formula: 'w × (Revₜ − Revₜ₋₁)' }),
        rows.step('freeCashFlow', { vi: 'Dòng tiền tự do', en: 'Free cash flow' }, 'money', built.freeCashFlow, { formula: 'FCF = EBIT × (1 − T) + D − I − ΔW' }),
      ]

const terminalOf = (reader: Reader): Terminal | null => {
  switch (reader.choice('terminal')) {
    case 'gordon':
      return { method: 'gordon', growth: reader.number('growth') }
    case 'exitMultiple':
      return { method: 'exitMultiple', multiple: reader.number('multiple'), metric: reader.number('metric') }
    default:
      return null
  }
}

const flowInputs = [
  input('choice', 'flowKind', 'none', true, ['Nguồn dòng tiền', 'Where the flows come from'], ['Nhập thẳng dòng tiền tự do, hoặc tính từ doanh thu, biên lợi nhuận và đầu tư.', 'Enter free cash flows directly, or build them from revenue, margin and investment.'], {
    choices: choices(['direct', 'Nhập thẳng dòng tiền', 'Enter the flows'], ['built', 'Tính từ doanh thu', 'Build from revenue']),
  }),
  input('series', 'freeCashflows', 'money', true, ['Dòng tiền tự do sau thuế', 'Free cash flow after tax'], ['Theo từng năm dự báo; năm đầu tư, chuẩn bị có thể âm.', 'For each forecast year; years of investment or preparation may be negative.'], { symbol: 'CF', when: { key: 'flowKind', is: ['direct'] } }),
  input('series', 'businessRevenue', 'money', true, ['Doanh thu', 'Revenue'], ['Doanh thu thuần từng năm của hoạt động dùng công nghệ.', 'Net revenue of the business that uses the technology, by year.'], { symbol: 'Rev', min: 0, when: whenBuilt }),
  input('series', 'ebitMargins', 'fraction', true, ['Biên lợi nhuận trước lãi vay và thuế', 'EBIT margin'], ['Phần trăm doanh thu, từng năm.', 'Share of revenue, by year.'], { symbol: 'm', min: -10, max: 1, when: whenBuilt }),
  ...onlyWhen(taxInputs, whenBuilt),
  input('series', 'depreciation', 'money', false, ['Khấu hao', 'Depreciation'], ['Khấu hao đã trừ trong lợi nhuận, từng năm; cộng trở lại vì không chi tiền.', 'Depreciation inside the margin, by year; added back because it is not cash.'], { symbol: 'D', min: 0, when: whenBuilt }),
  input('series', 'capex', 'money', false, ['Chi đầu tư', 'Capital expenditure'], ['Tiền chi mua sắm, xây dựng tài sản, từng năm.', 'Cash spent on assets, by year.'], { symbol: 'I', when: whenBuilt }),
  input('number', 'workingCapitalShare', 'fraction', false, ['Vốn lưu động trên doanh thu', 'Working capital as a share of revenue'], ['Phần doanh thu bị giữ trong vốn lưu động; phần tăng thêm là dòng tiền ra.', 'Share of revenue tied up in working capital; its increase is an outflow.'], { symbol: 'w', min: -1, max: 5, when: whenBuilt }),
  input('number', 'previousRevenue', 'money', false, ['Doanh thu năm trước dự báo', 'Revenue of the year before'], ['Cần khi có vốn lưu động: để tính phần tăng của năm đầu.', 'Needed with working capital, for the increase in the first year.'], { min: 0, when: whenBuilt }),
]

/** Discounted cash flow, version 1 (chiết khấu dòng tiền trực tiếp). */
export const cashFlowMethod = defineMethod({
  id: 'dcf/1',
  approach: 'income',
  name: { vi: 'Chiết khấu dòng tiền', en: 'Discounted cash flow' },
  summary: {
    vi: 'Giá trị hiện tại của dòng tiền do công nghệ (hoặc đơn vị kinh doanh dùng công nghệ) đem lại. Hợp khi công nghệ gần như là nguồn thu duy nhất của dự án.',
    en: 'Present value of the cash flows that the technology, or the business using it, brings. Suits a project whose income comes almost wholly from the technology.',
  },
  clause: { vi: 'TT 32/2024/TT-BTC, cách tiếp cận từ thu nhập; IVS 103, IVS 210', en: 'Circular 32/2024/TT-BTC, income approach; IVS 103, IVS 210' },
  inputs: [
    ...flowInputs,
    ...rateInputs,
    timing,
    input('choice', 'terminal', 'none', true, ['Sau năm dự báo cuối', 'After the last forecast year'], ['Công nghệ có tuổi đời hữu hạn thường không có giá trị cuối kỳ.', 'Technology of finite life normally has no terminal value.'], {
      choices: choices(['none', 'Không có giá trị cuối kỳ', 'No terminal value'], ['gordon', 'Tăng trưởng đều mãi mãi', 'Steady growth for ever'], ['exitMultiple', 'Bán lại theo hệ số', 'Exit by a multiple']),
    }),
    { ...life, required: false, when: { key: 'terminal', is: ['none'] } },
    input('number', 'growth', 'fraction', true, ['Tốc độ tăng trưởng dài hạn', 'Long-run growth'], ['Phải thấp hơn tỷ suất chiết khấu; với công nghệ thường là số âm.', 'Must be below the discount rate; for technology it is usually negative.'], { symbol: 'g', min: -0.99, max: 1, when: whenGordon }),
    input('number', 'economyGrowth', 'fraction', false, ['Tăng trưởng danh nghĩa dài hạn của nền kinh tế', 'Long-run nominal growth of the economy'], ['Để kiểm tra tốc độ tăng trưởng dài hạn.', 'To check the long-run growth against.'], { min: -0.5, max: 1, when: whenGordon }),
    input('number', 'multiple', 'factor', true, ['Hệ số bán lại', 'Exit multiple'], ['Hệ số giá cuối năm cuối cùng, từ giao dịch so sánh.', 'Year-end price multiple, from comparable deals.'], { symbol: 'M', min: 0, when: whenMultiple }),
    input('number', 'metric', 'money', true, ['Chỉ tiêu tài chính năm cuối', 'Metric of the last year'], ['Chỉ tiêu mà hệ số áp dụng, ví dụ lợi nhuận trước lãi vay, thuế và khấu hao.', 'Figure that the multiple applies to, for example EBITDA.'], { symbol: 'X', min: 0, when: whenMultiple }),
    ...tabInputs,
  ],
  work: (reader) =>
    andThen(flowsIn(reader), ({ flows, built }) => {
      const terminal = terminalOf(reader)
      const limit = reader.maybe('economyGrowth')
      const tooFast = terminal?.method === 'gordon' && limit !== null && terminal.growth > limit
      const notes = [...tabNotes(reader), ...(tooFast ? [note('growth-above-economy', { growth: terminal.growth, limit })] : [])]
      return andThen(andThen(known(null, notes), () => rateOf(reader)), (rates) =>
        andThen(discountedCashFlow(flows, rates, timingOf(reader), terminal, reader.maybe('life')), (working) =>
          andThen(applyTab(working.value, tabOf(reader), rates, timingOf(reader)), (withTab) =>
            known({
              value: withTab.value,
              formula: terminal === null ? 'V = f × Σ CF·v(t)' : 'V = f × [Σ CF·v(t) + TV·v(tₙ)]',
              words: { vi: 'Tổng giá trị hiện tại của dòng tiền và của giá trị cuối kỳ nếu có.', en: 'Sum of the present values of the flows and of the terminal value, if any.' },
              steps: (rows) => [
                ...builtSteps(rows, built),
                rows.step('amounts', { vi: 'Dòng tiền được tính', en: 'Flow counted' }, 'money', working.discounted.amounts),
                ...discountSteps(rows, working.discounted, hasCurve(reader)),
                ...terminalSteps(rows, terminal, working),
                ...tabSteps(rows, withTab),
              ],
              flows: flowsOf(working.discounted),
            }),
          ),
        ),
      )
    }),
})

const terminalSteps = (rows: Rows, terminal: Terminal | null, working: { readonly terminalValue: number; readonly terminalTime: number; readonly terminalPresentValue: number; readonly value: number }): readonly TraceNode[] =>
  terminal === null
    ? []
    : [
        rows.step('terminalValue', { vi: 'Giá trị cuối kỳ', en: 'Terminal value' }, 'money', working.terminalValue, { formula: terminal.method === 'gordon' ? 'TV = CFₙ × (1 + g) / (r − g)' : 'TV = M × X' }),
        rows.step('terminalTime', { vi: 'Số năm chiết khấu giá trị cuối kỳ', en: 'Years over which it is discounted' }, 'years', working.terminalTime, {
          words: { vi: 'Tăng trưởng đều: theo thời điểm của dòng tiền cuối (N − 0,5 khi giữa năm). Bán lại: N năm trọn.', en: 'Steady growth: the time of the last flow (N − 0.5 under mid-year flows). Exit: N whole years.' },
        }),
        rows.step('terminalPresentValue', { vi: 'Giá trị hiện tại của giá trị cuối kỳ', en: 'Present value of the terminal value' }, 'money', working.terminalPresentValue),
        ...(working.value > 0 ? [rows.step('terminalShare', { vi: 'Tỷ trọng giá trị cuối kỳ', en: 'Share of the terminal value' }, 'fraction', working.terminalPresentValue / working.value)] : []),
      ]

/** Greenfield, version 1 (phương pháp khởi dựng từ đầu). */
export const greenfieldMethod = defineMethod({
  id: 'greenfield/1',
  approach: 'income',
  name: { vi: 'Khởi dựng từ đầu', en: 'Greenfield' },
  summary: {
    vi: 'Giá trị hiện tại thuần của một cơ sở mới chỉ có sẵn quyền đang thẩm định; mọi tài sản khác được mua hoặc xây trong dòng tiền. Hợp với giấy phép, nhượng quyền, quyền khai thác.',
    en: 'Net present value of a new business that starts with the subject right only; everything else is bought or built inside the flows. Suits licences, franchises and concessions.',
  },
  clause: { vi: 'IVS 210; cách tiếp cận từ thu nhập, TT 32/2024/TT-BTC', en: 'IVS 210; income approach, Circular 32/2024/TT-BTC' },
  inputs: [
    input('number', 'startOutlay', 'money', true, ['Chi phí khởi đầu', 'Outlay at the start'], ['Số tiền chi tại thời điểm thẩm định giá để có các tài sản khác; nhập số dương.', 'Spent at the valuation date on the other assets; enter a positive number.'], { min: 0 }),
    input('series', 'freeCashflows', 'money', true, ['Dòng tiền tự do sau thuế', 'Free cash flow after tax'], ['Cuối mỗi năm, đã trừ đầu tư cho mọi tài sản khác.', 'At each year end, after investment in all other assets.']),
    ...rateInputs,
    input('choice', 'terminal', 'none', true, ['Sau năm dự báo cuối', 'After the last forecast year'], ['Quyền có thời hạn thì không có giá trị cuối kỳ.', 'A right of finite term has no terminal value.'], { choices: choices(['none', 'Không có giá trị cuối kỳ', 'No terminal value'], ['gordon', 'Tăng trưởng đều mãi mãi', 'Steady growth for ever']) }),
    input('number', 'growth', 'fraction', true, ['Tốc độ tăng trưởng dài hạn', 'Long-run growth'], ['Phải thấp hơn tỷ suất chiết khấu.', 'Must be below the discount rate.'], { min: -0.99, max: 1, when: whenGordon }),
  ],
  work: (reader) => {
    const flows = [-reader.number('startOutlay'), ...reader.series('freeCashflows')]
    const growth = reader.choice('terminal') === 'gordon' ? reader.number('growth') : null
    if (flows.length < 2) return refuse('no-data')
    return andThen(rateOf(reader), (rates) => andThen(greenfieldValue(flows, rates, growth), (working) =>
      andThen(discountFlows(flows, flows.map((_, index) => index), rates), (discounted) =>
        known({
          value: working.value,
          formula: growth === null ? 'V = Σ CF·v(t), t = 0, 1, …' : 'V = Σ CF·v(t) + TV·v(N)',
          words: { vi: 'Các tài sản khác đã nằm trong dòng tiền nên không trừ thêm chi phí tài sản đóng góp.', en: 'The other assets are inside the flows, so no contributory charges are taken again.' },
          steps: (rows) => [...discountSteps(rows, discounted, hasCurve(reader)), ...(growth === null ? [] : [rows.step('terminalValue', { vi: 'Giá trị cuối kỳ', en: 'Terminal value' }, 'money', working.terminalValue, { formula: 'TV = CFₙ × (1 + g) / (r − g)' })])],
          flows: flowsOf(discounted),
        }),
      ),
    ))
  },
})
