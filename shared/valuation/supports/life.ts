import type { InputSpec } from '../figure.ts'
import { legalLife, lifeByValueShare, lifeFromAttrition, lifeFromObsolescence, remainingLife, shortestLife, technologyCycleTime, weibull } from '../life/economic-life.ts'
import { choices, input, rate, timing, timingOf } from '../methods/common-inputs.ts'
import { andThen, known, refuse } from '../outcome.ts'
import { defineSupport } from './kit.ts'

const clause = { vi: 'TT 37/2024/TT-BTC (tuổi đời kinh tế còn lại của tài sản vô hình); IVS 210', en: 'Circular 37/2024/TT-BTC (remaining economic life of an intangible); IVS 210' }

const limit = (key: string, symbol: string, label: readonly [string, string], help: readonly [string, string]): InputSpec => input('number', key, 'years', false, label, help, { symbol, min: 0, max: 200 })

/** Limits of the economic life, in the order in which an equal one binds. */
const limits: readonly InputSpec[] = [
  limit('technology', 'L₁', ['Giới hạn công nghệ', 'Technological limit'], ['Số năm đến khi công nghệ bị thay thế. Có thể tính từ chu kỳ công nghệ hoặc tốc độ lạc hậu. Để trống nếu không có căn cứ.', 'Years until the technology is superseded, for example from its cycle time or obsolescence. Leave empty without evidence.']),
  limit('legal', 'L₂', ['Giới hạn pháp lý', 'Legal limit'], ['Thời hạn bảo hộ còn lại của quyền chính. Có thể tính bằng bảng tính phụ “Thời hạn bảo hộ còn lại”.', 'Protection left of the main right. The support “Protection left” computes it.']),
  limit('contract', 'L₃', ['Giới hạn hợp đồng', 'Contractual limit'], ['Thời hạn còn lại của hợp đồng cấp quyền, cung ứng, độc quyền.', 'Time left of licences, supply or exclusivity.']),
  limit('product', 'L₄', ['Giới hạn sản phẩm, thị trường', 'Product and market limit'], ['Vòng đời của sản phẩm dùng công nghệ.', 'Life of the products that use the technology.']),
  limit('plan', 'L₅', ['Kế hoạch của chủ sở hữu', 'Owner’s plan'], ['Thời gian chủ sở hữu dự định khai thác.', 'Time over which the owner means to use it.']),
]

/** Economic life as the least of its limits, version 1 (tuổi đời kinh tế). */
export const economicLifeSupport = defineSupport({
  id: 'economic-life/1',
  group: 'life',
  feeds: ['life', 'years'],
  unit: 'years',
  name: { vi: 'Tuổi đời kinh tế còn lại', en: 'Remaining economic life' },
  summary: { vi: 'Mức nhỏ nhất trong các giới hạn có chứng cứ: công nghệ, pháp lý, hợp đồng, thị trường, kế hoạch của chủ sở hữu.', en: 'The least of the limits that have evidence: technology, law, contract, market, owner’s plan.' },
  clause,
  inputs: [
    ...limits,
    input('number', 'preparationYears', 'years', false, ['Thời gian chuẩn bị', 'Preparation time'], ['Số năm trước khi có doanh thu; chỉ trừ khi dự báo bắt đầu từ năm có doanh thu. Để trống nếu không trừ.', 'Years before revenue; deduct only where the forecast starts with revenue. Leave empty otherwise.'], { symbol: 'p', min: 0, max: 50 }),
  ],
  work: (reader) => {
    const given = limits.flatMap((spec) => {
      const years = reader.maybe(spec.key)
      return years === null ? [] : [{ name: spec.key, years }]
    })
    return andThen(shortestLife(given), ({ life, binding }) => {
      const preparation = reader.maybe('preparationYears')
      const label = limits.find((spec) => spec.key === binding)?.label ?? { vi: binding, en: binding }
      return andThen(preparation === null ? known({ cashFlowYears: life }) : remainingLife(life, 0, null, preparation), ({ cashFlowYears }) =>
        known({
          value: cashFlowYears,
          formula: preparation === null ? 'L = min(Lᵢ)' : 'L = max(min(Lᵢ) − p, 0)',
          words: { vi: `Giới hạn quyết định: ${label.vi.toLowerCase()}.`, en: `The limit that binds: ${label.en.toLowerCase()}.` },
          steps: (rows) => [rows.step('least', { vi: 'Giới hạn nhỏ nhất', en: 'Least limit' }, 'years', life, { words: label })],
        }),
      )
    })
  },
})

