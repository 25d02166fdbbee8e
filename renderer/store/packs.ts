import type { LoadedPack } from '../../shared/rulepack/load.ts'
import { loadPack } from '../../shared/rulepack/load.ts'
import { shelfOfProgram } from '../../shared/rulepack/shelf.ts'
import type { PackShelf } from '../../shared/rulepack/shelf.ts'

// Fetched one by one: together they weigh more than all that must arrive before anything is drawn.
const texts = import.meta.glob<string>('../../resources/rulepacks/*.json', { query: '?raw', import: 'default' })

/** The rule packs that come with the program (bộ quy tắc đi kèm), read while the screen stays free between any two of them. */
export const shippedShelf = async (sleep: (ms: number) => Promise<void>): Promise<PackShelf> => {
  const all: LoadedPack[] = []
  for (const name of Object.keys(texts).sort()) {
    const loaded = loadPack((await texts[name]?.()) ?? '')
    // Shipped packs are checked by the unit tests; one that cannot be read is a programmer's mistake.
    if (!loaded.ok) throw new Error(`shipped rule pack ${name}: ${loaded.fault.code}`)
    all.push(loaded.value)
    await sleep(0)
  }
  return shelfOfProgram(all)
}
