import { changesSince } from '../../checklist/comparison.ts'
import { findingsOf } from '../../checklist/findings.ts'
import type { Finding } from '../../checklist/findings.ts'
import type { ChecklistResult } from '../../checklist/result.ts'
import { classOf } from '../../checklist/result.ts'
import { formatNumber } from '../../kernel/number-text.ts'
import { questionsOf } from '../../rulepack/load.ts'
import { citationText } from '../../rulepack/source-words.ts'
import { heading, note, paragraph, type Context } from '../context.ts'
import type { Block } from '../model.ts'
import { dateText, hashText } from '../wording.ts'
import { answerTable } from './answer-tables.ts'
import { answerText } from './answers.ts'
import { reportedBlocks, rulesBlocks } from './outcome.ts'
import { readinessBlocks } from './readiness.ts'
import { weightedBlocks } from './weighted.ts'

/** Readings of disputed rules that the assessor chose (cách hiểu được lựa chọn), with the reason given. */
const readingBlocks = (context: Context, result: ChecklistResult): readonly Block[] => {
  const { say, pick, cite } = context
  const readings = result.pack.sections.flatMap((section) => section.questions).filter((question) => question.reading === true && result.checklist.answers[question.id] !== undefined)
  return readings.length === 0 ? [] : [{
    kind: 'table', totals: 0, caption: say('Cách hiểu đã lựa chọn', 'Readings chosen'),
    columns: [{ title: say('Mã', 'No.'), align: 'left', weight: 2 }, { title: say('Vấn đề', 'Question'), align: 'left', weight: 9 }, { title: say('Cách hiểu', 'Reading'), align: 'left', weight: 7 }, { title: say('Lý do', 'Reason'), align: 'left', weight: 6 }],
    rows: readings.map((question) => {
      const answer = result.checklist.answers[question.id]
      return [question.label, pick(question.text), answerText(context, question, answer), `${answer?.note ?? ''} ${cite(answer?.evidence ?? [])}`.trim()]
    }),
  }]
}

/** So many findings are listed; of the others the number is said. */
const mostFindings = 10

/** What was found, with the points of a criterion or the answer of a question beside it. */
const findingRows = (context: Context, result: ChecklistResult, found: readonly Finding[]): readonly string[] => {
  const { say, pick, language } = context
  const number = (value: number): string => formatNumber(value, language, { maxDecimals: 2 })
  const questions = new Map(questionsOf(result.pack).map((question) => [question.id, question]))
  const criteria = new Map(result.rules?.criteria.map((outcome) => [outcome.criterion.id, outcome]))
  const rows = found.slice(0, mostFindings).map(({ id, label, text }) => {
    const outcome = criteria.get(id)
    const question = questions.get(id)
    const said = outcome !== undefined && outcome.points !== null ? say(`${number(outcome.points)}/${number(outcome.criterion.maximum)} điểm`, `${number(outcome.points)} of ${number(outcome.criterion.maximum)} points`)
      : question === undefined || result.readiness !== null ? '' : answerText(context, question, result.checklist.answers[id])
    return `${label}. ${pick(text)}${said === '' ? '' : ` – ${said}`}`
  })
  const rest = found.length - rows.length
  return rest === 0 ? rows : [...rows, say(`Và ${String(rest)} mục khác, xem phụ lục.`, `And ${String(rest)} more, see the annex.`)]
}

const findingBlocks = (context: Context, result: ChecklistResult): readonly Block[] => {
  const { say, pick } = context
  const { strengths, gaps } = findingsOf(result)
  const remedies = gaps.flatMap(({ label, recommendation }) => (recommendation === null ? [] : [`${pick(recommendation)} (${label})`]))
  return [
    ...(strengths.length === 0 || result.readiness !== null ? [] : [heading(3, say('Điểm mạnh', 'Strengths')), { kind: 'bullets', items: findingRows(context, result, strengths) } as const]),
    ...(gaps.length === 0 ? [] : [heading(3, say('Điểm hạn chế', 'Weaknesses')), { kind: 'bullets', items: findingRows(context, result, gaps) } as const]),
    ...(remedies.length === 0 ? [] : [heading(3, say('Khuyến nghị', 'Recommendations')), { kind: 'bullets', items: remedies.slice(0, mostFindings) } as const]),
  ]
}

/** A day in writing where a text is nothing but one. */
const asWritten = (text: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? dateText(text) : text)

