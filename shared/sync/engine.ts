import { concat } from '../kernel/bytes.ts'
import { sha256Hex } from '../kernel/canonical.ts'
import { err, ok } from '../kernel/result.ts'
import type { Fault, Result } from '../kernel/result.ts'
import { openSession } from './enrol.ts'
import type { Enrolment } from './enrol.ts'
import type { Sign } from './jws.ts'
import { commitAnswer, leafBytes, packageBytes, parseAnswer, planAnswer } from './messages.ts'
import type { PlanRequest, Run } from './messages.ts'
import { backOffMs, nextRun, outboxAfter, outboxAfterRestart } from './outbox.ts'
import type { OutboxEvent, OutboxState } from './outbox.ts'
import type { ExchangePort } from './port.ts'
import { verifyReceipt } from './receipt.ts'
import type { VerifiedReceipt } from './receipt.ts'

/** The part of an AbortSignal the engine looks at. */
export interface StopSignal {
  readonly aborted: boolean
}

export interface SendInput {
  readonly exchange: ExchangePort
  readonly enrolment: Pick<Enrolment, 'server' | 'device' | 'keys'>
  readonly sign: Sign
  /** SHA-256, size in bytes and manifest hash of the sealed package. */
  readonly sha256: string
  readonly size: number
  readonly seal: string
  /** SHA-256 of each 1 MiB leaf, in order. */
  readonly leafHashes: readonly string[]
  /** Bytes of one leaf; the last one is shorter. */
  readonly leaf: (index: number) => Promise<Uint8Array>
  /** Where the outbox row stands; anything but a fresh one is continued, whatever it was doing. */
  readonly state: OutboxState
  /** Stores and shows each new state; the engine goes on when it resolves. */
  readonly onState: (state: OutboxState) => void | Promise<void>
  /** Resolves after so many milliseconds, or at once when the signal is aborted. */
  readonly sleep: (ms: number) => Promise<void>
  /** Milliseconds of a clock that only runs forward. */
  readonly elapsed: () => number
  /** A number in [0, 1). */
  readonly random: () => number
  readonly signal?: StopSignal
  /** Failures in a row without progress before the fault is handed back and the package rests in the outbox; 6 unless told. */
  readonly patience?: number
  /** SHA-256 in hex; pure code unless the platform's own is handed in. */
  readonly digest?: (bytes: Uint8Array) => Promise<string>
}

/** What one step of the protocol led to. */
type Step = OutboxEvent | { readonly type: 'login' }

const digestHere = (bytes: Uint8Array): Promise<string> => Promise.resolve(sha256Hex(bytes))

const failure = (fault: Fault): Step => (fault.code === 'exchange-login-refused' ? { type: 'login' } : { type: 'failed', fault })

const receiptStep = (input: SendInput, text: string): Step => {
  const verified = verifyReceipt(text, input.enrolment.keys, input)
  return verified.ok ? { type: 'verified', receipt: verified.value } : { type: 'failed', fault: verified.fault }
}

const plan = async (input: SendInput): Promise<Step> => {
  const request: PlanRequest = { v: 1, kind: 'dossier', sha256: input.sha256, size: input.size, leafSize: leafBytes, leaves: [...input.leafHashes] }
  const reply = await input.exchange.plan(JSON.stringify(request))
  if (!reply.ok) return failure(reply.fault)
  const answer = parseAnswer(planAnswer, reply.value.answer)
  if (answer === null) return { type: 'failed', fault: { code: 'exchange-nonsense' } }
  if ('receipt' in answer) return receiptStep(input, answer.receipt)
  const inside = answer.missing.every(([, to]) => to < input.leafHashes.length)
  return inside ? { type: 'planned', upload: answer.uploadId, missing: answer.missing } : { type: 'failed', fault: { code: 'exchange-nonsense' } }
}

