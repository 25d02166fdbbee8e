import { err, ok } from '../../../shared/kernel/result.ts'
import type { Result } from '../../../shared/kernel/result.ts'
import type { Store } from '../../store/api.ts'

const piece = 1_048_576

/** Reads the bytes of an evidence file from `from` up to `to`, one piece after the other; stops when asked to. */
export const readPieces = async (store: Store, dossier: string, evidence: string, from: number, to: number, stop?: AbortSignal): Promise<Result<Uint8Array<ArrayBuffer>>> => {
  const whole = new Uint8Array(to - from)
  let at = 0
  while (at < whole.length) {
    if (stop?.aborted === true) return err('cancelled')
    const read = await store.readEvidence(dossier, evidence, from + at, Math.min(piece, whole.length - at))
    if (!read.ok) return read
    if (read.value.length === 0) return err('not-found')
    whole.set(read.value.subarray(0, whole.length - at), at)
    at += read.value.length
  }
  return ok(whole)
}
