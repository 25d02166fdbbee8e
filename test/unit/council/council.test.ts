import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barOf, needed, visibleCards } from '../../../shared/council/facts.ts'
import { draftMinutes } from '../../../shared/council/minutes.ts'
import { problemText } from '../../../shared/council/problems.ts'
import { compositionProblems, councilResult } from '../../../shared/council/result.ts'
import { emptyCouncil } from '../../../shared/dossier/empty.ts'
import { isCouncilPack } from '../../../shared/rulepack/load.ts'
import type { CouncilRule } from '../../../shared/rulepack/schema.ts'
import type { Council, CouncilMember, Scorecard } from '../../../shared/schema/dossier.ts'
import { approved, defined, instant, packNamed, shelf } from '../dossier/support.ts'

const packOf = (id: string) => {
  const loaded = shelf.byHash(packNamed(id).sha256)
  if (!isCouncilPack(loaded)) throw new Error(id)
  return loaded.pack
}
const tt15 = packOf('council-tt15-2014')
const priceLaw = packOf('council-price-law-2023')
const programme = packOf('council-tt06-2021')

const member = (id: string, over: Partial<CouncilMember> = {}): CouncilMember => ({ id, name: id, title: '', organisation: '', role: 'member', expertise: [], experienceYears: 5, certificate: '', interest: { conflict: false, text: '', at: instant(0) }, attendance: 'present', ...over })
type Vote = Scorecard['vote']
const cardOf = (id: string, vote: Vote, points: Record<string, number> = {}): Scorecard => ({ member: id, points, comments: {}, vote, opinion: '', at: instant(0) })
const council = (members: readonly CouncilMember[], votes: Readonly<Record<string, Vote>>, points: Readonly<Record<string, Record<string, number>>> = {}): Council =>
  ({ ...emptyCouncil, round: 'closed', members: Object.fromEntries(members.map((one) => [one.id, one])), cards: Object.fromEntries(Object.entries(votes).map(([id, vote]) => [id, cardOf(id, vote, points[id])])) })

const roleOf = (index: number): CouncilMember['role'] => (index === 0 ? 'chair' : index === 1 ? 'deputyChair' : 'member')
const some = (count: number, over: (index: number) => Partial<CouncilMember> = () => ({})): CouncilMember[] => Array.from({ length: count }, (_, index) => member(`m${String(index + 1)}`, { role: roleOf(index), ...over(index) }))
const votesOf = (votes: string): Record<string, Vote> => Object.fromEntries(votes.split('').flatMap((letter, index) => (letter === '-' ? [] : [[`m${String(index + 1)}`, letter === '+' ? 'for' : letter === 'x' ? 'against' : 'abstain']])))
const outcome = (rule: CouncilRule, members: readonly CouncilMember[], votes: string) => councilResult(council(members, votesOf(votes)), rule).outcome

describe('shares', () => {
  it('are counted in whole numbers', () => {
    expect([needed({ numerator: 2, denominator: 3 }, 7, false), needed({ numerator: 2, denominator: 3 }, 9, false), needed({ numerator: 1, denominator: 2 }, 7, true), needed({ numerator: 1, denominator: 2 }, 8, true), needed({ numerator: 4, denominator: 5 }, 5, false)]).toEqual([5, 6, 4, 5, 4])
  })
})

