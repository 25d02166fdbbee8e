import { toBase64 } from '../../shared/kernel/base64.ts'
import { hex } from '../../shared/kernel/bytes.ts'
import { createFileSums } from '../../shared/vault/file-sums.ts'
import type { FileSums } from '../../shared/vault/file-sums.ts'
import { pieceAddress, pieceBytes, sealPiece } from '../../shared/vault/pieces.ts'
import { boxAndMac } from './web-keys.ts'
import type { PieceKeys } from './web-keys.ts'

/** One encrypted piece ready for the host. */
export interface CutPiece {
  readonly address: string
  /** The box as base64, as it crosses the door. */
  readonly text: string
  /** Plain bytes in it. */
  readonly size: number
}

/** Engines from 2025 on encode faster than a table can. */
export const base64 = (bytes: Uint8Array): string => ('toBase64' in bytes && typeof bytes.toBase64 === 'function' ? String(bytes.toBase64()) : toBase64(bytes))

/**
 * Reads a file in pieces of 1 MiB, hashes and encrypts each (cắt tệp thành mảnh). Holds one piece at a time and reads the next
 * only when asked; the sums come at the end.
 */
export async function* cutFile(file: Blob, keys: PieceKeys, crypto: Crypto): AsyncGenerator<CutPiece, FileSums> {
  const { pieces, addresses } = boxAndMac(crypto, keys)
  const sums = createFileSums()
  for (let start = 0; start < file.size; start += pieceBytes) {
    const plain = new Uint8Array(await file.slice(start, start + pieceBytes).arrayBuffer())
    const leaf = sums.add(plain, hex(new Uint8Array(await crypto.subtle.digest('SHA-256', plain))))
    const address = await pieceAddress(addresses, leaf)
    yield { address, text: base64(await sealPiece(pieces, address, plain)), size: plain.length }
  }
  return sums.end()
}
