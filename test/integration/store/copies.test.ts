import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { storeVersion } from '../../../renderer/store/db.ts'
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { replay } from '../../../shared/dossier/log.ts'
import type { DossierSummary } from '../../../renderer/store/api.ts'
import { filesUnder, must, newDossier, newMachine, onDisk, opened, passphrase, start, startOpen, until } from './harness.ts'
import type { Machine, Options, Program } from './harness.ts'

let machine: Machine
const running: Program[] = []
const run = async (options: Options = {}): Promise<Program> => {
  const program = await startOpen(machine, options)
  running.push(program)
  return program
}
const settled = (program: Program): Promise<number> => until(program.store.pending, (count) => count === 0, 'pending')
const retitle = async ({ store }: Program, id: string, title: string): Promise<void> => must(await store.run(id, { type: 'profile.set', patch: { title } }))
const titleOf = async ({ store }: Program, id: string): Promise<string> => (await opened(store, id)).state.profile.title
const byId = (list: readonly DossierSummary[]): DossierSummary[] => list.toSorted((a, b) => (a.id < b.id ? -1 : 1))
const reading = (program: Program): string[] => program.calls.filter((name) => name === 'journal.read' || name === 'journal.append')

beforeEach(async () => {
  machine = await newMachine()
})
afterEach(async () => {
  vi.restoreAllMocks()
  for (const program of running.splice(0)) await program.kill()
  await machine.remove()
})