/** Protection left, version 1 (thời hạn bảo hộ còn lại). */
export const legalLifeSupport = defineSupport({
  id: 'legal-life/1',
  group: 'life',
  feeds: ['legal', 'legalRemaining', 'life'],
  unit: 'years',
  name: { vi: 'Thời hạn bảo hộ còn lại', en: 'Protection left' },
  summary: { vi: 'Từ ngày nộp đơn cộng thời hạn bảo hộ, trừ thời điểm thẩm định giá. Chỉ đúng khi phí duy trì đã nộp.', en: 'From filing date plus term to the valuation date. Holds only while upkeep fees are paid.' },
  clause: { vi: 'Luật Sở hữu trí tuệ, Điều 93 (sáng chế 20 năm, giải pháp hữu ích 10 năm từ ngày nộp đơn); Hiệp định TRIPS, Điều 33', en: 'Law on Intellectual Property, Art. 93 (patent 20 years, utility solution 10 years from filing); TRIPS, Art. 33' },
  inputs: [
    input('date', 'filingDate', 'none', true, ['Ngày nộp đơn', 'Filing date'], ['Ngày nộp đơn hợp lệ ghi trên văn bằng.', 'Valid filing date on the grant.'], { symbol: 't₀' }),
    input('date', 'valuationDate', 'none', true, ['Thời điểm thẩm định giá', 'Valuation date'], ['Như ghi trong thông tin chung của hồ sơ.', 'As in the general information of the dossier.'], { symbol: 't' }),
    input('number', 'termYears', 'years', true, ['Thời hạn bảo hộ', 'Term of protection'], ['Số năm tròn từ ngày nộp đơn: sáng chế 20, giải pháp hữu ích 10.', 'Whole years from filing: patent 20, utility solution 10.'], { symbol: 'n', min: 1, max: 100 }),
  ],
  work: (reader) =>
    andThen(legalLife(reader.choice('filingDate'), reader.choice('valuationDate'), reader.number('termYears')), ({ years, days, expiryDate }) =>
      known({
        value: years,
        formula: 'L₂ = (t₀ + n − t) / 365¼',
        words: { vi: `Hết hạn ngày ${expiryDate.split('-').toReversed().join('/')}; số ngày theo lịch chia 365,25.`, en: `Expires on ${expiryDate.split('-').toReversed().join('/')}; calendar days over 365.25.` },
        steps: (rows) => [rows.step('days', { vi: 'Số ngày còn lại', en: 'Days left' }, 'count', days)],
      }),
    ),
})

const cited = { table: 'patents', label: { vi: 'Sáng chế được trích dẫn', en: 'Cited patent' } }

