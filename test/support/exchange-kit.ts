import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign as signBytes, verify as verifyBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createExchangeHandlers } from '../../electron/host/exchange.ts'
import type { PackageFacts, VerifyPackage } from '../../exchange/receive.ts'
import { startExchange, type ExchangeOptions, type RunningExchange } from '../../exchange/server.ts'
import type { HostClient } from '../../shared/host/contract.ts'
import { exchangePort } from '../../shared/host/exchange-port.ts'
import { ok, type Result } from '../../shared/kernel/result.ts'
import type { DeviceJwk } from '../../shared/schema/sealed.ts'
import { thumbprint } from '../../shared/seal/jws.ts'
import { enrolDevice, type Enrolment } from '../../shared/sync/enrol.ts'
import { sendPackage, type SendInput } from '../../shared/sync/engine.ts'
import type { Sign } from '../../shared/sync/jws.ts'
import { leafBytes } from '../../shared/sync/messages.ts'
import { freshOutbox, type OutboxState } from '../../shared/sync/outbox.ts'
import type { ExchangePort } from '../../shared/sync/port.ts'
import type { VerifiedReceipt } from '../../shared/sync/receipt.ts'

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export interface TestDevice {
  readonly jwk: DeviceJwk
  readonly id: string
  readonly sign: Sign
}

/** A device key as WebCrypto would hold it: only its signatures come out. */
export const makeDevice = (): TestDevice => {
  const { x = '', y = '', d = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  const jwk: DeviceJwk = { kty: 'EC', crv: 'P-256', x, y }
  const key = createPrivateKey({ key: { ...jwk, d }, format: 'jwk' })
  return { jwk, id: thumbprint(jwk), sign: (bytes) => Promise.resolve(signBytes('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' })) }
}

/** Arbitrary bytes standing for a package; the seal is a function of them. */
export interface TestPackage {
  readonly bytes: Uint8Array
  readonly sha256: string
  readonly seal: string
  readonly leafHashes: readonly string[]
}

const sealOf = (sha: string): string => sha256(Buffer.from(`seal ${sha}`))

export const makePackage = (size: number): TestPackage => {
  const bytes = new Uint8Array(randomBytes(size))
  const leafHashes: string[] = []
  for (let at = 0; at < size; at += leafBytes) leafHashes.push(sha256(bytes.subarray(at, at + leafBytes)))
  return { bytes, sha256: sha256(bytes), seal: sealOf(sha256(bytes)), leafHashes }
}

/** Stands in for the seal room where a test is about the way, not about the package: reads all of it and says it is sealed by `device`. */
export const verifyAs = (device: () => string, more: Partial<PackageFacts> = {}): VerifyPackage => async (file) => {
  const bytes = await file.read(0, file.size)
  return ok({ seal: sealOf(sha256(bytes)), dossier: '00000000-0000-4000-8000-000000000000', supersedes: null, report: null, device: device(), ...more })
}

/** Handlers of the host behind the typed caller, without a door in between. */
export const hostClient = (address: string, fetch: typeof globalThis.fetch = globalThis.fetch): Pick<HostClient, 'call'> => {
  let settings: string | null = JSON.stringify({ v: 1, address })
  const handlers = createExchangeHandlers({
    readSettings: () => Promise.resolve(settings),
    writeSettings: (text) => {
      settings = text
      return Promise.resolve(ok(undefined))
    },
    fetch,
  })
  const call = async (name: string, args: unknown): Promise<unknown> => {
    const handler: unknown = Reflect.get(handlers, name)
    if (typeof handler !== 'function') throw new Error(`no handler ${name}`)
    // A lost answer must look like a lost answer to the caller, so arguments and values cross as text.
    return JSON.parse(JSON.stringify(await handler(JSON.parse(JSON.stringify(args))))) as unknown
  }
  return { call: call as HostClient['call'] } // the doors check both directions; here the handlers' own types do
}

export const exchangeAt = (address: string, fetch?: typeof globalThis.fetch): ExchangePort => exchangePort(hostClient(address, fetch))

