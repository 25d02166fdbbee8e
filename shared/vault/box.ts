import { gcm } from '@noble/ciphers/aes.js'
import { concat, utf8 } from '../kernel/bytes.ts'
import type { Bytes } from '../kernel/bytes.ts'

/** Gives fresh random bytes; the platform's generator comes in through this port. */
export type RandomBytes = (length: number) => Bytes

/** Format byte of a box: AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D). */
const format = 1
export const nonceBytes = 12
/** What a box is longer than its content: format byte, nonce, tag. */
export const boxOverhead = 1 + nonceBytes + 16

/**
 * Authenticated encryption of one thing under one key. The label (what it is and whose) is bound as associated data,
 * so that no box can be put in another's place. `open` gives null for a wrong key, a wrong label or changed bytes.
 */
export interface Box {
  readonly seal: (label: string, plain: Uint8Array) => Promise<Bytes>
  readonly open: (label: string, box: Uint8Array) => Promise<Bytes | null>
}

/** Lays out a box: `1 ‖ nonce ‖ ciphertext and tag`. Both implementations, here and in the page, give the same bytes. */
export const layBox = (nonce: Uint8Array, ciphertext: Uint8Array): Bytes => concat(Uint8Array.of(format), nonce, ciphertext)

/** Parts of a box, or null when it cannot be one. */
export const partsOfBox = (box: Uint8Array): { readonly nonce: Uint8Array; readonly ciphertext: Uint8Array } | null =>
  box.length >= boxOverhead && box[0] === format
    ? { nonce: box.subarray(1, 1 + nonceBytes), ciphertext: box.subarray(1 + nonceBytes) }
    : null

/** Seals with a key in plain memory (command line, tests, key wrapping); a nonce is used for one box only. */
export const sealBox = (key: Uint8Array, nonce: Uint8Array, label: string, plain: Uint8Array): Bytes =>
  layBox(nonce, gcm(key, nonce, utf8(label)).encrypt(plain))

/** Opens what `sealBox` made; null when key, label or bytes are not the right ones. */
export const openBox = (key: Uint8Array, label: string, box: Uint8Array): Bytes | null => {
  const parts = partsOfBox(box)
  if (parts === null) return null
  try {
    return gcm(key, parts.nonce, utf8(label)).decrypt(parts.ciphertext)
  } catch {
    return null
  }
}

/** A box over a key in plain memory. */
export const boxOf = (key: Uint8Array, random: RandomBytes): Box => ({
  seal: (label, plain) => Promise.resolve(sealBox(key, random(nonceBytes), label, plain)),
  open: (label, box) => Promise.resolve(openBox(key, label, box)),
})