/** Technology cycle time, version 1 (chu kỳ công nghệ). */
export const technologyCycleTimeSupport = defineSupport({
  id: 'technology-cycle-time/1',
  group: 'life',
  feeds: ['cycleTime', 'technology'],
  unit: 'years',
  name: { vi: 'Chu kỳ công nghệ (TCT)', en: 'Technology cycle time (TCT)' },
  summary: { vi: 'Trung vị tuổi của các sáng chế được trích dẫn ở trang đầu văn bằng, tính đến ngày cấp.', en: 'Median age of the patents cited on the front page, at the day of grant.' },
  clause: { vi: 'Kayal (1999)', en: 'Kayal (1999)' },
  inputs: [
    input('series', 'ages', 'years', true, ['Tuổi sáng chế được trích dẫn', 'Age of the cited patent'], ['Số năm từ ngày cấp của sáng chế được trích dẫn đến ngày cấp của sáng chế trích dẫn nó.', 'Years from the cited grant to the citing grant.'], { min: 0, max: 300, rows: cited }),
    input('choice', 'rule', 'none', true, ['Quy tắc tứ phân vị', 'Quartile rule'], ['Hai quy tắc khác nhau khi mẫu nhỏ; báo cáo nêu rõ quy tắc đã dùng.', 'The two differ in small samples; the report states the one used.'], { choices: choices(['inclusive', 'Tính cả hai đầu, vị trí (n − 1)p', 'Inclusive, position (n − 1)p'], ['exclusive', 'Không tính hai đầu, vị trí (n + 1)p', 'Exclusive, position (n + 1)p']) }),
  ],
  work: (reader) =>
    andThen(technologyCycleTime(reader.series('ages'), reader.choice('rule') === 'exclusive' ? 'exclusive' : 'inclusive'), ({ median, q1, q3, mean }) =>
      known({
        value: median,
        formula: 'TCT = trung vị / median(ages)',
        words: { vi: 'Tuổi đứng giữa khi xếp các sáng chế được trích dẫn theo tuổi.', en: 'The middle age when the cited patents are put in order.' },
        steps: (rows) => [
          rows.step('q1', { vi: 'Tứ phân vị thứ nhất', en: 'First quartile' }, 'years', q1),
          rows.step('q3', { vi: 'Tứ phân vị thứ ba', en: 'Third quartile' }, 'years', q3),
          rows.step('mean', { vi: 'Trung bình', en: 'Mean' }, 'years', mean),
          rows.step('count', { vi: 'Số sáng chế', en: 'Patents' }, 'count', reader.series('ages').length),
        ],
      }),
    ),
})

/** Life left of a cycle that runs from filing, version 1 (tuổi đời công nghệ còn lại). */
export const technologyLifeSupport = defineSupport({
  id: 'technology-life/1',
  group: 'life',
  feeds: ['technology', 'life'],
  unit: 'years',
  name: { vi: 'Tuổi đời công nghệ còn lại', en: 'Technology life left' },
  summary: { vi: 'Chu kỳ công nghệ trừ số năm đã qua từ ngày nộp đơn, không quá thời hạn pháp lý; có thể trừ thời gian chuẩn bị.', en: 'Cycle time less the years since filing, within legal protection; preparation time may be deducted.' },
  clause,
  inputs: [
    input('number', 'cycleTime', 'years', true, ['Chu kỳ công nghệ', 'Cycle time'], ['Từ tuổi sáng chế được trích dẫn hoặc bảng theo phân loại IPC; nêu nguồn.', 'From ages of cited patents or a table by IPC; state the source.'], { symbol: 'TCT', min: 0, max: 200 }),
    input('number', 'yearsSinceFiling', 'years', true, ['Số năm từ ngày nộp đơn', 'Years since filing'], ['Đến thời điểm thẩm định giá.', 'Up to the valuation date.'], { symbol: 'e', min: 0, max: 200 }),
    input('number', 'legalRemaining', 'years', false, ['Thời hạn bảo hộ còn lại', 'Protection left'], ['Để trống nếu không có quyền đăng ký.', 'Leave empty without a registered right.'], { symbol: 'L₂', min: 0, max: 200 }),
    input('number', 'preparationYears', 'years', true, ['Thời gian chuẩn bị', 'Preparation time'], ['Số năm trước khi có doanh thu. Ghi 0 nếu không có.', 'Years before revenue. Enter 0 if none.'], { symbol: 'p', min: 0, max: 50 }),
    input('choice', 'result', 'none', true, ['Kết quả cần', 'Result wanted'], ['Tuổi đời, hoặc khoảng có dòng tiền sau khi trừ thời gian chuẩn bị.', 'The life, or the window of flows after preparation.'], { choices: choices(['life', 'Tuổi đời còn lại', 'Life left'], ['window', 'Khoảng có dòng tiền', 'Window of flows']) }),
  ],
  work: (reader) =>
    andThen(remainingLife(reader.number('cycleTime'), reader.number('yearsSinceFiling'), reader.maybe('legalRemaining'), reader.number('preparationYears')), ({ technologyRemaining, life, cashFlowYears }) =>
      known({
        value: reader.choice('result') === 'window' ? cashFlowYears : life,
        formula: reader.choice('result') === 'window' ? 'max(min(TCT − e, L₂) − p, 0)' : 'min(max(TCT − e, 0), L₂)',
        words: { vi: 'Phần chu kỳ chưa qua, không quá thời hạn bảo hộ.', en: 'What is left of the cycle, within protection.' },
        steps: (rows) => [
          rows.step('technologyRemaining', { vi: 'Phần chu kỳ còn lại', en: 'Cycle left' }, 'years', technologyRemaining, { formula: 'TCT − e' }),
          rows.step('remaining', { vi: 'Tuổi đời còn lại', en: 'Life left' }, 'years', life),
          rows.step('window', { vi: 'Khoảng có dòng tiền', en: 'Window of flows' }, 'years', cashFlowYears),
        ],
      }),
    ),
})

