import { rm } from 'node:fs/promises'
import fc from 'fast-check'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { replay } from '../../../shared/dossier/log.ts'
import { filesUnder, must, newDossier, newMachine, onDisk, opened, passphrase, start, startOpen, until } from './harness.ts'
import type { Machine, Program } from './harness.ts'

let machine: Machine
const running: Program[] = []
const run = async (): Promise<Program> => {
  const program = await startOpen(machine)
  running.push(program)
  return program
}
const retitle = async ({ store }: Program, id: string, title: string): Promise<void> => must(await store.run(id, { type: 'profile.set', patch: { title } }))
const settled = (program: Program): Promise<number> => until(program.store.pending, (count) => count === 0, 'pending')

const storeName = async (factory: IDBFactory): Promise<string> => (await factory.databases()).map(({ name }) => name ?? '').toSorted().at(-1) ?? ''
const deleteStore = async (factory: IDBFactory): Promise<void> => {
  const request = factory.deleteDatabase(await storeName(factory))
  await new Promise((resolve) => request.addEventListener('success', resolve))
}
/** Flips one bit in the ciphertext of a stored row. */
const damage = async (factory: IDBFactory, table: string): Promise<void> => {
  const name = await storeName(factory)
  const db = await new Promise<IDBDatabase>((resolve) => {
    const request = factory.open(name)
    request.onsuccess = () => resolve(request.result)
  })
  await new Promise<void>((resolve) => {
    const tx = db.transaction(table, 'readwrite')
    const cursor = tx.objectStore(table).openCursor()
    cursor.onsuccess = () => {
      const found = cursor.result
      if (found === null) return
      const row = found.value as { box: Uint8Array }
      row.box[row.box.length - 1] = (row.box.at(-1) ?? 0) ^ 1
      found.update(row)
    }
    tx.oncomplete = () => resolve()
  })
  db.close()
}

beforeEach(async () => {
  machine = await newMachine()
})
afterEach(async () => {
  for (const program of running.splice(0)) await program.kill()
  await machine.remove()
})

describe('a store that breaks', () => {
  it('thrown away under the running program: goes on, and nothing is missing afterwards', async () => {
    const program = await run()
    const id = await newDossier(program.store, 'Một')
    const other = await newDossier(program.store, 'Khác')
    await retitle(program, id, 'Hai')
    await settled(program)
    await deleteStore(machine.indexedDB)
    await retitle(program, id, 'Ba')
    expect((await onDisk(program.store, id)).log).toHaveLength(3)
    expect(program.store.list.get()).toHaveLength(2)
    await program.close()
    const again = await run()
    expect((await opened(again.store, id)).log.map(({ body }) => body.ops[0]?.to)).toHaveLength(3)
    expect((await opened(again.store, other)).log).toHaveLength(1)
    expect(again.calls.filter((name) => name === 'journal.read')).toEqual([])
  })

  it('thrown away while the disk took nothing: memory brings back what only the store had', async () => {
    const program = await run()
    const id = await newDossier(program.store, 'Một')
    await onDisk(program.store, id)
    program.failing.set('journal.append', { fault: 'disk-full' })
    await retitle(program, id, 'Hai')
    await deleteStore(machine.indexedDB)
    await retitle(program, id, 'Ba')
    program.failing.clear()
    expect((await onDisk(program.store, id)).log).toHaveLength(3)
    await program.kill()
    machine.indexedDB = new IDBFactory()
    const again = await run()
    await until(again.store.list, (list) => list.length === 1)
    expect((await opened(again.store, id)).log).toHaveLength(3)
  })

  it('list damaged: a new store is filled from the journals, what waited included; the damaged one stays', async () => {
    const first = await run()
    const id = await newDossier(first.store, 'Một')
    await onDisk(first.store, id)
    first.failing.set('journal.append', { fault: 'host-gone' })
    await retitle(first, id, 'Chưa lên đĩa')
    await first.kill()
    const name = await storeName(machine.indexedDB)
    await damage(machine.indexedDB, 'catalogue')
    const second = await run()
    await until(second.store.list, (list) => list.length === 1)
    expect((await opened(second.store, id)).state.profile.title).toBe('Chưa lên đĩa')
    await retitle(second, id, 'Tiếp')
    await onDisk(second.store, id)
    await second.close()
    const names = (await machine.indexedDB.databases()).map((one) => one.name)
    expect(names).toContain(name)
    expect(names).toContain(`${name}.2`)
    const third = await run()
    expect((await opened(third.store, id)).log).toHaveLength(3)
    expect(third.calls.filter((call) => call === 'journal.read')).toEqual([])
  })

  it('one dossier damaged: it is written anew from its journal', async () => {
    const first = await run()
    const id = await newDossier(first.store, 'Một')
    await retitle(first, id, 'Hai')
    await settled(first)
    await first.close()
    for (const table of ['changes', 'dossiers']) {
      await damage(machine.indexedDB, table)
      const program = await run()
      expect((await opened(program.store, id)).state.profile.title).toBe('Hai')
      await program.close()
    }
  })
})

