import { choices, input } from '../methods/common-inputs.ts'
import { andThen, known, refuse } from '../outcome.ts'
import { impliedReturn, kiatPremium, kiatRate, requiredReturn, weightedReturn } from '../rates/capital.ts'
import { sum } from '../series.ts'
import { currencyRate, nominalFromReal, realRate } from '../time/rates.ts'
import { defineSupport, rateKeys } from './kit.ts'

/** KIAT rate, version 1: WACC with the premium of commercialisation and of size. */
export const kiatRateSupport = defineSupport({
  id: 'kiat-rate/1',
  group: 'rate',
  feeds: rateKeys,
  unit: 'fraction',
  name: { vi: 'Tỷ suất theo hướng dẫn KIAT', en: 'Rate by the KIAT guide' },
  summary: { vi: 'Chi phí vốn bình quân cộng phần bù thương mại hóa và phần bù quy mô; phần bù quy mô chỉ tính trên phần vốn chủ.', en: 'Average cost of capital plus the premiums of commercialisation and size; the size premium counts on the equity part only.' },
  clause: { vi: 'Hướng dẫn định giá công nghệ của KIAT (Hàn Quốc); phải lập luận khi dùng tại Việt Nam', en: 'KIAT technology valuation guide (Korea); to be argued when used in Viet Nam' },
  inputs: [
    input('number', 'costOfDebt', 'fraction', true, ['Chi phí nợ', 'Cost of debt'], ['Dùng nguyên như bảng tham chiếu đưa ra, không nhân thêm (1 − thuế suất).', 'Used as the reference table gives it, without a tax factor.'], { symbol: 'kD', min: -0.5, max: 2 }),
    input('number', 'costOfEquity', 'fraction', true, ['Chi phí vốn chủ sở hữu', 'Cost of equity'], ['Của ngành.', 'Of the industry.'], { symbol: 'kE', min: -0.5, max: 5 }),
    input('number', 'equityWeight', 'fraction', true, ['Tỷ trọng vốn chủ sở hữu', 'Weight of equity'], ['Của ngành.', 'Of the industry.'], { symbol: 'wE', min: 0, max: 1 }),
    input('number', 'commercialisationPremium', 'fraction', true, ['Phần bù thương mại hóa', 'Commercialisation premium'], ['Từ bảng điểm 20–50; có thể tính bằng bảng tính phụ “Phần bù thương mại hóa KIAT”. Không dùng cùng xác suất giai đoạn.', 'From the score table 20–50; the support “KIAT commercialisation premium” gives it. Not together with stage probabilities.'], {
      symbol: 'a', min: 0, max: 2, range: { low: 0.0018, high: 0.1001, citation: { vi: 'Hướng dẫn KIAT, điểm 50 đến 20', en: 'KIAT guide, scores 50 to 20' } },
    }),
    input('number', 'sizePremium', 'fraction', true, ['Phần bù quy mô', 'Size premium'], ['Phần bù của vốn chủ; ghi 0 nếu không tính.', 'A premium on equity; enter 0 if not taken.'], { symbol: 's', min: 0, max: 2 }),
  ],
  work: (reader) =>
    andThen(
      kiatRate({ costOfDebt: reader.number('costOfDebt'), costOfEquity: reader.number('costOfEquity'), equityWeight: reader.number('equityWeight'), commercialisationPremium: reader.number('commercialisationPremium'), sizePremium: reader.number('sizePremium') }),
      ({ rate, wacc, spread, factors }) =>
        known({
          value: rate,
          formula: 'r = kD·(1 − wE) + kE·wE + a + s·wE',
          words: { vi: 'Chi phí vốn bình quân cộng hai phần bù; phần bù quy mô nhân tỷ trọng vốn chủ.', en: 'Average cost of capital plus both premiums; the size premium times the weight of equity.' },
          steps: (rows) => [
            rows.step('wacc', { vi: 'Chi phí vốn bình quân', en: 'Weighted average cost of capital' }, 'fraction', wacc),
            rows.step('spread', { vi: 'Tổng phần bù', en: 'Premiums in total' }, 'fraction', spread, { formula: 'a + s × wE' }),
            rows.step('factors', { vi: 'Hệ số chiết khấu năm 1–6', en: 'Discount factors of years 1–6' }, 'factor', factors, { formula: '(1 + r)^(−t)' }),
          ],
        }),
    ),
})

