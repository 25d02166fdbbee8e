import { evaluate } from '../../checklist/expression/evaluate.ts'
import { isShown } from '../../checklist/answers.ts'
import { classMoves } from '../../checklist/outcome.ts'
import type { ClassMove, RulesOutcome } from '../../checklist/outcome.ts'
import type { ChecklistResult } from '../../checklist/result.ts'
import { valueWords } from '../../checklist/value-words.ts'
import { formatNumber, formatPercent } from '../../kernel/number-text.ts'
import { referencesOf } from '../../rulepack/expression/parse.ts'
import type { Node } from '../../rulepack/expression/types.ts'
import { packNames } from '../../rulepack/scope.ts'
import type { Question } from '../../rulepack/schema.ts'
import type { PackFigure } from '../../rulepack/scoring.ts'
import { radarChart } from '../checklist-charts.ts'
import { sectionsChart } from '../charts.ts'
import { heading, note, paragraph, type Context } from '../context.ts'
import type { Block } from '../model.ts'
import { dateText } from '../wording.ts'
import { answerText } from './answers.ts'

const points = (value: number, { language }: Context): string => formatNumber(value, language, { maxDecimals: 2 })

/** Figures that only repeat the total, which stands with the conclusion. */
const repeatsTotal = ({ expression }: PackFigure): boolean => expression.trim() === 'total'

const classText = (result: ChecklistResult, id: string, { pick }: Context): string => {
  const { scoring } = result.pack
  const found = scoring.by === 'levels' ? undefined : scoring.classes.find((entry) => entry.id === id)
  return found === undefined ? id : pick(found.text)
}

const gapBlocks = (context: Context, result: ChecklistResult, rules: RulesOutcome): readonly Block[] => {
  const { say, pick } = context
  return rules.gaps.flatMap(({ gap, ruling }): readonly Block[] => [
    note(`${say('Cần xem xét', 'To be considered')}: ${pick(gap.text)}${ruling === null ? ` ${say('Chưa có quyết định của hội đồng hoặc người có thẩm quyền.', 'Neither the council nor the person in authority has decided yet.')}` : ''}`, 'warning'),
    ...(ruling === null ? [] : [paragraph(say(
      `Quyết định: ${classText(result, ruling.class, context)}. Lý do: ${ruling.reason} (${ruling.by}, ${dateText(ruling.date)}).`,
      `Decision: ${classText(result, ruling.class, context)}. Reason: ${ruling.reason} (${ruling.by}, ${dateText(ruling.date)}).`))]),
  ])
}

const classBlocks = (context: Context, result: ChecklistResult, rules: RulesOutcome): readonly Block[] => {
  const { say, pick } = context
  const total = rules.maximum === null ? '' : `${points(rules.total, context)}/${points(rules.maximum, context)}`
  if (!rules.final || (rules.class === null && rules.gaps.length > 0)) {
    const missing = [...new Map(rules.criteria.flatMap(({ blockedBy }) => blockedBy.map((reference) => [reference.id, reference] as const))).values()]
    return [
      {
        kind: 'result', label: rules.final ? say('Kết quả', 'Result') : say('Kết quả tạm tính', 'Result so far'), value: total === '' ? say('Chưa đủ cơ sở kết luận', 'Not enough to conclude') : total,
        lines: [rules.final ? say('Chưa xếp mức: còn trường hợp phải có quyết định.', 'No class yet: a case has to be decided.')
          : missing.length > 0 ? say(`Chưa xếp mức: chưa có ${missing.map(({ title }) => title.vi).join(', ')}.`, `No class yet, for want of: ${missing.map(({ title }) => title.en).join(', ')}.`)
            : say('Chưa trả lời hoặc chưa chấm đủ nên chưa xếp mức.', 'Not everything is answered or scored, so there is no class yet.')],
      },
      ...gapBlocks(context, result, rules),
    ]
  }
  const ruled = rules.gaps.some(({ ruling }) => ruling !== null)
  return [
    {
      kind: 'result', label: say('Kết luận', 'Conclusion'), value: rules.class === null ? say('Không thuộc mức nào theo quy định', 'No class of the rules applies') : pick(rules.class.text),
      lines: [
        ...(total === '' ? [] : [say(`Tổng điểm: ${total}`, `Total: ${total}`)]),
        ...(!ruled ? [] : [rules.proposed === null
          ? say('Theo riêng quy tắc: không thuộc mức nào; mức trên theo quyết định nêu dưới đây.', 'By the rules alone no class applies; the class above was decided as stated below.')
          : say(`Theo riêng quy tắc: ${rules.proposed.text.vi}; mức trên theo quyết định nêu dưới đây.`, `By the rules alone: ${rules.proposed.text.en}; the class above was decided as stated below.`)]),
      ],
    },
    ...gapBlocks(context, result, rules),
  ]
}

