import type { ChecklistResult } from '../../checklist/result.ts'
import type { LeafScore, WeightedScore } from '../../checklist/weighted.ts'
import { classTurns } from '../../checklist/weighted-sensitivity.ts'
import type { AhpWorking, NodeWeighing } from '../../checklist/weights.ts'
import type { Text } from '../../kernel/fault-shape.ts'
import { faultText } from '../../kernel/faults.ts'
import { formatNumber, formatPercent } from '../../kernel/number-text.ts'
import { heading, note, paragraph, prose, type Context } from '../context.ts'
import { radarChart } from '../checklist-charts.ts'
import type { Block } from '../model.ts'

const methodName: Readonly<Record<NodeWeighing['method'], Text>> = {
  proposed: { vi: 'theo đề xuất của bộ tiêu chí', en: 'as the criteria propose' },
  equal: { vi: 'bằng nhau', en: 'equal' },
  direct: { vi: 'nhập trực tiếp', en: 'entered directly' },
  ahp: { vi: 'so sánh cặp (AHP)', en: 'pairwise comparison (AHP)' },
}
const tableName: Readonly<Record<AhpWorking['table'], Text>> = {
  saaty1980: { vi: 'bảng chỉ số ngẫu nhiên Saaty 1980', en: 'random index of Saaty 1980' },
  saaty2005: { vi: 'bảng chỉ số ngẫu nhiên Saaty 2005', en: 'random index of Saaty 2005' },
}

const conclusion = ({ say, pick, language }: Context, score: WeightedScore, least: number): readonly Block[] => {
  if (score.total === null)
    return [{ kind: 'result', label: say('Kết quả', 'Result'), value: say('Chưa đủ cơ sở kết luận', 'Not enough to conclude'), lines: score.fault === null ? [] : [pick(faultText(score.fault))] }]
  const total = `${formatNumber(score.total, language, { maxDecimals: 2 })}/100`
  const covered = formatPercent(score.coverage ?? 0, language, { maxDecimals: 1 })
  const name = score.class === null ? '' : pick(score.class.text)
  return score.final
    ? [{ kind: 'result', label: say('Kết luận', 'Conclusion'), value: name === '' ? total : name, lines: [say(`Tổng điểm: ${total}; đã trả lời ${covered} trọng số.`, `Total: ${total}; ${covered} of the weight is answered.`)] }]
    : [{ kind: 'result', label: say('Kết quả tạm tính', 'Result so far'), value: total, lines: [say(
        `Mới trả lời ${covered} trọng số, cần ít nhất ${formatPercent(least, language)}: chưa xếp mức.`,
        `${covered} of the weight is answered, at least ${formatPercent(least, language)} is needed: there is no class yet.`)] }]
}

const leafState = ({ say, language }: Context, leaf: LeafScore): string =>
  leaf.state === 'leftOut' ? say('Không tính', 'Left out') : leaf.score === null ? say('Chưa trả lời', 'Open') : formatNumber(100 * leaf.score, language, { minDecimals: 1, maxDecimals: 1 })

const scoreTable = (context: Context, score: WeightedScore): Block => {
  const { say, pick, language } = context
  const percent = (value: number | null): string => (value === null ? '–' : formatPercent(value, language, { minDecimals: 1, maxDecimals: 1 }))
  const one = (value: number): string => formatNumber(value, language, { minDecimals: 1, maxDecimals: 1 })
  const below = new Map(score.weighings.map(({ node }) => [node.id, node.children.map(({ id }) => id)]))
  const leaves = new Map(score.leaves.map((leaf) => [leaf.node.id, leaf]))
  const nodes = new Map(score.nodes.map((node) => [node.id, node]))
  const rowsOf = (id: string, depth: number): readonly (readonly string[])[] => (below.get(id) ?? []).flatMap((child) => {
    const indent = '– '.repeat(depth)
    const leaf = leaves.get(child)
    if (leaf !== undefined) return [[`${indent}${leaf.question.label}. ${pick(leaf.node.text)}`, percent(leaf.weight), leafState(context, leaf)]]
    const node = nodes.get(child)
    if (node === undefined || node.text === null) return []
    return [[`${indent}${pick(node.text)}`, percent(node.weight), node.score === null ? '–' : one(100 * node.score)], ...rowsOf(child, depth + 1)]
  })
  const rows = rowsOf('root', 0)
  return {
    kind: 'table', totals: 1, caption: say('Trọng số và điểm theo tiêu chí', 'Weights and scores by criterion'),
    columns: [{ title: say('Tiêu chí', 'Criterion'), align: 'left', weight: 11 }, { title: say('Trọng số', 'Weight'), align: 'right', weight: 3 }, { title: say('Điểm (0–100)', 'Score (0–100)'), align: 'right', weight: 4 }],
    rows: [...rows, [say('Tổng', 'Total'), percent(score.coverage), score.total === null ? '–' : one(score.total)]],
    strong: rows.flatMap(([name = ''], index) => (name.startsWith('– ') ? [] : [index])),
  }
}