const when = (...is: readonly string[]) => ({ when: { key: 'curve', is } })
const residue = input('number', 'residue', 'fraction', true, ['Phần còn lại coi như hết', 'Residue counted as none'], ['Mức mà dưới đó công nghệ coi như không còn đóng góp, thường 5–10 %.', 'Below this the technology counts as spent, usually 5–10 %.'], { symbol: 'q', min: 0, max: 1, ...when('attrition', 'obsolescence') })

/** Life from a survival curve, version 1 (tuổi đời theo đường sống sót). */
export const survivalLifeSupport = defineSupport({
  id: 'survival-life/1',
  group: 'life',
  feeds: ['technology', 'product', 'life'],
  unit: 'years',
  name: { vi: 'Tuổi đời theo đường sống sót', en: 'Life by a survival curve' },
  summary: { vi: 'Số năm đến khi tỷ lệ rời bỏ, tốc độ lạc hậu hoặc đường Weibull làm công nghệ gần hết tác dụng.', en: 'Years until attrition, obsolescence or a Weibull curve leaves the technology nearly spent.' },
  clause,
  inputs: [
    input('choice', 'curve', 'none', true, ['Dạng suy giảm', 'Form of decline'], ['Nêu rõ dạng đã dùng: rời rạc và liên tục cho tuổi đời khác nhau.', 'State the form used: discrete and continuous decline give different lives.'], { choices: choices(['attrition', 'Tỷ lệ rời bỏ mỗi năm', 'Yearly attrition'], ['obsolescence', 'Lạc hậu liên tục', 'Continuous obsolescence'], ['weibull', 'Đường Weibull', 'Weibull curve']) }),
    input('number', 'attritionRate', 'fraction', true, ['Tỷ lệ rời bỏ', 'Attrition'], ['Phần mất đi mỗi năm, tính trên phần còn lại.', 'Share lost each year, of what is left.'], { symbol: 'a', min: 0, max: 1, ...when('attrition') }),
    input('number', 'obsolescenceRate', 'fraction', true, ['Tốc độ lạc hậu', 'Rate of obsolescence'], ['Mức suy giảm liên tục theo năm.', 'Continuous yearly decline.'], { symbol: 'd', min: 0, max: 20, ...when('obsolescence') }),
    residue,
    input('number', 'legalMax', 'years', false, ['Giới hạn pháp lý', 'Legal limit'], ['Để trống nếu không có.', 'Leave empty if none.'], { symbol: 'L₂', min: 0, max: 200, ...when('obsolescence') }),
    input('number', 'shape', 'none', true, ['Tham số hình dạng', 'Shape'], ['Trên 1: càng lâu càng dễ bị thay thế.', 'Above 1: the older, the likelier to be replaced.'], { symbol: 'α', min: 0, max: 1000, ...when('weibull') }),
    input('number', 'scale', 'years', true, ['Tham số thang', 'Scale'], ['Tuổi mà 63,2 % đã bị thay thế.', 'Age at which 63.2 % are replaced.'], { symbol: 'β', min: 0, max: 1000, ...when('weibull') }),
    input('choice', 'centre', 'none', true, ['Tuổi đời lấy theo', 'Life taken as'], ['Trung vị: một nửa còn dùng. Trung bình: tuổi đời kỳ vọng.', 'Median: half still in use. Mean: expected life.'], { choices: choices(['median', 'Trung vị', 'Median'], ['mean', 'Trung bình', 'Mean']), ...when('weibull') }),
  ],
  work: (reader) => {
    switch (reader.choice('curve')) {
      case 'attrition':
        return andThen(lifeFromAttrition(reader.number('attritionRate'), reader.number('residue')), ({ years, halfLife, expectedLife }) =>
          known({
            value: years, formula: 'L = ln q / ln(1 − a)', words: { vi: 'Số năm đến khi chỉ còn phần q.', en: 'Years until only the share q is left.' },
            steps: (rows) => [rows.step('halfLife', { vi: 'Nửa đời', en: 'Half-life' }, 'years', halfLife, { formula: 'ln ½ / ln(1 − a)' }), rows.step('expected', { vi: 'Tuổi đời kỳ vọng', en: 'Expected life' }, 'years', expectedLife, { formula: '1 / a' })],
          }),
        )
      case 'obsolescence':
        return andThen(lifeFromObsolescence(reader.number('obsolescenceRate'), reader.number('residue'), reader.maybe('legalMax')), ({ economicLife, life }) =>
          known({
            value: life, formula: reader.maybe('legalMax') === null ? 'L = −ln q / d' : 'L = min(−ln q / d, L₂)', words: { vi: 'Số năm đến khi lạc hậu liên tục chỉ còn để lại phần q.', en: 'Years until continuous obsolescence leaves only the share q.' },
            steps: (rows) => [rows.step('economic', { vi: 'Tuổi đời chưa xét pháp lý', en: 'Life before the legal limit' }, 'years', economicLife)],
          }),
        )
      default:
        return andThen(weibull(reader.number('shape'), reader.number('scale'), []), ({ median, mean }) =>
          known({
            value: reader.choice('centre') === 'mean' ? mean : median,
            formula: reader.choice('centre') === 'mean' ? 'L = β × Γ(1 + 1/α)' : 'L = β × (ln 2)^(1/α)', words: { vi: 'Đường sống sót exp(−(x/β)^α).', en: 'Survival exp(−(x/β)^α).' },
            steps: (rows) => [rows.step('median', { vi: 'Trung vị', en: 'Median' }, 'years', median), rows.step('mean', { vi: 'Trung bình', en: 'Mean' }, 'years', mean)],
          }),
        )
    }
  },
})

