import type { Fault } from '../../shared/kernel/result.ts'
import type { Database } from './db.ts'
import type { OpenVault } from './vault-keeper.ts'

/** What lasts from unlocking to locking. */
export interface Session {
  readonly db: Database
  vault: OpenVault
  /** This window may write the store: no other window of this origin does. */
  mayStore: boolean
  /** This program may also write the journals: no other program holds the profile. */
  readonly hostWritable: boolean
  /** Aborted when the lock closes. */
  readonly closed: AbortSignal
}

export const mayWrite = (session: Session): boolean => session.mayStore && session.hostWritable

/** Thrown inside a transaction that finds the store emptied under it. */
export class StoreGone extends Error {
  override readonly name = 'StoreGone'
}

/** Codes for what Dexie and IndexedDB throw. */
export const storeFault = (error: unknown): Fault => {
  const names = [error, error instanceof Error ? error.cause : undefined, typeof error === 'object' && error !== null && 'inner' in error ? error.inner : undefined]
    .map((one) => (typeof one === 'object' && one !== null && 'name' in one ? String(one.name) : ''))
  if (names.includes('QuotaExceededError')) return { code: 'disk-full' }
  if (names.includes('UnreadableRecord')) return { code: 'decrypt-failed' }
  return names.some((name) => ['StoreGone', 'DatabaseClosedError', 'OpenFailedError', 'InvalidStateError', 'UnknownError', 'MissingAPIError'].includes(name)) ? { code: 'store-broken' } : { code: 'internal' }
}
