import type { InputSpec, MethodSpec } from '../figure.ts'
import { excessEarnings } from '../income/excess-earnings.ts'
import { known, refuse, andThen, type Outcome } from '../outcome.ts'
import { sum } from '../series.ts'
import { choices, input, life, revenues, tabInputs, tabOf, timing, timingOf } from './common-inputs.ts'
import { hasCurve, rateInputs, rateOf, taxInputs, taxOf } from './curves.ts'
import { defineMethod, type Reader } from './kit.ts'
import { discountSteps, flowsOf, tabNotes, tabSteps } from './steps.ts'

const assets = { table: 'contributoryAssets', label: { vi: 'Tài sản đóng góp', en: 'Contributory asset' } }
const whenAssets = { key: 'chargeKind', is: ['assets'] } as const

const chargeInputs: readonly InputSpec[] = [
  input('choice', 'chargeKind', 'none', true, ['Chi phí tài sản đóng góp', 'Contributory asset charges'], ['Thu nhập hợp lý phải dành cho các tài sản khác cùng tạo ra doanh thu: vốn lưu động, máy móc, nhân lực, phần mềm, nhãn hiệu…', 'Fair return owed to the other assets that help to earn the revenue: working capital, equipment, workforce, software, brands…'], {
    choices: choices(['share', 'Theo phần trăm doanh thu', 'As a share of revenue'], ['assets', 'Theo từng tài sản', 'Asset by asset']),
  }),
  input('number', 'chargeShare', 'fraction', true, ['Chi phí tài sản đóng góp trên doanh thu', 'Charges as a share of revenue'], ['Đã tính sau thuế. Nếu số liệu là trước thuế, phải nhân (1 − thuế suất) trước khi nhập.', 'After tax. If the figure is before tax, multiply by (1 − tax rate) first.'], { symbol: 'c', min: 0, max: 1, when: { key: 'chargeKind', is: ['share'] } }),
  input('series', 'assetValues', 'money', true, ['Giá trị hợp lý của tài sản', 'Fair value of the asset'], ['Mỗi dòng một tài sản đóng góp.', 'One contributory asset per row.'], { symbol: 'Aⱼ', min: 0, when: whenAssets, rows: assets }),
  input('series', 'assetReturns', 'fraction', true, ['Tỷ suất sinh lời yêu cầu sau thuế', 'Required return after tax'], ['Thường tăng dần: vốn lưu động, tài sản cố định, nhân lực và phần mềm, nhãn hiệu và khách hàng.', 'Usually rising: working capital, fixed assets, workforce and software, brands and customers.'], { symbol: 'rⱼ', min: 0, max: 5, when: whenAssets, rows: assets }),
]

/** After-tax charge as a share of revenue; by assets, the yearly return over the first year's revenue, so that it shrinks with the surviving revenue. */
const chargeShare = (reader: Reader): Outcome => {
  if (reader.choice('chargeKind') !== 'assets') return known(reader.number('chargeShare'))
  const values = reader.series('assetValues')
  const returns = reader.series('assetReturns')
  if (values.length !== returns.length) return refuse('lengths-differ', { expected: values.length, actual: returns.length })
  const first = reader.series('revenues')[0] ?? 0
  return first > 0 ? known(sum(values.map((value, index) => value * (returns[index] ?? Number.NaN))) / first) : refuse('base-not-positive')
}