describe('Circular 15/2014', () => {
  it.each([7, 8, 9])('needs 2/3 of %s members at the meeting, under the chair or the deputy chair', (size) => {
    const least = needed({ numerator: 2, denominator: 3 }, size, false)
    for (let present = 0; present <= size; present += 1) {
      const members = some(size, (index) => ({ attendance: index < present ? 'present' : 'absent' }))
      expect(councilResult(council(members, {}), tt15.rule).quorum.met).toBe(present >= least)
    }
    const leaderless = some(size, (index) => ({ attendance: index < 2 ? 'absent' : 'present' }))
    expect(councilResult(council(leaderless, {}), tt15.rule).quorum).toMatchObject({ met: false, chairedBy: null })
    const underDeputy = some(size, (index) => ({ attendance: index === 0 ? 'absent' : 'present' }))
    expect(councilResult(council(underDeputy, {}), tt15.rule).quorum).toMatchObject({ met: true, chairedBy: 'm2' })
  })
  it('adopts with more than half of all members, not of those present', () => {
    expect(outcome(tt15.rule, some(7), '++++xxx')).toBe('adopted')
    expect(outcome(tt15.rule, some(7), '+++xxxx')).toBe('rejected')
    expect(outcome(tt15.rule, some(7), '+++o---')).toBe('rejected')
    expect(outcome(tt15.rule, some(9, (index) => ({ attendance: index < 6 ? 'present' : 'absent' })), '++++xx---')).toBe('rejected')
    expect(outcome(tt15.rule, some(9, (index) => ({ attendance: index < 6 ? 'present' : 'absent' })), '+++++x---')).toBe('adopted')
  })
  it('lets absent members vote by ballot', () => {
    const members = some(9, (index) => ({ attendance: index < 6 ? 'present' : 'absentBallot' }))
    expect(outcome(tt15.rule, members, '+++xxx++-')).toBe('adopted')
    expect(councilResult(council(members, votesOf('+++xxx++-')), tt15.rule).quorum.present).toBe(6)
  })
  it('decides a tie by the chair, and only an exact half is a tie', () => {
    expect(outcome(tt15.rule, some(8), '++++xxxx')).toBe('adopted')
    expect(outcome(tt15.rule, some(8), 'x++++xxx')).toBe('rejected')
    expect(councilResult(council(some(8), votesOf('++++xxxx')), tt15.rule).vote).toMatchObject({ decidedByChair: true, needed: 5, base: 8 })
    expect(outcome(tt15.rule, some(8), '+++xxxoo')).toBe('rejected')
    const deputyPresides = some(8, (index) => ({ attendance: index === 0 ? 'absent' : 'present' }))
    expect(outcome(tt15.rule, deputyPresides, '-++++xxx')).toBe('adopted')
    expect(outcome(tt15.rule, deputyPresides, '-x++++xx')).toBe('rejected')
  })
  it('may be held by ballots alone when nobody can meet', () => {
    const members = some(7, () => ({ attendance: 'absentBallot' }))
    expect(councilResult(council(members, votesOf('+++++--')), tt15.rule)).toMatchObject({ quorum: { byBallot: true, present: 5, met: true }, outcome: 'adopted' })
    expect(councilResult(council(members, votesOf('++++---')), tt15.rule)).toMatchObject({ quorum: { met: false }, outcome: null })
    expect(councilResult(council(members, votesOf('--+++++')), tt15.rule).quorum.met).toBe(false)
  })
  it('counts no card of a member with a conflict, without a declaration, or absent', () => {
    const members = some(7, (index) => (index === 6 ? { interest: { conflict: true, text: '', at: instant(0) } } : index === 5 ? { interest: null } : index === 4 ? { attendance: 'absent' } : {}))
    const result = councilResult(council(members, votesOf('+++++++')), tt15.rule)
    expect(result.vote).toMatchObject({ for: 4, base: 7 })
    expect(new Set(result.members.filter(({ card }) => card === null).map(({ bar }) => bar))).toEqual(new Set(['interest-conflict', 'interest-undeclared', 'member-absent']))
    expect(result.quorum).toMatchObject({ present: 4, needed: 5, met: false })
    expect(result.outcome).toBeNull()
  })
  it('fills its seats with different people', () => {
    const seats: Partial<CouncilMember>[] = [{ expertise: ['stateAgency'] }, {}, { expertise: ['commercialisation'] }, { expertise: ['ipLaw'] }, { expertise: ['enterprise'] }, { expertise: ['investment'] }, { expertise: ['valuation'] }]
    const problems = (over: (index: number) => Partial<CouncilMember>, size = 7) => compositionProblems(council(some(size, (index) => ({ ...seats[index], ...over(index) })), {}), tt15.rule)
    expect(problems(() => ({}))).toEqual([])
    expect(problems((index) => (index === 6 ? { experienceYears: 1 } : {}))).toEqual([{ kind: 'seat', seat: 'valuer', have: 0, least: 1 }])
    expect(problems((index) => (index === 2 ? { experienceYears: 3 } : {}))).toEqual([{ kind: 'seat', seat: 'commercial-law', have: 1, least: 2 }])
    expect(problems((index) => (index === 2 ? { experienceYears: null } : {}))).toHaveLength(1)
    // One person who could take either of two seats takes only one of them.
    expect(problems((index) => (index === 6 ? { expertise: [] } : index === 2 ? { expertise: ['commercialisation', 'valuation'] } : {}))).toHaveLength(1)
    // But the assignment finds a way when there is one, also by moving somebody who was seated first.
    expect(problems((index) => (index === 2 ? { expertise: ['commercialisation', 'valuation'] } : index === 6 ? { expertise: ['ipLaw'] } : {}))).toEqual([])
    expect(problems((index) => (index === 2 ? { expertise: ['commercialisation', 'valuation'] } : index === 6 ? { expertise: ['valuation', 'ipLaw'] } : index === 3 ? { expertise: ['ipLaw', 'valuation'] } : {}))).toEqual([])
    expect(problems(() => ({}), 6).map(({ kind }) => kind)).toEqual(['too-few-members', 'seat'])
    expect(problems(() => ({}), 10).map(({ kind }) => kind)).toEqual(['too-many-members'])
    expect(problems((index) => (index === 0 ? { role: 'member' } : {})).map(({ kind }) => kind)).toEqual(['no-chair', 'seat'])
    for (const problem of [...problems(() => ({}), 6), ...problems(() => ({}), 10), ...problems((index) => (index === 0 ? { role: 'member' } : {}))]) {
      const words = problemText(problem, tt15.rule)
      expect(words.vi).not.toMatch(/undefined|\.$/)
      expect(words.en).not.toMatch(/undefined|\.$/)
    }
  })
  it('adds points to exactly one hundred', () => {
    const { scoring } = tt15.rule
    expect(scoring?.criteria.reduce((sum, criterion) => sum + criterion.max, 0)).toBe(100)
    const points = Object.fromEntries(defined(scoring).criteria.map(({ id, max }) => [id, max]))
    const result = councilResult(council(some(7), votesOf('+++++++'), { m1: points, m2: Object.fromEntries(Object.entries(points).map(([id, max]) => [id, max / 2])) }), tt15.rule)
    expect(result.scores?.total).toMatchObject({ count: 7, max: 100, min: 0, maximum: 100 })
    expect(result.scores?.groups.map(({ id, max }) => [id, max])).toEqual([['market', 50], ['capability', 40], ['domestic', 10]])
  })
})

