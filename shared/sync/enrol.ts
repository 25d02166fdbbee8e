import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { hex, utf8 } from '../kernel/bytes.ts'
import { err, ok } from '../kernel/result.ts'
import type { Result } from '../kernel/result.ts'
import { hash } from '../schema/base.ts'
import { deviceJwk } from '../schema/sealed.ts'
import type { DeviceJwk } from '../schema/sealed.ts'
import { thumbprint } from '../seal/jws.ts'
import { signMessage } from './jws.ts'
import type { Sign } from './jws.ts'
import { enrolAnswer, hello, parseAnswer } from './messages.ts'
import type { EnrolAnswer, EnrolRequest, Hello, SessionProof } from './messages.ts'
import type { ExchangePort } from './port.ts'

/** Crockford's base 32: no I, L, O, U. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 20
const idLength = 4

const checkLetter = (body: string): string => letters.charAt((sha256(utf8(body))[0] ?? 0) & 31)

/** One-time enrolment code (mã đăng ký): a public part that finds it and a secret of 75 bits. */
export interface EnrolCode {
  readonly id: string
  readonly secret: string
}

/** Makes a code from 19 random bytes; written `XXXXX-XXXXX-XXXXX-XXXXX`, the last letter guards against typing errors. */
export const makeCode = (random: Uint8Array): EnrolCode & { readonly text: string } => {
  if (random.length !== codeLength - 1) throw new Error('an enrolment code needs 19 random bytes')
  const body = Array.from(random, (byte) => letters.charAt(byte & 31)).join('')
  const text = (body + checkLetter(body)).replace(/(.{5})(?=.)/g, '$1-')
  return { id: body.slice(0, idLength), secret: body.slice(idLength), text }
}

/** Reads a code as people type it: any case, spaces and dashes anywhere, O for 0, I and L for 1. */
export const parseCode = (text: string): Result<EnrolCode, 'exchange-code-mistyped'> => {
  const typed = text.normalize('NFKC').toUpperCase().replace(/[\s\p{Dash}]/gu, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  const body = typed.slice(0, -1)
  const valid = typed.length === codeLength && new RegExp(`^[${letters}]+$`).test(typed)
  return valid && typed.endsWith(checkLetter(body)) ? ok({ id: body.slice(0, idLength), secret: body.slice(idLength) }) : err('exchange-code-mistyped')
}

const mac = (secret: string, parts: readonly string[]): string => hex(hmac(sha256, utf8(secret), utf8(JSON.stringify(parts))))

/** Code that binds an enrolment request to one exchange and one key; without the code's secret nobody can make it. */
export const enrolRequestMac = (code: EnrolCode, server: string, key: DeviceJwk, name: string): string =>
  mac(code.secret, ['luong-gia-enrol/1', code.id, server, thumbprint(key), name])

/** Code that binds the pinned key set to the one-time code: an interceptor cannot slip in keys of its own. */
export const enrolAnswerMac = (code: EnrolCode, answer: Omit<EnrolAnswer, 'mac'>): string =>
  mac(code.secret, ['luong-gia-enrolled/1', code.id, answer.server, answer.name, answer.organisation.id, answer.organisation.name, answer.device, ...answer.keys.map(thumbprint)])

/** What the device keeps of its enrolment (đăng ký thiết bị): whom it talks to and whose receipts it believes. */
export const enrolment = z.strictObject({
  v: z.literal(1),
  /** Thumbprint of the exchange's first key. */
  server: hash,
  name: z.string(),
  organisation: z.strictObject({ id: hash, name: z.string() }),
  /** Thumbprint of this device's key. */
  device: hash,
  /** Keys of the exchange whose receipts count. */
  keys: z.array(deviceJwk).min(1),
})
export type Enrolment = z.infer<typeof enrolment>

/** Asks the exchange who it is; nonsense is a fault. The answer's clock lets the screen say "your clock is wrong by …". */
export const askHello = async (exchange: ExchangePort): Promise<Result<Hello>> => {
  const reply = await exchange.hello()
  if (!reply.ok) return reply
  const answer = parseAnswer(hello, reply.value.answer)
  return answer === null ? err('exchange-nonsense') : ok(answer)
}

/**
 * Enrols a device with a one-time code. Safe to repeat with the same code and key: the exchange gives the same answer.
 * Faults: those of the calls, `exchange-code-mistyped`, and `exchange-not-proven` when the answer was not made with the code.
 */
export const enrolDevice = async (
  exchange: ExchangePort,
  input: { readonly code: string; readonly key: DeviceJwk; readonly name: string },
): Promise<Result<Enrolment>> => {
  const code = parseCode(input.code)
  if (!code.ok) return code
  const greeting = await askHello(exchange)
  if (!greeting.ok) return greeting
  const { server } = greeting.value
  const request: EnrolRequest = { v: 1, code: code.value.id, key: input.key, name: input.name, mac: enrolRequestMac(code.value, server, input.key, input.name) }
  const reply = await exchange.enrol(JSON.stringify(request))
  if (!reply.ok) return reply
  const answer = parseAnswer(enrolAnswer, reply.value.answer)
  if (answer === null) return err('exchange-nonsense')
  const genuine = answer.mac === enrolAnswerMac(code.value, answer) && answer.server === server && answer.device === thumbprint(input.key)
  if (!genuine) return err('exchange-not-proven')
  const { organisation, name, device, keys } = answer
  return ok({ v: 1, server, name, organisation: { id: organisation.id, name: organisation.name }, device, keys })
}

/**
 * Opens a session: the device signs the exchange's nonce, so no clock matters. The token stays in the host.
 * Faults: those of the calls, and `exchange-changed` when another exchange answers than the one pinned.
 */
export const openSession = async (
  exchange: ExchangePort,
  input: { readonly enrolment: Pick<Enrolment, 'server' | 'device'>; readonly sign: Sign },
): Promise<Result<Hello>> => {
  const greeting = await askHello(exchange)
  if (!greeting.ok) return greeting
  const { server, device } = input.enrolment
  if (greeting.value.server !== server) return err('exchange-changed')
  const proof: SessionProof = { v: 1, aud: server, device, nonce: greeting.value.nonce }
  const text = await signMessage('luong-gia-session', device, proof, input.sign)
  const reply = await exchange.session(text)
  return reply.ok ? greeting : reply
}
