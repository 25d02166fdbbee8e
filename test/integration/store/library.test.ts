import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noAdditions, sourceByNumber } from '../../../shared/rulepack/registry.ts'
import { loadedOf, smallPack, both } from '../../unit/rulepack/small-pack.ts'
import { dumpOf, filesUnder, must, newMachine, opened, start, startOpen, passphrase, until } from './harness.ts'
import type { Machine, Program } from './harness.ts'

const machines: Machine[] = []
const running: Program[] = []
let machine: Machine
const fresh = async (): Promise<Machine> => {
  const one = await newMachine()
  machines.push(one)
  return one
}
const run = async (on = machine): Promise<Program> => {
  const program = await startOpen(on)
  running.push(program)
  return program
}
const close = async (program: Program): Promise<void> => {
  await program.close()
  running.splice(running.indexOf(program), 1)
}
const versions = ({ store }: Program) => store.library.get().shelf.all.filter(({ pack }) => pack.id === 'small').map(({ pack }) => pack.version)
const mark = 'DAUVETBIMAT'
const pack = smallPack({ title: both(`Bộ ${mark}`) })
const addition = { kinds: ['level' as const], source: { id: 'added', kind: 'circular' as const, number: '5/2026/TT-X', title: both('Thêm'), issued: '', effectiveFrom: '2026-01-01', effectiveTo: '', status: 'inForce' as const, mark: 'verified' as const } }

beforeEach(async () => {
  machine = await fresh()
})
afterEach(async () => {
  for (const program of running.splice(0)) await program.kill()
  for (const one of machines.splice(0)) await one.remove()
})

