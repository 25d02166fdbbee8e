import { err, ok } from '../../shared/kernel/result.ts'
import type { Result } from '../../shared/kernel/result.ts'
import type { Bytes } from '../../shared/kernel/bytes.ts'
import { newDeviceKey } from '../../shared/vault/device.ts'
import { keyBytes } from '../../shared/vault/keys.ts'
import { acceptPassphrase } from '../../shared/vault/passphrase.ts'
import {
  makeVaultRecord, newSalt, openWithPassphrase, openWithRecovery, passphraseDerivation, readSecret, readVaultRecord, withPassphrase,
  withRecoveryCode, withSecret, writeVaultRecord,
} from '../../shared/vault/record.ts'
import type { DerivedPassphrase, VaultRecord, VaultSecret } from '../../shared/vault/record.ts'
import { newRecoveryCode } from '../../shared/vault/recovery.ts'
import { databaseNames, readGate, strayVaults } from './gate.ts'
import type { StorePorts } from './ports.ts'
import { webKeys, webSign } from './web-keys.ts'
import type { WebKeys } from './web-keys.ts'

/** An open vault: keys that cannot be read out, and the record's decrypted part. */
export interface OpenVault {
  readonly id: string
  readonly keys: WebKeys
  readonly sign: (bytes: Uint8Array) => Promise<Bytes>
  readonly secret: VaultSecret
}

export interface VaultKeeper {
  /** Looks for the vault; true when there is one, false on a first run. Finds a lost record's copy in the browser's store. */
  readonly find: () => Promise<Result<boolean>>
  readonly create: (author: string, passphrase: string) => Promise<Result<{ readonly vault: OpenVault; readonly recoveryCode: string }>>
  readonly open: (passphrase: string) => Promise<Result<OpenVault>>
  /** Opens with the printed code and puts a new passphrase in the old one's place. */
  readonly recover: (code: string, passphrase: string) => Promise<Result<OpenVault>>
  readonly changePassphrase: (old: string, next: string) => Promise<Result<void>>
  readonly renewRecoveryCode: (passphrase: string) => Promise<Result<{ readonly recoveryCode: string }>>
  /** Encrypts and stores the record's inner part anew. */
  readonly saveSecret: (vault: OpenVault, secret: VaultSecret) => Promise<Result<OpenVault>>
  /** Text of the record as the host holds it; empty on a first run. */
  readonly recordText: () => string
}

interface Held {
  readonly text: string
  readonly record: VaultRecord
}

