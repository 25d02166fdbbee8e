import { err, ok } from '../../shared/kernel/result.ts'
import type { Result } from '../../shared/kernel/result.ts'
import { storeVersion } from './db.ts'
import type { DatabasePorts } from './db.ts'

/** What can be known of a store before the vault is open. */
export interface Gate {
  readonly exists: boolean
  /** Copy of the vault record kept beside the store; null when there is none. */
  readonly record: string | null
}

const prefix = 'luong-gia-'
/**
 * Each vault has a store of its own, so that two profiles behind one address never mix. `generation` counts up when a store
 * cannot be read any more: the next one is filled from the journals, and the unreadable one stays where it is.
 */
const databaseName = (vault: string, generation: number): string => (generation === 1 ? `${prefix}${vault}` : `${prefix}${vault}.${generation}`)

/** The store of a vault to be opened now, and the one to begin when it turns out unreadable. */
export const databaseNames = async (ports: Pick<DatabasePorts, 'indexedDB'>, vault: string): Promise<{ readonly now: string; readonly next: string }> => {
  const names = new Set((await ports.indexedDB.databases()).map(({ name }) => name))
  let generation = 1
  while (names.has(databaseName(vault, generation + 1))) generation += 1
  return { now: databaseName(vault, generation), next: databaseName(vault, generation + 1) }
}

const absent: Gate = { exists: false, record: null }

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB request failed')))
  })

const field = (row: unknown, name: string): unknown => (typeof row === 'object' && row !== null && name in row ? Object.entries(row).find(([key]) => key === name)?.[1] : undefined)

/**
 * Looks into a store before anything else touches it. Dexie opens newer data without a word, which is why the product keeps
 * a version of its own. Opening without a version changes nothing; a store that is not there is not made.
 * Faults: `store-newer`; `store-broken` when the browser cannot open it or it is none of ours.
 */
export const readGate = async (ports: Pick<DatabasePorts, 'indexedDB'>, name: string): Promise<Result<Gate, 'store-newer' | 'store-broken'>> => {
  try {
    const request = ports.indexedDB.open(name)
    let made = false
    request.addEventListener('upgradeneeded', () => {
      made = true
      request.transaction?.abort()
    })
    let db: IDBDatabase
    try {
      db = await settled(request)
    } catch (error) {
      if (made) return ok(absent)
      throw error
    }
    try {
      if (!db.objectStoreNames.contains('meta')) return db.objectStoreNames.length === 0 ? ok(absent) : err('store-broken')
      const meta = db.transaction('meta', 'readonly').objectStore('meta')
      const [gate, vault] = await Promise.all([settled<unknown>(meta.get('gate')), settled<unknown>(meta.get('vault'))])
      const version = field(gate, 'version')
      // Dexie multiplies its version by ten.
      if ((typeof version === 'number' && version > storeVersion) || db.version > storeVersion * 10) return err('store-newer')
      const record = field(vault, 'record')
      return ok({ exists: true, record: typeof record === 'string' ? record : null })
    } finally {
      db.close()
    }
  } catch {
    return err('store-broken')
  }
}

/** Copies of vault records in stores of this browser, for when the host's file is gone. */
export const strayVaults = async (ports: Pick<DatabasePorts, 'indexedDB'>): Promise<readonly string[]> => {
  const found: string[] = []
  for (const { name } of await ports.indexedDB.databases()) {
    if (name?.startsWith(prefix) !== true) continue
    const gate = await readGate(ports, name)
    if (gate.ok && gate.value.record !== null) found.push(gate.value.record)
  }
  return found
}
