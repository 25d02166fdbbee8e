import type { InputSpec, MethodSpec, TraceNode } from '../figure.ts'
import { costNewOf, indexedCost, stateInvestmentValue, vatBases, type CostNew, type VatBase } from '../cost/build-up.ts'
import { lessObsolescence, type Combination } from '../cost/obsolescence.ts'
import { known, refuse, andThen } from '../outcome.ts'
import { note } from '../reasons.ts'
import { sum } from '../series.ts'
import { choices, input } from './common-inputs.ts'
import { defineMethod, type Reader, type Rows } from './kit.ts'

const obsolescenceInputs: readonly InputSpec[] = [
  input('number', 'developerProfitRate', 'fraction', true, ['Lợi nhuận của nhà phát triển', 'Developer’s profit'], ['Phần trăm trên chi phí trực tiếp và gián tiếp. Ghi 0 nếu không tính.', 'Share of direct and indirect cost. Enter 0 if not taken.'], {
      symbol: 'p',
    min: 0,
    max: 2,
    range: { low: 0.1, high: 0.2, citation: { vi: 'opag.io: 10–20 %', en: 'opag.io: 10–20 %' } },
  }),
  input('number', 'buildYears', 'years', true, ['Thời gian tạo ra công nghệ', 'Time to build'], ['Số năm để tạo lại công nghệ; vốn chi đều trong thời gian này. Ghi 0 nếu không tính chi phí cơ hội.', 'Years to build it again; spending is even over them. Enter 0 to leave the incentive out.'], { symbol: 'm', min: 0, max: 50 }),
  input('number', 'opportunityRate', 'fraction', true, ['Tỷ suất chi phí cơ hội', 'Opportunity rate'], ['Thu nhập mà nhà đầu tư bỏ lỡ trong thời gian tạo ra công nghệ, theo năm.', 'Yearly return the investor forgoes while building.'], { symbol: 'r', min: 0, max: 2 }),
  input('choice', 'combine', 'none', true, ['Cách gộp các loại hao mòn', 'How obsolescence combines'], ['Cộng: mỗi tỷ lệ tính trên cùng một gốc. Nhân dồn: mỗi tỷ lệ tính trên phần còn lại.', 'Additive: each rate on the same base. Multiplicative: each on what is left.'], {
    choices: choices(['multiplicative', 'Nhân dồn trên phần còn lại', 'Each on what is left'], ['additive', 'Cộng trên cùng một gốc', 'Added on one base']),
  }),
  input('number', 'physical', 'fraction', false, ['Hao mòn vật lý', 'Physical deterioration'], ['Thường không có với công nghệ thuần túy; có với mẫu, thiết bị đi kèm.', 'Usually none for pure technology; applies to prototypes and equipment.'], { symbol: 'd₁', min: 0, max: 1 }),
  input('number', 'functional', 'fraction', true, ['Hao mòn chức năng, công nghệ', 'Functional and technological obsolescence'], ['Phần lạc hậu so với công nghệ tốt nhất hiện có; nêu cách đo. Ghi 0 nếu không có.', 'How far it lags behind the best available technology; say how measured. Enter 0 if none.'], { symbol: 'd₂', min: 0, max: 1 }),
  input('number', 'economic', 'fraction', true, ['Hao mòn kinh tế (ngoại biên)', 'Economic obsolescence'], ['Phần mất giá do thị trường, pháp luật, nguồn cung. Ghi 0 nếu không có.', 'Loss from market, law or supply outside the asset. Enter 0 if none.'], { symbol: 'd₃', min: 0, max: 1 }),
]

const combinationOf = (reader: Reader): Combination => (reader.choice('combine') === 'additive' ? 'additive' : 'multiplicative')

const costNewSteps = (rows: Rows, parts: CostNew): readonly TraceNode[] => [
  rows.step('developerProfit', { vi: 'Lợi nhuận của nhà phát triển', en: 'Developer’s profit' }, 'money', parts.developerProfit, { formula: 'p × (C₁ + C₂)' }),
  rows.step('incentive', { vi: 'Chi phí cơ hội của nhà đầu tư', en: 'Entrepreneurial incentive' }, 'money', parts.entrepreneurialIncentive, {
    formula: '(C₁ + C₂ + p) × [(1 + r)^(m/2) − 1]',
    words: { vi: 'Vốn chi đều trong m năm nên bình quân chịu chi phí cơ hội nửa thời gian đó.', en: 'Spending is even over m years, so on average it waits half of them.' },
  }),
  rows.step('costNew', { vi: 'Chi phí tạo mới', en: 'Cost new' }, 'money', parts.costNew, { formula: 'C = C₁ + C₂ + p + i' }),
]

