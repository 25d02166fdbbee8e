import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { renameRetrying } from './atomic-write.ts'
import { copyMode, discard, listIfThere, readIfThere, type FileSystem } from './file-system.ts'
import { readFrames, type FileEnd } from './journal-file.ts'

const entry = z.strictObject({
  /** Size and time of the file that was copied, to know whether it changed since. */
  size: z.number().int().nonnegative(),
  mtimeMs: z.number(),
  /** Size and SHA-256 of the copy. */
  copied: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type BackupEntry = z.infer<typeof entry>

/** What a backup holds (bản kê bản sao lưu); paths are relative with `/`. */
const manifest = z.strictObject({
  v: z.literal(1),
  at: z.string(),
  files: z.record(z.string().regex(/^(journal\/[0-9a-f-]{36}\.log|[a-z.]+\.json)$/), entry),
})
export type BackupManifest = z.infer<typeof manifest>

const single = ['vault.json', 'vault.previous.json', 'settings.json']
const journalName = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.log$/

/** Relative paths of everything a backup covers; attachments are not among it, they never change once written. */
export const coveredFiles = async (fs: FileSystem, root: string): Promise<string[]> => {
  const journals = (await listIfThere(fs, join(root, 'journal'))).filter((name) => journalName.test(name))
  return [...single, ...journals.map((name) => `journal/${name}`)]
}

export const readManifest = async (fs: FileSystem, folder: string): Promise<BackupManifest | null> => {
  const text = await readIfThere(fs, join(folder, 'manifest.json'))
  if (text === null) return null
  try {
    const parsed = manifest.safeParse(JSON.parse(text.toString('utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

const chunk = 1_048_576

/** SHA-256 of the first `length` bytes, or null when there are fewer. */
export const hashOf = async (fs: FileSystem, path: string, length: number): Promise<string | null> => {
  const handle = await fs.open(path, 'r')
  try {
    const digest = createHash('sha256')
    const buffer = Buffer.alloc(chunk)
    let left = length
    while (left > 0) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(chunk, left), null)
      if (bytesRead === 0) return null
      digest.update(buffer.subarray(0, bytesRead))
      left -= bytesRead
    }
    return digest.digest('hex')
  } finally {
    await handle.close()
  }
}

/** How far a journal is readable, or null when it is damaged in the middle. */
const readableLength = async (fs: FileSystem, path: string, dossier: string): Promise<number | null> => {
  const handle = await fs.open(path, 'r')
  try {
    const frames = readFrames(handle, dossier)
    for (;;) {
      const step: IteratorResult<unknown, FileEnd> = await frames.next()
      if (step.done === true) return step.value.state === 'damaged' ? null : step.value.end
    }
  } finally {
    await handle.close()
  }
}

/** Copies the first `length` bytes, flushed. */
const copyStart = async (fs: FileSystem, from: string, to: string, length: number): Promise<void> => {
  const source = await fs.open(from, 'r')
  try {
    const target = await fs.open(to, 'wx', 0o600)
    try {
      const buffer = Buffer.alloc(Math.min(chunk, Math.max(length, 1)))
      let left = length
      while (left > 0) {
        const { bytesRead } = await source.read(buffer, 0, Math.min(buffer.length, left), null)
        if (bytesRead === 0) break
        await target.writeFile(buffer.subarray(0, bytesRead))
        left -= bytesRead
      }
      await target.sync()
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

/**
 * Copies one file and opens the copy again; null when the source is a damaged journal or the copy does not hold what was read.
 * Of a journal only whole lines are copied, so a line being written meanwhile does no harm.
 */
export const copyVerified = async (fs: FileSystem, from: string, to: string, name: string): Promise<BackupEntry | null> => {
  const { size, mtimeMs } = await fs.stat(from)
  const dossier = /^journal\/(.+)\.log$/.exec(name)?.[1]
  const copied = dossier === undefined ? size : await readableLength(fs, from, dossier)
  if (copied === null) return null
  await copyStart(fs, from, to, copied)
  const [before, after] = [await hashOf(fs, from, copied), await hashOf(fs, to, copied)]
  if (before === null || before !== after) {
    await discard(fs, to)
    return null
  }
  return { size, mtimeMs, copied, sha256: after }
}

/** The same copy once more in another backup: a second name where the file system has them, else another copy. */
export const carryOver = async (fs: FileSystem, from: string, to: string): Promise<void> => {
  try {
    await fs.link(from, to)
  } catch {
    await fs.copyFile(from, to, copyMode)
  }
}

/** Puts a copy in the place of the live file, wholly or not at all. */
export const putBack = async (fs: FileSystem, from: string, to: string, length: number): Promise<void> => {
  const temporary = `${to}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await copyStart(fs, from, temporary, length)
    await renameRetrying(fs, temporary, to)
  } catch (error) {
    await discard(fs, temporary)
    throw error
  }
}
