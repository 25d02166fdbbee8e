import { randomBytes } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { startBridge, type Bridge, type BridgeOptions } from '../../electron/bridge/start-bridge.ts'
import { connectBridge, type BridgePage, type EventSocket } from '../../renderer/host/bridge-client.ts'
import type { HostClient } from '../../shared/host/contract.ts'
import { afterThisTest, temporaryFolder } from './host-kit.ts'

/** A page small enough to be made by hand, with its list of files. */
export const makeStatic = (): string => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'index.html'), '<!doctype html><meta property="csp-nonce" nonce="__LUONG_GIA_NONCE__"><title>Lượng Giá</title>')
  writeFileSync(join(folder, 'app.js'), 'export {}')
  writeFileSync(join(folder, 'secret.txt'), 'not in the list')
  const asset = (type: string) => ({ type, bytes: 1, sha256: '0'.repeat(64) })
  writeFileSync(join(folder, 'assets.json'), JSON.stringify({ '/index.html': asset('text/html; charset=utf-8'), '/app.js': asset('text/javascript; charset=utf-8') }))
  return folder
}

/** A bridge on a port of the system's choice, closed after the test. */
export const openBridge = async (options: Partial<BridgeOptions> = {}): Promise<Bridge> => {
  const root = options.root ?? temporaryFolder()
  const started = await startBridge({ staticDir: makeStatic(), port: 0, documents: join(root, 'documents'), ...options, root })
  if (!started.ok) throw new Error(started.fault.code)
  afterThisTest(started.value.close)
  return started.value
}

/** A browser's page on the bridge, as far as its client needs one: real requests and a real socket over loopback. */
export const pageOn = (address: string, kept = new Map<string, string>()): BridgePage & { readonly sockets: WebSocket[] } => {
  const url = new URL(address)
  const sockets: WebSocket[] = []
  return {
    sockets,
    origin: url.origin,
    hash: url.hash,
    forgetHash: () => undefined,
    kept: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value), removeItem: (key) => void kept.delete(key) },
    // A browser adds these headers by itself; Node's fetch takes no mode for another origin than none.
    fetch: (input, init) => fetch(input, { method: init?.method ?? 'GET', body: init?.body ?? null, headers: { ...Object.fromEntries(new Headers(init?.headers)), origin: url.origin, 'sec-fetch-site': 'same-origin' } }),
    openSocket: (at): EventSocket => {
      const socket = new WebSocket(at, { origin: url.origin })
      sockets.push(socket)
      const wrapped: EventSocket = { send: (text) => socket.send(text), close: () => socket.close(), onopen: null, onmessage: null, onclose: null }
      socket.on('open', () => wrapped.onopen?.())
      socket.on('message', (data) => wrapped.onmessage?.({ data: Buffer.isBuffer(data) ? data.toString('utf8') : null }))
      socket.on('close', () => wrapped.onclose?.())
      socket.on('error', () => undefined)
      return wrapped
    },
    randomHex: () => randomBytes(16).toString('hex'),
  }
}

/** A page that came in with a fresh code. */
export const enter = async (bridge: Bridge): Promise<HostClient> => {
  const client = await connectBridge(pageOn(bridge.mintAddress()))
  if (client === null) throw new Error('the bridge did not let its own page in')
  return client
}

let p12: Buffer | null = null
/** A certificate file with an EC key and the passphrase `Bí mật`, made by OpenSSL once. */
export const certificateFile = (): Buffer => {
  if (p12 !== null) return p12
  const folder = mkdtempSync(join(tmpdir(), 'luong-gia-p12-'))
  try {
    const run = (...args: string[]): unknown => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    writeFileSync(join(folder, 'pass'), 'Bí mật\n')
    run('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key', '-out', 'cert', '-subj', '/CN=Test', '-days', '2')
    run('pkcs12', '-export', '-inkey', 'key', '-in', 'cert', '-passout', 'file:pass', '-out', 'p12')
    p12 = readFileSync(join(folder, 'p12'))
    return p12
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