interface CostDefinition extends Pick<MethodSpec, 'id' | 'name' | 'summary' | 'clause'> {
  readonly costInputs: readonly InputSpec[]
  readonly direct: (reader: Reader) => number
  readonly indirect: (reader: Reader) => number
  readonly directLabel: TraceNode['label']
  readonly replacement: boolean
}

const costMethod = ({ costInputs, direct, indirect, directLabel, replacement, ...definition }: CostDefinition): MethodSpec =>
  defineMethod({
    ...definition,
    approach: 'cost',
    inputs: [...costInputs, ...obsolescenceInputs],
    work: (reader) => {
      const [first, second] = [direct(reader), indirect(reader)]
      if (!(first + second > 0)) return refuse('value-not-positive', { name: 'cost' })
      const functional = reader.number('functional')
      const notes = replacement && functional > 0 ? [note('functional-deducted-twice')] : []
      return andThen(known(null, notes), () =>
        andThen(costNewOf({ direct: first, indirect: second, developerProfitRate: reader.number('developerProfitRate'), buildYears: reader.number('buildYears'), opportunityRate: reader.number('opportunityRate') }), (parts) =>
          andThen(lessObsolescence(parts.costNew, [reader.maybe('physical') ?? 0, functional, reader.number('economic')], combinationOf(reader)), (left) =>
            known({
              value: left.value,
              formula: combinationOf(reader) === 'additive' ? 'V = C × (1 − Σ dᵢ)' : 'V = C × Π (1 − dᵢ)',
              words: { vi: 'Chi phí để tạo lại hoặc thay thế công nghệ hôm nay, trừ hao mòn chức năng, kinh tế và vật lý nếu có.', en: 'What it would cost to make or replace the technology today, less functional, economic and any physical obsolescence.' },
              steps: (rows) => [
                rows.step('direct', directLabel, 'money', first),
                rows.step('indirect', { vi: 'Chi phí gián tiếp', en: 'Indirect cost' }, 'money', second),
                ...costNewSteps(rows, parts),
                rows.step('remaining', { vi: 'Phần giá trị còn lại sau hao mòn', en: 'Share left after obsolescence' }, 'fraction', left.remaining, { formula: combinationOf(reader) === 'additive' ? '1 − Σ dᵢ' : 'Π (1 − dᵢ)' }),
                rows.step('obsolescence', { vi: 'Tổng giá trị hao mòn', en: 'Total obsolescence' }, 'money', parts.costNew - left.value, { formula: 'C − V' }),
              ],
            }),
          ),
        ),
      )
    },
  })

const costClause = { vi: 'TT 32/2024/TT-BTC, cách tiếp cận từ chi phí; TT 37/2024/TT-BTC; TTLT 39/2014/TTLT-BKHCN-BTC, Điều 10; IVS 210', en: 'Circular 32/2024/TT-BTC, cost approach; Circular 37/2024/TT-BTC; Joint Circular 39/2014, Art. 10; IVS 210' }

/** Replacement cost, version 1 (chi phí thay thế). */
export const replacementCostMethod = costMethod({
  id: 'replacement-cost/1',
  name: { vi: 'Chi phí thay thế', en: 'Replacement cost' },
  summary: {
    vi: 'Chi phí hôm nay để có công nghệ cùng công dụng bằng kỹ thuật hiện hành, trừ hao mòn. Hợp với công nghệ giai đoạn đầu, chưa có dự báo thu nhập, có thể thay thế.',
    en: 'Cost today of the same utility by current techniques, less obsolescence. Suits early technology without an income forecast that can be replaced.',
  },
  clause: costClause,
  costInputs: [
    input('number', 'directCost', 'money', true, ['Chi phí trực tiếp', 'Direct cost'], ['Nhân công, vật tư, thiết bị, thử nghiệm, thiết kế, dữ liệu theo giá tại thời điểm thẩm định giá.', 'Labour, materials, equipment, testing, design and data at prices of the valuation date.'], { symbol: 'C₁', min: 0 }),
    input('number', 'indirectCost', 'money', true, ['Chi phí gián tiếp', 'Indirect cost'], ['Quản lý, thuê ngoài, đăng ký và bảo hộ quyền. Ghi 0 nếu không có.', 'Management, outside services, registration and protection of rights. Enter 0 if none.'], { symbol: 'C₂', min: 0 }),
  ],
  direct: (reader) => reader.number('directCost'),
  indirect: (reader) => reader.number('indirectCost'),
  directLabel: { vi: 'Chi phí trực tiếp', en: 'Direct cost' },
  replacement: true,
})

