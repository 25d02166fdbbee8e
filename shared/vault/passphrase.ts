import { argon2id } from '@noble/hashes/argon2.js'
import { err, ok } from '../kernel/result.ts'
import type { Result } from '../kernel/result.ts'
import { utf8 } from '../kernel/bytes.ts'
import type { Bytes } from '../kernel/bytes.ts'
import { keyBytes } from './keys.ts'

/** Cost of Argon2id (RFC 9106): memory in KiB, passes over it, lanes. */
export interface Cost {
  readonly memory: number
  readonly passes: number
  readonly lanes: number
}

/**
 * Cost of new passphrases: 64 MiB and three passes as in the second recommended option of RFC 9106, section 4, with one
 * lane because the page computes on one thread. About 0.9 s on a two-core laptop; three times the memory that OWASP asks for.
 */
export const newCost: Cost = { memory: 65_536, passes: 3, lanes: 1 }

/** Bounds of a recorded cost that is still computed: a damaged or hostile record must not stop the machine. */
export const costLimits = { memory: 1_048_576, passes: 20, lanes: 16 } as const

export const saltBytes = 16
/** Fewest characters of a new passphrase. */
export const passphraseLength = 10

/**
 * The one form of a passphrase (RFC 8265, OpaqueString): Unicode NFC, every kind of space becomes the plain one.
 * Vietnamese input methods differ in composed and decomposed letters; both open the same vault.
 */
export const canonicalPassphrase = (text: string): string => text.normalize('NFC').replace(/\p{Zs}/gu, ' ')

/** Refuses a new passphrase that is too short; counts characters as people see them, spaces at the ends not included. */
export const acceptPassphrase = (text: string): Result<string, 'passphrase-weak'> => {
  const canonical = canonicalPassphrase(text)
  return Array.from(canonical.trim()).length < passphraseLength ? err('passphrase-weak', { least: passphraseLength }) : ok(canonical)
}

/**
 * Wrapping key of a passphrase: Argon2id, 32 bytes. Takes as long as `cost` says and blocks meanwhile, so the page runs
 * it in a worker. The passphrase is brought into its canonical form here.
 */
export const passphraseKey = (passphrase: string, salt: Uint8Array, cost: Cost): Bytes =>
  argon2id(utf8(canonicalPassphrase(passphrase)), salt, { m: cost.memory, t: cost.passes, p: cost.lanes, dkLen: keyBytes })
