import { sha256 } from '@noble/hashes/sha2.js'
import { hex } from '../../shared/kernel/bytes.ts'
import { err, ok } from '../../shared/kernel/result.ts'
import type { Result } from '../../shared/kernel/result.ts'
import type { HostClient } from '../../shared/host/contract.ts'
import { pieceBytes } from '../../shared/vault/pieces.ts'
import type { SavedFile } from './api.ts'
import { base64 } from './cut.ts'

/** Part of the platform's AbortSignal; a plain object does as well. */
interface Stop {
  readonly aborted: boolean
}

/**
 * Saves what `parts` gives, in order, through the host (lưu tệp), which reads it back and compares before it counts.
 * Null when the person closed the dialogue. Faults: those of `file.*` and of the parts; nothing half-written stays behind.
 */
export const saveParts = async (
  host: HostClient, file: { readonly name: string; readonly mime: string }, parts: AsyncIterable<Result<Uint8Array>> | Iterable<Result<Uint8Array>>, stop: Stop, onPart: (bytes: number) => void,
): Promise<Result<SavedFile | null>> => {
  const opened = await host.call('file.open', file)
  if (!opened.ok) return opened.fault.code === 'cancelled' ? ok(null) : opened
  const { session } = opened.value
  const whole = sha256.create()
  const abandon = async <T>(fault: T): Promise<T> => {
    await host.call('file.commit', { session, sha256: null })
    return fault
  }
  for await (const part of parts) {
    if (!part.ok) return abandon(part)
    if (stop.aborted) return abandon(err('cancelled'))
    whole.update(part.value)
    const written = await host.call('file.write', { session, bytes: base64(part.value) })
    if (!written.ok) return abandon(written)
    onPart(part.value.length)
  }
  if (stop.aborted) return abandon(err('cancelled'))
  const committed = await host.call('file.commit', { session, sha256: hex(whole.digest()) })
  return committed.ok ? ok({ ...committed.value, session }) : committed
}

/** Bytes in memory as parts for `saveParts`. */
export function* partsOf(bytes: Uint8Array): Generator<Result<Uint8Array>> {
  for (let start = 0; start < bytes.length; start += pieceBytes) yield ok(bytes.subarray(start, start + pieceBytes))
}
