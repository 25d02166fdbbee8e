import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { runBridge } from '../../electron/bridge/run.ts'
import { controlFile, startBridge, type Bridge } from '../../electron/bridge/start-bridge.ts'
import { connectBridge } from '../../renderer/host/bridge-client.ts'
import { createDirectClient } from '../../electron/host/direct.ts'
import { genesis } from '../../shared/schema/change.ts'
import { enter, makeStatic, openBridge, pageOn } from '../support/doors.ts'
import { afterThisTest, dossierOfNumber, hashOfNumber, openTestHost, temporaryFolder } from '../support/host-kit.ts'
import { root as projectRoot } from '../support/sources.ts'

interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly text: string
}

/** A request with exactly these headers. */
const ask = (port: number, options: { method?: string; path?: string; headers?: http.OutgoingHttpHeaders; body?: string | Buffer } = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method: options.method ?? 'GET', path: options.path ?? '/', headers: { host: `127.0.0.1:${String(port)}`, ...options.headers }, setHost: false, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') }))
      response.on('error', reject)
    })
    request.on('error', reject)
    request.end(options.body)
  })

const secretOf = async (bridge: Bridge, address = bridge.mintAddress()): Promise<{ readonly status: number; readonly secret: string }> => {
  const code = new URL(address).hash.slice(1)
  const answer = await ask(bridge.port, { method: 'POST', path: '/session', headers: { origin: bridge.url, 'content-type': 'application/json' }, body: JSON.stringify({ once: code }) })
  return { status: answer.status, secret: answer.status === 200 ? String((JSON.parse(answer.text) as { secret: string }).secret) : '' }
}
const own = (bridge: Bridge, secret: string): http.OutgoingHttpHeaders => ({ origin: bridge.url, 'content-type': 'application/json', 'x-luong-gia-secret': secret })

describe('the bridge answers its own page', () => {
  it('with policy, headers and a fresh nonce each time', async () => {
    const bridge = await openBridge()
    const [first, second] = [await ask(bridge.port), await ask(bridge.port)]
    const nonceOf = ({ headers }: Answer): string => /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? ''
    expect(first.status).toBe(200)
    expect(nonceOf(first)).toMatch(/^[A-Za-z0-9+/]{24}$/)
    expect(first.text).toContain(`nonce="${nonceOf(first)}"`)
    expect(first.text).not.toContain('__LUONG_GIA_NONCE__')
    expect(nonceOf(second)).not.toBe(nonceOf(first))
    expect(first.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin', 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' })
    expect(Object.keys(first.headers).filter((name) => name === 'set-cookie' || name.startsWith('access-control'))).toEqual([])
    expect((await ask(bridge.port, { method: 'HEAD' })).text).toBe('')
  })

  it('with files of the list only', async () => {
    const bridge = await openBridge()
    expect((await ask(bridge.port, { path: '/app.js' })).headers['content-type']).toBe('text/javascript; charset=utf-8')
    for (const path of ['/secret.txt', '/assets.json', '/../assets.json', '/..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/etc/passwd', '/app.js%00', '/dossier/1']) expect((await ask(bridge.port, { path })).status).toBe(404)
  })

  it('with a secret for a code, once and in time', async () => {
    let now = 0
    const bridge = await openBridge({ now: () => now })
    const address = bridge.mintAddress()
    expect((await secretOf(bridge, address)).secret).toMatch(/^[0-9a-f]{64}$/)
    expect((await secretOf(bridge, address)).status).toBe(401)
    const late = bridge.mintAddress()
    now += 30_000
    expect((await secretOf(bridge, late)).status).toBe(401)
    const longer = bridge.mintAddress(600_000)
    now += 599_000
    expect((await secretOf(bridge, longer)).status).toBe(200)
    expect((await secretOf(bridge, `${bridge.url}/#${'0'.repeat(64)}`)).status).toBe(401)
    for (const body of ['', '{}', '{"once":1}', `{"once":"${'0'.repeat(63)}"}`, 'x'.repeat(2_000)]) {
      const answer = await ask(bridge.port, { method: 'POST', path: '/session', headers: { origin: bridge.url, 'content-type': 'application/json', 'transfer-encoding': 'chunked' }, body })
      expect([401, 413]).toContain(answer.status)
    }
  })
})

