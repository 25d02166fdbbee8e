import { sha256 } from '@noble/hashes/sha2.js'
import type { Bytes } from './bytes.ts'
import { hex, utf8 } from './bytes.ts'

/** Deeper nesting than any record of the product; stops cycles and hostile texts. */
const maxDepth = 64

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

const write = (value: unknown, depth: number): string => {
  if (value === null || value === true || value === false) return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('canonical JSON has no NaN or Infinity')
    // ECMAScript's own number text is the one RFC 8785 prescribes; minus zero becomes 0.
    return String(value === 0 ? 0 : value)
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('canonical JSON has no lone surrogates')
    return JSON.stringify(value)
  }
  if (typeof value !== 'object') throw new TypeError(`canonical JSON has no ${typeof value}`)
  if (depth >= maxDepth) throw new TypeError('canonical JSON is nested too deeply')
  if (Object.getOwnPropertySymbols(value).length > 0) throw new TypeError('canonical JSON has no symbols')
  const names = Object.getOwnPropertyNames(value)
  if (Array.isArray(value)) {
    // One name per element and `length`: a hole or an extra property changes the count.
    if (names.length !== value.length + 1) throw new TypeError('canonical JSON has no sparse arrays')
    return `[${value.map((element: unknown) => write(element, depth + 1)).join(',')}]`
  }
  if (!isPlain(value)) throw new TypeError('canonical JSON has plain objects only')
  const members = names.sort().map((name) => {
    const property = Object.getOwnPropertyDescriptor(value, name)
    if (property === undefined || !('value' in property) || property.enumerable !== true) throw new TypeError('canonical JSON has plain properties only')
    return `${write(name, depth + 1)}:${write(property.value, depth + 1)}`
  })
  return `{${members.join(',')}}`
}

/**
 * Canonical JSON text (RFC 8785, JSON Canonicalization Scheme) of a plain JSON value: members sorted by UTF-16 code
 * units, ECMAScript numbers, no white space.
 * Throws on anything that is not plain JSON: undefined, functions, class instances, accessors, sparse arrays, NaN,
 * lone surrogates, nesting beyond 64 levels.
 */
export const canonical = (value: unknown): string => write(value, 0)

/** UTF-8 bytes of the canonical text: what is hashed and sealed. */
export const canonicalBytes = (value: unknown): Bytes => utf8(canonical(value))

/**
 * Value of a text that must already be canonical, or undefined when it is not (also for duplicate keys, which
 * `JSON.parse` alone would hide).
 */
export const parseCanonical = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text)
    return canonical(value) === text ? value : undefined
  } catch {
    return undefined
  }
}

/** SHA-256 in lower-case hexadecimal. */
export const sha256Hex = (bytes: Uint8Array): string => hex(sha256(bytes))

/** SHA-256 of the canonical bytes of a value. */
export const canonicalHash = (value: unknown): string => sha256Hex(canonicalBytes(value))
