import { z } from 'zod'
import { err, ok } from '../kernel/result.ts'
import type { Result } from '../kernel/result.ts'
import { fromBase64, toBase64 } from '../kernel/base64.ts'
import { utf8, utf8Text } from '../kernel/bytes.ts'
import type { Bytes } from '../kernel/bytes.ts'
import { canonicalHash } from '../kernel/canonical.ts'
import { dossierId, hash, isoInstant, line } from '../schema/base.ts'
import { deviceJwk } from '../schema/sealed.ts'
import { nonceBytes, openBox, sealBox } from './box.ts'
import type { Box, RandomBytes } from './box.ts'
import { deviceKey } from './device.ts'
import { checkValue, keyBytes } from './keys.ts'
import { costLimits, saltBytes } from './passphrase.ts'
import type { Cost } from './passphrase.ts'
import { parseRecoveryCode, recoveryKey } from './recovery.ts'

const format = 'luong-gia-vault/1'

const passphraseSlot = z.strictObject({
  kdf: z.literal('argon2id'),
  memory: z.number().int().min(8).max(costLimits.memory),
  passes: z.number().int().min(1).max(costLimits.passes),
  lanes: z.number().int().min(1).max(costLimits.lanes),
  salt: z.base64().max(64),
  /** The data key in a box under the passphrase's key. */
  wrapped: z.base64().max(200),
})
const recoverySlot = z.strictObject({ kdf: z.literal('hkdf-sha256'), salt: z.base64().max(64), wrapped: z.base64().max(200) })

/**
 * The vault record (tệp khóa kho hồ sơ): the data key wrapped twice, and a part encrypted under it. Nothing in it can be
 * read without the passphrase or the recovery code, and losing one of them loses nothing.
 */
export const vaultRecord = z.strictObject({
  format: z.literal(format),
  id: dossierId,
  createdAt: isoInstant,
  /** Counts writes. */
  revision: z.number().int().positive(),
  passphrase: passphraseSlot,
  recovery: recoverySlot,
  /** Key check value of the data key. */
  check: hash,
  /** `VaultSecret` in a box under the key of purpose `secret`. */
  secret: z.base64().max(150_000),
  /** SHA-256 of all the rest: tells a damaged file from a wrong passphrase. */
  sum: hash,
})
export type VaultRecord = z.infer<typeof vaultRecord>

/** What the exchange and this device know of each other since enrolment (đăng ký thiết bị). */
export const enrolment = z.strictObject({
  v: z.literal(1),
  server: hash,
  name: z.string().max(200),
  organisation: z.strictObject({ id: hash, name: z.string().max(200) }),
  device: hash,
  /** Receipts count only when signed by one of these. */
  keys: z.array(deviceJwk).min(1).max(20),
})
export type Enrolment = z.infer<typeof enrolment>

/** The encrypted part: who works here, the device's key, the enrolment. It survives the loss of the browser's store. */
export const vaultSecret = z.strictObject({
  author: line, device: deviceKey, enrolment: enrolment.nullable(),
  /** The copy of the library (kept rule packs, trusted issuers, additions to the legal register) in encrypted pieces on the host. */
  library: z.exactOptional(z.strictObject({ size: z.number().int().nonnegative(), leaves: z.array(hash).max(500) })),
  /** The copy of the library of deals, the same way. */
  deals: z.exactOptional(z.strictObject({ size: z.number().int().nonnegative(), leaves: z.array(hash).max(500) })),
})
export type VaultSecret = z.infer<typeof vaultSecret>

const sumOf = (record: Omit<VaultRecord, 'sum'>): string => canonicalHash(record)
const summed = (record: Omit<VaultRecord, 'sum'>): VaultRecord => ({ ...record, sum: sumOf(record) })

/** The record with one part replaced, its revision counted up. */
const revised = (record: VaultRecord, change: Partial<Pick<VaultRecord, 'passphrase' | 'recovery' | 'secret'>>): VaultRecord => {
  const { sum: _, ...rest } = record
  return summed({ ...rest, ...change, revision: record.revision + 1 })
}

/** Text of the record for `vault.write`. */
export const writeVaultRecord = (record: VaultRecord): string => `${JSON.stringify(record, null, 1)}\n`

/** Reads what `writeVaultRecord` wrote. A newer format is told apart from a damaged file, both from a wrong passphrase. */
export const readVaultRecord = (text: string): Result<VaultRecord, 'vault-record-damaged' | 'vault-newer'> => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return err('vault-record-damaged')
  }
  const named = z.looseObject({ format: z.string() }).safeParse(value)
  const version = named.success ? /^luong-gia-vault\/([1-9]\d{0,5})$/.exec(named.data.format)?.[1] : undefined
  if (version !== undefined && Number(version) > 1) return err('vault-newer')
  const parsed = vaultRecord.safeParse(value)
  if (!parsed.success) return err('vault-record-damaged')
  const { sum, ...rest } = parsed.data
  return sumOf(rest) === sum ? ok(parsed.data) : err('vault-record-damaged')
}

// The cost stands in the label: a record whose cost was lowered by hand does not open.
const passphraseLabel = (vault: string, slot: Omit<VaultRecord['passphrase'], 'wrapped'>): string =>
  `${format}|${vault}|${slot.kdf}|${slot.memory}|${slot.passes}|${slot.lanes}|${slot.salt}`
const recoveryLabel = (vault: string, slot: Omit<VaultRecord['recovery'], 'wrapped'>): string => `${format}|${vault}|${slot.kdf}|${slot.salt}`
const secretLabel = (vault: string): string => `${format}|${vault}|secret`

