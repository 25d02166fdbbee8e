import type { Bytes } from '../kernel/bytes.ts'
import { sha256Hex } from '../kernel/canonical.ts'
import { err, ok } from '../kernel/result.ts'
import type { Result } from '../kernel/result.ts'
import type { Box } from './box.ts'
import type { Mac } from './keys.ts'

/** Plain bytes of one piece (mảnh) of a file: 1 MiB, the last one shorter. */
export const pieceBytes = 1_048_576

/**
 * Address of a piece on the disk: keyed hash of the plain piece's SHA-256, so that equal pieces are stored once and
 * nobody can tell from the disk whether it holds a file he knows.
 */
export const pieceAddress = (addresses: Mac, leaf: string): Promise<string> => addresses(leaf)

/** Encrypts a piece for its address. */
export const sealPiece = (pieces: Box, address: string, plain: Uint8Array): Promise<Bytes> => pieces.seal(`piece|${address}`, plain)

/** Decrypts a piece and compares it with the hash recorded in the dossier. */
export const openPiece = async (pieces: Box, address: string, box: Uint8Array, leaf: string): Promise<Result<Bytes, 'decrypt-failed'>> => {
  const plain = await pieces.open(`piece|${address}`, box)
  return plain !== null && sha256Hex(plain) === leaf ? ok(plain) : err('decrypt-failed')
}
