import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { resolveConfig } from 'electron-vite'
import { build } from 'vite'
import { root } from './sources.ts'

/** Builds parts of the product as `npm run build` does, into a temporary folder that the caller removes. */
export const buildInto = async (...parts: readonly ('main' | 'preload' | 'renderer')[]): Promise<string> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'luong-gia-built-'))
  const { config } = await resolveConfig({ root, configFile: path.join(root, 'electron.vite.config.ts'), logLevel: 'silent' }, 'build', 'production')
  for (const part of parts) {
    const settings = config?.[part]
    if (settings === undefined) throw new Error(`electron.vite.config.ts has no ${part}`)
    await build({ ...settings, configFile: false, logLevel: 'silent', build: { ...settings.build, outDir: path.join(folder, part), emptyOutDir: true } })
  }
  return folder
}
