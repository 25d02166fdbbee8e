import type { TraceNode } from '../figure.ts'
import { technologyContribution, technologyValue } from '../income/incremental.ts'
import { discountYears } from '../income/years.ts'
import { known, andThen, type Outcome } from '../outcome.ts'
import type { Discounted } from '../time/discount.ts'
import { choices, input, life, timing, timingOf } from './common-inputs.ts'
import { hasCurve, onlyWhen, rateInputs, rateOf } from './curves.ts'
import { defineMethod, type Reader, type Rows } from './kit.ts'
import { discountSteps, flowsOf } from './steps.ts'

const whenFlows = { key: 'businessKind', is: ['flows'] } as const
const whenFactors = { key: 'contributionKind', is: ['factors'] } as const
const star = { vi: 'STAR-Value (trong báo cáo công bố): 31–37 % cho công nghệ lõi có mức đổi mới cao và rất cao', en: 'STAR-Value (in a published report): 31–37 % for core technology of high and very high innovation' }

interface Business {
  readonly value: number
  readonly discounted: Discounted | null
}

const businessOf = (reader: Reader): Outcome<Business> => {
  if (reader.choice('businessKind') === 'given') return known({ value: reader.number('businessValue'), discounted: null })
  return andThen(rateOf(reader), (rates) =>
    andThen(discountYears(reader.series('freeCashflows'), rates, timingOf(reader), reader.number('life')), (discounted) => known({ value: discounted.total, discounted })))
}

const contributionOf = (reader: Reader): Outcome => {
  if (reader.choice('contributionKind') === 'direct') return known(reader.number('contribution'))
  return technologyContribution([reader.number('industryShare'), reader.number('subjectShare'), reader.number('strength')])
}