/** More criteria than this have no matrix in print. */
const widestMatrix = 10

/** Working of weights by pairwise comparison (cách tính trọng số AHP): both rules, consistency with its table, gaps, experts. */
const ahpBlocks = ({ say, pick, language }: Context, weighing: NodeWeighing, working: AhpWorking): readonly Block[] => {
  const decimal = (value: number, decimals = 4): string => formatNumber(value, language, { maxDecimals: decimals })
  const share = (value: number): string => formatNumber(value, language, { minDecimals: 4, maxDecimals: 4 })
  const nameOf = (id: string): string => {
    const child = weighing.node.children.find((entry) => entry.id === id)
    return child === undefined ? id : pick(child.text)
  }
  const { cr, worstTriad, cycle, filled } = working
  const consistency = cr === null ? say('không tính CR vì trên mười tiêu chí', 'no CR above ten criteria')
    : `CR = ${decimal(cr)} (${pick(tableName[working.table])}), ${working.consistent === true ? say('chấp nhận được', 'acceptable') : say('vượt 0,10: nên xem lại các so sánh', 'above 0.10: look at the comparisons again')}`
  const filledPairs = filled.map((pair) => `${nameOf(pair.a)} / ${nameOf(pair.b)} = ${decimal(pair.ratio, 2)}`).join('; ')
  const ratio = (value: number): string => formatNumber(value, language, { minDecimals: 2, maxDecimals: 2 })
  return [
    ...(working.ids.length > widestMatrix ? [] : [{
      kind: 'table', totals: 0, caption: say('So sánh cặp của cả nhóm: tiêu chí ở dòng quan trọng gấp bao nhiêu lần tiêu chí ở cột', 'Comparisons of the group: how many times the row outweighs the column'),
      columns: [{ title: say('Tiêu chí', 'Criterion'), align: 'left', weight: 6 }, ...working.ids.map((_, index) => ({ title: String(index + 1), align: 'right' as const, weight: 2 }))],
      rows: working.matrix.map((row, index) => [`${String(index + 1)}. ${nameOf(working.ids[index] ?? '')}`, ...row.map(ratio)]),
    } as const satisfies Block]),
    {
      kind: 'table', totals: 0, caption: say('Trọng số tính được', 'Weights that follow'),
      columns: [{ title: say('Tiêu chí', 'Criterion'), align: 'left', weight: 9 }, { title: say('Véc-tơ riêng', 'Eigenvector'), align: 'right', weight: 4 }, { title: say('Trung bình nhân', 'Geometric mean'), align: 'right', weight: 4 }],
      rows: working.ids.map((id, index) => [nameOf(id), share(weighing.weights?.[index] ?? 0), share(working.weightsByGeometricMean[index] ?? 0)]),
    },
    paragraph(say(`λmax = ${decimal(working.lambdaMax)}; CI = ${decimal(working.ci)}; ${consistency}; GCI = ${decimal(working.geometric.gci)} (ngưỡng ${decimal(working.geometric.threshold)}).`,
      `λmax = ${decimal(working.lambdaMax)}; CI = ${decimal(working.ci)}; ${consistency}; GCI = ${decimal(working.geometric.gci)} (limit ${decimal(working.geometric.threshold)}).`)),
    ...(working.consistent === false && worstTriad !== null ? [note(say(
      `Bộ ba mâu thuẫn nhất: ${worstTriad.ids.map(nameOf).join(', ')} (lệch ${decimal(worstTriad.contradiction, 2)} lần).`,
      `Most contradictory three: ${worstTriad.ids.map(nameOf).join(', ')} (apart by a factor of ${decimal(worstTriad.contradiction, 2)}).`), 'warning')] : []),
    ...(cycle === null ? [] : [note(say(`Có vòng lặp ưu tiên: ${[...cycle, ...cycle.slice(0, 1)].map(nameOf).join(' > ')}.`, `Ring of preferences: ${[...cycle, ...cycle.slice(0, 1)].map(nameOf).join(' > ')}.`), 'warning')]),
    ...(filled.length === 0 ? [] : [note(say(
      `Không ai so sánh ${String(filled.length)} cặp; giá trị được suy ra sao cho ít mâu thuẫn nhất: ${filledPairs}. CR vì thế có thể đẹp hơn thực tế.`,
      `Nobody compared ${String(filled.length)} pairs; their values follow with the least contradiction: ${filledPairs}. CR may flatter for that reason.`))]),
    ...(working.experts.length < 2 ? [] : [{
      kind: 'table', totals: 0, caption: say('Từng chuyên gia', 'Each expert'),
      columns: [{ title: say('Chuyên gia', 'Expert'), align: 'left', weight: 9 }, { title: say('Số cặp đã so sánh', 'Pairs compared'), align: 'right', weight: 4 }, { title: 'CR', align: 'right', weight: 3 }],
      rows: working.experts.map((expert, index) => [expert.name === '' ? String(index + 1) : expert.name, `${String(expert.judged)}/${String(expert.pairs)}`, expert.cr === null ? '–' : `${share(expert.cr)}${expert.consistent === false ? say(' (vượt 0,10)', ' (above 0.10)') : ''}`]),
    } as const satisfies Block]),
  ]
}

