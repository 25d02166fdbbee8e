import { z } from 'zod'
import { utf8, utf8Text } from '../../shared/kernel/bytes.ts'
import { err, ok } from '../../shared/kernel/result.ts'
import type { Result } from '../../shared/kernel/result.ts'
import { dealRecord, mostRecords } from '../../shared/valuation/library/shelf.ts'
import type { DealRecord } from '../../shared/valuation/library/shelf.ts'
import type { Live } from './api.ts'
import type { Pieces } from './attachments.ts'
import { source } from './live.ts'
import type { StorePorts } from './ports.ts'
import { createSerial } from './serial.ts'
import { mayWrite } from './session.ts'
import type { Session } from './session.ts'
import type { VaultKeeper } from './vault-keeper.ts'

/** What the screens may ask of the library of deals (tủ giao dịch), which all dossiers of the archive share. */
export interface DealsStore {
  /** All deals; null until `openDeals` was called and has read them. */
  readonly deals: Live<readonly DealRecord[] | null>
  /** Reads the library; nothing of it is read before somebody asks. */
  readonly openDeals: () => Promise<Result<void>>
  /** Takes deals in; those already there are left as they are. Faults: `read-only`, `deals-full`. */
  readonly addDeals: (records: readonly DealRecord[]) => Promise<Result<{ readonly added: number; readonly known: number }>>
  readonly removeDeals: (ids: readonly string[]) => Promise<Result<void>>
}

export interface DealRow {
  readonly id: string
  /** A deal, or the note of how far the copy on disk is. */
  readonly record?: DealRecord
  readonly copy?: { readonly dirty: boolean; readonly leaves: string }
}

const copyId = 'copy'
const copyFile = z.strictObject({ format: z.literal('luong-gia-deals/1'), deals: z.array(dealRecord).max(mostRecords) })

/** Key of a deal in the table: its id is a hash of what it says, by which a guess could be confirmed. */
const keyOf = (session: Session, id: string): Promise<string> => session.vault.keys.tags(`deal|${id}`)
const rowsFor = (session: Session, records: readonly DealRecord[]): Promise<readonly DealRow[]> => Promise.all(records.map(async (record) => ({ id: await keyOf(session, record.id), record })))

/** The library of deals of an archive: an encrypted table, and a copy of it in encrypted pieces that outlives the browser's store. */
export const createDeals = (ports: StorePorts, { keeper, pieces, session: current }: { readonly keeper: VaultKeeper; readonly pieces: Pieces; readonly session: () => Session | null }) => {
  const deals = source<readonly DealRecord[] | null>(null)
  const serial = createSerial()

  /** All rows that can be read; one that cannot is left where it is and comes back from the copy. */
  const read = async ({ db }: Session): Promise<readonly DealRow[]> => {
    const all = await db.deals.toArray().catch(() => null)
    if (all !== null) return all
    const keys = await db.deals.toCollection().primaryKeys()
    const rows = await Promise.all(keys.map((key) => db.deals.get(key).catch(() => undefined)))
    return rows.filter((row) => row !== undefined)
  }
  const recordsIn = (rows: readonly DealRow[]): readonly DealRecord[] => rows.flatMap(({ record }) => (record === undefined ? [] : [record]))

  /** Brings the copy on disk level. */
  const writeCopy = async (session: Session, records: readonly DealRecord[]): Promise<void> => {
    const text = JSON.stringify({ format: 'luong-gia-deals/1', deals: records })
    const put = await pieces.put(session, new Blob([utf8(text)]), { onProgress: () => undefined, signal: session.closed })
    if (!put.ok) return
    const { size, leaves } = put.value
    const kept = await keeper.saveSecret(session.vault, { ...session.vault.secret, deals: { size, leaves: [...leaves] } })
    if (!kept.ok) return
    session.vault = kept.value
    await session.db.deals.put({ id: copyId, copy: { dirty: false, leaves: leaves.join() } })
  }

  /** Deals that the copy has and the store has not: after the browser lost its own. */
  const fromCopy = async (session: Session, rows: readonly DealRow[]): Promise<readonly DealRecord[]> => {
    const file = session.vault.secret.deals
    const known = rows.find(({ copy }) => copy !== undefined)?.copy
    if (file === undefined || (known !== undefined && (known.dirty || known.leaves === file.leaves.join()))) return []
    const bytes = await pieces.read(session, file, 0, file.size)
    const text = bytes.ok ? utf8Text(bytes.value) : null
    const parsed = copyFile.safeParse(text === null ? undefined : JSON.parse(text))
    if (!parsed.success) return []
    const here = new Set(recordsIn(rows).map(({ id }) => id))
    const back = parsed.data.deals.filter(({ id }) => !here.has(id))
    if (mayWrite(session)) await session.db.deals.bulkPut([...await rowsFor(session, back), { id: copyId, copy: { dirty: false, leaves: file.leaves.join() } }])
    return back
  }

  const load = async (session: Session): Promise<readonly DealRecord[]> => {
    const rows = await read(session)
    const all = [...recordsIn(rows), ...await fromCopy(session, rows)]
    deals.set(all)
    if (mayWrite(session) && rows.some(({ copy }) => copy?.dirty === true)) await writeCopy(session, all).catch(() => undefined)
    return all
  }

  const change = <T>(work: (known: readonly DealRecord[]) => Result<{ readonly put: readonly DealRecord[]; readonly drop: readonly string[]; readonly told: T }>): Promise<Result<T>> =>
    serial.run('write', async () => {
      const session = current()
      if (session === null) return err('locked')
      if (!mayWrite(session)) return err('read-only')
      const known = deals.get() ?? await load(session)
      const planned = work(known)
      if (!planned.ok) return planned
      const { put, drop, told } = planned.value
      if (put.length === 0 && drop.length === 0) return ok(told)
      const { db } = session
      const [coming, going] = await Promise.all([rowsFor(session, put), Promise.all(drop.map((id) => keyOf(session, id)))])
      await db.transaction('rw', [db.deals], async () => {
        await db.deals.bulkDelete(going)
        await db.deals.bulkPut([...coming, { id: copyId, copy: { dirty: true, leaves: '' } }])
      })
      const gone = new Set(drop)
      const now = [...known.filter(({ id }) => !gone.has(id)), ...put]
      deals.set(now)
      ports.channel.post('deals')
      // The deals are safe in the store; a copy that could not be written now is written at the next reading.
      await writeCopy(session, now).catch(() => undefined)
      return ok(told)
    })

  const store: DealsStore = {
    deals,
    openDeals: () => serial.run('write', async () => {
      const session = current()
      if (session === null) return err('locked')
      if (deals.get() === null) await load(session)
      return ok(undefined)
    }),
    addDeals: (records) => change((known) => {
      const here = new Set(known.map(({ id }) => id))
      const fresh = [...new Map(records.filter(({ id }) => !here.has(id)).map((record) => [record.id, record])).values()]
      if (known.length + fresh.length > mostRecords) return err('deals-full', { most: mostRecords })
      return ok({ put: fresh, drop: [], told: { added: fresh.length, known: records.length - fresh.length } })
    }),
    removeDeals: (ids) => change((known) => ok({ put: [], drop: known.filter(({ id }) => ids.includes(id)).map(({ id }) => id), told: undefined })),
  }
  return {
    store,
    /** Another window changed the library. */
    refresh: async (session: Session): Promise<void> => {
      if (deals.get() !== null) await serial.run('write', () => load(session))
    },
    clear: () => deals.set(null),
  }
}
