import type { CriterionState, LevelState } from '../../checklist/readiness.ts'
import type { ChecklistResult } from '../../checklist/result.ts'
import type { Text } from '../../kernel/fault-shape.ts'
import { readinessChart } from '../charts.ts'
import { note, paragraph, type Context } from '../context.ts'
import type { Block } from '../model.ts'
import { valueText } from '../wording.ts'

const levelState: Readonly<Record<LevelState['state'], Text>> = {
  met: { vi: 'Đạt', en: 'Met' },
  waived: { vi: 'Miễn trừ', en: 'Waived' },
  lacksEvidence: { vi: 'Thiếu chứng cứ', en: 'Lacks evidence' },
  notMet: { vi: 'Chưa đạt', en: 'Not met' },
  open: { vi: 'Chưa trả lời đủ', en: 'Open' },
}
export const criterionState: Readonly<Record<CriterionState['state'], Text>> = {
  met: { vi: 'Đạt', en: 'Met' },
  notMet: { vi: 'Chưa đạt', en: 'Not met' },
  waived: { vi: 'Miễn trừ', en: 'Waived' },
  open: { vi: 'Chưa trả lời', en: 'Open' },
  hidden: { vi: 'Không áp dụng', en: 'Not applicable' },
}

/** Outcome of a checklist scored by points or levels (kết quả theo điểm, theo mức), with the picture of it. */
export const readinessBlocks = (context: Context, { pack, readiness, points }: ChecklistResult): readonly Block[] => {
  const { say, pick, language, cite } = context
  if (points !== null) {
    return [
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
  if (readiness === null) return []
  const blocked = readiness.levels.find(({ level }) => level === readiness.blockedBy)
  return [
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