/** Longer labels of facts would be broken into many short lines: they stand in a table. */
const longestLabel = 40

const factsTable = ({ say }: Context, block: Block): Block => block.kind !== 'keyValues' || block.rows.every(({ label }) => label.length <= longestLabel) ? block : {
  kind: 'table', totals: 0, caption: '',
  columns: [{ title: say('Nội dung', 'Item'), align: 'left', weight: 10 }, { title: say('Kết quả', 'Result'), align: 'left', weight: 4 }],
  rows: block.rows.map(({ label, value }) => [label, value]),
}

/** Answers that the pack puts beside the result: facts, statements and tables, in the order of the pack. */
export const reportedBlocks = (context: Context, result: ChecklistResult, table: (question: Extract<Question, { type: 'table' }>) => readonly Block[]): readonly Block[] => {
  const { pick, language } = context
  const { pack, checklist, values } = result
  const shown = pack.sections.flatMap((section) => section.questions).filter((question) => question.inReport === true && isShown(question, checklist.answers))
  const blocks: Block[] = []
  for (const question of shown) {
    if (question.type === 'table') {
      blocks.push(...table(question))
      continue
    }
    const answer = checklist.answers[question.id]
    const value = question.type === 'computed' ? values.valueOf(question.id) : undefined
    if (value === undefined ? (answer?.value ?? null) === null || answer?.value === '' : value.kind === 'missing') continue
    const text = value === undefined || question.type !== 'computed' ? answerText(context, question, answer) : valueWords(value, { language, unit: question.unit, decimals: question.decimals, options: question.options })
    const label = pick(question.text).replace(/[?.:]$/, '').replace(': ', ' – ')
    if (question.type === 'text') {
      const [first = '', ...rest] = text.split(/\r?\n/).filter((line) => line.trim() !== '')
      blocks.push(paragraph({ text: `${label}. `, bold: true }, first), ...rest.map((line) => paragraph(line)))
      continue
    }
    const before = blocks.at(-1)
    if (before?.kind === 'keyValues') blocks[blocks.length - 1] = { kind: 'keyValues', rows: [...before.rows, { label, value: text }] }
    else blocks.push({ kind: 'keyValues', rows: [{ label, value: text }] })
  }
  return blocks.map((block) => factsTable(context, block))
}

/** Conditions of a figure that counts the true ones among several; none for other figures. */
const countedConditions = (result: ChecklistResult, figure: PackFigure): readonly Node[] => {
  const root = packNames(result.pack).formula(figure.expression)?.root
  return root?.kind === 'call' && root.name === 'countTrue' && root.args.length > 1 ? root.args : []
}

/** What counts here: answers that a figure counted, unless they are the first choice of their question, which packs keep for the best. */
const countedBlocks = (context: Context, result: ChecklistResult, rules: RulesOutcome): readonly Block[] => {
  const { pick } = context
  const { pack, checklist } = result
  const { named } = packNames(pack)
  return rules.figures.flatMap(({ figure, value }): readonly Block[] => {
    const expression = packNames(pack).formula(figure.expression)
    if (expression === undefined || value.kind !== 'number' || value.value === 0) return []
    const questions = countedConditions(result, figure).flatMap((condition) => {
      const part = { text: expression.text, root: condition }
      const held = evaluate(part, rules.values.environment)
      if (held.kind !== 'boolean' || !held.value) return []
      const entries = referencesOf(part).map((name) => named.get(name))
      const [first] = entries
      return entries.length === 1 && first?.kind === 'question' ? [first.question] : []
    })
    if (questions.length !== value.value || questions.some((question) => question.type !== 'choice' || checklist.answers[question.id]?.value === question.options[0]?.value)) return []
    return [
      heading(3, pick(figure.text)),
      { kind: 'bullets', items: questions.map((question) => {
        const remark = checklist.answers[question.id]?.note ?? ''
        const advice = question.recommendation === undefined ? '' : pick(question.recommendation)
        return [`${question.label}. ${pick(question.text)} – ${answerText(context, question, checklist.answers[question.id])}`, remark, advice].filter((part) => part !== '').map((part) => (/[.?!…]$/.test(part) ? part : `${part}.`)).join(' ')
      }) },
    ]
  })
}

