import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'

const decoders = ['jbig2_nowasm_fallback.js', 'openjpeg_nowasm_fallback.js'] as const

/**
 * Puts pdf.js's decoders of JBIG2 and JPEG 2000 (most scanned documents) beside the page under `pdf-decoders/`: the worker
 * asks for them by these names, and the content policy leaves it no WebAssembly. `modules` is the folder node_modules; this file
 * is bundled into the build's configuration, so it cannot find it by its own place.
 */
export const pdfDecoders = (modules: string): Plugin => ({
  name: 'luong-gia:pdf-decoders',
  apply: 'build',
  generateBundle() {
    for (const name of decoders) {
      this.emitFile({ type: 'asset', fileName: `pdf-decoders/${name}`, source: readFileSync(path.join(modules, 'pdfjs-dist', 'wasm', name), 'utf8') })
    }
  },
})