const costItem = (key: string, vi: string, en: string): InputSpec =>
  input('number', key, 'money', false, [vi, en], ['Theo giá tại thời điểm thẩm định giá. Để trống nếu không phát sinh.', 'At prices of the valuation date. Leave empty if none.'], { min: 0 })

const directItems = [
  costItem('labour', 'Công lao động trực tiếp, gồm thuê chuyên gia', 'Direct labour, experts included'),
  costItem('materials', 'Vật tư, năng lượng, tài liệu, quyền sử dụng sáng chế, phần mềm, bí quyết', 'Materials, energy, documents, rights to patents, software and know-how'),
  costItem('fixedAssets', 'Sửa chữa, mua sắm, thuê, khấu hao tài sản cố định', 'Repair, purchase, hire and depreciation of fixed assets'),
  costItem('workshops', 'Hội thảo, công tác phí', 'Workshops and travel'),
  costItem('services', 'Dịch vụ thuê ngoài', 'Outside services'),
  costItem('surveys', 'Điều tra, khảo sát thu thập số liệu', 'Surveys and data collection'),
  costItem('office', 'Văn phòng phẩm, thông tin liên lạc, in ấn', 'Stationery, communication, printing'),
  costItem('acceptance', 'Hội đồng tư vấn, nghiệm thu', 'Advisory and acceptance councils'),
  costItem('otherDirect', 'Chi trực tiếp khác', 'Other direct cost'),
] as const

const indirectItems = [
  costItem('management', 'Quản lý chung', 'General management'),
  costItem('registration', 'Đăng ký, duy trì quyền, đăng ký lưu hành', 'Registration and upkeep of rights, circulation registration'),
  costItem('protection', 'Bảo vệ quyền: bảo mật, biện pháp kỹ thuật, pháp lý', 'Protection: secrecy, technical and legal measures'),
] as const

const totalOf = (reader: Reader, items: readonly InputSpec[]): number => sum(items.map((item) => reader.maybe(item.key) ?? 0))

/** Reproduction cost, version 1 (chi phí tái tạo), by the ten statutory items. */
export const reproductionCostMethod = costMethod({
  id: 'reproduction-cost/1',
  name: { vi: 'Chi phí tái tạo', en: 'Reproduction cost' },
  summary: {
    vi: 'Chi phí hôm nay để tạo lại đúng công nghệ này bằng cách cũ, theo mười khoản chi của TT 10/2019/TT-BTC cùng chi phí xác lập và bảo vệ quyền, trừ mọi loại hao mòn.',
    en: 'Cost today of the exact technology by its old techniques, by the ten items of Circular 10/2019/TT-BTC with the cost of registering and protecting rights, less all obsolescence.',
  },
  clause: { vi: `TT 10/2019/TT-BTC, Điều 6, Điều 8; ${costClause.vi}`, en: `Circular 10/2019/TT-BTC, Art. 6 and 8; ${costClause.en}` },
  costInputs: [...directItems, ...indirectItems],
  direct: (reader) => totalOf(reader, directItems),
  indirect: (reader) => totalOf(reader, indirectItems),
  directLabel: { vi: 'Tổng chi phí trực tiếp', en: 'Total direct cost' },
  replacement: false,
})

const spend = { table: 'spend', label: { vi: 'Khoản chi', en: 'Spending' } }
const spendAmounts = input('series', 'spendAmounts', 'money', true, ['Số tiền đã chi', 'Amount spent'], ['Mỗi dòng một năm chi.', 'One year of spending per row.'], { symbol: 'A', min: 0, rows: spend })

const isVatBase = (value: string): value is VatBase => vatBases.some((base) => base === value)

