import type { HostClient } from '../../shared/host/contract.ts'
import { connectBridge, type EventSocket } from './bridge-client.ts'
import { createElectronClient, type LuongGia } from './electron-client.ts'

/** A browser's socket in the few words that events need. */
const openSocket = (address: string): EventSocket => {
  const socket = new WebSocket(address)
  const wrapped: EventSocket = {
    send: (text) => socket.send(text),
    close: () => socket.close(),
    onopen: null,
    onmessage: null,
    onclose: null,
  }
  socket.addEventListener('open', () => wrapped.onopen?.())
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => wrapped.onmessage?.({ data }))
  socket.addEventListener('close', () => wrapped.onclose?.())
  return wrapped
}

const randomHex = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/**
 * The host of this page, whichever door is there. Null when there is none: the page was opened by hand, or the program behind it has
 * ended; then only opening it from the program helps. Call once, before the router reads the address.
 */
export const connectHost = (): Promise<HostClient | null> => {
  const { luongGia }: { readonly luongGia?: LuongGia } = globalThis as { readonly luongGia?: LuongGia }
  if (luongGia !== undefined) return Promise.resolve(createElectronClient(luongGia))
  return connectBridge({
    origin: window.location.origin,
    hash: window.location.hash,
    forgetHash: () => window.history.replaceState(null, '', window.location.pathname),
    kept: window.sessionStorage,
    fetch: window.fetch.bind(window),
    openSocket,
    randomHex,
  }).catch(() => null)
}
