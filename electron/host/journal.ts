import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { genesis } from '../../shared/schema/change.ts'
import type { Handlers } from '../../shared/host/contract.ts'
import { err, ok, type Result } from '../../shared/kernel/result.ts'
import { renameRetrying } from './atomic-write.ts'
import { discard, isDiskFull, isMissing, listIfThere, syncFolder, writeFlushed, type FileSystem } from './file-system.ts'
import { createHeadIndex, type Known } from './journal-index.ts'
import { encodeFrame, firstLine, readAt, readFrames, type FileEnd, type JournalRecord } from './journal-file.ts'
import { createSerial } from './serial.ts'

interface Head {
  readonly seq: number
  readonly hash: string
}
interface JournalOptions {
  readonly fs: FileSystem
  readonly folder: string
  readonly writable: boolean
}

const fileName = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.log$/
/** Characters of lines in one answer of `read`. */
const pageSize = 4 * 1_048_576
const statsAtOnce = 256

const sameHead = (a: Head, b: Head): boolean => a.seq === b.seq && a.hash === b.hash

export interface Journal {
  readonly handlers: Pick<Handlers, 'journal.heads' | 'journal.append' | 'journal.read'>
  /** Writes the index of heads; the journal itself needs no closing. */
  readonly close: () => Promise<void>
}

/**
 * The second copy of every dossier on the disk (bản ghi thứ hai): one append-only file per dossier. An append is answered after
 * its flush; a tail torn by a loss of power is set aside in `torn/` and cut; damage in the middle, or of an answered append, is reported and left as it is, until
 * the dossier is written anew from its first line: then the damaged file moves whole into `damaged/`.
 */
