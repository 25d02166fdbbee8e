import { PDFDataRangeTransport, PDFWorker, getDocument } from 'pdfjs-dist'
import type { PDFDocumentLoadingTask } from 'pdfjs-dist'
import type { Result } from '../../../shared/kernel/result.ts'

/** Reads a stretch of the file, both ends given. */
export type ReadRange = (from: number, to: number) => Promise<Result<Uint8Array<ArrayBuffer>>>

const chunk = 262_144

/** Hands pdf.js the stretches it asks for, so that a large file is never wholly in memory. */
class Transport extends PDFDataRangeTransport {
  readonly #read: ReadRange
  readonly #onFault: () => void
  #stopped = false

  constructor(length: number, read: ReadRange, onFault: () => void) {
    super(length, null)
    this.#read = read
    this.#onFault = onFault
  }

  override requestDataRange(begin: number, end: number): void {
    void this.#read(begin, end).then((bytes) => {
      if (this.#stopped) return
      if (bytes.ok) this.onDataRange(begin, bytes.value)
      else this.#onFault()
    })
  }

  override abort(): void {
    this.#stopped = true
  }
}

/** One worker for all files: one per file would have to wait until the worker before has ended. */
let worker: PDFWorker | null = null

/** Opens a PDF for looking at. Its scripts are never run, nothing is fetched, decoders stay plain JavaScript for the content policy. */
export const openPdf = (size: number, read: ReadRange, onFault: () => void): PDFDocumentLoadingTask => {
  worker ??= PDFWorker.create({ verbosity: 0, port: new Worker(new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url), { type: 'module' }) })
  return getDocument({
    worker,
    range: new Transport(size, read, onFault),
    rangeChunkSize: chunk,
    disableAutoFetch: true,
    disableStream: true,
    disableWorkerRendering: true,
    useWasm: false,
    wasmUrl: new URL('pdf-decoders/', document.baseURI).href,
    enableXfa: false,
    verbosity: 0,
  })
}

