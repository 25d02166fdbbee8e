import type { FaultCode } from '../kernel/faults.ts'
import { err, type Result } from '../kernel/result.ts'
import { decodeArgs, encodeReply, maxText } from './codec.ts'
import { contract, type CallShape, type Door, type Handlers } from './contract.ts'
import { isCallName } from './names.ts'

/** Runs `run` after `ms` milliseconds unless the returned function is called first. */
export type Timer = (ms: number, run: () => void) => () => void

/** What is told about a call that could not be answered properly; never arguments, answers or messages. */
export interface Mishap {
  readonly call: string
  readonly what: 'threw' | 'bad-answer' | 'undeclared-fault' | 'timeout' | 'answer-too-long'
  readonly error?: unknown
}

interface DispatchOptions {
  readonly handlers: Handlers
  readonly timer: Timer
  readonly report: (mishap: Mishap) => void
}

const common: ReadonlySet<FaultCode> = new Set<FaultCode>(['internal', 'timeout', 'bad-request', 'host-gone', 'cancelled'])

/** True when this call may answer with this code. */
export const declares = (shape: CallShape, code: FaultCode): boolean => common.has(code) || shape.faults.includes(code)

/**
 * The one way into the handlers, whatever the door: looks the name up, decodes and checks the arguments, runs with the call's
 * time limit, checks the answer, masks everything unknown as `internal`. Never throws.
 */
export const createDispatch = ({ handlers, timer, report }: DispatchOptions): Door => {
  const limited = (ms: number, work: Promise<Result<unknown>>): Promise<Result<unknown> | 'late'> =>
    new Promise((resolve, reject) => {
      const stop = timer(ms, () => resolve('late'))
      work.then(resolve, reject).finally(stop)
    })

  const answer = async (name: string, body: string): Promise<Result<unknown>> => {
    if (!isCallName(name)) return err('bad-request')
    const shape: CallShape = contract[name]
    const decoded = decodeArgs(body)
    if (!decoded.ok) return decoded
    const args = shape.args.safeParse(decoded.value)
    if (!args.success) return err('bad-request')
    // The table pairs each name with its own arguments, which the compiler cannot follow through a name known only at run time.
    const handler = handlers[name] as (args: unknown) => Promise<Result<unknown>>
    const reply = await limited(shape.timeoutMs, handler(args.data))
    if (reply === 'late') {
      report({ call: name, what: 'timeout' })
      return err('timeout')
    }
    if (!reply.ok) {
      if (declares(shape, reply.fault.code)) return reply
      report({ call: name, what: 'undeclared-fault' })
      return err('internal')
    }
    const value = shape.value.safeParse(reply.value)
    if (value.success) return { ok: true, value: value.data }
    report({ call: name, what: 'bad-answer' })
    return err('internal')
  }

  return async (name, body) => {
    try {
      const text = encodeReply(await answer(name, body))
      if (text.length <= maxText) return text
      report({ call: name, what: 'answer-too-long' })
    } catch (error) {
      report({ call: name, what: 'threw', error })
    }
    return encodeReply(err('internal'))
  }
}
