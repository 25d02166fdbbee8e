import type { EventName, EventPayload, HostClient } from '../../shared/host/contract.ts'
import { flushDrafts } from '../ui/drafts.ts'

/** The host, whose announcement of closing reaches the store only after every text still being typed was handed over. */
export const closingWithDrafts = (host: HostClient): HostClient => ({
  call: host.call,
  listen: <E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void) =>
    host.listen(name, name !== 'app.closing' ? listener : (payload) => void flushDrafts().finally(() => listener(payload))),
})
