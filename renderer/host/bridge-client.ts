import { createClient } from '../../shared/host/client.ts'
import type { Door, HostClient } from '../../shared/host/contract.ts'
import { isEventName } from '../../shared/host/names.ts'
import { pageTimer } from './timer.ts'

/** The part of a socket that events need. */
export interface EventSocket {
  send(text: string): void
  close(): void
  onopen: (() => void) | null
  onmessage: ((event: { readonly data: unknown }) => void) | null
  onclose: (() => void) | null
}

/** What the page around us offers; tests hand in their own. */
export interface BridgePage {
  readonly origin: string
  /** Part of the address after `#`, with it. */
  readonly hash: string
  /** Takes the code out of the address, so that it is neither kept in the history nor taken for a place in the program. */
  readonly forgetHash: () => void
  /** Keeps the secret for a reload of this very tab; gone when the tab is closed. */
  readonly kept: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  readonly fetch: typeof fetch
  readonly openSocket: (address: string) => EventSocket
  readonly randomHex: () => string
}

const keptUnder = 'luong-gia-session'
const longestRetryMs = 15_000

/** The session's secret: for a fresh code from the bridge, else from before a reload; null when there is neither. */
const obtainSecret = async (page: BridgePage): Promise<string | null> => {
  const once = /^#([0-9a-f]{64})$/.exec(page.hash)?.[1]
  if (once === undefined) return page.kept.getItem(keptUnder)
  page.forgetHash()
  const answer = await page.fetch(`${page.origin}/session`, {
    method: 'POST', mode: 'same-origin', credentials: 'omit', redirect: 'error', cache: 'no-store',
    headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ once }),
  })
  const secret = answer.ok ? /^\{"secret":"([0-9a-f]{64})"\}$/.exec(await answer.text())?.[1] : undefined
  if (secret === undefined) return page.kept.getItem(keptUnder)
  page.kept.setItem(keptUnder, secret)
  return secret
}

/** Events over one socket for the whole page, opened again after every loss. */
const createEvents = (page: BridgePage, secret: string, pageId: string): ((name: string, listener: (text: string) => void) => () => void) => {
  const listeners = new Set<{ readonly name: string; readonly listener: (text: string) => void }>()
  let retryMs = 500

  const receive = (data: unknown): void => {
    if (typeof data !== 'string') return
    const match = /^\{"event":"([A-Za-z.]+)","payload":(.*)\}$/s.exec(data)
    if (match === null) {
      retryMs = 500
      return
    }
    const [, name, payload = ''] = match
    for (const entry of listeners) if (entry.name === name) entry.listener(payload)
  }

  const open = (): void => {
    const socket = page.openSocket(`${page.origin.replace(/^http/, 'ws')}/events`)
    socket.onopen = () => socket.send(JSON.stringify({ secret, page: pageId }))
    socket.onmessage = ({ data }) => receive(data)
    socket.onclose = () => {
      pageTimer(retryMs, open)
      retryMs = Math.min(retryMs * 2, longestRetryMs)
    }
  }
  open()

  return (name, listener) => {
    const entry = { name, listener }
    if (isEventName(name)) listeners.add(entry)
    return () => listeners.delete(entry)
  }
}

/** The host behind the loopback door; null when this page was opened without the program's own address. */
export const connectBridge = async (page: BridgePage): Promise<HostClient | null> => {
  const secret = await obtainSecret(page)
  if (secret === null) return null
  const pageId = page.randomHex()
  let refused = false
  const door: Door = async (name, body) => {
    const answer = await page.fetch(`${page.origin}/call/${name}`, {
      method: 'POST', mode: 'same-origin', credentials: 'omit', redirect: 'error', cache: 'no-store',
      headers: { 'Content-Type': 'application/json', 'X-Luong-Gia-Secret': secret, 'X-Luong-Gia-Page': pageId }, body,
    })
    refused = answer.status === 401
    if (answer.status !== 200) throw new Error(`the host answered ${answer.status}`)
    return answer.text()
  }
  const client = createClient(door, createEvents(page, secret, pageId), pageTimer)
  // A secret kept from before a restart of the program opens nothing any more.
  const first = await client.call('app.info', {})
  if (first.ok) return client
  if (refused) page.kept.removeItem(keptUnder)
  return null
}
