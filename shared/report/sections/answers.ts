import { chosenOf, isShown, rowsOf } from '../../checklist/answers.ts'
import { differencesOf } from '../../checklist/assessors.ts'
import { explain } from '../../checklist/expression/explain.ts'
import type { CriterionOutcome } from '../../checklist/outcome.ts'
import type { ChecklistResult } from '../../checklist/result.ts'
import { valueWords } from '../../checklist/value-words.ts'
import { formatNumber } from '../../kernel/number-text.ts'
import { packNames } from '../../rulepack/scope.ts'
import type { Question, Section } from '../../rulepack/schema.ts'
import { citationText } from '../../rulepack/source-words.ts'
import type { Answer } from '../../schema/dossier.ts'
import { heading, note, paragraph, type Context } from '../context.ts'
import type { Block } from '../model.ts'
import { dateText } from '../wording.ts'
import { criterionState } from './readiness.ts'

type Table = Extract<Question, { type: 'table' }>

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
    return `${formatNumber(value, language)}${'unit' in question && question.unit !== '' ? ` ${question.unit}` : ''}`
  }
  const option = (id: string): string => (question.type === 'choice' ? pick(question.options.find((row) => row.value === id)?.text ?? { vi: id, en: id }) : id)
  if (typeof value !== 'string') return value.length === 0 ? say('Không mục nào', 'None of them') : chosenOf(value).map(option).join('; ')
  return question.type === 'date' ? dateText(value) : option(value)
}

const tableBlock = (context: Context, result: ChecklistResult, question: Table): readonly Block[] => {
  const { pick, language } = context
  const rows = rowsOf(result.checklist.answers[question.id]?.value ?? null)
  if (rows.length === 0) return []
  return [{
    kind: 'table', totals: 0, caption: `${question.label}. ${pick(question.text)}`,
    columns: question.columns.map((column) => ({ title: `${pick(column.text)}${'unit' in column && column.unit !== '' ? ` (${column.unit})` : ''}`, align: column.type === 'number' ? 'right' as const : 'left' as const, weight: column.type === 'text' ? 4 : 2 })),
    rows: rows.map((row) => {
      const cells = result.values.row(question, row)
      return question.columns.map((column) => {
        const cell = cells[column.id]
        if (cell === undefined || cell.kind === 'missing') return '–'
        return valueWords(cell, { language, ...('options' in column ? { options: column.options } : {}), ...('decimals' in column ? { decimals: column.decimals } : {}) })
      })
    }),
  }]
}

const workingOf = (context: Context, result: ChecklistResult, question: Extract<Question, { type: 'computed' }>): readonly string[] => {
  const formula = packNames(result.pack).formula(question.expression)
  return formula === undefined ? [] : explain(formula, result.values.environment, {
    language: context.language, symbol: question.symbol ?? question.label, unit: question.unit, ...(question.decimals === undefined ? {} : { decimals: question.decimals }),
  })
}

/** A scored criterion with every row of its scale, the one that counts marked, and the working of its number. */
const criterionRows = (context: Context, result: ChecklistResult, outcome: CriterionOutcome): readonly string[][] => {
  const { say, pick, language } = context
  const { criterion, points, parts, figures, state, blockedBy } = outcome
  const hits = parts.flatMap(({ rows }) => rows.filter(({ counts }) => counts).map(({ row }) => `${pick(row.text)} → ${formatNumber(row.points, language)}`))
  const why = state === 'blocked' ? blockedBy.map(({ missing }) => pick(missing)) : state === 'open' ? [say('Chưa đủ câu trả lời.', 'Answers are missing.')] : hits.length === 0 ? [say('Không dòng nào của thang điểm thỏa mãn.', 'No row of the scale holds.')] : hits
  const basis = criterion.basis.map((entry) => citationText(entry, result.pack.sources, language)).join('; ')
  return [[criterion.label, [pick(criterion.text), basis].filter((part) => part !== '').join('\n'), [...figures.flatMap((question) => workingOf(context, result, question)), ...why].join('\n'), points === null ? '–' : formatNumber(points, language), formatNumber(criterion.maximum, language)]]
}

const sectionBlocks = (context: Context, result: ChecklistResult, section: Section): readonly Block[] => {
  const { say, pick, cite, language } = context
  const { checklist, readiness, rules, values } = result
  const states = new Map(readiness?.levels.flatMap((level) => level.criteria.map((criterion) => [criterion.question.id, criterion.state] as const)) ?? [])
  const waiver = checklist.waivers[section.id]
  const shown = section.questions.filter((question) => isShown(question, checklist.answers))
  const criteria = rules?.criteria.filter((entry) => entry.section.id === section.id) ?? []
  return [
    heading(3, pick(section.title)),
    ...(waiver === undefined ? [] : [note(say(`Miễn trừ cả phần: ${waiver.reason} (${waiver.by}, ${dateText(waiver.date)})`, `The whole section is waived: ${waiver.reason} (${waiver.by}, ${dateText(waiver.date)})`))]),
    {
      kind: 'table', totals: 0, caption: '',
      columns: [
        { title: say('Mã', 'No.'), align: 'left', weight: 2 }, { title: say('Câu hỏi', 'Question'), align: 'left', weight: 10 }, { title: say('Trả lời', 'Answer'), align: 'left', weight: 5 },
        ...(readiness === null ? [] : [{ title: say('Kết quả', 'Result'), align: 'left' as const, weight: 3 }]),
        { title: say('Chứng cứ', 'Evidence'), align: 'left', weight: 3 }, { title: say('Ghi chú', 'Note'), align: 'left', weight: 6 },
      ],
      rows: shown.map((question) => {
        const answer = checklist.answers[question.id]
        const own = checklist.waivers[question.id]
        const state = states.get(question.id)
        const remark = [answer?.note ?? '', own === undefined ? '' : `${say('Miễn trừ', 'Waived')}: ${own.reason} (${own.by}, ${dateText(own.date)})`].filter((part) => part !== '').join('\n')
        const given = question.type === 'computed' ? valueWords(values.valueOf(question.id), { language, unit: question.unit, decimals: question.decimals, options: question.options }) : answerText(context, question, answer)
        return [question.label, pick(question.text), given, ...(readiness === null ? [] : [state === undefined ? '' : pick(criterionState[state])]), cite(answer?.evidence ?? []), remark]
      }),
    },
    ...shown.flatMap((question) => (question.type === 'table' ? tableBlock(context, result, question) : [])),
    ...(criteria.length === 0 ? [] : [{
      kind: 'table', totals: 0, caption: say('Chấm điểm', 'Scoring'),
      columns: [
        { title: say('TT', 'No.'), align: 'left', weight: 2 }, { title: say('Tiêu chí', 'Criterion'), align: 'left', weight: 9 }, { title: say('Cách tính và dòng được tính', 'Working and the row that counts'), align: 'left', weight: 13 },
        { title: say('Điểm', 'Points'), align: 'right', weight: 2 }, { title: say('Tối đa', 'Max.'), align: 'right', weight: 2 },
      ],
      rows: criteria.flatMap((outcome) => criterionRows(context, result, outcome)),
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
