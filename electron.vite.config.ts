import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import mantinePreset from 'postcss-preset-mantine'
import simpleVars from 'postcss-simple-vars'
import { chromiumFloor } from './electron/policy/browsers.ts'
import { noncePlaceholder } from './electron/policy/content-policy.ts'
import { assetMap } from './scripts/lib/asset-map.ts'
import { pdfDecoders } from './scripts/lib/pdf-decoders.ts'

const root = import.meta.dirname
const at = (...parts: string[]): string => path.join(root, ...parts)

const breakpoints = {
  'mantine-breakpoint-xs': '36em',
  'mantine-breakpoint-sm': '48em',
  'mantine-breakpoint-md': '62em',
  'mantine-breakpoint-lg': '75em',
  'mantine-breakpoint-xl': '88em',
}

/** The spreadsheet libraries zip in workers made of text, which the content policy forbids: ours does it on the spot. Nobody else's `fflate` is touched. */
const spreadsheetZip = {
  name: 'luong-gia:spreadsheet-zip',
  enforce: 'pre' as const,
  resolveId: (source: string, importer: string | undefined): string | null =>
    source === 'fflate' && /[\\/](write|read)-excel-file[\\/]/.test(importer ?? '') ? at('renderer', 'ui', 'spreadsheet', 'zip.ts') : null,
}

export default defineConfig({
  main: {
    build: {
      outDir: at('out', 'main'),
      // Everything is bundled, so the package carries no node_modules and the bridge starts on plain Node.
      externalizeDeps: false,
      sourcemap: false,
      rolldownOptions: {
        input: { index: at('electron', 'main', 'index.ts'), bridge: at('electron', 'bridge', 'index.ts') },
        external: ['electron', 'bufferutil', 'utf-8-validate'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out', 'preload'),
      externalizeDeps: false,
      sourcemap: false,
      rolldownOptions: {
        input: { index: at('electron', 'preload', 'index.ts') },
        external: ['electron'],
        // A sandboxed window loads one CommonJS file; the ending keeps Node from taking it for a module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react(), pdfDecoders(at('node_modules')), assetMap(), spreadsheetZip],
    html: { cspNonce: noncePlaceholder },
    css: { postcss: { plugins: [mantinePreset(), simpleVars({ variables: breakpoints })] } },
    worker: { format: 'es' },
    build: {
      outDir: at('out', 'renderer'),
      target: `chrome${chromiumFloor}`,
      sourcemap: false,
      // The content policy knows no data: fonts and no inline scripts.
      assetsInlineLimit: 0,
      minify: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: at('renderer', 'index.html') },
    },
  },
})
