import type { Share } from '../rulepack/schema.ts'
import type { Council, CouncilMember, Scorecard } from '../schema/dossier.ts'

/** Members in a stable order: chair, deputy chair, secretary, reviewers, members; then by id. */
const ranks = ['chair', 'deputyChair', 'secretary', 'reviewer', 'member'] as const
export const membersOf = (council: Council): readonly CouncilMember[] =>
  Object.values(council.members).sort((a, b) => ranks.indexOf(a.role) - ranks.indexOf(b.role) || (a.id < b.id ? -1 : 1))

/** Why a member may not score and vote (lý do không được chấm), or null. */
export type Bar = 'interest-undeclared' | 'interest-conflict' | 'member-absent' | 'ballot-not-allowed'

/**
 * Whether a member may score and vote: the interest is declared, there is no conflict, and the member is present or, where
 * the rule allows it, votes by ballot.
 */
export const barOf = (member: CouncilMember, absentBallots: boolean): Bar | null => {
  if (member.interest === null) return 'interest-undeclared'
  if (member.interest.conflict) return 'interest-conflict'
  if (member.attendance === 'absent') return 'member-absent'
  return member.attendance === 'absentBallot' && !absentBallots ? 'ballot-not-allowed' : null
}

/** count ≥ share × whole, in whole numbers so that 6 of 9 is exactly 2/3. */
export const atLeast = (count: number, share: Share, whole: number): boolean => count * share.denominator >= share.numerator * whole
export const moreThan = (count: number, share: Share, whole: number): boolean => count * share.denominator > share.numerator * whole

/** Smallest count that satisfies the share. */
export const needed = (share: Share, whole: number, strict: boolean): number => {
  let count = 0
  while (count <= whole && !(strict ? moreThan(count, share, whole) : atLeast(count, share, whole))) count += 1
  return count
}

/**
 * Scorecards a viewer may see (phiếu chấm độc lập): only the viewer's own until the round is closed, then all. A viewer
 * who is no member sees none before closing.
 */
export const visibleCards = (council: Council, viewer: string | null): Readonly<Record<string, Scorecard>> => {
  if (council.round === 'closed') return council.cards
  return Object.fromEntries(Object.entries(council.cards).filter(([member]) => member === viewer))
}
