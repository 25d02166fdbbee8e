import { toBase64 } from '../kernel/base64.ts'
import type { ExchangePort } from '../sync/port.ts'
import type { AbortSignalLike, HostClient } from './contract.ts'

/** The protocol's way to the exchange over the host contract; an aborted signal abandons the call in flight. */
export const exchangePort = (client: Pick<HostClient, 'call'>, signal?: AbortSignalLike): ExchangePort => {
  const options = signal === undefined ? undefined : { signal }
  return {
    hello: () => client.call('exchange.hello', {}, options),
    enrol: (request) => client.call('exchange.enrol', { request }, options),
    session: (proof) => client.call('exchange.session', { proof }, options),
    plan: (request) => client.call('exchange.plan', { request }, options),
    put: (upload, from, bytes) => client.call('exchange.put', { upload, from, bytes: toBase64(bytes) }, options),
    commit: (upload) => client.call('exchange.commit', { upload }, options),
  }
}
