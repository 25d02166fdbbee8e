import { Refused } from './refused.ts'

export interface Limits {
  /** Requests per minute and account. */
  readonly requests: number
  /** Bytes handed in per minute and account. */
  readonly bytes: number
  /** Requests per minute and address without an account (greeting, enrolment, public page). */
  readonly strangers: number
}

/** Room for ministries behind one address and for one package of 8 GiB at a stretch. */
export const usualLimits: Limits = { requests: 3_000, bytes: 8 * 1024 ** 3, strangers: 1_200 }

interface Bucket {
  left: number
  at: number
}

const mostBuckets = 20_000

/** A bucket per name that refills evenly; throws the refusal with the seconds to wait when it is empty. */
const createBuckets = (perMinute: number, elapsed: () => number): ((name: string, cost: number) => void) => {
  const buckets = new Map<string, Bucket>()
  return (name, cost) => {
    const now = elapsed()
    const bucket = buckets.get(name) ?? { left: perMinute, at: now }
    const left = Math.min(perMinute, bucket.left + ((now - bucket.at) / 60_000) * perMinute)
    const enough = left >= Math.min(cost, perMinute)
    // The oldest is forgotten first: it has had most time to fill up again.
    buckets.delete(name)
    buckets.set(name, { left: enough ? left - cost : left, at: now })
    if (buckets.size > mostBuckets) for (const oldest of buckets.keys()) {
      buckets.delete(oldest)
      break
    }
    if (!enough) throw new Refused(429, 'exchange-busy', { retryAfter: Math.max(1, Math.ceil(((Math.min(cost, perMinute) - left) / perMinute) * 60)) })
  }
}

export interface Limiter {
  /** A request of an account with so many bytes in its body. */
  readonly account: (org: string, bytes: number) => void
  readonly stranger: (address: string) => void
}

/**
 * Limits per account and per bytes, not per address, because a whole ministry may come from one address. They live in this
 * process's memory: several processes on one database allow that many times as much.
 */
export const createLimiter = (limits: Limits, elapsed: () => number): Limiter => {
  const requests = createBuckets(limits.requests, elapsed)
  const bytes = createBuckets(limits.bytes, elapsed)
  const strangers = createBuckets(limits.strangers, elapsed)
  return {
    account: (org, size) => {
      requests(org, 1)
      if (size > 0) bytes(org, size)
    },
    stranger: (address) => strangers(address, 1),
  }
}
