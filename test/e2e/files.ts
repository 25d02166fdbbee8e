import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { crc32, deflateSync } from 'node:zlib'

const chunk = (kind: string, body: Buffer): Buffer => {
  const tagged = Buffer.concat([Buffer.from(kind, 'latin1'), body])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(tagged))
  return Buffer.concat([length, tagged, sum])
}

/** A picture of one colour. */
export const makePng = (width: number, height: number): Buffer => {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // Eight bits, red, green and blue.
  head.set([8, 2, 0, 0, 0], 8)
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from([35, 95, 86]))])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => line)))), chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Writes a file of `megabytes` MiB in which no two MiB are alike, and gives its SHA-256. */
export const makeLargeFile = async (file: string, megabytes: number): Promise<string> => {
  const whole = createHash('sha256')
  const handle = await open(file, 'w')
  try {
    const part = Buffer.alloc(1_048_576)
    for (let at = 0; at < part.length; at += 4) part.writeUInt32LE(Math.imul(at + 1, 2_654_435_761) >>> 0, at)
    for (let n = 0; n < megabytes; n += 1) {
      part.writeUInt32LE(n, 0)
      whole.update(part)
      await handle.write(part)
    }
  } finally {
    await handle.close()
  }
  return whole.digest('hex')
}
