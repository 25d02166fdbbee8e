import { join, dirname, basename } from 'node:path'
import type { Handlers } from '../../shared/host/contract.ts'
import { err, ok } from '../../shared/kernel/result.ts'
import { atomicWrite } from './atomic-write.ts'
import { isDiskFull, readIfThere, type FileSystem } from './file-system.ts'
import { createSerial } from './serial.ts'

/** The system's key store (kho khóa của hệ điều hành), when there is a real one. */
export interface KeyCache {
  /** Null when the store is not to be had now. */
  readonly seal: (text: string) => Promise<Uint8Array | null>
  /** Null for bytes it cannot open (any more). */
  readonly open: (bytes: Uint8Array) => Promise<string | null>
}

interface VaultOptions {
  readonly fs: FileSystem
  /** File of the record; the former record lies beside it as `….previous`, the cached copy as `….cache`. */
  readonly path: string
  readonly writable: boolean
  readonly keyCache: KeyCache | null
}

type VaultHandlers = Pick<Handlers, 'vault.read' | 'vault.write' | 'vault.remember' | 'vault.recall'>

/** Name of the record kept from before the last change, beside the record. */
export const previousOf = (path: string): string => join(dirname(path), `${basename(path, '.json')}.previous.json`)

/** Keeps the wrapped vault key record (bản ghi khóa đã bọc); the host sees ciphertext only. */
export const createVaultHandlers = ({ fs, path, writable, keyCache }: VaultOptions): VaultHandlers => {
  const serial = createSerial()
  const cachePath = join(dirname(path), `${basename(path, '.json')}.cache`)

  /** Falls back on the former record: it wraps the same key, and an empty answer would look like a first run. */
  const current = async (): Promise<string | null> =>
    ((await readIfThere(fs, path)) ?? (await readIfThere(fs, previousOf(path))))?.toString('utf8') ?? null

  const saving = async <T>(work: () => Promise<T>): Promise<T | ReturnType<typeof err<'disk-full'>>> => {
    try {
      return await work()
    } catch (error) {
      if (isDiskFull(error)) return err('disk-full')
      throw error
    }
  }

  return {
    'vault.read': () => serial('record', async () => ok({ record: await current() })),

    'vault.write': ({ expected, record }) => serial('record', () => saving(async () => {
      if (!writable) return err('read-only')
      const before = await current()
      if (before === record) return ok({})
      if (before !== expected) return err('vault-changed-elsewhere')
      if (before !== null) await atomicWrite(fs, previousOf(path), before)
      await atomicWrite(fs, path, record)
      return ok({})
    })),

    'vault.remember': ({ wrapped }) => serial('cache', () => saving(async () => {
      if (keyCache === null) return err('key-cache-absent')
      if (!writable) return err('read-only')
      if (wrapped === null) {
        await fs.rm(cachePath, { force: true })
        return ok({})
      }
      const sealed = await keyCache.seal(wrapped)
      if (sealed === null) return err('key-cache-absent')
      await atomicWrite(fs, cachePath, sealed)
      return ok({})
    })),

    'vault.recall': () => serial('cache', async () => {
      const sealed = keyCache === null ? null : await readIfThere(fs, cachePath)
      return ok({ wrapped: sealed === null ? null : (await keyCache?.open(sealed)) ?? null })
    }),
  }
}