/** Reads, opens and rewrites the vault record through the host. The data key itself lives only inside these functions. */
export const createVaultKeeper = (ports: StorePorts): VaultKeeper => {
  const { host, crypto } = ports
  const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length))
  let held: Held | null = null

  const hold = (text: string): Result<Held, 'vault-record-damaged' | 'vault-newer'> => {
    const record = readVaultRecord(text)
    if (!record.ok) return record
    held = { text, record: record.value }
    return ok(held)
  }

  const write = async (record: VaultRecord, expected: string | null): Promise<Result<Held>> => {
    const text = writeVaultRecord(record)
    const written = await host.call('vault.write', { expected, record: text })
    if (written.ok) return hold(text)
    if (written.fault.code === 'vault-changed-elsewhere') {
      const now = await host.call('vault.read', {})
      if (now.ok && now.value.record !== null) hold(now.value.record)
    }
    return written
  }

  const derive = async (passphrase: string): Promise<DerivedPassphrase> => {
    const salt = newSalt(random)
    return { key: await ports.derive(passphrase, salt, ports.cost), salt, cost: ports.cost }
  }

  const unlockWith = async ({ record }: Held, passphrase: string): Promise<Result<Bytes, 'passphrase-wrong'>> => {
    const { salt, cost } = passphraseDerivation(record)
    return openWithPassphrase(record, await ports.derive(passphrase, salt, cost))
  }

  const opened = async ({ record }: Held, dataKey: Bytes): Promise<Result<OpenVault>> => {
    const keys = await webKeys(crypto, dataKey, record.id)
    dataKey.fill(0)
    const secret = await readSecret(record, keys.secret)
    if (!secret.ok) return secret
    return ok({ id: record.id, keys, sign: await webSign(crypto, secret.value.device), secret: secret.value })
  }

  /** The newest readable copy in this browser; of the damaged record's own vault when that can still be told. */
  const copyFor = async (damaged: string | null): Promise<string | null> => {
    let best: Held | null = null
    for (const text of await strayVaults(ports)) {
      const record = readVaultRecord(text)
      if (!record.ok || (damaged !== null && !damaged.includes(record.value.id))) continue
      if (best === null || record.value.createdAt > best.record.createdAt) best = { text, record: record.value }
    }
    return best?.text ?? null
  }

  const lookAt = async (text: string | null): Promise<Result<boolean>> => {
    const read = text === null ? null : hold(text)
    if (read?.ok === true) {
      const gate = await readGate(ports, (await databaseNames(ports, read.value.record.id)).now)
      return gate.ok ? ok(true) : gate
    }
    if (read?.fault.code === 'vault-newer') return read
    const copy = await copyFor(text)
    if (copy !== null) {
      const restored = await host.call('vault.write', { expected: text, record: copy })
      if (!restored.ok && restored.fault.code !== 'read-only') return restored
      const again = hold(copy)
      return again.ok ? ok(true) : again
    }
    if (read !== null) return read
    const heads = await host.call('journal.heads', {})
    if (!heads.ok) return heads
    return Object.keys(heads.value.heads).length + heads.value.damaged.length > 0 ? err('vault-missing') : ok(false)
  }

  const find: VaultKeeper['find'] = async () => {
    const answer = await host.call('vault.read', {})
    if (!answer.ok) return answer
    try {
      return await lookAt(answer.value.record)
    } catch {
      return err('store-broken')
    }
  }

  const create: VaultKeeper['create'] = async (author, passphrase) => {
    const accepted = acceptPassphrase(passphrase)
    if (!accepted.ok) return accepted
    const id = crypto.randomUUID()
    const dataKey = random(keyBytes)
    const recoveryCode = newRecoveryCode(random)
    const secret: VaultSecret = { author, device: newDeviceKey(random), enrolment: null }
    const record = await makeVaultRecord({
      id, createdAt: ports.now(), dataKey, passphrase: await derive(accepted.value), recoveryCode, secret,
      box: (await webKeys(crypto, dataKey, id)).secret, random,
    })
    const written = await write(record, null)
    if (!written.ok) return written
    const vault = await opened(written.value, dataKey)
    return vault.ok ? ok({ vault: vault.value, recoveryCode }) : vault
  }

  const open: VaultKeeper['open'] = async (passphrase) => {
    if (held === null) return err('vault-missing')
    const dataKey = await unlockWith(held, passphrase)
    return dataKey.ok ? opened(held, dataKey.value) : dataKey
  }

  const recover: VaultKeeper['recover'] = async (code, passphrase) => {
    if (held === null) return err('vault-missing')
    const accepted = acceptPassphrase(passphrase)
    if (!accepted.ok) return accepted
    const dataKey = openWithRecovery(held.record, code)
    if (!dataKey.ok) return dataKey
    const written = await write(withPassphrase(held.record, dataKey.value, await derive(accepted.value), random), held.text)
    return written.ok ? opened(written.value, dataKey.value) : written
  }

  /** Rewrites the record with the data key at hand for that moment only. */
  const rewrite = async (passphrase: string, step: (record: VaultRecord, dataKey: Bytes) => Promise<VaultRecord> | VaultRecord): Promise<Result<void>> => {
    if (held === null) return err('vault-missing')
    const { record, text } = held
    const dataKey = await unlockWith(held, passphrase)
    if (!dataKey.ok) return dataKey
    const next = await step(record, dataKey.value)
    dataKey.value.fill(0)
    const written = await write(next, text)
    return written.ok ? ok(undefined) : written
  }

  const changePassphrase: VaultKeeper['changePassphrase'] = async (old, next) => {
    const accepted = acceptPassphrase(next)
    if (!accepted.ok) return accepted
    return rewrite(old, async (record, dataKey) => withPassphrase(record, dataKey, await derive(accepted.value), random))
  }

  const renewRecoveryCode: VaultKeeper['renewRecoveryCode'] = async (passphrase) => {
    const recoveryCode = newRecoveryCode(random)
    const done = await rewrite(passphrase, (record, dataKey) => withRecoveryCode(record, dataKey, recoveryCode, random))
    return done.ok ? ok({ recoveryCode }) : done
  }

  const saveSecret: VaultKeeper['saveSecret'] = async (vault, secret) => {
    if (held === null) return err('vault-missing')
    const written = await write(await withSecret(held.record, vault.keys.secret, secret), held.text)
    return written.ok ? ok({ ...vault, secret }) : written
  }

  return { find, create, open, recover, changePassphrase, renewRecoveryCode, saveSecret, recordText: () => held?.text ?? '' }
}