const referenceBlocks = ({ say, pick, language }: Context, { pack, checklist }: ChecklistResult): readonly Block[] =>
  (pack.references ?? []).flatMap((reference): readonly Block[] => {
    const choice = checklist.references?.[reference.id]
    if (choice === undefined) return [note(pick(reference.missing), 'warning')]
    const cell = (row: (typeof choice.rows)[number], { id, type }: (typeof reference.columns)[number]): string => {
      const value = row[id]
      if (value === undefined || value === null || value === '') return '–'
      // Years and codes that are keys of a table bear no digit groups.
      return typeof value === 'string' ? asWritten(value) : type === 'number' && reference.columns.find((column) => column.id === id)?.key === true ? String(value) : formatNumber(value, language)
    }
    const name = (column: (typeof reference.columns)[number]): string => `${pick(column.text)}${column.unit === '' ? '' : ` (${column.unit})`}`
    const [row] = choice.rows
    const source = note(say(`Nguồn: ${choice.source}; tệp ${choice.table}, ngày ${dateText(choice.date)}; SHA-256 ${hashText(choice.sha256)}.`, `Source: ${choice.source}; file ${choice.table}, ${dateText(choice.date)}; SHA-256 ${hashText(choice.sha256)}.`))
    if (row === undefined) return [paragraph({ text: `${pick(reference.title)}. `, bold: true }, say('Đã đối chiếu, không dòng nào của bảng được áp dụng.', 'Compared; no row of the table applies.')), source]
    return [
      reference.pick === 'one'
        ? { kind: 'table', totals: 0, caption: pick(reference.title), columns: [{ title: say('Nội dung', 'Item'), align: 'left', weight: 8 }, { title: say('Giá trị', 'Value'), align: 'left', weight: 6 }], rows: reference.columns.flatMap((column) => (cell(row, column) === '–' ? [] : [[name(column), cell(row, column)]])) }
        : { kind: 'table', totals: 0, caption: pick(reference.title), columns: reference.columns.map((column) => ({ title: name(column), align: column.type === 'number' ? 'right' as const : 'left' as const, weight: column.type === 'number' ? 2 : 4 })), rows: choice.rows.map((entry) => reference.columns.map((column) => cell(entry, column))) },
      source,
    ]
  })

/** The earlier assessment beside this one (so với lần đánh giá trước): wholes always, criteria where they changed. */
const earlierBlocks = (context: Context, result: ChecklistResult): readonly Block[] => {
  const { say, pick, language } = context
  const { earlier } = result.checklist
  if (earlier === undefined) return []
  const repeated = new Set(result.rules?.figures.filter(({ figure }) => figure.expression.trim() === 'total').map(({ figure }) => figure.id))
  const changes = changesSince(result, earlier).filter(({ name }) => !repeated.has(name.id))
  const parts = changes.filter(({ name }) => name.kind === 'criterion')
  const shown = changes.filter(({ name, difference }) => name.kind !== 'criterion' || difference !== 0)
  const [then, now] = [earlier.class, classOf(result)]
  return [
    heading(3, say('So với lần đánh giá trước', 'Compared with the earlier assessment')),
    paragraph(say(`${earlier.title}, ${dateText(earlier.date)}${earlier.seal === null ? '' : `, mã niêm phong ${hashText(earlier.seal).slice(0, 17)}…`}.`, `${earlier.title}, ${dateText(earlier.date)}${earlier.seal === null ? '' : `, seal ${hashText(earlier.seal).slice(0, 17)}…`}.`),
      ...(then === null || now === null ? [] : [say(` Mức lần trước: ${nameOfClass(result, then, context)}; lần này: ${nameOfClass(result, now, context)}.`, ` Class then: ${nameOfClass(result, then, context)}; now: ${nameOfClass(result, now, context)}.`)])),
    {
      kind: 'table', totals: 0, caption: '',
      columns: [{ title: say('Nội dung', 'Item'), align: 'left', weight: 10 }, { title: say('Lần trước', 'Then'), align: 'right', weight: 3 }, { title: say('Lần này', 'Now'), align: 'right', weight: 3 }, { title: say('Thay đổi', 'Change'), align: 'right', weight: 3 }],
      rows: shown.map(({ name, then: before, now: after, difference }) => {
        const text = (value: number | null): string => (value === null ? '–' : `${formatNumber(value, language, { maxDecimals: name.decimals })}${name.unit === '' ? '' : ` ${name.unit}`}`)
        return [pick(name.text), text(before), text(after), difference === null ? '–' : `${difference > 0 ? '+' : ''}${text(difference)}`]
      }),
      strong: shown.flatMap(({ name }, index) => (name.kind === 'total' || name.kind === 'level' ? [index] : [])),
    },
    ...(parts.length === 0 || shown.filter(({ name }) => name.kind === 'criterion').length === parts.length ? [] : [paragraph(say('Các tiêu chí không có trong bảng giữ nguyên điểm.', 'Criteria that are not in the table kept their points.'))]),
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
  const reported = reportedBlocks(context, result, (question) => answerTable(context, result, question, true))
  return [
    ...(alone ? [] : [heading(2, pack.title[context.language])]),
    paragraph(say('Bộ tiêu chí: ', 'Criteria: '), { text: `${pick(pack.title)} (${pack.id} ${pack.version})`, italic: true }, '.'),
    ...(rules !== null ? rulesBlocks(context, result, rules, reported) : [...(weighted !== null ? weightedBlocks(context, result, weighted) : readinessBlocks(context, result)), ...reported]),
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