/** Technology contribution, version 1 (hệ số đóng góp công nghệ): a part of the business value, never added to it. */
export const technologyContributionMethod = defineMethod({
  id: 'technology-contribution/1',
  approach: 'income',
  name: { vi: 'Hệ số đóng góp công nghệ', en: 'Technology contribution' },
  summary: {
    vi: 'Giá trị công nghệ là phần do công nghệ đóng góp trong giá trị kinh doanh (tổng giá trị hiện tại của dòng tiền trong tuổi đời kinh tế). Là phương pháp cốt lõi của Hàn Quốc; tại Việt Nam phải lập luận việc áp dụng.',
    en: 'The technology’s share of the business value (present value of the flows over its economic life). The core method in Korea; in Viet Nam its use must be argued.',
  },
  clause: { vi: 'Hướng dẫn định giá công nghệ KIAT; STAR-Value (KISTI); cách tiếp cận từ thu nhập, TT 32/2024/TT-BTC', en: 'KIAT technology valuation guide; STAR-Value (KISTI); income approach, Circular 32/2024/TT-BTC' },
  inputs: [
    input('choice', 'businessKind', 'none', true, ['Giá trị kinh doanh', 'Business value'], ['Tính từ dòng tiền, hoặc lấy từ một kết quả đã có.', 'Computed from flows, or taken from an existing result.'], { choices: choices(['flows', 'Tính từ dòng tiền', 'From cash flows'], ['given', 'Đã có kết quả', 'Already known']) }),
    input('series', 'freeCashflows', 'money', true, ['Dòng tiền tự do sau thuế', 'Free cash flow after tax'], ['Của đơn vị kinh doanh dùng công nghệ, trong tuổi đời kinh tế; năm chuẩn bị có thể âm.', 'Of the business that uses the technology over its economic life; years of preparation may be negative.'], { symbol: 'CF', when: whenFlows }),
    { ...life, when: whenFlows },
    ...onlyWhen(rateInputs, whenFlows),
    { ...timing, when: whenFlows },
    input('number', 'businessValue', 'money', true, ['Giá trị kinh doanh đã có', 'Known business value'], ['Nêu báo cáo hoặc phép tính làm nguồn.', 'Give the report or computation it comes from.'], { symbol: 'B', when: { key: 'businessKind', is: ['given'] } }),
    input('choice', 'contributionKind', 'none', true, ['Cách xác định hệ số đóng góp', 'How the contribution is found'], ['Tích của ba yếu tố, hoặc một hệ số có nguồn.', 'Product of three factors, or one sourced factor.'], { choices: choices(['factors', 'Tích ba yếu tố', 'Three factors'], ['direct', 'Nhập hệ số', 'Enter the factor']) }),
    input('number', 'industryShare', 'fraction', true, ['Yếu tố công nghệ của ngành', 'Technology element of the industry'], ['Phần giá trị tài sản vô hình do công nghệ quyết định trong ngành.', 'Share of intangible value that technology decides in the industry.'], { symbol: 'k₁', min: 0, max: 1, when: whenFactors }),
    input('number', 'subjectShare', 'fraction', true, ['Tỷ trọng của công nghệ trong gói công nghệ', 'Subject’s share of the bundle'], ['100 % nếu công nghệ đứng một mình.', '100 % when the technology stands alone.'], { symbol: 'k₂', min: 0, max: 1, when: whenFactors }),
    input('number', 'strength', 'fraction', true, ['Cường độ công nghệ riêng', 'Individual strength'], ['Mức mạnh của công nghệ từ 0 đến 100 %, theo bảng chấm điểm.', 'Strength of the technology from 0 to 100 %, by a scorecard.'], { symbol: 'k₃', min: 0, max: 1, when: whenFactors }),
    input('number', 'contribution', 'fraction', true, ['Hệ số đóng góp công nghệ', 'Technology contribution'], ['Phần của giá trị kinh doanh do công nghệ đóng góp.', 'Share of the business value that the technology contributes.'], { symbol: 'k', min: 0, max: 1, when: { key: 'contributionKind', is: ['direct'] }, range: { low: 0.31, high: 0.37, citation: star } }),
    input('number', 'operatingMargin', 'fraction', false, ['Biên lợi nhuận hoạt động', 'Operating margin'], ['Để tính tỷ lệ phí bản quyền tương đương khi kiểm tra chéo. Có thể để trống.', 'To show the royalty rate this implies, as a cross-check. May be left empty.'], { symbol: 'm', min: 0, max: 1 }),
  ],
  work: (reader) =>
    andThen(businessOf(reader), (business) =>
      andThen(contributionOf(reader), (contribution) =>
        andThen(technologyValue(business.value, contribution), (value) => {
          const margin = reader.maybe('operatingMargin')
          const implied = (rows: Rows): readonly TraceNode[] =>
            margin === null ? [] : [rows.step('impliedRoyalty', { vi: 'Phí bản quyền tương đương (kiểm tra chéo)', en: 'Implied royalty (cross-check)' }, 'fraction', contribution * margin, { formula: 'ρ = k × m' })]
          return known({
            value,
            formula: 'V = k × B',
            words: { vi: 'Giá trị công nghệ là một phần của giá trị kinh doanh; không cộng thêm vào giá trị kinh doanh.', en: 'The technology value is a part of the business value; it is never added to it.' },
            steps: (rows) => [
              ...(business.discounted === null ? [] : discountSteps(rows, business.discounted, hasCurve(reader))),
              rows.step('businessValue', { vi: 'Giá trị kinh doanh', en: 'Business value' }, 'money', business.value, { formula: business.discounted === null ? 'B' : 'B = Σ CF·v(t)' }),
              rows.step('contribution', { vi: 'Hệ số đóng góp công nghệ', en: 'Technology contribution' }, 'fraction', contribution, reader.choice('contributionKind') === 'factors' ? { formula: 'k = k₁ × k₂ × k₃' } : {}),
              rows.step('rest', { vi: 'Phần giá trị kinh doanh không do công nghệ', en: 'Business value not due to the technology' }, 'money', business.value - value, { formula: 'B − V' }),
              ...implied(rows),
            ],
            ...(business.discounted === null ? {} : { flows: flowsOf(business.discounted) }),
          })
        }),
      ),
    ),
})
