import Dexie from 'dexie'
import type { Table } from 'dexie'
import type { Change } from '../../shared/schema/change.ts'
import type { DossierKind, DossierPhase, DossierState } from '../../shared/schema/dossier.ts'
import type { Box } from '../../shared/vault/box.ts'
import type { DossierSummary } from './api.ts'
import { encryption } from './encrypt.ts'
import type { PlainFields } from './encrypt.ts'
import type { DealRow } from './deals.ts'
import type { LibraryRow } from './library.ts'

/** Number of the store's layout; the gate refuses a greater one. Dexie's own version follows it. */
export const storeVersion = 2

/** Readable before the vault is open: which layout this is, and a copy of the vault record (which is ciphertext). */
export interface MetaRow {
  readonly key: 'gate' | 'vault'
  readonly version?: number
  readonly record?: string
}

/** Projection of one dossier's log up to `seq`. */
export interface DossierRow {
  readonly id: string
  readonly kind: DossierKind
  readonly phase: DossierPhase
  readonly updatedAt: string
  readonly seq: number
  /** Hash of the last change. */
  readonly hash: string
  readonly state: DossierState
}

export interface ChangeRow {
  readonly dossier: string
  readonly seq: number
  readonly change: Change
}

/** A change that the journal does not hold yet, as the journal will hold it: nothing in it is readable. */
export interface QueueRow {
  readonly dossier: string
  readonly seq: number
  /** Journal hash of the change before. */
  readonly prev: string
  readonly hash: string
  readonly line: string
}

/** What the list shows, with the head that tells whether the journal is level. */
export interface CatalogueRow extends DossierSummary {
  readonly seq: number
  /** Hash of the last change as the journal knows it. */
  readonly tag: string
}

/** About two hundred dossiers' summaries in one encrypted record, so that ten thousand open as quickly as a hundred. */
export interface CatalogueShard {
  readonly shard: number
  readonly rows: readonly CatalogueRow[]
}

/** One package on its way to the exchange. */
export interface OutboxRecord {
  readonly dossier: string
  readonly title: string
  readonly sha256: string
  readonly size: number
  readonly seal: string
  readonly leaves: readonly string[]
  /** State of shared/sync/outbox.ts. */
  readonly state: unknown
}

const plainFields: PlainFields = {
  meta: ['key', 'version', 'record'],
  dossiers: ['id', 'kind', 'phase', 'updatedAt'],
  changes: ['dossier', 'seq'],
  queue: ['dossier', 'seq', 'prev', 'hash', 'line'],
  catalogue: ['shard'],
  outbox: ['dossier'],
  library: ['key'],
  deals: ['id'],
}

/** What of the platform the database needs; tests hand in an IndexedDB of their own. */
export interface DatabasePorts {
  readonly indexedDB: IDBFactory
  readonly IDBKeyRange: typeof IDBKeyRange
}

/** The working store (kho làm việc): an encrypted copy of what the journals hold, quick to read and to write. */
export class Database extends Dexie {
  readonly meta: Table<MetaRow, string>
  readonly dossiers: Table<DossierRow, string>
  readonly changes: Table<ChangeRow, [string, number]>
  readonly queue: Table<QueueRow, [string, number]>
  readonly catalogue: Table<CatalogueShard, number>
  readonly outbox: Table<OutboxRecord, string>
  /** Kept rule packs, drafts, trusted issuers, additions to the legal register. */
  readonly library: Table<LibraryRow, string>
  /** Deals that all dossiers share. */
  readonly deals: Table<DealRow, string>

  constructor(name: string, box: Box, ports: DatabasePorts) {
    super(name, { ...ports, autoOpen: false, cache: 'disabled', chromeTransactionDurability: 'strict' })
    this.version(1).stores({
      meta: 'key',
      dossiers: 'id, kind, phase, updatedAt',
      changes: '[dossier+seq]',
      queue: '[dossier+seq]',
      catalogue: 'shard',
      outbox: 'dossier',
    })
    this.version(storeVersion).stores({ library: 'key', deals: 'id' })
    this.use(encryption(box, plainFields))
    this.meta = this.table('meta')
    this.dossiers = this.table('dossiers')
    this.changes = this.table('changes')
    this.queue = this.table('queue')
    this.catalogue = this.table('catalogue')
    this.outbox = this.table('outbox')
    this.library = this.table('library')
    this.deals = this.table('deals')
  }
}

/** Everything of one dossier in a table keyed by dossier and sequence number, from `after` (exclusive) on. */
export const rangeOf = (dossier: string, after = 0): [[string, number], [string, number]] => [[dossier, after + 1], [dossier, Number.MAX_SAFE_INTEGER]]
