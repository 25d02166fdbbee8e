import { createHash, createPrivateKey, generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { canonicalHash } from '../../shared/kernel/canonical.ts'
import type { FaultCode } from '../../shared/kernel/faults.ts'
import { err, ok, type Result } from '../../shared/kernel/result.ts'
import type { Receipt } from '../../shared/schema/receipt.ts'
import type { DeviceJwk } from '../../shared/schema/sealed.ts'
import { thumbprint } from '../../shared/seal/jws.ts'
import { signMessage, type Sign } from '../../shared/sync/jws.ts'
import { leafBytes, planRequest, type Run } from '../../shared/sync/messages.ts'
import type { ExchangePort } from '../../shared/sync/port.ts'

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

export interface TestKey {
  readonly jwk: DeviceJwk
  readonly id: string
  readonly sign: Sign
}

export const makeKey = (): TestKey => {
  const { x = '', y = '', d = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  const jwk: DeviceJwk = { kty: 'EC', crv: 'P-256', x, y }
  const key = createPrivateKey({ key: { ...jwk, d }, format: 'jwk' })
  return { jwk, id: thumbprint(jwk), sign: (bytes) => Promise.resolve(signBytes('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' })) }
}

export interface SmallPackage {
  readonly bytes: Uint8Array
  readonly sha256: string
  readonly seal: string
  readonly leafHashes: readonly string[]
}

/** A package of so many leaves; the last one is short. Content depends on `salt` alone. */
export const smallPackage = (leaves: number, salt = 0): SmallPackage => {
  const bytes = new Uint8Array((leaves - 1) * leafBytes + 11)
  for (let leaf = 0; leaf < leaves; leaf += 1) bytes[leaf * leafBytes] = (leaf + salt) & 255
  const leafHashes = Array.from({ length: leaves }, (_, leaf) => sha256(bytes.subarray(leaf * leafBytes, (leaf + 1) * leafBytes)))
  return { bytes, sha256: sha256(bytes), seal: sha256(`seal ${salt} ${leaves}`), leafHashes }
}

export const receiptFor = (pack: Pick<SmallPackage, 'sha256' | 'seal'>, size: number, more: Partial<Receipt> = {}): Receipt => ({
  v: 1,
  package: pack.sha256,
  size,
  seal: pack.seal,
  dossier: '00000000-0000-4000-8000-000000000000',
  report: null,
  supersedes: null,
  organisation: 'Viện',
  device: '0'.repeat(64),
  receivedAt: '2026-11-22T01:02:03.000Z',
  auditSeq: 1,
  auditHash: '0'.repeat(64),
  ...more,
})

/** What happens to one call: nothing, or one of the things networks and servers do. */
export type Mishap =
  | 'well' | 'lost-before' | 'lost-after' | 'busy' | 'portal' | 'filter' | 'nonsense' | 'wrong-shape' | 'forged-receipt' | 'logged-out' | 'forgets' | 'piece-refused' | 'too-large' | 'full' | 'twice' | 'again'

export const mishaps: readonly Mishap[] = ['well', 'lost-before', 'lost-after', 'busy', 'portal', 'filter', 'nonsense', 'wrong-shape', 'forged-receipt', 'logged-out', 'forgets', 'piece-refused', 'too-large', 'full', 'twice', 'again']

/** A model of the exchange in memory: the protocol's rules without network, files or database. */
export interface ModelExchange {
  readonly port: ExchangePort
  readonly key: TestKey
  /** Packages received, with how many receipts were made for each: never more than one. */
  readonly receipts: ReadonlyMap<string, string>
  readonly made: () => number
}

export const modelExchange = (pack: SmallPackage, next: () => Mishap): ModelExchange => {
  const key = makeKey()
  const spy = makeKey()
  const receipts = new Map<string, string>()
  let made = 0
  let loggedIn = false
  let upload: { readonly id: string; readonly leaves: readonly string[]; stored: Set<number> } | null = null

  const missingOf = (): Run[] => {
    const runs: Run[] = []
    for (const leaf of upload?.leaves.keys() ?? []) {
      if (upload?.stored.has(leaf) === true) continue
      const last = runs.at(-1)
      if (last?.[1] === leaf - 1) last[1] = leaf
      else runs.push([leaf, leaf])
    }
    return runs
  }

  /** Runs a call with its mishap; `work` has the effect, so a lost answer keeps it. */
  const call = async <T>(work: () => Promise<Result<T>>, answered: (value: unknown) => Result<T>): Promise<Result<T>> => {
    const mishap = next()
    const fault = (code: FaultCode): Result<T> => err(code)
    switch (mishap) {
      case 'lost-before': return fault('exchange-unreachable')
      case 'lost-after':
        await work()
        return fault('exchange-unreachable')
      case 'busy': return err('exchange-busy', { retryAfter: 3 })
      case 'portal': return fault('network-sign-in')
      case 'filter': return err('network-filter', { host: 'example.vn' })
      case 'nonsense': return fault('exchange-nonsense')
      case 'wrong-shape': return answered({ hello: 'world' })
      case 'forged-receipt': return answered({ receipt: await signMessage('luong-gia-receipt', spy.id, { ...receiptFor(pack, pack.bytes.length) }, spy.sign) })
      case 'logged-out':
        loggedIn = false
        return fault('exchange-login-refused')
      case 'forgets':
        upload?.stored.clear()
        return work()
      case 'piece-refused': return fault('exchange-piece-refused')
      case 'too-large': return fault('exchange-too-large')
      case 'full': return fault('exchange-full')
      case 'again': return answered({ again: true })
      case 'twice':
        await work()
        return work()
      case 'well': return work()
    }
  }
  const text = (value: unknown): Result<{ answer: string }> => ok({ answer: JSON.stringify(value) })
  const inSession = async <T>(work: () => Promise<Result<T>>): Promise<Result<T>> => (loggedIn ? work() : err('exchange-login-refused'))

  const port: ExchangePort = {
    hello: () => call(async () => text({ v: 1, product: 'luong-gia-exchange', server: key.id, name: 'Sàn', time: '2026-11-22T01:02:03.000Z', nonce: 'n'.repeat(40) }), text),
    enrol: () => Promise.resolve(err('exchange-code-refused')),
    session: () =>
      call<unknown>(async () => {
        loggedIn = true
        return ok({})
      }, ok),
    plan: (request) =>
      call(
        () =>
          inSession(async () => {
            const plan = planRequest.parse(JSON.parse(request))
            const receipt = receipts.get(plan.sha256)
            if (receipt !== undefined) return text({ receipt })
            const id = canonicalHash(plan.leaves)
            if (upload?.id !== id) upload = { id, leaves: plan.leaves, stored: new Set() }
            return text({ uploadId: id, missing: missingOf() })
          }),
        text,
      ),
    put: (id, from, bytes) =>
      call<{ stored: Run }>(
        () =>
          inSession(async () => {
            const count = Math.ceil(bytes.length / leafBytes)
            if (upload?.id !== id) return err('exchange-piece-refused')
            for (let leaf = 0; leaf < count; leaf += 1) {
              if (sha256(bytes.subarray(leaf * leafBytes, (leaf + 1) * leafBytes)) !== upload.leaves[from + leaf]) return err('exchange-piece-refused')
              upload.stored.add(from + leaf)
            }
            return ok({ stored: [from, from + count - 1] })
          }),
        // The host lets nothing but a right echo through; a wrong range is the worst that can arrive.
        () => ok({ stored: [999, 999] }),
      ),
    commit: (id) =>
      call(
        () =>
          inSession(async () => {
            const known = receipts.get(pack.sha256)
            if (known !== undefined) return text({ receipt: known })
            if (upload?.id !== id || missingOf().length > 0) return text({ again: true })
            made += 1
            const receipt = await signMessage('luong-gia-receipt', key.id, { ...receiptFor(pack, pack.bytes.length) }, key.sign)
            receipts.set(pack.sha256, receipt)
            return text({ receipt })
          }),
        text,
      ),
  }
  return { port, key, receipts, made: () => made }
}
