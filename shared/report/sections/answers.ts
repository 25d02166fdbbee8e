import { chosenOf, isAnswered, isShown, rowsOf } from '../../checklist/answers.ts'
import { differencesOf } from '../../checklist/assessors.ts'
import type { CriterionOutcome } from '../../checklist/outcome.ts'
import type { ChecklistResult } from '../../checklist/result.ts'
import { valueWords } from '../../checklist/value-words.ts'
import { formatNumber } from '../../kernel/number-text.ts'
import type { Question, Section } from '../../rulepack/schema.ts'
import type { Answer } from '../../schema/dossier.ts'
import { heading, note, paragraph, type Context } from '../context.ts'
import type { Block } from '../model.ts'
import { dateText } from '../wording.ts'
import { answerTable, plainNumber } from './answer-tables.ts'
import { criterionState } from './readiness.ts'
import { basisText, workingOf } from './working.ts'

/** An answer as the report prints it; tables are told by their number of rows and printed on their own. */
export const answerText = (context: Context, question: Question, answer: Answer | undefined): string => {
  const { say, pick, language } = context
  const value = answer?.value ?? null
  if (value === null) return '–'
  if (question.type === 'table') {
    const rows = rowsOf(value).length
    return rows === 0 ? say('Không có', 'None') : say(`${String(rows)} dòng, xem bảng dưới`, `${String(rows)} rows, see the table below`)
  }
  if (typeof value === 'boolean') return value ? say('Có', 'Yes') : say('Không', 'No')
  if (typeof value === 'number') {
    if (question.type === 'level') return `${String(value)}. ${pick(question.levels.find((level) => level.value === value)?.text ?? { vi: '', en: '' })}`
    return `${question.type === 'number' ? plainNumber(value, question, language) : formatNumber(value, language)}${'unit' in question && question.unit !== '' ? ` ${question.unit}` : ''}`
  }
  const option = (id: string): string => (question.type === 'choice' ? pick(question.options.find((row) => row.value === id)?.text ?? { vi: id, en: id }) : id)
  if (typeof value !== 'string') return value.length === 0 ? say('Không mục nào', 'None of them') : chosenOf(value).map(option).join('; ')
  return question.type === 'date' ? dateText(value) : option(value)
}

/** A scored criterion with the rows of its scale that count and the working of its numbers. */
const criterionRow = (context: Context, result: ChecklistResult, outcome: CriterionOutcome): readonly string[] => {
  const { say, pick, language } = context
  const { criterion, points, parts, figures, state, blockedBy } = outcome
  const hits = parts.flatMap(({ rows }) => rows.filter(({ counts }) => counts).map(({ row }) => `${pick(row.text)}\u00a0→\u00a0${formatNumber(row.points, language)}`))
  const why = state === 'blocked' ? blockedBy.map(({ missing }) => pick(missing)) : state === 'open' ? [say('Chưa đủ câu trả lời.', 'Answers are missing.')] : hits.length === 0 ? [say('Không dòng nào của thang điểm thỏa mãn.', 'No row of the scale holds.')] : hits
  const working = state === 'scored' ? figures.flatMap((question) => workingOf(context, result, question)) : []
  return [criterion.label, [pick(criterion.text), basisText(context, result, criterion.basis)].filter((part) => part !== '').join('\n'), [...working, ...why].join('\n'), points === null ? '–' : formatNumber(points, language), formatNumber(criterion.maximum, language)]
}

/** Questions of a section as the annex lists them: readings already argued in the body and numbers that the scoring works out are told there. */
const listed = (result: ChecklistResult, section: Section): readonly Question[] => {
  const { checklist, rules } = result
  const worked = new Set(rules?.criteria.filter(({ state }) => state === 'scored').flatMap(({ figures }) => figures.map(({ id }) => id)))
  return section.questions.filter((question) => isShown(question, checklist.answers) && !(question.type === 'computed' && worked.has(question.id)) && !(question.reading === true && isAnswered(checklist.answers[question.id])))
}

