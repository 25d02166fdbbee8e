import { z } from 'zod'
import { faults, isFaultCode } from '../kernel/faults.ts'
import type { FaultCode } from '../kernel/faults.ts'
import type { Fault } from '../kernel/result.ts'
import { hash } from '../schema/base.ts'
import { leavesPerRequest, run as leafRun } from './messages.ts'
import type { Run } from './messages.ts'
import type { VerifiedReceipt } from './receipt.ts'

const faultCode = z.custom<FaultCode>((value) => typeof value === 'string' && isFaultCode(value))
const fault = z.strictObject({ code: faultCode, details: z.record(z.string(), z.union([z.string(), z.number()])).optional() })
const pace = {
  /** Failures in a row without progress. */
  attempt: z.number().int().nonnegative(),
  /** Leaves in the next request, 1 to 8. */
  size: z.number().int().min(1).max(leavesPerRequest),
  /** Most leaves the network let through in one request. */
  cap: z.number().int().min(1).max(leavesPerRequest),
}

/**
 * State of one package on its way (hộp gửi); plain JSON, stored in the outbox row with the seal.
 * `queued`: at rest, goes on by itself; `waiting`: a person must do something first; `received`: a verified receipt is here.
 */
export const outboxState = z.discriminatedUnion('at', [
  z.strictObject({ at: z.literal('queued'), ...pace, fault: fault.optional() }),
  z.strictObject({ at: z.literal('planning'), ...pace }),
  z.strictObject({ at: z.literal('sending'), ...pace, upload: hash, missing: z.array(leafRun).min(1) }),
  z.strictObject({ at: z.literal('committing'), ...pace, upload: hash }),
  z.strictObject({ at: z.literal('waiting'), ...pace, fault }),
  z.strictObject({ at: z.literal('refused'), fault }),
  z.strictObject({ at: z.literal('received'), receipt: z.string() }),
])
export type OutboxState = z.infer<typeof outboxState>
export type OutboxPlace = OutboxState['at']
type Place<P extends OutboxPlace> = Extract<OutboxState, { readonly at: P }>

export type OutboxEvent =
  /** Its turn has come, or the person asks to go on. */
  | { readonly type: 'start' }
  /** The exchange said what is missing. */
  | { readonly type: 'planned'; readonly upload: string; readonly missing: readonly Run[] }
  /** A run was stored and echoed; `ms` is how long the request took. */
  | { readonly type: 'stored'; readonly run: Run; readonly ms: number }
  /** The exchange misses something after all. */
  | { readonly type: 'again' }
  /** A receipt that passed `verifyReceipt`. */
  | { readonly type: 'verified'; readonly receipt: VerifiedReceipt }
  | { readonly type: 'failed'; readonly fault: Fault }
  /** The person stopped it, or the program ended in the middle. */
  | { readonly type: 'stop' }

/** Requests quicker than this may carry twice as many leaves. */
const quickMs = 2_000
/** Wrong receipts in a row before a person is asked: one may be damage on the way, several are not. */
const wrongReceipts = 3

export const freshOutbox: Place<'queued'> = { at: 'queued', attempt: 0, size: 1, cap: leavesPerRequest }

const paceOf = ({ attempt, size, cap }: Pick<Place<'queued'>, 'attempt' | 'size' | 'cap'>) => ({ attempt, size, cap })

/** Takes a stored run out of the missing ones; also runs that only partly overlap. */
export const without = (missing: readonly Run[], [from, to]: Run): Run[] =>
  missing.flatMap(([a, b]): Run[] => {
    const before: Run[] = a < from ? [[a, Math.min(b, from - 1)]] : []
    const after: Run[] = b > to ? [[Math.max(a, to + 1), b]] : []
    return [...before, ...after]
  })

/** Leaves of the next request: the head of the first missing run, at most `size` of them. */
export const nextRun = (state: Place<'sending'>): Run => {
  const [first] = state.missing
  if (first === undefined) throw new Error('a sending outbox has something missing')
  return [first[0], Math.min(first[1], first[0] + state.size - 1)]
}

/** Of fault codes: only a refusal by the exchange itself is final; everything else leaves the package in the outbox. */
const placeAfter = (code: FaultCode, attempt: number): 'queued' | 'waiting' | 'refused' => {
  if (code === 'exchange-refused') return 'refused'
  if (code === 'receipt-invalid') return attempt >= wrongReceipts ? 'waiting' : 'queued'
  return faults[code].severity === 'transient' ? 'queued' : 'waiting'
}

