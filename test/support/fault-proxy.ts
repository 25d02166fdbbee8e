import http from 'node:http'
import net from 'node:net'

/** One whole request as the proxy holds it; what it does with it is up to the test. */
export interface SeenRequest {
  /** Counted from 0 over all connections. */
  readonly index: number
  readonly method: string
  readonly path: string
  readonly headers: http.IncomingHttpHeaders
  readonly body: Buffer
}

export interface SeenAnswer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: Buffer
}

export type Action =
  | { readonly do: 'pass' }
  /** Answers itself; the server never sees the request. */
  | { readonly do: 'answer'; readonly status: number; readonly headers?: http.OutgoingHttpHeaders; readonly body?: string }
  /** Breaks the connection before the server sees the request. */
  | { readonly do: 'cut' }
  /** The server answers, but the connection breaks before the client hears it. */
  | { readonly do: 'lose' }
  /** The server gets the request twice at once; the client hears whichever answers last. */
  | { readonly do: 'twice' }
  /** Passed on after a while; nothing moves meanwhile. */
  | { readonly do: 'hold'; readonly ms: number }
  /** Never answered. */
  | { readonly do: 'swallow' }
  | { readonly do: 'change-request'; readonly change: (request: SeenRequest) => Change }
  | { readonly do: 'change-answer'; readonly change: (answer: SeenAnswer) => Partial<SeenAnswer> }

interface Change {
  readonly headers?: http.OutgoingHttpHeaders
  readonly body?: Buffer
  /** Passed on in chunks, without its length. */
  readonly chunked?: boolean
}

export const pass: Action = { do: 'pass' }

export interface FaultProxy {
  readonly url: string
  /** Decides about each request, in the order of arrival. */
  decide: (request: SeenRequest) => Action
  readonly seen: readonly SeenRequest[]
  /** Bytes of request bodies that arrived here. */
  readonly bodyBytes: () => number
  /** Sends a request that was seen before to the server once more, as a late duplicate. */
  readonly replay: (request: SeenRequest) => Promise<SeenAnswer>
  readonly close: () => Promise<void>
}

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host'])
const kept = (headers: http.IncomingHttpHeaders): http.OutgoingHttpHeaders => Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)))

const readAll = async (stream: http.IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of stream) if (Buffer.isBuffer(part)) parts.push(part)
  return Buffer.concat(parts)
}

const listen = (server: net.Server | http.Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`)
    })
  })

/**
 * A store-and-forward proxy that knows HTTP and does what the test says to each request. Deterministic: nothing is left to
 * chance or to timers of its own.
 */
export const startFaultProxy = async (target: () => string): Promise<FaultProxy> => {
  const seen: SeenRequest[] = []
  let bytes = 0

  const forward = (request: SeenRequest, over: Change = {}): Promise<SeenAnswer> =>
    new Promise((resolve, reject) => {
      const body = over.body ?? request.body
      const outgoing = http.request(`${target()}${request.path}`, { method: request.method, headers: { ...(over.headers ?? kept(request.headers)), ...(over.chunked === true ? { 'transfer-encoding': 'chunked' } : { 'content-length': body.length }) }, agent: false }, (incoming) => {
        readAll(incoming).then((answer) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: answer }), reject)
      })
      outgoing.on('error', reject)
      outgoing.end(body)
    })

  const server = http.createServer({ keepAlive: true }, (incoming, outgoing) => {
    const cut = (): void => {
      incoming.socket.resetAndDestroy()
    }
    const answer = (what: SeenAnswer): void => {
      outgoing.writeHead(what.status, { ...kept(what.headers), 'content-length': what.body.length })
      outgoing.end(what.body)
    }
    const handle = async (): Promise<void> => {
      const body = await readAll(incoming)
      const request: SeenRequest = { index: seen.length, method: incoming.method ?? '', path: incoming.url ?? '', headers: incoming.headers, body }
      seen.push(request)
      bytes += body.length
      const action = proxy.decide(request)
      switch (action.do) {
        case 'pass':
          return answer(await forward(request))
        case 'answer':
          return answer({ status: action.status, headers: { 'content-type': 'text/html', ...action.headers } as http.IncomingHttpHeaders, body: Buffer.from(action.body ?? '') }) // outgoing headers of tests are plain strings
        case 'cut':
          return cut()
        case 'lose':
          await forward(request)
          return cut()
        case 'twice': {
          const both = await Promise.all([forward(request), forward(request)])
          return answer(both[1])
        }
        case 'hold':
          await new Promise((resolve) => setTimeout(resolve, action.ms))
          return answer(await forward(request))
        case 'swallow':
          return undefined
        case 'change-request':
          return answer(await forward(request, action.change(request)))
        case 'change-answer': {
          const original = await forward(request)
          return answer({ ...original, ...action.change(original) })
        }
      }
    }
    handle().catch(cut)
  })
  const url = await listen(server)
  const proxy: FaultProxy = {
    url,
    decide: () => pass,
    seen,
    bodyBytes: () => bytes,
    replay: (request) => forward(request),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return proxy
}

/** A place to break the line: after so many bytes in one direction, counted over all connections. */
export interface Cut {
  readonly direction: 'up' | 'down'
  readonly at: number
}

export interface CutProxy {
  readonly url: string
  readonly bytes: { up: number; down: number }
  /** Cuts that happened. */
  readonly fired: () => number
  readonly close: () => Promise<void>
}

/** A proxy for bytes: passes exactly `at` bytes on, then resets both sides. Each cut happens once. */
export const startCutProxy = async (target: () => string, cuts: readonly Cut[]): Promise<CutProxy> => {
  const bytes = { up: 0, down: 0 }
  const open = new Set<net.Socket>()
  const left = [...cuts]
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(new URL(target()).port), '127.0.0.1')
    const reset = (): void => {
      client.resetAndDestroy()
      upstream.resetAndDestroy()
    }
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', reset)
      socket.on('close', () => {
        open.delete(socket)
        reset()
      })
    }
    const pump = (from: net.Socket, to: net.Socket, direction: Cut['direction']): void => {
      from.on('data', (chunk: Buffer) => {
        const start = bytes[direction]
        const index = left.findIndex((cut) => cut.direction === direction && cut.at >= start && cut.at < start + chunk.length)
        const cut = left[index]
        if (cut === undefined) {
          bytes[direction] += chunk.length
          if (!to.write(chunk)) {
            from.pause()
            to.once('drain', () => from.resume())
          }
          return
        }
        left.splice(index, 1)
        bytes[direction] = cut.at
        // What was let through must arrive before the line breaks.
        if (cut.at === start) reset()
        else to.write(chunk.subarray(0, cut.at - start), () => setImmediate(reset))
        from.pause()
      })
    }
    pump(client, upstream, 'up')
    pump(upstream, client, 'down')
  })
  const url = await listen(server)
  return {
    url,
    bytes,
    fired: () => cuts.length - left.length,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}
