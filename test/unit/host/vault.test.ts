import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { realFileSystem, type FileSystem } from '../../../electron/host/file-system.ts'
import { createVaultHandlers, type KeyCache } from '../../../electron/host/vault.ts'
import { systemError, temporaryFolder, troubledFileSystem } from '../../support/host-kit.ts'

const working: KeyCache = { seal: async (text) => Buffer.from(`sealed:${text}`), open: async (bytes) => Buffer.from(bytes).toString('utf8').replace('sealed:', '') }
const absent: KeyCache = { seal: async () => null, open: async () => null }
const rubbish: KeyCache = { seal: async (text) => Buffer.from(text), open: async () => null }

const setUp = ({ fs = realFileSystem, writable = true, keyCache = null, folder = temporaryFolder() }: { fs?: FileSystem; writable?: boolean; keyCache?: KeyCache | null; folder?: string } = {}) => {
  const handlers = createVaultHandlers({ fs, path: join(folder, 'vault.json'), writable, keyCache })
  return {
    folder,
    read: async () => {
      const reply = await handlers['vault.read']({})
      return reply.ok ? reply.value.record : reply.fault.code
    },
    write: (expected: string | null, record: string) => handlers['vault.write']({ expected, record }),
    remember: (wrapped: string | null) => handlers['vault.remember']({ wrapped }),
    recall: () => handlers['vault.recall']({}),
  }
}
const done = { ok: true, value: {} }
const refused = (code: string) => ({ ok: false, fault: { code } })

describe('vault record', () => {
  it('is absent before the first run, then kept', async () => {
    const { read, write } = setUp()
    expect(await read()).toBeNull()
    expect(await write(null, 'first')).toEqual(done)
    expect(await read()).toBe('first')
  })

  it('changes only from what the page has seen', async () => {
    const { read, write, folder } = setUp()
    await write(null, 'first')
    expect(await write(null, 'other')).toEqual(refused('vault-changed-elsewhere'))
    expect(await write('old', 'other')).toEqual(refused('vault-changed-elsewhere'))
    expect(await read()).toBe('first')
    expect(await write('first', 'second')).toEqual(done)
    expect(readFileSync(join(folder, 'vault.previous.json'), 'utf8')).toBe('first')
  })

  it('takes a repetition after a lost answer for done', async () => {
    const { write } = setUp()
    await write(null, 'first')
    expect(await write(null, 'first')).toEqual(done)
  })

  it('lets one of two windows win', async () => {
    const { write, read } = setUp()
    await write(null, 'first')
    expect(await Promise.all([write('first', 'a'), write('first', 'b')])).toEqual([done, refused('vault-changed-elsewhere')])
    expect(await read()).toBe('a')
  })

  it('never looks like a first run when only the former record is left', async () => {
    const { write, read, folder } = setUp()
    await write(null, 'first')
    await write('first', 'second')
    rmSync(join(folder, 'vault.json'))
    expect(await read()).toBe('first')
    expect(await write(null, 'new vault')).toEqual(refused('vault-changed-elsewhere'))
  })

  it('stays whole on a full disk', async () => {
    let full = false
    const { write, read } = setUp({ fs: troubledFileSystem((name) => (full && name === 'write' ? { writeOnly: 2 } : undefined)) })
    await write(null, 'first')
    full = true
    expect(await write('first', 'second')).toEqual(refused('disk-full'))
    expect(await read()).toBe('first')
  })

  it('is only read when another program holds the profile', async () => {
    const { folder, write } = setUp()
    await write(null, 'first')
    const second = setUp({ folder, writable: false })
    expect(await second.read()).toBe('first')
    expect(await second.write('first', 'second')).toEqual(refused('read-only'))
  })
})

describe('cached copy in the system\'s key store', () => {
  it('comes back, is stored sealed, and is forgotten on demand', async () => {
    const { remember, recall, folder } = setUp({ keyCache: working })
    expect(await recall()).toEqual({ ok: true, value: { wrapped: null } })
    expect(await remember('wrapped key')).toEqual(done)
    expect(await recall()).toEqual({ ok: true, value: { wrapped: 'wrapped key' } })
    expect(readFileSync(join(folder, 'vault.cache'), 'utf8')).toBe('sealed:wrapped key')
    expect(await remember(null)).toEqual(done)
    expect(existsSync(join(folder, 'vault.cache'))).toBe(false)
    expect(await remember(null)).toEqual(done)
  })

  it.each([['none', null], ['one that is not to be had', absent]] as const)('is refused without a key store: %s', async (_, keyCache) => {
    const { remember, recall, folder } = setUp({ keyCache })
    expect(await remember('wrapped key')).toEqual(refused('key-cache-absent'))
    expect(existsSync(join(folder, 'vault.cache'))).toBe(false)
    expect(await recall()).toEqual({ ok: true, value: { wrapped: null } })
  })

  it('counts as absent when the store cannot open it any more', async () => {
    const { folder, remember } = setUp({ keyCache: working })
    await remember('wrapped key')
    expect(await setUp({ folder, keyCache: rubbish }).recall()).toEqual({ ok: true, value: { wrapped: null } })
    writeFileSync(join(folder, 'vault.cache'), '')
    expect(await setUp({ folder, keyCache: rubbish }).recall()).toEqual({ ok: true, value: { wrapped: null } })
  })

  it('is not written on a full disk or without the profile', async () => {
    const full = setUp({ keyCache: working, fs: troubledFileSystem((name) => (name === 'open' ? systemError('ENOSPC') : undefined)) })
    expect(await full.remember('x')).toEqual(refused('disk-full'))
    expect(await setUp({ keyCache: working, writable: false }).remember('x')).toEqual(refused('read-only'))
  })
})