const failed = (state: Place<'planning' | 'sending' | 'committing'>, why: Fault): OutboxState => {
  const attempt = state.attempt + 1
  const half = Math.max(1, Math.floor(state.size / 2))
  const cap = why.code === 'exchange-too-large' ? half : state.cap
  const smaller = state.at === 'sending' && ['exchange-too-large', 'exchange-unreachable', 'timeout'].includes(why.code)
  const next = { attempt, size: Math.min(cap, smaller ? half : state.size), cap }
  const kept = why.details === undefined ? { code: why.code } : { code: why.code, details: { ...why.details } }
  const at = placeAfter(why.code, attempt)
  return at === 'refused' ? { at, fault: kept } : { at, ...next, fault: kept }
}

/**
 * The arrows of the outbox: the state after an event, or null where there is no such arrow.
 * The only way to `received` is a verified receipt; no event leads out of `received`.
 */
export const outboxAfter = (state: OutboxState, event: OutboxEvent): OutboxState | null => {
  switch (event.type) {
    case 'start':
      if (state.at === 'refused') return { at: 'planning', attempt: 0, size: 1, cap: leavesPerRequest }
      return state.at === 'queued' || state.at === 'waiting' ? { at: 'planning', ...paceOf(state) } : null
    case 'planned':
      if (state.at !== 'planning') return null
      return event.missing.length === 0
        ? { at: 'committing', ...paceOf(state), upload: event.upload }
        : { at: 'sending', ...paceOf(state), upload: event.upload, missing: [...event.missing] }
    case 'stored': {
      if (state.at !== 'sending') return null
      const missing = without(state.missing, event.run)
      const size = event.ms < quickMs ? Math.min(state.cap, state.size * 2) : state.size
      const next = { attempt: 0, size, cap: state.cap, upload: state.upload }
      return missing.length === 0 ? { at: 'committing', ...next } : { at: 'sending', ...next, missing }
    }
    case 'again':
      return state.at === 'sending' || state.at === 'committing' ? { at: 'planning', ...paceOf(state) } : null
    case 'verified':
      return state.at === 'planning' || state.at === 'committing' ? { at: 'received', receipt: event.receipt.text } : null
    case 'failed':
      return state.at === 'planning' || state.at === 'sending' || state.at === 'committing' ? failed(state, event.fault) : null
    case 'stop':
      return state.at === 'planning' || state.at === 'sending' || state.at === 'committing' ? { at: 'queued', ...paceOf(state) } : null
  }
}

/** The state to go on from after the program was ended or killed at any point. */
export const outboxAfterRestart = (state: OutboxState): OutboxState => outboxAfter(state, { type: 'stop' }) ?? state

/** Share of a package of `leaves` leaves that the exchange holds, 0 to 1; null while that is not known. */
export const outboxShare = (state: OutboxState, leaves: number): number | null => {
  if (state.at === 'committing' || state.at === 'received') return 1
  if (state.at !== 'sending') return null
  return 1 - state.missing.reduce((sum, [from, to]) => sum + to - from + 1, 0) / leaves
}

const networkProbeMs = 30_000
const longestMs = 300_000
const longestObeyedMs = 3_600_000

/**
 * How long to wait before trying again, in milliseconds: doubling from one second to five minutes with half of it left to
 * chance (`random` in [0, 1)), so that many devices do not return at once. A `Retry-After` (seconds, in the fault's details)
 * is obeyed up to an hour. Networks that want a sign-in are probed every half minute.
 */
export const backOffMs = (code: FaultCode, attempt: number, random: number, retryAfter = 0): number => {
  if (code === 'network-sign-in') return networkProbeMs
  const again = code === 'exchange-piece-refused' || code === 'exchange-too-large'
  if (again && attempt <= 3) return 0
  const ceiling = Math.min(longestMs, 1_000 * 2 ** Math.max(0, Math.min(attempt, 20) - 1))
  const jittered = ceiling * (0.5 + random / 2)
  const asked = Math.min(longestObeyedMs, Math.max(0, retryAfter) * 1_000)
  return asked > 0 ? Math.max(asked * (1 + random / 10), jittered) : jittered
}