const weightBlocks = (context: Context, { checklist }: ChecklistResult, score: WeightedScore): readonly Block[] => {
  const { say, pick } = context
  const own = score.weighings.filter(({ method }) => method === 'direct' || method === 'ahp')
  const rest = [...new Set(score.weighings.filter(({ method }) => method === 'proposed' || method === 'equal').map(({ method }) => pick(methodName[method])))]
  return [
    heading(3, say('Trọng số', 'Weights')),
    ...(rest.length === 0 ? [] : [paragraph(say(`${own.length === 0 ? 'Trọng số' : 'Trọng số của các nhóm khác'}: ${rest.join('; ')}.`, `${own.length === 0 ? 'Weights' : 'Weights of the other groups'}: ${rest.join('; ')}.`))]),
    ...own.flatMap((weighing): readonly Block[] => [
      paragraph({ text: weighing.node.text === null ? say('Các nhóm chính', 'Main groups') : pick(weighing.node.text), bold: true }, `: ${pick(methodName[weighing.method])}.`),
      ...prose(checklist.weights?.[weighing.node.id]?.reason ?? ''),
      ...(weighing.fault === null ? [] : [note(pick(faultText(weighing.fault)), 'warning')]),
      ...(weighing.ahp === null ? [] : ahpBlocks(context, weighing, weighing.ahp)),
    ]),
  ]
}

const mostTurns = 12

/** Weights whose change would change the class (trọng số làm thay đổi mức), the nearest first. */
const turnBlocks = ({ say, pick, language }: Context, { pack }: ChecklistResult, score: WeightedScore): readonly Block[] => {
  if (!score.final) return []
  const names = new Map(score.weighings.flatMap(({ node }) => node.children.map((child) => [child.id, child.text] as const)))
  const turns = classTurns(pack, score)
    .flatMap(({ child, weight, up, down }) => [up, down].flatMap((turn) => (turn === null ? [] : [{ child, weight, turn }])))
    .toSorted((a, b) => Math.abs(a.turn.weight - a.weight) - Math.abs(b.turn.weight - b.weight))
  const percent = (value: number): string => formatPercent(value, language, { maxDecimals: 1 })
  return [
    heading(3, say('Kết luận chắc đến đâu', 'How firm the conclusion is')),
    ...(turns.length === 0 ? [paragraph(say('Thay đổi riêng từng trọng số không làm đổi mức xếp loại.', 'No change of a single weight changes the class.'))] : [{
      kind: 'table', totals: 0, caption: say('Trọng số thay đổi đến đâu thì mức xếp loại đổi', 'How far a weight must move for the class to change'),
      columns: [{ title: say('Tiêu chí', 'Criterion'), align: 'left', weight: 7 }, { title: say('Trọng số trong nhóm', 'Weight in its group'), align: 'right', weight: 4 }, { title: say('Đổi mức từ', 'Class changes from'), align: 'right', weight: 4 }, { title: say('Thành', 'To'), align: 'left', weight: 7 }],
      rows: turns.slice(0, mostTurns).map(({ child, weight, turn }) => [pick(names.get(child) ?? { vi: child, en: child }), percent(weight), percent(turn.weight), turn.becomes === null ? say('Dưới mọi mức', 'Below every class') : pick(turn.becomes.text)]),
    } as const satisfies Block]),
  ]
}

/** Outcome of a checklist scored by a weighted tree (kết quả chấm theo cây tiêu chí), with weights, scores and what would change the class. */
export const weightedBlocks = (context: Context, result: ChecklistResult, score: WeightedScore): readonly Block[] => {
  const { scoring } = result.pack
  const chart = radarChart(result.pack, [{ name: { vi: 'Kết quả', en: 'Result' }, result }])
  return [
    ...conclusion(context, score, scoring.by === 'weighted' ? scoring.coverage : 1),
    scoreTable(context, score),
    ...(chart === null ? [] : [{ kind: 'chart', chart, caption: context.pick(chart.title) } as const]),
    ...weightBlocks(context, result, score),
    ...turnBlocks(context, result, score),
  ]
}
