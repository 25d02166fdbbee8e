import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'

const decoders = ['jbig2_nowasm_fallback.js', 'openjpeg_nowasm_fallback.js'] as const

/**
 * Puts pdf.js's decoders of JBIG2 and JPEG 2000 (most scanned documents) beside the page under `pdf-decoders/`: the worker
 * asks for them by these names, and the content policy leaves it no WebAssembly.
 */
export const pdfDecoders = (): Plugin => ({
  name: 'luong-gia:pdf-decoders',
  apply: 'build',
  generateBundle() {
    for (const name of decoders) {
      this.emitFile({ type: 'asset', fileName: `pdf-decoders/${name}`, source: readFileSync(path.join(import.meta.dirname, '../../node_modules/pdfjs-dist/wasm', name), 'utf8') })
    }
  },
})
