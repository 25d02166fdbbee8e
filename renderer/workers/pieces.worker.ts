import type { FileSums } from '../../shared/vault/file-sums.ts'
import { cutFile } from '../store/cut.ts'
import type { CutPiece } from '../store/cut.ts'
import type { PieceKeys } from '../store/web-keys.ts'

/** What comes back for every message: a piece, the sums after the last one, or that the file could not be read. */
export type CutAnswer =
  | { readonly is: 'piece'; readonly piece: CutPiece }
  | { readonly is: 'end'; readonly sums: FileSums }
  | { readonly is: 'failed' }

let cutting: AsyncGenerator<CutPiece, FileSums> | null = null

const next = async (): Promise<CutAnswer> => {
  if (cutting === null) return { is: 'failed' }
  try {
    const step = await cutting.next()
    return step.done === true ? { is: 'end', sums: step.value } : { is: 'piece', piece: step.value }
  } catch {
    return { is: 'failed' }
  }
}

// The first message brings file and keys, every other one asks for the next piece.
addEventListener('message', (event: MessageEvent<{ readonly file: Blob; readonly keys: PieceKeys } | 'next'>) => {
  if (event.data !== 'next') cutting = cutFile(event.data.file, event.data.keys, crypto)
  void next().then((answer) => postMessage(answer))
})
