import type { InputSpec } from '../figure.ts'
import type { TabChoice } from '../income/gross-up.ts'
import { isTiming, type Timing } from '../time/timing.ts'
import type { Reader } from './kit.ts'

/** Inputs that several methods ask for in the same words. */

export const revenues: InputSpec = {
  key: 'revenues',
  symbol: 'Rev',
  label: { vi: 'Doanh thu gắn với công nghệ', en: 'Revenue attributable to the technology' },
  help: {
    vi: 'Doanh thu thuần của sản phẩm, dịch vụ dùng công nghệ, theo từng năm dự báo (cả năm). Thường lấy từ kế hoạch kinh doanh, hợp đồng, báo cáo thị trường.',
    en: 'Net revenue of the products or services that use the technology, for each full forecast year. Usually from the business plan, contracts or market reports.',
  },
  type: 'series',
  unit: 'money',
  required: true,
  min: 0,
}

export const taxRate: InputSpec = {
  key: 'taxRate',
  symbol: 'T',
  label: { vi: 'Thuế suất thuế thu nhập doanh nghiệp', en: 'Profit tax rate' },
  help: {
    vi: 'Thuế suất áp dụng cho thu nhập từ công nghệ tại thời điểm thẩm định giá; nêu căn cứ nếu được ưu đãi.',
    en: 'Rate that applies to the income of the technology at the valuation date; give the grounds if a preference applies.',
  },
  type: 'number',
  unit: 'fraction',
  required: true,
  min: 0,
  max: 1,
}

export const rate: InputSpec = {
  key: 'rate',
  symbol: 'r',
  label: { vi: 'Tỷ suất chiết khấu', en: 'Discount rate' },
  help: {
    vi: 'Tỷ suất năm, cùng loại tiền và cùng cách tính lạm phát với dòng tiền. Nêu từng thành phần và ngày số liệu; rủi ro đã tính vào dòng tiền hay xác suất thì không tính lại ở đây.',
    en: 'Yearly rate in the currency and inflation terms of the flows. State its parts and their date; a risk already counted in flows or probabilities must not be counted here again.',
  },
  type: 'number',
  unit: 'fraction',
  required: true,
  min: -0.99,
  max: 10,
}

export const timing: InputSpec = {
  key: 'timing',
  label: { vi: 'Thời điểm dòng tiền trong năm', en: 'When the flows of a year fall' },
  help: {
    vi: 'Một quy ước duy nhất cho dòng tiền, tỷ lệ suy giảm, lợi ích thuế và giá trị cuối kỳ. Giữa năm khi tiền về đều; cuối năm khi thanh toán một lần sau mỗi năm.',
    en: 'One convention for flows, attrition, tax benefit and terminal value. Mid-year when money comes in evenly; year-end when settled once a year in arrears.',
  },
  type: 'choice',
  unit: 'none',
  required: true,
  choices: [
    { value: 'mid', label: { vi: 'Giữa năm', en: 'Mid-year' } },
    { value: 'end', label: { vi: 'Cuối năm', en: 'Year-end' } },
    { value: 'start', label: { vi: 'Đầu năm', en: 'Start of year' } },
  ],
}

export const life: InputSpec = {
  key: 'life',
  symbol: 'L',
  label: { vi: 'Tuổi đời kinh tế còn lại', en: 'Remaining economic life' },
  help: {
    vi: 'Số năm công nghệ còn tạo ra thu nhập: mức nhỏ nhất trong các giới hạn công nghệ, pháp lý, hợp đồng, thị trường. Có thể là số lẻ, ví dụ 4,5.',
    en: 'Years over which the technology still earns: the least of its technological, legal, contractual and market limits. May be fractional, for example 4.5.',
  },
  type: 'number',
  unit: 'years',
  required: true,
  min: 0.01,
  max: 200,
}

export const tabMode: InputSpec = {
  key: 'tabMode',
  label: { vi: 'Lợi ích thuế do khấu hao (TAB)', en: 'Tax amortisation benefit (TAB)' },
  help: {
    vi: 'Chỉ tính khi pháp luật thuế cho phép bên mua trích khấu hao tài sản này trong hình thức giao dịch giả định. Chọn rõ một phương án.',
    en: 'Only where tax law lets a buyer amortise this asset in the assumed form of deal. Choose one explicitly.',
  },
  type: 'choice',
  unit: 'none',
  required: true,
  choices: [
    { value: 'none', label: { vi: 'Không tính', en: 'Not taken' } },
    { value: 'straightLine', label: { vi: 'Khấu hao đều', en: 'Straight line' } },
    { value: 'schedule', label: { vi: 'Theo tỷ lệ từng năm', en: 'By yearly shares' } },
  ],
}

const withTab: NonNullable<InputSpec['when']> = { key: 'tabMode', is: ['straightLine', 'schedule'] }

