import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'
import { mediaTypes, type Asset } from '../../electron/policy/assets.ts'

const mapName = 'assets.json'

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))

/** Every file of a built page with its type, size and hash; a file whose ending has no type is an error. */
export const makeAssetMap = (folder: string): Record<string, Asset> => {
  const map: Record<string, Asset> = {}
  for (const file of filesUnder(folder).toSorted()) {
    const key = `/${path.relative(folder, file).split(path.sep).join('/')}`
    if (key === `/${mapName}`) continue
    const type = mediaTypes[path.extname(file).slice(1).toLowerCase()]
    if (type === undefined) throw new Error(`${key}: no media type in electron/policy/assets.ts`)
    const bytes = readFileSync(file)
    map[key] = { type, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  }
  return map
}

/** Writes `assets.json` beside the built page: the only list by which the doors find files. */
export const assetMap = (): Plugin => {
  let folder = ''
  return {
    name: 'luong-gia:asset-map',
    apply: 'build',
    configResolved: (config) => {
      folder = path.resolve(config.root, config.build.outDir)
    },
    closeBundle: () => {
      // A failed build comes through here as well and has its own error to tell.
      if (existsSync(path.join(folder, 'index.html'))) writeFileSync(path.join(folder, mapName), JSON.stringify(makeAssetMap(folder), null, 1))
    },
  }
}
