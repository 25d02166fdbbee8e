import type { CouncilRule } from '../rulepack/schema.ts'
import type { Council, CouncilMember, Scorecard } from '../schema/dossier.ts'
import { atLeast, barOf, membersOf, moreThan, needed } from './facts.ts'
import type { Bar } from './facts.ts'
import { fillSeats } from './seats.ts'

/** Where a council falls short of its rule, in the order people mend it. */
export type CouncilProblem =
  | { readonly kind: 'too-few-members'; readonly have: number; readonly min: number }
  | { readonly kind: 'too-many-members'; readonly have: number; readonly max: number }
  | { readonly kind: 'no-chair' }
  | { readonly kind: 'seat'; readonly seat: string; readonly have: number; readonly least: number }
  | { readonly kind: 'certificates'; readonly have: number; readonly least: number }
  | { readonly kind: 'chair-without-certificate' }

/** Mean and spread of points (điểm bình quân và độ phân tán). */
export interface Spread {
  readonly count: number
  readonly mean: number | null
  /** Sample standard deviation, n − 1; null below two cards. */
  readonly sd: number | null
  readonly min: number | null
  readonly max: number | null
}

export interface CriterionResult extends Spread {
  readonly id: string
  readonly maximum: number
}

export interface CouncilResult {
  readonly problems: readonly CouncilProblem[]
  readonly members: readonly { readonly member: CouncilMember; readonly bar: Bar | null; readonly card: Scorecard | null }[]
  readonly quorum: {
    readonly met: boolean
    /** Members at the meeting who take part; with `byBallot`, ballots returned. */
    readonly present: number
    readonly needed: number
    readonly whole: number
    /** Who chairs the meeting, or null when nobody who may is there. */
    readonly chairedBy: string | null
    readonly byBallot: boolean
  }
  readonly scores: { readonly criteria: readonly CriterionResult[]; readonly groups: readonly CriterionResult[]; readonly total: CriterionResult } | null
  readonly vote: {
    readonly for: number
    readonly against: number
    readonly abstain: number
    /** What the votes in favour are measured against, and how many are needed. */
    readonly base: number
    readonly needed: number
    /** Exactly half in favour: the side of the chair decided. */
    readonly decidedByChair: boolean
  }
  /** null without a quorum. */
  readonly outcome: 'adopted' | 'rejected' | null
}

/** Places where the composition falls short of the rule; empty when the council is properly made up (thành phần hội đồng). */
export const compositionProblems = (council: Council, rule: CouncilRule): readonly CouncilProblem[] => {
  const members = membersOf(council)
  const problems: CouncilProblem[] = []
  if (members.length < rule.size.min) problems.push({ kind: 'too-few-members', have: members.length, min: rule.size.min })
  if (rule.size.max !== null && members.length > rule.size.max) problems.push({ kind: 'too-many-members', have: members.length, max: rule.size.max })
  const chair = members.find((member) => member.role === 'chair')
  if (chair === undefined) problems.push({ kind: 'no-chair' })
  const filled = fillSeats(rule.seats, members)
  for (const seat of rule.seats) {
    const have = filled.get(seat.id) ?? 0
    if (have < seat.least) problems.push({ kind: 'seat', seat: seat.id, have, least: seat.least })
  }
  if (rule.certified !== null) {
    const have = members.filter((member) => member.certificate !== '').length
    const least = needed(rule.certified.share, members.length, false)
    if (have < least) problems.push({ kind: 'certificates', have, least })
    if (rule.certified.chair && chair !== undefined && chair.certificate === '') problems.push({ kind: 'chair-without-certificate' })
  }
  return problems
}

const spread = (values: readonly number[]): Spread => {
  const count = values.length
  if (count === 0) return { count, mean: null, sd: null, min: null, max: null }
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const sd = count < 2 ? null : Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (count - 1))
  return { count, mean, sd, min: Math.min(...values), max: Math.max(...values) }
}

const scoresOf = (cards: readonly Scorecard[], rule: CouncilRule): CouncilResult['scores'] => {
  if (rule.scoring === null) return null
  const { criteria, groups, maximum } = rule.scoring
  const sum = (card: Scorecard, ids: readonly string[]): number => ids.reduce((total, id) => total + (card.points[id] ?? 0), 0)
  const result = (id: string, max: number, ids: readonly string[]): CriterionResult => ({ id, maximum: max, ...spread(cards.map((card) => sum(card, ids))) })
  return {
    criteria: criteria.map((criterion) => result(criterion.id, criterion.max, [criterion.id])),
    groups: groups.map((group) => result(group.id, group.max, criteria.filter((criterion) => criterion.group === group.id).map(({ id }) => id))),
    total: result('total', maximum, criteria.map(({ id }) => id)),
  }
}

const quorumOf = (council: Council, rule: CouncilRule): CouncilResult['quorum'] => {
  const members = membersOf(council)
  const takingPart = members.filter((member) => barOf(member, rule.absentBallots) === null)
  const inRoom = takingPart.filter((member) => member.attendance === 'present')
  // Ballots stand in for a meeting only when nobody met at all.
  const byBallot = rule.quorum.allByBallot && members.length > 0 && members.every((member) => member.attendance !== 'present')
  const counted = byBallot ? takingPart.filter((member) => council.cards[member.id] !== undefined) : inRoom
  const may = rule.quorum.chairedBy === 'chair' ? ['chair'] : ['chair', 'deputyChair']
  const chairedBy = counted.find((member) => may.includes(member.role))?.id ?? null
  return {
    met: atLeast(counted.length, rule.quorum.share, members.length) && counted.length > 0 && chairedBy !== null,
    present: counted.length,
    needed: needed(rule.quorum.share, members.length, false),
    whole: members.length,
    chairedBy,
    byBallot,
  }
}

/**
 * What a council decided under a rule (kết quả hội đồng): composition, quorum, points and votes, and the outcome.
 * Only cards of members who may vote count: interest declared, no conflict, present or voting by ballot.
 * A tie is exactly half of the base in favour; the chair's side then decides where the rule says so (without a chair's
 * vote, the side of the deputy who chairs). Abstentions and missing ballots stay in the base.
 */
export const councilResult = (council: Council, rule: CouncilRule): CouncilResult => {
  const members = membersOf(council).map((member) => {
    const bar = barOf(member, rule.absentBallots)
    return { member, bar, card: bar === null ? council.cards[member.id] ?? null : null }
  })
  const cards = members.flatMap(({ card }) => (card === null ? [] : [card]))
  const quorum = quorumOf(council, rule)
  const count = (vote: Scorecard['vote']): number => cards.filter((card) => card.vote === vote).length
  const { decision } = rule
  const base = decision.base === 'allMembers' ? members.length : members.filter(({ member }) => member.attendance === 'present').length
  const inFavour = count('for')
  const passed = decision.strict ? moreThan(inFavour, decision.share, base) : atLeast(inFavour, decision.share, base)
  const presiding = council.cards[quorum.chairedBy ?? '']
  const tied = !passed && base > 0 && inFavour * 2 === base
  const decidedByChair = tied && decision.tie === 'chair'
  const adopted = passed || (decidedByChair && presiding?.vote === 'for')
  return {
    problems: compositionProblems(council, rule),
    members,
    quorum,
    scores: scoresOf(cards, rule),
    vote: { for: inFavour, against: count('against'), abstain: count('abstain'), base, needed: needed(decision.share, base, decision.strict), decidedByChair },
    outcome: quorum.met ? (adopted ? 'adopted' : 'rejected') : null,
  }
}
