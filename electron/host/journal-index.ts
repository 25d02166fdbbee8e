import { join } from 'node:path'
import { atomicWrite } from './atomic-write.ts'
import { readIfThere, type FileSystem } from './file-system.ts'

/** What is known of one journal file; it holds as long as size and time of the file are these. */
export interface Known {
  readonly size: number
  readonly mtimeMs: number
  readonly seq: number
  readonly hash: string
  readonly damaged: boolean
}

export interface HeadIndex {
  readonly load: () => Promise<void>
  readonly get: (dossier: string) => Known | undefined
  readonly set: (dossier: string, known: Known) => void
  readonly delete: (dossier: string) => void
  readonly keepOnly: (dossiers: readonly string[]) => void
  /** Writes the index if it changed. */
  readonly save: () => Promise<void>
  /** Writes it after every so many changes. */
  readonly saveSometimes: () => Promise<void>
}

const changesBetweenSaves = 50

const isKnown = (value: unknown): value is Known =>
  typeof value === 'object' && value !== null
  && 'size' in value && typeof value.size === 'number'
  && 'mtimeMs' in value && typeof value.mtimeMs === 'number'
  && 'seq' in value && typeof value.seq === 'number'
  && 'hash' in value && typeof value.hash === 'string' && /^[0-9a-f]{64}$/.test(value.hash)
  && 'damaged' in value && typeof value.damaged === 'boolean'

const parse = (text: string): ReadonlyMap<string, Known> => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return new Map()
    return new Map(Object.entries(value).filter((entry): entry is [string, Known] => isKnown(entry[1])))
  } catch {
    return new Map()
  }
}

/**
 * Remembers the head of every journal, so that a start with ten thousand dossiers reads file sizes instead of files. A
 * cache: losing it, or a wrong entry in it, costs a reading of the files concerned, and the knowledge that an unreadable end was
 * whole before.
 */
export const createHeadIndex = (fs: FileSystem, folder: string, writable: boolean): HeadIndex => {
  const path = join(folder, 'heads.json')
  const entries = new Map<string, Known>()
  let loaded = false
  let changes = 0

  const save = async (): Promise<void> => {
    if (!writable || changes === 0) return
    changes = 0
    try {
      await atomicWrite(fs, path, JSON.stringify(Object.fromEntries(entries)))
    } catch {
      // A full disk must not stop the program for the sake of a cache.
      changes = 1
    }
  }

  return {
    load: async () => {
      if (loaded) return
      loaded = true
      const text = (await readIfThere(fs, path).catch(() => null))?.toString('utf8') ?? ''
      for (const [dossier, known] of parse(text)) if (!entries.has(dossier)) entries.set(dossier, known)
    },
    get: (dossier) => entries.get(dossier),
    set: (dossier, known) => {
      entries.set(dossier, known)
      changes += 1
    },
    delete: (dossier) => {
      if (entries.delete(dossier)) changes += 1
    },
    keepOnly: (dossiers) => {
      const wanted = new Set(dossiers)
      for (const dossier of entries.keys()) if (!wanted.has(dossier)) {
        entries.delete(dossier)
        changes += 1
      }
    },
    save,
    saveSometimes: async () => {
      if (changes >= changesBetweenSaves) await save()
    },
  }
}
