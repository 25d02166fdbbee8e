import { makeShelf } from '../../shared/rulepack/shelf.ts'
import type { PackShelf } from '../../shared/rulepack/shelf.ts'

const texts = import.meta.glob<string>('../../resources/rulepacks/*.json', { query: '?raw', import: 'default', eager: true })

const load = (): PackShelf => {
  const shelf = makeShelf(Object.keys(texts).sort().map((name) => texts[name] ?? ''))
  // Shipped packs are checked by the unit tests; one that cannot be read is a programmer's mistake.
  if (!shelf.ok) throw new Error(`shipped rule pack: ${shelf.fault.code}`)
  return shelf.value
}

/** The rule packs shipped with the program (bộ quy tắc đi kèm). */
export const packs: PackShelf = load()
