import { dateText } from '../kernel/date-text.ts'
import type { Text } from '../kernel/fault-shape.ts'
import { formatNumber } from '../kernel/number-text.ts'
import type { CouncilPack } from '../rulepack/schema.ts'
import type { CouncilMember, DossierState } from '../schema/dossier.ts'
import type { CouncilResult, Spread } from './result.ts'
import { councilResult } from './result.ts'

type Language = keyof Text

/** Names of the roles on a council (chức danh trong hội đồng). */
export const roleNames: Readonly<Record<CouncilMember['role'], Text>> = {
  chair: { vi: 'Chủ tịch', en: 'Chair' },
  deputyChair: { vi: 'Phó Chủ tịch', en: 'Deputy chair' },
  secretary: { vi: 'Ủy viên thư ký', en: 'Secretary' },
  reviewer: { vi: 'Ủy viên phản biện', en: 'Reviewer' },
  member: { vi: 'Ủy viên', en: 'Member' },
}

const attendanceNames: Readonly<Record<CouncilMember['attendance'], Text>> = {
  present: { vi: 'có mặt', en: 'present' },
  absentBallot: { vi: 'vắng mặt, gửi phiếu bằng văn bản', en: 'absent, voted by ballot' },
  absent: { vi: 'vắng mặt', en: 'absent' },
}

