import type { Command } from '../../../shared/dossier/commands.ts'
import type { Profile } from '../../../shared/schema/dossier.ts'
import { useDossier } from '../../ui/store-context.tsx'

type Patch = Partial<Profile>

/** The profile and ways to change it that build on the newest state, so that two quick changes never undo each other. */
export const useProfile = (): {
  readonly profile: Profile
  readonly editable: boolean
  readonly set: (change: (profile: Profile) => Patch) => Promise<boolean>
} => {
  const { state, editable, run } = useDossier()
  return {
    profile: state.profile,
    editable,
    set: (change) => run((now): Command => ({ type: 'profile.set', patch: change(now.profile) })),
  }
}
