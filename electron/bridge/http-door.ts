import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Door } from '../../shared/host/contract.ts'
import { maxText } from '../../shared/host/codec.ts'
import { isCallName } from '../../shared/host/names.ts'
import type { AssetMap } from '../policy/assets.ts'
import { judgeRequest, type BridgeRequest, type BridgeRules } from '../policy/bridge-guard.ts'
import { securityHeaders } from '../policy/content-policy.ts'
import { sendAsset } from './static.ts'
import type { Secrets } from './session.ts'

/** Longest body in bytes: the codec's limit in characters, with room for Vietnamese letters of three bytes. */
const maxBodyBytes = maxText + 8 * 1_048_576

interface HttpDoorOptions {
  readonly dispatch: Door
  readonly secrets: Secrets
  readonly folder: string
  readonly assets: AssetMap
  /** Known only once the server listens. */
  readonly port: () => number
  /** A call of a page was answered. */
  readonly answered: (call: string, page: string, body: string, reply: string) => void
  /** Another program of the same user asks for a window. */
  readonly windowWanted: () => void
  readonly failed: (error: unknown) => void
}

/** Headers with all their values, as they were sent. */
export const allHeaders = (raw: readonly string[]): BridgeRequest['headers'] => {
  const headers: Record<string, string[]> = Object.create(null)
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase()
    ;(headers[name] ??= []).push(raw[at + 1] ?? '')
  }
  return headers
}

/** The body as text; null when it is too long, no UTF-8, or broken off. */
const readBody = async (request: IncomingMessage, limit: number): Promise<string | 413 | 400> => {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > limit) return 413
      chunks.push(chunk)
    }
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks))
  } catch {
    return 400
  }
}

const json = { ...securityHeaders, 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' }

/** The loopback door: asks the policy who may do what, then hands name and text to the dispatcher. */
export const createHttpDoor = (options: HttpDoorOptions): ((request: IncomingMessage, response: ServerResponse) => void) => {
  const { dispatch, secrets, folder, assets } = options
  const rules = (): BridgeRules => ({ port: options.port(), maxBodyBytes, isCall: isCallName, secretFits: secrets.sessionFits, controlFits: secrets.controlFits })

  const refuse = (response: ServerResponse, status: number, allow?: string): void => {
    // The body was not read: the connection cannot be used again.
    response.writeHead(status, { ...securityHeaders, 'Cache-Control': 'no-store', Connection: 'close', ...(allow === undefined ? {} : { Allow: allow }) }).end()
  }

  const session = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request, 1_000)
    if (typeof body === 'number') return refuse(response, body)
    const once = /^\{"once":"([0-9a-f]{64})"\}$/.exec(body)?.[1]
    const secret = once === undefined ? null : secrets.exchange(once)
    if (secret === null) return refuse(response, 401)
    response.writeHead(200, json).end(JSON.stringify({ secret }))
  }

  const call = async (name: string, page: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request, maxBodyBytes)
    if (typeof body === 'number') return refuse(response, body)
    const reply = await dispatch(name, body)
    response.writeHead(200, json).end(reply)
    options.answered(name, page, body, reply)
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url: target = '' } = request
    const verdict = judgeRequest({ method, target, headers: allHeaders(request.rawHeaders) }, rules())
    switch (verdict.to) {
      case 'refuse': return refuse(response, verdict.status, verdict.allow)
      case 'asset': return sendAsset(folder, assets, target, method, response)
      case 'session': return session(request, response)
      case 'call': return call(verdict.name, verdict.page, request, response)
      case 'window':
        options.windowWanted()
        response.writeHead(204, securityHeaders).end()
    }
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      options.failed(error)
      if (response.headersSent) response.destroy()
      else refuse(response, 500)
    })
  }
}