describe('the bridge refuses', () => {
  it.each([
    [421, { host: 'localhost' }], [421, { host: 'evil.example' }], [421, { host: '127.0.0.1.evil.example' }], [403, { origin: 'https://evil.example' }], [403, { origin: 'null' }], [403, { origin: undefined }],
    [403, { 'sec-fetch-site': 'cross-site' }], [415, { 'content-type': 'text/plain' }], [415, { 'content-type': undefined }], [401, { 'x-luong-gia-secret': 'b'.repeat(64) }], [401, { 'x-luong-gia-secret': undefined }],
  ])('%d for a call with %j', async (status, change) => {
    const bridge = await openBridge()
    const { secret } = await secretOf(bridge)
    const headers = Object.fromEntries(Object.entries({ ...own(bridge, secret), ...change }).filter(([, value]) => value !== undefined))
    const answer = await ask(bridge.port, { method: 'POST', path: '/call/app.info', headers, body: '{}' })
    expect(answer.status).toBe(status)
    expect(answer.text).toBe('')
  })

  it('405 for a call by another method, 404 for another name, 400 for what is no text', async () => {
    const bridge = await openBridge()
    const { secret } = await secretOf(bridge)
    const get = await ask(bridge.port, { path: '/call/app.info', headers: own(bridge, secret) })
    expect([get.status, get.headers.allow]).toEqual([405, 'POST'])
    expect((await ask(bridge.port, { method: 'OPTIONS', path: '/call/app.info', headers: own(bridge, secret) })).status).toBe(405)
    for (const name of ['constructor', '__proto__', 'app.infos', '']) expect((await ask(bridge.port, { method: 'POST', path: `/call/${name}`, headers: own(bridge, secret), body: '{}' })).status).toBe(404)
    expect((await ask(bridge.port, { method: 'POST', path: '/call/app.info', headers: own(bridge, secret), body: Buffer.from([0xff, 0xfe]) })).status).toBe(400)
    const answer = await ask(bridge.port, { method: 'POST', path: '/call/app.info', headers: own(bridge, secret), body: 'x' })
    expect([answer.status, answer.text]).toEqual([200, '{"ok":false,"fault":{"code":"bad-request"}}'])
  })

  it('413 for a body that says it is too long, and for one that does not say so', async () => {
    const bridge = await openBridge()
    const { secret } = await secretOf(bridge)
    const said = await ask(bridge.port, { method: 'POST', path: '/call/app.info', headers: { ...own(bridge, secret), 'content-length': 200_000_000 }, body: '{}' })
    expect(said.status).toBe(413)
    const body = Buffer.alloc(30 * 1_048_576, 0x20)
    const unsaid = await ask(bridge.port, { method: 'POST', path: '/call/app.info', headers: { ...own(bridge, secret), 'transfer-encoding': 'chunked' }, body }).then(({ status }) => status, () => 'cut off')
    expect([413, 'cut off']).toContain(unsaid)
    expect((await ask(bridge.port, { method: 'POST', path: '/call/app.info', headers: own(bridge, secret), body: '{}' })).status).toBe(200)
  })

  it('two Host headers, smuggled lengths and broken requests, and lives on', async () => {
    const bridge = await openBridge()
    const raw = (text: string): Promise<string> => new Promise((resolve) => {
      const socket = net.connect(bridge.port, '127.0.0.1', () => socket.write(text))
      let got = ''
      socket.on('data', (data) => {
        got += data.toString('latin1')
      })
      socket.on('close', () => resolve(got))
      socket.on('error', () => resolve(got))
      setTimeout(() => socket.destroy(), 1_000).unref()
    })
    const host = `127.0.0.1:${String(bridge.port)}`
    for (const text of [
      `GET / HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\n\r\n`, 'GET / HTTP/1.1\r\n\r\n', `GET http://evil.example/ HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 'nonsense\r\n\r\n', '\0\0\0\0',
      `POST /call/app.info HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`, `GET / HTTP/1.1\r\nHost: ${host}\r\n${'X: y\r\n'.repeat(5_000)}\r\n`, `CONNECT evil.example:443 HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    ]) expect(await raw(text)).not.toMatch(/^HTTP\/1\.1 200/)
    expect((await ask(bridge.port)).status).toBe(200)
  })

  it('listens on this machine only', async () => {
    const bridge = await openBridge()
    const inside = new net.Socket()
    inside.connect(bridge.port, '127.0.0.1')
    await once(inside, 'connect')
    expect(inside.remoteAddress).toBe('127.0.0.1')
    inside.destroy()
    const outside = new net.Socket()
    const refusedAt = await new Promise<string>((resolve) => {
      outside.once('connect', () => resolve('connected'))
      outside.once('error', () => resolve('refused'))
      outside.connect(bridge.port, '127.0.0.2')
    })
    outside.destroy()
    expect(refusedAt).toBe('refused')
  })
})