/** Life by cumulative value, version 1 (tuổi đời theo giá trị tích lũy). */
export const valueLifeSupport = defineSupport({
  id: 'value-life/1',
  group: 'life',
  feeds: ['product', 'life'],
  unit: 'years',
  name: { vi: 'Tuổi đời theo giá trị tích lũy', en: 'Life by cumulative value' },
  summary: { vi: 'Năm đầu tiên mà giá trị hiện tại tích lũy đạt phần lớn tổng giá trị, thường 90–95 %.', en: 'First year in which the cumulative present value reaches most of the whole, usually 90–95 %.' },
  clause,
  inputs: [
    input('series', 'cashflows', 'money', true, ['Dòng tiền', 'Cash flow'], ['Dòng tiền dự báo từng năm, dài hơn tuổi đời dự kiến.', 'Forecast flow of each year, longer than the expected life.'], { symbol: 'CF' }),
    rate,
    timing,
    input('number', 'share', 'fraction', true, ['Phần giá trị cần đạt', 'Share of value to reach'], ['Thường 90 % hoặc 95 %; nêu lý do.', 'Usually 90 % or 95 %; give the reason.'], { symbol: 's', min: 0, max: 1 }),
  ],
  work: (reader) => {
    const flows = reader.series('cashflows')
    if (flows.length === 0) return refuse('no-data')
    return andThen(lifeByValueShare(flows, reader.number('rate'), reader.number('share'), timingOf(reader)), ({ years, cumulativeShare }) =>
      known({
        value: years, formula: 'L = min{n : Σₜ₌₁ⁿ PVₜ ≥ s × Σ PV}', words: { vi: 'Các năm sau đó đóng góp rất ít.', en: 'Later years add very little.' },
        steps: (rows) => [rows.step('cumulative', { vi: 'Phần giá trị đạt được', en: 'Share of value reached' }, 'fraction', cumulativeShare)],
      }),
    )
  },
})
