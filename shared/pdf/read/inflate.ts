/**
 * DEFLATE in a zlib wrapper (RFC 1950, 1951), with a bound on what comes out, so that a small hostile file cannot fill the memory.
 * Returns null when the data is damaged, its checksum is wrong, or it would exceed `limit` bytes.
 */
export const inflateZlib = (data: Uint8Array, limit: number): Uint8Array | null => {
  const [cmf = 0, flags = 0] = data
  if (data.length < 6 || (cmf & 15) !== 8 || (cmf * 256 + flags) % 31 !== 0 || (flags & 32) !== 0) return null
  const state = new Inflater(data.subarray(2), limit)
  const out = state.run()
  if (out === null) return null
  const at = 2 + state.consumed()
  const sum = (((data[at] ?? 0) << 24) | ((data[at + 1] ?? 0) << 16) | ((data[at + 2] ?? 0) << 8) | (data[at + 3] ?? 0)) >>> 0
  return at + 4 <= data.length && sum === adler32(out) ? out : null
}

export const adler32 = (bytes: Uint8Array): number => {
  let a = 1
  let b = 0
  for (let i = 0; i < bytes.length;) {
    for (const end = Math.min(i + 3000, bytes.length); i < end; i++) {
      a += bytes[i] ?? 0
      b += a
    }
    a %= 65521
    b %= 65521
  }
  return ((b << 16) | a) >>> 0
}

interface Huffman {
  readonly counts: Uint16Array
  readonly symbols: Uint16Array
}

const lengthBase = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const distanceBase = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577]
const codeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

/** Canonical Huffman table; null when the lengths claim more codes than there are. */
const huffman = (lengths: Uint8Array): Huffman | null => {
  const counts = new Uint16Array(16)
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1
  counts[0] = 0
  const offsets = new Uint16Array(17)
  let left = 1
  for (let length = 1; length < 16; length++) {
    left = left * 2 - (counts[length] ?? 0)
    if (left < 0) return null
    offsets[length + 1] = (offsets[length] ?? 0) + (counts[length] ?? 0)
  }
  const symbols = new Uint16Array(lengths.length)
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue
    symbols[offsets[length] ?? 0] = symbol
    offsets[length] = (offsets[length] ?? 0) + 1
  }
  return { counts, symbols }
}

const fixedLengths = Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))
const fixedDistances = new Uint8Array(30).fill(5)

class Inflater {
  readonly #data: Uint8Array
  readonly #limit: number
  #out: Uint8Array
  #length = 0
  #at = 0
  #bits = 0
  #count = 0
  #broken = false

  constructor(data: Uint8Array, limit: number) {
    this.#data = data
    this.#limit = limit
    this.#out = new Uint8Array(Math.min(limit, Math.max(1024, data.length * 4)))
  }

  consumed(): number {
    return this.#at - (this.#count >> 3)
  }

  run(): Uint8Array | null {
    for (let last = false; !last;) {
      last = this.#take(1) === 1
      const kind = this.#take(2)
      if (this.#broken) return null
      const sound = kind === 0 ? this.#stored() : kind === 1 ? this.#codes(huffman(fixedLengths), huffman(fixedDistances)) : kind === 2 && this.#dynamic()
      if (!sound) return null
    }
    return this.#out.subarray(0, this.#length)
  }

  #take(count: number): number {
    while (this.#count < count) {
      const byte = this.#data[this.#at]
      if (byte === undefined) {
        this.#broken = true
        return 0
      }
      this.#at++
      this.#bits |= byte << this.#count
      this.#count += 8
    }
    const value = this.#bits & ((1 << count) - 1)
    this.#bits >>>= count
    this.#count -= count
    return value
  }

  #room(size: number): boolean {
    const needed = this.#length + size
    if (needed > this.#limit) return false
    if (needed > this.#out.length) {
      const grown = new Uint8Array(Math.min(this.#limit, Math.max(needed, this.#out.length * 2)))
      grown.set(this.#out.subarray(0, this.#length))
      this.#out = grown
    }
    return true
  }

  #stored(): boolean {
    this.#at -= this.#count >> 3
    this.#bits = 0
    this.#count = 0
    const size = this.#take(16)
    const check = this.#take(16)
    if (this.#broken || (size ^ check) !== 0xffff || this.#at + size > this.#data.length || !this.#room(size)) return false
    this.#out.set(this.#data.subarray(this.#at, this.#at + size), this.#length)
    this.#at += size
    this.#length += size
    return true
  }

  #symbol(table: Huffman): number {
    let code = 0
    let first = 0
    let index = 0
    for (let length = 1; length < 16; length++) {
      code |= this.#take(1)
      if (this.#broken) return -1
      const count = table.counts[length] ?? 0
      if (code - count < first) return table.symbols[index + (code - first)] ?? -1
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    return -1
  }

  #dynamic(): boolean {
    const literals = this.#take(5) + 257
    const distances = this.#take(5) + 1
    const codes = this.#take(4) + 4
    const lengths = new Uint8Array(320)
    for (let i = 0; i < codes; i++) lengths[codeOrder[i] ?? 0] = this.#take(3)
    const table = huffman(lengths.subarray(0, 19))
    if (this.#broken || table === null || literals > 286 || distances > 30) return false
    lengths.fill(0)
    for (let i = 0; i < literals + distances;) {
      const symbol = this.#symbol(table)
      if (symbol < 0) return false
      if (symbol < 16) {
        lengths[i++] = symbol
        continue
      }
      const value = symbol === 16 ? lengths[i - 1] : 0
      let times = symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7)
      if (this.#broken || value === undefined || i + times > literals + distances) return false
      while (times-- > 0) lengths[i++] = value
    }
    if (lengths[256] === 0) return false
    return this.#codes(huffman(lengths.subarray(0, literals)), huffman(lengths.subarray(literals, literals + distances)))
  }

  #codes(literals: Huffman | null, distances: Huffman | null): boolean {
    if (literals === null || distances === null) return false
    for (;;) {
      const symbol = this.#symbol(literals)
      if (symbol < 0) return false
      if (symbol === 256) return true
      if (symbol < 256) {
        if (!this.#room(1)) return false
        this.#out[this.#length++] = symbol
        continue
      }
      const base = lengthBase[symbol - 257]
      if (base === undefined) return false
      const length = base + this.#take(lengthExtra[symbol - 257] ?? 0)
      const code = this.#symbol(distances)
      const from = distanceBase[code]
      if (from === undefined) return false
      const distance = from + this.#take(code < 2 ? 0 : (code >> 1) - 1)
      if (this.#broken || distance > this.#length || !this.#room(length)) return false
      for (let i = 0; i < length; i++) {
        this.#out[this.#length] = this.#out[this.#length - distance] ?? 0
        this.#length++
      }
    }
  }
}
