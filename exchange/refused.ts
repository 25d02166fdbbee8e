import { faults, type FaultCode } from '../shared/kernel/faults.ts'
import type { Refusal } from '../shared/sync/messages.ts'

/** Ends a request with a refusal the client understands; routes throw it, the error handler writes it. */
export class Refused extends Error {
  readonly status: number
  readonly code: FaultCode
  /** Seconds for `Retry-After`. */
  readonly retryAfter: number | undefined

  constructor(status: number, code: FaultCode, retryAfter?: number) {
    super(code)
    this.status = status
    this.code = code
    this.retryAfter = retryAfter
  }

  body(): Refusal {
    return { refused: 'luong-gia-exchange', kind: faults[this.code].severity, code: this.code }
  }
}

/** A reason why the exchange cannot start, in the words of the fault table. */
export class CannotStart extends Error {
  readonly code: FaultCode
  readonly details: Readonly<Record<string, string | number>>

  constructor(code: FaultCode, details: Readonly<Record<string, string | number>>) {
    super(`${code} ${JSON.stringify(details)}`)
    this.code = code
    this.details = details
  }
}
