import type { Text } from '../kernel/fault-shape.ts'
import { formatNumber, formatPercent, type NumberLanguage } from '../kernel/number-text.ts'
import type { Inputs } from '../valuation/figure.ts'
import { readInputs } from '../valuation/methods/read-inputs.ts'
import { optionTree } from '../valuation/methods/option-tree.ts'
import { realOptionMethod } from '../valuation/methods/real-option.ts'
import { stageTree } from '../valuation/methods/rnpv.ts'
import { stagedOptionTree } from '../valuation/methods/staged-option.ts'
import type { Tree, TreeNode } from '../valuation/options/lattice.ts'
import { payoff, treeOf } from '../valuation/options/tree-option.ts'
import { type Money, moneyUnitText } from './wording.ts'

/*
 * A tree as data (mô hình cây): nodes on a grid of columns and lanes, joined by branches. Screen and report draw the same nodes with
 * the same words; how large a column is they decide themselves.
 */

/** What a node says by its colour: nothing, here the right is used, here acting early would be worth more than waiting, better to stop. */
export type TreeTone = 'plain' | 'acts' | 'early' | 'stops' | 'end'

export interface TreeChartNode {
  readonly id: string
  readonly column: number
  /** From 0 at the top; may lie between two lanes. */
  readonly lane: number
  /** Two or three short lines. */
  readonly lines: readonly Text[]
  readonly tone: TreeTone
}

export interface TreeChart {
  readonly kind: 'tree'
  readonly id: string
  readonly title: Text
  /** The tree told in words, for people who cannot see it. */
  readonly description: Text
  readonly columns: readonly Text[]
  readonly lanes: number
  readonly nodes: readonly TreeChartNode[]
  readonly branches: readonly { readonly from: string; readonly to: string; readonly label: Text | null }[]
  /** The tree goes on behind the last column. */
  readonly goesOn: boolean
  /** Every tone in use with its meaning, and what the lines of a node are. */
  readonly legend: readonly { readonly tone: TreeTone; readonly label: Text }[]
  readonly reading: Text
}

/** Steps drawn of a tree: all of a short one, the first of a long one. */
const mostShown = 5
const abridged = 4

const both = (make: (language: NumberLanguage) => string): Text => ({ vi: make('vi'), en: make('en') })
const amount = (value: number): Text => both((language) => formatNumber(value, language, { maxDecimals: Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 1 : 3 }))
const share = (value: number): Text => both((language) => formatPercent(value, language, { maxDecimals: 1 }))
const joined = (vi: string, en: string, text: Text): Text => ({ vi: `${vi}${text.vi}`, en: `${en}${text.en}` })
const years = (value: number): Text => both((language) => `${language === 'vi' ? 'Năm' : 'Year'} ${formatNumber(value, language, { maxDecimals: 2 })}`)

const tones: Readonly<Record<TreeTone, Text>> = {
  plain: { vi: 'Chờ', en: 'Wait' },
  acts: { vi: 'Nên dùng quyền tại đây', en: 'Use the right here' },
  early: { vi: 'Dùng ngay đáng giá hơn chờ, nếu được phép', en: 'Acting now would be worth more than waiting, if allowed' },
  stops: { vi: 'Nên dừng: làm tiếp là lỗ', en: 'Better to stop: going on loses' },
  end: { vi: 'Kết thúc nhánh', en: 'End of a branch' },
}

const legendOf = (nodes: readonly TreeChartNode[], over: Partial<Record<TreeTone, Text>> = {}): TreeChart['legend'] =>
  (['plain', 'acts', 'early', 'stops', 'end'] as const).filter((tone) => nodes.some((node) => node.tone === tone)).map((tone) => ({ tone, label: over[tone] ?? tones[tone] }))

interface Drawn {
  readonly id: string
  readonly method: Text
  readonly money: Money
  /** Names of the two lines of a node. */
  readonly reading: Text
  readonly told: Text
  readonly toneOf: (node: TreeNode, isLast: boolean) => TreeTone
  /** Words of the legend where they differ from the usual ones. */
  readonly legend?: Partial<Record<TreeTone, Text>>
}

