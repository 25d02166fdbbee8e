import { createHash, randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { Handlers } from '../../shared/host/contract.ts'
import { err, ok } from '../../shared/kernel/result.ts'
import { atomicWrite, renameRetrying } from './atomic-write.ts'
import { isDiskFull, isMissing, readIfThere, syncFolder, type FileSystem } from './file-system.ts'
import { createSerial } from './serial.ts'

interface BlobOptions {
  readonly fs: FileSystem
  readonly folder: string
  readonly writable: boolean
}

/** A piece on the disk: this mark, SHA-256 of the bytes, the bytes. The address is keyed, so the host cannot check by it. */
const mark = Buffer.from('LGB1', 'latin1')
const checksumBytes = 32

const checksum = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

const wrap = (bytes: Uint8Array): Buffer => Buffer.concat([mark, checksum(bytes), bytes])

/** The piece inside a file, or null when the file is damaged. */
const unwrap = (file: Buffer): Buffer | null => {
  const start = mark.length + checksumBytes
  if (file.length < start || !file.subarray(0, mark.length).equals(mark)) return null
  const bytes = file.subarray(start)
  return checksum(bytes).equals(file.subarray(mark.length, start)) ? bytes : null
}

/**
 * Encrypted pieces of attachments (mảnh tệp đính kèm) under their addresses, two characters of folder, one file each. A damaged
 * file is set aside, so that the piece counts as missing and can be put again.
 */
export const createBlobHandlers = ({ fs, folder, writable }: BlobOptions): Pick<Handlers, 'blob.put' | 'blob.get' | 'blob.missing'> => {
  const serial = createSerial()
  const pathOf = (address: string): string => join(folder, address.slice(0, 2), address)

  const setAside = async (address: string): Promise<void> => {
    const damaged = join(folder, 'damaged')
    await fs.mkdir(damaged, { recursive: true, mode: 0o700 })
    await renameRetrying(fs, pathOf(address), join(damaged, `${address}.${randomBytes(4).toString('hex')}`))
  }

  const put: Handlers['blob.put'] = ({ address, bytes }) => serial(address, async () => {
    if (!writable) return err('read-only')
    const path = pathOf(address)
    try {
      const there = await readIfThere(fs, path)
      if (there !== null) {
        if (unwrap(there) !== null) return ok({ existed: true })
        await setAside(address)
      }
      const made = await fs.mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await atomicWrite(fs, path, wrap(Buffer.from(bytes, 'base64')))
      if (made !== undefined) await syncFolder(fs, folder)
      return ok({ existed: false })
    } catch (error) {
      if (isDiskFull(error)) return err('disk-full')
      throw error
    }
  })

  const get: Handlers['blob.get'] = ({ address }) => serial(address, async () => {
    const file = await readIfThere(fs, pathOf(address))
    if (file === null) return err('not-found')
    const bytes = unwrap(file)
    if (bytes !== null) return ok({ bytes: bytes.toString('base64') })
    if (writable) await setAside(address)
    return err('blob-damaged')
  })

  const isThere = async (address: string): Promise<boolean> => {
    try {
      return (await fs.stat(pathOf(address))).size > mark.length + checksumBytes
    } catch (error) {
      if (isMissing(error)) return false
      throw error
    }
  }

  const missing: Handlers['blob.missing'] = async ({ addresses }) => {
    const absent: string[] = []
    for (const address of addresses) if (!(await isThere(address))) absent.push(address)
    return ok({ missing: absent })
  }

  return { 'blob.put': put, 'blob.get': get, 'blob.missing': missing }
}
