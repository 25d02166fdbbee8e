import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Knowledge } from '../../shared/dossier/context.ts'
import { isChecklistPack } from '../../shared/rulepack/load.ts'
import { makeShelf } from '../../shared/rulepack/shelf.ts'
import type { PackShelf } from '../../shared/rulepack/shelf.ts'
import type { HashMaker, RandomAccess } from '../../shared/seal/read-package.ts'
import { selfTest, type SelfTest } from '../../shared/valuation/cases/self-test.ts'
import { methodById } from '../../shared/valuation/methods/registry.ts'
import { root } from '../lib/tools.ts'

const rulepacks = path.join(root, 'resources', 'rulepacks')

/** The rule packs shipped with the program, read from `resources/`. */
export const shelf = (): PackShelf => {
  const made = makeShelf(readdirSync(rulepacks).filter((name) => name.endsWith('.json')).sort().map((name) => readFileSync(path.join(rulepacks, name), 'utf8')))
  if (!made.ok) throw new Error(`shipped rule pack: ${made.fault.code}`)
  return made.value
}

export const knowledgeOf = (packs: PackShelf): Knowledge => ({ packs: packs.byHash, methods: methodById })

export const nativeHash: HashMaker = () => {
  const hash = createHash('sha256')
  return { update: (bytes) => void hash.update(bytes), digestHex: () => hash.digest('hex') }
}

/** A file on disk, read in stretches; close it when done. */
export const openFile = async (file: string): Promise<RandomAccess & { readonly close: () => Promise<void> }> => {
  const handle = await open(file, 'r')
  const { size } = await handle.stat()
  return {
    size,
    read: async (offset, length) => {
      const buffer = new Uint8Array(length)
      let filled = 0
      while (filled < length) {
        const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return buffer.subarray(0, filled)
    },
    close: () => handle.close(),
  }
}

const vectors = path.join(root, 'resources', 'vectors')

/** Result of the published cases that come with the program. */
export const shippedSelfTest = (packs: PackShelf): SelfTest => {
  const factors = packs.all.filter(isChecklistPack).find(({ pack }) => pack.id === 'ip-review')
  if (factors === undefined) throw new Error('no review of value factors among the packs')
  const files = readdirSync(vectors).filter((name) => name.endsWith('.json')).sort().map((name) => ({ family: path.basename(name, '.json'), text: readFileSync(path.join(vectors, name), 'utf8') }))
  const result = selfTest(files, { factors: factors.pack })
  if (!result.ok) throw new Error(`shipped cases: ${result.fault.code}`)
  return result.value
}

const font = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(path.join(root, 'resources', 'fonts', name)))

/** Tinos in its four styles. */
export const reportFonts = () => ({ regular: font('Tinos-Regular.ttf'), bold: font('Tinos-Bold.ttf'), italic: font('Tinos-Italic.ttf'), boldItalic: font('Tinos-BoldItalic.ttf') })
