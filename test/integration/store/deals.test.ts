import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mostRecords, recordOf } from '../../../shared/valuation/library/shelf.ts'
import type { DealRecord } from '../../../shared/valuation/library/shelf.ts'
import { dumpOf, filesUnder, must, newMachine, startOpen } from './harness.ts'
import type { Machine, Program } from './harness.ts'

const running: Program[] = []
let machine: Machine
const run = async (): Promise<Program> => {
  const program = await startOpen(machine)
  running.push(program)
  return program
}
const close = async (program: Program): Promise<void> => {
  await program.close()
  running.splice(running.indexOf(program), 1)
}
const mark = 'DAUVETBIMAT'
const record = (name: string): DealRecord => {
  const made = recordOf({ line: 1, deal: name, date: '2024-06-30', source: `Nguồn ${mark}`, currency: 'USD', terms: '', numbers: { price: 100, base: 10 } }, 'VND', 'a.csv', '2026-06-01T02:00:00.000Z')
  if (made === null) throw new Error('no record')
  return made
}
const names = ({ store }: Program): readonly string[] | undefined => store.deals.get()?.map(({ deal }) => deal).toSorted()

beforeEach(async () => {
  machine = await newMachine()
})
afterEach(async () => {
  for (const program of running.splice(0)) await program.kill()
  await machine.remove()
})

describe('library of deals', () => {
  it('is read when asked for, keeps deals over a restart and over the loss of the browser’s store; nothing is readable on disk', async () => {
    const first = await run()
    expect(first.store.deals.get()).toBeNull()
    must(await first.store.openDeals())
    expect(names(first)).toEqual([])
    expect(must(await first.store.addDeals([record('A'), record('B'), record('A')]))).toEqual({ added: 2, known: 1 })
    expect(must(await first.store.addDeals([record('B'), record('C')]))).toEqual({ added: 1, known: 1 })
    expect(names(first)).toEqual(['A', 'B', 'C'])
    const dump = await dumpOf(machine.indexedDB)
    // Nor the hash of a deal, by which a guess at its price could be confirmed.
    for (const secret of [mark, ...['A', 'B', 'C'].map((name) => record(name).id)]) expect(dump).not.toContain(secret)
    for (const [, bytes] of await filesUnder(machine.root)) expect(bytes.includes(mark)).toBe(false)
    await close(first)

    const again = await run()
    // Adding reads what is there first.
    expect(must(await again.store.addDeals([record('C')]))).toEqual({ added: 0, known: 1 })
    expect(names(again)).toEqual(['A', 'B', 'C'])
    await close(again)

    machine.indexedDB = new IDBFactory()
    const rebuilt = await run()
    must(await rebuilt.store.openDeals())
    expect(names(rebuilt)).toEqual(['A', 'B', 'C'])
  })

  it('lets deals go and takes them back; what was removed stays removed', async () => {
    const first = await run()
    must(await first.store.addDeals([record('A'), record('B')]))
    must(await first.store.removeDeals([record('A').id, 'unknown']))
    expect(names(first)).toEqual(['B'])
    must(await first.store.addDeals([record('A')]))
    must(await first.store.removeDeals([record('B').id]))
    await close(first)
    machine.indexedDB = new IDBFactory()
    const again = await run()
    must(await again.store.openDeals())
    expect(names(again)).toEqual(['A'])
  })

  it('forgets everything in memory when locked, and refuses while it is', async () => {
    const program = await run()
    must(await program.store.addDeals([record('A')]))
    await program.store.lock('asked')
    expect(program.store.deals.get()).toBeNull()
    expect(await program.store.addDeals([record('B')])).toMatchObject({ ok: false, fault: { code: 'locked' } })
    expect(await program.store.openDeals()).toMatchObject({ ok: false, fault: { code: 'locked' } })
  })

  it('has a limit and says so', async () => {
    const program = await run()
    const many = Array.from({ length: mostRecords + 1 }, (_, index) => ({ ...record('A'), id: index.toString(16).padStart(64, '0') }))
    expect(await program.store.addDeals(many)).toMatchObject({ ok: false, fault: { code: 'deals-full' } })
    expect(names(program)).toEqual([])
  })
})
