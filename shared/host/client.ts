import { err, type Result } from '../kernel/result.ts'
import { decodePayload, decodeReply, encodeArgs } from './codec.ts'
import { contract, events, type AbortSignalLike, type CallName, type CallShape, type Door, type HostClient, type Reply } from './contract.ts'
import { declares, type Timer } from './dispatch.ts'

/** Delivers the texts of one event until the returned function is called. */
export type EventDoor = (name: string, listener: (text: string) => void) => () => void

/** How long beyond a call's own limit the page waits before it counts the host as gone. */
const graceMs = 5_000

/**
 * The typed caller over any door. Answers are checked again on this side; a door that throws, breaks off or stays silent
 * is `host-gone`. Never throws and never rejects.
 *
 * @param timer ends the waiting for a host that no longer answers
 */
export const createClient = (door: Door, eventDoor: EventDoor, timer: Timer): HostClient => {
  const ask = async (name: CallName, args: unknown): Promise<Result<unknown>> => {
    const shape: CallShape = contract[name]
    const reply = decodeReply(await door(name, encodeArgs(args)))
    if (reply === null) return err('host-gone')
    if (!reply.ok) return declares(shape, reply.fault.code) ? reply : err('internal')
    const value = shape.value.safeParse(reply.value)
    return value.success ? { ok: true, value: value.data } : err('internal')
  }

  const waiting = (name: CallName, args: unknown, signal: AbortSignalLike | undefined): Promise<Result<unknown>> =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve(err('cancelled'))
      const stop = timer(contract[name].timeoutMs + graceMs, () => resolve(err('host-gone')))
      signal?.addEventListener('abort', () => resolve(err('cancelled')))
      ask(name, args).then(resolve, () => resolve(err('host-gone'))).finally(stop)
    })

  return {
    call: (name, args, options) =>
      // Checked above against the very shape that the type is derived from.
      waiting(name, args, options?.signal) as Promise<Reply<typeof name>>,
    listen: (name, listener) =>
      eventDoor(name, (text) => {
        const decoded = decodePayload(text)
        if (!decoded.ok) return
        const payload = events[name].safeParse(decoded.value)
        if (payload.success) listener(payload.data as Parameters<typeof listener>[0])
      }),
  }
}