describe('killed at any moment', () => {
  const step = fc.oneof(
    { weight: 2, arbitrary: fc.record({ do: fc.constant('create' as const) }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('title' as const), which: fc.nat(5) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), which: fc.nat(5) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('disk' as const), ok: fc.boolean(), after: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('lock' as const) }) },
  )
  const life = fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 12 }), ticks: fc.nat(160), wait: fc.boolean() })

  it('loses nothing that was acknowledged, invents nothing, and both copies agree again', async () => {
    await fc.assert(fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 4 }), fc.boolean(), async (lives, browserForgets) => {
      const own = await newMachine()
      /** Titles acknowledged by the store, per dossier, and those whose answer the dead program never gave. */
      const acknowledged = new Map<string, string[]>()
      const asked = new Set<string>()
      let count = 0
      let program: Program | null = null
      try {
        for (const { steps, ticks, wait } of lives) {
          const now = await startOpen(own)
          program = now
          const work = (async () => {
            for (const one of steps) {
              const ids = [...acknowledged.keys()]
              const id = 'which' in one ? ids[one.which % Math.max(1, ids.length)] : undefined
              count += 1
              const title = `Tên ${count}`
              if (one.do === 'create') {
                asked.add(title)
                acknowledged.set(await newDossier(now.store, title), [title])
              } else if (one.do === 'title' && id !== undefined) {
                asked.add(title)
                const done = now.store.run(id, { type: 'profile.set', patch: { title } })
                if ((await done).ok) acknowledged.get(id)?.push(title)
              } else if (one.do === 'undo' && id !== undefined) {
                await now.store.run(id, { type: 'undo' })
              } else if (one.do === 'disk') {
                if (one.ok) now.failing.clear()
                else now.failing.set('journal.append', { fault: 'internal', after: one.after })
              } else if (one.do === 'lock') {
                await now.store.lock('idle')
                must(await now.store.unlock(passphrase))
              }
            }
          })()
          const tick = (async () => {
            for (let n = 0; n < ticks; n += 1) await new Promise((resolve) => setImmediate(resolve))
          })()
          work.catch(() => undefined)
          await (wait ? work : Promise.race([work, tick]))
          await now.kill()
        }
        // A last life with everything in order: the copies come together.
        const last = await startOpen(own)
        program = last
        await settled(last)
        for (const [id, titles] of acknowledged) {
          const { log, state, diverged } = await onDisk(last.store, id)
          expect(diverged).toBe(false)
          expect(replay(log)).toEqual({ ok: true, value: state })
          const set = log.filter(({ body }) => body.kind === 'profile.set' || body.kind === 'dossier.create')
            .map(({ body }) => /Tên \d+/.exec(JSON.stringify(body.ops.map(({ to }) => to)))?.[0] ?? '')
          expect(titles.filter((title) => !set.includes(title))).toEqual([])
          expect(set.filter((title) => !asked.has(title))).toEqual([])
        }
        expect(last.store.troubles.get()).toEqual([])
        const list = last.store.list.get().map(({ id, title }) => `${id} ${title}`).toSorted()
        await last.close()
        if (!browserForgets) return
        own.indexedDB = new IDBFactory()
        const rebuilt = await startOpen(own)
        program = rebuilt
        await until(rebuilt.store.list, (rows) => rows.length === list.length)
        expect(rebuilt.store.list.get().map(({ id, title }) => `${id} ${title}`).toSorted()).toEqual(list)
        await rebuilt.kill()
      } finally {
        await program?.kill()
        await own.remove()
      }
    }), { numRuns: 60, endOnFailure: true })
  })
})

