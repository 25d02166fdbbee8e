import type { CatalogueRow, CatalogueShard, Database } from './db.ts'
import { source } from './live.ts'
import type { Source } from './live.ts'

/** Dossiers whose summaries share one record. */
const rowsPerShard = 200

export interface Catalogue {
  /** Newest first. */
  readonly list: Source<readonly CatalogueRow[]>
  readonly row: (dossier: string) => CatalogueRow | undefined
  readonly rows: () => Iterable<CatalogueRow>
  readonly load: (db: Database) => Promise<void>
  /** Reads one dossier's row again, after another window wrote it. */
  readonly reload: (db: Database, dossier: string) => Promise<void>
  /** Writes rows inside the caller's transaction, which must cover `catalogue`. */
  readonly write: (db: Database, rows: readonly CatalogueRow[]) => Promise<void>
  /** Shows rows; to be called once their transaction is durable. */
  readonly show: (rows: readonly CatalogueRow[]) => void
  readonly clear: () => void
}

const newestFirst = (a: CatalogueRow, b: CatalogueRow): number => (a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : a.id < b.id ? -1 : 1)

/** The list of all dossiers (danh mục hồ sơ) in memory, packed in shards in the store. */
export const createCatalogue = (): Catalogue => {
  const list = source<readonly CatalogueRow[]>([])
  const byId = new Map<string, CatalogueRow>()
  const shardOf = new Map<string, number>()
  const sizes: number[] = []

  const shardFor = (dossier: string): number => {
    const known = shardOf.get(dossier)
    if (known !== undefined) return known
    const last = sizes.length - 1
    const shard = (sizes[last] ?? rowsPerShard) < rowsPerShard ? last : last + 1
    shardOf.set(dossier, shard)
    sizes[shard] = (sizes[shard] ?? 0) + 1
    return shard
  }

  const take = (shard: CatalogueShard): void => {
    for (const row of shard.rows) {
      byId.set(row.id, row)
      if (!shardOf.has(row.id)) sizes[shard.shard] = (sizes[shard.shard] ?? 0) + 1
      shardOf.set(row.id, shard.shard)
    }
  }

  const clear = (): void => {
    byId.clear()
    shardOf.clear()
    sizes.length = 0
    list.set([])
  }

  const show = (rows: readonly CatalogueRow[]): void => {
    for (const row of rows) byId.set(row.id, row)
    const [only] = rows
    const now = list.get()
    if (rows.length === 1 && only !== undefined && (now[0] === undefined || newestFirst(only, now[0]) < 0)) {
      // The usual case: the dossier just worked on moves to the top, without sorting ten thousand others.
      list.set([only, ...now.filter((row) => row.id !== only.id)])
    } else if (rows.length > 0) {
      list.set([...byId.values()].toSorted(newestFirst))
    }
  }

  return {
    list,
    row: (dossier) => byId.get(dossier),
    rows: () => byId.values(),
    clear,
    show,
    load: async (db) => {
      const shards = await db.catalogue.toArray()
      byId.clear()
      shardOf.clear()
      sizes.length = 0
      for (const shard of shards) take(shard)
      list.set([...byId.values()].toSorted(newestFirst))
    },
    reload: async (db, dossier) => {
      const known = shardOf.get(dossier)
      const shards = known === undefined ? await db.catalogue.where('shard').aboveOrEqual(Math.max(0, sizes.length - 1)).toArray() : [await db.catalogue.get(known)]
      for (const shard of shards) if (shard !== undefined) take(shard)
      const row = byId.get(dossier)
      if (row !== undefined) show([row])
    },
    write: async (db, rows) => {
      const touched = new Map<number, CatalogueRow[]>()
      for (const row of rows) touched.set(shardFor(row.id), [...(touched.get(shardFor(row.id)) ?? []), row])
      const before = await db.catalogue.bulkGet([...touched.keys()])
      await db.catalogue.bulkPut([...touched].map(([shard, changed], at) => {
        const ids = new Set(changed.map((row) => row.id))
        return { shard, rows: [...(before[at]?.rows ?? []).filter((row) => !ids.has(row.id)), ...changed] }
      }))
    },
  }
}
