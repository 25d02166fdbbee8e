import { findingsOf } from '../../checklist/findings.ts'
import type { Finding } from '../../checklist/findings.ts'
import type { RulesOutcome } from '../../checklist/outcome.ts'
import type { ChecklistResult } from '../../checklist/result.ts'
import { classOf, resultNumbers } from '../../checklist/result.ts'
import { nodesOf } from '../../checklist/tree.ts'
import { valueWords } from '../../checklist/value-words.ts'
import { formatNumber } from '../../kernel/number-text.ts'
import { citationText } from '../../rulepack/source-words.ts'
import { sectionsChart } from '../charts.ts'
import { heading, keyValues, note, paragraph, type Context } from '../context.ts'
import type { Block } from '../model.ts'
import { dateText, hashText } from '../wording.ts'
import { answerText } from './answers.ts'
import { readinessBlocks } from './readiness.ts'
import { weightedBlocks } from './weighted.ts'

const points = (value: number, { language }: Context): string => formatNumber(value, language, { maxDecimals: 2 })

const classBlocks = (context: Context, rules: RulesOutcome): readonly Block[] => {
  const { say, pick } = context
  const total = rules.maximum === null ? '' : `${points(rules.total, context)}/${points(rules.maximum, context)}`
  if (!rules.final)
    return [
      { kind: 'result', label: say('Kết quả tạm tính', 'Result so far'), value: total === '' ? say('Chưa đủ cơ sở kết luận', 'Not enough to conclude') : total, lines: [say('Chưa trả lời hoặc chưa chấm đủ nên chưa xếp mức.', 'Not everything is answered or scored, so there is no class yet.')] },
    ]
  const ruled = rules.gaps.some(({ ruling }) => ruling !== null)
  return [
    {
      kind: 'result', label: say('Kết luận', 'Conclusion'), value: rules.class === null ? say('Không thuộc mức nào theo quy định', 'No class of the rules applies') : pick(rules.class.text),
      lines: [
        ...(total === '' ? [] : [say(`Tổng điểm: ${total}`, `Total: ${total}`)]),
        ...(ruled && rules.proposed !== null ? [say(`Theo riêng quy tắc: ${rules.proposed.text.vi}; hội đồng đã quyết định như nêu dưới đây.`, `By the rules alone: ${rules.proposed.text.en}; the council decided as stated below.`)] : []),
      ],
    },
    ...rules.gaps.flatMap(({ gap, ruling }): readonly Block[] => [
      note(`${say('Trường hợp quy định không bao quát', 'Case the rules do not cover')}: ${pick(gap.text)}`, 'warning'),
      ...(ruling === null
        ? [note(say('Hội đồng chưa quyết định.', 'The council has not decided yet.'), 'warning')]
        : [paragraph(say(`Hội đồng quyết định: ${classText(rules, ruling.class, context)}. Lý do: ${ruling.reason} (${ruling.by}, ${dateText(ruling.date)}).`, `The council decided: ${classText(rules, ruling.class, context)}. Reason: ${ruling.reason} (${ruling.by}, ${dateText(ruling.date)}).`))]),
    ]),
  ]
}

const classText = (rules: RulesOutcome, id: string, { pick }: Context): string => {
  const found = [rules.class, rules.proposed].find((entry) => entry?.id === id)
  return found === undefined || found === null ? id : pick(found.text)
}

const rulesBlocks = (context: Context, result: ChecklistResult, rules: RulesOutcome): readonly Block[] => {
  const { say, pick, language } = context
  const scored = rules.sections.filter(({ maximum }) => maximum !== null)
  const chart = sectionsChart(result.pack, rules)
  return [
    ...classBlocks(context, rules),
    ...(rules.figures.length === 0 ? [] : keyValues(rules.figures.map(({ figure, value }) => [`${pick(figure.text)} (${figure.symbol})`, valueWords(value, { language, unit: figure.unit, decimals: figure.decimals })]))),
    ...rules.figures.flatMap(({ figure }) => (figure.note === undefined ? [] : [note(pick(figure.note))])),
    ...(scored.length === 0 ? [] : [{
      kind: 'table', totals: rules.maximum === null ? 0 : 1, caption: say('Điểm theo nhóm', 'Points by group'),
      columns: [{ title: say('Nhóm', 'Group'), align: 'left', weight: 10 }, { title: say('Điểm', 'Points'), align: 'right', weight: 3 }, { title: say('Tối đa', 'Maximum'), align: 'right', weight: 3 }, { title: say('Tỷ lệ', 'Share'), align: 'right', weight: 3 }],
      rows: [
        ...scored.map((section) => [pick(section.section.title), section.final ? points(section.points, context) : say(`${points(section.points, context)} (tạm tính)`, `${points(section.points, context)} (so far)`), points(section.maximum ?? 0, context), `${formatNumber((section.points / (section.maximum ?? 1)) * 100, language, { maxDecimals: 1 })} %`]),
        ...(rules.maximum === null ? [] : [[say('Tổng', 'Total'), points(rules.total, context), points(rules.maximum, context), `${formatNumber((rules.total / rules.maximum) * 100, language, { maxDecimals: 1 })} %`]]),
      ],
    } as const satisfies Block]),
    ...(chart === null ? [] : [{ kind: 'chart', chart, caption: pick(chart.title) } as const]),
  ]
}