describe('the socket', () => {
  const open = (bridge: Bridge, headers: Record<string, string> = {}, path = '/events') => new WebSocket(`${bridge.url.replace('http', 'ws')}${path}`, { headers: { origin: bridge.url, ...headers } })
  const fate = (socket: WebSocket): Promise<string> => new Promise((resolve) => {
    socket.on('unexpected-response', (_, response) => {
      resolve(String(response.statusCode))
      response.resume()
      socket.terminate()
    })
    socket.on('message', (data) => resolve(Buffer.isBuffer(data) ? data.toString('utf8') : ''))
    socket.on('close', (code) => resolve(`closed ${String(code)}`))
    socket.on('error', () => undefined)
  })

  it.each([['421', { host: 'evil.example' }, '/events'], ['403', { origin: 'https://evil.example' }, '/events'], ['403', { origin: '' }, '/events'], ['404', {}, '/other'], ['404', {}, '/events?x']])('is refused with %s for %j at %s', async (status, headers, path) => {
    const bridge = await openBridge()
    expect(await fate(open(bridge, headers, path))).toBe(status)
  })

  it('opens for the secret as the first message', async () => {
    const bridge = await openBridge()
    const { secret } = await secretOf(bridge)
    const socket = open(bridge)
    await once(socket, 'open')
    socket.send(JSON.stringify({ secret, page: '0f' }))
    expect(await fate(socket)).toBe('{"ready":true}')
    socket.terminate()
  })

  it.each(['', 'x', '{}', JSON.stringify({ secret: '0'.repeat(64), page: '0f' }), JSON.stringify({ secret: '0'.repeat(64), page: '../' }), 'x'.repeat(5_000)])('is closed for the first message %j', async (text) => {
    const bridge = await openBridge()
    const socket = open(bridge)
    await once(socket, 'open')
    socket.send(text)
    expect(await fate(socket)).toMatch(/^closed (4401|1009|1006)$/)
    expect(bridge.pages()).toBe(0)
  })

  it('is closed when nothing is said for two seconds', async () => {
    const bridge = await openBridge()
    const socket = open(bridge)
    await once(socket, 'open')
    const started = Date.now()
    expect(await fate(socket)).toBe('closed 4401')
    expect(Date.now() - started).toBeGreaterThan(1_500)
    expect(Date.now() - started).toBeLessThan(4_000)
  })

  it('is not open in any number', async () => {
    const bridge = await openBridge()
    const sockets = Array.from({ length: 16 }, () => open(bridge))
    await Promise.all(sockets.map((socket) => once(socket, 'open')))
    expect(await fate(open(bridge))).toBe('503')
    for (const socket of sockets) socket.terminate()
  })
})

