import type { Inputs } from '../figure.ts'
import type { Result } from '../../kernel/result.ts'
import type { LatticeTerms, Tree } from '../options/lattice.ts'
import { abandonOption, bestChoice, chooserOption, contractOption, contractWorth, deferOption, expandOption, expandWorth, type Choices, type RealOption } from '../options/real-options.ts'
import { payoff, treeOf, type ExerciseStyle, type TreeOptionFault } from '../options/tree-option.ts'
import { andThen, fromResult, known, refuse, type Outcome } from '../outcome.ts'
import { note } from '../reasons.ts'
import { readInputs, type ReadInputs } from './read-inputs.ts'
import { choices, input } from './common-inputs.ts'
import { defineMethod } from './kit.ts'
import { latticeSteps, riskFree, steps, volatility } from './option-inputs.ts'

const whenRight = (...is: readonly string[]): { readonly key: string; readonly is: readonly string[] } => ({ key: 'right', is })

/** What the terms of the right are read from: a sheet being computed, or bare inputs being drawn. */
type Source = Pick<ReadInputs, 'number' | 'maybe' | 'choice' | 'series'>

const termsOf = (source: Source): LatticeTerms => ({
  spot: source.number('presentValue'), years: source.number('years'), steps: Number(source.choice('steps')), rate: source.number('riskFree'), dividendYield: source.number('costOfDelay'),
  volatility: source.number('volatility'), up: null, down: null, underlying: 'asset', compounding: 'continuous',
})

const exerciseOf = (source: Source): ExerciseStyle => {
  switch (source.choice('exercise')) {
    case 'european':
      return { style: 'european' }
    case 'bermudan':
      return { style: 'bermudan', exerciseYears: source.series('exerciseYears') }
    default:
      return { style: 'american' }
  }
}

/** Choosing among several rights: those whose numbers are given. */
const choicesOf = (source: Source): Choices => {
  const [share, cost] = [source.maybe('expandShare'), source.maybe('expandCost')]
  const [less, savings] = [source.maybe('contractShare'), source.maybe('savings')]
  const salvage = source.maybe('salvage')
  return {
    ...(share === null || cost === null ? {} : { expand: { factor: 1 + share, cost } }),
    ...(less === null || savings === null ? {} : { contract: { factor: 1 - less, savings } }),
    ...(salvage === null ? {} : { abandon: { salvage } }),
  }
}

/** What using the right is worth at a project value. */
const worthOf = (source: Source): ((asset: number) => number) => {
  switch (source.choice('right')) {
    case 'abandon':
      return payoff('put', source.number('salvage'))
    case 'expand':
      return expandWorth(source.number('expandShare'), source.number('expandCost'))
    case 'contract':
      return contractWorth(source.number('contractShare'), source.number('savings'))
    case 'choose':
      return (asset) => bestChoice(choicesOf(source), asset).gain
    default:
      return payoff('call', source.number('developmentCost'))
  }
}

/** What the right is worth, and the project with it. */
type Priced = Pick<RealOption, 'optionValue' | 'projectWithOption' | 'lattice'> & { readonly investNow: number | null }

const priced = (source: Source): Outcome<Priced> => {
  const [terms, exercise] = [termsOf(source), exerciseOf(source)]
  const project = (result: Result<RealOption>): Outcome<Priced> => andThen(fromResult(result), (right) => known({ ...right, investNow: null }))
  switch (source.choice('right')) {
    case 'abandon':
      return project(abandonOption(terms, exercise, source.number('salvage')))
    case 'expand':
      return project(expandOption(terms, exercise, source.number('expandShare'), source.number('expandCost')))
    case 'contract':
      return project(contractOption(terms, exercise, source.number('contractShare'), source.number('savings')))
    case 'choose': {
      const offered = choicesOf(source)
      return Object.keys(offered).length === 0 ? refuse('no-data') : project(chooserOption(terms, exercise, offered))
    }
    default:
      return andThen(fromResult(deferOption(terms, exercise, source.number('developmentCost'))), (right) =>
        known({ optionValue: right.premiumForWaiting, projectWithOption: right.deferValue, lattice: right.lattice, investNow: right.investNow }))
  }
}

const formulas: Readonly<Record<string, string>> = {
  defer: 'max(S − K, 0)', abandon: 'max(X − S, 0)', expand: 'max(e·S − c, 0)', contract: 'max(s − a·S, 0)', choose: 'max(e·S − c; s − a·S; X − S; 0)',
}

