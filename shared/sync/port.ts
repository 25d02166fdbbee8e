import type { Result } from '../kernel/result.ts'
import type { Run } from './messages.ts'

/** The way to the exchange as the protocol needs it; the host contract's `exchange.*` calls are behind it (host/exchange-port.ts). */
export interface ExchangePort {
  readonly hello: () => Promise<Result<{ readonly answer: string }>>
  readonly enrol: (request: string) => Promise<Result<{ readonly answer: string }>>
  /** Opens a session; the token stays behind the port. */
  readonly session: (proof: string) => Promise<Result<unknown>>
  readonly plan: (request: string) => Promise<Result<{ readonly answer: string }>>
  /** Success means that the exchange echoed the hash of exactly these bytes. */
  readonly put: (upload: string, from: number, bytes: Uint8Array) => Promise<Result<{ readonly stored: Run }>>
  readonly commit: (upload: string) => Promise<Result<{ readonly answer: string }>>
}
