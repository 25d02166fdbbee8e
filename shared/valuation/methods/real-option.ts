import { blackScholes } from '../options/black-scholes.ts'
import { andThen, fromResult, known } from '../outcome.ts'
import { note } from '../reasons.ts'
import { input } from './common-inputs.ts'
import { defineMethod } from './kit.ts'

/** Option to develop a patent or technology, version 1 (quyền chọn thực: quyền đầu tư khai thác công nghệ), by Black, Scholes and Merton. */
export const realOptionMethod = defineMethod({
  id: 'real-option/1',
  approach: 'option',
  name: { vi: 'Quyền chọn đầu tư (Black–Scholes–Merton)', en: 'Option to develop (Black–Scholes–Merton)' },
  summary: {
    vi: 'Giá trị của quyền, không phải nghĩa vụ, đầu tư khai thác công nghệ trong thời hạn còn lại. Hợp với sáng chế chưa khai thác mà kết quả rất không chắc chắn; luôn đi kèm phương pháp khác.',
    en: 'Value of the right, not the duty, to invest in the technology within its remaining term. Suits an undeveloped patent of very uncertain outcome; always beside another method.',
  },
  clause: { vi: 'IVS 105 (mô hình định giá); Damodaran, quyền chọn bằng sáng chế; tại Việt Nam phải lập luận việc áp dụng', en: 'IVS 105 (valuation models); Damodaran, patents as options; in Viet Nam its use must be argued' },
  inputs: [
    input('number', 'presentValue', 'money', true, ['Giá trị hiện tại của dòng tiền nếu khai thác', 'Present value of the flows if developed'], ['Giá trị hôm nay của dòng tiền sau khi đưa công nghệ vào khai thác, chưa trừ chi phí đầu tư.', 'Value today of the flows once the technology is in use, before the cost of developing it.'], { symbol: 'S', min: 0 }),
    input('number', 'developmentCost', 'money', true, ['Chi phí đầu tư để khai thác', 'Cost of development'], ['Giá trị hiện tại của chi phí phải bỏ ra khi thực hiện quyền.', 'Present value of what must be spent on exercise.'], { symbol: 'K', min: 0 }),
    input('number', 'years', 'years', true, ['Thời hạn quyết định', 'Time to decide'], ['Thời gian còn độc quyền để đầu tư, thường là thời hạn bảo hộ còn lại.', 'Time over which the right to invest stays exclusive, usually the remaining legal term.'], { symbol: 'T', min: 0, max: 100 }),
    input('number', 'riskFree', 'fraction', true, ['Lãi suất phi rủi ro, ghép lãi liên tục', 'Risk-free rate, continuously compounded'], ['Kỳ hạn gần với thời hạn quyết định; ln(1 + lãi suất năm).', 'Of a maturity close to the time to decide; ln(1 + yearly rate).'], { symbol: 'r', min: -0.5, max: 2 }),
    input('number', 'volatility', 'fraction', true, ['Độ biến động mỗi năm', 'Volatility a year'], ['Độ lệch chuẩn của logarit giá trị dự án trong một năm: từ doanh nghiệp tương tự, từ kịch bản hoặc mô phỏng. Nêu cách ước lượng.', 'Standard deviation of the log of project value over a year: from similar firms, scenarios or simulation. Say how it was estimated.'], { symbol: 'σ', min: 0, max: 10 }),
    input('number', 'costOfDelay', 'fraction', true, ['Giá trị mất đi mỗi năm do chờ đợi', 'Value lost a year by waiting'], ['Thường là 1 chia thời hạn bảo hộ còn lại. Ghi 0 nếu chờ đợi không mất gì.', 'Often 1 over the remaining legal life. Enter 0 if waiting costs nothing.'], { symbol: 'q', min: -0.5, max: 5 }),
  ],
  work: (reader) => {
    const [spot, strike, years] = [reader.number('presentValue'), reader.number('developmentCost'), reader.number('years')]
    const terms = { spot, strike, years, rate: reader.number('riskFree'), dividendYield: reader.number('costOfDelay'), volatility: reader.number('volatility'), compounding: 'continuous' } as const
    return andThen(known(null, [note('volatility-weakest')]), () =>
      andThen(fromResult(blackScholes(terms)), (prices) =>
        known({
          value: prices.call,
          formula: 'V = S·e^(−qT)·N(d₁) − K·e^(−rT)·N(d₂)',
          words: { vi: 'Giá trị quyền chọn mua kiểu châu Âu trên dự án: thực hiện khi giá trị dự án vượt chi phí đầu tư.', en: 'Value of a European call on the project: exercised when its value exceeds the cost of development.' },
          steps: (rows) => [
            rows.step('d1', { vi: 'd₁', en: 'd₁' }, 'none', prices.d1, { formula: 'd₁ = [ln(S/K) + (r − q + σ²/2)·T] / (σ√T)' }),
            rows.step('d2', { vi: 'd₂', en: 'd₂' }, 'none', prices.d2, { formula: 'd₂ = d₁ − σ√T' }),
            rows.step('investNow', { vi: 'Giá trị nếu phải đầu tư ngay', en: 'Value if it had to be developed now' }, 'money', spot - strike, { formula: 'S − K' }),
            rows.step('waiting', { vi: 'Giá trị của quyền chờ đợi', en: 'Value of being able to wait' }, 'money', prices.call - Math.max(spot - strike, 0), {
              formula: 'V − max(S − K, 0)',
              words: { vi: 'Có thể âm khi chờ đợi làm mất nhiều giá trị: khi đó nên đầu tư sớm hơn và mô hình châu Âu đánh giá thấp.', en: 'May be negative where waiting loses much: earlier investment is then better and the European model undervalues.' },
            }),
          ],
        }),
      ),
    )
  },
})