const excessMethod = (definition: Pick<MethodSpec, 'id' | 'name' | 'summary' | 'clause'>, margin: InputSpec): MethodSpec =>
  defineMethod({
    ...definition,
    approach: 'income',
    inputs: [
      revenues,
      life,
      margin,
      ...taxInputs,
      input('number', 'attrition', 'fraction', true, ['Tỷ lệ rời bỏ mỗi năm', 'Yearly attrition'], ['Phần doanh thu hiện có mất đi mỗi năm; tính theo cùng quy ước thời điểm với dòng tiền. Ghi 0 nếu không có.', 'Share of today’s revenue lost each year, under the same timing as the flows. Enter 0 if there is none.'], {
      symbol: 'a',
        min: 0,
        max: 1,
        range: { low: 0.05, high: 0.25, citation: { vi: 'opag.io: 5–25 % mỗi năm', en: 'opag.io: 5–25 % a year' } },
      }),
      ...chargeInputs,
      ...rateInputs,
      timing,
      ...tabInputs,
    ],
    work: (reader) =>
      andThen(chargeShare(reader), (charges) =>
        andThen(andThen(known(null, tabNotes(reader)), () => rateOf(reader)), (rate) =>
          andThen(
            excessEarnings({
              revenues: reader.series('revenues'),
              attrition: reader.number('attrition'),
              attritionTiming: timingOf(reader),
              ebitMargin: reader.series('ebitMargins'),
              taxRate: taxOf(reader),
              charges,
              rate,
              timing: timingOf(reader),
              tab: tabOf(reader),
              life: reader.number('life'),
            }),
            (working) =>
              known({
                value: working.value,
                formula: 'V = f × Σ Rev·S·[m·(1 − T) − c]·h·v(t)',
                words: { vi: 'Thu nhập sau thuế còn lại sau khi trả cho mọi tài sản đóng góp, chiết khấu về thời điểm thẩm định giá.', en: 'Income after tax that is left once all contributory assets are paid, discounted to the valuation date.' },
                steps: (rows) => [
                  rows.step('survival', { vi: 'Tỷ lệ còn lại', en: 'Survival' }, 'fraction', working.survival, { formula: 'S = (1 − a)^t' }),
                  rows.step('attributableRevenue', { vi: 'Doanh thu còn lại', en: 'Surviving revenue' }, 'money', working.attributableRevenue, { formula: 'Rev × S' }),
                  rows.step('profitAfterTax', { vi: 'Lợi nhuận sau thuế', en: 'Profit after tax' }, 'money', working.profitAfterTax, { formula: 'Rev × S × m × (1 − T)' }),
                  rows.step('chargeShare', { vi: 'Chi phí tài sản đóng góp trên doanh thu', en: 'Charges as a share of revenue' }, 'fraction', charges, {
                    formula: reader.choice('chargeKind') === 'assets' ? 'c = Σ (Aⱼ × rⱼ) / Rev₁' : 'c',
                  }),
                  rows.step('charges', { vi: 'Chi phí tài sản đóng góp sau thuế', en: 'Contributory charges after tax' }, 'money', working.chargesAfterTax, { formula: 'Rev × S × c' }),
                  rows.step('excess', { vi: 'Thu nhập tăng thêm', en: 'Excess earnings' }, 'money', working.excess, { formula: 'E = Rev × S × [m × (1 − T) − c]' }),
                  rows.step('fractions', { vi: 'Độ dài kỳ (năm)', en: 'Length of the period (years)' }, 'years', working.fractions),
                  ...discountSteps(rows, working.discounted, hasCurve(reader)),
                  ...tabSteps(rows, working),
                ],
                flows: flowsOf(working.discounted),
              }),
          ),
        ),
      ),
  })

/** Multi-period excess earnings, version 1 (thu nhập tăng thêm). */
export const excessEarningsMethod = excessMethod(
  {
    id: 'mpeem/1',
    name: { vi: 'Thu nhập tăng thêm', en: 'Multi-period excess earnings' },
    summary: {
      vi: 'Thu nhập sau thuế của tài sản chính sau khi trừ thu nhập hợp lý của mọi tài sản đóng góp. Chỉ dùng cho một tài sản chính trên cùng một doanh thu.',
      en: 'After-tax income of the principal asset once every contributory asset has had its fair return. For one principal asset on one revenue only.',
    },
    clause: { vi: 'TT 37/2024/TT-BTC, Điều 14; IVS 210', en: 'Circular 37/2024/TT-BTC, Art. 14; IVS 210' },
  },
  input('series', 'ebitMargins', 'fraction', true, ['Biên lợi nhuận trước lãi vay và thuế', 'EBIT margin'], ['Từng năm, không gồm chi phí tạo công nghệ hay khách hàng mới, nếu không sẽ trừ hai lần.', 'By year, without the cost of creating NEW technology or customers, else it is deducted twice.'], { symbol: 'm', min: -1, max: 1 }),
)

/** Distributor method, version 1 (phương pháp nhà phân phối). */
export const distributorMethod = excessMethod(
  {
    id: 'distributor/1',
    name: { vi: 'Nhà phân phối', en: 'Distributor method' },
    summary: {
      vi: 'Thu nhập tăng thêm tính trên biên lợi nhuận và tài sản của một nhà phân phối, để định giá khách hàng khi công nghệ là tài sản chính của doanh nghiệp.',
      en: 'Excess earnings on the margin and assets of a distributor, to value customers where technology is the principal asset of the firm.',
    },
    clause: { vi: 'IVS 210; TT 37/2024/TT-BTC, Điều 14', en: 'IVS 210; Circular 37/2024/TT-BTC, Art. 14' },
  },
  input('series', 'ebitMargins', 'fraction', true, ['Biên lợi nhuận của nhà phân phối', 'Distributor’s EBIT margin'], ['Từng năm, theo các nhà phân phối so sánh được.', 'By year, from comparable distributors.'], { symbol: 'm', min: -1, max: 1 }),
)
