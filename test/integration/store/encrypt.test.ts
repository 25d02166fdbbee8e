import { webcrypto } from 'node:crypto'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import { Database } from '../../../renderer/store/db.ts'
import type { CatalogueShard } from '../../../renderer/store/db.ts'
import { UnreadableRecord } from '../../../renderer/store/encrypt.ts'
import { webKeys } from '../../../renderer/store/web-keys.ts'
import { vaultKeys } from '../../../shared/vault/keys.ts'

const vault = '3f0f5f2e-6f5e-4c34-9d8e-1f2a3b4c5d6e'
const random = (length: number) => webcrypto.getRandomValues(new Uint8Array(length))
const marked = 'BI-MAT-Quy trình sấy lạnh'
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

const row = (n: number) => ({ dossier: id(n), title: marked, sha256: 'a'.repeat(64), size: n, seal: 'b'.repeat(64), leaves: [], state: { at: 'queued', n } })

const openWith = async (ports: { indexedDB: IDBFactory }, dataKey = random(32)) => {
  // The Node types of WebCrypto and the page's are the same thing under two names.
  const keys = await webKeys(webcrypto as Crypto, dataKey, vault)
  const db = new Database('luong-gia-test', keys.records, { ...ports, IDBKeyRange })
  await db.open()
  return { db, dataKey }
}

/** Every stored value, as IndexedDB holds it. */
const dump = async (factory: IDBFactory, name: string): Promise<{ text: string; rows: unknown[] }> => {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = factory.open(name)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new Error('open'))
  })
  const rows: unknown[] = []
  for (const store of db.objectStoreNames) {
    rows.push(...await new Promise<unknown[]>((resolve) => {
      const request = db.transaction(store).objectStore(store).getAll()
      request.onsuccess = () => resolve(request.result)
    }))
  }
  db.close()
  const text = rows.map((item) => JSON.stringify(item, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value))).join('\n')
  return { text, rows }
}

describe('encryption in the store', () => {
  it('gives back what was written and stores only ids and boxes', async () => {
    const indexedDB = new IDBFactory()
    const { db } = await openWith({ indexedDB })
    await db.outbox.bulkPut([row(1), row(2), row(3)])
    expect(await db.outbox.get(id(2))).toEqual(row(2))
    expect(await db.outbox.bulkGet([id(3), id(9)])).toEqual([row(3), undefined])
    expect(await db.outbox.toArray()).toHaveLength(3)
    expect(await db.outbox.count()).toBe(3)
    expect(await db.outbox.toCollection().primaryKeys()).toEqual([id(1), id(2), id(3)])
    db.close()
    const { text, rows } = await dump(indexedDB, 'luong-gia-test')
    expect(rows).toHaveLength(3)
    expect(text).toContain(id(1))
    expect(text).not.toContain('sấy')
    expect(text).not.toContain('queued')
    for (const stored of rows) expect(Object.keys(Object(stored)).toSorted()).toEqual(['box', 'dossier'])
  })

  it('keeps one transaction alive over many encryptions, and takes all back when it fails', async () => {
    const { db } = await openWith({ indexedDB: new IDBFactory() })
    const shard: CatalogueShard = { shard: 0, rows: [] }
    await db.transaction('rw', [db.outbox, db.catalogue, db.meta], async () => {
      for (let n = 0; n < 20; n += 1) {
        await db.outbox.add(row(n))
        expect((await db.outbox.get(id(n)))?.size).toBe(n)
      }
      await db.catalogue.put(shard)
      await db.meta.put({ key: 'gate', version: 1 })
    })
    expect(await db.outbox.count()).toBe(20)
    await expect(db.transaction('rw', [db.outbox, db.catalogue], async () => {
      await db.outbox.put({ ...row(0), title: 'đổi' })
      await db.catalogue.delete(0)
      await db.outbox.add(row(1))
    })).rejects.toThrow('ConstraintError')
    expect((await db.outbox.get(id(0)))?.title).toBe(marked)
    expect(await db.catalogue.get(0)).toEqual(shard)
  })

  it('refuses another key, a box moved to another record, and a changed readable field', async () => {
    const indexedDB = new IDBFactory()
    const { db } = await openWith({ indexedDB })
    await db.outbox.bulkPut([row(1), row(2)])
    db.close()
    const other = await openWith({ indexedDB })
    await expect(other.db.outbox.get(id(1))).rejects.toThrow(UnreadableRecord)
    await expect(other.db.outbox.toArray()).rejects.toThrow(UnreadableRecord)
    other.db.close()
  })

  it('writes boxes that the pure implementation opens', async () => {
    const indexedDB = new IDBFactory()
    const { db, dataKey } = await openWith({ indexedDB })
    await db.outbox.put(row(7))
    db.close()
    const [stored] = (await dump(indexedDB, 'luong-gia-test')).rows
    const { box } = Object(stored) as { box: Uint8Array }
    const plain = await vaultKeys(dataKey, vault, random).records.open(`outbox|${JSON.stringify({ dossier: id(7) })}`, box)
    expect(JSON.parse(Buffer.from(plain ?? []).toString('utf8'))).toMatchObject({ title: marked, size: 7 })
    expect(await vaultKeys(dataKey, vault, random).records.open(`outbox|${JSON.stringify({ dossier: id(8) })}`, box)).toBeNull()
  })

  it('has no cursor that would hand out ciphertext', async () => {
    const { db } = await openWith({ indexedDB: new IDBFactory() })
    await db.outbox.put(row(1))
    await expect(db.outbox.each(() => undefined)).rejects.toThrow('not with cursors')
  })
})
