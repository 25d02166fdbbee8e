import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Secrets of one running bridge; they die with it. */
export interface Secrets {
  /** A code good for a single exchange within its time. */
  readonly mintOnce: (lifetimeMs: number) => string
  /** The session's secret for a code that is still good, else null. */
  readonly exchange: (once: string) => string | null
  readonly sessionFits: (given: string) => boolean
  readonly controlFits: (given: string) => boolean
  /** For the private file by which a second start reaches this program. */
  readonly control: string
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Compares in constant time, whatever the lengths. */
const fits = (secret: string): ((given: string) => boolean) => {
  const expected = digest(secret)
  return (given) => timingSafeEqual(digest(given), expected)
}

const fresh = (): string => randomBytes(32).toString('hex')

export const createSecrets = (now: () => number): Secrets => {
  const session = fresh()
  const control = fresh()
  /** Digest of each code with its end. */
  const codes = new Map<string, number>()
  const forgetOld = (): void => {
    for (const [code, end] of codes) if (end <= now()) codes.delete(code)
  }
  return {
    control,
    mintOnce: (lifetimeMs) => {
      forgetOld()
      const code = fresh()
      codes.set(digest(code).toString('hex'), now() + lifetimeMs)
      return code
    },
    exchange: (once) => {
      forgetOld()
      return codes.delete(digest(once).toString('hex')) ? session : null
    },
    sessionFits: fits(session),
    controlFits: fits(control),
  }
}
