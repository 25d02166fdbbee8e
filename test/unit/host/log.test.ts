import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { realFileSystem } from '../../../electron/host/file-system.ts'
import { createLog, type LogFields } from '../../../electron/host/log.ts'
import { contract, type CallName } from '../../../shared/host/contract.ts'
import { openTestHost, systemError, temporaryFolder, troubledFileSystem } from '../../support/host-kit.ts'

const setUp = (options: { maxBytes?: number; keep?: number } = {}) => {
  const folder = temporaryFolder()
  const log = createLog({ fs: realFileSystem, folder, now: () => Date.UTC(2026, 10, 22), name: 'app', ...options })
  return { folder, log, lines: () => readFileSync(join(folder, 'app.log'), 'utf8').trim().split('\n').map((line): unknown => JSON.parse(line)) }
}

describe('log', () => {
  it('writes codes and listed fields', async () => {
    const { log, lines } = setUp()
    await log.write('info', 'start', { ms: 12, phase: 'open' })
    expect(lines()).toEqual([{ at: '2026-11-22T00:00:00.000Z', level: 'info', code: 'start', phase: 'open', ms: 12 }])
  })

  it('drops whatever is not listed or looks like a text', async () => {
    const { log, lines } = setUp()
    const loose = { call: 'Công nghệ lọc nước', status: 'a'.repeat(61), path: '/home/lan', ms: Number.NaN, phase: 'ok' } as LogFields
    await log.write('warn', 'x', loose)
    await log.write('warn', 'Hồ sơ 12', {})
    expect(lines()).toEqual([{ at: '2026-11-22T00:00:00.000Z', level: 'warn', code: 'x', phase: 'ok' }])
  })

  it('says of an error its class and code, never its message', async () => {
    const { log, lines } = setUp()
    await log.mishap({ call: 'vault.read', what: 'threw', error: Object.assign(new TypeError('mật khẩu'), { code: 'EIO' }) })
    await log.mishap({ call: 'vault.read', what: 'timeout' })
    await log.failure('host.uncaught', 'mật khẩu')
    class Bad extends Error {
      override name = 'tên lạ có dấu'
    }
    await log.failure('host.uncaught', new Bad('x'))
    expect(lines()).toMatchObject([{ code: 'call.threw', call: 'vault.read', status: 'TypeError.EIO' }, { code: 'call.timeout' }, { status: 'string' }, { status: 'Error' }])
  })

  it('keeps a few files of limited size', async () => {
    const { folder, log } = setUp({ maxBytes: 500, keep: 3 })
    for (let at = 0; at < 100; at++) await log.write('info', 'line', { count: at })
    const names = readdirSync(folder).toSorted()
    expect(names).toEqual(['app.1.log', 'app.2.log', 'app.log'])
    for (const name of names) expect(readFileSync(join(folder, name)).length).toBeLessThanOrEqual(500)
    expect(readFileSync(join(folder, 'app.log'), 'utf8')).toContain('"count":99')
  })

  it('never stops anything', async () => {
    const log = createLog({ fs: troubledFileSystem((name) => (name === 'open' ? systemError('ENOSPC') : undefined)), folder: temporaryFolder(), now: () => 0, name: 'app' })
    await expect(log.write('info', 'start')).resolves.toBeUndefined()
  })

  it('holds nothing of what went through any call', async () => {
    const secret = 'BIMAT0123456789'
    const host = await openTestHost({ fs: troubledFileSystem((name, path) => (name === 'open' && path.includes(secret) ? systemError('EIO') : undefined)) })
    /** Every text of the arguments carries the mark; base64 and hex do so in their own letters. */
    const marked: Readonly<Record<string, unknown>> = {
      dossier: '00000000-0000-4000-8000-00000000beef', prev: { seq: 0, hash: '0'.repeat(64) }, lines: [{ seq: 1, hash: 'beef'.repeat(16), line: secret }], after: 0,
      address: 'beef'.repeat(16), bytes: Buffer.from(secret).toString('base64'), addresses: ['beef'.repeat(16)], name: `${secret}.pdf`, mime: secret, session: 'beef'.repeat(8),
      sha256: 'beef'.repeat(16), p12: Buffer.from(secret).toString('base64'), passphrase: secret, data: Buffer.from(secret).toString('base64'), digest: 'SHA-256',
      request: secret, proof: secret, upload: 'beef'.repeat(16), from: 0, expected: secret, record: secret, wrapped: secret, saved: true,
      level: 'warn', code: 'marked', topic: 'bimat', fields: { phase: 'x' },
    }
    for (const name of Object.keys(contract) as CallName[]) {
      const { shape } = contract[name].args
      const args = Object.fromEntries(Object.keys(shape).map((key) => [key, name === 'exchange.configure' ? `http://127.0.0.1:9/${secret}` : marked[key]]))
      await host.dispatch(name, JSON.stringify(args))
      await host.dispatch(name, JSON.stringify({ ...args, [secret]: secret }))
      await host.dispatch(name, secret)
      await host.dispatch(secret, JSON.stringify(args))
    }
    await host.log.failure('probe', new Error(secret))
    const text = readdirSync(join(host.root, 'logs')).map((file) => readFileSync(join(host.root, 'logs', file), 'utf8')).join('\n')
    expect(text).toContain('"code":"marked"')
    expect(text).toContain('"code":"probe"')
    expect(text.toLowerCase()).not.toMatch(/bimat|beef|qklnqvq/)
  })
})
