import { createHash } from 'node:crypto'
import path from 'node:path'
import { errorCode, type FilePort, type OpenFile } from './file-port.ts'

/** Random access to a package file, as the verification reads it. */
export interface PackageFile {
  readonly path: string
  readonly size: number
  readonly read: (offset: number, length: number) => Promise<Uint8Array>
}


/** Which file: one that is arriving, or one in its place. */
export type PackagePlace = { readonly part: string } | { readonly org: string; readonly sha256: string }

/**
 * Files of the exchange: `incoming/<upload>.part` while a package arrives, `cas/<organisation>/aa/<hash>` once it is
 * received. Organisations share no file, so nothing one does can be felt by another.
 */
export interface PackageStore {
  readonly freeBytes: () => Promise<number>
  /** Makes the part file if it is missing; tells whether it was there. */
  readonly ensurePart: (upload: string) => Promise<'there' | 'made'>
  readonly hasPart: (upload: string) => Promise<boolean>
  readonly hasPackage: (org: string, sha256: string) => Promise<boolean>
  /** Writes and flushes bytes; false when the part file is gone. */
  readonly writePart: (upload: string, offset: number, bytes: Uint8Array) => Promise<boolean>
  readonly dropPart: (upload: string) => Promise<void>
  readonly dropPackage: (org: string, sha256: string) => Promise<void>
  /** SHA-256 of each leaf and of the whole; null when the file is missing or of another size. */
  readonly hashes: (where: PackagePlace, size: number, leafBytes: number) => Promise<{ readonly whole: string; readonly leaves: readonly string[] } | null>
  /** Moves a complete part to its place for ever, flushed; a part that was moved already is no fault. */
  readonly keep: (upload: string, org: string, sha256: string) => Promise<void>
  readonly withFile: <T>(where: PackagePlace, work: (file: PackageFile) => Promise<T>) => Promise<T>
  readonly packagePath: (org: string, sha256: string) => string
  /** Uploads that have a part file. */
  readonly parts: () => Promise<string[]>
  /** Packages in their place. */
  readonly packages: () => Promise<{ readonly org: string; readonly sha256: string }[]>
}

export const openPackageStore = async (folder: string, files: FilePort): Promise<PackageStore> => {
  const incoming = path.join(folder, 'incoming')
  const cas = path.join(folder, 'cas')
  await files.makeFolder(incoming)
  await files.makeFolder(cas)

  const partPath = (upload: string): string => path.join(incoming, `${upload}.part`)
  const packagePath = (org: string, sha256: string): string => path.join(cas, org, sha256.slice(0, 2), sha256)
  const pathOf = (where: PackagePlace): string => ('part' in where ? partPath(where.part) : packagePath(where.org, where.sha256))

  const withOpen = async <T>(file: OpenFile, work: (file: OpenFile) => Promise<T>): Promise<T> => {
    try {
      return await work(file)
    } finally {
      await file.close()
    }
  }

  /** Opens for reading or writing; null when there is no such file. */
  const openIfThere = async (name: string, mode: 'read' | 'write'): Promise<OpenFile | null> => {
    try {
      return await files.open(name, mode)
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null
      throw error
    }
  }

  const readFully = async (file: OpenFile, into: Uint8Array, length: number, position: number): Promise<number> => {
    let done = 0
    while (done < length) {
      const got = await file.read(into, done, length - done, position + done)
      if (got === 0) break
      done += got
    }
    return done
  }

  return {
    freeBytes: () => files.freeBytes(folder),
    ensurePart: async (upload) => {
      const name = partPath(upload)
      if ((await files.size(name)) !== null) return 'there'
      await withOpen(await files.open(name, 'create'), (file) => file.sync())
      await files.syncFolder(incoming)
      return 'made'
    },
    hasPart: async (upload) => (await files.size(partPath(upload))) !== null,
    hasPackage: async (org, sha256) => (await files.size(packagePath(org, sha256))) !== null,
    writePart: async (upload, offset, bytes) => {
      const opened = await openIfThere(partPath(upload), 'write')
      if (opened === null) return false
      return withOpen(opened, async (file) => {
        // On a full disk a write may store less than asked without any error.
        let done = 0
        while (done < bytes.length) {
          const written = await file.write(bytes, done, bytes.length - done, offset + done)
          if (written === 0) throw Object.assign(new Error('nothing was written'), { code: 'ENOSPC' })
          done += written
        }
        await file.sync()
        return true
      })
    },
    dropPart: (upload) => files.remove(partPath(upload)),
    dropPackage: (org, sha256) => files.remove(packagePath(org, sha256)),
    hashes: async (where, size, leafBytes) => {
      const name = pathOf(where)
      if ((await files.size(name)) !== size) return null
      const opened = await openIfThere(name, 'read')
      if (opened === null) return null
      return withOpen(opened, async (file) => {
        const whole = createHash('sha256')
        const leaves: string[] = []
        const buffer = new Uint8Array(leafBytes)
        for (let at = 0; at < size; at += leafBytes) {
          const got = await readFully(file, buffer, Math.min(leafBytes, size - at), at)
          const leaf = buffer.subarray(0, got)
          whole.update(leaf)
          leaves.push(createHash('sha256').update(leaf).digest('hex'))
        }
        return { whole: whole.digest('hex'), leaves }
      })
    },
    keep: async (upload, org, sha256) => {
      const place = packagePath(org, sha256)
      await files.makeFolder(path.dirname(place))
      const opened = await openIfThere(partPath(upload), 'write')
      if (opened !== null) {
        await withOpen(opened, (file) => file.sync())
        try {
          await files.rename(partPath(upload), place)
        } catch (error) {
          if (errorCode(error) !== 'ENOENT' || (await files.size(place)) === null) throw error
        }
      } else if ((await files.size(place)) === null) {
        throw new Error('a package that was checked is gone')
      }
      await files.syncFolder(path.dirname(place))
      await files.syncFolder(path.join(cas, org))
      await files.syncFolder(cas)
      await files.syncFolder(incoming)
    },
    withFile: async (where, work) => {
      const name = pathOf(where)
      const size = await files.size(name)
      if (size === null) throw new Error('a package file is gone')
      return withOpen(await files.open(name, 'read'), (file) =>
        work({
          path: name,
          size,
          read: async (offset, length) => {
            const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)))
            const got = await readFully(file, bytes, bytes.length, offset)
            return bytes.subarray(0, got)
          },
        }),
      )
    },
    packagePath,
    parts: async () => (await files.list(incoming)).flatMap((name) => (/^[0-9a-f]{64}\.part$/.test(name) ? [name.slice(0, 64)] : [])),
    packages: async () => {
      const found: { org: string; sha256: string }[] = []
      for (const org of await files.list(cas)) {
        for (const prefix of await files.list(path.join(cas, org))) {
          for (const sha256 of await files.list(path.join(cas, org, prefix))) found.push({ org, sha256 })
        }
      }
      return found
    },
  }
}

