import { barOf } from '../council/facts.ts'
import { problemText } from '../council/problems.ts'
import { compositionProblems, councilResult } from '../council/result.ts'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import { isCouncilPack } from '../rulepack/load.ts'
import type { CouncilRule } from '../rulepack/schema.ts'
import type { Council, CouncilMember, DossierState } from '../schema/dossier.ts'
import type { ParsedCommand } from './commands.ts'
import type { DecideContext } from './context.ts'
import { councilPackOf } from './context.ts'
import { patched, without } from './patch.ts'

/** `council.rule` is about a checklist and decided there. */
type CouncilCommand = Exclude<Extract<ParsedCommand, { type: `council.${string}` }>, { type: 'council.rule' }>
type Of<T extends CouncilCommand['type']> = Extract<CouncilCommand, { type: T }>

const isScoring = (council: Council): boolean => council.round !== 'none'

const memberOf = (council: Council, id: string): CouncilMember | undefined => (Object.hasOwn(council.members, id) ? council.members[id] : undefined)

const setMember = (council: Council, { member }: Of<'council.setMember'>): Result<Council> => {
  const existing = memberOf(council, member.id)
  if (member.role === 'chair' && Object.values(council.members).some(({ id, role }) => role === 'chair' && id !== member.id)) return err('council-two-chairs')
  if (isScoring(council)) {
    // While scores are given only who came, and how names are written, may still be put right.
    if (existing === undefined || council.round === 'closed' || existing.role !== member.role) return err('council-frozen')
    if (Object.hasOwn(council.cards, member.id) && existing.attendance !== member.attendance) return err('member-has-card')
  }
  return ok({ ...council, members: { ...council.members, [member.id]: { ...member, interest: existing?.interest ?? null } } })
}

const score = (council: Council, { card }: Of<'council.score'>, rule: CouncilRule, at: string): Result<Council> => {
  if (council.round !== 'open') return err('round-not-open')
  const member = memberOf(council, card.member)
  if (member === undefined) return err('member-unknown')
  const bar = barOf(member, rule.absentBallots)
  if (bar !== null) return err(bar)
  if (Object.hasOwn(council.cards, member.id)) return err('card-exists')
  const criteria = rule.scoring?.criteria ?? []
  const scored = criteria.every(({ id, max }) => {
    const points = Object.hasOwn(card.points, id) ? card.points[id] : undefined
    return points !== undefined && points >= 0 && points <= max
  })
  const ids = criteria.map(({ id }) => id)
  if (!scored || !Object.keys(card.points).every((id) => ids.includes(id)) || !Object.keys(card.comments).every((id) => ids.includes(id))) return err('card-points')
  return ok({ ...council, cards: { ...council.cards, [member.id]: { ...card, at } } })
}

const decideIn = (state: DossierState, command: CouncilCommand, context: DecideContext): Result<Council> => {
  const { council } = state
  switch (command.type) {
    case 'council.useRule': {
      if (isScoring(council)) return err('council-frozen')
      const loaded = context.packs(command.rule.sha256)
      if (loaded === undefined || loaded.pack.id !== command.rule.id || loaded.pack.version !== command.rule.version) return err('pack-unknown')
      return isCouncilPack(loaded) ? ok({ ...council, rule: command.rule }) : err('pack-not-for-this')
    }
    case 'council.describe':
      return ok(patched(council, command.patch))
    case 'council.setMember':
      return setMember(council, command)
    case 'council.removeMember':
      if (memberOf(council, command.id) === undefined) return err('member-unknown')
      return isScoring(council) ? err('council-frozen') : ok({ ...council, members: without(council.members, command.id) })
    case 'council.declare': {
      const member = memberOf(council, command.member)
      if (member === undefined) return err('member-unknown')
      if (council.round === 'closed') return err('council-frozen')
      if (Object.hasOwn(council.cards, member.id)) return err('member-has-card')
      return ok({ ...council, members: { ...council.members, [member.id]: { ...member, interest: { conflict: command.conflict, text: command.text, at: context.at } } } })
    }
  }
  const rule = councilPackOf(state, context)?.pack.rule
  if (rule === undefined) return err(council.rule === null ? 'council-rule-missing' : 'pack-unknown')
  switch (command.type) {
    case 'council.openRound': {
      if (council.round === 'open') return err('round-already-open')
      if (council.adopted !== null) return err('council-adopted')
      const [problem] = compositionProblems(council, rule)
      if (problem !== undefined) return err('council-incomplete', problemText(problem, rule))
      // Opening again after a closed round without a decision starts a new round; the former cards stay in the log.
      return ok({ ...council, round: 'open', cards: {} })
    }
    case 'council.score':
      return score(council, command, rule, context.at)
    case 'council.closeRound':
      if (council.round !== 'open') return err('round-not-open')
      return Object.keys(council.cards).length === 0 ? err('round-without-cards') : ok({ ...council, round: 'closed' })
    case 'council.adopt': {
      if (council.adopted !== null) return err('council-adopted')
      if (council.round !== 'closed') return err('round-not-closed')
      const { outcome, quorum } = councilResult(council, rule)
      return outcome === null ? err('no-quorum', { present: quorum.present, needed: quorum.needed }) : ok({ ...council, adopted: { at: context.at, outcome } })
    }
  }
}

export const decideCouncil = (state: DossierState, command: CouncilCommand, context: DecideContext): Result<DossierState> => {
  const decided = decideIn(state, command, context)
  return decided.ok ? ok({ ...state, council: decided.value }) : decided
}
