import type { z } from 'zod'
import type { contract } from '../../shared/host/contract.ts'
import type { Saving } from './files.ts'
import type { KeyCache } from './vault.ts'

type Info = z.output<(typeof contract)['app.info']['value']>

/** What differs between Electron, the bridge and the command line; everything else about the handlers is the same. */
export interface Platform {
  readonly host: Info['host']
  readonly version: string
  readonly capabilities: Info['capabilities']
  readonly saving: Saving
  readonly keyCache: KeyCache | null
  /** Opens an address of the help table in the system's browser. */
  readonly openExternal: (address: string) => Promise<void>
  /** The network, with the system's proxy and certificates. */
  readonly fetch: typeof fetch
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The page is up. */
  readonly ready: () => void
  /** The page's answer to `app.closing`. */
  readonly closeReady: (saved: boolean) => void
}
