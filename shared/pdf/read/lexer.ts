import type { PdfDict, PdfName, PdfObject, PdfRef } from './objects.ts'

/** Thrown inside the reader only, and turned into a Result at its door: a file that is not sound PDF. */
export class PdfDamage extends Error {}

const damage = (): never => {
  throw new PdfDamage('damaged')
}

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x0c || byte === 0x00
/** ( ) < > [ ] { } / % */
const isDelimiter = (byte: number): boolean =>
  byte === 0x28 || byte === 0x29 || byte === 0x3c || byte === 0x3e || byte === 0x5b || byte === 0x5d || byte === 0x7b || byte === 0x7d || byte === 0x2f || byte === 0x25
const isRegular = (byte: number | undefined): byte is number => byte !== undefined && !isSpace(byte) && !isDelimiter(byte)
const hexValue = (byte: number | undefined): number => {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

const MAX_NESTING = 60
const MAX_TOKEN = 16_384

/** Reads PDF objects from bytes (ISO 32000-1, 7.2 and 7.3). Throws {@link PdfDamage} for everything unsound. */
export class Lexer {
  readonly #bytes: Uint8Array
  /** False for object streams: their strings have no place in the file, and they hold no references to streams. */
  readonly #placed: boolean
  at: number

  constructor(bytes: Uint8Array, at: number, placed = true) {
    this.#bytes = bytes
    this.#placed = placed
    this.at = at
  }

  skipSpace(): void {
    for (;;) {
      const byte = this.#bytes[this.at]
      if (byte === undefined) return
      if (isSpace(byte)) {
        this.at++
      } else if (byte === 0x25) {
        while (this.at < this.#bytes.length && this.#bytes[this.at] !== 0x0a && this.#bytes[this.at] !== 0x0d) this.at++
      } else {
        return
      }
    }
  }

  /** The next word of regular characters, without moving when there is none. */
  word(): string {
    const start = this.at
    while (isRegular(this.#bytes[this.at]) && this.at - start < MAX_TOKEN) this.at++
    let text = ''
    for (let i = start; i < this.at; i++) text += String.fromCharCode(this.#bytes[i] ?? 0)
    return text
  }

  keyword(expected: string): boolean {
    this.skipSpace()
    const start = this.at
    if (this.word() === expected) return true
    this.at = start
    return false
  }

  wholeNumber(): number {
    this.skipSpace()
    const text = this.word()
    if (!/^\d{1,15}$/.test(text)) damage()
    return Number(text)
  }

  object(depth = 0): PdfObject {
    if (depth > MAX_NESTING) damage()
    this.skipSpace()
    const byte = this.#bytes[this.at]
    switch (byte) {
      case undefined: return damage()
      case 0x2f: return this.#name()
      case 0x28: return this.#literal()
      case 0x5b: return this.#array(depth)
      case 0x3c: return this.#bytes[this.at + 1] === 0x3c ? this.#dict(depth) : this.#hex()
      default: return isDelimiter(byte) ? damage() : this.#wordObject()
    }
  }

  #wordObject(): PdfObject {
    const text = this.word()
    if (text === 'true') return true
    if (text === 'false') return false
    if (text === 'null') return null
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text) || text.length > 40) return damage()
    if (/^\d{1,10}$/.test(text)) {
      const reference = this.#reference(Number(text))
      if (reference !== null) return reference
    }
    return Number(text)
  }

  #reference(num: number): PdfRef | null {
    const start = this.at
    this.skipSpace()
    const gen = this.word()
    if (/^\d{1,5}$/.test(gen)) {
      this.skipSpace()
      if (this.word() === 'R') return { kind: 'ref', num, gen: Number(gen) }
    }
    this.at = start
    return null
  }

  #name(): PdfName {
    this.at++
    let name = ''
    for (let byte = this.#bytes[this.at]; isRegular(byte); byte = this.#bytes[this.at]) {
      if (name.length > 1000) damage()
      if (byte === 0x23) {
        const high = hexValue(this.#bytes[this.at + 1])
        const low = hexValue(this.#bytes[this.at + 2])
        if (high < 0 || low < 0) damage()
        name += String.fromCharCode(high * 16 + low)
        this.at += 3
      } else {
        name += String.fromCharCode(byte)
        this.at++
      }
    }
    return { kind: 'name', name }
  }

  #array(depth: number): PdfObject {
    this.at++
    const items: PdfObject[] = []
    for (;;) {
      this.skipSpace()
      if (this.#bytes[this.at] === 0x5d) {
        this.at++
        return { kind: 'array', items }
      }
      items.push(this.object(depth + 1))
    }
  }

  #dict(depth: number): PdfDict {
    this.at += 2
    const map = new Map<string, PdfObject>()
    let ambiguous = false
    for (;;) {
      this.skipSpace()
      if (this.#bytes[this.at] === 0x3e) {
        if (this.#bytes[this.at + 1] !== 0x3e) damage()
        this.at += 2
        return { kind: 'dict', map, ambiguous }
      }
      if (this.#bytes[this.at] !== 0x2f) damage()
      const { name } = this.#name()
      ambiguous ||= map.has(name)
      map.set(name, this.object(depth + 1))
    }
  }

  #hex(): PdfObject {
    const start = this.at++
    const out = new Uint8Array(Math.max(0, this.#closing() - this.at + 1) >> 1)
    let length = 0
    let half = -1
    for (;;) {
      const byte = this.#bytes[this.at++]
      if (byte === 0x3e) break
      if (byte === undefined) damage()
      if (byte !== undefined && isSpace(byte)) continue
      const value = hexValue(byte)
      if (value < 0) damage()
      if (half < 0) {
        half = value
      } else {
        out[length++] = half * 16 + value
        half = -1
      }
    }
    if (half >= 0) out[length++] = half * 16
    return { kind: 'string', bytes: out.subarray(0, length), hex: true, start: this.#placed ? start : -1, end: this.#placed ? this.at : -1 }
  }

  #closing(): number {
    const end = this.#bytes.indexOf(0x3e, this.at)
    return end < 0 ? damage() : end
  }

  #literal(): PdfObject {
    const start = this.at++
    const out: number[] = []
    for (let open = 1; ;) {
      const byte = this.#bytes[this.at++]
      if (byte === undefined) return damage()
      if (byte === 0x28) {
        open++
      } else if (byte === 0x29) {
        if (--open === 0) return { kind: 'string', bytes: Uint8Array.from(out), hex: false, start: this.#placed ? start : -1, end: this.#placed ? this.at : -1 }
      } else if (byte === 0x5c) {
        this.#escape(out)
        continue
      } else if (byte === 0x0d) {
        if (this.#bytes[this.at] === 0x0a) this.at++
        out.push(0x0a)
        continue
      }
      out.push(byte)
    }
  }

  #escape(out: number[]): void {
    const byte = this.#bytes[this.at++]
    if (byte === undefined) damage()
    const named = byte === undefined ? undefined : ({ 0x6e: 0x0a, 0x72: 0x0d, 0x74: 0x09, 0x62: 0x08, 0x66: 0x0c } as Readonly<Record<number, number>>)[byte]
    if (named !== undefined) {
      out.push(named)
    } else if (byte !== undefined && byte >= 0x30 && byte <= 0x37) {
      let value = byte - 0x30
      for (let i = 0; i < 2; i++) {
        const next = this.#bytes[this.at]
        if (next === undefined || next < 0x30 || next > 0x37) break
        value = value * 8 + next - 0x30
        this.at++
      }
      out.push(value & 0xff)
    } else if (byte === 0x0d) {
      if (this.#bytes[this.at] === 0x0a) this.at++
    } else if (byte !== undefined && byte !== 0x0a) {
      out.push(byte)
    }
  }

  /** Bytes of a stream whose dictionary was just read; null when no stream follows. `length` is null when it is unknown. */
  streamBytes(length: () => number | null): Uint8Array | null {
    if (!this.keyword('stream')) return null
    if (this.#bytes[this.at] === 0x0d) this.at++
    if (this.#bytes[this.at] !== 0x0a) damage()
    const start = this.at + 1
    const size = length()
    if (size === null || size < 0 || start + size > this.#bytes.length) return damage()
    this.at = start + size
    if (!this.keyword('endstream')) damage()
    return this.#bytes.subarray(start, start + size)
  }
}