describe('start-up with two copies', () => {
  it('equal: reads no journal and writes none', async () => {
    const first = await run()
    const id = await newDossier(first.store)
    await onDisk(first.store, id)
    await first.close()
    const second = await run()
    expect(await titleOf(second, id)).not.toBe('')
    await settled(second)
    expect(second.calls).toContain('journal.heads')
    expect(reading(second)).toEqual([])
  })

  it('store ahead: what the disk missed is written now', async () => {
    const first = await run()
    const id = await newDossier(first.store, 'Một')
    await onDisk(first.store, id)
    first.failing.set('journal.append', { fault: 'host-gone' })
    await retitle(first, id, 'Hai')
    await retitle(first, id, 'Ba')
    const fresh = await newDossier(first.store, 'Chưa từng lên đĩa')
    await first.kill()
    const second = await run()
    await settled(second)
    expect((await onDisk(second.store, id)).log).toHaveLength(3)
    await second.close()
    machine.indexedDB = new IDBFactory()
    const third = await run()
    await until(third.store.list, (list) => list.length === 2)
    expect(await titleOf(third, id)).toBe('Ba')
    expect(await titleOf(third, fresh)).toBe('Chưa từng lên đĩa')
  })

  it('journal ahead: what the store missed is replayed', async () => {
    const first = await run()
    const id = await newDossier(first.store, 'Một')
    await onDisk(first.store, id)
    await first.close()
    const old = machine.indexedDB
    machine.indexedDB = new IDBFactory()
    const second = await run()
    await until(second.store.list, (list) => list.length === 1)
    await retitle(second, id, 'Hai')
    const other = await newDossier(second.store, 'Mới')
    await onDisk(second.store, other)
    await settled(second)
    await second.close()
    machine.indexedDB = old
    const third = await run()
    await until(third.store.list, (list) => list.length === 2)
    expect((await opened(third.store, id, (now) => now.log.length === 2)).state.profile.title).toBe('Hai')
    expect(await titleOf(third, other)).toBe('Mới')
    expect(third.calls.filter((name) => name === 'journal.append')).toEqual([])
    await retitle(third, id, 'Ba')
    expect((await onDisk(third.store, id)).log).toHaveLength(3)
  })

  it('journals put back from an older backup: the store writes again what they lack', async () => {
    const first = await run()
    const id = await newDossier(first.store, 'Một')
    await retitle(first, id, 'Hai')
    await settled(first)
    const path = join(machine.root, 'journal', `${id}.log`)
    const older = await readFile(path)
    await retitle(first, id, 'Ba')
    await settled(first)
    first.failing.set('journal.append', { fault: 'host-gone' })
    await retitle(first, id, 'Bốn')
    await first.kill()
    await writeFile(path, older)
    await rm(join(machine.root, 'journal', 'heads.json'), { force: true })
    const second = await run()
    await settled(second)
    expect(second.store.troubles.get()).toEqual([])
    expect((await onDisk(second.store, id)).log).toHaveLength(4)
    await second.close()
    machine.indexedDB = new IDBFactory()
    const third = await run()
    await until(third.store.list, (list) => list.length === 1)
    expect(await titleOf(third, id)).toBe('Bốn')
  })

  it('diverged: opens read-only, keeps and exports both', async () => {
    const first = await run()
    const id = await newDossier(first.store, 'Chung')
    const other = await newDossier(first.store, 'Không liên quan')
    await onDisk(first.store, id)
    await settled(first)
    first.failing.set('journal.append', { fault: 'host-gone' })
    await retitle(first, id, 'Chỉ trong kho')
    await first.kill()
    const old = machine.indexedDB
    machine.indexedDB = new IDBFactory()
    const second = await run()
    await until(second.store.list, (list) => list.length === 2)
    await retitle(second, id, 'Chỉ trên đĩa')
    await settled(second)
    await second.close()
    const journals = await filesUnder(join(machine.root, 'journal'))
    machine.indexedDB = old
    const third = await run()
    await until(third.store.troubles, (list) => list.length > 0)
    expect(third.store.troubles.get()).toEqual([{ dossier: id, fault: { code: 'journal-diverged' } }])
    const dossier = await opened(third.store, id, (now) => now.diverged)
    expect(dossier.state.profile.title).toBe('Chỉ trong kho')
    expect(await third.store.run(id, { type: 'profile.set', patch: { title: 'Không được' } })).toEqual({ ok: false, fault: { code: 'journal-diverged' } })
    await retitle(third, other, 'Vẫn làm việc được')
    await onDisk(third.store, other)
    must(await third.store.exportDiverged(id))
    const saved = JSON.parse(await readFile(join(machine.documents, `${id}.json`), 'utf8'))
    expect(saved.store.at(-1).body.ops[0].to).toBe('Chỉ trong kho')
    expect(saved.journal.at(-1).body.ops[0].to).toBe('Chỉ trên đĩa')
    expect((await filesUnder(join(machine.root, 'journal'))).get(join(machine.root, 'journal', `${id}.log`))).toEqual(journals.get(join(machine.root, 'journal', `${id}.log`)))
  })

  it('store gone: everything comes back from the journals, in order and with progress', async () => {
    const first = await run()
    const ids: string[] = []
    for (let n = 0; n < 25; n += 1) {
      const id = await newDossier(first.store, `Hồ sơ ${n}`)
      for (let k = 0; k < n % 4; k += 1) await retitle(first, id, `Hồ sơ ${n}, lần ${k}`)
      if (n % 3 === 0) must(await first.store.run(id, { type: 'undo' }).then((done) => (n % 4 === 0 ? { ok: true as const, value: undefined } : done)))
      ids.push(id)
    }
    const file = new File(['x'.repeat(3_000_000)], 'chứng cứ.txt')
    const evidence = must(await first.store.attach(ids[0] ?? '', file, { title: 'T', note: '', source: '', date: '' }, { onProgress: () => undefined, signal: new AbortController().signal }))
    await settled(first)
    const before = byId(first.store.list.get())
    const logs = await Promise.all(ids.map(async (id) => (await opened(first.store, id)).log))
    await first.close()

    machine.indexedDB = new IDBFactory()
    const second = await start(machine)
    running.push(second)
    const seen: number[] = []
    second.store.rebuilding.subscribe(() => {
      const now = second.store.rebuilding.get()
      if (now !== null) seen.push(now.done)
    })
    await until(second.store.vault, ({ is }) => is === 'locked')
    must(await second.store.unlock(passphrase))
    await until(second.store.list, (list) => list.length === ids.length)
    await until(second.store.rebuilding, (progress) => progress === null)
    expect(byId(second.store.list.get())).toEqual(before)
    for (const [at, id] of ids.entries()) {
      const dossier = await onDisk(second.store, id)
      expect(dossier.log).toEqual(logs[at])
      expect(replay(dossier.log)).toEqual({ ok: true, value: dossier.state })
    }
    expect(seen.length).toBeGreaterThan(3)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(second.calls.filter((name) => name === 'journal.append')).toEqual([])
    const bytes = must(await second.store.readEvidence(ids[0] ?? '', evidence, 2_999_990, 100))
    expect(Buffer.from(bytes).toString()).toBe('x'.repeat(10))
  })

  const flip = async (id: string, part = 0.5): Promise<Buffer> => {
    const path = join(machine.root, 'journal', `${id}.log`)
    const bytes = await readFile(path)
    const at = Math.floor(bytes.length * part)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    await writeFile(path, bytes)
    await rm(join(machine.root, 'journal', 'heads.json'), { force: true })
    return bytes
  }
  const withHistory = async (): Promise<{ id: string; other: string }> => {
    const first = await run()
    const id = await newDossier(first.store, 'Hỏng')
    for (let n = 0; n < 5; n += 1) {
      await retitle(first, id, `Hỏng ${n}`)
      await onDisk(first.store, id)
    }
    const other = await newDossier(first.store, 'Lành')
    await settled(first)
    await first.close()
    return { id, other }
  }

  it('journal damaged: it is written anew from the store, and the damaged file is kept', async () => {
    const { id, other } = await withHistory()
    const damaged = await flip(id)
    const second = await run()
    await settled(second)
    expect(second.store.troubles.get()).toEqual([])
    await retitle(second, id, 'Ghi tiếp')
    await retitle(second, other, 'Vẫn ghi được')
    await settled(second)
    await second.close()
    const kept = [...(await filesUnder(join(machine.root, 'journal'))).values()].filter((bytes) => bytes.equals(damaged))
    expect(kept).toHaveLength(1)
    machine.indexedDB = new IDBFactory()
    const third = await run()
    await until(third.store.list, (list) => list.length === 2)
    expect((await opened(third.store, id)).log).toHaveLength(7)
    expect(await titleOf(third, id)).toBe('Ghi tiếp')
  })

  it('journal damaged and the store gone: the trouble is named, what can be read is exported, nothing is touched', async () => {
    const { id, other } = await withHistory()
    const damaged = await flip(id, 0.8)
    machine.indexedDB = new IDBFactory()
    const second = await run()
    await until(second.store.troubles, (list) => list.length > 0)
    expect(second.store.troubles.get()).toEqual([{ dossier: id, fault: { code: 'journal-damaged' } }])
    await until(second.store.list, (list) => list.length === 1)
    expect(await titleOf(second, other)).toBe('Lành')
    must(await second.store.exportDiverged(id))
    const saved = JSON.parse(await readFile(join(machine.documents, `${id}.json`), 'utf8'))
    expect(saved).toMatchObject({ store: null, journalEndsWith: 'journal-damaged' })
    expect(saved.journal.length).toBeGreaterThan(1)
    expect(saved.journal[0].body.kind).toBe('dossier.create')
    expect(await readFile(join(machine.root, 'journal', `${id}.log`))).toEqual(damaged)
  })

  it('journal of a newer version: left alone, named, and the dossier goes on in the store', async () => {
    const { id } = await withHistory()
    const path = join(machine.root, 'journal', `${id}.log`)
    const newer = (await readFile(path, 'utf8')).replace('luong-gia-journal 1', 'luong-gia-journal 2')
    await writeFile(path, newer)
    await rm(join(machine.root, 'journal', 'heads.json'), { force: true })
    const second = await run()
    await until(second.store.troubles, (list) => list.length > 0)
    expect(second.store.troubles.get()).toEqual([{ dossier: id, fault: { code: 'journal-damaged' } }])
    expect(await titleOf(second, id)).toBe('Hỏng 4')
    expect(await readFile(path, 'utf8')).toBe(newer)
  })

  it('an answer that was lost leads to no double line', async () => {
    const first = await run()
    const id = await newDossier(first.store, 'Một')
    await onDisk(first.store, id)
    first.failing.set('journal.append', { fault: 'host-gone', after: true })
    await retitle(first, id, 'Hai')
    await until(first.store.journalFault, (fault) => fault !== null)
    await first.kill()
    const second = await run()
    await settled(second)
    await retitle(second, id, 'Ba')
    expect((await onDisk(second.store, id)).log).toHaveLength(3)
    await second.close()
    machine.indexedDB = new IDBFactory()
    const third = await run()
    await until(third.store.list, (list) => list.length === 1)
    expect((await opened(third.store, id)).log.map((change) => change.seq)).toEqual([1, 2, 3])
  })
})

