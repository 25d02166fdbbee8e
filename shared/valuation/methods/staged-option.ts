import type { Inputs } from '../figure.ts'
import { exp } from '../numeric/elementary.ts'
import type { LatticeTerms, Tree } from '../options/lattice.ts'
import { stagedOption, stagedTree, type Stage } from '../options/real-options.ts'
import { andThen, fromResult, known, refuse, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { sum } from '../series.ts'
import { input } from './common-inputs.ts'
import { defineMethod } from './kit.ts'
import { latticeSteps, riskFree, steps, volatility } from './option-inputs.ts'
import { readInputs, type ReadInputs } from './read-inputs.ts'

const table = { table: 'stages', label: { vi: 'Giai đoạn', en: 'Stage' } }

interface Plan {
  /** Stages on the steps of the tree. */
  readonly stages: readonly (Stage & { readonly probability: number })[]
  readonly stepsPerYear: number
  /** Furthest that a date was moved onto a step, in years. */
  readonly moved: number
}

/** Stages laid on the tree's steps: a decision falls on the step nearest to its date. */
const planOf = (reader: ReadInputs): Outcome<Plan> => {
  const starts = reader.series('stageStarts')
  const [costs, shares, given] = [reader.series('stageCosts'), reader.series('stageShares'), reader.series('stageProbabilities')]
  const chances = given.length === 0 ? starts.map(() => 1) : given
  const uneven = [costs, shares, chances].find((values) => values.length !== starts.length)
  if (uneven !== undefined) return refuse('lengths-differ', { expected: starts.length, actual: uneven.length })
  if (starts.some((start, index) => index > 0 && start < (starts[index - 1] ?? 0))) return refuse('stages-out-of-order')
  const last = starts.at(-1) ?? 0
  const stepsPerYear = Number(reader.choice('steps')) / last
  if (!(last > 0) || !Number.isFinite(stepsPerYear)) return refuse('last-stage-today')
  const at = starts.map((start) => Math.round(start * stepsPerYear))
  const stages = at.map((step, index) => ({ year: step / stepsPerYear, cost: costs[index] ?? Number.NaN, share: shares[index] ?? Number.NaN, probability: chances[index] ?? Number.NaN }))
  const moved = Math.max(...stages.map(({ year }, index) => Math.abs(year - (starts[index] ?? year))))
  return known({ stages, stepsPerYear, moved }, moved > 0.02 * last ? [note('stage-dates-moved', { years: moved })] : [])
}

const termsOf = (reader: ReadInputs): Omit<LatticeTerms, 'years' | 'steps'> => ({
  spot: reader.number('presentValue'), rate: reader.number('riskFree'), dividendYield: reader.number('costOfDelay'), volatility: reader.number('volatility'), up: null, down: null, underlying: 'asset', compounding: 'continuous',
})

interface Rates {
  readonly spot: number
  readonly rate: number
  readonly costOfDelay: number
}

/** Value if every stage had to be paid for as planned: what the right to stop is measured against. */
const committedValue = (stages: Plan['stages'], { spot, rate, costOfDelay }: Rates): number => {
  let reach = 1
  return sum(stages.map(({ year, cost, share, probability }) => {
    const paid = reach * cost * exp(-rate * year)
    reach *= probability
    return reach * share * spot * exp(-costOfDelay * year) - paid
  }))
}

/** Option to invest in stages, version 1 (quyền chọn phức hợp theo giai đoạn), on a tree after Cox, Ross and Rubinstein. */
export const stagedOptionMethod = defineMethod({
  id: 'staged-option/1',
  approach: 'option',
  name: { vi: 'Quyền đầu tư theo giai đoạn', en: 'Option to invest in stages' },
  summary: {
    vi: 'Giá trị của một chuỗi đầu tư: chi cho giai đoạn này để được quyền đi tiếp giai đoạn sau, và được dừng trước mỗi giai đoạn khi thị trường xấu đi. Hợp với nghiên cứu và phát triển nhiều bước; tính trên cây nhị thức.',
    en: 'Value of a chain of investments: paying for one stage buys the right to the next, and one may stop before each when the market turns. Suits research and development in steps; worked on a binomial tree.',
  },
  clause: { vi: 'Geske (1979), quyền chọn phức hợp; Cox, Ross và Rubinstein (1979); IVS 105 (mô hình định giá); tại Việt Nam phải lập luận việc áp dụng', en: 'Geske (1979), compound options; Cox, Ross and Rubinstein (1979); IVS 105 (valuation models); in Viet Nam its use must be argued' },
  inputs: [
    input('number', 'presentValue', 'money', true, ['Giá trị hiện tại của dự án', 'Present value of the project'], ['Giá trị hôm nay của dòng tiền dự án nếu mọi giai đoạn thành công, chưa trừ chi phí các giai đoạn.', 'Value today of the project’s flows if every stage succeeds, before the cost of the stages.'], { symbol: 'S', min: 0 }),
    input('series', 'stageStarts', 'years', true, ['Quyết định sau', 'Decided after'], ['Số năm từ thời điểm thẩm định giá đến lúc quyết định chi cho giai đoạn; 0 là hôm nay.', 'Years from the valuation date until the stage is decided and paid for; 0 is today.'], { symbol: 'tᵢ', min: 0, max: 100, rows: table }),
    input('series', 'stageCosts', 'money', true, ['Chi phí của giai đoạn', 'Cost of the stage'], ['Số phải chi khi quyết định làm giai đoạn, theo tiền của ngày đó.', 'Paid on deciding for the stage, in the money of that day.'], { symbol: 'Cᵢ', min: 0, rows: table }),
    input('series', 'stageShares', 'fraction', true, ['Phần dự án nhận được', 'Share of the project received'], ['Phần giá trị dự án có được khi giai đoạn thành công. Ghi 0 nếu giai đoạn chỉ mở quyền đi tiếp; giai đoạn cuối thường là 100 %.', 'Share of project value gained when the stage succeeds. Enter 0 where it only opens the next stage; the last one is usually 100 %.'], { symbol: 'eᵢ', min: 0, max: 100, rows: table }),
    input('series', 'stageProbabilities', 'fraction', false, ['Xác suất thành công kỹ thuật', 'Chance of technical success'], ['Khả năng giai đoạn đạt về kỹ thuật, không phụ thuộc thị trường. Để trống cả cột nếu rủi ro kỹ thuật đã tính trong giá trị dự án.', 'Chance that the stage works technically, whatever the market. Leave the column empty where technical risk is already inside project value.'], { symbol: 'pᵢ', min: 0, max: 1, rows: table }),
    // Few steps leave no room for several decisions.
    { ...steps, choices: (steps.choices ?? []).filter(({ value }) => value !== '1' && value !== '3' && value !== '5') },
    riskFree,
    volatility,
    input('number', 'costOfDelay', 'fraction', true, ['Giá trị mất đi mỗi năm do chờ đợi', 'Value lost a year by waiting'], ['Phần giá trị dự án mất đi mỗi năm khi chưa hoàn thành các giai đoạn. Ghi 0 nếu không mất gì.', 'Share of project value lost each year until the stages are done. Enter 0 if none.'], { symbol: 'q', min: -0.5, max: 5 }),
  ],
  work: (reader) => {
    const rates: Rates = { spot: reader.number('presentValue'), rate: reader.number('riskFree'), costOfDelay: reader.number('costOfDelay') }
    return andThen(andThen(known(null, [note('volatility-weakest')]), () => planOf(reader)), ({ stages, stepsPerYear }) =>
      andThen(fromResult(stagedOption(termsOf(reader), stages, stepsPerYear)), ({ compound, lastStageAlone, lattice }) => {
        const committed = committedValue(stages, rates)
        return known({
          value: compound,
          formula: 'Gᵢ = max(pᵢ·(eᵢ·S + CRR(Gᵢ₊₁)) − Cᵢ, 0)',
          words: {
            vi: 'Tính lùi từ giai đoạn cuối: tại mỗi thời điểm quyết định, chỉ chi khi phần nhận được cộng quyền đi tiếp đáng giá hơn chi phí; nếu không thì dừng hẳn.',
            en: 'Rolled back from the last stage: at each decision the cost is paid only where what it brings plus the right to go on is worth more; otherwise the chain ends.',
          },
          steps: (rows) => [
            ...latticeSteps(rows, lattice),
            rows.step('decisionYears', { vi: 'Thời điểm quyết định trên cây', en: 'Time of the decision on the tree' }, 'years', stages.map(({ year }) => year), {
              words: { vi: 'Bước của cây gần ngày dự kiến nhất; thêm số bước để sát hơn.', en: 'The step of the tree nearest to the planned date; more steps come closer.' },
            }),
            rows.step('committed', { vi: 'Giá trị nếu buộc phải làm mọi giai đoạn', en: 'Value if every stage had to be carried out' }, 'money', committed, { formula: 'Σ Pᵢ·(pᵢ·eᵢ·S·e^(−q·tᵢ) − Cᵢ·e^(−r·tᵢ))' }),
            rows.step('rightToStop', { vi: 'Giá trị của quyền dừng', en: 'Value of the right to stop' }, 'money', compound - committed, { formula: 'V − Σ' }),
            rows.step('lastStageAlone', { vi: 'Giá trị riêng của giai đoạn cuối (so sánh)', en: 'Last stage alone (comparison)' }, 'money', lastStageAlone, {
              words: { vi: 'Như thể các giai đoạn trước không tốn chi phí và chắc chắn đạt.', en: 'As if the earlier stages were free and certain.' },
            }),
          ],
        })
      }),
    )
  },
})

/** What a drawing of the chain's tree needs: the tree and the steps at which a stage is decided; null when the inputs give none. */
export const stagedOptionTree = (inputs: Inputs, mostShown: number, abridged: number): { readonly tree: Tree; readonly decisions: ReadonlySet<number> } | null => {
  const reader = readInputs(stagedOptionMethod.inputs, inputs)
  const plan = reader === null ? null : planOf(reader)
  if (reader === null || plan === null || !plan.ok) return null
  const { stages, stepsPerYear } = plan.value
  const steps = Number(reader.choice('steps'))
  const tree = stagedTree(termsOf(reader), stages, stepsPerYear, steps <= mostShown ? steps : abridged)
  return tree.ok ? { tree: tree.value, decisions: new Set(stages.map(({ year }) => Math.round(year * stepsPerYear))) } : null
}