describe('means and spreads', () => {
  it('agree with the definition on any points', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 1, maxLength: 9 }), (values) => {
      const members = some(values.length)
      const cards = Object.fromEntries(values.map((value, index) => [`m${String(index + 1)}`, { 'market-potential': value }]))
      const found = defined(councilResult(council(members, votesOf('+'.repeat(values.length)), cards), tt15.rule).scores?.criteria[0])
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      expect(found.mean).toBeCloseTo(mean, 9)
      expect(found.min).toBe(Math.min(...values))
      expect(found.max).toBe(Math.max(...values))
      expect(found.sd === null).toBe(values.length === 1)
      expect((found.sd ?? 0) ** 2 * (values.length - 1)).toBeCloseTo(values.reduce((sum, value) => sum + (value - mean) ** 2, 0), 6)
    }), { numRuns: 200 })
    expect(councilResult(council([], {}), tt15.rule)).toMatchObject({ scores: { total: { count: 0, mean: null, sd: null, min: null, max: null } }, outcome: null })
  })
})

describe('other councils', () => {
  it('Law on Prices, Article 60: three or more, half certified with the chair, chaired by the chair, majority of those present', () => {
    const certified = (count: number) => some(4, (index) => ({ certificate: index < count ? 'Thẻ' : '' }))
    expect(compositionProblems(council(certified(2), {}), priceLaw.rule)).toEqual([])
    expect(compositionProblems(council(certified(1), {}), priceLaw.rule)).toEqual([{ kind: 'certificates', have: 1, least: 2 }])
    expect(compositionProblems(council(some(3, (index) => ({ certificate: index > 0 ? 'Thẻ' : '' })), {}), priceLaw.rule)).toEqual([{ kind: 'chair-without-certificate' }])
    expect(compositionProblems(council(some(2, () => ({ certificate: 'Thẻ' })), {}), priceLaw.rule).map(({ kind }) => kind)).toEqual(['too-few-members'])
    expect(outcome(priceLaw.rule, some(3, (index) => ({ attendance: index === 2 ? 'absent' : 'present' })), '++-')).toBe('adopted')
    expect(outcome(priceLaw.rule, some(3, (index) => ({ attendance: index === 2 ? 'absent' : 'present' })), '+x-')).toBe('adopted')
    expect(outcome(priceLaw.rule, some(3, (index) => ({ attendance: index === 2 ? 'absent' : 'present' })), 'x+-')).toBe('rejected')
    expect(outcome(priceLaw.rule, some(3, (index) => ({ attendance: index === 0 ? 'absent' : 'present' })), '-++')).toBeNull()
    expect(barOf(member('x', { attendance: 'absentBallot' }), priceLaw.rule.absentBallots)).toBe('ballot-not-allowed')
    expect(councilResult(council(some(3), votesOf('+++')), priceLaw.rule).scores).toBeNull()
  })
  it('Circular 06/2021: five, four of them present', () => {
    expect(compositionProblems(council(some(4), {}), programme.rule).map(({ kind }) => kind)).toEqual(['too-few-members'])
    expect(compositionProblems(council(some(6), {}), programme.rule).map(({ kind }) => kind)).toEqual(['too-many-members'])
    const present = (count: number) => some(5, (index) => ({ attendance: index < count ? 'present' : 'absent' }))
    expect(outcome(programme.rule, present(3), '+++--')).toBeNull()
    expect(outcome(programme.rule, present(4), '+++x-')).toBe('adopted')
    expect(outcome(programme.rule, present(4), '++xx-')).toBe('rejected')
  })
})

