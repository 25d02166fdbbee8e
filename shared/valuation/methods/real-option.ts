import { blackScholes, type OptionTerms } from '../options/black-scholes.ts'
import { deferOption } from '../options/real-options.ts'
import { andThen, fromResult, known, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { input } from './common-inputs.ts'
import { defineMethod, type Computed } from './kit.ts'
import { latticeSteps, riskFree, steps, volatility } from './option-inputs.ts'

const investNowLabel = { vi: 'Giá trị nếu phải đầu tư ngay', en: 'Value if it had to be developed now' }
const waitingLabel = { vi: 'Giá trị của quyền chờ đợi', en: 'Value of being able to wait' }

/** Used at the end of the term only: Black, Scholes and Merton. */
const atTheEnd = (terms: OptionTerms): Outcome<Computed> =>
  andThen(fromResult(blackScholes(terms)), (prices) => {
    const investNow = terms.spot - terms.strike
    return known({
      value: prices.call,
      formula: 'V = S·e^(−qT)·N(d₁) − K·e^(−rT)·N(d₂)',
      words: { vi: 'Giá trị quyền chọn mua kiểu châu Âu trên dự án: thực hiện khi giá trị dự án vượt chi phí đầu tư.', en: 'Value of a European call on the project: exercised when its value exceeds the cost of development.' },
      steps: (rows) => [
        rows.step('d1', { vi: 'd₁', en: 'd₁' }, 'none', prices.d1, { formula: 'd₁ = [ln(S/K) + (r − q + σ²/2)·T] / (σ√T)' }),
        rows.step('d2', { vi: 'd₂', en: 'd₂' }, 'none', prices.d2, { formula: 'd₂ = d₁ − σ√T' }),
        rows.step('investNow', investNowLabel, 'money', investNow, { formula: 'S − K' }),
        rows.step('waiting', waitingLabel, 'money', prices.call - Math.max(investNow, 0), {
          formula: 'V − max(S − K, 0)',
          words: { vi: 'Có thể âm khi chờ đợi làm mất nhiều giá trị: khi đó nên đầu tư sớm hơn và mô hình châu Âu đánh giá thấp.', en: 'May be negative where waiting loses much: earlier investment is then better and the European model undervalues.' },
        }),
      ],
    })
  })

/** Used at any time: the same right on a binomial tree, with the European price beside it. */
const atAnyTime = (terms: OptionTerms, count: number): Outcome<Computed> =>
  andThen(fromResult(blackScholes(terms)), (european) =>
    andThen(fromResult(deferOption({ ...terms, steps: count, up: null, down: null, underlying: 'asset' }, { style: 'american' }, terms.strike)), ({ deferValue, investNow, premiumForWaiting, lattice }) =>
      known({
        value: deferValue,
        formula: 'V = CRR(max(S − K, 0))',
        words: { vi: 'Tính lùi từ cuối cây: tại mỗi nút lấy mức lớn hơn giữa đầu tư ngay và chờ.', en: 'Rolled back from the end of the tree: at each node the larger of investing now and waiting.' },
        steps: (rows) => [
          ...latticeSteps(rows, lattice),
          rows.step('investNow', investNowLabel, 'money', investNow, { formula: 'S − K' }),
          rows.step('optionValue', waitingLabel, 'money', premiumForWaiting, { formula: 'V − max(S − K, 0)' }),
          rows.step('european', { vi: 'Nếu chỉ dùng được cuối hạn, theo công thức (so sánh)', en: 'If used at the end only, by the formula (comparison)' }, 'money', european.call, { formula: 'S·e^(−qT)·N(d₁) − K·e^(−rT)·N(d₂)' }),
        ],
      }),
    ),
  )

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
    riskFree,
    volatility,
    input('number', 'costOfDelay', 'fraction', true, ['Giá trị mất đi mỗi năm do chờ đợi', 'Value lost a year by waiting'], ['Thường là 1 chia thời hạn bảo hộ còn lại. Ghi 0 nếu chờ đợi không mất gì.', 'Often 1 over the remaining legal life. Enter 0 if waiting costs nothing.'], { symbol: 'q', min: -0.5, max: 5 }),
    input('flag', 'usableEarly', 'none', false, ['Dùng được quyền trước hạn (kiểu Mỹ)', 'May be used before the end (American)'], ['Khi được đầu tư bất cứ lúc nào trong thời hạn. Công thức chỉ tính quyền dùng vào cuối hạn, nên khi đó tính trên cây nhị thức.', 'Where one may invest at any time within the term. The formula covers use at the end only, so a binomial tree is used instead.']),
    { ...steps, when: { key: 'usableEarly', is: [true] } },
  ],
  work: (reader) => {
    const [spot, strike, years] = [reader.number('presentValue'), reader.number('developmentCost'), reader.number('years')]
    const terms = { spot, strike, years, rate: reader.number('riskFree'), dividendYield: reader.number('costOfDelay'), volatility: reader.number('volatility'), compounding: 'continuous' } as const
    return andThen(known(null, [note('volatility-weakest')]), () => (reader.flag('usableEarly') ? atAnyTime(terms, Number(reader.choice('steps'))) : atTheEnd(terms)))
  },
})
