/**
 * Last day on which each Electron line still gets corrections. The newest three lines are supported and a new one appears every eight
 * weeks, so 45 (October 2026) ends when 48 appears. Update together with Electron in package.json.
 */
export const supportEnds: Readonly<Record<string, string>> = { '45': '2027-04-06' }

/** Why this Electron may not be packed any more, or null. A line that is not in the table counts as out of support. */
export const outOfSupport = (version: string, now: number): string | null => {
  const end = supportEnds[version.split('.')[0] ?? '']
  if (end === undefined) return `Electron ${version} is not in the table of electron/policy/support.ts`
  return Date.parse(end) + 86_400_000 > now ? null : `Electron ${version} has been out of support since ${end}: update it before packing`
}