describe('what the machine may do', () => {
  it('a full store refuses the change, says so, and goes on when there is room', async () => {
    const program = await run()
    const id = await newDossier(program.store, 'Một')
    await onDisk(program.store, id)
    const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    expect(await program.store.run(id, { type: 'profile.set', patch: { title: 'Hai' } })).toEqual({ ok: false, fault: { code: 'disk-full' } })
    expect((await opened(program.store, id)).saved).toBe('failed')
    expect(await titleOf(program, id)).toBe('Một')
    add.mockRestore()
    await retitle(program, id, 'Hai')
    expect((await onDisk(program.store, id)).log).toHaveLength(2)
  })

  it('a store written by a newer version is refused and left as it is', async () => {
    const first = await run()
    await newDossier(first.store)
    await settled(first)
    await first.close()
    const [{ name = '' } = {}] = await machine.indexedDB.databases()
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = machine.indexedDB.open(name)
      request.onsuccess = () => resolve(request.result)
    })
    await new Promise<void>((resolve) => {
      const tx = db.transaction('meta', 'readwrite')
      tx.objectStore('meta').put({ key: 'gate', version: storeVersion + 1 })
      tx.oncomplete = () => resolve()
    })
    db.close()
    const second = await start(machine)
    running.push(second)
    expect(await until(second.store.vault, ({ is }) => is !== 'loading')).toEqual({ is: 'failed', fault: { code: 'store-newer' } })
    expect(await second.store.unlock(passphrase)).toEqual({ ok: false, fault: { code: 'store-newer' } })
    expect(second.calls.filter((call) => call.startsWith('journal'))).toEqual([])
  })

  it('the key file lost: its copy in the browser brings it back; without one nothing is started anew', async () => {
    const first = await run()
    const id = await newDossier(first.store, 'Một')
    await settled(first)
    await first.close()
    for (const name of (await filesUnder(machine.root)).keys()) if (/vault/.test(name)) await rm(name)
    const second = await start(machine)
    running.push(second)
    expect(await until(second.store.vault, ({ is }) => is !== 'loading')).toEqual({ is: 'locked', reason: 'start' })
    must(await second.store.unlock(passphrase))
    expect(await titleOf(second, id)).toBe('Một')
    await second.close()
    for (const name of (await filesUnder(machine.root)).keys()) if (/vault/.test(name)) await rm(name)
    machine.indexedDB = new IDBFactory()
    const third = await start(machine)
    running.push(third)
    expect(await until(third.store.vault, ({ is }) => is !== 'loading')).toEqual({ is: 'failed', fault: { code: 'vault-missing' } })
  })

  it('a second window of the same browser reads along and cannot write', async () => {
    const first = await run()
    const id = await newDossier(first.store, 'Một')
    await settled(first)
    const second = await run({ otherWindowHolds: true })
    expect(second.store.info.get().writable).toBe(false)
    expect(await titleOf(second, id)).toBe('Một')
    expect(await second.store.run(id, { type: 'undo' })).toEqual({ ok: false, fault: { code: 'read-only' } })
    await retitle(first, id, 'Hai')
    await opened(second.store, id, (now) => now.state.profile.title === 'Hai')
    const fresh = await newDossier(first.store, 'Ba')
    await until(second.store.list, (list) => list.some((row) => row.id === fresh))
    expect(second.calls.filter((call) => call === 'journal.append' || call === 'vault.write')).toEqual([])
  })

  it('a second program on the same profile follows the journal into a store of its own', async () => {
    const first = await run()
    const id = await newDossier(first.store, 'Một')
    await settled(first)
    const own = machine.indexedDB
    machine.indexedDB = new IDBFactory()
    const second = await run()
    expect(second.store.info.get().writable).toBe(false)
    await until(second.store.list, (list) => list.length === 1)
    expect(await second.store.run(id, { type: 'undo' })).toEqual({ ok: false, fault: { code: 'read-only' } })
    await retitle(first, id, 'Hai')
    await opened(second.store, id, (now) => now.state.profile.title === 'Hai')
    machine.indexedDB = own
  })
})