/** Readings of disputed rules that the assessor chose (cách hiểu được lựa chọn), with the reason given. */
const readingBlocks = (context: Context, result: ChecklistResult): readonly Block[] => {
  const { say, pick } = context
  const readings = result.pack.sections.flatMap((section) => section.questions).filter((question) => question.reading === true && result.checklist.answers[question.id] !== undefined)
  return readings.length === 0 ? [] : [{
    kind: 'table', totals: 0, caption: say('Cách hiểu đã lựa chọn', 'Readings chosen'),
    columns: [{ title: say('Mã', 'No.'), align: 'left', weight: 2 }, { title: say('Vấn đề', 'Question'), align: 'left', weight: 9 }, { title: say('Cách hiểu', 'Reading'), align: 'left', weight: 7 }, { title: say('Lý do', 'Reason'), align: 'left', weight: 6 }],
    rows: readings.map((question) => [question.label, pick(question.text), answerText(context, question, result.checklist.answers[question.id]), result.checklist.answers[question.id]?.note ?? '']),
  }]
}

const findingRows = (context: Context, found: readonly Finding[]): readonly string[] => found.slice(0, 8).map(({ label, text }) => `${label}. ${context.pick(text)}`)

const findingBlocks = (context: Context, result: ChecklistResult): readonly Block[] => {
  const { say, pick } = context
  const { strengths, gaps } = findingsOf(result)
  const remedies = gaps.flatMap(({ label, recommendation }) => (recommendation === null ? [] : [`${pick(recommendation)} (${label})`]))
  return [
    ...(strengths.length === 0 || result.readiness !== null ? [] : [heading(3, say('Điểm mạnh', 'Strengths')), { kind: 'bullets', items: findingRows(context, strengths) } as const]),
    ...(gaps.length === 0 ? [] : [heading(3, say('Điểm hạn chế', 'Weaknesses')), { kind: 'bullets', items: findingRows(context, gaps) } as const]),
    ...(remedies.length === 0 ? [] : [heading(3, say('Khuyến nghị', 'Recommendations')), { kind: 'bullets', items: remedies } as const]),
  ]
}

const referenceBlocks = ({ say, pick }: Context, { pack, checklist }: ChecklistResult): readonly Block[] =>
  (pack.references ?? []).flatMap((reference): readonly Block[] => {
    const choice = checklist.references?.[reference.id]
    if (choice === undefined) return [note(pick(reference.missing), 'warning')]
    return [
      {
        kind: 'table', totals: 0, caption: pick(reference.title),
        columns: reference.columns.map((column) => ({ title: `${pick(column.text)}${column.unit === '' ? '' : ` (${column.unit})`}`, align: column.type === 'number' ? 'right' : 'left', weight: column.type === 'number' ? 2 : 4 })),
        rows: choice.rows.map((row) => reference.columns.map(({ id }) => String(row[id] ?? ''))),
      },
      paragraph(say(`Nguồn: ${choice.source}; tệp ${choice.table}, ngày ${dateText(choice.date)}; SHA-256 ${hashText(choice.sha256)}.`, `Source: ${choice.source}; file ${choice.table}, ${dateText(choice.date)}; SHA-256 ${hashText(choice.sha256)}.`)),
    ]
  })