/** KIAT commercialisation premium by score, version 1 (phần bù thương mại hóa). */
export const kiatPremiumSupport = defineSupport({
  id: 'kiat-premium/1',
  group: 'rate',
  feeds: ['commercialisationPremium', 'assetPremium', 'specificPremium'],
  unit: 'fraction',
  name: { vi: 'Phần bù thương mại hóa KIAT', en: 'KIAT commercialisation premium' },
  summary: { vi: 'Phần bù theo điểm đánh giá khả năng thương mại hóa 20–50, theo bảng của KIAT.', en: 'Premium by the commercialisation score 20–50, by the KIAT table.' },
  clause: { vi: 'Hướng dẫn định giá công nghệ của KIAT (Hàn Quốc): lấy theo bảng, công thức in kèm lệch bảng tới 0,017 điểm phần trăm', en: 'KIAT technology valuation guide (Korea): the table counts; the printed formula misses it by up to 0.017 percentage points' },
  inputs: [input('number', 'score', 'points', true, ['Điểm thương mại hóa', 'Commercialisation score'], ['Từ 20 đến 50, theo bảng chấm của KIAT.', 'From 20 to 50, by the KIAT scorecard.'], { symbol: 'q', min: 0, max: 100 })],
  work: (reader) =>
    andThen(kiatPremium(reader.number('score')), ({ table, printed }) =>
      known({
        value: table,
        formula: 'a = c₀ − c₁ × ln(q/10 − 1)',
        words: { vi: 'c₀ = 0,1001 và c₁ = 0,0709 cho lại đúng bảng đã công bố, làm tròn hai chữ số phần trăm.', en: 'c₀ = 0.1001 and c₁ = 0.0709 reproduce the published table, to two decimals of a percent.' },
        steps: (rows) => [rows.step('printed', { vi: 'Theo công thức in trong hướng dẫn', en: 'By the formula printed in the guide' }, 'fraction', printed, { words: { vi: 'Hướng dẫn in c₁ = 0,071.', en: 'The guide prints c₁ = 0.071.' } })],
      }),
    ),
})

/** Venture method, version 1 (mức sinh lời nhà đầu tư mạo hiểm đòi hỏi). */
export const ventureRateSupport = defineSupport({
  id: 'venture-rate/1',
  group: 'rate',
  feeds: ['costOfEquity', ...rateKeys],
  unit: 'fraction',
  name: { vi: 'Tỷ suất của nhà đầu tư mạo hiểm', en: 'Venture rate' },
  summary: { vi: 'Mức sinh lời mỗi năm để vốn tăng theo hệ số mong muốn, sau khi bị pha loãng. Đã chứa rủi ro thất bại: không dùng cùng xác suất thành công.', en: 'Yearly return at which capital grows by the wanted multiple after dilution. It contains the risk of failure: not together with success probabilities.' },
  clause: { vi: 'Phương pháp đầu tư mạo hiểm (Sahlman); phải lập luận khi dùng', en: 'Venture capital method (Sahlman); to be argued' },
  inputs: [
    input('number', 'multiple', 'factor', true, ['Hệ số nhân vốn', 'Multiple of capital'], ['Vốn thu về khi thoái trên vốn bỏ ra.', 'Capital returned at exit over capital invested.'], { symbol: 'M', min: 0, max: 10_000 }),
    input('number', 'dilution', 'fraction', true, ['Mức pha loãng', 'Dilution'], ['Phần sở hữu mất đi qua các vòng vốn sau. Ghi 0 nếu không có.', 'Share of ownership lost in later rounds. Enter 0 if none.'], { symbol: 'd', min: 0, max: 1 }),
    input('number', 'years', 'years', true, ['Số năm đến khi thoái vốn', 'Years to exit'], ['Có thể là số lẻ.', 'May be fractional.'], { symbol: 'n', min: 0, max: 100 }),
  ],
  work: (reader) =>
    andThen(requiredReturn(reader.number('multiple'), reader.number('dilution'), reader.number('years')), ({ rate, growthFactor }) =>
      known({
        value: rate,
        formula: 'r = [M/(1 − d)]^(1/n) − 1',
        words: { vi: 'Giá trị phải tăng nhiều hơn hệ số mong muốn để bù phần bị pha loãng.', en: 'The value must grow by more than the multiple to make up for dilution.' },
        steps: (rows) => [rows.step('growthFactor', { vi: 'Hệ số tăng giá trị cần có', en: 'Growth of value needed' }, 'factor', growthFactor, { formula: 'M / (1 − d)' })],
      }),
    ),
})

