import { forbiddenSwitch } from './switches.ts'

/** What a start asks for; also a second start while the program runs, whose arguments reach the first one. */
export type LaunchRequest =
  /** Open the profile named, or the usual one; for a second start: bring the window to the front. */
  | { readonly kind: 'open'; readonly profile: string | null }
  /** The command line would open the program to others. */
  | { readonly kind: 'refuse'; readonly switch: string }

const profileFlag = '--profile='

/**
 * Reads the arguments of a start. Anything but our own flag is ignored: files, addresses and unknown switches do nothing.
 *
 * @param args arguments without the program itself
 */
export const launchRequest = (args: readonly string[], platform: NodeJS.Platform): LaunchRequest => {
  const forbidden = forbiddenSwitch(args, platform)
  if (forbidden !== null) return { kind: 'refuse', switch: forbidden }
  const profile = args.find((argument) => argument.startsWith(profileFlag))?.slice(profileFlag.length) ?? ''
  return { kind: 'open', profile: profile === '' || profile.includes('\0') ? null : profile }
}
