/**
 * Strict DER (ITU-T X.690): one accepted form for every value, so that no byte of a signature can be changed unnoticed.
 * Reading gives null for anything else; nothing throws.
 */
export interface Der {
  /** Identifier octet. Tag numbers above 30 are refused: neither CMS nor X.509 uses them. */
  readonly tag: number
  /** The whole encoding, header included. */
  readonly bytes: Uint8Array
  readonly content: Uint8Array
  /** Members of a constructed value, else empty. */
  readonly children: readonly Der[]
}

export const tags = {
  boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, null: 0x05, oid: 0x06, enumerated: 0x0a, utf8: 0x0c,
  sequence: 0x30, set: 0x31, printable: 0x13, teletex: 0x14, ia5: 0x16, utcTime: 0x17, generalizedTime: 0x18,
  universal: 0x1c, bmp: 0x1e,
} as const

/** Tag of a constructed context value `[n]`. */
export const context = (n: number): number => 0xa0 | n
/** Tag of a primitive context value `[n]`. */
export const primitiveContext = (n: number): number => 0x80 | n

const MAX_DEPTH = 40
const MAX_NODES = 200_000

interface Budget {
  nodes: number
}

const minimalInteger = (content: Uint8Array): boolean => {
  const [first, second] = content
  if (first === undefined) return false
  if (second === undefined) return true
  return !((first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80))
}

const soundOid = (content: Uint8Array): boolean => {
  if (content.length === 0 || (content.at(-1) ?? 0) >= 0x80) return false
  let start = true
  for (const byte of content) {
    if (start && byte === 0x80) return false
    start = byte < 0x80
  }
  return true
}

const soundBits = (content: Uint8Array): boolean => {
  const unused = content[0]
  if (unused === undefined || unused > 7) return false
  if (content.length === 1) return unused === 0
  return ((content.at(-1) ?? 0) & ((1 << unused) - 1)) === 0
}

const soundPrimitive = (tag: number, content: Uint8Array): boolean => {
  switch (tag) {
    case tags.boolean: return content.length === 1 && (content[0] === 0x00 || content[0] === 0xff)
    case tags.integer:
    case tags.enumerated: return minimalInteger(content)
    case tags.bitString: return soundBits(content)
    case tags.null: return content.length === 0
    case tags.oid: return soundOid(content)
    // SEQUENCE and SET must be constructed, so their primitive tags are errors; 0 would be "end of contents".
    case 0x00:
    case 0x10:
    case 0x11: return false
    default: return true
  }
}

const read = (bytes: Uint8Array, start: number, end: number, depth: number, budget: Budget): { readonly der: Der; readonly next: number } | null => {
  if (depth > MAX_DEPTH || --budget.nodes < 0) return null
  const tag = bytes[start]
  if (tag === undefined || start + 2 > end || (tag & 0x1f) === 0x1f) return null
  const head = definiteHead(bytes, start, end)
  if (head === null) return null
  const { content: contentStart, end: next } = head
  const content = bytes.subarray(contentStart, next)
  const children: Der[] = []
  if ((tag & 0x20) !== 0) {
    const universal = (tag & 0xc0) === 0
    if (universal && tag !== tags.sequence && tag !== tags.set) return null
    for (let at = contentStart; at < next;) {
      const child = read(bytes, at, next, depth + 1, budget)
      if (child === null) return null
      children.push(child.der)
      at = child.next
    }
  } else if (!soundPrimitive(tag, content)) {
    return null
  }
  return { der: { tag, bytes: bytes.subarray(start, next), content, children }, next }
}

/** Reads one value that fills `bytes` exactly; null when it is not strict DER. */
export const parseDer = (bytes: Uint8Array): Der | null => {
  const result = read(bytes, 0, bytes.length, 0, { nodes: MAX_NODES })
  return result !== null && result.next === bytes.length ? result.der : null
}

/** Reads the value at the start of `bytes` and ignores what follows. */
export const parseDerPrefix = (bytes: Uint8Array): Der | null => read(bytes, 0, bytes.length, 0, { nodes: MAX_NODES })?.der ?? null

/**
 * Rewrites a value with indefinite lengths (BER) as DER: some signing programs still write their container that way.
 * Definite lengths must be minimal all the same. null when the value at the start of `bytes` is neither.
 */
export const berAsDer = (bytes: Uint8Array): { readonly der: Uint8Array; readonly length: number } | null => {
  const result = rewrite(bytes, 0, bytes.length, 0, { nodes: MAX_NODES })
  return result === null ? null : { der: result.der, length: result.next }
}

const CONSTRUCTED_OCTETS = 0x24

const rewrite = (bytes: Uint8Array, start: number, end: number, depth: number, budget: Budget): { readonly der: Uint8Array; readonly next: number } | null => {
  if (depth > MAX_DEPTH || --budget.nodes < 0) return null
  const tag = bytes[start]
  if (tag === undefined || tag === 0 || start + 2 > end || (tag & 0x1f) === 0x1f) return null
  const constructed = (tag & 0x20) !== 0
  const indefinite = bytes[start + 1] === 0x80
  if (!constructed) {
    const whole = read(bytes, start, end, depth, budget)
    return whole === null ? null : { der: whole.der.bytes, next: whole.next }
  }
  const head = indefinite ? { content: start + 2, end } : definiteHead(bytes, start, end)
  if (head === null) return null
  const parts: Uint8Array[] = []
  let at = head.content
  for (; ;) {
    if (indefinite && bytes[at] === 0 && bytes[at + 1] === 0 && at + 2 <= end) {
      at += 2
      break
    }
    if (!indefinite && at === head.end) break
    const part = rewrite(bytes, at, head.end, depth + 1, budget)
    if (part === null) return null
    parts.push(part.der)
    at = part.next
  }
  if (tag !== CONSTRUCTED_OCTETS) return { der: encodeDer(tag, ...parts), next: at }
  const octets = parts.map((part) => parseDer(part))
  if (octets.some((part) => part?.tag !== tags.octetString)) return null
  return { der: encodeDer(tags.octetString, ...octets.flatMap((part) => (part === null ? [] : [part.content]))), next: at }
}

