import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/** Bytes that own their buffer, so that every platform API takes them. */
export type Bytes = Uint8Array<ArrayBuffer>

/** UTF-8 bytes of a well-formed text. */
export const utf8 = (text: string): Bytes => utf8ToBytes(text)
export const hex = (bytes: Uint8Array): string => bytesToHex(bytes)
/** Bytes of a hexadecimal text; throws on anything else (callers check the shape first). */
export const unhex = (text: string): Bytes => hexToBytes(text)
export const concat = (...parts: Uint8Array[]): Bytes => concatBytes(...parts)

/** Compares all bytes without stopping at the first difference. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i += 1) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}

/**
 * Text of UTF-8 bytes, or null when they are not exactly that: overlong forms, surrogates, bytes that are cut short and
 * values above U+10FFFF are refused, and a byte order mark is kept as a character.
 */
export const utf8Text = (bytes: Uint8Array): string | null => {
  const at = (index: number): number => bytes[index] ?? 0
  const follows = (index: number): boolean => (at(index) & 0xc0) === 0x80
  const parts: string[] = []
  let units: number[] = []
  let i = 0
  while (i < bytes.length) {
    const first = at(i)
    let point: number
    if (first < 0x80) {
      point = first
      i += 1
    } else if (first >= 0xc2 && first <= 0xdf) {
      if (!follows(i + 1)) return null
      point = ((first & 0x1f) << 6) | (at(i + 1) & 0x3f)
      i += 2
    } else if (first >= 0xe0 && first <= 0xef) {
      if (!follows(i + 1) || !follows(i + 2)) return null
      point = ((first & 0x0f) << 12) | ((at(i + 1) & 0x3f) << 6) | (at(i + 2) & 0x3f)
      if (point < 0x800 || (point >= 0xd800 && point <= 0xdfff)) return null
      i += 3
    } else if (first >= 0xf0 && first <= 0xf4) {
      if (!follows(i + 1) || !follows(i + 2) || !follows(i + 3)) return null
      point = ((first & 0x07) << 18) | ((at(i + 1) & 0x3f) << 12) | ((at(i + 2) & 0x3f) << 6) | (at(i + 3) & 0x3f)
      if (point < 0x10000 || point > 0x10ffff) return null
      i += 4
    } else {
      return null
    }
    if (point < 0x10000) units.push(point)
    else units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff))
    if (units.length >= 8192) {
      parts.push(String.fromCharCode(...units))
      units = []
    }
  }
  parts.push(String.fromCharCode(...units))
  return parts.join('')
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const digits = new Map(Array.from(alphabet, (char, index) => [char, index] as const))

/** Base64url without padding (RFC 7515 section 2). */
export const base64url = (bytes: Uint8Array): string => {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const chunk = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const length = Math.min(3, bytes.length - i)
    for (let k = 0; k <= length; k += 1) text += alphabet[(chunk >> (18 - 6 * k)) & 0x3f] ?? ''
  }
  return text
}

/** Bytes of a base64url text, or null when it is not the one text that `base64url` writes for them. */
export const base64urlBytes = (text: string): Bytes | null => {
  if (text.length % 4 === 1) return null
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let pending = 0
  let bits = 0
  let length = 0
  for (const char of text) {
    const digit = digits.get(char)
    if (digit === undefined) return null
    pending = ((pending << 6) | digit) & 0xfff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[length] = (pending >> bits) & 0xff
      length += 1
    }
  }
  return (pending & ((1 << bits) - 1)) === 0 ? bytes : null
}