const fullName = ({ title, name }: CouncilMember): string => [title, name].filter((part) => part !== '').join(' ')
const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`)

interface Facts {
  readonly state: DossierState
  readonly pack: CouncilPack
  readonly result: CouncilResult
}

const number = (value: number | null, language: Language): string => (value === null ? '–' : formatNumber(value, language, { maxDecimals: 2 }))

const spreadText = ({ mean, sd, min, max }: Spread, maximum: number, language: Language): string => {
  const of = `${number(mean, language)}/${number(maximum, language)}`
  const words = language === 'vi' ? ['thấp nhất', 'cao nhất', 'độ lệch chuẩn'] : ['lowest', 'highest', 'standard deviation']
  return `${of} (${words[0] ?? ''} ${number(min, language)}, ${words[1] ?? ''} ${number(max, language)}${sd === null ? '' : `, ${words[2] ?? ''} ${number(sd, language)}`})`
}

const generalPart = ({ state, pack }: Facts, language: Language): readonly string[] => {
  const { council, profile } = state
  const or = (text: string): string => (text === '' ? '…' : text)
  return language === 'vi' ? [
    'I. THÔNG TIN CHUNG',
    `1. Hội đồng được thành lập theo Quyết định số ${or(council.decisionNumber)}.`,
    `2. Thời gian: ${or(dateText(council.meetingDate))}. Địa điểm: ${or(council.place)}.`,
    `3. Nội dung: xem xét hồ sơ “${profile.title}”, chủ sở hữu công nghệ: ${or(profile.owner.name)}; bên yêu cầu: ${or(profile.client.name)}.`,
    `4. Quy tắc làm việc: ${pack.title.vi}.`,
  ] : [
    'I. GENERAL',
    `1. The council was set up by Decision No. ${or(council.decisionNumber)}.`,
    `2. Date: ${or(dateText(council.meetingDate))}. Place: ${or(council.place)}.`,
    `3. Subject: dossier “${profile.title}”, owner of the technology: ${or(profile.owner.name)}; client: ${or(profile.client.name)}.`,
    `4. Rules: ${pack.title.en}.`,
  ]
}

const memberPart = ({ result }: Facts, language: Language): readonly string[] => {
  const { members, quorum } = result
  const count = (attendance: CouncilMember['attendance']): string => String(members.filter(({ member }) => member.attendance === attendance).length)
  const list = members.map(({ member }) => `- ${fullName(member)}${member.organisation === '' ? '' : `, ${member.organisation}`}; ${roleNames[member.role][language]}; ${attendanceNames[member.attendance][language]}.`)
  const conflicts = members.filter(({ member }) => member.interest?.conflict === true)
  const undeclared = members.filter(({ member }) => member.interest === null).length
  const chair = members.find(({ member }) => member.id === quorum.chairedBy)?.member
  if (language === 'vi') {
    return [
      'II. THÀNH PHẦN',
      `Hội đồng có ${String(members.length)} thành viên: có mặt ${count('present')}, gửi phiếu bằng văn bản ${count('absentBallot')}, vắng mặt ${count('absent')}.`,
      ...list,
      'III. KÊ KHAI LỢI ÍCH',
      ...(conflicts.length === 0 && undeclared === 0 ? ['Mọi thành viên đã kê khai; không thành viên nào có xung đột lợi ích.'] : []),
      ...conflicts.map(({ member }) => sentence(`${fullName(member)} có xung đột lợi ích nên không chấm và không biểu quyết${member.interest === null || member.interest.text === '' ? '' : `: ${member.interest.text}`}`)),
      ...(undeclared > 0 ? [`${String(undeclared)} thành viên chưa kê khai nên không chấm và không biểu quyết.`] : []),
      'IV. ĐIỀU KIỆN HỌP',
      quorum.byBallot
        ? `Hội đồng không họp được nên lấy ý kiến bằng phiếu: ${String(quorum.present)} phiếu gửi về, cần ít nhất ${String(quorum.needed)} trên ${String(quorum.whole)} thành viên.`
        : `Có ${String(quorum.present)} thành viên tham gia họp, cần ít nhất ${String(quorum.needed)} trên ${String(quorum.whole)} thành viên.`,
      quorum.met ? `Chủ trì: ${chair === undefined ? '…' : `${fullName(chair)}, ${roleNames[chair.role].vi}`}. Cuộc họp đủ điều kiện.` : 'Cuộc họp không đủ điều kiện.',
    ]
  }
  return [
    'II. MEMBERS',
    `The council has ${String(members.length)} members: ${count('present')} present, ${count('absentBallot')} by ballot, ${count('absent')} absent.`,
    ...list,
    'III. DECLARED INTERESTS',
    ...(conflicts.length === 0 && undeclared === 0 ? ['All members declared; none has a conflict of interest.'] : []),
    ...conflicts.map(({ member }) => sentence(`${fullName(member)} has a conflict of interest and neither scored nor voted${member.interest === null || member.interest.text === '' ? '' : `: ${member.interest.text}`}`)),
    ...(undeclared > 0 ? [`Members who had not declared and so neither scored nor voted: ${String(undeclared)}.`] : []),
    'IV. QUORUM',
    quorum.byBallot
      ? `No meeting could be held, so the council decided by ballot: ${String(quorum.present)} ballots returned, at least ${String(quorum.needed)} of ${String(quorum.whole)} needed.`
      : `${String(quorum.present)} members took part, at least ${String(quorum.needed)} of ${String(quorum.whole)} needed.`,
    quorum.met ? `In the chair: ${chair === undefined ? '…' : `${fullName(chair)}, ${roleNames[chair.role].en}`}. There was a quorum.` : 'There was no quorum.',
  ]
}

const scorePart = ({ pack, result }: Facts, language: Language): readonly string[] => {
  const { scores } = result
  const heading = language === 'vi' ? 'V. KẾT QUẢ CHẤM ĐIỂM' : 'V. SCORES'
  if (scores === null) return [heading, language === 'vi' ? 'Quy tắc của hội đồng không chấm điểm.' : 'The council rule has no scoring.']
  const names = new Map(pack.rule.scoring?.criteria.map((criterion) => [criterion.id, criterion.text[language]]))
  return [
    heading,
    language === 'vi'
      ? `Số phiếu chấm: ${String(scores.total.count)}. Tổng điểm bình quân: ${spreadText(scores.total, scores.total.maximum, language)}.`
      : `Scorecards: ${String(scores.total.count)}. Mean total: ${spreadText(scores.total, scores.total.maximum, language)}.`,
    ...scores.criteria.map((criterion) => `- ${names.get(criterion.id) ?? criterion.id}: ${spreadText(criterion, criterion.maximum, language)}.`),
  ]
}

const votePart = ({ result }: Facts, language: Language): readonly string[] => {
  const { members, vote, outcome, quorum } = result
  const opinions = members.flatMap(({ member, card }) => (card === null || card.opinion === '' ? [] : [sentence(`- ${fullName(member)}: ${card.opinion}`)]))
  const dissent = members.filter(({ card }) => card?.vote === 'against').map(({ member }) => fullName(member))
  const presiding = members.find(({ member }) => member.id === quorum.chairedBy)?.member
  if (language === 'vi') {
    return [
      'VI. Ý KIẾN CỦA CÁC THÀNH VIÊN',
      ...(opinions.length === 0 ? ['Không có ý kiến bằng văn bản.'] : opinions),
      'VII. BIỂU QUYẾT VÀ KẾT LUẬN',
      `Tán thành ${String(vote.for)}, không tán thành ${String(vote.against)}, không có ý kiến ${String(vote.abstain)}; cần ít nhất ${String(vote.needed)} phiếu tán thành trên ${String(vote.base)} thành viên.`,
      ...(vote.decidedByChair ? [`Số phiếu tán thành đúng một nửa; kết quả theo ý kiến của người chủ trì${presiding === undefined ? '' : `, ${fullName(presiding)}`}.`] : []),
      ...(dissent.length > 0 ? [`Thành viên bảo lưu ý kiến: ${dissent.join('; ')}.`] : []),
      outcome === 'adopted' ? 'Kết luận: Hội đồng thông qua hồ sơ.' : outcome === 'rejected' ? 'Kết luận: Hội đồng không thông qua hồ sơ.' : 'Kết luận: Hội đồng chưa quyết định vì không đủ điều kiện họp.',
    ]
  }
  return [
    'VI. OPINIONS OF THE MEMBERS',
    ...(opinions.length === 0 ? ['No written opinions.'] : opinions),
    'VII. VOTE AND CONCLUSION',
    `In favour ${String(vote.for)}, against ${String(vote.against)}, abstaining ${String(vote.abstain)}; at least ${String(vote.needed)} in favour of ${String(vote.base)} members needed.`,
    ...(vote.decidedByChair ? [`Exactly half were in favour; the side of the member in the chair${presiding === undefined ? '' : `, ${fullName(presiding)},`} decided.`] : []),
    ...(dissent.length > 0 ? [`Dissenting: ${dissent.join('; ')}.`] : []),
    outcome === 'adopted' ? 'Conclusion: the council adopts the dossier.' : outcome === 'rejected' ? 'Conclusion: the council does not adopt the dossier.' : 'Conclusion: without a quorum the council has not decided.',
  ]
}

/**
 * Draft of the minutes from the recorded facts (dự thảo biên bản họp hội đồng), one paragraph a line: composition, interests,
 * quorum, scores, opinions, vote and conclusion. The secretary completes it; nothing in it is invented.
 */
export const draftMinutes = (state: DossierState, pack: CouncilPack): Text => {
  const facts: Facts = { state, pack, result: councilResult(state.council, pack.rule) }
  const text = (language: Language): string => [...generalPart(facts, language), ...memberPart(facts, language), ...scorePart(facts, language), ...votePart(facts, language)].join('\n')
  return { vi: text('vi'), en: text('en') }
}
