import { faults, type FaultCode } from '../shared/kernel/faults.ts'
import type { Fault } from '../shared/kernel/result.ts'
import type { Refusal } from '../shared/sync/messages.ts'

/** Ends a request with a refusal the client understands; routes throw it, the error handler writes it. */
export class Refused extends Error {
  readonly status: number
  readonly code: FaultCode
  /** Seconds for `Retry-After`. */
  readonly retryAfter: number | undefined
  readonly details: Fault['details']

  constructor(status: number, code: FaultCode, more: { readonly retryAfter?: number; readonly details?: Fault['details'] | undefined } = {}) {
    super(code)
    this.status = status
    this.code = code
    this.retryAfter = more.retryAfter
    this.details = more.details
  }

  body(): Refusal {
    return { refused: 'luong-gia-exchange', kind: faults[this.code].severity, code: this.code, ...(this.details === undefined ? {} : { details: { ...this.details } }) }
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
