import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { EventName } from '../../shared/host/contract.ts'
import { judgeSocket } from '../policy/bridge-guard.ts'
import { allHeaders } from './http-door.ts'
import type { Secrets } from './session.ts'

/** The secret must be the first message within this time. */
const helloMs = 2_000
const maxPages = 16
/** Browsers answer pings by themselves; a page that does not is gone. */
const pingMs = 20_000

export interface SocketDoor {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Sends an event to every page but one. */
  readonly send: (name: EventName, payload: string, except?: string) => void
  /** Pages connected now. */
  readonly pages: () => number
  readonly close: () => void
}

const statusText: Readonly<Record<number, string>> = { 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 421: 'Misdirected Request', 503: 'Service Unavailable' }

const refuse = (socket: Duplex, status: number): void => {
  socket.end(`HTTP/1.1 ${status} ${statusText[status] ?? 'Bad Request'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** Reads `{"secret": …, "page": …}`; null for anything else. */
const parseHello = (text: string): { readonly secret: string; readonly page: string } | null => {
  const match = /^\{"secret":"([0-9a-f]{64})","page":"([0-9a-f]{1,32})"\}$/.exec(text)
  return match === null ? null : { secret: match[1] ?? '', page: match[2] ?? '' }
}

/** Events to the page. The page sends nothing but its secret; another word closes the socket. */
export const createSocketDoor = (options: { readonly secrets: Secrets; readonly port: () => number; readonly changed: (pages: number) => void }): SocketDoor => {
  const server = new WebSocketServer({ noServer: true, maxPayload: 4_096, perMessageDeflate: false, clientTracking: true })
  const pages = new Map<WebSocket, string>()

  const welcome = (socket: WebSocket): void => {
    const tooLate = setTimeout(() => socket.close(4401), helloMs)
    let alive = true
    const ping = setInterval(() => {
      if (!alive) return socket.terminate()
      alive = false
      socket.ping()
    }, pingMs)
    ping.unref()
    socket.on('pong', () => {
      alive = true
    })
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      clearTimeout(tooLate)
      clearInterval(ping)
      if (pages.delete(socket)) options.changed(pages.size)
    })
    socket.on('message', (data, isBinary) => {
      clearTimeout(tooLate)
      const hello = isBinary || pages.has(socket) || !Buffer.isBuffer(data) ? null : parseHello(data.toString('utf8'))
      if (hello === null || !options.secrets.sessionFits(hello.secret)) return socket.close(4401)
      pages.set(socket, hello.page)
      socket.send('{"ready":true}')
      options.changed(pages.size)
    })
  }

  return {
    upgrade: (request, socket, head) => {
      const { method = '', url: target = '' } = request
      const status = judgeSocket({ method, target, headers: allHeaders(request.rawHeaders) }, { port: options.port() })
      if (status !== 101) return refuse(socket, status)
      if (server.clients.size >= maxPages) return refuse(socket, 503)
      server.handleUpgrade(request, socket, head, welcome)
    },
    send: (name, payload, except) => {
      for (const [socket, page] of pages) if (page !== except) socket.send(`{"event":"${name}","payload":${payload}}`)
    },
    pages: () => pages.size,
    close: () => {
      for (const socket of server.clients) socket.terminate()
      server.close()
    },
  }
}