describe('independent scores', () => {
  it('are seen by their own author only until the round is closed', () => {
    const open: Council = { ...council(some(3), votesOf('+x+')), round: 'open' }
    expect(Object.keys(visibleCards(open, 'm2'))).toEqual(['m2'])
    expect(visibleCards(open, null)).toEqual({})
    expect(visibleCards(open, 'm9')).toEqual({})
    expect(Object.keys(visibleCards({ ...open, round: 'closed' }, null))).toEqual(['m1', 'm2', 'm3'])
  })
})

describe('minutes', () => {
  const state = approved().now
  it('say what happened, in both languages', () => {
    const { vi, en } = draftMinutes(state, tt15)
    for (const part of ['Quyết định số 12/QĐ-HĐ', '10/07/2026', 'Hội đồng có 7 thành viên: có mặt 7', 'không thành viên nào có xung đột lợi ích', 'cần ít nhất 5 trên 7 thành viên', '72/100', 'Tán thành 7, không tán thành 0', 'Kết luận: Hội đồng thông qua hồ sơ.']) expect(vi).toContain(part)
    for (const part of ['Decision No. 12/QĐ-HĐ', '7 members: 7 present', 'none has a conflict', '72/100', 'In favour 7, against 0', 'the council adopts the dossier']) expect(en).toContain(part)
    expect(`${vi}${en}`).not.toMatch(/undefined|null|NaN/)
  })
  it('name conflicts, ballots, ties and dissent', () => {
    const members = some(8, (index) => (index === 7 ? { interest: { conflict: true, text: 'Đồng tác giả', at: instant(0) }, name: 'Mai' } : index === 6 ? { attendance: 'absentBallot' } : {}))
    const held = council(members, votesOf('++++xxx-'))
    const cards = { ...held.cards, m5: { ...defined(held.cards['m5']), opinion: 'Chưa đủ căn cứ' } }
    const { vi, en } = draftMinutes({ ...state, council: { ...held, cards } }, tt15)
    for (const part of ['Mai có xung đột lợi ích nên không chấm và không biểu quyết: Đồng tác giả.', 'm7; Ủy viên; vắng mặt, gửi phiếu bằng văn bản.', 'Số phiếu tán thành đúng một nửa; kết quả theo ý kiến của người chủ trì, m1.', 'Thành viên bảo lưu ý kiến: m5; m6; m7.', '- m5: Chưa đủ căn cứ.']) expect(vi).toContain(part)
    expect(en).toContain('Exactly half were in favour')
    const nobody = draftMinutes({ ...state, council: emptyCouncil }, tt15)
    expect(nobody.vi).toContain('Cuộc họp không đủ điều kiện.')
    expect(nobody.vi).toContain('chưa quyết định vì không đủ điều kiện họp')
  })
})