const figureBlocks = ({ say, pick, language }: Context, rules: RulesOutcome): readonly Block[] => {
  // What is missing before the end is told once, with the result.
  const figures = rules.figures.filter(({ figure, value }) => !repeatsTotal(figure) && (rules.final || value.kind !== 'missing'))
  return figures.length === 0 ? [] : [{
    kind: 'table', totals: 0, caption: '',
    columns: [{ title: say('Chỉ số', 'Figure'), align: 'left', weight: 12 }, { title: say('Giá trị', 'Value'), align: 'right', weight: 4 }],
    rows: figures.map(({ figure, value }) => [[pick(figure.text), figure.note === undefined ? '' : pick(figure.note)].filter((part) => part !== '').join('\n'), valueWords(value, { language, unit: figure.unit, decimals: figure.decimals })]),
  }]
}

const moveText = ({ say }: Context, moves: readonly ClassMove[]): string => moves
  .map(({ criterion, from, to }) => `${criterion.label} (${to > from ? say(`từ ${String(from)} lên ${String(to)} điểm`, `${String(from)} up to ${String(to)} points`) : say(`từ ${String(from)} xuống ${String(to)} điểm`, `${String(from)} down to ${String(to)} points`)})`)
  .join('; ')

/** Which criterion alone would give another class (tiêu chí nào làm đổi mức), for packs with criteria. */
const moveBlocks = (context: Context, { pack, checklist }: ChecklistResult, rules: RulesOutcome): readonly Block[] => {
  const { say, pick } = context
  if (!rules.final || rules.proposed === null || rules.criteria.length === 0) return []
  const moves = classMoves(pack, checklist)
  const lead = say('Kết luận chắc đến đâu. ', 'How firm the conclusion is. ')
  if (moves.length === 0) return [paragraph({ text: lead, bold: true }, say('Không tiêu chí nào, nếu thay đổi riêng một mình, làm đổi mức xếp loại.', 'No criterion, changed on its own, would give another class.'))]
  const byClass = [...Map.groupBy(moves, (move) => move.class.id).values()]
  return [paragraph({ text: lead, bold: true }, say('Chỉ cần một tiêu chí thay đổi như sau, các tiêu chí khác giữ nguyên, là mức xếp loại đổi. ', 'One criterion changed as follows, all others as they are, gives another class. '),
    byClass.map((group) => `${say('Thành', 'To')} “${group[0] === undefined ? '' : pick(group[0].class.text)}”: ${moveText(context, group)}.`).join(' '))]
}

/** Outcome of a checklist scored by rules (kết quả chấm theo quy tắc): class, what was decided, figures, points, picture. */
export const rulesBlocks = (context: Context, result: ChecklistResult, rules: RulesOutcome, reported: readonly Block[]): readonly Block[] => {
  const { say, pick, language } = context
  const scored = rules.sections.filter(({ maximum }) => maximum !== null)
  const chart = radarChart(result.pack, [{ name: { vi: 'Kết quả', en: 'Result' }, result }]) ?? sectionsChart(result.pack, rules)
  return [
    ...classBlocks(context, result, rules),
    ...reported,
    ...(scored.length === 0 ? [] : [{
      kind: 'table', totals: rules.maximum === null ? 0 : 1, caption: say('Điểm theo nhóm', 'Points by group'),
      columns: [{ title: say('Nhóm', 'Group'), align: 'left', weight: 10 }, { title: say('Điểm', 'Points'), align: 'right', weight: 3 }, { title: say('Tối đa', 'Maximum'), align: 'right', weight: 3 }, { title: say('Tỷ lệ', 'Share'), align: 'right', weight: 3 }],
      rows: [
        ...scored.map((section) => [pick(section.section.title), section.final ? points(section.points, context) : say(`${points(section.points, context)} (tạm tính)`, `${points(section.points, context)} (so far)`), points(section.maximum ?? 0, context), formatPercent(section.points / (section.maximum ?? 1), language, { minDecimals: 1, maxDecimals: 1 })]),
        ...(rules.maximum === null ? [] : [[say('Tổng', 'Total'), points(rules.total, context), points(rules.maximum, context), formatPercent(rules.total / rules.maximum, language, { minDecimals: 1, maxDecimals: 1 })]]),
      ],
    } as const satisfies Block]),
    ...figureBlocks(context, rules),
    ...(chart === null ? [] : [{ kind: 'chart', chart, caption: pick(chart.title) } as const]),
    ...moveBlocks(context, result, rules),
    ...countedBlocks(context, result, rules),
  ]
}
