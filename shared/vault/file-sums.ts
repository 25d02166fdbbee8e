import { sha256 } from '@noble/hashes/sha2.js'
import { hex } from '../kernel/bytes.ts'
import { crc32 } from '../kernel/crc32.ts'

/** What a dossier records of a file's bytes (mã kiểm của tệp). */
export interface FileSums {
  readonly size: number
  readonly sha256: string
  readonly crc32: number
  /** SHA-256 of each 1 MiB piece. */
  readonly leaves: readonly string[]
}

/** Sums of a file that passes by in pieces of 1 MiB, in order; nothing of it is kept. */
export const createFileSums = (): {
  /** Takes the next piece; `leaf` is its SHA-256 when the platform already computed it. */
  readonly add: (piece: Uint8Array, leaf?: string) => string
  readonly end: () => FileSums
} => {
  const whole = sha256.create()
  const leaves: string[] = []
  let size = 0
  let crc = 0
  return {
    add: (piece, leaf = hex(sha256(piece))) => {
      whole.update(piece)
      crc = crc32(piece, crc)
      size += piece.length
      leaves.push(leaf)
      return leaf
    },
    end: () => ({ size, sha256: hex(whole.digest()), crc32: crc, leaves }),
  }
}