describe('attachments', () => {
  const facts = { title: 'Bản quét', note: '', source: 'Phòng lưu trữ', date: '' } as const
  const quiet = { onProgress: () => undefined, signal: new AbortController().signal }
  const pattern = (size: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length: size }, (_, at) => (at * 31 + (at >> 12)) & 255)

  it('come back byte for byte in any range, checked against their hashes', async () => {
    const { store } = await run()
    const id = await newDossier(store)
    const bytes = pattern(2_621_503)
    const evidence = must(await store.attach(id, new File([bytes], 'anh.bin', { type: '' }), facts, quiet))
    const file = (await opened(store, id)).state.evidence[evidence]?.file
    expect(file).toMatchObject({ name: 'anh.bin', mime: 'application/octet-stream', size: bytes.length })
    expect(file?.leaves).toHaveLength(3)
    for (const [offset, length] of [[0, bytes.length], [0, 10], [1_048_570, 20], [2_621_500, 100], [1_048_576, 1_048_576], [9e9, 5], [5, 0]] as const) {
      expect(Buffer.from(must(await store.readEvidence(id, evidence, offset, length))).equals(Buffer.from(bytes.subarray(offset, offset + length)))).toBe(true)
    }
  })

  it('hold few pieces at once, tell their progress, and stop when asked', async () => {
    const program = await run()
    const id = await newDossier(program.store)
    const stop = new AbortController()
    const seen: number[] = []
    let flying = 0
    let most = 0
    const sliced = new File([pattern(12 * 1_048_576)], 'lon.bin')
    const slice = sliced.slice.bind(sliced)
    Object.defineProperty(sliced, 'slice', { value: (from: number, to: number) => {
      flying = from / 1_048_576 - program.calls.filter((call) => call === 'blob.put').length
      most = Math.max(most, flying)
      return slice(from, to)
    } })
    const done = await program.store.attach(id, sliced, facts, { onProgress: ({ done: bytes, total }) => {
      seen.push(bytes)
      expect(total).toBe(12 * 1_048_576)
      if (bytes >= 5 * 1_048_576) stop.abort()
    }, signal: stop.signal })
    expect(done).toEqual({ ok: false, fault: { code: 'cancelled' } })
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(most).toBeLessThanOrEqual(3)
    expect(Object.keys((await opened(program.store, id)).state.evidence)).toEqual([])
    const after = program.calls.length
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
    expect(program.calls.slice(after)).not.toContain('blob.put')
    expect(program.calls.filter((call) => call === 'blob.put').length).toBeLessThan(11)
  })

  it('say so when the file goes away, the disk is full, or a piece is damaged', async () => {
    const program = await run()
    const id = await newDossier(program.store)
    const gone = new File([pattern(3_000_000)], 'mat.bin')
    Object.defineProperty(gone, 'slice', { value: () => ({ arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')) }) })
    expect(await program.store.attach(id, gone, facts, quiet)).toEqual({ ok: false, fault: { code: 'file-unreadable' } })
    program.failing.set('blob.put', { fault: 'disk-full' })
    expect(await program.store.attach(id, new File([pattern(3_000_000)], 'day.bin'), facts, quiet)).toEqual({ ok: false, fault: { code: 'disk-full' } })
    program.failing.clear()
    const evidence = must(await program.store.attach(id, new File([pattern(100)], 'nho.bin'), facts, quiet))
    expect(await program.store.attach(id, new File([pattern(100)], 'nho-lan-2.bin'), facts, quiet)).toMatchObject({ ok: false, fault: { code: 'evidence-duplicate' } })
    const pieces = [...(await filesUnder(machine.root)).keys()].filter((name) => name.includes('blobs'))
    expect(pieces).toHaveLength(1)
    await program.close()
    const again = await start(machine)
    running.push(again)
    await until(again.store.vault, ({ is }) => is === 'locked')
    must(await again.store.unlock(passphrase))
    await rm(pieces[0] ?? '')
    expect(await again.store.readEvidence(id, evidence, 0, 10)).toEqual({ ok: false, fault: { code: 'not-found' } })
  })
})