export const tabInputs: readonly InputSpec[] = [
  tabMode,
  {
    key: 'tabYears',
    symbol: 'n',
    label: { vi: 'Thời gian khấu hao cho mục đích thuế', en: 'Tax amortisation life' },
    help: {
      vi: 'Thời gian khấu hao theo luật thuế, không phải tuổi đời kinh tế. Tài sản vô hình tại Việt Nam thường không quá 20 năm (TT 45/2013/TT-BTC; cần kiểm tra hiệu lực).',
      en: 'Amortisation period under tax law, not the economic life. In Viet Nam usually not above 20 years for intangibles (Circular 45/2013/TT-BTC; check that it is in force).',
    },
    type: 'number',
    unit: 'years',
    required: true,
    min: 0.01,
    max: 200,
    when: { key: 'tabMode', is: ['straightLine'] },
  },
  {
    key: 'tabSchedule',
    symbol: 'aⱼ',
    label: { vi: 'Tỷ lệ khấu hao từng năm', en: 'Share amortised in each year' },
    help: { vi: 'Tỷ lệ giá trị được khấu hao mỗi năm; tổng phải bằng 100 %.', en: 'Share of the value amortised in each year; the total must be 100 %.' },
    type: 'series',
    unit: 'fraction',
    required: true,
    min: 0,
    max: 1,
    when: { key: 'tabMode', is: ['schedule'] },
  },
  {
    key: 'tabTaxRate',
    symbol: 'T',
    label: { vi: 'Thuế suất của bên mua cho TAB', en: 'Buyer’s tax rate for the TAB' },
    help: { vi: 'Thuế suất mà bên mua điển hình tiết kiệm được khi trích khấu hao.', en: 'Rate that a typical buyer saves by amortising.' },
    type: 'number',
    unit: 'fraction',
    required: true,
    min: 0,
    max: 1,
    when: withTab,
  },
  {
    key: 'tabLag',
    label: { vi: 'Độ trễ của lần khấu trừ đầu tiên', en: 'Delay of the first deduction' },
    help: { vi: 'Số năm chậm hơn so với quy ước thời điểm dòng tiền. Để trống nếu không chậm.', en: 'Years beyond the timing convention. Leave empty if there is none.' },
    type: 'number',
    unit: 'years',
    required: false,
    min: 0,
    max: 50,
    when: withTab,
  },
  {
    key: 'tabRate',
    label: { vi: 'Tỷ suất riêng cho TAB', en: 'Separate rate for the TAB' },
    help: {
      vi: 'Để trống để dùng tỷ suất chiết khấu của tài sản. Nếu dùng tỷ suất thấp hơn vì lợi ích thuế gần như chắc chắn, hãy nêu lý do.',
      en: 'Leave empty to use the asset’s discount rate. If a lower rate is used because the tax shield is near certain, give the reason.',
    },
    type: 'number',
    unit: 'fraction',
    required: false,
    min: -0.99,
    max: 10,
    when: withTab,
  },
]

/** The timing chosen; the checked input is always one of the three. */
export const timingOf = (input: Pick<Reader, 'choice'>, key = 'timing'): Timing => {
  const chosen = input.choice(key)
  return isTiming(chosen) ? chosen : 'end'
}

/** The TAB chosen, or null for none. */
export const tabOf = (input: Reader): TabChoice => {
  const mode = input.choice('tabMode')
  if (mode !== 'straightLine' && mode !== 'schedule') return null
  const own = input.maybe('tabRate')
  return {
    taxRate: input.number('tabTaxRate'),
    amortisation: mode === 'schedule' ? { schedule: input.series('tabSchedule') } : { years: input.number('tabYears') },
    lagYears: input.maybe('tabLag') ?? 0,
    ...(own === null ? {} : { rate: own }),
  }
}

type More = Pick<InputSpec, 'symbol' | 'min' | 'max' | 'when' | 'range' | 'rows' | 'choices'>

/** Published spread of royalty rates of technology licences; shown as a check, never a default. */
export const royaltyRange: NonNullable<InputSpec['range']> = {
  low: 0.02,
  high: 0.1,
  citation: {
    vi: 'R. Parr, Royalty Rates for Technology, ấn bản 6, phụ lục: 20 % hợp đồng có mức từ 2 % trở xuống, 92 % từ 10 % trở xuống; trên 15 % là hiếm. RoyaltyStat 2016: trung vị 5–6 % doanh thu thuần.',
    en: 'R. Parr, Royalty Rates for Technology, 6th ed., appendix: 20 % of deals at or below 2 %, 92 % at or below 10 %; above 15 % is rare. RoyaltyStat 2016: median 5–6 % of net sales.',
  },
}

/** Builds an input: kind, key, unit, whether required, then label and help in Vietnamese and English. */
export const input = (
  type: InputSpec['type'],
  key: string,
  unit: InputSpec['unit'],
  required: boolean,
  label: readonly [vi: string, en: string],
  help: readonly [vi: string, en: string],
  more: More = {},
): InputSpec => ({ key, label: { vi: label[0], en: label[1] }, help: { vi: help[0], en: help[1] }, type, unit, required, ...more })

/** Builds the choices of an input from value, Vietnamese and English label. */
export const choices = (...list: readonly (readonly [value: string, vi: string, en: string])[]): NonNullable<InputSpec['choices']> =>
  list.map(([value, vi, en]) => ({ value, label: { vi, en } }))