const assets = { table: 'assets', label: { vi: 'Tài sản', en: 'Asset' } }

/** WARA check and implied return, version 1 (kiểm tra bằng tỷ suất sinh lời bình quân của tài sản). */
export const waraSupport = defineSupport({
  id: 'wara-check/1',
  group: 'rate',
  feeds: rateKeys,
  unit: 'fraction',
  name: { vi: 'Kiểm tra WARA', en: 'WARA check' },
  summary: { vi: 'Bình quân mức sinh lời của mọi tài sản phải gần bằng WACC; hoặc suy ra mức sinh lời của tài sản còn lại sao cho bằng WACC.', en: 'The mean return of all assets should come close to WACC; or the return of the remaining asset that makes them equal.' },
  clause: { vi: 'IVS 210; hướng dẫn chi phí tài sản đóng góp (AICPA)', en: 'IVS 210; contributory asset charges guide (AICPA)' },
  inputs: [
    input('choice', 'find', 'none', true, ['Cần tìm', 'What to find'], ['Bình quân của các mức sinh lời đã biết, hoặc mức sinh lời của một tài sản chưa biết.', 'The mean of known returns, or the return of one asset not known.'], { choices: choices(['implied', 'Mức sinh lời của tài sản còn lại', 'Return of the remaining asset'], ['mean', 'Bình quân WARA', 'The mean, WARA']) }),
    input('series', 'assetValues', 'money', true, ['Giá trị tài sản', 'Value of the asset'], ['Vốn lưu động, tài sản cố định, từng tài sản vô hình; theo giá trị hợp lý.', 'Working capital, fixed assets, each intangible; at fair value.'], { symbol: 'V', min: 0, rows: assets }),
    input('series', 'assetReturns', 'fraction', true, ['Mức sinh lời đòi hỏi', 'Required return'], ['Sau thuế; thường tăng dần từ vốn lưu động, tài sản cố định đến tài sản vô hình.', 'After tax; usually rising from working capital and fixed assets to intangibles.'], { symbol: 'r', min: -0.5, max: 5, rows: assets }),
    input('number', 'residualValue', 'money', true, ['Giá trị tài sản còn lại', 'Value of the remaining asset'], ['Tài sản chưa biết mức sinh lời, ví dụ công nghệ đang thẩm định.', 'The asset whose return is sought, for example the subject technology.'], { symbol: 'V*', min: 0, when: { key: 'find', is: ['implied'] } }),
    input('number', 'wacc', 'fraction', true, ['WACC', 'WACC'], ['Chi phí vốn bình quân của doanh nghiệp chứa các tài sản này.', 'Weighted average cost of capital of the business that holds these assets.'], { symbol: 'k', min: -0.5, max: 5 }),
  ],
  work: (reader) => {
    const [values, returns, wacc] = [reader.series('assetValues'), reader.series('assetReturns'), reader.number('wacc')]
    if (values.length !== returns.length) return refuse('lengths-differ', { expected: values.length, actual: returns.length })
    if (reader.choice('find') === 'implied') {
      const residual = reader.number('residualValue')
      return andThen(impliedReturn([...values, residual], [...returns, null], wacc), (value) =>
        known({
          value,
          formula: 'r* = (k·ΣV − Σ Vⱼ·rⱼ) / V*',
          words: { vi: 'Mức sinh lời làm cho bình quân của mọi tài sản bằng WACC.', en: 'The return at which the mean of all assets equals WACC.' },
          steps: (rows) => [rows.step('whole', { vi: 'Tổng giá trị tài sản', en: 'Assets in total' }, 'money', sum(values) + residual, { formula: 'ΣV' })],
        }),
      )
    }
    const whole = sum(values)
    if (!(whole > 0)) return refuse('value-not-positive', { name: 'capital' })
    const weights = values.map((value) => value / whole)
    return andThen(weightedReturn(weights, returns, wacc), ({ wara, difference }) =>
      known({
        value: wara,
        formula: 'WARA = Σ wⱼ × rⱼ',
        words: { vi: 'Mức sinh lời của từng tài sản nhân tỷ trọng giá trị của nó.', en: 'The return of each asset times its share of value.' },
        steps: (rows) => [
          rows.step('weights', { vi: 'Tỷ trọng', en: 'Weight' }, 'fraction', weights, { formula: 'wⱼ = Vⱼ / ΣV' }),
          rows.step('difference', { vi: 'Chênh lệch so với WACC', en: 'Difference from WACC' }, 'fraction', difference, { formula: 'WARA − k' }),
        ],
      }),
    )
  },
})

