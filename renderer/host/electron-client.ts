import { createClient } from '../../shared/host/client.ts'
import type { HostClient } from '../../shared/host/contract.ts'
import { pageTimer } from './timer.ts'

/** The one object that the preload gives to the page. */
export interface LuongGia {
  readonly call: (name: string, body: string) => Promise<string>
  readonly listen: (name: string, listener: (payload: string) => void) => () => void
}

/** The host behind Electron's door. */
export const createElectronClient = (luongGia: LuongGia): HostClient => createClient(luongGia.call, luongGia.listen, pageTimer)
