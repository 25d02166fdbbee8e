import type { CouncilRule } from '../rulepack/schema.ts'
import type { CouncilMember } from '../schema/dossier.ts'

type Seat = CouncilRule['seats'][number]

const mayTake = (member: CouncilMember, seat: Seat): boolean =>
  (seat.roles === undefined || seat.roles.includes(member.role))
  && (seat.expertise === undefined || seat.expertise.some((field) => member.expertise.includes(field)))
  && (seat.yearsOver === undefined || (member.experienceYears !== null && member.experienceYears > seat.yearsOver))

/**
 * Fills the seats that a rule demands (ghế theo quy tắc), one member to one seat at most, as many seats as can be filled
 * (maximum matching by augmenting paths). Gives for each seat how many places are taken.
 */
export const fillSeats = (seats: readonly Seat[], members: readonly CouncilMember[]): ReadonlyMap<string, number> => {
  const places = seats.flatMap((seat) => Array.from({ length: seat.least }, () => seat))
  const taken = new Map<string, number>()
  const place = (index: number, tried: Set<string>): boolean => {
    const seat = places[index]
    if (seat === undefined) return false
    for (const member of members) {
      if (tried.has(member.id) || !mayTake(member, seat)) continue
      tried.add(member.id)
      const held = taken.get(member.id)
      if (held === undefined || place(held, tried)) {
        taken.set(member.id, index)
        return true
      }
    }
    return false
  }
  places.forEach((_, index) => place(index, new Set()))
  const filled = new Map(seats.map((seat) => [seat.id, 0]))
  for (const index of taken.values()) {
    const id = places[index]?.id ?? ''
    filled.set(id, (filled.get(id) ?? 0) + 1)
  }
  return filled
}
