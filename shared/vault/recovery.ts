import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { err, ok } from '../kernel/result.ts'
import type { Result } from '../kernel/result.ts'
import { utf8 } from '../kernel/bytes.ts'
import type { Bytes } from '../kernel/bytes.ts'
import { keyBytes } from './keys.ts'
import type { RandomBytes } from './box.ts'

/** Crockford's base 32: no I, L, O, U, so that nothing printed can be misread. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Nine groups of three random letters and one check letter: 135 random bits, three lines of three groups on paper. */
const groups = 9
const free = 3

/** Product in GF(32) with x⁵ + x² + 1. */
const times = (a: number, b: number): number => {
  let product = 0
  for (let bit = 0; bit < 5; bit += 1) if ((b >> bit) & 1) product ^= a << bit
  for (let bit = 8; bit >= 5; bit -= 1) if ((product >> bit) & 1) product ^= 0b100101 << (bit - 5)
  return product
}

/**
 * Check letter of a group: weights 2, 3, 4 over GF(32) (1 for the letter itself) and the group's place. Any one wrong
 * letter, any two swapped letters and any two swapped groups are noticed.
 */
const checkOf = (group: number, letters: readonly number[]): number =>
  letters.reduce((sum, letter, place) => sum ^ times(letter, place + 2), group + 1)

/**
 * New recovery code (mã khôi phục): nine groups of four, `XXXX-XXXX-…`. It opens the vault without the passphrase and is
 * shown once, to be printed. Its randomness makes a slow derivation needless.
 */
export const newRecoveryCode = (random: RandomBytes): string => {
  const letters = Array.from(random(groups * free), (byte) => byte & 31)
  return Array.from({ length: groups }, (_, group) => {
    const own = letters.slice(group * free, (group + 1) * free)
    return [...own, checkOf(group, own)].map((letter) => alphabet[letter] ?? '').join('')
  }).join('-')
}

const valueOf = (letter: string): number => alphabet.indexOf(letter === 'O' ? '0' : letter === 'I' || letter === 'L' ? '1' : letter)

/**
 * Reads a typed code: any case, spaces and dashes anywhere, O for 0, I or L for 1. Gives it in its printed form.
 * `recovery-code-mistyped` names the first group (1 to 9) that cannot be right; `recovery-code-length` says how many letters there are.
 */
export const parseRecoveryCode = (typed: string): Result<string, 'recovery-code-mistyped' | 'recovery-code-length'> => {
  const letters = Array.from(typed.normalize('NFKC').toUpperCase().replace(/[\s\p{Pd}\u2212_.,]/gu, ''))
  const values = letters.map(valueOf)
  for (let group = 0; group < groups; group += 1) {
    const own = values.slice(group * (free + 1), (group + 1) * (free + 1))
    if (own.includes(-1) || (own.length === free + 1 && checkOf(group, own.slice(0, free)) !== own[free])) {
      return err('recovery-code-mistyped', { group: group + 1 })
    }
  }
  if (letters.length !== groups * (free + 1)) return err('recovery-code-length', { count: letters.length, needed: groups * (free + 1) })
  return ok(Array.from({ length: groups }, (_, group) => values.slice(group * 4, group * 4 + 4).map((value) => alphabet[value] ?? '').join('')).join('-'))
}

/** Wrapping key of a recovery code in its printed form: HKDF-SHA-256, enough because the code is random. */
export const recoveryKey = (code: string, salt: Uint8Array): Bytes =>
  hkdf(sha256, utf8(code.replaceAll('-', '')), salt, utf8('luong-gia/recovery/1'), keyBytes)