/** A passphrase's wrapping key as derived by `passphraseKey`, with the salt and cost it was derived with. */
export interface DerivedPassphrase {
  readonly key: Uint8Array
  readonly salt: Uint8Array
  readonly cost: Cost
}

/** Salt for a new passphrase or recovery code. */
export const newSalt = (random: RandomBytes): Bytes => random(saltBytes)

const wrapPassphrase = (vault: string, dataKey: Uint8Array, by: DerivedPassphrase, random: RandomBytes): VaultRecord['passphrase'] => {
  const slot = { kdf: 'argon2id', memory: by.cost.memory, passes: by.cost.passes, lanes: by.cost.lanes, salt: toBase64(by.salt) } as const
  return { ...slot, wrapped: toBase64(sealBox(by.key, random(nonceBytes), passphraseLabel(vault, slot), dataKey)) }
}
const wrapRecovery = (vault: string, dataKey: Uint8Array, code: string, random: RandomBytes): VaultRecord['recovery'] => {
  const salt = newSalt(random)
  const slot = { kdf: 'hkdf-sha256', salt: toBase64(salt) } as const
  return { ...slot, wrapped: toBase64(sealBox(recoveryKey(code, salt), random(nonceBytes), recoveryLabel(vault, slot), dataKey)) }
}

/** Bytes of the encrypted part. */
const secretBytes = (secret: VaultSecret): Bytes => utf8(JSON.stringify(secret))

/** A new vault around `dataKey` (32 fresh random bytes); `box` is the one of purpose `secret`. */
export const makeVaultRecord = async (facts: {
  readonly id: string
  readonly createdAt: string
  readonly dataKey: Uint8Array
  readonly passphrase: DerivedPassphrase
  readonly recoveryCode: string
  readonly secret: VaultSecret
  readonly box: Box
  readonly random: RandomBytes
}): Promise<VaultRecord> => {
  const { id, dataKey, random } = facts
  return summed({
    format,
    id,
    createdAt: facts.createdAt,
    revision: 1,
    passphrase: wrapPassphrase(id, dataKey, facts.passphrase, random),
    recovery: wrapRecovery(id, dataKey, facts.recoveryCode, random),
    check: checkValue(dataKey, id),
    secret: toBase64(await facts.box.seal(secretLabel(id), secretBytes(facts.secret))),
  })
}

const unwrap = (record: VaultRecord, key: Uint8Array, label: string, wrapped: string): Bytes | null => {
  const box = fromBase64(wrapped)
  const dataKey = box === null ? null : openBox(key, label, box)
  return dataKey?.length === keyBytes && checkValue(dataKey, record.id) === record.check ? dataKey : null
}

/** Salt and cost a passphrase must be derived with to open this record. */
export const passphraseDerivation = (record: VaultRecord): { readonly salt: Bytes; readonly cost: Cost } => ({
  salt: fromBase64(record.passphrase.salt) ?? new Uint8Array(saltBytes),
  cost: { memory: record.passphrase.memory, passes: record.passphrase.passes, lanes: record.passphrase.lanes },
})

/** Data key by the passphrase's wrapping key. */
export const openWithPassphrase = (record: VaultRecord, key: Uint8Array): Result<Bytes, 'passphrase-wrong'> => {
  const dataKey = unwrap(record, key, passphraseLabel(record.id, record.passphrase), record.passphrase.wrapped)
  return dataKey === null ? err('passphrase-wrong') : ok(dataKey)
}

/** Data key by the printed recovery code, as typed. */
export const openWithRecovery = (
  record: VaultRecord, typed: string,
): Result<Bytes, 'recovery-code-wrong' | 'recovery-code-mistyped' | 'recovery-code-length'> => {
  const code = parseRecoveryCode(typed)
  if (!code.ok) return code
  const salt = fromBase64(record.recovery.salt)
  const dataKey = salt === null ? null : unwrap(record, recoveryKey(code.value, salt), recoveryLabel(record.id, record.recovery), record.recovery.wrapped)
  return dataKey === null ? err('recovery-code-wrong') : ok(dataKey)
}

/** The record under another passphrase; the old one stops working, nothing else is encrypted anew. */
export const withPassphrase = (record: VaultRecord, dataKey: Uint8Array, by: DerivedPassphrase, random: RandomBytes): VaultRecord =>
  revised(record, { passphrase: wrapPassphrase(record.id, dataKey, by, random) })

/** The record under another recovery code; the old print stops working. */
export const withRecoveryCode = (record: VaultRecord, dataKey: Uint8Array, code: string, random: RandomBytes): VaultRecord =>
  revised(record, { recovery: wrapRecovery(record.id, dataKey, code, random) })

/** The record with another encrypted part. */
export const withSecret = async (record: VaultRecord, box: Box, secret: VaultSecret): Promise<VaultRecord> =>
  revised(record, { secret: toBase64(await box.seal(secretLabel(record.id), secretBytes(secret))) })

/** The encrypted part of an opened vault. */
export const readSecret = async (record: VaultRecord, box: Box): Promise<Result<VaultSecret, 'vault-record-damaged'>> => {
  const bytes = fromBase64(record.secret)
  const plain = bytes === null ? null : await box.open(secretLabel(record.id), bytes)
  const text = plain === null ? null : utf8Text(plain)
  if (text === null) return err('vault-record-damaged')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return err('vault-record-damaged')
  }
  const parsed = vaultSecret.safeParse(value)
  return parsed.success ? ok(parsed.data) : err('vault-record-damaged')
}
