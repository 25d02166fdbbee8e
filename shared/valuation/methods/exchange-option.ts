import { exchangeOption } from '../options/real-options.ts'
import { andThen, fromResult, known } from '../outcome.ts'
import { note } from '../reasons.ts'
import { input } from './common-inputs.ts'
import { defineMethod } from './kit.ts'

/** Option to exchange one uncertain value for another, version 1 (quyền hoán đổi), after Margrabe. */
export const exchangeOptionMethod = defineMethod({
  id: 'exchange-option/1',
  approach: 'option',
  name: { vi: 'Quyền hoán đổi (Margrabe)', en: 'Option to exchange (Margrabe)' },
  summary: {
    vi: 'Giá trị của quyền đổi một giá trị không chắc chắn lấy một giá trị khác: đầu tư với chi phí chưa biết trước, hoặc chuyển từ công nghệ cũ sang công nghệ mới. Dùng được một lần, vào cuối hạn.',
    en: 'Value of the right to give up one uncertain value for another: investing at a cost not yet known, or moving from an old technology to a new one. Used once, at the end of the term.',
  },
  clause: { vi: 'Margrabe (1978); IVS 105 (mô hình định giá); tại Việt Nam phải lập luận việc áp dụng', en: 'Margrabe (1978); IVS 105 (valuation models); in Viet Nam its use must be argued' },
  inputs: [
    input('number', 'receiveValue', 'money', true, ['Giá trị nhận về', 'Value received'], ['Giá trị hôm nay của dòng tiền hoặc công nghệ nhận được khi dùng quyền.', 'Value today of the flows or technology received on using the right.'], { symbol: 'S₁', min: 0 }),
    input('number', 'giveValue', 'money', true, ['Giá trị phải bỏ ra', 'Value given up'], ['Giá trị hôm nay của chi phí hoặc công nghệ phải đổi đi; được phép thay đổi theo thời gian.', 'Value today of the cost or technology given up; it may change over time.'], { symbol: 'S₂', min: 0 }),
    input('number', 'years', 'years', true, ['Thời hạn quyết định', 'Time to decide'], ['Thời điểm dùng quyền, tính từ ngày thẩm định giá.', 'When the right is used, counted from the valuation date.'], { symbol: 'T', min: 0, max: 100 }),
    input('number', 'volReceive', 'fraction', true, ['Độ biến động của giá trị nhận về', 'Volatility of the value received'], ['Độ lệch chuẩn mỗi năm của logarit giá trị nhận về. Nêu cách ước lượng.', 'Yearly standard deviation of the log of the value received. Say how it was estimated.'], { symbol: 'σ₁', min: 0, max: 10 }),
    input('number', 'volGive', 'fraction', true, ['Độ biến động của giá trị bỏ ra', 'Volatility of the value given up'], ['Độ lệch chuẩn mỗi năm của logarit chi phí hoặc giá trị bỏ ra. Ghi 0 nếu đã cố định.', 'Yearly standard deviation of the log of the cost or value given up. Enter 0 where it is fixed.'], { symbol: 'σ₂', min: 0, max: 10 }),
    input('number', 'correlation', 'none', true, ['Hệ số tương quan của hai giá trị', 'Correlation of the two values'], ['Từ −1 đến 1. Hai giá trị càng cùng chiều thì quyền càng ít giá trị; ghi 0 chỉ khi có căn cứ là độc lập.', 'From −1 to 1. The more they move together, the less the right is worth; enter 0 only where they are argued to be independent.'], { symbol: 'ρ', min: -1, max: 1 }),
    input('number', 'yieldReceive', 'fraction', true, ['Giá trị nhận về mất đi mỗi năm', 'Yearly loss of the value received'], ['Phần giá trị nhận về mất đi mỗi năm do chưa dùng quyền. Ghi 0 nếu không mất.', 'Share of the value received that is lost each year the right is not used. Enter 0 if none.'], { symbol: 'q₁', min: -0.5, max: 5 }),
    input('number', 'yieldGive', 'fraction', true, ['Giá trị bỏ ra sinh lợi mỗi năm', 'Yearly yield of the value given up'], ['Phần giá trị bỏ ra vẫn đem lại mỗi năm khi còn giữ: thu nhập của công nghệ cũ, lãi của tiền để dành. Chi phí cố định danh nghĩa: ghi lãi suất phi rủi ro.', 'What the value given up still brings each year while kept: income of the old technology, interest on the money set aside. A cost fixed in nominal terms: enter the risk-free rate.'], { symbol: 'q₂', min: -0.5, max: 5 }),
  ],
  work: (reader) => {
    const [receive, give, years] = [reader.number('receiveValue'), reader.number('giveValue'), reader.number('years')]
    const terms = { receive, give, years, yieldReceive: reader.number('yieldReceive'), yieldGive: reader.number('yieldGive'), volReceive: reader.number('volReceive'), volGive: reader.number('volGive'), correlation: reader.number('correlation') }
    return andThen(known(null, [note('volatility-weakest')]), () =>
      andThen(fromResult(exchangeOption(terms)), ({ value, volatility, d1, d2 }) =>
        known({
          value,
          formula: 'V = S₁·e^(−q₁T)·N(d₁) − S₂·e^(−q₂T)·N(d₂)',
          words: { vi: 'Hai giá trị cùng biến động nên chỉ tỷ số giữa chúng là đáng kể; lãi suất phi rủi ro không có mặt trong công thức.', en: 'Both values move, so only their ratio matters; no risk-free rate enters the formula.' },
          steps: (rows) => [
            rows.step('ratioVolatility', { vi: 'Độ biến động của tỷ số hai giá trị', en: 'Volatility of the ratio of the two' }, 'fraction', volatility, { formula: 'σ = √(σ₁² + σ₂² − 2ρσ₁σ₂)' }),
            rows.step('d1', { vi: 'd₁', en: 'd₁' }, 'none', d1, { formula: 'd₁ = [ln(S₁/S₂) + (q₂ − q₁ + σ²/2)·T] / (σ√T)' }),
            rows.step('d2', { vi: 'd₂', en: 'd₂' }, 'none', d2, { formula: 'd₂ = d₁ − σ√T' }),
            rows.step('exchangeNow', { vi: 'Chênh lệch nếu đổi ngay', en: 'Gain if exchanged now' }, 'money', receive - give, { formula: 'S₁ − S₂' }),
            rows.step('waiting', { vi: 'Giá trị của quyền chờ đợi', en: 'Value of being able to wait' }, 'money', value - Math.max(receive - give, 0), {
              formula: 'V − max(S₁ − S₂, 0)',
              words: { vi: 'Có thể âm khi chờ đợi làm mất nhiều giá trị: khi đó nên đổi sớm hơn.', en: 'May be negative where waiting loses much: exchanging earlier is then better.' },
            }),
          ],
        }),
      ),
    )
  },
})