const binomial = (tree: Tree, { id, method, money, reading, told, toneOf, legend }: Drawn): TreeChart => {
  const { lattice, nodes: levels } = tree
  const last = levels.length - 1
  const goesOn = last < lattice.steps
  const idOf = (step: number, ups: number): string => `${String(step)}-${String(ups)}`
  const nodes = levels.flatMap((level, step) => level.map((node): TreeChartNode => ({
    id: idOf(step, node.ups), column: step, lane: last / 2 + step / 2 - node.ups,
    lines: [joined('S ', 'S ', amount(node.asset)), joined('V ', 'V ', amount(node.value))],
    tone: toneOf(node, step === last && !goesOn),
  })))
  const branches = levels.slice(0, -1).flatMap((level, step) => level.flatMap(({ ups }) => [
    { from: idOf(step, ups), to: idOf(step + 1, ups + 1), label: step === 0 ? joined('p ', 'p ', share(lattice.p)) : null },
    { from: idOf(step, ups), to: idOf(step + 1, ups), label: step === 0 ? joined('1−p ', '1−p ', share(1 - lattice.p)) : null },
  ]))
  const part = goesOn ? { vi: `${String(last)} bước đầu của cây ${String(lattice.steps)} bước`, en: `the first ${String(last)} of ${String(lattice.steps)} steps` } : { vi: `cây ${String(lattice.steps)} bước`, en: `a tree of ${String(lattice.steps)} steps` }
  const unit = moneyUnitText(money)
  return {
    kind: 'tree', id: `tree-${id}`, lanes: last + 1, goesOn, nodes, branches, legend: legendOf(nodes, legend), reading,
    title: { vi: `Cây nhị thức – ${method.vi}`, en: `Binomial tree – ${method.en}` },
    description: {
      vi: `Vẽ ${part.vi}; xác suất trung hòa rủi ro của bước tăng là ${share(lattice.p).vi}. ${told.vi} Đơn vị: ${unit.vi}.`,
      en: `Shown: ${part.en}; the risk-neutral chance of an up step is ${share(lattice.p).en}. ${told.en} Unit: ${unit.en}.`,
    },
    columns: levels.map((level) => years(level[0]?.years ?? 0)),
  }
}

const rootValue = (tree: Tree): Text => amount(tree.nodes[0]?.[0]?.value ?? 0)

const bsmTree = (id: string, method: Text, inputs: Inputs, money: Money): TreeChart | null => {
  const source = readInputs(realOptionMethod.inputs, inputs)
  if (source === null) return null
  const strike = source.number('developmentCost')
  const worth = payoff('call', strike)
  const early = source.flag('usableEarly')
  const steps = early ? Number(source.choice('steps')) : abridged
  const tree = treeOf({
    spot: source.number('presentValue'), years: source.number('years'), steps, rate: source.number('riskFree'), dividendYield: source.number('costOfDelay'),
    volatility: source.number('volatility'), up: null, down: null, underlying: 'asset', compounding: 'continuous',
  }, { style: early ? 'american' : 'european' }, worth, steps <= mostShown ? steps : abridged)
  if (!tree.ok) return null
  const value = rootValue(tree.value)
  return binomial(tree.value, {
    id, method, money,
    reading: { vi: 'Dòng trên (S): giá trị dự án; dòng dưới (V): giá trị quyền đầu tư.', en: 'Upper line (S): project value; lower line (V): value of the right to invest.' },
    told: early ? { vi: `Giá trị của quyền hôm nay là ${value.vi}.`, en: `The right is worth ${value.en} today.` } : {
      vi: `Cây ${String(abridged)} bước chỉ để minh họa và cho ${value.vi}; kết quả của phương pháp là theo công thức.`,
      en: `The tree of ${String(abridged)} steps is an illustration and gives ${value.en}; the result of the method is that of the formula.`,
    },
    toneOf: (node, isLast) => (early ? (node.acts ? 'acts' : isLast ? 'end' : 'plain') : isLast ? (node.value > 0 ? 'acts' : 'end') : worth(node.asset) > node.value ? 'early' : 'plain'),
  })
}

const crrTree = (id: string, method: Text, inputs: Inputs, money: Money): TreeChart | null => {
  const steps = Number(inputs['steps'])
  const tree = optionTree(inputs, steps <= mostShown ? steps : abridged)
  if (tree === null || !tree.ok) return null
  const value = rootValue(tree.value)
  return binomial(tree.value, {
    id, method, money,
    reading: { vi: 'Dòng trên (S): giá trị dự án; dòng dưới (V): giá trị của quyền.', en: 'Upper line (S): project value; lower line (V): value of the right.' },
    told: { vi: `Giá trị của quyền hôm nay là ${value.vi}.`, en: `The right is worth ${value.en} today.` },
    toneOf: (node, isLast) => (node.acts ? 'acts' : isLast ? 'end' : 'plain'),
  })
}