/** Real options on a binomial tree, version 1 (quyền chọn thực trên cây nhị thức), after Cox, Ross and Rubinstein. */
export const optionTreeMethod = defineMethod({
  id: 'option-tree/1',
  approach: 'option',
  name: { vi: 'Quyền chọn trên cây nhị thức (CRR)', en: 'Real options on a binomial tree (CRR)' },
  summary: {
    vi: 'Giá trị dự án cùng với quyền trì hoãn, từ bỏ, mở rộng, thu hẹp hoặc chọn giữa các quyền đó, tính lùi trên cây nhị thức; nhìn thấy được ở nút nào nên thực hiện. Hợp khi quyền dùng được trước hạn.',
    en: 'Value of a project with the right to wait, abandon, expand, contract, or choose among them, rolled back through a binomial tree that shows at which nodes to act. Suits rights that can be used early.',
  },
  clause: { vi: 'Cox, Ross và Rubinstein (1979); IVS 105 (mô hình định giá); tại Việt Nam phải lập luận việc áp dụng', en: 'Cox, Ross and Rubinstein (1979); IVS 105 (valuation models); in Viet Nam its use must be argued' },
  inputs: [
    input('choice', 'right', 'none', true, ['Quyền được định giá', 'The right'], ['Điều mà người nắm công nghệ được làm nhưng không buộc phải làm.', 'What the holder of the technology may do but need not.'], {
      choices: choices(['defer', 'Trì hoãn: đầu tư khi có lợi', 'Defer: invest when it pays'], ['abandon', 'Từ bỏ: lấy giá trị thanh lý', 'Abandon: take the salvage value'], ['expand', 'Mở rộng: thêm quy mô với chi phí', 'Expand: more scale at a cost'], ['contract', 'Thu hẹp: bớt quy mô, tiết kiệm chi phí', 'Contract: less scale, saved cost'], ['choose', 'Chọn giữa mở rộng, thu hẹp và từ bỏ', 'Choose among expand, contract and abandon']),
    }),
    input('choice', 'exercise', 'none', true, ['Khi nào dùng được quyền', 'When the right may be used'], ['Chỉ cuối hạn (kiểu châu Âu), bất cứ lúc nào (kiểu Mỹ), hoặc vào một số ngày định trước và cuối hạn (kiểu Bermuda).', 'Only at the end (European), at any time (American), or on set dates and at the end (Bermudan).'], { choices: choices(['american', 'Bất cứ lúc nào', 'At any time'], ['european', 'Chỉ cuối hạn', 'Only at the end'], ['bermudan', 'Vào những ngày định trước', 'On set dates']) }),
    input('series', 'exerciseYears', 'years', true, ['Ngày được dùng quyền', 'Dates of exercise'], ['Số năm từ thời điểm thẩm định giá; mỗi ngày tính vào bước gần nhất của cây. Cuối hạn luôn dùng được.', 'Years from the valuation date; each counts at the nearest step of the tree. The end of the term always counts.'], { symbol: 'tᵢ', min: 0, max: 100, rows: { table: 'exerciseDates', label: { vi: 'Ngày dùng quyền', en: 'Date of exercise' } }, when: { key: 'exercise', is: ['bermudan'] } }),
    input('number', 'presentValue', 'money', true, ['Giá trị hiện tại của dự án', 'Present value of the project'], ['Giá trị hôm nay của dòng tiền dự án; với quyền trì hoãn là chưa trừ chi phí đầu tư.', 'Value today of the project’s flows; for the right to defer, before the cost of investing.'], { symbol: 'S', min: 0 }),
    input('number', 'developmentCost', 'money', true, ['Chi phí đầu tư để khai thác', 'Cost of development'], ['Giá trị phải bỏ ra khi thực hiện quyền.', 'What must be spent on exercise.'], { symbol: 'K', min: 0, when: whenRight('defer') }),
    input('number', 'salvage', 'money', false, ['Giá trị thanh lý', 'Salvage value'], ['Số tiền thu được khi bỏ dự án: bán bằng, máy móc, hoàn đất. Cần có với quyền từ bỏ.', 'What giving the project up brings: sale of patents, equipment, land. Needed for the right to abandon.'], { symbol: 'X', min: 0, when: whenRight('abandon', 'choose') }),
    input('number', 'expandShare', 'fraction', false, ['Phần dự án tăng thêm', 'Share of the project added'], ['Quy mô tăng thêm so với dự án hiện tại, ví dụ 30 %. Cần có với quyền mở rộng.', 'Scale added to the present project, for example 30 %. Needed for the right to expand.'], { symbol: 'e', min: 0, max: 100, when: whenRight('expand', 'choose') }),
    input('number', 'expandCost', 'money', false, ['Chi phí mở rộng', 'Cost of expanding'], ['Chi phí trả khi mở rộng. Cần có với quyền mở rộng.', 'Paid on expanding. Needed for the right to expand.'], { symbol: 'c', min: 0, when: whenRight('expand', 'choose') }),
    input('number', 'contractShare', 'fraction', false, ['Phần dự án bớt đi', 'Share of the project given up'], ['Quy mô bớt đi khi thu hẹp, ví dụ 25 %. Cần có với quyền thu hẹp.', 'Scale given up on contracting, for example 25 %. Needed for the right to contract.'], { symbol: 'a', min: 0, max: 1, when: whenRight('contract', 'choose') }),
    input('number', 'savings', 'money', false, ['Chi phí tiết kiệm được', 'Cost saved'], ['Giá trị tiết kiệm được khi thu hẹp. Cần có với quyền thu hẹp.', 'Value saved by contracting. Needed for the right to contract.'], { symbol: 's', min: 0, when: whenRight('contract', 'choose') }),
    input('number', 'years', 'years', true, ['Thời hạn quyết định', 'Time to decide'], ['Thời gian còn dùng được quyền.', 'Time over which the right can be used.'], { symbol: 'T', min: 0, max: 100 }),
    steps,
    riskFree,
    volatility,
    input('number', 'costOfDelay', 'fraction', true, ['Giá trị mất đi mỗi năm do chờ đợi', 'Value lost a year by waiting'], ['Phần giá trị dự án mất đi mỗi năm khi chưa dùng quyền. Ghi 0 nếu chờ đợi không mất gì.', 'Share of project value lost each year while the right is not used. Enter 0 if waiting costs nothing.'], { symbol: 'q', min: -0.5, max: 5 }),
  ],
  work: (reader) => {
    const right = reader.choice('right')
    const needed: Readonly<Record<string, readonly string[]>> = { abandon: ['salvage'], expand: ['expandShare', 'expandCost'], contract: ['contractShare', 'savings'] }
    if ((needed[right] ?? []).some((key) => reader.maybe(key) === null)) return refuse('no-data')
    return andThen(known(null, [note('volatility-weakest')]), () =>
      andThen(priced(reader), ({ optionValue, projectWithOption, lattice, investNow }) =>
        known({
          value: projectWithOption,
          formula: right === 'defer' ? 'V = CRR(max(S − K, 0))' : `V = S + CRR(${formulas[right] ?? ''})`,
          words: {
            vi: 'Tính lùi từ cuối cây: tại mỗi nút lấy mức lớn hơn giữa dùng quyền và chờ; chờ là kỳ vọng trung hòa rủi ro của bước sau, chiết khấu theo lãi suất phi rủi ro.',
            en: 'Rolled back from the end of the tree: at each node the larger of acting and waiting; waiting is the risk-neutral expectation of the next step at the risk-free rate.',
          },
          steps: (rows) => [
            ...latticeSteps(rows, lattice),
            ...(investNow === null ? [] : [rows.step('investNow', { vi: 'Giá trị nếu phải đầu tư ngay', en: 'Value if it had to be developed now' }, 'money', investNow, { formula: 'S − K' })]),
            rows.step('optionValue', right === 'defer' ? { vi: 'Giá trị của quyền chờ đợi', en: 'Value of being able to wait' } : { vi: 'Giá trị của quyền', en: 'Value of the right' }, 'money', optionValue, { formula: right === 'defer' ? 'V − max(S − K, 0)' : `CRR(${formulas[right] ?? ''})` }),
          ],
        }),
      ),
    )
  },
})

/** What a drawing of the method's tree needs; null when the inputs give no tree. */
export const optionTree = (inputs: Inputs, shown: number): Result<Tree, TreeOptionFault> | null => {
  const source = readInputs(optionTreeMethod.inputs, inputs)
  return source === null ? null : treeOf(termsOf(source), exerciseOf(source), worthOf(source), shown)
}
