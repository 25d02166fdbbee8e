import type { InputSpec } from '../figure.ts'
import { capitalisedRoyalty, comparablesValue, type Comparable } from '../market/comparables.ts'
import { licensedRevenue, runningEquivalent } from '../market/royalty-basis.ts'
import { centres, type Centre } from '../market/statistics.ts'
import { known, refuse, andThen, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { choices, input, rate, royaltyRange, taxRate, timing, timingOf } from './common-inputs.ts'
import { defineMethod, type Reader } from './kit.ts'

const table = { table: 'comparables', label: { vi: 'Tài sản so sánh', en: 'Comparable' } }

const adjustment = (key: string, vi: string, en: string): InputSpec =>
  input('series', key, 'fraction', false, [vi, en], ['Phần trăm điều chỉnh giá của tài sản so sánh về phía tài sản thẩm định: dương nếu tài sản so sánh kém hơn. Ghi 0 nếu tương đương.', 'Adjustment of the comparable’s price toward the subject: positive where the comparable is inferior. Enter 0 where alike.'], { min: -0.99, max: 10, rows: table })

const adjustments = [
  adjustment('adjustRights', 'Điều chỉnh phạm vi quyền, độc quyền', 'Adjustment: scope of rights, exclusivity'),
  adjustment('adjustTerritory', 'Điều chỉnh lãnh thổ', 'Adjustment: territory'),
  adjustment('adjustField', 'Điều chỉnh lĩnh vực ứng dụng', 'Adjustment: field of use'),
  adjustment('adjustStage', 'Điều chỉnh giai đoạn, mức sẵn sàng', 'Adjustment: stage and readiness'),
  adjustment('adjustLife', 'Điều chỉnh thời hạn còn lại', 'Adjustment: remaining life'),
  adjustment('adjustTime', 'Điều chỉnh thời điểm giao dịch', 'Adjustment: date of the deal'),
  adjustment('adjustTerms', 'Điều chỉnh điều kiện thanh toán, quan hệ các bên', 'Adjustment: payment terms, related parties'),
] as const

const rowOf = (columns: readonly (readonly number[])[], index: number): readonly number[] => {
  const row: number[] = []
  for (const column of columns) row.push(column[index] ?? 0)
  return row
}

const whenRunning = { key: 'hasRunning', is: [true] } as const

/** Prices on one basis: what was paid at signing plus the present value of what runs on revenue. */
const lumpSums = (reader: Reader): Outcome<readonly number[]> => {
  const prices = reader.series('prices')
  if (!reader.flag('hasRunning')) return known(prices)
  const columns = ['runningRates', 'licensedRevenues', 'revenueGrowths', 'termYears'].map((key) => reader.series(key))
  const uneven = columns.find((values) => values.length !== prices.length)
  if (uneven !== undefined) return refuse('lengths-differ', { expected: prices.length, actual: uneven.length })
  const [rates = [], revenues = [], growths = [], years = []] = columns
  const sums: number[] = []
  for (const [index, price] of prices.entries()) {
    const runningRate = rates[index] ?? Number.NaN
    // A deal without a running part needs no revenue to be converted.
    const base = runningRate === 0 ? known(0) : licensedRevenue({ revenue: revenues[index] ?? Number.NaN, growth: growths[index] ?? Number.NaN, years: years[index] ?? Number.NaN }, reader.number('conversionRate'), timingOf(reader))
    if (!base.ok) return base
    sums.push(price + runningRate * base.value)
  }
  return known(sums)
}

const comparablesOf = (reader: Reader, prices: readonly number[]): Outcome<readonly Comparable[]> => {
  const bases = reader.series('bases')
  const weights = reader.series('weights')
  const given = adjustments.map((spec) => reader.series(spec.key)).filter((values) => values.length > 0)
  const uneven = [bases, ...given, ...(reader.choice('statistic') === 'weightedMean' ? [weights] : [])].find((values) => values.length !== prices.length)
  if (uneven !== undefined) return refuse('lengths-differ', { expected: prices.length, actual: uneven.length })
  return known(
    prices.map((price, index) => ({
      price,
      base: bases[index] ?? Number.NaN,
      adjustments: rowOf(given, index),
      ...(weights.length === 0 ? {} : { weight: weights[index] ?? 0 }),
    })),
  )
}

const centreNamed = (name: string): Centre => centres.find((one) => one === name) ?? 'median'

/** Market comparables, version 1 (phương pháp so sánh). */
export const comparablesMethod = defineMethod({
  id: 'comparables/1',
  approach: 'market',
  name: { vi: 'So sánh giao dịch', en: 'Market comparables' },
  summary: {
    vi: 'Giá các giao dịch công nghệ tương tự, chia cho một cơ sở so sánh, điều chỉnh về tài sản thẩm định rồi nhân với cơ sở của tài sản. Cần ít nhất ba tài sản so sánh.',
    en: 'Prices of similar technology deals over a common base, adjusted to the subject and applied to its own base. At least three comparables are needed.',
  },
  clause: { vi: 'TT 32/2024/TT-BTC, cách tiếp cận từ thị trường; TTLT 39/2014/TTLT-BKHCN-BTC, Điều 11; IVS 210', en: 'Circular 32/2024/TT-BTC, market approach; Joint Circular 39/2014, Art. 11; IVS 210' },
  inputs: [
    input('series', 'prices', 'money', true, ['Giá giao dịch', 'Price of the deal'], ['Giá đã quy về cùng loại tiền tại ngày giao dịch; mỗi dòng một tài sản so sánh. Với giao dịch còn trả theo doanh thu: phần trả một lần khi ký.', 'Price in one currency at the date of the deal; one comparable per row. For a deal that also pays on revenue: the part paid at signing.'], { symbol: 'P', min: 0, rows: table }),
    input('series', 'bases', 'none', true, ['Cơ sở so sánh', 'Base of comparison'], ['Doanh thu, lợi nhuận, số người dùng, số bằng… của tài sản so sánh; cùng một loại cho mọi dòng.', 'Revenue, profit, users, patents… of the comparable; the same kind in every row.'], { symbol: 'B', min: 0, rows: table }),
    input('flag', 'hasRunning', 'none', false, ['Có giao dịch trả thêm theo doanh thu', 'Some deals also pay on revenue'], ['Chọn khi có giao dịch trả một phần khi ký, một phần theo doanh thu: hai phần phải được quy về một cơ sở trước khi so sánh.', 'Where a deal is paid partly at signing and partly on revenue: both parts must come to one basis before they are compared.']),
    input('series', 'runningRates', 'fraction', true, ['Phí theo doanh thu', 'Running rate'], ['Tỷ lệ trên doanh thu thuần ghi trong hợp đồng. Ghi 0 nếu chỉ trả một lần.', 'Rate on net revenue in the licence. Enter 0 if paid once only.'], { symbol: 'ρ', min: 0, max: 1, rows: table, when: whenRunning }),
    input('series', 'licensedRevenues', 'money', true, ['Doanh thu năm đầu', 'First-year revenue'], ['Doanh thu được cấp quyền của năm đầu, cùng đơn vị tiền với giá giao dịch.', 'Licensed revenue of the first year, in the money unit of the price.'], { symbol: 'Rev', min: 0, rows: table, when: whenRunning }),
    input('series', 'revenueGrowths', 'fraction', true, ['Tăng trưởng', 'Growth'], ['Tăng doanh thu mỗi năm. Ghi 0 nếu đều.', 'Yearly growth of revenue. Enter 0 if level.'], { symbol: 'g', min: -0.99, max: 5, rows: table, when: whenRunning }),
    input('series', 'termYears', 'years', true, ['Thời hạn', 'Term'], ['Số năm của hợp đồng.', 'Years of the licence.'], { symbol: 'n', min: 0, max: 100, rows: table, when: whenRunning }),
    input('number', 'conversionRate', 'fraction', true, ['Tỷ suất quy đổi', 'Rate of conversion'], ['Tỷ suất năm của bên nhận quyền, để quy phần trả theo doanh thu về ngày ký.', 'Yearly rate of the licensee, to bring what runs on revenue to the day of signing.'], { symbol: 'r', min: -0.99, max: 10, when: whenRunning }),
    { ...timing, when: whenRunning },
    ...adjustments,
    input('series', 'weights', 'none', true, ['Trọng số', 'Weight'], ['Mức tin cậy của từng tài sản so sánh.', 'Reliability of each comparable.'], { min: 0, rows: table, when: { key: 'statistic', is: ['weightedMean'] } }),
    input('number', 'subjectBase', 'none', true, ['Cơ sở của tài sản thẩm định', 'Base of the subject'], ['Cùng loại và cùng đơn vị với cơ sở so sánh.', 'Same kind and unit as the base of comparison.'], { symbol: 'X', min: 0 }),
    input('choice', 'rule', 'none', true, ['Cách gộp các mức điều chỉnh', 'How adjustments combine'], ['Cộng các tỷ lệ trên cùng một giá, hoặc nhân dồn.', 'Rates added on one price, or compounded.'], { choices: choices(['multiplicative', 'Nhân dồn', 'Compounded'], ['additive', 'Cộng', 'Added']) }),
    input('choice', 'statistic', 'none', true, ['Thống kê kết luận', 'Concluding statistic'], ['Với tỷ số giá, trung vị hoặc trung bình điều hòa thường phù hợp hơn trung bình cộng.', 'For multiples the median or harmonic mean usually suits better than the mean.'], {
      choices: choices(['median', 'Trung vị', 'Median'], ['harmonicMean', 'Trung bình điều hòa', 'Harmonic mean'], ['mean', 'Trung bình cộng', 'Mean'], ['geometricMean', 'Trung bình nhân', 'Geometric mean'], ['weightedMean', 'Trung bình có trọng số', 'Weighted mean']),
    }),
  ],
  work: (reader) =>
    andThen(lumpSums(reader), (lumps) => andThen(comparablesOf(reader, lumps), (comparables) =>
      andThen(comparablesValue(comparables, reader.number('subjectBase'), centreNamed(reader.choice('statistic')), reader.choice('rule') === 'additive' ? 'additive' : 'multiplicative'), (working) =>
        known({
          value: working.value,
          formula: reader.choice('rule') === 'additive' ? 'V = X × stat[Pᵢ/Bᵢ × (1 + Σ aᵢⱼ)]' : 'V = X × stat[Pᵢ/Bᵢ × Π (1 + aᵢⱼ)]',
          words: { vi: 'Tỷ số giá đã điều chỉnh của các tài sản so sánh, lấy thống kê đã chọn, nhân với cơ sở của tài sản thẩm định.', en: 'The chosen statistic of the adjusted multiples times the base of the subject.' },
          steps: (rows) => [
            ...(reader.flag('hasRunning') ? [rows.step('lumpSums', { vi: 'Giá quy về trả một lần', en: 'Price as one sum' }, 'money', lumps, { formula: 'P + ρ × Σ Rev·(1 + g)^(t−1)·v(t)', words: { vi: 'Phần trả khi ký cộng giá trị hiện tại của phần trả theo doanh thu trong thời hạn hợp đồng.', en: 'The part paid at signing plus the present value of what runs on revenue over the term.' } })] : []),
            rows.step('multiples', { vi: 'Tỷ số giá', en: 'Multiple' }, 'factor', working.multiples, { formula: 'P / B' }),
            rows.step('adjusted', { vi: 'Tỷ số giá đã điều chỉnh', en: 'Adjusted multiple' }, 'factor', working.adjusted),
            rows.step('net', { vi: 'Điều chỉnh thuần', en: 'Net adjustment' }, 'fraction', working.net, { formula: 'Σ a' }),
            rows.step('gross', { vi: 'Điều chỉnh gộp', en: 'Gross adjustment' }, 'fraction', working.gross, { formula: 'Σ |a|', words: { vi: 'Điều chỉnh thuần bằng 0 không có nghĩa là tương đồng.', en: 'A net of zero does not mean alike.' } }),
            rows.step('indications', { vi: 'Mức giá chỉ dẫn', en: 'Indicated value' }, 'money', working.indications),
            rows.step('statistic', { vi: 'Tỷ số giá kết luận', en: 'Concluded multiple' }, 'factor', working.statistic),
            rows.step('low', { vi: 'Mức giá chỉ dẫn thấp nhất', en: 'Lowest indication' }, 'money', working.low),
            rows.step('high', { vi: 'Mức giá chỉ dẫn cao nhất', en: 'Highest indication' }, 'money', working.high),
          ],
        }),
      ),
    )),
})

const whenUpfront = { key: 'hasUpfront', is: [true] } as const

/** The royalty rate with what was paid at signing spread over the revenue of the licence. */
const royaltyOf = (reader: Reader): Outcome => {
  const runningRate = reader.number('royaltyRate')
  if (!reader.flag('hasUpfront')) return known(runningRate)
  const terms = { runningRate, upfront: reader.number('upfront'), revenue: reader.number('licensedRevenue'), growth: reader.number('revenueGrowth'), years: reader.number('licenceTerm') }
  return runningEquivalent(terms, reader.number('conversionRate'), timingOf(reader))
}

/** Capitalised royalty, version 1 (vốn hóa tiền bản quyền). */
export const capitalisedRoyaltyMethod = defineMethod({
  id: 'capitalised-royalty/1',
  approach: 'market',
  name: { vi: 'Vốn hóa tiền bản quyền', en: 'Capitalised royalty' },
  summary: { vi: 'Tiền bản quyền một năm ổn định chia cho tỷ suất trừ tăng trưởng. Chỉ hợp khi thu nhập ổn định và rất dài; thường dùng để kiểm tra chéo. Vốn hóa cần một tỷ suất và một thuế suất duy nhất; khi chúng đổi theo năm, hãy dùng phương pháp tiền sử dụng.', en: 'One stable year of royalty over rate less growth. Only for stable, very long income; usually a cross-check. Capitalising needs one rate and one tax rate; where they change by year, use relief from royalty.' },
  clause: { vi: 'TT 32/2024/TT-BTC (vốn hóa trực tiếp); IVS 210', en: 'Circular 32/2024/TT-BTC (direct capitalisation); IVS 210' },
  inputs: [
    input('number', 'revenue', 'money', true, ['Doanh thu của năm tới', 'Revenue of the coming year'], ['Doanh thu ổn định gắn với công nghệ.', 'Stable revenue attributable to the technology.'], { symbol: 'Rev', min: 0 }),
    input('number', 'royaltyRate', 'fraction', true, ['Tỷ lệ phí bản quyền', 'Royalty rate'], ['Từ các hợp đồng so sánh, tính trên doanh thu thuần.', 'From comparable licences, on net sales.'], { symbol: 'ρ', min: 0, max: 1, range: royaltyRange }),
    input('flag', 'hasUpfront', 'none', false, ['Hợp đồng so sánh có khoản trả trước', 'The comparable licence also paid upfront'], ['Chọn khi tỷ lệ phí lấy từ hợp đồng còn có tiền trả khi ký: khoản này được trải trên doanh thu của hợp đồng và cộng vào tỷ lệ.', 'Where the rate comes from a licence with a sum paid at signing: it is spread over the revenue of that licence and added to the rate.']),
    input('number', 'upfront', 'money', true, ['Khoản trả trước của hợp đồng so sánh', 'Upfront payment of the licence'], ['Tiền trả khi ký hợp đồng so sánh.', 'Paid at signing of the comparable licence.'], { symbol: 'U', min: 0, when: whenUpfront }),
    input('number', 'licensedRevenue', 'money', true, ['Doanh thu năm đầu của hợp đồng', 'First-year revenue of the licence'], ['Doanh thu được cấp quyền của năm đầu, cùng đơn vị tiền với khoản trả trước.', 'Licensed revenue of the first year, in the money unit of the upfront payment.'], { symbol: 'Rev₁', min: 0, when: whenUpfront }),
    input('number', 'revenueGrowth', 'fraction', true, ['Tăng doanh thu mỗi năm của hợp đồng', 'Yearly growth of that revenue'], ['Ghi 0 nếu doanh thu đều.', 'Enter 0 if revenue is level.'], { symbol: 'g₁', min: -0.99, max: 5, when: whenUpfront }),
    input('number', 'licenceTerm', 'years', true, ['Thời hạn của hợp đồng', 'Term of the licence'], ['Số năm mà khoản trả trước được trải ra.', 'Years over which the upfront payment is spread.'], { symbol: 'n', min: 0.01, max: 100, when: whenUpfront }),
    input('number', 'conversionRate', 'fraction', true, ['Tỷ suất quy đổi khoản trả trước', 'Rate to convert the upfront payment'], ['Tỷ suất năm của bên nhận quyền trong hợp đồng so sánh.', 'Yearly rate of the licensee of that licence.'], { symbol: 'r₁', min: -0.99, max: 10, when: whenUpfront }),
    { ...timing, when: whenUpfront },
    input('choice', 'taxTreatment', 'none', true, ['Trước hay sau thuế', 'Before or after tax'], ['Tỷ suất phải cùng cơ sở trước thuế hoặc sau thuế với dòng tiền.', 'The rate must be on the same basis as the flow.'], { choices: choices(['after', 'Sau thuế', 'After tax'], ['before', 'Trước thuế', 'Before tax']) }),
    { ...taxRate, when: { key: 'taxTreatment', is: ['after'] } },
    rate,
    input('number', 'growth', 'fraction', true, ['Tốc độ tăng trưởng', 'Growth'], ['Mỗi năm, mãi mãi; thấp hơn tỷ suất. Ghi 0 nếu không đổi.', 'A year, for ever; below the rate. Enter 0 if level.'], { symbol: 'g', min: -0.99, max: 1 }),
  ],
  work: (reader) => {
    const keep = reader.choice('taxTreatment') === 'after' ? 1 - reader.number('taxRate') : 1
    return andThen(known(null, [note('terminal-on-finite-life')]), () =>
      andThen(royaltyOf(reader), (royaltyRate) => andThen(capitalisedRoyalty(reader.number('revenue') * keep, royaltyRate, reader.number('rate'), reader.number('growth')), (value) =>
        known({
          value,
          formula: reader.choice('taxTreatment') === 'after' ? 'V = Rev × ρ × (1 − T) / (r − g)' : 'V = Rev × ρ / (r − g)',
          words: { vi: 'Tiền bản quyền năm tới chia cho phần chênh giữa tỷ suất và tăng trưởng.', en: 'The coming year’s royalty over the gap between rate and growth.' },
          steps: (rows) => [
            ...(reader.flag('hasUpfront') ? [rows.step('runningEquivalent', { vi: 'Tỷ lệ phí đã gồm khoản trả trước', en: 'Royalty rate with the upfront payment' }, 'fraction', royaltyRate, { formula: 'ρ + U / Σ Rev₁·(1 + g₁)^(t−1)·v(t)', words: { vi: 'Khoản trả trước chia cho giá trị hiện tại của doanh thu trong thời hạn hợp đồng, cộng vào tỷ lệ theo doanh thu.', en: 'The upfront payment over the present value of the revenue of the term, added to the running rate.' } })] : []),
            rows.step('royalty', { vi: 'Tiền bản quyền năm tới', en: 'Royalty of the coming year' }, 'money', reader.number('revenue') * keep * royaltyRate),
            rows.step('capRate', { vi: 'Tỷ suất vốn hóa', en: 'Capitalisation rate' }, 'fraction', reader.number('rate') - reader.number('growth'), { formula: 'r − g' }),
          ],
        }),
      )),
    )
  },
})