const sectionBlocks = (context: Context, result: ChecklistResult, section: Section): readonly Block[] => {
  const { say, pick, cite, language } = context
  const { checklist, readiness, rules, values } = result
  const states = new Map(readiness?.levels.flatMap((level) => level.criteria.map((criterion) => [criterion.question.id, criterion.state] as const)) ?? [])
  const waiver = checklist.waivers[section.id]
  const criteria = rules?.criteria.filter((entry) => entry.section.id === section.id) ?? []
  const rows = listed(result, section).map((question) => {
    const answer = checklist.answers[question.id]
    const own = checklist.waivers[question.id]
    const state = states.get(question.id)
    const remark = [`${cite(answer?.evidence ?? [])} ${answer?.note ?? ''}`.trim(), own === undefined ? '' : `${say('Miễn trừ', 'Waived')}: ${own.reason} (${own.by}, ${dateText(own.date)})`].filter((part) => part !== '').join('\n')
    const given = question.type === 'computed' ? valueWords(values.valueOf(question.id), { language, unit: question.unit, decimals: question.decimals, options: question.options }) : answerText(context, question, answer)
    // With a state beside it, yes and no would be said twice.
    return { question, cells: [question.label, pick(question.text), ...(readiness === null ? [given] : [state === undefined ? given : pick(criterionState[state])]), remark] }
  })
  if (rows.length === 0 && criteria.length === 0 && waiver === undefined) return []
  const remarks = rows.some(({ cells }) => cells.at(-1) !== '')
  return [
    heading(3, pick(section.title)),
    ...(waiver === undefined ? [] : [note(say(`Miễn trừ cả phần: ${waiver.reason} (${waiver.by}, ${dateText(waiver.date)})`, `The whole section is waived: ${waiver.reason} (${waiver.by}, ${dateText(waiver.date)})`))]),
    ...(rows.length === 0 ? [] : [{
      kind: 'table', totals: 0, caption: '',
      columns: [
        { title: say('Mã', 'No.'), align: 'left', weight: 1 }, { title: say('Câu hỏi', 'Question'), align: 'left', weight: 9 },
        readiness === null ? { title: say('Trả lời', 'Answer'), align: 'left', weight: 6 } : { title: say('Kết quả', 'Result'), align: 'left', weight: 3 },
        ...(remarks ? [{ title: say('Chứng cứ, ghi chú', 'Evidence, note'), align: 'left' as const, weight: 7 }] : []),
      ],
      rows: rows.map(({ cells }) => (remarks ? cells : cells.slice(0, -1))),
    } as const satisfies Block]),
    ...rows.flatMap(({ question }) => (question.type === 'table' ? answerTable(context, result, question) : [])),
    ...(criteria.length === 0 ? [] : [{
      kind: 'table', totals: 0, caption: say('Chấm điểm', 'Scoring'),
      columns: [
        { title: say('TT', 'No.'), align: 'left', weight: 1 }, { title: say('Tiêu chí', 'Criterion'), align: 'left', weight: 8 }, { title: say('Cách tính và dòng được tính', 'Working and the row that counts'), align: 'left', weight: 11 },
        { title: say('Điểm', 'Points'), align: 'right', weight: 1 }, { title: say('Tối đa', 'Max.'), align: 'right', weight: 1 },
      ],
      rows: criteria.map((outcome) => criterionRow(context, result, outcome)),
    } as const satisfies Block]),
  ]
}

/** What independent assessors answered differently, and what was agreed. */
const assessorBlocks = (context: Context, result: ChecklistResult): readonly Block[] => {
  const { say, pick } = context
  const differing = differencesOf(result.pack, result.checklist).filter(({ state }) => state === 'differ')
  const names = Object.values(result.checklist.assessors ?? {}).filter(({ done }) => done).map(({ name }) => name)
  if (names.length === 0) return []
  return [
    heading(3, say('Người đánh giá độc lập', 'Independent assessors')),
    paragraph(say(`${names.join(', ')}. Số câu trả lời khác nhau: ${String(differing.length)}.`, `${names.join(', ')}. Questions answered differently: ${String(differing.length)}.`)),
    ...(differing.length === 0 ? [] : [{
      kind: 'table', totals: 0, caption: '',
      columns: [{ title: say('Mã', 'No.'), align: 'left', weight: 2 }, { title: say('Câu hỏi', 'Question'), align: 'left', weight: 9 }, { title: say('Từng người trả lời', 'Answers'), align: 'left', weight: 9 }, { title: say('Thống nhất', 'Agreed'), align: 'left', weight: 6 }],
      rows: differing.map(({ question, answers, agreed }) => [question.label, pick(question.text), answers.map(({ name, answer }) => `${name}: ${answerText(context, question, answer)}`).join('\n'), `${answerText(context, question, agreed)}${agreed === undefined || agreed.note === '' ? '' : `\n${agreed.note}`}`]),
    } as const satisfies Block]),
  ]
}

/** Every question with its answer, evidence, note and waiver, the scoring with its working, and the assessors (chi tiết bảng hỏi). */
export const checklistAnnex = (context: Context): readonly Block[] => {
  const { checklists } = context.input
  return checklists.flatMap((result) => [
    ...(checklists.length === 1 ? [] : [heading(2, result.pack.title[context.language])]),
    ...result.pack.sections.flatMap((section) => sectionBlocks(context, result, section)),
    ...assessorBlocks(context, result),
  ])
}
