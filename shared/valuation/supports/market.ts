import type { InputSpec } from '../figure.ts'
import { plainProfitSplit } from '../income/incremental.ts'
import { adjustmentFactor, timeAdjustedPrice, twentyFivePercent } from '../market/comparables.ts'
import { runningEquivalent } from '../market/royalty-basis.ts'
import { centre, centres, type Centre } from '../market/statistics.ts'
import { choices, input, timing, timingOf } from '../methods/common-inputs.ts'
import type { Reader } from '../methods/kit.ts'
import { quartiles } from '../numeric/percentile.ts'
import { linearRegression, predict } from '../numeric/regression.ts'
import { dispersion } from '../numeric/statistics.ts'
import { andThen, fromResult, known, refuse, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { costKeys, defineSupport } from './kit.ts'

const clause = { vi: 'TT 32/2024/TT-BTC, cách tiếp cận từ thị trường; TT 37/2024/TT-BTC, Điều 10; IVS 210', en: 'Circular 32/2024/TT-BTC, market approach; Circular 37/2024/TT-BTC, Art. 10; IVS 210' }
const licences = { table: 'licences', label: { vi: 'Hợp đồng so sánh', en: 'Comparable licence' } }

const column = (key: string, unit: InputSpec['unit'], required: boolean, label: readonly [string, string], help: readonly [string, string], more: Pick<InputSpec, 'symbol' | 'min' | 'max' | 'when' | 'range'> = {}): InputSpec =>
  input('series', key, unit, required, label, help, { rows: licences, ...more })

const withUpfront = { when: { key: 'hasUpfront', is: [true] } } as const
const centreNamed = (name: string): Centre => centres.find((one) => one === name) ?? 'median'

const quarterRule = (reader: Reader): 'inclusive' | 'exclusive' => (reader.choice('quartileRule') === 'exclusive' ? 'exclusive' : 'inclusive')

/** Rates of the licences on the running basis, adjusted to the subject. */
const ratesOf = (reader: Reader): Outcome<{ readonly running: readonly number[]; readonly adjusted: readonly number[] }> => {
  const rates = reader.series('runningRates')
  const optional = (key: string): readonly number[] => (reader.series(key).length === 0 ? rates.map(() => 0) : reader.series(key))
  const [adjustments, upfronts, revenues, growths, years] = [optional('adjustments'), optional('upfronts'), optional('licensedRevenues'), optional('revenueGrowths'), optional('termYears')]
  const uneven = [adjustments, upfronts, revenues, growths, years, ...(reader.choice('statistic') === 'weightedMean' ? [reader.series('weights')] : [])].find((one) => one.length !== rates.length)
  if (uneven !== undefined) return refuse('lengths-differ', { expected: rates.length, actual: uneven.length })
  const running: number[] = []
  for (const [index, runningRate] of rates.entries()) {
    const one = reader.flag('hasUpfront')
      ? runningEquivalent({ runningRate, upfront: upfronts[index] ?? 0, revenue: revenues[index] ?? 0, growth: growths[index] ?? 0, years: years[index] ?? 0 }, reader.number('conversionRate'), timingOf(reader))
      : known(runningRate)
    if (!one.ok) return one
    running.push(one.value)
  }
  const factors = adjustments.map((one) => adjustmentFactor([one], 'additive'))
  if (factors.some((factor) => !(factor > 0))) return refuse('adjustment-below-minus-one')
  const warnings = [
    ...(rates.length < 3 ? [note('fewer-than-three-comparables', { count: rates.length })] : []),
    ...(adjustments.some((one) => Math.abs(one) > 0.4) ? [note('gross-adjustment-high', { gross: Math.max(...adjustments.map(Math.abs)) })] : []),
  ]
  return known({ running, adjusted: running.map((one, index) => one * (factors[index] ?? Number.NaN)) }, warnings)
}

/** Royalty rate from comparable licences, version 1 (tỷ lệ phí bản quyền từ hợp đồng so sánh). */
export const royaltySupport = defineSupport({
  id: 'royalty-from-comparables/1',
  group: 'market',
  feeds: ['royaltyRate'],
  unit: 'fraction',
  name: { vi: 'Tỷ lệ phí từ hợp đồng so sánh', en: 'Royalty rate from comparable licences' },
  summary: { vi: 'Đưa khoản trả trước và phí theo doanh thu về một cơ sở, điều chỉnh về công nghệ thẩm định rồi lấy thống kê; kèm độ phân tán và tứ phân vị.', en: 'Brings upfront and running payments to one basis, adjusts to the subject and takes a statistic; with dispersion and quartiles.' },
  clause,
  inputs: [
    column('runningRates', 'fraction', true, ['Phí theo doanh thu', 'Running rate'], ['Tỷ lệ trên doanh thu thuần ghi trong hợp đồng. Ghi 0 nếu chỉ trả trước.', 'Rate on net revenue in the licence. Enter 0 if paid upfront only.'], { symbol: 'ρ', min: 0, max: 1, range: { low: 0.01, high: 0.1, citation: { vi: 'R. Parr, Royalty Rates for Technology, 6th ed.: 92 % hợp đồng không quá 10 %', en: 'R. Parr, Royalty Rates for Technology, 6th ed.: 92 % of deals at or below 10 %' } } }),
    input('flag', 'hasUpfront', 'none', false, ['Có khoản trả trước', 'Some pay upfront'], ['Chọn khi ít nhất một hợp đồng có tiền trả khi ký; khi đó cần doanh thu và thời hạn của hợp đồng để quy đổi.', 'Where at least one licence pays at signing; revenue and term are then needed to convert it.']),
    column('upfronts', 'money', true, ['Trả trước', 'Upfront'], ['Tiền trả khi ký. Ghi 0 nếu không có.', 'Paid at signing. Enter 0 if none.'], { symbol: 'U', min: 0, ...withUpfront }),
    column('licensedRevenues', 'money', true, ['Doanh thu năm đầu', 'First-year revenue'], ['Doanh thu được cấp quyền của năm đầu, cùng đơn vị tiền với khoản trả trước.', 'Licensed revenue of the first year, in the money unit of the upfront payment.'], { symbol: 'Rev', min: 0, ...withUpfront }),
    column('revenueGrowths', 'fraction', true, ['Tăng trưởng', 'Growth'], ['Tăng doanh thu mỗi năm. Ghi 0 nếu đều.', 'Yearly growth of revenue. Enter 0 if level.'], { symbol: 'g', min: -0.99, max: 5, ...withUpfront }),
    column('termYears', 'years', true, ['Thời hạn', 'Term'], ['Số năm của hợp đồng.', 'Years of the licence.'], { symbol: 'n', min: 0, max: 100, ...withUpfront }),
    column('adjustments', 'fraction', false, ['Điều chỉnh', 'Adjustment'], ['Tổng điều chỉnh về phía công nghệ thẩm định (độc quyền, lãnh thổ, lĩnh vực, giai đoạn): dương nếu hợp đồng so sánh kém hơn. Nêu từng mức ở nguồn của ô.', 'Total adjustment toward the subject (exclusivity, territory, field, stage): positive where the licence is inferior. Explain each in the source of the cell.'], { symbol: 'a', min: -0.99, max: 10 }),
    column('weights', 'none', true, ['Trọng số', 'Weight'], ['Mức tin cậy của từng hợp đồng.', 'Reliability of each licence.'], { symbol: 'w', min: 0, when: { key: 'statistic', is: ['weightedMean'] } }),
    input('number', 'conversionRate', 'fraction', true, ['Tỷ suất quy đổi khoản trả trước', 'Rate to convert the upfront payment'], ['Tỷ suất năm của bên nhận quyền.', 'Yearly rate of the licensee.'], { symbol: 'r', min: -0.99, max: 10, ...withUpfront }),
    { ...timing, ...withUpfront },
    input('choice', 'statistic', 'none', true, ['Thống kê kết luận', 'Concluding statistic'], ['Nêu lý do chọn; trung vị ít bị kéo bởi một hợp đồng khác thường.', 'Give the reason; the median is less drawn by one unusual licence.'], {
      choices: choices(['median', 'Trung vị', 'Median'], ['mean', 'Trung bình cộng', 'Mean'], ['weightedMean', 'Trung bình có trọng số', 'Weighted mean'], ['geometricMean', 'Trung bình nhân', 'Geometric mean'], ['harmonicMean', 'Trung bình điều hòa', 'Harmonic mean']),
    }),
    input('choice', 'quartileRule', 'none', true, ['Quy tắc tứ phân vị', 'Quartile rule'], ['Hai quy tắc khác nhau khi mẫu nhỏ.', 'The two differ in small samples.'], { choices: choices(['inclusive', 'Tính cả hai đầu, vị trí (n − 1)p', 'Inclusive, position (n − 1)p'], ['exclusive', 'Không tính hai đầu, vị trí (n + 1)p', 'Exclusive, position (n + 1)p']) }),
  ],
  work: (reader) =>
    andThen(ratesOf(reader), ({ running, adjusted }) => {
      const statistic = centreNamed(reader.choice('statistic'))
      return andThen(centre(adjusted, statistic, statistic === 'weightedMean' ? reader.series('weights') : undefined), (value) =>
        andThen(fromResult(dispersion(adjusted)), (spread) => {
          const found = quartiles(adjusted, quarterRule(reader))
          const quarter = found.ok ? found.value : null
          const above = value > 0.15 ? [note('royalty-outside-published', { royalty: value })] : []
          return known({
            value,
            formula: reader.flag('hasUpfront') ? 'ρ* = stat{[ρᵢ + Uᵢ / PV(Revᵢ)] × (1 + aᵢ)}' : 'ρ* = stat{ρᵢ × (1 + aᵢ)}',
            words: { vi: 'Tỷ lệ của từng hợp đồng trên cùng một cơ sở, điều chỉnh rồi lấy thống kê đã chọn.', en: 'The rate of each licence on one basis, adjusted, and the chosen statistic of them.' },
            steps: (rows) => [
              rows.step('running', { vi: 'Tỷ lệ trên cùng cơ sở', en: 'Rate on one basis' }, 'fraction', running, reader.flag('hasUpfront') ? { formula: 'ρ + U / PV(Rev)', words: { vi: 'Khoản trả trước chia cho giá trị hiện tại của doanh thu được cấp quyền.', en: 'The upfront payment over the present value of licensed revenue.' } } : {}),
              rows.step('adjusted', { vi: 'Tỷ lệ đã điều chỉnh', en: 'Adjusted rate' }, 'fraction', adjusted),
              rows.step('low', { vi: 'Thấp nhất', en: 'Lowest' }, 'fraction', Math.min(...adjusted)),
              rows.step('q1', { vi: 'Tứ phân vị thứ nhất', en: 'First quartile' }, 'fraction', quarter?.q1 ?? null),
              rows.step('q2', { vi: 'Trung vị', en: 'Median' }, 'fraction', quarter?.q2 ?? null),
              rows.step('q3', { vi: 'Tứ phân vị thứ ba', en: 'Third quartile' }, 'fraction', quarter?.q3 ?? null),
              rows.step('high', { vi: 'Cao nhất', en: 'Highest' }, 'fraction', Math.max(...adjusted)),
              rows.step('mean', { vi: 'Trung bình cộng', en: 'Mean' }, 'fraction', spread.mean),
              rows.step('sd', { vi: 'Độ lệch chuẩn mẫu', en: 'Sample standard deviation' }, 'fraction', spread.sampleSd),
              rows.step('variation', { vi: 'Hệ số biến thiên', en: 'Coefficient of variation' }, 'fraction', spread.coefficientOfVariation),
            ],
          }, above)
        }),
      )
    }),
})

/** Royalty rate from profit, version 1 (kiểm tra chéo tỷ lệ phí theo lợi nhuận). */
export const royaltyFromProfitSupport = defineSupport({
  id: 'royalty-from-profit/1',
  group: 'market',
  feeds: ['royaltyRate'],
  unit: 'fraction',
  name: { vi: 'Tỷ lệ phí theo lợi nhuận', en: 'Royalty rate from profit' },
  summary: { vi: 'Biên lợi nhuận hoạt động nhân phần đóng góp của công nghệ. Dùng để kiểm tra tỷ lệ lấy từ hợp đồng so sánh.', en: 'Operating margin times the technology’s contribution. A check on a rate from comparable licences.' },
  clause: { vi: 'IVS 210 (phân chia lợi nhuận hỗ trợ phương pháp tiền sử dụng); quy tắc 25 % bị tòa án Hoa Kỳ bác bỏ làm chứng cứ (Uniloc v. Microsoft, 2011)', en: 'IVS 210 (profit split in support of relief from royalty); the 25 % rule is refused as evidence (Uniloc v. Microsoft, 2011)' },
  inputs: [
    input('number', 'margin', 'fraction', true, ['Biên lợi nhuận hoạt động', 'Operating margin'], ['Của sản phẩm dùng công nghệ, trước lãi vay và thuế.', 'Of the products that use the technology, before interest and tax.'], { symbol: 'm', min: -1, max: 1 }),
    input('number', 'profitShare', 'fraction', true, ['Phần đóng góp của công nghệ', 'Contribution of the technology'], ['Phần lợi nhuận do công nghệ; lập luận riêng, không lấy 25 % theo thói quen.', 'Share of profit due to the technology; to be argued, not 25 % by habit.'], { symbol: 'f', min: 0, max: 1 }),
  ],
  work: (reader) =>
    andThen(plainProfitSplit(reader.number('margin'), reader.number('profitShare')), ({ licensor }) =>
      known({
        value: licensor,
        formula: 'ρ = m × f',
        words: { vi: 'Phần doanh thu mà bên nhận quyền trả được từ lợi nhuận do công nghệ đem lại.', en: 'Share of revenue that a licensee can pay out of the profit that the technology brings.' },
        steps: (rows) => [rows.step('quarter', { vi: 'Theo quy tắc 25 % (chỉ tham khảo)', en: 'By the 25 % rule (for comparison only)' }, 'fraction', twentyFivePercent(reader.number('margin'), 1, 0.25))],
      }),
    ),
})

const observations = { table: 'observations', label: { vi: 'Quan sát', en: 'Observation' } }

/** Linear regression with its band, version 1 (hồi quy). */
export const regressionSupport = defineSupport({
  id: 'market-regression/1',
  group: 'market',
  feeds: ['royaltyRate', 'operatingMargin', 'revenue', 'presentValue', 'subjectBase', 'growth'],
  unit: 'none',
  name: { vi: 'Hồi quy từ giao dịch', en: 'Regression on deals' },
  summary: { vi: 'Đường thẳng bình phương nhỏ nhất qua các giao dịch, giá trị tại đặc điểm của công nghệ và khoảng dự báo.', en: 'Least-squares line through the deals, its value at the subject, and the prediction band.' },
  clause,
  inputs: [
    input('series', 'x', 'none', true, ['Đặc điểm', 'Feature'], ['Doanh thu, quy mô, năm… của từng giao dịch.', 'Revenue, size, year… of each deal.'], { symbol: 'x', rows: observations }),
    input('series', 'y', 'none', true, ['Kết quả', 'Outcome'], ['Giá, tỷ lệ phí… của từng giao dịch; tỷ lệ ghi dạng số thập phân, ví dụ 0,05.', 'Price, rate… of each deal; write a rate as a decimal, for example 0.05.'], { symbol: 'y', rows: observations }),
    input('number', 'at', 'none', true, ['Đặc điểm của công nghệ thẩm định', 'Feature of the subject'], ['Cùng loại và đơn vị với đặc điểm của giao dịch.', 'Same kind and unit as the feature of the deals.'], { symbol: 'x*' }),
    input('number', 'confidence', 'fraction', true, ['Độ tin cậy của khoảng', 'Confidence of the band'], ['Thường 80 % hoặc 95 %.', 'Usually 80 % or 95 %.'], { symbol: 'c', min: 0.01, max: 0.999 }),
    input('choice', 'outcome', 'none', true, ['Kết quả là', 'The outcome is'], ['Để con số được đưa vào đúng loại số liệu.', 'So that the figure goes to an input of its kind.'], { choices: choices(['money', 'Số tiền', 'Money'], ['fraction', 'Tỷ lệ', 'A rate'], ['none', 'Con số khác', 'Another number']) }),
  ],
  work: (reader) => {
    const unit = reader.choice('outcome') === 'money' ? 'money' : reader.choice('outcome') === 'fraction' ? 'fraction' : 'none'
    const [xs, at] = [reader.series('x'), reader.number('at')]
    return andThen(fromResult(linearRegression(xs, reader.series('y'))), (line) =>
      andThen(fromResult(predict(line, at, reader.number('confidence'))), ({ value, low, high }) => {
        const outside = at < Math.min(...xs) || at > Math.max(...xs)
        return known({
          value,
          unit,
          formula: 'y* = a + b × x*',
          words: { vi: 'Giá trị trên đường hồi quy tại đặc điểm của công nghệ thẩm định.', en: 'Value of the line at the feature of the subject.' },
          steps: (rows) => [
            rows.step('slope', { vi: 'Độ dốc', en: 'Slope' }, 'none', line.slope, { formula: 'b' }),
            rows.step('intercept', { vi: 'Hệ số chặn', en: 'Intercept' }, 'none', line.intercept, { formula: 'a' }),
            rows.step('rSquared', { vi: 'Phần biến động giải thích được', en: 'Share of variance explained' }, 'fraction', line.rSquared, { formula: 'R²' }),
            rows.step('residualSd', { vi: 'Độ lệch chuẩn phần dư', en: 'Residual standard deviation' }, 'none', line.residualSd),
            rows.step('low', { vi: 'Đầu dưới của khoảng dự báo', en: 'Low end of the band' }, unit, low, { words: { vi: 'Khoảng cho một giao dịch mới (phân phối Student, n − 2 bậc tự do).', en: 'Band for one new deal (Student, n − 2 degrees of freedom).' } }),
            rows.step('high', { vi: 'Đầu trên của khoảng dự báo', en: 'High end of the band' }, unit, high),
            rows.step('count', { vi: 'Số quan sát', en: 'Observations' }, 'count', line.n),
          ],
        }, [...(line.n < 3 ? [note('fewer-than-three-comparables', { count: line.n })] : []), ...(outside ? [note('regression-outside-data')] : [])])
      }),
    )
  },
})

/** Price carried in time, version 1 (giá đưa về thời điểm thẩm định giá). */
export const timeAdjustmentSupport = defineSupport({
  id: 'time-adjustment/1',
  group: 'market',
  feeds: [...costKeys, 'presentValue', 'revenue', 'previousRevenue', 'metric'],
  unit: 'money',
  name: { vi: 'Đưa giá về thời điểm thẩm định giá', en: 'Price carried to the valuation date' },
  summary: { vi: 'Giá tại một thời điểm khác, tăng theo mức thay đổi giá mỗi năm.', en: 'A price of another day, carried by the yearly change of prices.' },
  clause,
  inputs: [
    input('number', 'price', 'money', true, ['Giá', 'Price'], ['Tại ngày giao dịch.', 'On the day of the deal.'], { symbol: 'P', min: 0 }),
    input('number', 'months', 'count', true, ['Số tháng đến thời điểm thẩm định giá', 'Months to the valuation date'], ['Có thể là số lẻ; âm nếu giao dịch sau.', 'May be fractional; negative if the deal is later.'], { symbol: 'm', min: -1200, max: 1200 }),
    input('number', 'annualChange', 'fraction', true, ['Mức thay đổi giá mỗi năm', 'Yearly change of prices'], ['Theo chỉ số giá phù hợp; nêu nguồn.', 'By a suitable price index; state the source.'], { symbol: 'g', min: -0.99, max: 10 }),
  ],
  work: (reader) =>
    andThen(timeAdjustedPrice(reader.number('price'), reader.number('months'), reader.number('annualChange')), (value) =>
      known({ value, formula: 'P* = P × (1 + g)^(m/12)', words: { vi: 'Giá thay đổi đều theo tháng.', en: 'The price changes evenly by the month.' }, steps: () => [] }),
    ),
})
