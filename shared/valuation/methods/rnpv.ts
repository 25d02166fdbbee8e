import type { Inputs } from '../figure.ts'
import { known, refuse, andThen, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { riskAdjustedValue, stageGates, type Stage, type StageGates } from '../stages/risk-adjusted.ts'
import { wholeYearTimes } from '../time/timing.ts'
import { readInputs } from './read-inputs.ts'
import { choices, input, timing, timingOf } from './common-inputs.ts'
import { hasCurve, rateInputs, rateOf } from './curves.ts'
import { defineMethod, type Reader } from './kit.ts'

const table = { table: 'stages', label: { vi: 'Giai đoạn', en: 'Stage' } }

const stagesOf = (reader: Pick<Reader, 'series'>): Outcome<readonly Stage[]> => {
  const starts = reader.series('stageStarts')
  const costs = reader.series('stageCosts')
  const chances = reader.series('stageProbabilities')
  const uneven = [costs, chances].find((values) => values.length !== starts.length)
  if (uneven !== undefined) return refuse('lengths-differ', { expected: starts.length, actual: uneven.length })
  if (starts.some((start, index) => index > 0 && start < (starts[index - 1] ?? 0))) return refuse('stages-out-of-order')
  return known(starts.map((startYear, index) => ({ startYear, cost: costs[index] ?? Number.NaN, probability: chances[index] ?? Number.NaN })))
}

/** Risk-adjusted NPV, version 1 (NPV điều chỉnh theo xác suất thành công từng giai đoạn). */
export const riskAdjustedMethod = defineMethod({
  id: 'rnpv/1',
  approach: 'income',
  name: { vi: 'NPV điều chỉnh theo xác suất', en: 'Risk-adjusted NPV' },
  summary: {
    vi: 'Chi phí từng giai đoạn nhân xác suất đi tới giai đoạn đó; dòng tiền sau cùng nhân xác suất thành công toàn bộ. Hợp với công nghệ còn nghiên cứu, thử nghiệm, chờ cấp phép.',
    en: 'The cost of each stage times the chance of reaching it; the final flows times the chance of success in all. Suits technology still in research, testing or approval.',
  },
  clause: { vi: 'Cách tiếp cận từ thu nhập, TT 32/2024/TT-BTC (phải lập luận việc áp dụng); IVS 210', en: 'Income approach, Circular 32/2024/TT-BTC (its use must be argued); IVS 210' },
  inputs: [
    input('choice', 'riskIn', 'none', true, ['Rủi ro kỹ thuật được tính ở đâu', 'Where technical risk is counted'], ['Mỗi rủi ro chỉ tính một lần: trong xác suất hoặc trong tỷ suất chiết khấu.', 'Each risk counts once: in the probabilities or in the discount rate.'], {
      choices: choices(['probability', 'Trong xác suất từng giai đoạn', 'In the stage probabilities'], ['rate', 'Trong tỷ suất chiết khấu', 'In the discount rate']),
    }),
    input('series', 'stageStarts', 'years', true, ['Bắt đầu sau', 'Starts after'], ['Số năm kể từ thời điểm thẩm định giá; có thể là số lẻ.', 'Years from the valuation date; may be fractional.'], { symbol: 'tᵢ', min: 0, max: 100, rows: table }),
    input('series', 'stageCosts', 'money', true, ['Chi phí của giai đoạn', 'Cost of the stage'], ['Chi khi bắt đầu giai đoạn, sau thuế.', 'Spent when the stage begins, after tax.'], { symbol: 'Cᵢ', min: 0, rows: table }),
    input('series', 'stageProbabilities', 'fraction', true, ['Xác suất thành công của giai đoạn', 'Chance that the stage succeeds'], ['Từ thống kê ngành có nguồn, điều chỉnh theo hồ sơ. Chưa có thống kê công bố ngoài ngành dược.', 'From sourced statistics, adjusted to the case. None are published outside medicines.'], {
      symbol: 'pᵢ',
      min: 0,
      max: 1,
      rows: table,
      range: { low: 0.307, high: 0.853, citation: { vi: 'BIO 2006–2015 (dược phẩm): pha I 63,2 %, pha II 30,7 %, pha III 58,1 %, cấp phép 85,3 %', en: 'BIO 2006–2015 (medicines): phase I 63.2 %, phase II 30.7 %, phase III 58.1 %, filing 85.3 %' } },
    }),
    input('series', 'cashflows', 'money', true, ['Dòng tiền nếu thành công', 'Flow in case of success'], ['Sau thuế, từng năm kể từ thời điểm thẩm định giá; ghi 0 cho các năm trước khi ra thị trường.', 'After tax, for each year from the valuation date; enter 0 for years before the market.'], { symbol: 'CF' }),
    ...rateInputs,
    timing,
  ],
  work: (reader) => {
    if (reader.choice('riskIn') === 'rate') return refuse('technical-risk-in-rate')
    return andThen(stagesOf(reader), (stages) => {
      const flows = reader.series('cashflows')
      const times = wholeYearTimes(flows.length, timingOf(reader))
      const revenues = flows.map((cashflow, index) => ({ year: times[index] ?? Number.NaN, cashflow }))
      const last = stages.at(-1)?.startYear ?? 0
      const early = revenues.some((flow) => flow.cashflow !== 0 && flow.year < last)
      return andThen(known(null, early ? [note('revenue-before-approval')] : []), () =>
        andThen(andThen(rateOf(reader), (rates) => riskAdjustedValue(stages, revenues, rates)), (working) => {
          const weightedCosts = working.costPresentValues.map((cost, index) => -cost * (working.costWeights[index] ?? Number.NaN))
          const weightedFlows = working.revenuePresentValues.map((flow) => flow * working.likelihoodOfApproval)
          return known({
            value: working.rnpv,
            formula: 'V = −Σ Cᵢ·Pᵢ·v(tᵢ) + P × Σ CF·v(t)',
            words: {
              vi: 'Chi phí mang xác suất ĐI TỚI giai đoạn, không phải xác suất thành công sau cùng; tỷ suất không chứa rủi ro kỹ thuật.',
              en: 'Costs carry the chance of REACHING their stage, not of final success; the rate holds no technical risk.',
            },
            steps: (rows) => [
              rows.step('costWeights', { vi: 'Xác suất đi tới giai đoạn', en: 'Chance of reaching the stage' }, 'fraction', working.costWeights, { formula: 'Pᵢ = Π pⱼ, j < i' }),
              rows.step('costPresentValues', { vi: 'Giá trị hiện tại của chi phí', en: 'Present value of the cost' }, 'money', working.costPresentValues, { formula: 'C × v(t)' }),
              rows.step('weightedCosts', { vi: 'Chi phí theo xác suất', en: 'Expected cost' }, 'money', weightedCosts, { formula: '−C × P × v(t)' }),
              rows.step('likelihood', { vi: 'Xác suất thành công toàn bộ', en: 'Chance of success in all stages' }, 'fraction', working.likelihoodOfApproval, { formula: 'P = Π pⱼ' }),
              rows.step('times', { vi: 'Thời điểm dòng tiền', en: 'Time of the flow' }, 'years', times),
              rows.step('factors', { vi: 'Hệ số chiết khấu', en: 'Discount factor' }, 'factor', working.revenueFactors, { formula: hasCurve(reader) ? 'v(t) = Π 1/(1 + rₛ), s ≤ t' : 'v(t) = (1 + r)^(−t)' }),
              rows.step('weightedFlows', { vi: 'Dòng tiền theo xác suất', en: 'Expected flow' }, 'money', weightedFlows, { formula: 'P × CF × v(t)' }),
              rows.step('unadjusted', { vi: 'NPV nếu chắc chắn thành công (so sánh)', en: 'NPV if success were certain (comparison)' }, 'money', working.unadjustedNpv),
            ],
            flows: {
              times: [...stages.map((stage) => stage.startYear), ...times],
              amounts: [...stages.map((stage, index) => -stage.cost * (working.costWeights[index] ?? 0)), ...flows.map((flow) => flow * working.likelihoodOfApproval)],
              presentValues: [...weightedCosts, ...weightedFlows],
            },
          })
        }),
      )
    })
  },
})

/** The stages of a sheet with the right to stop before each, for drawing; null when the inputs give none. */
export const stageTree = (inputs: Inputs): { readonly stages: readonly Stage[]; readonly gates: StageGates } | null => {
  const reader = readInputs(riskAdjustedMethod.inputs, inputs)
  if (reader === null || reader.choice('riskIn') !== 'probability') return null
  const stages = stagesOf(reader)
  if (!stages.ok) return null
  const flows = reader.series('cashflows')
  const times = wholeYearTimes(flows.length, timingOf(reader))
  const rates = rateOf(reader)
  if (!rates.ok) return null
  const gates = stageGates(stages.value, flows.map((cashflow, index) => ({ year: times[index] ?? Number.NaN, cashflow })), rates.value)
  return gates.ok ? { stages: stages.value, gates: gates.value } : null
}
