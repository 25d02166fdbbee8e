import type { Text } from '../../kernel/fault-shape.ts'
import { formatNumber } from '../../kernel/number-text.ts'
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
        valueText(row.maximum, 'points', language),
        ...[row.mean, row.sd].map((value) => (value === null ? valueText(null, 'points', language) : formatNumber(value, language, { minDecimals: 2, maxDecimals: 2 }))),
        ...[row.min, row.max].map((value) => valueText(value, 'points', language)),
      ]),
    } as const satisfies Block]),
    ...(chart === null ? [] : [{ kind: 'chart', chart, caption: pick(chart.title) } as const]),
  ]
}

/** Composition, interests, individual scorecards and minutes (biên bản hội đồng). */
export const councilAnnex = (context: Context): readonly Block[] => {
  const { input, say, pick, members } = context
  const { council } = input.state
  if (members.length === 0 && council.minutes.trim() === '') return []
  const bars = new Map(input.council?.result.members.map(({ member, bar }) => [member.id, bar]) ?? [])
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
    ...cardTables(context),
    ...(council.minutes.trim() === '' ? [] : [heading(3, say('Biên bản họp', 'Minutes')), ...prose(council.minutes)]),
  ]
}

/** Members beside each other in one table of points. */
const MEMBERS_PER_TABLE = 9

/** Points of every member by criterion, then votes, opinions and comments. Columns carry the members' numbers. */
const cardTables = (context: Context): readonly Block[] => {
  const { input, say, pick, language, members } = context
  const { council } = input.state
  const bars = new Map(input.council?.result.members.map(({ member, bar }) => [member.id, bar]) ?? [])
  const criteria = input.council?.pack.rule.scoring?.criteria ?? []
  const cards = members.flatMap((member, index) => {
    const card = council.cards[member.id]
    return card === undefined ? [] : [{ member, card, number: String(index + 1), counts: (bars.get(member.id) ?? null) === null }]
  })
  if (cards.length === 0) return []
  const points = (value: number | null): string => valueText(value, 'points', language)
  const blocks: Block[] = [heading(3, say('Phiếu chấm của từng thành viên', 'Scorecards of the members'))]
  for (let start = 0; criteria.length > 0 && start < cards.length; start += MEMBERS_PER_TABLE) {
    const part = cards.slice(start, start + MEMBERS_PER_TABLE)
    blocks.push({
      kind: 'table', totals: 1, caption: start === 0 ? say('Điểm theo tiêu chí; số ở đầu cột là số thứ tự thành viên', 'Points by criterion; columns carry the members\' numbers') : '',
      columns: [{ title: say('Tiêu chí', 'Criterion'), align: 'left', weight: 10 }, { title: say('Tối đa', 'Max.'), align: 'right', weight: 2 }, ...part.map(({ number }) => ({ title: number, align: 'right' as const, weight: 2 }))],
      rows: [
        ...criteria.map((criterion) => [pick(criterion.text), points(criterion.max), ...part.map(({ card }) => points(card.points[criterion.id] ?? null))]),
        [say('Tổng', 'Total'), points(input.council?.pack.rule.scoring?.maximum ?? null), ...part.map(({ card }) => points(criteria.reduce((sum, criterion) => sum + (card.points[criterion.id] ?? 0), 0)))],
      ],
    })
  }
  blocks.push({
    kind: 'table', totals: 0, caption: say('Biểu quyết, ý kiến và nhận xét', 'Votes, opinions and comments'),
    columns: [
      { title: say('STT', 'No.'), align: 'centre', weight: 2 }, { title: say('Thành viên', 'Member'), align: 'left', weight: 6 }, { title: say('Biểu quyết', 'Vote'), align: 'left', weight: 4 },
      { title: say('Thời điểm gửi phiếu', 'Handed in'), align: 'left', weight: 5 }, { title: say('Ý kiến, nhận xét', 'Opinion, comments'), align: 'left', weight: 12 },
    ],
    rows: cards.map(({ member, card, number, counts }) => [number, member.name, `${pick(voteText[card.vote])}${counts ? '' : ` (${say('không được tính', 'does not count')})`}`, vietnamTime(card.at), [
      card.opinion.trim(),
      ...criteria.flatMap((criterion) => (card.comments[criterion.id] ?? '').trim() === '' ? [] : [`${pick(criterion.text)}: ${card.comments[criterion.id] ?? ''}`]),
    ].filter((line) => line !== '').join('\n')]),
  })
  return blocks
}