const definiteHead = (bytes: Uint8Array, start: number, end: number): { readonly content: number; readonly end: number } | null => {
  const first = bytes[start + 1] ?? 0
  if (first < 0x80) return start + 2 + first <= end ? { content: start + 2, end: start + 2 + first } : null
  const count = first & 0x7f
  if (count === 0 || count > 4 || start + 2 + count > end) return null
  let length = 0
  for (let i = 0; i < count; i++) length = length * 256 + (bytes[start + 2 + i] ?? 0)
  const content = start + 2 + count
  return length < 0x80 || length < 256 ** (count - 1) || content + length > end ? null : { content, end: content + length }
}

/** `1.2.840…` of an OBJECT IDENTIFIER, or null. */
export const oidOf = (der: Der | undefined): string | null => {
  if (der === undefined || der.tag !== tags.oid) return null
  const arcs: number[] = []
  let value = 0
  for (const byte of der.content) {
    value = value * 128 + (byte & 0x7f)
    if (value > Number.MAX_SAFE_INTEGER) return null
    if (byte < 0x80) {
      arcs.push(value)
      value = 0
    }
  }
  const first = arcs[0] ?? 0
  const root = Math.min(2, Math.floor(first / 40))
  return [root, first - 40 * root, ...arcs.slice(1)].join('.')
}

/** A non-negative INTEGER of any size, or null. */
export const integerOf = (der: Der | undefined): bigint | null => {
  if (der === undefined || der.tag !== tags.integer || (der.content[0] ?? 0x80) >= 0x80) return null
  return bigFromBytes(der.content)
}

export const bigFromBytes = (bytes: Uint8Array): bigint => {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex === '' ? 0n : BigInt(`0x${hex}`)
}

/** Bytes of a BIT STRING whose length is a whole number of octets, or null. */
export const octetsOfBits = (der: Der | undefined): Uint8Array | null =>
  der !== undefined && der.tag === tags.bitString && der.content[0] === 0 ? der.content.subarray(1) : null

const twoDigits = (text: string, at: number): number => Number(text.slice(at, at + 2))

/** UTCTime or GeneralizedTime (whole seconds, UTC) as `YYYY-MM-DDTHH:MM:SSZ`, or null. */
export const instantOf = (der: Der | undefined): string | null => {
  if (der === undefined) return null
  const text = String.fromCharCode(...der.content.subarray(0, 32))
  let digits: string
  if (der.tag === tags.utcTime && /^\d{12}Z$/.test(text)) digits = (twoDigits(text, 0) >= 50 ? '19' : '20') + text.slice(0, 12)
  else if (der.tag === tags.generalizedTime && /^\d{14}(?:\.\d*[1-9])?Z$/.test(text)) digits = text.slice(0, 14)
  else return null
  const month = twoDigits(digits, 4)
  const day = twoDigits(digits, 6)
  if (month < 1 || month > 12 || day < 1 || day > 31 || twoDigits(digits, 8) > 23 || twoDigits(digits, 10) > 59 || twoDigits(digits, 12) > 59) return null
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}T${digits.slice(8, 10)}:${digits.slice(10, 12)}:${digits.slice(12, 14)}Z`
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Writes one value: tag, minimal length, content parts one after the other. */
export const encodeDer = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const head = [tag]
  if (length < 0x80) {
    head.push(length)
  } else {
    const octets: number[] = []
    for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
    head.push(0x80 | octets.length, ...octets)
  }
  const out = new Uint8Array(head.length + length)
  out.set(head)
  let at = head.length
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** SET OF in DER order. */
export const encodeSetOf = (members: readonly Uint8Array[], tag: number = tags.set): Uint8Array => encodeDer(tag, ...members.toSorted(compareBytes))

const compareBytes = (a: Uint8Array, b: Uint8Array): number => {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

export const encodeOid = (oid: string): Uint8Array => {
  const [first = 0, second = 0, ...rest] = oid.split('.').map(Number)
  const content: number[] = []
  for (const arc of [first * 40 + second, ...rest]) {
    const octets = [arc % 128]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) octets.unshift(0x80 | (left % 128))
    content.push(...octets)
  }
  return encodeDer(tags.oid, Uint8Array.from(content))
}

/** A small non-negative INTEGER, or one from big-endian bytes. */
export const encodeInteger = (value: number | Uint8Array): Uint8Array => {
  let bytes: Uint8Array
  if (typeof value === 'number') {
    const octets: number[] = []
    for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
    bytes = Uint8Array.from(octets)
  } else {
    const start = value.findIndex((byte) => byte !== 0)
    bytes = start < 0 ? new Uint8Array(0) : value.subarray(start)
  }
  return (bytes[0] ?? 0x80) >= 0x80 ? encodeDer(tags.integer, Uint8Array.of(0), bytes) : encodeDer(tags.integer, bytes)
}

export const encodeNull = (): Uint8Array => encodeDer(tags.null)
