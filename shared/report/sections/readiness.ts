import { chosenOf } from '../../checklist/answers.ts'
import type { CriterionState, LevelState } from '../../checklist/readiness.ts'
import type { Text } from '../../kernel/fault-shape.ts'
import { formatNumber } from '../../kernel/number-text.ts'
import type { Question } from '../../rulepack/schema.ts'
import type { Answer } from '../../schema/dossier.ts'
import { readinessChart } from '../charts.ts'
import { heading, note, paragraph, type Context } from '../context.ts'
import type { Block } from '../model.ts'
import { dateText, valueText } from '../wording.ts'

const levelState: Readonly<Record<LevelState['state'], Text>> = {
  met: { vi: 'Đạt', en: 'Met' },
  waived: { vi: 'Miễn trừ', en: 'Waived' },
  lacksEvidence: { vi: 'Thiếu chứng cứ', en: 'Lacks evidence' },
  notMet: { vi: 'Chưa đạt', en: 'Not met' },
  open: { vi: 'Chưa trả lời đủ', en: 'Open' },
}
const criterionState: Readonly<Record<CriterionState['state'], Text>> = {
  met: { vi: 'Đạt', en: 'Met' },
  notMet: { vi: 'Chưa đạt', en: 'Not met' },
  waived: { vi: 'Miễn trừ', en: 'Waived' },
  open: { vi: 'Chưa trả lời', en: 'Open' },
  hidden: { vi: 'Không áp dụng', en: 'Not applicable' },
}

/** Outcome of the checklist (kết quả bảng hỏi): the level or the points, with the picture of it. */
export const readinessSection = (context: Context): readonly Block[] => {
  const { input, say, pick, language, cite } = context
  const { checklist } = input
  if (checklist === null) return []
  const { pack, readiness, points } = checklist
  const intro = paragraph(say('Bộ tiêu chí: ', 'Criteria: '), { text: `${pick(pack.title)} (${pack.id} ${pack.version})`, italic: true }, '.')
  if (points !== null) {
    return [
      intro,
      {
        kind: 'table', totals: 1, caption: '',
        columns: [{ title: say('Nhóm', 'Group'), align: 'left', weight: 10 }, { title: say('Điểm', 'Points'), align: 'right', weight: 3 }, { title: say('Đã trả lời', 'Answered'), align: 'right', weight: 3 }],
        rows: [
          ...points.sections.map((section) => [pick(pack.sections.find(({ id }) => id === section.id)?.title ?? { vi: section.id, en: section.id }), valueText(section.points, 'points', language), `${String(section.answered)}/${String(section.asked)}`]),
          [say('Tổng', 'Total'), `${valueText(points.total, 'points', language)}/${valueText(points.maximum, 'points', language)}`, valueText(points.coverage, 'fraction', language)],
        ],
      },
      ...(points.coverage < 1 ? [note(say('Chưa trả lời đủ nên tổng điểm chưa phải là kết quả cuối cùng.', 'Not everything is answered, so the total is not final.'), 'warning')] : []),
    ]
  }
  if (readiness === null) return [intro]
  const blocked = readiness.levels.find(({ level }) => level === readiness.blockedBy)
  return [
    intro,
    {
      kind: 'result', label: say('Mức được công nhận', 'Level recognised'), value: `${readiness.scale} ${String(readiness.level)}`,
      lines: [
        ...(readiness.level === 0 ? [] : [pick(readiness.levels.find(({ level }) => level === readiness.level)?.section.title ?? { vi: '', en: '' })]),
        ...(blocked === undefined ? [] : [say(
          `Chưa công nhận mức ${String(blocked.level)}: ${pick(levelState[blocked.state]).toLowerCase()}.`,
          `Level ${String(blocked.level)} is not recognised: ${pick(levelState[blocked.state]).toLowerCase()}.`)]),
        ...(readiness.settled ? [] : [say('Bảng hỏi chưa trả lời xong.', 'The checklist is not finished.')]),
      ],
    },
    paragraph(say('Một mức chỉ được công nhận khi mọi mức thấp hơn đều đạt hoặc được miễn trừ bằng văn bản, và có đủ chứng cứ theo yêu cầu.', 'A level counts only when every lower level is met or waived in writing, and the evidence demanded is there.')),
    { kind: 'chart', chart: readinessChart(readiness), caption: pick(readinessChart(readiness).title) },
    {
      kind: 'table', totals: 0, caption: say('Kết quả từng mức', 'Result by level'),
      columns: [
        { title: say('Mức', 'Level'), align: 'left', weight: 9 }, { title: say('Kết quả', 'Result'), align: 'left', weight: 4 },
        { title: say('Tiêu chí đạt', 'Criteria met'), align: 'centre', weight: 3 }, { title: say('Chứng cứ', 'Evidence'), align: 'left', weight: 4 }, { title: say('Công nhận', 'Counts'), align: 'centre', weight: 3 },
      ],
      rows: readiness.levels.map((level) => {
        const shown = level.criteria.filter(({ state }) => state !== 'hidden')
        return [pick(level.section.title), pick(levelState[level.state]), `${String(shown.filter(({ state }) => state === 'met').length)}/${String(shown.length)}`, cite(level.evidence), level.counts ? say('Có', 'Yes') : say('Không', 'No')]
      }),
    },
  ]
}