/** State-funded result by investment cost, version 1 (kinh phí đầu tư, TT 10/2019/TT-BTC Điều 7). */
export const stateInvestmentMethod = defineMethod({
  id: 'state-investment/1',
  approach: 'cost',
  name: { vi: 'Kinh phí đầu tư nhiệm vụ dùng ngân sách nhà nước', en: 'Investment cost of a state-funded task' },
  summary: {
    vi: 'Kinh phí đầu tư cho nhiệm vụ, điều chỉnh về thời điểm xác định giá trị, cộng lợi nhuận dự kiến và các loại thuế. Dùng cho kết quả nhiệm vụ khoa học và công nghệ sử dụng vốn nhà nước.',
    en: 'Funding of the task restated to the valuation date, plus expected profit and taxes. For results of science and technology tasks paid by the state.',
  },
  clause: { vi: 'TT 10/2019/TT-BTC, Điều 7 (cần kiểm tra hiệu lực tại thời điểm thẩm định giá)', en: 'Circular 10/2019/TT-BTC, Art. 7 (check that it is in force at the valuation date)' },
  inputs: [
    spendAmounts,
    input('series', 'spendFactors', 'factor', true, ['Hệ số điều chỉnh về thời điểm thẩm định giá', 'Factor to the valuation date'], ['Thông tư không ấn định cách điều chỉnh: nêu căn cứ (chỉ số giá, lãi suất). Ghi 1 nếu không điều chỉnh.', 'The circular prints no arithmetic: state the grounds (price index, interest). Enter 1 for none.'], { symbol: 'k', min: 0.0001, max: 1000, rows: spend }),
    input('number', 'expectedProfit', 'money', true, ['Lợi nhuận dự kiến', 'Expected profit'], ['Ghi 0 nếu không có.', 'Enter 0 if none.'], { symbol: 'P', min: 0 }),
    input('number', 'exciseTax', 'money', true, ['Thuế tiêu thụ đặc biệt', 'Special consumption tax'], ['Ghi 0 nếu không chịu thuế.', 'Enter 0 if not taxable.'], { symbol: 'S', min: 0 }),
    input('number', 'vatRate', 'fraction', true, ['Thuế suất thuế giá trị gia tăng', 'VAT rate'], ['Chuyển giao công nghệ có thể thuộc diện không chịu thuế: kiểm tra. Ghi 0 nếu không chịu thuế.', 'Technology transfer may be exempt: check. Enter 0 if not taxable.'], { min: 0, max: 1 }),
    input('choice', 'vatBase', 'none', true, ['Giá tính thuế giá trị gia tăng', 'Base of VAT'], ['Thông tư không ấn định: người thẩm định nêu rõ.', 'Not fixed by the circular: the appraiser states it.'], {
      choices: choices(['investment', 'Kinh phí đầu tư', 'Investment'], ['investmentPlusProfit', 'Kinh phí đầu tư và lợi nhuận', 'Investment and profit'], ['investmentPlusProfitPlusExcise', 'Kinh phí, lợi nhuận và thuế tiêu thụ đặc biệt', 'Investment, profit and special consumption tax']),
    }),
    input('number', 'otherTaxes', 'money', true, ['Thuế khác', 'Other taxes'], ['Ghi 0 nếu không có.', 'Enter 0 if none.'], { symbol: 'X', min: 0 }),
  ],
  work: (reader) => {
    const amounts = reader.series('spendAmounts')
    const factors = reader.series('spendFactors')
    if (amounts.length !== factors.length) return refuse('lengths-differ', { expected: amounts.length, actual: factors.length })
    const base = reader.choice('vatBase')
    return andThen(
      stateInvestmentValue({
        spend: amounts.map((amount, index) => ({ amount, factor: factors[index] ?? Number.NaN })),
        expectedProfit: reader.number('expectedProfit'),
        exciseTax: reader.number('exciseTax'),
        vatRate: reader.number('vatRate'),
        vatBase: isVatBase(base) ? base : 'investmentPlusProfit',
        otherTaxes: reader.number('otherTaxes'),
      }),
      (working) =>
        known({
          value: working.value,
          formula: 'V = Σ (A × k) + P + S + VAT + X',
          words: { vi: 'Kinh phí đầu tư đã điều chỉnh, cộng lợi nhuận dự kiến, thuế tiêu thụ đặc biệt, thuế giá trị gia tăng và thuế khác.', en: 'Restated funding plus expected profit, special consumption tax, VAT and other taxes.' },
          steps: (rows) => [
            rows.step('adjusted', { vi: 'Kinh phí đã điều chỉnh', en: 'Restated funding' }, 'money', working.adjusted, { formula: 'A × k' }),
            rows.step('adjustedInvestment', { vi: 'Tổng kinh phí đã điều chỉnh', en: 'Total restated funding' }, 'money', working.adjustedInvestment),
            rows.step('beforeVat', { vi: 'Trước thuế giá trị gia tăng', en: 'Before VAT' }, 'money', working.beforeVat),
            rows.step('vat', { vi: 'Thuế giá trị gia tăng', en: 'VAT' }, 'money', working.vat),
          ],
        }),
    )
  },
})