export const createJournal = ({ fs, folder, writable }: JournalOptions): Journal => {
  const serial = createSerial()
  const index = createHeadIndex(fs, folder, writable)
  /** Where the last page of `read` ended, so that the next page does not start from the beginning. */
  const cursors = new Map<string, { readonly after: number; readonly offset: number }>()

  const pathOf = (dossier: string): string => join(folder, `${dossier}.log`)

  const setAside = async (dossier: string, end: number): Promise<void> => {
    const torn = join(folder, 'torn')
    await fs.mkdir(torn, { recursive: true, mode: 0o700 })
    const handle = await fs.open(pathOf(dossier), 'r+')
    try {
      const { size } = await handle.stat()
      const tail = await readAt(handle, end, size - end)
      const aside = await fs.open(join(torn, `${dossier}.${end}.${randomBytes(4).toString('hex')}`), 'wx', 0o600)
      try {
        await writeFlushed(aside, tail)
      } finally {
        await aside.close()
      }
      await syncFolder(fs, torn)
      await handle.truncate(end)
      await handle.sync()
    } finally {
      await handle.close()
    }
  }

  /**
   * Reads the whole file, repairs a torn tail when this program may write, and notes what it found. An unreadable end that was
   * acknowledged once is no torn write: the disk lost it, so it counts as damage and stays.
   */
  const examine = async (dossier: string): Promise<Known> => {
    const before = index.get(dossier)
    const handle = await fs.open(pathOf(dossier), 'r')
    let head: Head = { seq: 0, hash: genesis }
    let ending: FileEnd
    try {
      const frames = readFrames(handle, dossier)
      for (;;) {
        const step = await frames.next()
        if (step.done === true) {
          ending = step.value
          break
        }
        const last = step.value.records.at(-1)
        if (last !== undefined) head = { seq: last.seq, hash: last.hash }
      }
    } finally {
      await handle.close()
    }
    const lost = ending.state === 'torn' && before !== undefined && (before.damaged || before.seq > head.seq)
    if (ending.state === 'torn' && !lost && writable) await setAside(dossier, ending.end)
    const { size, mtimeMs } = await fs.stat(pathOf(dossier))
    const known = { size, mtimeMs, ...head, damaged: lost || ending.state === 'damaged' }
    index.set(dossier, known)
    return known
  }

  /** What is known of a dossier's file, examined anew when its size or time is not the expected one; null without a file. */
  const look = async (dossier: string): Promise<Known | null> => {
    try {
      const { size, mtimeMs } = await fs.stat(pathOf(dossier))
      const known = index.get(dossier)
      return known !== undefined && known.size === size && known.mtimeMs === mtimeMs ? known : await examine(dossier)
    } catch (error) {
      if (!isMissing(error)) throw error
      index.delete(dossier)
      return null
    }
  }

  const heads: Handlers['journal.heads'] = async () => {
    await index.load()
    const dossiers = (await listIfThere(fs, folder)).flatMap((name) => fileName.exec(name)?.[1] ?? [])
    index.keepOnly(dossiers)
    const found: Record<string, Head> = {}
    const damaged: string[] = []
    for (let start = 0; start < dossiers.length; start += statsAtOnce) {
      await Promise.all(dossiers.slice(start, start + statsAtOnce).map(async (dossier) => {
        const known = await serial(dossier, () => look(dossier))
        if (known === null) return
        if (known.damaged) damaged.push(dossier)
        else if (known.seq > 0) found[dossier] = { seq: known.seq, hash: known.hash }
      }))
    }
    await index.save()
    return ok({ heads: found, damaged: damaged.toSorted() })
  }

  /** Hashes already on the disk from `from` on, by sequence number. */
  const hashesFrom = async (dossier: string, from: number): Promise<ReadonlyMap<number, string>> => {
    const hashes = new Map<number, string>([[0, genesis]])
    const handle = await fs.open(pathOf(dossier), 'r')
    try {
      for await (const frame of readFrames(handle, dossier)) {
        for (const record of frame.records) if (record.seq >= from) hashes.set(record.seq, record.hash)
      }
    } finally {
      await handle.close()
    }
    return hashes
  }

  /** The lines not yet on the disk; null when the disk holds another history. */
  const missingLines = async (dossier: string, head: Head, prev: Head, lines: readonly JournalRecord[]): Promise<readonly JournalRecord[] | null> => {
    if (sameHead(prev, head)) return lines
    if (prev.seq >= head.seq) return null
    const there = await hashesFrom(dossier, prev.seq)
    if (there.get(prev.seq) !== prev.hash) return null
    const known = lines.filter((line) => line.seq <= head.seq)
    return known.every((line) => there.get(line.seq) === line.hash) ? lines.slice(known.length) : null
  }

  const write = async (dossier: string, known: Known | null, lines: readonly JournalRecord[]): Promise<void> => {
    const path = pathOf(dossier)
    const frame = encodeFrame(lines)
    const before = known?.size ?? 0
    const handle = await fs.open(path, known === null ? 'wx' : 'r+', 0o600)
    let flushed = false
    try {
      const bytes = before === 0 ? Buffer.concat([firstLine(dossier), frame]) : frame
      let done = 0
      while (done < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, before + done)
        done += bytesWritten
      }
      await handle.datasync()
      flushed = true
    } finally {
      // Leaves no half line behind; if even this fails, the next look finds the torn tail.
      if (!flushed) await handle.truncate(before).catch(() => undefined)
      await handle.close()
      if (!flushed) index.delete(dossier)
      if (!flushed && known === null) await discard(fs, path)
    }
    if (known === null) await syncFolder(fs, folder)
    const { size, mtimeMs } = await fs.stat(path)
    const last = lines.at(-1)
    if (last !== undefined) index.set(dossier, { size, mtimeMs, seq: last.seq, hash: last.hash, damaged: false })
  }

  /** Moves a damaged file of ours aside, whole, so that a new one can be begun; false when it is none of ours to understand. */
  const retire = async (dossier: string): Promise<boolean> => {
    const path = pathOf(dossier)
    const opening = firstLine(dossier)
    const handle = await fs.open(path, 'r')
    try {
      if (!(await readAt(handle, 0, opening.length)).equals(opening)) return false
    } finally {
      await handle.close()
    }
    const damaged = join(folder, 'damaged')
    await fs.mkdir(damaged, { recursive: true, mode: 0o700 })
    await renameRetrying(fs, path, join(damaged, `${dossier}.${randomBytes(4).toString('hex')}`))
    await syncFolder(fs, damaged)
    await syncFolder(fs, folder)
    index.delete(dossier)
    cursors.delete(dossier)
    return true
  }

  const append: Handlers['journal.append'] = ({ dossier, prev, lines }) => serial(dossier, async () => {
    if (!writable) return err('read-only')
    if (lines.some((line, at) => line.seq !== prev.seq + 1 + at)) return err('bad-request')
    let known = await look(dossier)
    if (known?.damaged === true) {
      // Lines from the first on: the page has the whole dossier and writes its second copy anew.
      if (prev.seq !== 0 || !(await retire(dossier))) return err('journal-damaged')
      known = null
    }
    const head: Head = known ?? { seq: 0, hash: genesis }
    const rest = await missingLines(dossier, head, prev, lines)
    if (rest === null) return err('journal-diverged')
    const last = rest.at(-1)
    if (last === undefined) return ok({ head: { seq: head.seq, hash: head.hash } })
    try {
      await write(dossier, known, rest)
    } catch (error) {
      if (isDiskFull(error)) return err('disk-full')
      throw error
    }
    await index.saveSometimes()
    return ok({ head: { seq: last.seq, hash: last.hash } })
  })

  const read: Handlers['journal.read'] = ({ dossier, after }) => serial(dossier, async () => {
    const lines: JournalRecord[] = []
    let taken = 0
    const cursor = cursors.get(dossier)
    const from = cursor?.after === after ? cursor.offset : 0
    const page = async (handle: Awaited<ReturnType<FileSystem['open']>>): Promise<Result<{ lines: JournalRecord[]; more: boolean }, 'journal-damaged'>> => {
      const frames = readFrames(handle, dossier, from)
      for (;;) {
        const step = await frames.next()
        if (step.done === true) {
          if (step.value.state !== 'damaged' && index.get(dossier)?.damaged !== true) return ok({ lines, more: false })
          return lines.length > 0 ? ok({ lines, more: true }) : err('journal-damaged')
        }
        for (const { seq, hash, line } of step.value.records) {
          if (seq <= after) continue
          if (lines.length > 0 && taken + line.length > pageSize) {
            const last = lines.at(-1)
            if (last !== undefined) cursors.set(dossier, { after: last.seq, offset: step.value.start })
            return ok({ lines, more: true })
          }
          taken += line.length
          lines.push({ seq, hash, line })
        }
      }
    }
    try {
      const handle = await fs.open(pathOf(dossier), 'r')
      try {
        return await page(handle)
      } finally {
        await handle.close()
      }
    } catch (error) {
      if (isMissing(error)) return err('not-found')
      throw error
    }
  })

  return {
    handlers: { 'journal.heads': heads, 'journal.append': append, 'journal.read': read },
    close: () => index.save(),
  }
}
