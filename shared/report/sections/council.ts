import type { Text } from '../../kernel/fault-shape.ts'
import { problemText } from '../../council/problems.ts'
import type { Bar } from '../../council/facts.ts'
import { councilChart } from '../charts.ts'
import { heading, keyValues, note, paragraph, prose, type Context } from '../context.ts'
import { attendanceText, roleText, voteText } from '../labels.ts'
import type { Block } from '../model.ts'
import { dateText, valueText, vietnamTime } from '../wording.ts'

const barText: Readonly<Record<Bar, Text>> = {
  'interest-undeclared': { vi: 'Chưa kê khai lợi ích', en: 'Interest not declared' },
  'interest-conflict': { vi: 'Có xung đột lợi ích', en: 'Conflict of interest' },
  'member-absent': { vi: 'Vắng mặt', en: 'Absent' },
  'ballot-not-allowed': { vi: 'Không được gửi phiếu', en: 'Ballot not allowed' },
}

/** What the council decided (kết luận của hội đồng): quorum, vote, outcome, mean and spread. */
export const councilSection = (context: Context): readonly Block[] => {
  const { input, say, pick, language, members } = context
  const { council } = input.state
  if (input.council === null) return []
  const { pack, result } = input.council
  const { quorum, vote, scores } = result
  const chart = councilChart(pack, result)
  const chairedBy = members.find(({ id }) => id === quorum.chairedBy)
  const outcome = result.outcome === null ? say('Chưa đủ điều kiện quyết định', 'No quorum, no decision') : result.outcome === 'adopted' ? say('Thông qua', 'Adopted') : say('Không thông qua', 'Rejected')
  return [
    paragraph(say('Quy tắc áp dụng: ', 'Rule applied: '), { text: `${pick(pack.title)} (${pack.id} ${pack.version})`, italic: true }, '.'),
    ...keyValues([
      [say('Quyết định thành lập', 'Decision setting it up'), council.decisionNumber],
      [say('Ngày họp', 'Date of the meeting'), dateText(council.meetingDate)],
      [say('Nơi họp', 'Place'), council.place],
      [say('Số thành viên tham gia', 'Members taking part'), `${String(quorum.present)}/${String(quorum.whole)} (${say('cần', 'needed')} ${String(quorum.needed)})${quorum.byBallot ? `, ${say('lấy ý kiến bằng phiếu', 'by ballot')}` : ''}`],
      [say('Chủ trì', 'Chaired by'), chairedBy === undefined ? '' : `${chairedBy.name} (${pick(roleText[chairedBy.role])})`],
      [say('Biểu quyết', 'Vote'), say(
        `${String(vote.for)} tán thành, ${String(vote.against)} không tán thành, ${String(vote.abstain)} không có ý kiến; cần ${String(vote.needed)} trên ${String(vote.base)}`,
        `${String(vote.for)} in favour, ${String(vote.against)} against, ${String(vote.abstain)} abstained; ${String(vote.needed)} of ${String(vote.base)} needed`)],
    ]),
    {
      kind: 'result', label: say('Kết luận của hội đồng', 'Decision of the council'), value: outcome,
      lines: [
        ...(vote.decidedByChair ? [say('Số phiếu ngang nhau; theo ý kiến bên có Chủ tịch.', 'The vote was tied; the side of the chair decided.')] : []),
        ...(council.adopted === null ? [] : [say(`Ghi nhận lúc ${vietnamTime(council.adopted.at)}.`, `Recorded at ${vietnamTime(council.adopted.at)}.`)]),
      ],
    },
    ...result.problems.map((problem) => note(`${say('Thành phần hội đồng', 'Composition')}: ${pick(problemText(problem, pack.rule))}.`, 'warning')),
    ...(scores === null || scores.total.count === 0 ? [] : [{
      kind: 'table', totals: 1, caption: say(`Điểm bình quân và độ phân tán (${String(scores.total.count)} phiếu)`, `Mean and spread of scores (${String(scores.total.count)} scorecards)`),
      columns: [
        { title: say('Tiêu chí', 'Criterion'), align: 'left', weight: 10 }, { title: say('Tối đa', 'Maximum'), align: 'right', weight: 2 }, { title: say('Trung bình', 'Mean'), align: 'right', weight: 3 },
        { title: say('Độ lệch chuẩn', 'Std. deviation'), align: 'right', weight: 3 }, { title: say('Thấp nhất', 'Lowest'), align: 'right', weight: 2 }, { title: say('Cao nhất', 'Highest'), align: 'right', weight: 2 },
      ],
      rows: [...scores.criteria, scores.total].map((row) => [
        row.id === 'total' ? say('Tổng điểm', 'Total') : pick(pack.rule.scoring?.criteria.find(({ id }) => id === row.id)?.text ?? { vi: row.id, en: row.id }),
        ...[row.maximum, row.mean, row.sd, row.min, row.max].map((value) => valueText(value === null ? null : Number(value.toFixed(2)), 'points', language)),
      ]),
    } as const satisfies Block]),
    ...(chart === null ? [] : [{ kind: 'chart', chart, caption: pick(chart.title) } as const]),
  ]
}