/** The earlier assessment beside this one (so với lần đánh giá trước). */
const earlierBlocks = (context: Context, result: ChecklistResult): readonly Block[] => {
  const { say, pick, language } = context
  const { earlier } = result.checklist
  if (earlier === undefined) return []
  const now = resultNumbers(result)
  const name = (id: string): string => {
    const section = result.pack.sections.find((entry) => entry.id === id)
    const criterion = result.rules?.criteria.find((entry) => entry.criterion.id === id)?.criterion
    const figure = result.rules?.figures.find((entry) => entry.figure.id === id)?.figure
    const node = nodesOf(result.pack).flatMap(({ children }) => children).find((entry) => entry.id === id)
    return id === 'total' ? say('Tổng điểm', 'Total') : id === 'level' ? say('Mức', 'Level') : section !== undefined ? pick(section.title) : criterion !== undefined ? `${criterion.label}. ${pick(criterion.text)}` : figure !== undefined ? pick(figure.text) : node !== undefined ? pick(node.text) : id
  }
  const text = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : formatNumber(value, language, { maxDecimals: 2 }))
  return [
    heading(3, say('So với lần đánh giá trước', 'Compared with the earlier assessment')),
    paragraph(say(`${earlier.title}, ${dateText(earlier.date)}${earlier.seal === null ? '' : `, mã niêm phong ${hashText(earlier.seal)}`}.`, `${earlier.title}, ${dateText(earlier.date)}${earlier.seal === null ? '' : `, seal ${hashText(earlier.seal)}`}.`)),
    {
      kind: 'table', totals: 0, caption: '',
      columns: [{ title: say('Nội dung', 'Item'), align: 'left', weight: 10 }, { title: say('Lần trước', 'Then'), align: 'right', weight: 3 }, { title: say('Lần này', 'Now'), align: 'right', weight: 3 }, { title: say('Thay đổi', 'Change'), align: 'right', weight: 3 }],
      rows: Object.keys(now).filter((id) => Object.hasOwn(earlier.numbers, id)).map((id) => {
        const before = earlier.numbers[id] ?? null
        const after = now[id] ?? null
        return [name(id), text(before), text(after), before === null || after === null ? '–' : `${after > before ? '+' : ''}${text(after - before)}`]
      }),
    },
    ...(earlier.class === null || classOf(result) === null ? [] : [paragraph(say(`Mức lần trước: ${nameOfClass(result, earlier.class, context)}; lần này: ${nameOfClass(result, classOf(result) ?? '', context)}.`, `Class then: ${nameOfClass(result, earlier.class, context)}; now: ${nameOfClass(result, classOf(result) ?? '', context)}.`))]),
  ]
}

const nameOfClass = ({ pack: { scoring } }: ChecklistResult, id: string, { pick }: Context): string => {
  const found = scoring.by === 'levels' ? undefined : scoring.classes.find((entry) => entry.id === id)
  return found === undefined ? id : pick(found.text)
}

const consentBlocks = ({ input, say, language, cite }: Context, { pack }: ChecklistResult): readonly Block[] => {
  if (pack.needsConsent === undefined) return []
  const basis = pack.needsConsent.basis.map((entry) => citationText(entry, pack.sources, language)).join('; ')
  const { consent } = input.state
  if (consent === undefined || !consent.given)
    return [note(say(
      `${consent === undefined ? 'Chưa có văn bản đồng ý của doanh nghiệp' : `Doanh nghiệp không đồng ý (${consent.by}, ${dateText(consent.date)})`}: kết quả này không được cung cấp cho bên thứ ba. ${basis}`,
      `${consent === undefined ? 'The enterprise has not given its consent' : `The enterprise refused its consent (${consent.by}, ${dateText(consent.date)})`}: this result may not go to a third party. ${basis}`), 'warning')]
  return [paragraph(say(
    `Doanh nghiệp đồng ý cung cấp kết quả cho bên thứ ba: ${consent.by}${consent.position === '' ? '' : `, ${consent.position}`}, ngày ${dateText(consent.date)}${consent.scope === '' ? '' : `; phạm vi: ${consent.scope}`} ${cite(consent.evidence)}. ${basis}`,
    `The enterprise consents to its results going to third parties: ${consent.by}${consent.position === '' ? '' : `, ${consent.position}`}, ${dateText(consent.date)}${consent.scope === '' ? '' : `; scope: ${consent.scope}`} ${cite(consent.evidence)}. ${basis}`))]
}

const oneChecklist = (context: Context, result: ChecklistResult, alone: boolean): readonly Block[] => {
  const { say, pick } = context
  const { pack, rules, weighted } = result
  return [
    ...(alone ? [] : [heading(2, pack.title[context.language])]),
    paragraph(say('Bộ tiêu chí: ', 'Criteria: '), { text: `${pick(pack.title)} (${pack.id} ${pack.version})`, italic: true }, '.'),
    ...(rules !== null ? rulesBlocks(context, result, rules) : weighted !== null ? weightedBlocks(context, result, weighted) : readinessBlocks(context, result)),
    ...readingBlocks(context, result),
    ...referenceBlocks(context, result),
    ...findingBlocks(context, result),
    ...earlierBlocks(context, result),
    ...consentBlocks(context, result),
  ]
}

/** Outcome of every checklist of the dossier (kết quả đánh giá theo tiêu chí), the main one first. */
export const checklistSection = (context: Context): readonly Block[] =>
  context.input.checklists.flatMap((result) => oneChecklist(context, result, context.input.checklists.length === 1))