describe('pages of the bridge', () => {
  it('come in again after a reload, but not without the program', async () => {
    const bridge = await openBridge()
    const kept = new Map<string, string>()
    expect(await connectBridge(pageOn(bridge.mintAddress(), kept))).not.toBeNull()
    expect(await connectBridge(pageOn(`${bridge.url}/`, kept))).not.toBeNull()
    expect(await connectBridge(pageOn(`${bridge.url}/`))).toBeNull()
    expect(await connectBridge(pageOn(`${bridge.url}/#${'0'.repeat(64)}`))).toBeNull()
  })

  it('forget a secret from before a restart of the program', async () => {
    const bridge = await openBridge()
    const kept = new Map([['luong-gia-session', 'f'.repeat(64)]])
    expect(await connectBridge(pageOn(`${bridge.url}/`, kept))).toBeNull()
    expect(kept.size).toBe(0)
  })

  it('hear of what another page changed, not of their own changes', async () => {
    const bridge = await openBridge()
    const [first, second] = [await enter(bridge), await enter(bridge)]
    const heard: string[] = []
    first.listen('journal.changedElsewhere', ({ dossier }) => heard.push(`first ${dossier}`))
    second.listen('journal.changedElsewhere', ({ dossier }) => heard.push(`second ${dossier}`))
    await expect.poll(() => bridge.pages()).toBe(2)
    await first.call('journal.append', { dossier: dossierOfNumber(1), prev: { seq: 0, hash: genesis }, lines: [{ seq: 1, hash: hashOfNumber(1), line: 'x' }] })
    await first.call('journal.append', { dossier: dossierOfNumber(1), prev: { seq: 7, hash: hashOfNumber(7) }, lines: [{ seq: 8, hash: hashOfNumber(8), line: 'x' }] })
    await expect.poll(() => heard).toEqual([`second ${dossierOfNumber(1)}`])
  })

  it('open their socket again when it breaks', async () => {
    const bridge = await openBridge()
    const page = pageOn(bridge.mintAddress())
    const client = await connectBridge(page)
    let heard = 0
    client?.listen('app.closing', () => {
      heard += 1
    })
    await expect.poll(() => bridge.pages()).toBe(1)
    page.sockets[0]?.terminate()
    await expect.poll(() => page.sockets.length).toBe(2)
    await expect.poll(() => bridge.pages()).toBe(1)
    bridge.host.emit('app.closing', {})
    await expect.poll(() => heard).toBe(1)
  })

  it('are told that the host is gone when it ends', async () => {
    const bridge = await openBridge()
    const client = await enter(bridge)
    await bridge.close()
    expect(await client.call('app.info', {})).toEqual({ ok: false, fault: { code: 'host-gone' } })
  })
})

