import type { InputSpec, Note, TraceNode } from '../figure.ts'
import { reliefFromRoyalty, type RoyaltyTerms, type RoyaltyTier, type RoyaltyWorking } from '../income/royalty.ts'
import { known, refuse, andThen, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import type { RateCurve } from '../time/discount.ts'
import { life, revenues, royaltyRange, tabInputs, tabOf, timing, timingOf } from './common-inputs.ts'
import { hasCurve, rateInputs, rateOf, taxInputs, taxOf } from './curves.ts'
import { defineMethod, type Reader, type Rows } from './kit.ts'
import { discountSteps, flowsOf, tabNotes, tabSteps } from './steps.ts'

const tierTable = { table: 'tiers', label: { vi: 'Bậc', en: 'Tier' } }

const inputs: readonly InputSpec[] = [
  revenues,
  life,
  {
    key: 'royaltyKind',
    label: { vi: 'Cách tính phí bản quyền', en: 'How the royalty runs' },
    help: { vi: 'Một tỷ lệ cho mọi năm, tỷ lệ riêng từng năm, hoặc lũy tiến theo bậc doanh thu.', en: 'One rate for all years, a rate for each year, or marginal tiers of revenue.' },
    type: 'choice',
    unit: 'none',
    required: true,
    choices: [
      { value: 'flat', label: { vi: 'Một tỷ lệ', en: 'One rate' } },
      { value: 'perYear', label: { vi: 'Tỷ lệ từng năm', en: 'A rate for each year' } },
      { value: 'tiered', label: { vi: 'Theo bậc doanh thu', en: 'By tiers of revenue' } },
    ],
  },
  {
    key: 'royaltyRate',
    symbol: 'ρ',
    label: { vi: 'Tỷ lệ phí bản quyền', en: 'Royalty rate' },
    help: {
      vi: 'Phần trăm doanh thu mà bên nhận quyền trên thị trường sẽ trả. Dựa trên hợp đồng so sánh đã điều chỉnh độc quyền, lãnh thổ, lĩnh vực, giai đoạn.',
      en: 'Share of revenue that a market licensee would pay. Based on comparable licences adjusted for exclusivity, territory, field and stage.',
    },
    type: 'number',
    unit: 'fraction',
    required: true,
    min: 0,
    max: 1,
    when: { key: 'royaltyKind', is: ['flat'] },
    range: royaltyRange,
  },
  {
    key: 'royaltyRates',
    symbol: 'ρ',
    label: { vi: 'Tỷ lệ phí bản quyền từng năm', en: 'Royalty rate of each year' },
    help: { vi: 'Một tỷ lệ cho mỗi năm dự báo.', en: 'One rate for each forecast year.' },
    type: 'series',
    unit: 'fraction',
    required: true,
    min: 0,
    max: 1,
    when: { key: 'royaltyKind', is: ['perYear'] },
    range: royaltyRange,
  },
  {
    key: 'tierRates',
    symbol: 'ρᵢ',
    label: { vi: 'Tỷ lệ của từng bậc', en: 'Rate of each tier' },
    help: { vi: 'Mỗi tỷ lệ chỉ áp dụng cho phần doanh thu nằm trong bậc của nó.', en: 'Each rate applies only to the revenue inside its tier.' },
    type: 'series',
    unit: 'fraction',
    required: true,
    min: 0,
    max: 1,
    when: { key: 'royaltyKind', is: ['tiered'] },
    range: royaltyRange,
    rows: tierTable,
  },
  {
    key: 'tierTops',
    label: { vi: 'Doanh thu năm tối đa của bậc', en: 'Upper yearly revenue of the tier' },
    help: { vi: 'Nhập cho mọi bậc trừ bậc cuối: bậc cuối không có giới hạn trên.', en: 'For every tier but the last: the last one has no upper limit.' },
    type: 'series',
    unit: 'money',
    required: false,
    min: 0,
    when: { key: 'royaltyKind', is: ['tiered'] },
    rows: tierTable,
  },
  {
    key: 'upkeepRate',
    symbol: 'u',
    label: { vi: 'Chi phí duy trì do chủ sở hữu chịu', en: 'Upkeep borne by the owner' },
    help: {
      vi: 'Phần trăm doanh thu để duy trì quyền, nghiên cứu cải tiến, hỗ trợ mà bên nhận quyền không phải chịu (TT 37/2024/TT-BTC, Điều 10). Để trống nếu không có.',
      en: 'Share of revenue for fees, further development and support that a licensee would not bear (Circular 37/2024/TT-BTC, Art. 10). Leave empty if none.',
    },
    type: 'number',
    unit: 'fraction',
    required: false,
    min: 0,
    max: 1,
  },
  {
    key: 'operatingMargin',
    symbol: 'm',
    label: { vi: 'Biên lợi nhuận hoạt động của bên nhận quyền', en: 'Licensee’s operating margin' },
    help: { vi: 'Chỉ dùng để kiểm tra: phí bản quyền phải thấp hơn lợi nhuận mà công nghệ đem lại.', en: 'For a check only: the royalty must stay below the profit that the technology brings.' },
    type: 'number',
    unit: 'fraction',
    required: false,
    min: -1,
    max: 1,
  },
  ...taxInputs,
  ...rateInputs,
  timing,
  {
    key: 'hasDecay',
    label: { vi: 'Công nghệ bị thay thế dần', en: 'The technology is gradually replaced' },
    help: { vi: 'Chọn khi một phần doanh thu chuyển dần sang công nghệ mới.', en: 'Choose when part of the revenue moves to newer technology over time.' },
    type: 'flag',
    unit: 'none',
    required: false,
  },
  {
    key: 'decayRate',
    symbol: 'd',
    label: { vi: 'Tỷ lệ suy giảm mỗi năm', en: 'Yearly decline' },
    help: { vi: 'Phần doanh thu còn dựa trên công nghệ giảm theo tỷ lệ này mỗi năm: (1 − d) nhân dồn.', en: 'The share of revenue still on the technology falls by this rate each year: (1 − d) compounded.' },
    type: 'number',
    unit: 'fraction',
    required: true,
    min: 0,
    max: 1,
    when: { key: 'hasDecay', is: [true] },
  },
  {
    key: 'decayFrom',
    label: { vi: 'Năm đầu tiên có suy giảm', en: 'First year with decline' },
    help: { vi: '2 nghĩa là năm thứ nhất còn nguyên, năm thứ hai mất một lần tỷ lệ suy giảm.', en: '2 means that year 1 is whole and year 2 loses one step.' },
    type: 'number',
    unit: 'count',
    required: true,
    min: 1,
    max: 200,
    when: { key: 'hasDecay', is: [true] },
  },
  {
    key: 'upfront',
    symbol: 'P',
    label: { vi: 'Khoản trả trước', en: 'Upfront payment' },
    help: { vi: 'Khoản bản quyền trả một lần tại thời điểm thẩm định giá, trước thuế. Để trống nếu không có.', en: 'Royalty paid once at the valuation date, before tax. Leave empty if none.' },
    type: 'number',
    unit: 'money',
    required: false,
    min: 0,
  },
  {
    key: 'milestones',
    symbol: 'K',
    label: { vi: 'Khoản trả theo mốc', en: 'Milestone payments' },
    help: { vi: 'Số tiền trả khi đạt mốc, theo năm, trước thuế; ghi 0 cho năm không có.', en: 'Amounts due on milestones, by year, before tax; enter 0 for years without.' },
    type: 'series',
    unit: 'money',
    required: false,
    min: 0,
  },
  {
    key: 'hasMinimum',
    label: { vi: 'Có mức phí tối thiểu hằng năm', en: 'There is a minimum yearly royalty' },
    help: { vi: 'Bên nhận quyền trả ít nhất mức này kể từ một năm đã thỏa thuận.', en: 'The licensee pays at least this much from an agreed year on.' },
    type: 'flag',
    unit: 'none',
    required: false,
  },
  {
    key: 'minimum',
    symbol: 'M',
    label: { vi: 'Mức tối thiểu mỗi năm', en: 'Minimum a year' },
    help: { vi: 'Số tiền cho một năm trọn, trước thuế.', en: 'Amount for a full year, before tax.' },
    type: 'number',
    unit: 'money',
    required: true,
    min: 0,
    when: { key: 'hasMinimum', is: [true] },
  },
  {
    key: 'minimumFrom',
    label: { vi: 'Áp dụng từ năm thứ', en: 'From year' },
    help: { vi: '1 là năm đầu của dự báo.', en: '1 is the first forecast year.' },
    type: 'number',
    unit: 'count',
    required: true,
    min: 1,
    max: 200,
    when: { key: 'hasMinimum', is: [true] },
  },
  ...tabInputs,
]

const tiersOf = (input: Reader): Outcome<readonly RoyaltyTier[]> => {
  const rates = input.series('tierRates')
  const tops = input.series('tierTops')
  if (rates.length === 0 || tops.length !== rates.length - 1) return refuse('tiers-invalid')
  return known(rates.map((one, index) => ({ from: index === 0 ? 0 : tops[index - 1] ?? 0, to: tops[index] ?? null, rate: one })))
}

const royaltyOf = (input: Reader): Outcome<RoyaltyTerms['royalty']> => {
  switch (input.choice('royaltyKind')) {
    case 'tiered':
      return andThen(tiersOf(input), (tiers) => known({ tiers }))
    case 'perYear':
      return known({ rate: input.series('royaltyRates') })
    default:
      return known({ rate: input.number('royaltyRate') })
  }
}

const highestRate = (royalty: RoyaltyTerms['royalty']): number =>
  'tiers' in royalty ? Math.max(...royalty.tiers.map((tier) => tier.rate)) : typeof royalty.rate === 'number' ? royalty.rate : Math.max(0, ...royalty.rate)

const notesOf = (input: Reader, royalty: RoyaltyTerms['royalty']): readonly Note[] => {
  const highest = highestRate(royalty)
  const margin = input.maybe('operatingMargin')
  return [
    ...(margin !== null && highest >= margin ? [note('royalty-not-below-margin', { royalty: highest, margin })] : []),
    ...(highest > 0.15 ? [note('royalty-outside-published', { royalty: highest })] : []),
    ...tabNotes(input),
  ]
}

const termsOf = (input: Reader, royalty: RoyaltyTerms['royalty'], rate: RateCurve): RoyaltyTerms => ({
  revenues: input.series('revenues'),
  royalty,
  upkeep: input.maybe('upkeepRate') ?? 0,
  taxRate: taxOf(input),
  rate,
  timing: timingOf(input),
  life: input.number('life'),
  upfront: input.maybe('upfront') ?? 0,
  milestones: input.series('milestones').map((amount, index) => ({ year: index + 1, amount })),
  tab: tabOf(input),
  ...(input.flag('hasDecay') ? { decay: { perYear: input.number('decayRate'), from: input.number('decayFrom') } } : {}),
  ...(input.flag('hasMinimum') ? { minimum: { perYear: input.number('minimum'), fromYear: input.number('minimumFrom') } } : {}),
})

const royaltyStep = (rows: Rows, terms: RoyaltyTerms, working: RoyaltyWorking): TraceNode =>
  'tiers' in terms.royalty
    ? rows.step('royalties', { vi: 'Tiền bản quyền theo bậc', en: 'Royalty by tiers' }, 'money', working.royalties, {
        formula: 'R = h × Σ ρᵢ × Revᵢ',
        words: { vi: 'Mỗi bậc chỉ tính trên phần doanh thu nằm trong bậc; năm lẻ tính theo tỷ lệ thời gian.', en: 'Each tier counts only the revenue inside it; a part-year is pro rata.' },
      })
    : rows.step('royalties', { vi: 'Tiền bản quyền', en: 'Royalty' }, 'money', working.royalties, { formula: 'R = Rev × s × h × ρ' })

const marginCheck = (rows: Rows, input: Reader, royalty: RoyaltyTerms['royalty']): readonly TraceNode[] => {
  const margin = input.maybe('operatingMargin')
  if (margin === null || margin <= 0) return []
  return [
    rows.step('shareOfMargin', { vi: 'Phí bản quyền so với biên lợi nhuận', en: 'Royalty as a share of the operating margin' }, 'fraction', highestRate(royalty) / margin, {
      formula: 'ρ / m',
      words: {
        vi: 'Chỉ để kiểm tra chéo: các nghiên cứu cho thấy khoảng 23–25 % biên lợi nhuận hoạt động; không phải chứng cứ về mức phí.',
        en: 'A cross-check only: studies find about 23–25 % of the operating margin; it is no evidence of a rate.',
      },
      source: 'Kemmerer & Lu; KPMG 2012',
    }),
  ]
}

const stepsOf = (rows: Rows, input: Reader, terms: RoyaltyTerms, working: RoyaltyWorking): readonly TraceNode[] => {
  const adjusted = terms.minimum !== undefined || (terms.milestones ?? []).some((milestone) => milestone.amount !== 0)
  return [
    rows.step('attributableRevenue', { vi: 'Doanh thu được tính', en: 'Revenue counted' }, 'money', working.attributableRevenue, {
      formula: 'Rev × s × h',
      words: { vi: 'Doanh thu nhân phần còn dựa trên công nghệ (s) và độ dài kỳ (h); phần vượt tuổi đời kinh tế không tính.', en: 'Revenue times the share still on the technology (s) and the length of the period (h); nothing beyond the economic life counts.' },
      children: [
        rows.step('fractions', { vi: 'Độ dài kỳ (năm)', en: 'Length of the period (years)' }, 'years', working.fractions),
        ...(terms.decay === undefined ? [] : [rows.step('share', { vi: 'Phần doanh thu còn dựa trên công nghệ', en: 'Share still on the technology' }, 'fraction', working.share, { formula: 's = (1 − d)^k' })]),
      ],
    }),
    royaltyStep(rows, terms, working),
    ...(adjusted
      ? [rows.step('receipts', { vi: 'Tiền bản quyền phải trả', en: 'Royalty due' }, 'money', working.receipts, { formula: 'max(R, M × h) + K', words: { vi: 'Không thấp hơn mức tối thiểu (M), cộng các khoản trả theo mốc (K).', en: 'Not below the minimum (M), plus milestones (K).' } })]
      : []),
    ...(input.maybe('upkeepRate') === null ? [] : [rows.step('upkeep', { vi: 'Chi phí duy trì', en: 'Upkeep' }, 'money', working.upkeep, { formula: 'U = Rev × s × h × u' })]),
    rows.step('tax', { vi: 'Thuế thu nhập', en: 'Profit tax' }, 'money', working.tax, { formula: 'T × (R − U)' }),
    rows.step('afterTax', { vi: 'Tiền bản quyền tiết kiệm được sau thuế', en: 'Royalty saved after tax' }, 'money', working.afterTax, { formula: 'CF = (R − U) × (1 − T)' }),
    ...discountSteps(rows, working.discounted, hasCurve(input)),
    ...(input.maybe('upfront') === null
      ? []
      : [rows.step('upfrontAfterTax', { vi: 'Khoản trả trước sau thuế', en: 'Upfront payment after tax' }, 'money', working.upfrontAfterTax, { formula: 'CF₀ = P × (1 − T)' })]),
    ...tabSteps(rows, working),
  ]
}

/** Relief from royalty, version 1 (phương pháp tiền sử dụng tài sản vô hình). */
export const reliefFromRoyaltyMethod = defineMethod({
  id: 'rfr/1',
  approach: 'income',
  name: { vi: 'Tiền sử dụng tài sản vô hình', en: 'Relief from royalty' },
  summary: {
    vi: 'Giá trị hiện tại của tiền bản quyền sau thuế mà chủ sở hữu không phải trả nhờ có công nghệ. Hợp với công nghệ đã có hoặc có thể cấp quyền sử dụng và có dự báo doanh thu.',
    en: 'Present value of the after-tax royalties that the owner is spared by owning the technology. Suits technology that is or could be licensed and has a revenue forecast.',
  },
  clause: { vi: 'TT 37/2024/TT-BTC, Điều 10; TTLT 39/2014/TTLT-BKHCN-BTC, Điều 12; IVS 210', en: 'Circular 37/2024/TT-BTC, Art. 10; Joint Circular 39/2014, Art. 12; IVS 210' },
  inputs,
  work: (input) =>
    andThen(royaltyOf(input), (royalty) => andThen(rateOf(input), (rate) => {
      const terms = termsOf(input, royalty, rate)
      return andThen(known(null, notesOf(input, royalty)), () =>
        andThen(reliefFromRoyalty(terms), (working) => {
          const upfront = terms.upfront ?? 0
          return known({
            value: working.value,
            formula: upfront === 0 ? 'V = f × Σ Rev·s·h·(ρ − u)·(1 − T)·v(t)' : 'V = f × [Σ Rev·s·h·(ρ − u)·(1 − T)·v(t) + CF₀]',
            words: {
              vi: 'Tổng giá trị hiện tại của tiền bản quyền tiết kiệm được sau thuế, nhân hệ số lợi ích thuế do khấu hao.',
              en: 'Sum of the present values of the royalties saved after tax, times the tax amortisation benefit factor.',
            },
            steps: (rows) => {
              const checks = marginCheck(rows, input, royalty)
              return [...stepsOf(rows, input, terms, working), ...(checks.length === 0 ? [] : [rows.group('checks', { vi: 'Kiểm tra', en: 'Checks' }, checks)])]
            },
            flows:
              upfront === 0
                ? flowsOf(working.discounted)
                : {
                    times: [0, ...working.discounted.times],
                    amounts: [working.upfrontAfterTax, ...working.discounted.amounts],
                    presentValues: [working.upfrontAfterTax, ...working.discounted.presentValues],
                  },
          })
        }),
      )
    })),
})