describe('library of packs', () => {
  it('keeps packs, issuers and additions over a restart and over the loss of the browser’s store; nothing is readable on disk', async () => {
    const author = await run(await fresh())
    must(await author.store.importPack(JSON.stringify(pack), false))
    const file = must(await author.store.exportPack(loadedOf(pack).sha256, 'Sở KH&CN'))

    const first = await run()
    must(await first.store.importPack(file, true))
    must(await first.store.setAdditions({ ...noAdditions, sources: [addition] }))
    expect(first.store.library.get().shelf.origin(loadedOf(pack).sha256)).toMatchObject({ from: 'elsewhere', trusted: true, signer: { name: 'Nguyễn Thị Ánh', organisation: 'Sở KH&CN', key: author.store.ownKey() } })
    expect(await dumpOf(machine.indexedDB)).not.toContain(mark)
    for (const [, bytes] of await filesUnder(machine.root)) expect(bytes.includes(mark)).toBe(false)
    await close(first)

    const again = await run()
    expect(versions(again)).toEqual(['1.0.0'])
    await close(again)

    machine.indexedDB = new IDBFactory()
    const rebuilt = await run()
    expect(versions(rebuilt)).toEqual(['1.0.0'])
    expect(rebuilt.store.library.get().issuers.map(({ key }) => key)).toEqual([author.store.ownKey()])
    expect(sourceByNumber(rebuilt.store.library.get().register, '5/2026/TT-X')?.title.vi).toBe('Thêm')
  })

  it('a trusted key keeps the name under which it was compared, whatever a later file of it says', async () => {
    const author = await run(await fresh())
    must(await author.store.importPack(JSON.stringify(pack), false))
    const { store } = await run()
    must(await store.importPack(must(await author.store.exportPack(loadedOf(pack).sha256, 'Sở KH&CN')), true))
    const next = smallPack({ version: '1.1.0' })
    must(await author.store.importPack(JSON.stringify(next), false))
    must(await store.importPack(must(await author.store.exportPack(loadedOf(next).sha256, 'Bộ Khoa học và Công nghệ')), false))
    expect(store.library.get().shelf.origin(loadedOf(next).sha256)).toMatchObject({ trusted: true, signer: { organisation: 'Sở KH&CN' } })
  })

  it('imported tables are kept over a restart and the loss of the browser’s store, replaced by the same file, let go; their hash is nowhere readable', async () => {
    const table = (sha256: string, source: string) => ({ pack: 'small', reference: 'bench', rows: [{ k: 1 }], table: 'bang.csv', source, date: '2026-01-01' as const, sha256 })
    const [one, two] = ['a'.repeat(64), 'b'.repeat(64)]
    const sources = ({ store }: Program) => store.library.get().tables.map(({ source }) => source)
    const first = await run()
    must(await first.store.keepTable(table(one, 'Sở cũ')))
    must(await first.store.keepTable(table(two, 'Bộ')))
    must(await first.store.keepTable(table(one, `Sở ${mark}`)))
    expect(sources(first)).toEqual([`Sở ${mark}`, 'Bộ'])
    const dump = await dumpOf(machine.indexedDB)
    for (const secret of [one, two, mark]) expect(dump).not.toContain(secret)
    await close(first)
    const again = await run()
    expect(sources(again)).toEqual([`Sở ${mark}`, 'Bộ'])
    must(await again.store.forgetTable(one))
    expect(sources(again)).toEqual(['Bộ'])
    await close(again)
    machine.indexedDB = new IDBFactory()
    expect(sources(await run())).toEqual(['Bộ'])
  })

  it('a pack is gone from the screens while the archive is locked', async () => {
    const { store } = await run()
    must(await store.importPack(JSON.stringify(pack), false))
    await store.lock('asked')
    expect(store.library.get().shelf.byHash(loadedOf(pack).sha256)).toBeUndefined()
    must(await store.unlock(passphrase))
    await until(store.library, ({ shelf }) => shelf.byHash(loadedOf(pack).sha256) !== undefined)
  })

  it('refuses what was tampered with, what is there already and other content under a version that is taken', async () => {
    const { store } = await run()
    must(await store.importPack(JSON.stringify(pack), false))
    const file = must(await store.exportPack(loadedOf(pack).sha256, ''))
    const code = async (text: string) => {
      const done = await store.importPack(text, false)
      return done.ok ? 'ok' : done.fault.code
    }
    expect(await code(file.replace(mark, 'KHACDI'))).toBe('pack-signature-wrong')
    expect(await code(JSON.stringify(pack))).toBe('pack-already-here')
    expect(await code(file)).toBe('ok')
    expect(await code(file)).toBe('pack-already-here')
    expect(await code(JSON.stringify(smallPack({ title: both('Khác') })))).toBe('pack-version-taken')
    expect(await code(JSON.stringify(smallPack({ version: '1.0.1', title: both('Khác') })))).toBe('ok')
  })

  it('a signed copy of a pack that is here unsigned adds who signed it', async () => {
    const author = await run(await fresh())
    must(await author.store.importPack(JSON.stringify(pack), false))
    const file = must(await author.store.exportPack(loadedOf(pack).sha256, 'Sở KH&CN'))
    const { store } = await run()
    must(await store.importPack(JSON.stringify(pack), false))
    expect(store.library.get().shelf.origin(loadedOf(pack).sha256)).toMatchObject({ signer: null })
    must(await store.importPack(file, false))
    expect(store.library.get().shelf.origin(loadedOf(pack).sha256)).toMatchObject({ signer: { organisation: 'Sở KH&CN' }, trusted: false })
    expect(store.library.get().shelf.all.filter((one) => one.pack.id === 'small')).toHaveLength(1)
  })

  it('a draft is kept, becomes final only when sound, and then is no draft any more', async () => {
    const program = await run()
    const { store } = program
    must(await store.saveDraft({ id: 'd1', pack: smallPack({ title: both('', '') }) }))
    expect(await store.finishDraft('d1')).toMatchObject({ ok: false, fault: { code: 'pack-not-checked', details: { count: 2 } } })
    must(await store.saveDraft({ id: 'd1', pack }))
    await close(program)
    const again = await run()
    expect(again.store.library.get().drafts.map(({ id }) => id)).toEqual(['d1'])
    expect(must(await again.store.finishDraft('d1'))).toBe(loadedOf(pack).sha256)
    expect(again.store.library.get().drafts).toEqual([])
    expect(again.store.library.get().shelf.origin(loadedOf(pack).sha256)).toMatchObject({ from: 'here' })
  })

  it('an imported pack serves a dossier, its report and the move to a newer version', async () => {
    const { store } = await run()
    must(await store.importPack(JSON.stringify(pack), false))
    const { sha256 } = loadedOf(pack)
    const ref = { id: 'small', version: '1.0.0', sha256 }
    const id = must(await store.create({ type: 'dossier.create', kind: 'level', createdBy: '', profile: { title: 'Dây chuyền' }, pack: ref, supersedes: null, sample: null }))
    must(await store.run(id, { type: 'checklist.answer', question: 'q-age', answer: { value: 7, evidence: [], note: '', confidence: null } }))
    expect(must(await store.report(id, 'vi')).length).toBeGreaterThan(1000)
    const next = smallPack({ version: '1.1.0' })
    must(await store.importPack(JSON.stringify(next), false))
    expect(store.library.get().shelf.newer('small', '1.0.0')?.pack.version).toBe('1.1.0')
    must(await store.run(id, { type: 'checklist.usePack', pack: { id: 'small', version: '1.1.0', sha256: loadedOf(next).sha256 } }))
    const { state } = await opened(store, id, (now) => now.state.checklist?.pack.version === '1.1.0')
    expect(state.checklist?.answers['q-age']?.value).toBe(7)
    expect(store.library.get().shelf.all.filter((one) => one.pack.id === 'small').map((one) => one.pack.version)).toEqual(['1.0.0', '1.1.0'])
  })

  it('a window that may not write is told so', async () => {
    const writer = await run()
    await close(writer)
    const reader = await start(machine, { otherWindowHolds: true })
    running.push(reader)
    await until(reader.store.vault, ({ is }) => is === 'locked')
    must(await reader.store.unlock(passphrase))
    expect(await reader.store.importPack(JSON.stringify(pack), false)).toMatchObject({ ok: false, fault: { code: 'read-only' } })
  })
})