const answerText = (context: Context, question: Question, answer: Answer | undefined): string => {
  const { say, pick, language } = context
  const value = answer?.value ?? null
  if (value === null) return '–'
  if (typeof value === 'boolean') return value ? say('Có', 'Yes') : say('Không', 'No')
  if (typeof value === 'number') {
    if (question.type === 'level') return pick(question.levels.find((level) => level.value === value)?.text ?? { vi: String(value), en: String(value) })
    return formatNumber(value, language)
  }
  const option = (id: string): string => (question.type === 'choice' ? pick(question.options.find((row) => row.value === id)?.text ?? { vi: id, en: id }) : id)
  if (typeof value !== 'string') return chosenOf(value).map(option).join('; ')
  return question.type === 'date' ? dateText(value) : option(value)
}

/** Every question with its answer, evidence, note and waiver (chi tiết bảng hỏi). */
export const checklistAnnex = (context: Context): readonly Block[] => {
  const { input, say, pick, cite } = context
  const { checklist } = input
  const answers = input.state.checklist
  if (checklist === null || answers === null) return []
  const states = new Map(checklist.readiness?.levels.flatMap((level) => level.criteria.map((criterion) => [criterion.question.id, criterion.state] as const)) ?? [])
  return checklist.pack.sections.flatMap((section): readonly Block[] => {
    const waiver = answers.waivers[section.id]
    return [
      heading(3, pick(section.title)),
      ...(waiver === undefined ? [] : [note(say(`Miễn trừ cả mức: ${waiver.reason} (${waiver.by}, ${dateText(waiver.date)})`, `The whole level is waived: ${waiver.reason} (${waiver.by}, ${dateText(waiver.date)})`))]),
      {
        kind: 'table', totals: 0, caption: '',
        columns: [
          { title: say('Mã', 'No.'), align: 'left', weight: 2 }, { title: say('Câu hỏi', 'Question'), align: 'left', weight: 10 }, { title: say('Trả lời', 'Answer'), align: 'left', weight: 3 },
          { title: say('Kết quả', 'Result'), align: 'left', weight: 3 }, { title: say('Chứng cứ', 'Evidence'), align: 'left', weight: 3 }, { title: say('Ghi chú', 'Note'), align: 'left', weight: 7 },
        ],
        rows: section.questions.map((question) => {
          const answer = answers.answers[question.id]
          const own = answers.waivers[question.id]
          const state = states.get(question.id)
          const remark = [answer?.note ?? '', own === undefined ? '' : `${say('Miễn trừ', 'Waived')}: ${own.reason} (${own.by}, ${dateText(own.date)})`].filter((part) => part !== '').join('\n')
          return [question.label, pick(question.text), answerText(context, question, answer), state === undefined ? '' : pick(criterionState[state]), cite(answer?.evidence ?? []), remark]
        }),
      },
    ]
  })
}
