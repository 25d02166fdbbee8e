import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KeptTable } from '../../../shared/schema/reference.ts'
import { dumpOf, filesUnder, must, newMachine, startOpen } from './harness.ts'
import type { Machine, Program } from './harness.ts'

let machine: Machine
let running: Program | null = null
const run = async (): Promise<Program> => {
  await running?.close()
  running = await startOpen(machine)
  return running
}
beforeEach(async () => {
  machine = await newMachine()
})
afterEach(async () => {
  await running?.kill()
  running = null
  await machine.remove()
})

const mark = 'DAUVETBIMAT'
const table = (letter: string, rows: KeptTable['rows'] = [{ vsic: '10', year: 2025, k1: 1.5, note: mark }]): KeptTable =>
  ({ pack: 'tt17-2019', reference: 'benchmarks', rows, table: `${letter}.csv`, source: `Nguồn ${letter}`, date: '2026-01-15', sha256: letter.repeat(64) })
const names = ({ store }: Program): readonly string[] => store.library.get().tables.map((one) => one.table)

describe('reference tables kept for other dossiers', () => {
  it('are there after a restart and after the loss of the browser’s store, the newest first; nothing is readable on disk', async () => {
    const first = await run()
    expect(names(first)).toEqual([])
    must(await first.store.keepTable(table('a')))
    must(await first.store.keepTable(table('b')))
    expect(await dumpOf(machine.indexedDB)).not.toContain(mark)
    for (const [, bytes] of await filesUnder(machine.root)) expect(bytes.includes(mark)).toBe(false)
    expect(names(await run())).toEqual(['b.csv', 'a.csv'])
    await running?.close()
    running = null
    machine.indexedDB = new IDBFactory()
    const rebuilt = await run()
    expect(names(rebuilt)).toEqual(['b.csv', 'a.csv'])
    expect(rebuilt.store.library.get().tables[1]).toEqual(table('a'))
  })

  it('a file imported again takes the place of the former; one forgotten stays forgotten', async () => {
    const program = await run()
    must(await program.store.keepTable(table('a')))
    must(await program.store.keepTable(table('a', [{ vsic: '11', year: 2025, k1: 2 }])))
    expect(program.store.library.get().tables.map(({ rows }) => rows)).toEqual([[{ vsic: '11', year: 2025, k1: 2 }]])
    must(await program.store.forgetTable('a'.repeat(64)))
    expect(names(program)).toEqual([])
    await program.close()
    running = null
    machine.indexedDB = new IDBFactory()
    expect(names(await run())).toEqual([])
  })
})
