import type { InputSpec } from '../figure.ts'
import { capitalisedCost, indexedCost, kiboCost, vietnamCost } from '../cost/build-up.ts'
import { decliningBalance, fixedDecliningBalance, straightLine, sumOfYears } from '../cost/depreciation.ts'
import { curableValue, decayed, decayedContinuously, percentGood } from '../cost/obsolescence.ts'
import { choices, input, rate, taxRate } from '../methods/common-inputs.ts'
import type { Computed, Reader } from '../methods/kit.ts'
import { andThen, known, refuse, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { range, sum } from '../series.ts'
import { costKeys, defineSupport } from './kit.ts'

const clause = { vi: 'TT 32/2024/TT-BTC, cách tiếp cận từ chi phí; TTLT 39/2014/TTLT-BKHCN-BTC, Điều 10; IVS 210', en: 'Circular 32/2024/TT-BTC, cost approach; Joint Circular 39/2014, Art. 10; IVS 210' }
const spending = { table: 'spending', label: { vi: 'Khoản chi', en: 'Spending' } }
const column = (key: string, unit: InputSpec['unit'], label: readonly [string, string], help: readonly [string, string], more: Pick<InputSpec, 'symbol' | 'min' | 'max' | 'when'>): InputSpec => input('series', key, unit, true, label, help, { rows: spending, ...more })
const mode = (...is: readonly string[]) => ({ when: { key: 'mode', is } })

/** Past spending at prices of the valuation date, version 1 (chi phí lịch sử theo chỉ số giá). */
export const priceIndexSupport = defineSupport({
  id: 'price-index/1',
  group: 'cost',
  feeds: costKeys,
  unit: 'money',
  name: { vi: 'Chi phí quá khứ theo chỉ số giá', en: 'Past cost by a price index' },
  summary: { vi: 'Đưa các khoản đã chi về mặt bằng giá tại thời điểm thẩm định giá, bằng chỉ số giá hoặc bằng tỷ suất vốn hóa.', en: 'Carries past spending to prices of the valuation date, by a price index or by a rate.' },
  clause,
  inputs: [
    input('choice', 'mode', 'none', true, ['Cách quy đổi', 'How to carry'], ['Chỉ số giá cho chi phí tạo lại hôm nay; vốn hóa theo tỷ suất chỉ để kiểm tra chéo.', 'An index gives cost at today’s prices; a rate only a cross-check.'], { choices: choices(['index', 'Theo chỉ số giá', 'By a price index'], ['rate', 'Theo tỷ suất', 'By a rate']) }),
    column('amounts', 'money', ['Số tiền đã chi', 'Spent'], ['Theo sổ sách của từng năm.', 'From the books of each year.'], { symbol: 'A', min: 0 }),
    column('indexes', 'none', ['Chỉ số giá của năm chi', 'Index of its year'], ['Chỉ số giá hoặc tiền lương phù hợp; không nội suy năm thiếu.', 'A suitable price or wage index; missing years are not interpolated.'], { symbol: 'I', min: 0, ...mode('index') }),
    column('yearsBefore', 'years', ['Số năm trước thời điểm thẩm định giá', 'Years before the valuation date'], ['Có thể là số lẻ.', 'May be fractional.'], { symbol: 't', min: 0, max: 200, ...mode('rate') }),
    input('number', 'indexAtValuation', 'none', true, ['Chỉ số giá tại thời điểm thẩm định giá', 'Index at the valuation date'], ['Cùng chuỗi với chỉ số của các năm chi.', 'Of the same series.'], { symbol: 'I*', min: 0, ...mode('index') }),
    { ...rate, ...mode('rate') },
  ],
  work: (reader) => {
    const amounts = reader.series('amounts')
    const other = reader.series(reader.choice('mode') === 'rate' ? 'yearsBefore' : 'indexes')
    if (other.length !== amounts.length) return refuse('lengths-differ', { expected: amounts.length, actual: other.length })
    if (reader.choice('mode') === 'rate')
      return andThen(capitalisedCost(amounts.map((amount, index) => ({ amount, yearsBeforeValuation: other[index] ?? Number.NaN })), reader.number('rate')), (value) =>
        known({ value, formula: 'C = Σ Aᵢ × (1 + r)^tᵢ', words: { vi: 'Các khoản chi tăng theo tỷ suất đến thời điểm thẩm định giá.', en: 'Each amount grows at the rate up to the valuation date.' }, steps: (rows) => [rows.step('spent', { vi: 'Tổng đã chi', en: 'Spent in total' }, 'money', sum(amounts))] }),
      )
    return andThen(indexedCost(amounts.map((amount, index) => ({ year: index + 1, amount, index: other[index] ?? null })), reader.number('indexAtValuation')), ({ byYear, total }) =>
      known({
        value: total, formula: 'C = Σ Aᵢ × I* / Iᵢ', words: { vi: 'Mỗi khoản chi nhân với mức tăng của chỉ số giá.', en: 'Each amount times the rise of the index.' },
        steps: (rows) => [rows.step('spent', { vi: 'Tổng đã chi', en: 'Spent in total' }, 'money', sum(amounts)), rows.step('byYear', { vi: 'Theo giá tại thời điểm thẩm định giá', en: 'At prices of the valuation date' }, 'money', byYear, { formula: 'A × I* / I' })],
      }),
    )
  },
})

const LONGEST_SCHEDULE = 100

/** Depreciation of each year of the life by the rule chosen; the last part-year of a straight line counts in part. */
const scheduleOf = (reader: Reader): Outcome<readonly number[]> => {
  const [cost, salvage, life] = [reader.number('cost'), reader.number('salvage'), reader.number('usefulLife')]
  switch (reader.choice('schedule')) {
    case 'sumOfYears': {
      const amounts: number[] = []
      for (const year of range(Math.floor(life), (index) => index + 1)) {
        const one = sumOfYears(cost, salvage, life, year)
        if (!one.ok) return one
        amounts.push(one.value)
      }
      return amounts.length === 0 ? refuse('life-not-positive') : known(amounts)
    }
    case 'declining':
      return decliningBalance(cost, salvage, life, reader.number('factor'))
    case 'fixed':
      return andThen(fixedDecliningBalance(cost, salvage, life), ({ schedule }) => known(schedule))
    default:
      return andThen(straightLine(cost, salvage, life), (each) => known(range(Math.ceil(life), (index) => each * Math.min(1, life - index))))
  }
}

/** Depreciation schedule, version 1 (bảng khấu hao). */
export const depreciationSupport = defineSupport({
  id: 'depreciation-schedule/1',
  group: 'cost',
  feeds: ['depreciation', 'fixedAssets', 'accumulatedDepreciation', 'residualValue', 'salvage'],
  series: 'schedule',
  unit: 'money',
  name: { vi: 'Bảng khấu hao', en: 'Depreciation schedule' },
  summary: { vi: 'Khấu hao từng năm theo đường thẳng, tổng số năm hoặc số dư giảm dần; cho số khấu hao của một năm, lũy kế hoặc giá trị còn lại.', en: 'Yearly depreciation by straight line, sum of years or declining balance; one year’s amount, the total so far, or what is left.' },
  clause: { vi: 'TT 45/2013/TT-BTC, Điều 13 (ba phương pháp trích khấu hao; cần kiểm tra hiệu lực)', en: 'Circular 45/2013/TT-BTC, Art. 13 (three methods; check that it is in force)' },
  inputs: [
    input('number', 'cost', 'money', true, ['Nguyên giá', 'Cost'], ['Giá mua hoặc chi phí tạo ra.', 'Purchase price or cost of making.'], { symbol: 'C', min: 0 }),
    input('number', 'salvage', 'money', true, ['Giá trị thu hồi', 'Salvage'], ['Ghi 0 nếu không có.', 'Enter 0 if none.'], { symbol: 'S', min: 0 }),
    input('number', 'usefulLife', 'years', true, ['Thời gian khấu hao', 'Depreciation life'], ['Theo khung của luật thuế hoặc thời gian sử dụng.', 'By the brackets of tax law or the useful life.'], { symbol: 'n', min: 0.01, max: LONGEST_SCHEDULE }),
    input('choice', 'schedule', 'none', true, ['Cách trích', 'Rule'], ['Nêu căn cứ chọn.', 'Give the grounds.'], { choices: choices(['straight', 'Đường thẳng', 'Straight line'], ['declining', 'Số dư giảm dần có điều chỉnh', 'Declining balance, stopping at salvage'], ['sumOfYears', 'Tổng số năm', 'Sum of years’ digits'], ['fixed', 'Số dư giảm dần theo tỷ lệ cố định (bảng tính DB)', 'Fixed declining balance (spreadsheet DB)']) }),
    input('number', 'factor', 'factor', true, ['Hệ số khấu hao nhanh', 'Declining factor'], ['2 là gấp đôi đường thẳng.', '2 doubles the straight line.'], { symbol: 'h', min: 0, max: 100, when: { key: 'schedule', is: ['declining'] } }),
    input('choice', 'result', 'none', true, ['Kết quả cần', 'Result wanted'], ['Số của một năm, lũy kế đến hết năm đó, hoặc giá trị còn lại sau năm đó.', 'One year’s amount, the total up to its end, or what is left after it.'], { choices: choices(['year', 'Khấu hao của năm', 'Depreciation of the year'], ['accumulated', 'Khấu hao lũy kế', 'Accumulated depreciation'], ['book', 'Giá trị còn lại', 'Book value']) }),
    input('number', 'year', 'count', true, ['Năm thứ', 'Year number'], ['Số nguyên, năm đầu là 1.', 'A whole number; the first year is 1.'], { symbol: 'k', min: 1, max: LONGEST_SCHEDULE }),
  ],
  work: (reader) =>
    andThen(scheduleOf(reader), (amounts) => {
      const year = reader.number('year')
      if (!Number.isInteger(year)) return refuse('score-out-of-range', { low: 1, high: amounts.length })
      const accumulated = sum(amounts.slice(0, year))
      const book = reader.number('cost') - accumulated
      const result = reader.choice('result')
      return known({
        value: result === 'year' ? amounts[year - 1] ?? 0 : result === 'book' ? book : accumulated,
        formula: result === 'year' ? 'Dₖ' : result === 'book' ? 'C − Σₜ₌₁ᵏ Dₜ' : 'Σₜ₌₁ᵏ Dₜ',
        words: { vi: 'Khấu hao từng năm theo cách trích đã chọn.', en: 'Yearly depreciation by the rule chosen.' },
        steps: (rows) => [
          rows.step('schedule', { vi: 'Khấu hao từng năm', en: 'Depreciation by year' }, 'money', amounts, { formula: 'Dₜ' }),
          rows.step('accumulated', { vi: 'Khấu hao lũy kế', en: 'Accumulated depreciation' }, 'money', accumulated),
          rows.step('book', { vi: 'Giá trị còn lại', en: 'Book value' }, 'money', book),
        ],
      })
    }),
})

/** Obsolescence as a share, version 1 (tỷ lệ hao mòn). */
export const obsolescenceSupport = defineSupport({
  id: 'obsolescence/1',
  group: 'cost',
  feeds: ['physical', 'functional', 'economic', 'decayRate'],
  unit: 'fraction',
  name: { vi: 'Tỷ lệ hao mòn', en: 'Rate of obsolescence' },
  summary: { vi: 'Theo tuổi đời, theo tốc độ suy giảm hoặc theo mức sử dụng công suất.', en: 'By age and life, by a rate of decline, or by the use of capacity.' },
  clause,
  inputs: [
    input('choice', 'mode', 'none', true, ['Cách đo', 'How it is measured'], ['Hao mòn vật lý thường theo tuổi đời, chức năng theo tốc độ lạc hậu, kinh tế theo công suất.', 'Physical usually by life, functional by a rate, economic by capacity.'], { choices: choices(['life', 'Theo tuổi đời', 'By age and life'], ['discrete', 'Suy giảm theo năm', 'Yearly decline'], ['continuous', 'Suy giảm liên tục', 'Continuous decline'], ['capacity', 'Theo công suất sử dụng', 'By use of capacity']) }),
    input('number', 'effectiveAge', 'years', true, ['Tuổi hiệu dụng', 'Effective age'], ['Theo tình trạng thực tế, có thể khác tuổi theo lịch.', 'By condition; may differ from the calendar age.'], { symbol: 'e', min: 0, max: 1000, ...mode('life') }),
    input('number', 'remainingLife', 'years', true, ['Tuổi đời còn lại', 'Remaining life'], ['Như đã dùng ở các phương pháp khác.', 'As used in the other methods.'], { symbol: 'L', min: 0, max: 1000, ...mode('life') }),
    input('number', 'annualDecline', 'fraction', true, ['Tốc độ suy giảm mỗi năm', 'Yearly decline'], ['Nêu cách đo; rời rạc và liên tục cho kết quả khác nhau.', 'Say how measured; discrete and continuous differ.'], { symbol: 'd', min: 0, max: 1, ...mode('discrete', 'continuous') }),
    input('number', 'elapsedYears', 'years', true, ['Số năm đã qua', 'Years passed'], ['Từ khi công nghệ còn mới.', 'Since it was new.'], { symbol: 't', min: 0, max: 1000, ...mode('discrete', 'continuous') }),
    input('number', 'utilisation', 'fraction', true, ['Mức sử dụng công suất', 'Use of capacity'], ['Sản lượng thực tế trên công suất.', 'Actual output over capacity.'], { symbol: 'U', min: 0, max: 1, ...mode('capacity') }),
    input('number', 'exponent', 'none', true, ['Số mũ công suất', 'Capacity exponent'], ['Phải nêu căn cứ.', 'To be justified.'], { symbol: 'x', min: 0, max: 5, range: { low: 0.6, high: 0.7, citation: { vi: 'quy tắc sáu phần mười của ước tính chi phí', en: 'six-tenths rule of cost estimating' } }, ...mode('capacity') }),
  ],
  work: (reader) => {
    const left = (outcome: Outcome, formula: string, vi: string, en: string): Outcome<Computed> =>
      andThen(outcome, (good) => known({ value: 1 - good, formula, words: { vi, en }, steps: (rows) => [rows.step('left', { vi: 'Phần còn lại', en: 'Share left' }, 'fraction', good)] }))
    switch (reader.choice('mode')) {
      case 'life':
        return left(percentGood(reader.number('effectiveAge'), reader.number('remainingLife')), 'd = 1 − L/(e + L)', 'Phần tuổi đời đã dùng.', 'Share of the life used.')
      case 'discrete':
        return left(decayed(1, reader.number('annualDecline'), reader.number('elapsedYears')), 'D = 1 − (1 − d)^t', 'Phần mất đi khi mỗi năm giảm d trên phần còn lại.', 'What is lost when each year takes d of what is left.')
      case 'continuous':
        return left(decayedContinuously(1, reader.number('annualDecline'), reader.number('elapsedYears')), 'D = 1 − e^(−d·t)', 'Phần mất đi khi suy giảm liên tục.', 'What is lost by continuous decline.')
      default:
        return andThen(curableValue({ costNew: 1, physical: 0, costToCure: 0, excessCost: 0, excessYears: 0, taxRate: 0, rate: 0, utilisation: reader.number('utilisation'), exponent: reader.number('exponent') }), ({ economicLossRate, value }) =>
          known({ value: economicLossRate, formula: 'd = 1 − U^x', words: { vi: 'Phần giá trị mất do công suất không dùng hết.', en: 'Value lost because capacity is not used.' }, steps: (rows) => [rows.step('left', { vi: 'Phần còn lại', en: 'Share left' }, 'fraction', value, { formula: 'U^x' })] }),
        )
    }
  },
})

/** Cost less curable and incurable obsolescence, version 1 (hao mòn theo ba loại). */
export const curableSupport = defineSupport({
  id: 'curable-obsolescence/1',
  group: 'cost',
  feeds: costKeys,
  unit: 'money',
  name: { vi: 'Chi phí trừ hao mòn khắc phục được và không khắc phục được', en: 'Cost less curable and incurable obsolescence' },
  summary: { vi: 'Trừ lần lượt hao mòn vật lý, chi phí khắc phục, giá trị hiện tại của chi phí vận hành vượt và tổn thất kinh tế.', en: 'Takes off in turn physical wear, cost to cure, present value of excess operating cost, and economic loss.' },
  clause,
  inputs: [
    input('number', 'costNew', 'money', true, ['Chi phí tạo mới', 'Cost new'], ['Chi phí tái tạo hoặc thay thế tại thời điểm thẩm định giá.', 'Reproduction or replacement cost at the valuation date.'], { symbol: 'C', min: 0 }),
    input('number', 'physical', 'fraction', true, ['Hao mòn vật lý', 'Physical deterioration'], ['Ghi 0 nếu không có.', 'Enter 0 if none.'], { symbol: 'd', min: 0, max: 1 }),
    input('number', 'costToCure', 'money', true, ['Chi phí khắc phục', 'Cost to cure'], ['Phần lạc hậu chức năng sửa được. Ghi 0 nếu không có.', 'Functional part that can be cured. Enter 0 if none.'], { symbol: 'K', min: 0 }),
    input('number', 'excessCost', 'money', true, ['Chi phí vận hành vượt mỗi năm', 'Excess operating cost a year'], ['So với công nghệ tốt nhất hiện có, trước thuế. Ghi 0 nếu không có.', 'Against the best available technology, before tax. Enter 0 if none.'], { symbol: 'x', min: 0 }),
    input('number', 'excessYears', 'years', true, ['Số năm còn chịu chi phí vượt', 'Years of excess cost'], ['Không quá tuổi đời còn lại.', 'Within the remaining life.'], { symbol: 'n', min: 0, max: 200 }),
    taxRate,
    rate,
    input('number', 'utilisation', 'fraction', true, ['Mức sử dụng công suất', 'Use of capacity'], ['100 % nếu không có hao mòn kinh tế.', '100 % without economic obsolescence.'], { symbol: 'U', min: 0, max: 1 }),
    input('number', 'exponent', 'none', true, ['Số mũ công suất', 'Capacity exponent'], ['Phải nêu căn cứ.', 'To be justified.'], { symbol: 'q', min: 0, max: 5, range: { low: 0.6, high: 0.7, citation: { vi: 'quy tắc sáu phần mười của ước tính chi phí', en: 'six-tenths rule of cost estimating' } } }),
  ],
  work: (reader) =>
    andThen(
      curableValue({
        costNew: reader.number('costNew'), physical: reader.number('physical'), costToCure: reader.number('costToCure'), excessCost: reader.number('excessCost'), excessYears: reader.number('excessYears'),
        taxRate: reader.number('taxRate'), rate: reader.number('rate'), utilisation: reader.number('utilisation'), exponent: reader.number('exponent'),
      }),
      ({ value, afterPhysical, incurableFunctional, afterFunctional, economicLossRate }) =>
        known({
          value,
          formula: 'V = [C·(1 − d) − K − x·(1 − T)·a(n, r)] × U^q',
          words: { vi: 'Mỗi loại hao mòn trừ trên phần còn lại sau loại trước.', en: 'Each kind is taken off what the one before it left.' },
          steps: (rows) => [
            rows.step('afterPhysical', { vi: 'Sau hao mòn vật lý', en: 'After physical wear' }, 'money', afterPhysical, { formula: 'C × (1 − d)' }),
            rows.step('incurable', { vi: 'Giá trị hiện tại của chi phí vượt', en: 'Present value of excess cost' }, 'money', incurableFunctional, { formula: 'x·(1 − T)·a(n, r)' }),
            rows.step('afterFunctional', { vi: 'Sau hao mòn chức năng', en: 'After functional obsolescence' }, 'money', afterFunctional),
            rows.step('economicLoss', { vi: 'Tỷ lệ hao mòn kinh tế', en: 'Economic loss' }, 'fraction', economicLossRate, { formula: '1 − U^q' }),
          ],
        }),
    ),
})

/** Cost in the KIBO form, version 1. */
export const kiboSupport = defineSupport({
  id: 'kibo-cost/1',
  group: 'cost',
  feeds: costKeys,
  unit: 'money',
  name: { vi: 'Chi phí tái tạo theo mẫu KIBO', en: 'Reproduction cost, KIBO form' },
  summary: { vi: 'Chi phí tái tạo cộng phần bù cho việc phát triển theo mức sinh lời trên tổng vốn của ngành, trừ hao mòn.', en: 'Reproduction cost plus compensation for development at the industry’s return on total capital, less obsolescence.' },
  clause: { vi: 'Bằng sáng chế KR101536536B1 (KIBO, Hàn Quốc); phải lập luận khi dùng tại Việt Nam', en: 'Patent KR101536536B1 (KIBO, Korea); to be argued when used in Viet Nam' },
  inputs: [
    input('number', 'reproductionCost', 'money', true, ['Chi phí tái tạo', 'Reproduction cost'], ['Tại thời điểm thẩm định giá.', 'At the valuation date.'], { symbol: 'RC', min: 0 }),
    input('number', 'industryReturn', 'fraction', true, ['Mức sinh lời trên tổng vốn của ngành', 'Industry return on total capital'], ['Trung vị của ngành; nêu nguồn và năm.', 'Median of the industry; state source and year.'], { symbol: 'i', min: -1, max: 5 }),
    input('number', 'obsolescence', 'money', true, ['Hao mòn', 'Obsolescence'], ['Bằng tiền. Ghi 0 nếu không có.', 'In money. Enter 0 if none.'], { symbol: 'O', min: 0 }),
  ],
  work: (reader) =>
    andThen(kiboCost(reader.number('reproductionCost'), reader.number('industryReturn'), reader.number('obsolescence')), ({ value, developmentCompensation }) =>
      known({ value, formula: 'V = RC + RC × i − O', words: { vi: 'Người phát triển được bù mức sinh lời bình thường của ngành.', en: 'The developer is compensated at the usual return of the industry.' }, steps: (rows) => [rows.step('compensation', { vi: 'Phần bù phát triển', en: 'Compensation for development' }, 'money', developmentCompensation, { formula: 'RC × i' })] }),
    ),
})

/** Cost in the form of the replaced TĐGVN 13, version 1. */
export const vietnamCostSupport = defineSupport({
  id: 'tdgvn13-cost/1',
  group: 'cost',
  feeds: costKeys,
  unit: 'money',
  name: { vi: 'Chi phí theo mẫu TĐGVN 13', en: 'Cost in the form of TĐGVN 13' },
  summary: { vi: 'Chi phí trừ hao mòn lũy kế cộng lợi nhuận của nhà sản xuất. Dùng để đối chiếu với chứng thư lập trước ngày 1/7/2024.', en: 'Cost less accumulated depreciation plus producer’s profit. For comparison with certificates made before 1 July 2024.' },
  clause: { vi: 'Tiêu chuẩn thẩm định giá số 13 (TT 06/2014/TT-BTC), đã được TT 37/2024/TT-BTC thay thế từ ngày 1/7/2024', en: 'Valuation standard 13 (Circular 06/2014/TT-BTC), replaced by Circular 37/2024/TT-BTC on 1 July 2024' },
  inputs: [
    input('number', 'cost', 'money', true, ['Chi phí tạo ra', 'Cost'], ['Chi phí tái tạo hoặc thay thế.', 'Reproduction or replacement cost.'], { symbol: 'C', min: 0 }),
    input('number', 'accumulatedDepreciation', 'money', true, ['Hao mòn lũy kế', 'Accumulated depreciation'], ['Bằng tiền. Ghi 0 nếu không có.', 'In money. Enter 0 if none.'], { symbol: 'D', min: 0 }),
    input('number', 'producerProfit', 'money', true, ['Lợi nhuận của nhà sản xuất', 'Producer’s profit'], ['Bằng tiền; nêu căn cứ.', 'In money; give the grounds.'], { symbol: 'p', min: 0 }),
  ],
  work: (reader) =>
    andThen(vietnamCost(reader.number('cost'), reader.number('accumulatedDepreciation'), reader.number('producerProfit')), (value) =>
      known({ value, formula: 'V = C − D + p', words: { vi: 'Chi phí trừ hao mòn cộng lợi nhuận.', en: 'Cost less depreciation plus profit.' }, steps: () => [] }, [note('form-replaced')]),
    ),
})
