import { deflateSync, inflateSync } from 'node:zlib'

// PNG of a screen with few colours: RGB or RGBA in, a palette of at most 256 colours out (PNG, second edition, clauses 9, 10 and 11).

interface Picture {
  readonly width: number
  readonly height: number
  /** Three bytes a pixel. */
  readonly rgb: Uint8Array
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

const paeth = (a: number, b: number, c: number): number => {
  const p = a + b - c
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)]
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c
}

/** Reads a PNG of eight bits a channel, colour type 2 or 6, not interlaced, as browsers write it; transparency is dropped. */
const readPng = (bytes: Buffer): Picture => {
  const width = bytes.readUInt32BE(16)
  const height = bytes.readUInt32BE(20)
  const channels = bytes[25] === 6 ? 4 : 3
  if (!bytes.subarray(0, 8).equals(signature) || bytes[24] !== 8 || (bytes[25] !== 2 && bytes[25] !== 6) || bytes[28] !== 0) throw new Error('not a PNG as browsers write it')
  const parts: Buffer[] = []
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at)
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const raw = inflateSync(Buffer.concat(parts))
  const line = width * channels
  const plain = new Uint8Array(line * height)
  const rgb = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (line + 1)] ?? 0
    for (let x = 0; x < line; x++) {
      const here = raw[y * (line + 1) + 1 + x] ?? 0
      const left = x < channels ? 0 : (plain[y * line + x - channels] ?? 0)
      const up = y === 0 ? 0 : (plain[(y - 1) * line + x] ?? 0)
      const corner = y === 0 || x < channels ? 0 : (plain[(y - 1) * line + x - channels] ?? 0)
      const guess = filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : filter === 4 ? paeth(left, up, corner) : 0
      plain[y * line + x] = (here + guess) & 255
    }
  }
  for (let i = 0; i < width * height; i++) for (let c = 0; c < 3; c++) rgb[i * 3 + c] = plain[i * channels + c] ?? 0
  return { width, height, rgb }
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = (c & 1) === 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  let crc = 0xffffffff
  for (const byte of body) crc = (crcTable[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8)
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 4)
  return out
}

/** The most frequent colour of each of the fullest cells of a coarse grid over all colours: flat areas keep their exact colour. */
const choosePalette = (counts: ReadonlyMap<number, number>): readonly number[] => {
  const cells = new Map<number, { sum: number; colour: number; most: number }>()
  for (const [colour, count] of counts) {
    const key = ((colour >> 19) << 10) | (((colour >> 11) & 31) << 5) | ((colour >> 3) & 31)
    const cell = cells.get(key) ?? { sum: 0, colour, most: 0 }
    cell.sum += count
    if (count > cell.most) Object.assign(cell, { colour, most: count })
    cells.set(key, cell)
  }
  return [...cells.values()].toSorted((a, b) => b.sum - a.sum).slice(0, 256).map((cell) => cell.colour)
}

const distance = (a: number, b: number): number => ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2

/** The same picture with at most 256 colours, which for a screen is a third of the size and looks the same. */
export const palettePng = (png: Buffer): Buffer => {
  const { width, height, rgb } = readPng(png)
  const colourAt = (i: number): number => ((rgb[i * 3] ?? 0) << 16) | ((rgb[i * 3 + 1] ?? 0) << 8) | (rgb[i * 3 + 2] ?? 0)
  const counts = new Map<number, number>()
  for (let i = 0; i < width * height; i++) counts.set(colourAt(i), (counts.get(colourAt(i)) ?? 0) + 1)
  const palette = counts.size <= 256 ? [...counts.keys()] : choosePalette(counts)
  const indexOf = new Map<number, number>()
  for (const colour of counts.keys()) {
    let best = 0
    for (let i = 1; i < palette.length; i++) if (distance(colour, palette[i] ?? 0) < distance(colour, palette[best] ?? 0)) best = i
    indexOf.set(colour, best)
  }
  const lines = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) lines[y * (width + 1) + 1 + x] = indexOf.get(colourAt(y * width + x)) ?? 0
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  return Buffer.concat([signature, chunk('IHDR', head), chunk('PLTE', colours), chunk('IDAT', deflateSync(lines, { level: 9 })), chunk('IEND', new Uint8Array())])
}