/** Composition, interests, individual scorecards and minutes (biên bản hội đồng). */
export const councilAnnex = (context: Context): readonly Block[] => {
  const { input, say, pick, language, members } = context
  const { council } = input.state
  if (members.length === 0 && council.minutes.trim() === '') return []
  const bars = new Map(input.council?.result.members.map(({ member, bar }) => [member.id, bar]) ?? [])
  const criteria = input.council?.pack.rule.scoring?.criteria ?? []
  return [
    heading(3, say('Thành phần và kê khai lợi ích', 'Composition and declared interests')),
    {
      kind: 'table', totals: 0, caption: '',
      columns: [
        { title: say('STT', 'No.'), align: 'centre', weight: 2 }, { title: say('Họ và tên', 'Name'), align: 'left', weight: 6 }, { title: say('Chức danh, đơn vị', 'Title, organisation'), align: 'left', weight: 7 },
        { title: say('Vai trò', 'Role'), align: 'left', weight: 4 }, { title: say('Tham dự', 'Attendance'), align: 'left', weight: 3 }, { title: say('Kê khai lợi ích', 'Declared interest'), align: 'left', weight: 7 },
      ],
      rows: members.map((member, index) => {
        const { interest } = member
        const bar = bars.get(member.id) ?? null
        const declared = interest === null ? say('Chưa kê khai', 'Not declared') : `${interest.conflict ? say('Có xung đột lợi ích', 'Conflict of interest') : say('Không có xung đột lợi ích', 'No conflict of interest')}${interest.text.trim() === '' ? '' : `: ${interest.text.trim()}`} (${vietnamTime(interest.at)})`
        return [String(index + 1), member.name, [member.title, member.organisation, member.certificate].filter((part) => part !== '').join(', '), pick(roleText[member.role]), pick(attendanceText[member.attendance]), `${declared}${bar === null || interest === null || bar === 'interest-conflict' || bar === 'member-absent' ? '' : `. ${pick(barText[bar])}`}`]
      }),
    },
    ...members.flatMap((member): readonly Block[] => {
      const card = council.cards[member.id]
      if (card === undefined) return []
      const counts = (bars.get(member.id) ?? null) === null
      return [
        heading(3, `${say('Phiếu', 'Scorecard')}: ${member.name} (${pick(roleText[member.role])})`),
        ...keyValues([[say('Biểu quyết', 'Vote'), pick(voteText[card.vote])], [say('Thời điểm gửi phiếu', 'Handed in'), vietnamTime(card.at)], [say('Ý kiến', 'Opinion'), card.opinion]]),
        ...(counts ? [] : [note(say('Phiếu này không được tính vào kết quả.', 'This scorecard does not count.'), 'warning')]),
        ...(criteria.length === 0 ? [] : [{
          kind: 'table', totals: 1, caption: '',
          columns: [{ title: say('Tiêu chí', 'Criterion'), align: 'left', weight: 9 }, { title: say('Điểm', 'Points'), align: 'right', weight: 3 }, { title: say('Nhận xét', 'Comment'), align: 'left', weight: 9 }],
          rows: [
            ...criteria.map((criterion) => [pick(criterion.text), `${valueText(card.points[criterion.id] ?? null, 'points', language)}/${valueText(criterion.max, 'points', language)}`, card.comments[criterion.id] ?? '']),
            [say('Tổng', 'Total'), valueText(criteria.reduce((sum, criterion) => sum + (card.points[criterion.id] ?? 0), 0), 'points', language), ''],
          ],
        } as const satisfies Block]),
      ]
    }),
    ...(council.minutes.trim() === '' ? [] : [heading(3, say('Biên bản họp', 'Minutes')), ...prose(council.minutes)]),
  ]
}