export const mustBeOk = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`unexpected fault ${JSON.stringify(result.fault)}`)
  return result.value
}

export const enrolled = async (exchange: ExchangePort, code: string, device: TestDevice): Promise<Enrolment> =>
  mustBeOk(await enrolDevice(exchange, { code, key: device.jwk, name: 'Máy thử' }))

export interface Sending {
  readonly states: OutboxState[]
  /** Milliseconds the engine wanted to wait, in order. */
  readonly waits: number[]
  readonly result: Promise<Result<VerifiedReceipt>>
}

/** Runs the engine over a package; waiting is cut to a moment but recorded. */
export const send = (exchange: ExchangePort, enrolment: Enrolment, device: TestDevice, pack: TestPackage, more: Partial<SendInput> = {}): Sending => {
  const states: OutboxState[] = []
  const waits: number[] = []
  const input: SendInput = {
    exchange,
    enrolment,
    sign: device.sign,
    sha256: pack.sha256,
    size: pack.bytes.length,
    seal: pack.seal,
    leafHashes: pack.leafHashes,
    leaf: (index) => Promise.resolve(pack.bytes.subarray(index * leafBytes, (index + 1) * leafBytes)),
    state: freshOutbox,
    sleep: (ms) => {
      waits.push(ms)
      return new Promise((resolve) => setTimeout(resolve, Math.min(ms, 5)))
    },
    // Every request counts as quick, so that the same runs are sent on any machine.
    elapsed: () => 0,
    random: () => 0.5,
    digest: (bytes) => Promise.resolve(sha256(bytes)),
    ...more,
    onState: async (state) => {
      states.push(state)
      await more.onState?.(state)
    },
  }
  return { states, waits, result: sendPackage(input) }
}

export const tempFolder = async (): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'luong-gia-exchange-'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** A running exchange on a folder of its own, with one enrolled device. */
export interface Bench {
  readonly folder: string
  readonly server: () => RunningExchange
  readonly device: TestDevice
  readonly enrolment: Enrolment
  /** Starts the server again on the same folder. */
  readonly restart: () => Promise<void>
  /** Everything the invariants say about server and files; `live` uploads may still have a part file. */
  readonly unsound: (live?: number) => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

/** `own verification`: packages must be really sealed; else arbitrary bytes pass. */
export const openBench = async (options: Partial<ExchangeOptions> = {}, verification: 'any bytes' | 'own verification' = 'any bytes'): Promise<Bench> => {
  const place = await tempFolder()
  const device = makeDevice()
  const start = () => startExchange({ dataDir: place.folder, port: 0, host: '127.0.0.1', quiet: true, ...(verification === 'any bytes' ? { verify: verifyAs(() => device.id) } : {}), ...options })
  let server = await start()
  const enrolment = await enrolled(exchangeAt(server.url), await server.createCode('Viện Đánh giá'), device)
  return {
    folder: place.folder,
    server: () => server,
    device,
    enrolment,
    restart: async () => {
      await server.close()
      server = await start()
    },
    unsound: async (live = 0) => {
      const problems = (await server.check()).map(({ problem, about }) => `${problem} ${about}`)
      const parts = await readdir(path.join(place.folder, 'incoming'))
      return parts.length === live ? problems : [...problems, `${parts.length} part files`]
    },
    close: async () => {
      await server.close()
      await place.remove()
    },
  }
}

/** I6: a state "received" holds a receipt by a pinned key about exactly this package, checked here with other code than the engine's. */
export const falselyReceived = (states: readonly OutboxState[], enrolment: Enrolment, pack: TestPackage): number =>
  states.filter((state) => {
    if (state.at !== 'received') return false
    const [header = '', body = '', signature = ''] = state.receipt.split('.')
    const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString())
    const about = typeof claims === 'object' && claims !== null && 'package' in claims && claims.package === pack.sha256
    const signed = enrolment.keys.some((jwk) =>
      verifyBytes('sha256', Buffer.from(`${header}.${body}`), { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')),
    )
    return !about || !signed
  }).length