const needs = (...is: readonly string[]) => ({ when: { key: 'convert', is } })

/** Real, nominal and foreign-currency rates, version 1 (quy đổi tỷ suất). */
export const realNominalSupport = defineSupport({
  id: 'real-nominal/1',
  group: 'rate',
  feeds: ['riskFree', 'costOfDebt', 'costOfEquity', ...rateKeys],
  unit: 'fraction',
  name: { vi: 'Quy đổi tỷ suất thực, danh nghĩa, loại tiền', en: 'Real, nominal and currency rates' },
  summary: { vi: 'Đưa tỷ suất về cùng cách tính lạm phát và loại tiền với dòng tiền; nhân chia, không cộng trừ chênh lệch lạm phát.', en: 'Brings a rate to the inflation terms and currency of the flows; by ratio, not by adding the difference.' },
  clause: { vi: 'Quan hệ Fisher; IVS 105', en: 'Fisher relation; IVS 105' },
  inputs: [
    input('choice', 'convert', 'none', true, ['Quy đổi', 'Conversion'], ['Chọn chiều quy đổi.', 'Choose the direction.'], { choices: choices(['real', 'Danh nghĩa sang thực', 'Nominal to real'], ['nominal', 'Thực sang danh nghĩa', 'Real to nominal'], ['currency', 'Sang loại tiền khác', 'To another currency']) }),
    input('number', 'startRate', 'fraction', true, ['Tỷ suất cần quy đổi', 'Rate to convert'], ['Nêu rõ loại tiền và cách tính lạm phát của nó.', 'State its currency and inflation terms.'], { symbol: 'r₀', min: -0.99, max: 10 }),
    input('number', 'inflation', 'fraction', true, ['Lạm phát', 'Inflation'], ['Bình quân năm dự kiến, cùng loại tiền.', 'Expected yearly mean, in the same currency.'], { symbol: 'π', min: -0.99, max: 10, ...needs('real', 'nominal') }),
    input('number', 'inflationFrom', 'fraction', true, ['Lạm phát của loại tiền ban đầu', 'Inflation of the first currency'], ['Bình quân năm dự kiến.', 'Expected yearly mean.'], { symbol: 'π₁', min: -0.99, max: 10, ...needs('currency') }),
    input('number', 'inflationTo', 'fraction', true, ['Lạm phát của loại tiền dòng tiền', 'Inflation of the flows’ currency'], ['Bình quân năm dự kiến.', 'Expected yearly mean.'], { symbol: 'π₂', min: -0.99, max: 10, ...needs('currency') }),
  ],
  work: (reader) => {
    const rate = reader.number('startRate')
    switch (reader.choice('convert')) {
      case 'real':
        return andThen(realRate(rate, reader.number('inflation')), (value) => known({ value, formula: 'r = (1 + r₀)/(1 + π) − 1', words: { vi: 'Tỷ suất đã loại lạm phát.', en: 'The rate free of inflation.' }, steps: () => [] }))
      case 'nominal':
        return andThen(nominalFromReal(rate, reader.number('inflation')), (value) => known({ value, formula: 'r = (1 + r₀)(1 + π) − 1', words: { vi: 'Tỷ suất gồm cả lạm phát.', en: 'The rate with inflation in it.' }, steps: () => [] }))
      default:
        return andThen(currencyRate(rate, reader.number('inflationFrom'), reader.number('inflationTo')), (value) =>
          known({ value, formula: 'r = (1 + r₀)(1 + π₂)/(1 + π₁) − 1', words: { vi: 'Tỷ suất ở loại tiền của dòng tiền; cộng trừ chênh lệch lạm phát sẽ sai.', en: 'The rate in the flows’ currency; adding the difference of inflations would be wrong.' }, steps: (rows) => [rows.step('shortcut', { vi: 'Nếu chỉ cộng chênh lệch lạm phát', en: 'By adding the difference instead' }, 'fraction', rate + reader.number('inflationTo') - reader.number('inflationFrom'), { formula: 'r₀ + π₂ − π₁' })] }),
        )
    }
  },
})