/** Trended historical cost, version 1 (chi phí lịch sử điều chỉnh theo chỉ số giá). */
export const historicalCostMethod = defineMethod({
  id: 'historical-cost/1',
  approach: 'cost',
  name: { vi: 'Chi phí lịch sử điều chỉnh', en: 'Trended historical cost' },
  summary: { vi: 'Chi phí đã chi, đưa về mặt bằng giá tại thời điểm thẩm định giá bằng chỉ số giá, trừ hao mòn. Chi phí đã chi không phải là giá trị: dùng để kiểm tra chéo.', en: 'Past spending restated by a price index, less obsolescence. Cost spent is not value: a cross-check.' },
  clause: costClause,
  inputs: [
    spendAmounts,
    input('series', 'spendIndexes', 'none', true, ['Chỉ số giá của năm chi', 'Price index of that year'], ['Cùng một chuỗi chỉ số, cùng gốc; không tự nội suy năm thiếu.', 'One index series on one base; missing years are not interpolated.'], { symbol: 'Iᵧ', min: 0, rows: spend }),
    input('number', 'indexAtValuation', 'none', true, ['Chỉ số giá tại thời điểm thẩm định giá', 'Index at the valuation date'], ['Cùng chuỗi chỉ số.', 'From the same series.'], { symbol: 'I', min: 0 }),
    input('choice', 'combine', 'none', true, ['Cách gộp các loại hao mòn', 'How obsolescence combines'], ['Cộng trên cùng một gốc, hoặc nhân dồn trên phần còn lại.', 'Added on one base, or each on what is left.'], {
      choices: choices(['multiplicative', 'Nhân dồn trên phần còn lại', 'Each on what is left'], ['additive', 'Cộng trên cùng một gốc', 'Added on one base']),
    }),
    input('number', 'functional', 'fraction', true, ['Hao mòn chức năng, công nghệ', 'Functional and technological obsolescence'], ['Ghi 0 nếu không có.', 'Enter 0 if none.'], { min: 0, max: 1 }),
    input('number', 'economic', 'fraction', true, ['Hao mòn kinh tế (ngoại biên)', 'Economic obsolescence'], ['Ghi 0 nếu không có.', 'Enter 0 if none.'], { min: 0, max: 1 }),
  ],
  work: (reader) => {
    const amounts = reader.series('spendAmounts')
    const indexes = reader.series('spendIndexes')
    if (amounts.length !== indexes.length) return refuse('lengths-differ', { expected: amounts.length, actual: indexes.length })
    return andThen(known(null, [note('sunk-cost')]), () =>
      andThen(indexedCost(amounts.map((amount, index) => ({ year: index + 1, amount, index: indexes[index] ?? null })), reader.number('indexAtValuation')), (trended) =>
        andThen(lessObsolescence(trended.total, [reader.number('functional'), reader.number('economic')], combinationOf(reader)), (left) =>
          known({
            value: left.value,
            formula: combinationOf(reader) === 'additive' ? 'V = Σ A·I/Iᵧ × (1 − Σ dᵢ)' : 'V = Σ A·I/Iᵧ × Π (1 − dᵢ)',
            words: { vi: 'Từng khoản chi nhân tỷ số chỉ số giá, cộng lại rồi trừ hao mòn.', en: 'Each amount times the ratio of the indexes, added up, less obsolescence.' },
            steps: (rows) => [
              rows.step('trended', { vi: 'Chi phí theo mặt bằng giá hiện tại', en: 'Cost at today’s prices' }, 'money', trended.byYear, { formula: 'A × I / Iᵧ' }),
              rows.step('trendedTotal', { vi: 'Tổng chi phí đã điều chỉnh', en: 'Total trended cost' }, 'money', trended.total),
              rows.step('remaining', { vi: 'Phần giá trị còn lại sau hao mòn', en: 'Share left after obsolescence' }, 'fraction', left.remaining),
            ],
          }),
        ),
      ),
    )
  },
})
