import type { Bar } from '../../../shared/council/facts.ts'
import { councilEn } from '../../../shared/i18n/en/council.ts'
import { councilVi } from '../../../shared/i18n/vi/council.ts'
import type { CouncilMember } from '../../../shared/schema/dossier.ts'
import { useT } from '../../ui/language.tsx'

export const roles = ['chair', 'deputyChair', 'secretary', 'reviewer', 'member'] as const
export const attendances = ['present', 'absentBallot', 'absent'] as const

interface Words {
  readonly role: (role: CouncilMember['role']) => string
  readonly attendance: (attendance: CouncilMember['attendance']) => string
  readonly bar: (bar: Bar) => string
  readonly interest: (member: CouncilMember) => string
}

/** Names of roles, attendance, interests and bars in the language of the moment. */
export const useCouncilWords = (): Words => {
  const t = useT(councilVi, councilEn)
  const roleKeys = { chair: 'roleChair', deputyChair: 'roleDeputyChair', secretary: 'roleSecretary', reviewer: 'roleReviewer', member: 'roleMember' } as const
  const attendanceKeys = { present: 'attPresent', absentBallot: 'attAbsentBallot', absent: 'attAbsent' } as const
  const barKeys = { 'interest-undeclared': 'barInterestUndeclared', 'interest-conflict': 'barInterestConflict', 'member-absent': 'barMemberAbsent', 'ballot-not-allowed': 'barBallotNotAllowed' } as const
  return {
    role: (role) => t(roleKeys[role]),
    attendance: (attendance) => t(attendanceKeys[attendance]),
    bar: (bar) => t(barKeys[bar]),
    interest: (member) => t(member.interest === null ? 'interestUndeclared' : member.interest.conflict ? 'interestConflict' : 'interestNone'),
  }
}
