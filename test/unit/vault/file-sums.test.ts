import { createHash, randomBytes } from 'node:crypto'
import { crc32 as nodeCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32 } from '../../../shared/kernel/crc32.ts'
import { createFileSums } from '../../../shared/vault/file-sums.ts'
import { pieceBytes } from '../../../shared/vault/pieces.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('sums of a file', () => {
  it('are those of the whole file and of each piece, whatever the size', () => {
    for (const size of [0, 1, 7, 8, 9, pieceBytes - 1, pieceBytes, pieceBytes + 1, 2 * pieceBytes, 2_500_001]) {
      const bytes = new Uint8Array(randomBytes(size))
      const sums = createFileSums()
      const leaves: string[] = []
      for (let start = 0; start < size; start += pieceBytes) {
        const piece = bytes.subarray(start, start + pieceBytes)
        leaves.push(sha256(piece))
        expect(sums.add(piece)).toBe(leaves.at(-1))
      }
      expect(sums.end()).toEqual({ size, sha256: sha256(bytes), crc32: nodeCrc32(bytes), leaves })
    }
  })

  it('take the platform\'s hash of a piece as it is', () => {
    const sums = createFileSums()
    expect(sums.add(Uint8Array.of(1), 'a'.repeat(64))).toBe('a'.repeat(64))
    expect(sums.end().leaves).toEqual(['a'.repeat(64)])
  })

  it('CRC-32 goes on over pieces cut anywhere', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
      expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(nodeCrc32(bytes))
    }))
  })
})