/** Leaves of a run, each compared with its hash, or null when the stored package is damaged. */
const leavesOf = async (input: SendInput, [from, to]: Run): Promise<Uint8Array | null> => {
  const parts: Uint8Array[] = []
  const digest = input.digest ?? digestHere
  for (let index = from; index <= to; index += 1) {
    let bytes: Uint8Array
    try {
      bytes = await input.leaf(index)
    } catch {
      return null
    }
    if ((await digest(bytes)) !== input.leafHashes[index]) return null
    parts.push(bytes)
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : concat(...parts)
}

const send = async (input: SendInput, state: Extract<OutboxState, { readonly at: 'sending' }>): Promise<Step> => {
  const run = nextRun(state)
  const bytes = await leavesOf(input, run)
  if (bytes === null) return { type: 'failed', fault: { code: 'outbox-piece-damaged' } }
  const started = input.elapsed()
  const reply = await input.exchange.put(state.upload, run[0], bytes)
  if (!reply.ok) return failure(reply.fault)
  const [from, to] = reply.value.stored
  return from === run[0] && to === run[1]
    ? { type: 'stored', run, ms: input.elapsed() - started }
    : { type: 'failed', fault: { code: 'exchange-nonsense' } }
}

const commit = async (input: SendInput, upload: string): Promise<Step> => {
  const reply = await input.exchange.commit(upload)
  if (!reply.ok) return failure(reply.fault)
  const answer = parseAnswer(commitAnswer, reply.value.answer)
  if (answer === null) return { type: 'failed', fault: { code: 'exchange-nonsense' } }
  return 'receipt' in answer ? receiptStep(input, answer.receipt) : { type: 'again' }
}

/** Rounds of plan, put and commit that the exchange may answer with "again" before it counts as nonsense. */
const mostRounds = 50

/**
 * Sends one sealed package until a receipt of the exchange verifies (gửi hồ sơ): plan, put what is missing, commit, and
 * again. Whatever the network or the server answers, nothing but a verified receipt counts as sent.
 * Transient faults are waited out up to `patience`; a lost session is opened again once per step.
 * Faults: the one that made it stop (the last `onState` holds it too), or `cancelled`; the row then is `queued`, `waiting`
 * or `refused`, and calling again goes on from there.
 */
export const sendPackage = async (input: SendInput): Promise<Result<VerifiedReceipt>> => {
  if (input.size > packageBytes) return err('exchange-package-too-large')
  if (input.leafHashes.length !== Math.ceil(input.size / leafBytes)) throw new Error('leaf hashes do not match the size')
  if (input.state.at === 'received') throw new Error('this package has its receipt already')
  const patience = input.patience ?? 6
  const stopped = (): boolean => input.signal?.aborted ?? false

  let state: OutboxState = outboxAfterRestart(input.state)
  /** A session was opened for the request that is being repeated now. */
  let freshLogin = false
  let rounds = 0

  const move = async (event: OutboxEvent): Promise<void> => {
    const next = outboxAfter(state, event)
    if (next === null) throw new Error(`no arrow ${event.type} from ${state.at}`)
    state = next
    await input.onState(state)
  }

  const login = async (): Promise<Fault | null> => {
    if (freshLogin) return { code: 'exchange-login-refused' }
    const session = await openSession(input.exchange, input)
    freshLogin = session.ok
    return session.ok ? null : session.fault
  }

  await move({ type: 'start' })
  for (;;) {
    if (stopped()) {
      await move({ type: 'stop' })
      return err('cancelled')
    }
    // The loop below only ever leaves one of these three places behind.
    const step = state.at === 'planning' ? await plan(input) : state.at === 'sending' ? await send(input, state) : state.at === 'committing' ? await commit(input, state.upload) : null
    if (step === null) throw new Error(`nothing to do in ${state.at}`)
    if (stopped() && step.type !== 'verified') {
      await move({ type: 'stop' })
      return err('cancelled')
    }
    let event: OutboxEvent
    if (step.type === 'login') {
      const fault = await login()
      if (fault === null) continue
      event = { type: 'failed', fault }
    } else {
      event = step
    }
    freshLogin = false
    if (event.type === 'again') {
      rounds += 1
      if (rounds > mostRounds) event = { type: 'failed', fault: { code: 'exchange-nonsense' } }
    }
    await move(event)
    if (event.type === 'verified') return ok(event.receipt)
    if (event.type !== 'failed') continue

    const { fault } = event
    const resting: OutboxState = state
    const attempt = 'attempt' in resting ? resting.attempt : 0
    const goesOn = resting.at === 'queued' || (resting.at === 'waiting' && fault.code === 'network-sign-in')
    if (!goesOn || attempt >= patience) return { ok: false, fault }
    const retryAfter = Number(fault.details?.['retryAfter'] ?? 0)
    await input.sleep(backOffMs(fault.code, attempt, input.random(), Number.isFinite(retryAfter) ? retryAfter : 0))
    if (stopped()) return err('cancelled')
    await move({ type: 'start' })
  }
}
