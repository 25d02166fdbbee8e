import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBlobHandlers } from '../../../electron/host/blobs.ts'
import { realFileSystem, type FileSystem } from '../../../electron/host/file-system.ts'
import { hashOfNumber, randomHash, systemError, temporaryFolder, troubledFileSystem } from '../../support/host-kit.ts'

const setUp = (fs: FileSystem = realFileSystem, writable = true, folder = temporaryFolder()) => {
  const handlers = createBlobHandlers({ fs, folder, writable })
  return {
    folder,
    pathOf: (address: string) => join(folder, address.slice(0, 2), address),
    put: (address: string, bytes: Buffer) => handlers['blob.put']({ address, bytes: bytes.toString('base64') }),
    get: async (address: string) => {
      const reply = await handlers['blob.get']({ address })
      return reply.ok ? Buffer.from(reply.value.bytes, 'base64') : reply.fault.code
    },
    missing: async (...addresses: string[]) => {
      const reply = await handlers['blob.missing']({ addresses })
      return reply.ok ? reply.value.missing : []
    },
  }
}
const existed = (yes: boolean) => ({ ok: true, value: { existed: yes } })

describe('pieces of attachments', () => {
  it('come back as they were put, from an empty one to a full one', async () => {
    const { put, get } = setUp()
    for (const size of [0, 1, 1_048_576 + 28]) {
      const [address, bytes] = [randomHash(), randomBytes(size)]
      expect(await put(address, bytes)).toEqual(existed(false))
      expect(await get(address)).toEqual(bytes)
    }
  })

  it('are kept when put twice, also at once', async () => {
    const { put, get, folder } = setUp()
    const [address, bytes] = [randomHash(), randomBytes(1_000)]
    const replies = await Promise.all([put(address, bytes), put(address, bytes), put(address, bytes)])
    expect(replies).toEqual([existed(false), existed(true), existed(true)])
    expect(await get(address)).toEqual(bytes)
    expect(readdirSync(join(folder, address.slice(0, 2)))).toEqual([address])
  })

  it('are told apart from missing ones', async () => {
    const { put, missing, get } = setUp()
    await put(hashOfNumber(1), Buffer.from('a'))
    expect(await missing(hashOfNumber(1), hashOfNumber(2))).toEqual([hashOfNumber(2)])
    expect(await get(hashOfNumber(2))).toBe('not-found')
  })

  it('are noticed when damaged, at any byte, set aside, and can be put again', async () => {
    const { put, get, missing, pathOf, folder } = setUp()
    const [address, bytes] = [randomHash(), randomBytes(40)]
    await put(address, bytes)
    const good = readFileSync(pathOf(address))
    for (let at = 0; at < good.length; at++) {
      const bad = Buffer.from(good)
      bad[at] = (bad[at] ?? 0) ^ 1
      writeFileSync(pathOf(address), bad)
      expect(await get(address)).toBe('blob-damaged')
      expect(await missing(address)).toEqual([address])
      expect(await put(address, bytes)).toEqual(existed(false))
      expect(await get(address)).toEqual(bytes)
    }
    expect(readdirSync(join(folder, 'damaged'))).toHaveLength(good.length)
  })

  it.each([0, 3, 4, 35, 36])('are damaged when cut off after %d bytes, and put anew', async (length) => {
    const { put, get, pathOf } = setUp()
    const [address, bytes] = [randomHash(), randomBytes(40)]
    await put(address, bytes)
    writeFileSync(pathOf(address), readFileSync(pathOf(address)).subarray(0, length))
    expect(await put(address, bytes)).toEqual(existed(false))
    expect(await get(address)).toEqual(bytes)
  })

  it('leave nothing half-written on a full disk', async () => {
    const { put, missing, pathOf } = setUp(troubledFileSystem((name, path) => (name === 'write' && path.endsWith('.tmp') ? { writeOnly: 9 } : undefined)))
    expect(await put(hashOfNumber(1), randomBytes(100))).toEqual({ ok: false, fault: { code: 'disk-full' } })
    expect(await missing(hashOfNumber(1))).toEqual([hashOfNumber(1)])
    expect(readdirSync(join(pathOf(hashOfNumber(1)), '..'))).toEqual([])
    const noFolder = setUp(troubledFileSystem((name) => (name === 'mkdir' ? systemError('ENOSPC') : undefined)))
    expect(await noFolder.put(hashOfNumber(1), randomBytes(100))).toEqual({ ok: false, fault: { code: 'disk-full' } })
  })

  it('are only read when another program holds the profile', async () => {
    const { folder, put, pathOf } = setUp()
    await put(hashOfNumber(1), Buffer.from('a'))
    const second = setUp(realFileSystem, false, folder)
    expect(await second.put(hashOfNumber(2), Buffer.from('b'))).toEqual({ ok: false, fault: { code: 'read-only' } })
    expect(await second.get(hashOfNumber(1))).toEqual(Buffer.from('a'))
    writeFileSync(pathOf(hashOfNumber(1)), 'damaged')
    expect(await second.get(hashOfNumber(1))).toBe('blob-damaged')
    expect(existsSync(pathOf(hashOfNumber(1)))).toBe(true)
  })
})
