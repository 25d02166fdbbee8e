import { fromBase64 } from '../../shared/kernel/base64.ts'
import { err, ok } from '../../shared/kernel/result.ts'
import type { Result } from '../../shared/kernel/result.ts'
import type { FileSums } from '../../shared/vault/file-sums.ts'
import { openPiece, pieceAddress, pieceBytes } from '../../shared/vault/pieces.ts'
import type { Progress } from './api.ts'
import type { StorePorts } from './ports.ts'
import type { Session } from './session.ts'

/** Where the bytes of a stored file are: the pieces' hashes, in order, and its length. */
export interface StoredFile {
  readonly size: number
  readonly leaves: readonly string[]
}

export interface Pieces {
  /** Cuts, encrypts and stores a file on the host; its sums once every piece is flushed to the disk, and how many pieces were not there yet. */
  readonly put: (session: Session, file: Blob, options: { readonly onProgress: (p: Progress) => void; readonly signal: AbortSignal }) => Promise<Result<FileSums & { readonly fresh: number }>>
  /** Plain bytes from `offset`, at most `length`, every piece checked against its hash. Faults: `not-found`, `blob-damaged`, `decrypt-failed`. */
  readonly read: (session: Session, file: StoredFile, offset: number, length: number) => Promise<Result<Uint8Array<ArrayBuffer>>>
  readonly clear: () => void
}

/** Pieces on their way to the host at once, and plain pieces kept for the next range. */
const underway = 3
const keptPieces = 4

/** Evidence and signed reports in encrypted pieces on the host (mảnh chứng cứ); see docs/adr/0007. */
export const createPieces = (ports: StorePorts): Pieces => {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>()

  const put: Pieces['put'] = async (session, file, { onProgress, signal }) => {
    const stopped = (): Result<never> | null => {
      if (session.closed.aborted) return err('locked')
      return signal.aborted ? err('cancelled') : null
    }
    const total = file.size
    let done = 0
    let fresh = 0
    let failed: Result<never> | null = stopped()
    if (failed !== null) return failed
    onProgress({ done, total })
    const sending = new Set<Promise<void>>()
    const cut = ports.cut(file, session.vault.keys.forPieces)
    try {
      for (;;) {
        const step = await cut.next()
        if (step.done === true) {
          await Promise.all(sending)
          return failed ?? stopped() ?? ok({ ...step.value, fresh })
        }
        const { address, text, size } = step.value
        const one = ports.host.call('blob.put', { address, bytes: text }).then((reply) => {
          if (!reply.ok) failed ??= reply
          else if (!reply.value.existed) fresh += 1
          done += size
          if (failed === null && !signal.aborted) onProgress({ done, total })
        })
        const tracked = one.finally(() => sending.delete(tracked))
        sending.add(tracked)
        if (sending.size >= underway) await Promise.race(sending)
        failed ??= stopped()
        if (failed !== null) {
          await Promise.all(sending)
          return failed
        }
      }
    } catch {
      // The file was moved, changed or taken away (a drive unplugged) while it was read.
      return failed ?? stopped() ?? err('file-unreadable')
    } finally {
      await cut.return({ size: 0, sha256: '', crc32: 0, leaves: [] }).catch(() => undefined)
    }
  }

  const piece = async (session: Session, leaf: string): Promise<Result<Uint8Array<ArrayBuffer>>> => {
    const { keys } = session.vault
    const address = await pieceAddress(keys.addresses, leaf)
    const there = kept.get(address)
    if (there !== undefined) return ok(there)
    const reply = await ports.host.call('blob.get', { address })
    if (!reply.ok) return reply
    const box = fromBase64(reply.value.bytes)
    const plain = box === null ? err('decrypt-failed') : await openPiece(keys.pieces, address, box, leaf)
    if (!plain.ok) return plain
    if (session.closed.aborted) return err('locked')
    kept.set(address, plain.value)
    for (const oldest of kept.keys()) {
      if (kept.size <= keptPieces) break
      kept.delete(oldest)
    }
    return plain
  }

  const read: Pieces['read'] = async (session, file, offset, length) => {
    const start = Math.min(Math.max(0, offset), file.size)
    const end = Math.min(file.size, start + Math.max(0, length))
    const bytes = new Uint8Array(end - start)
    for (let index = Math.floor(start / pieceBytes); index * pieceBytes < end; index += 1) {
      const leaf = file.leaves[index]
      if (leaf === undefined) return err('not-found')
      const plain = await piece(session, leaf)
      if (!plain.ok) return plain
      const from = Math.max(start, index * pieceBytes)
      const to = Math.min(end, (index + 1) * pieceBytes)
      bytes.set(plain.value.subarray(from - index * pieceBytes, to - index * pieceBytes), from - start)
    }
    return ok(bytes)
  }

  return { put, read, clear: () => kept.clear() }
}
