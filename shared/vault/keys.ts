import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { hex, utf8 } from '../kernel/bytes.ts'
import type { Bytes } from '../kernel/bytes.ts'
import { boxOf } from './box.ts'
import type { Box, RandomBytes } from './box.ts'

/** Length of the data key (khóa dữ liệu) and of every key derived from it. */
export const keyBytes = 32

/** What the data key is split into; each purpose has its own key, so that no two uses can touch. */
export const purposes = ['records', 'journal', 'pieces', 'secret', 'addresses', 'tags', 'check'] as const
export type Purpose = (typeof purposes)[number]

/** Salt and info of the derivation (HKDF-SHA-256, RFC 5869); the page hands the same to WebCrypto. */
export const derivation = (vault: string, purpose: Purpose): { readonly salt: Bytes; readonly info: Bytes } => ({
  salt: utf8(vault),
  info: utf8(`luong-gia/${purpose}/1`),
})

/** Key of one purpose, derived from the data key of the vault with this id. */
export const subkey = (dataKey: Uint8Array, vault: string, purpose: Purpose): Bytes => {
  const { salt, info } = derivation(vault, purpose)
  return hkdf(sha256, dataKey, salt, info, keyBytes)
}

/** Key check value: tells whether an unwrapped data key is the right one, and nothing about it. */
export const checkValue = (dataKey: Uint8Array, vault: string): string => hex(subkey(dataKey, vault, 'check'))

/** Keyed hash (HMAC-SHA-256) of a text, in lower-case hex. */
export type Mac = (text: string) => Promise<string>

/** Everything an open vault can do; no key is visible from outside. */
export interface VaultKeys {
  /** Values in the working store. */
  readonly records: Box
  /** Lines of the journal on disk. */
  readonly journal: Box
  /** Pieces of evidence and signed reports. */
  readonly pieces: Box
  /** The vault record's own encrypted part. */
  readonly secret: Box
  /** Address of a piece, from the hash of its plain bytes. */
  readonly addresses: Mac
  /** What the journal shows as a change's hash, from the real one. */
  readonly tags: Mac
}

/** Keys of an open vault held in plain memory: for the command line and tests. The page makes the same from non-extractable keys. */
export const vaultKeys = (dataKey: Uint8Array, vault: string, random: RandomBytes): VaultKeys => {
  const box = (purpose: Purpose): Box => boxOf(subkey(dataKey, vault, purpose), random)
  const mac = (purpose: Purpose): Mac => {
    const key = subkey(dataKey, vault, purpose)
    return (text) => Promise.resolve(hex(hmac(sha256, key, utf8(text))))
  }
  return { records: box('records'), journal: box('journal'), pieces: box('pieces'), secret: box('secret'), addresses: mac('addresses'), tags: mac('tags') }
}
