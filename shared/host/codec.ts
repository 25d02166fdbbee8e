import { err, ok, type Err, type Result } from '../kernel/result.ts'
import { isFaultCode } from '../kernel/faults.ts'

/** Longest text a door carries in either direction, in UTF-16 units: eight pieces of 1 MiB in base64 with room to spare. */
export const maxText = 16 * 1_048_576

const parse = (text: string): Result<unknown, 'bad-request'> => {
  if (text.length > maxText) return err('bad-request')
  try {
    return ok(JSON.parse(text) as unknown)
  } catch {
    return err('bad-request')
  }
}

/** Arguments as a door carries them. Everything in the contract is plain JSON; bytes are base64 inside it. */
export const encodeArgs = (args: unknown): string => JSON.stringify(args)

/** Reads arguments; a text that is too long or no JSON is `bad-request`. Their shape is checked by the dispatcher. */
export const decodeArgs = parse

/** An answer as a door carries it. */
export const encodeReply = (reply: Result<unknown>): string => JSON.stringify(reply)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isDetails = (value: unknown): value is Readonly<Record<string, string | number>> =>
  isRecord(value) && Object.values(value).every((entry) => typeof entry === 'string' || typeof entry === 'number')

const readFault = (fault: unknown): Err | null => {
  if (!isRecord(fault) || typeof fault['code'] !== 'string' || !isFaultCode(fault['code'])) return null
  const details = fault['details']
  if (details === undefined) return err(fault['code'])
  return isDetails(details) ? err(fault['code'], details) : null
}

/** Reads an answer; whatever is not a Result with a known fault code is null. */
export const decodeReply = (text: string): Result<unknown> | null => {
  const parsed = parse(text)
  if (!parsed.ok || !isRecord(parsed.value)) return null
  const { ok: success, value, fault } = parsed.value
  if (success === true) return ok(value)
  return success === false ? readFault(fault) : null
}

/** An event's payload as a door carries it. */
export const encodePayload = encodeArgs
/** Reads a payload; its shape is checked by the client. */
export const decodePayload = parse
