/** Name of a backup: its time in UTC without colons, which Windows refuses. */
export const backupName = (at: number, kind: 'timed' | 'before-restore'): string =>
  `${new Date(at).toISOString().replace(/[:.]/g, '-')}${kind === 'timed' ? '' : '-before-restore'}`

const pattern = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z(-before-restore)?$/

export interface BackupName {
  readonly name: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly beforeRestore: boolean
}

/** Reads a name back; null for anything that is not a backup of ours. */
export const parseBackupName = (name: string): BackupName | null => {
  const match = pattern.exec(name)
  if (match === null) return null
  const [, day, hours, minutes, seconds, millis, suffix] = match
  const at = Date.parse(`${day}T${hours}:${minutes}:${seconds}.${millis}Z`)
  return Number.isNaN(at) ? null : { name, at, beforeRestore: suffix !== undefined }
}

const newestPerDay = (backups: readonly BackupName[], day: (at: number) => string): readonly BackupName[] => {
  const seen = new Set<string>()
  return backups.filter(({ at }) => {
    const own = day(at)
    if (seen.has(own)) return false
    seen.add(own)
    return true
  })
}

const ofToday = 3
const inAll = 10

/**
 * Which backups stay: the three newest of today, the newest of each earlier day, ten in all, and besides them the newest one made
 * before a restoring. Times in the future (a clock set back) count as today.
 *
 * @param day calendar day of a time, in the person's time zone
 */
export const backupsToKeep = (names: readonly string[], now: number, day: (at: number) => string): ReadonlySet<string> => {
  const backups = names.flatMap((name) => parseBackupName(name) ?? []).toSorted((a, b) => b.at - a.at)
  const timed = backups.filter(({ beforeRestore }) => !beforeRestore)
  const isToday = ({ at }: BackupName): boolean => at >= now || day(at) === day(now)
  const today = timed.filter(isToday).slice(0, ofToday)
  const earlier = newestPerDay(timed.filter((backup) => !isToday(backup)), day)
  const undo = backups.filter(({ beforeRestore }) => beforeRestore).slice(0, 1)
  return new Set([...today, ...earlier].slice(0, inAll).concat(undo).map(({ name }) => name))
}