describe('the start file', () => {
  it('is private, leads in once, and is gone afterwards', async () => {
    const bridge = await openBridge()
    const path = await bridge.writeLaunchPage()
    expect(statSync(path).mode & 0o077).toBe(0)
    const address = /url=(http:[^"]+)"/.exec(readFileSync(path, 'utf8'))?.[1] ?? ''
    expect(new URL(address).origin).toBe(bridge.url)
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(1)
    expect((await secretOf(bridge, address)).status).toBe(200)
    expect((await secretOf(bridge, address)).status).toBe(401)
    await bridge.close()
    expect(existsSync(path)).toBe(false)
  })
})

describe('more than one program', () => {
  it('a taken port is refused, never replaced', async () => {
    const bridge = await openBridge()
    const root = temporaryFolder()
    expect(await startBridge({ root, staticDir: makeStatic(), port: bridge.port })).toEqual({ ok: false, fault: { code: 'port-taken', details: { port: bridge.port } } })
    expect(readdirSync(root)).toEqual([])
    const said: string[] = []
    expect(await runBridge({ staticDir: makeStatic(), openWindow: false, argv: [], env: { LUONG_GIA_HOME: root, LUONG_GIA_PORT: String(bridge.port) }, print: (text) => said.push(text) })).toBe(1)
    expect(said.join('\n')).toContain(`Cổng ${String(bridge.port)}`)
    expect(said.join('\n')).toContain(`Port ${String(bridge.port)}`)
  })

  it('a second start on the same profile asks the first for its window', async () => {
    let wanted = 0
    const root = temporaryFolder()
    const bridge = await openBridge({ root, windowWanted: () => {
      wanted += 1
    } })
    expect(statSync(controlFile(root)).mode & 0o077).toBe(0)
    const said: string[] = []
    expect(await runBridge({ staticDir: makeStatic(), openWindow: false, argv: [], env: { LUONG_GIA_HOME: root, LUONG_GIA_PORT: String(bridge.port) }, print: (text) => said.push(text) })).toBe(0)
    expect(wanted).toBe(1)
    expect(said.join('\n')).toContain('Lượng Giá đang chạy')
    expect((await ask(bridge.port, { method: 'POST', path: '/window', headers: { 'x-luong-gia-control': '0'.repeat(64) } })).status).toBe(401)
    expect((await ask(bridge.port, { method: 'POST', path: '/window', headers: { origin: bridge.url } })).status).toBe(403)
    expect(wanted).toBe(1)
  })

  it('a second host on the same profile only reads, is told who writes, and hears of changes', async () => {
    const root = temporaryFolder()
    const bridge = await openBridge({ root })
    const writer = await enter(bridge)
    const second = await openTestHost({ root })
    const reader = createDirectClient(second)
    expect(await reader.call('app.info', {})).toMatchObject({ ok: true, value: { writable: false, holder: `bridge, ${String(process.pid)}` } })
    const dossier = dossierOfNumber(1)
    const append = { dossier, prev: { seq: 0, hash: genesis }, lines: [{ seq: 1, hash: hashOfNumber(1), line: 'x' }] }
    for (const reply of [
      await reader.call('journal.append', append), await reader.call('vault.write', { expected: null, record: 'x' }), await reader.call('blob.put', { address: hashOfNumber(1), bytes: '' }), await reader.call('exchange.configure', { address: 'https://san.example' }),
    ]) expect(reply).toEqual({ ok: false, fault: { code: 'read-only' } })
    const heard: string[] = []
    reader.listen('journal.changedElsewhere', (payload) => heard.push(payload.dossier))
    await writer.call('journal.append', append)
    await expect.poll(() => heard).toContain(dossier)
    expect(await reader.call('journal.heads', {})).toEqual({ ok: true, value: { heads: { [dossier]: { seq: 1, hash: hashOfNumber(1) } }, damaged: [] } })
    await second.close()
    expect(await writer.call('app.info', {})).toMatchObject({ value: { writable: true } })
    expect(existsSync(join(root, 'lock.json'))).toBe(true)
  })

  it('says what is missing: the build, the folder, a harmless command line', async () => {
    const said: string[] = []
    const run = (options: { staticDir?: string; env?: Record<string, string>; argv?: string[] }): Promise<number> =>
      runBridge({ staticDir: options.staticDir ?? makeStatic(), openWindow: false, argv: options.argv ?? [], env: { LUONG_GIA_HOME: temporaryFolder(), LUONG_GIA_PORT: '0', ...options.env }, print: (text) => said.push(text) })
    const empty = temporaryFolder()
    expect(await run({ staticDir: empty })).toBe(1)
    expect(said.pop()).toContain(empty)
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    expect(await run({ env: { LUONG_GIA_HOME: file } })).toBe(1)
    expect(said.pop()).toContain(file)
    expect(await run({ argv: ['--remote-debugging-port=1'] })).toBe(1)
    expect(said.pop()).toContain('remote-debugging-port')
  })

  it('prints an address that lets a page in when there is no window, and ends when told to', async () => {
    const stop = new AbortController()
    const said: string[] = []
    const root = temporaryFolder()
    const running = runBridge({ staticDir: makeStatic(), openWindow: false, argv: [], env: { LUONG_GIA_HOME: root, LUONG_GIA_PORT: '0', LUONG_GIA_DOCUMENTS: join(root, 'd') }, print: (text) => said.push(text), stop: stop.signal })
    await expect.poll(() => said.join('\n')).toContain('/#')
    const address = /http:\/\/127\.0\.0\.1:\d+\/#[0-9a-f]{64}/.exec(said.join('\n'))?.[0] ?? ''
    const client = await connectBridge(pageOn(address))
    expect(await client?.call('app.info', {})).toMatchObject({ ok: true, value: { host: 'bridge' } })
    stop.abort()
    expect(await running).toBe(0)
    expect(existsSync(join(root, 'lock.json'))).toBe(false)
    expect(existsSync(controlFile(root))).toBe(false)
  })
})

describe('backups from the command line', () => {
  it('are listed, restored, and refused when damaged, unknown or in use', async () => {
    const root = temporaryFolder()
    const run = async (...argv: string[]): Promise<{ readonly code: number; readonly said: string }> => {
      const said: string[] = []
      const code = await runBridge({ staticDir: makeStatic(), openWindow: false, argv, env: { LUONG_GIA_HOME: root, LUONG_GIA_PORT: '0' }, print: (text) => said.push(text) })
      return { code, said: said.join('\n') }
    }
    expect(await run('--backups')).toMatchObject({ code: 0, said: expect.stringContaining('Chưa có bản sao lưu') })
    const host = await openTestHost({ root })
    await host.handlers['vault.write']({ expected: null, record: 'old' })
    await host.backups.run()
    const name = (await host.backups.list())[0]?.name ?? ''
    await host.handlers['vault.write']({ expected: 'old', record: 'new' })
    expect(await run(`--restore=${name}`)).toMatchObject({ code: 1, said: expect.stringContaining('chỉ xem') })
    await host.close()
    expect((await run('--backups')).said).toContain(`${name}: nguyên vẹn`)
    expect((await run('--restore=nothing')).code).toBe(1)
    expect((await run(`--restore=${name}`)).code).toBe(0)
    expect(readFileSync(join(root, 'vault.json'), 'utf8')).toBe('old')
    writeFileSync(join(root, 'backups', name, 'vault.json'), 'damaged')
    expect((await run('--backups')).said).toContain(`${name}: bị hỏng`)
    expect(await run(`--restore=${name}`)).toMatchObject({ code: 1, said: expect.stringContaining('không còn nguyên vẹn') })
  })
})

describe('a bridge killed in the middle of its work', () => {
  const child = `
    import { startBridge } from ${JSON.stringify(join(projectRoot, 'electron/bridge/start-bridge.ts'))}
    const started = await startBridge({ root: process.argv[1], staticDir: process.argv[2], port: 0 })
    if (!started.ok) process.exit(3)
    console.log(started.value.mintAddress())
  `

  it('has lost nothing it acknowledged, and its profile is free at once', async () => {
    const [root, staticDir] = [temporaryFolder(), makeStatic()]
    for (let round = 0, seq = 0; round < 3; round++) {
      const program = spawn(process.execPath, ['--input-type=module', '-e', child, root, staticDir], { stdio: ['ignore', 'pipe', 'inherit'] })
      const ended = once(program, 'exit')
      afterThisTest(async () => void program.kill('SIGKILL'))
      const [printed] = await once(program.stdout, 'data') as [Buffer]
      const client = await connectBridge(pageOn(printed.toString('utf8').trim()))
      expect(await client?.call('app.info', {})).toMatchObject({ value: { writable: true } })
      let acknowledged = seq
      const kill = setTimeout(() => program.kill('SIGKILL'), 150 + round * 70)
      for (;;) {
        const next = acknowledged + 1
        const prev = acknowledged === 0 ? { seq: 0, hash: genesis } : { seq: acknowledged, hash: hashOfNumber(acknowledged) }
        const reply = await client?.call('journal.append', { dossier: dossierOfNumber(1), prev, lines: [{ seq: next, hash: hashOfNumber(next), line: 'đ'.repeat(20_000) }] })
        if (reply?.ok !== true) break
        acknowledged = next
      }
      clearTimeout(kill)
      await ended
      expect(acknowledged).toBeGreaterThan(seq)

      const after = await openTestHost({ root })
      expect(after.writable).toBe(true)
      const heads = await createDirectClient(after).call('journal.heads', {})
      const head = heads.ok ? heads.value.heads[dossierOfNumber(1)]?.seq ?? 0 : 0
      expect(head).toBeGreaterThanOrEqual(acknowledged)
      expect(head).toBeLessThanOrEqual(acknowledged + 1)
      expect(heads.ok && heads.value.damaged).toEqual([])
      seq = head
      await after.close()
    }
  })
})