const chainTree = (id: string, method: Text, inputs: Inputs, money: Money): TreeChart | null => {
  const found = stagedOptionTree(inputs, mostShown, abridged)
  if (found === null) return null
  const value = rootValue(found.tree)
  return binomial(found.tree, {
    id, method, money,
    reading: { vi: 'Dòng trên (S): giá trị dự án; dòng dưới (V): giá trị của chuỗi đầu tư từ nút đó.', en: 'Upper line (S): project value; lower line (V): value of the chain of investments from that node on.' },
    told: { vi: `Chuỗi đầu tư hôm nay đáng giá ${value.vi}.`, en: `The chain of investments is worth ${value.en} today.` },
    toneOf: (node) => (node.acts ? 'acts' : found.decisions.has(node.step) ? 'stops' : 'plain'),
    legend: { acts: { vi: 'Nên chi cho giai đoạn tại đây', en: 'Pay for the stage here' }, stops: { vi: 'Nên dừng: giai đoạn không đáng chi phí', en: 'Better to stop: the stage is not worth its cost' } },
  })
}

const stagesTree = (id: string, method: Text, inputs: Inputs, money: Money): TreeChart | null => {
  const found = stageTree(inputs)
  if (found === null || found.stages.length > 8) return null
  const { stages, gates } = found
  const reached = (index: number): number => gates.gates[index]?.reach ?? 1
  const success = stages.reduce((product, { probability }) => product * probability, 1)
  const nodes: TreeChartNode[] = []
  const branches: TreeChart['branches'][number][] = []
  stages.forEach((stage, index) => {
    const gate = gates.gates[index]
    const next = index === stages.length - 1 ? 'success' : `s${String(index + 1)}`
    nodes.push(
      { id: `s${String(index)}`, column: index, lane: 0, tone: gate?.stops === true ? 'stops' : 'plain', lines: [{ vi: `Giai đoạn ${String(index + 1)}`, en: `Stage ${String(index + 1)}` }, joined('Chi ', 'Cost ', amount(stage.cost)), joined('Đi tiếp ', 'Go on ', amount(gate?.goingOn ?? 0))] },
      { id: `f${String(index)}`, column: index + 1, lane: 1, tone: 'end', lines: [{ vi: 'Thất bại', en: 'Fails' }, share(reached(index) * (1 - stage.probability))] },
    )
    branches.push({ from: `s${String(index)}`, to: next, label: share(stage.probability) }, { from: `s${String(index)}`, to: `f${String(index)}`, label: share(1 - stage.probability) })
  })
  nodes.push({ id: 'success', column: stages.length, lane: 0, tone: 'acts', lines: [{ vi: 'Thành công', en: 'Success' }, share(success), amount(gates.success)] })
  const stopping = gates.gates.findIndex(({ stops }) => stops)
  const unit = moneyUnitText(money)
  return {
    kind: 'tree', id: `tree-${id}`, lanes: 2, goesOn: false, nodes, branches,
    legend: legendOf(nodes, { plain: { vi: 'Đi tiếp có lợi', en: 'Going on pays' }, acts: { vi: 'Thành công mọi giai đoạn', en: 'Success in all stages' } }),
    reading: { vi: 'Số trên nhánh: xác suất của giai đoạn; dưới nút kết thúc: xác suất đi tới đó; “Đi tiếp”: giá trị lúc bắt đầu giai đoạn nếu đã đi tới.', en: 'On the branches: chance of the stage; under an end: chance of getting there; “Go on”: worth at the start of the stage once it is reached.' },
    title: { vi: `Cây giai đoạn – ${method.vi}`, en: `Stage tree – ${method.en}` },
    description: {
      vi: `${String(stages.length)} giai đoạn, xác suất thành công toàn bộ ${share(success).vi}. ${stopping < 0 ? 'Không có giai đoạn nào nên dừng trước.' : `Nên dừng trước giai đoạn ${String(stopping + 1)} vì làm tiếp là lỗ.`} Giá trị hôm nay kèm quyền dừng: ${amount(gates.withRightToStop).vi} ${unit.vi}.`,
      en: `${String(stages.length)} stages, chance of success in all of them ${share(success).en}. ${stopping < 0 ? 'There is no stage before which to stop.' : `Better to stop before stage ${String(stopping + 1)}: going on loses.`} Value today with the right to stop: ${amount(gates.withRightToStop).en} ${unit.en}.`,
    },
    columns: [...stages.map(({ startYear }) => years(startYear)), { vi: 'Sau cùng', en: 'At the end' }],
  }
}

/** The tree of a sheet whose method has one: binomial for options and chains of investments, stages for the risk-adjusted NPV; null for others and while inputs are missing. */
export const treeChart = (sheet: { readonly id: string; readonly method: string; readonly inputs: Inputs }, method: Text, money: Money): TreeChart | null => {
  switch (sheet.method) {
    case 'real-option/1': return bsmTree(sheet.id, method, sheet.inputs, money)
    case 'option-tree/1': return crrTree(sheet.id, method, sheet.inputs, money)
    case 'staged-option/1': return chainTree(sheet.id, method, sheet.inputs, money)
    case 'rnpv/1': return stagesTree(sheet.id, method, sheet.inputs, money)
    default: return null
  }
}
