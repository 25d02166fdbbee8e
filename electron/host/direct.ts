import { createClient } from '../../shared/host/client.ts'
import type { HostClient } from '../../shared/host/contract.ts'
import { systemTimer, type Host } from './open-host.ts'

/** The door without a wire, for the command line and for tests: the same codec and dispatcher in one process. */
export const createDirectClient = (host: Pick<Host, 'dispatch' | 'subscribe'>): HostClient =>
  createClient(
    host.dispatch,
    (name, listener) => host.subscribe((event, payload) => {
      if (event === name) listener(payload)
    }),
    systemTimer,
  )
