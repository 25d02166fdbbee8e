import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { isFaultCode, type FaultCode } from '../shared/kernel/faults.ts'
import { err, type Result } from '../shared/kernel/result.ts'
import { dossierId, hash } from '../shared/schema/base.ts'
import type { PackageFacts, VerifyPackage } from './receive.ts'

const facts = z.object({ seal: hash, dossier: dossierId, supersedes: hash.nullable(), report: hash.nullable(), device: hash })
const code = z.custom<FaultCode>((value) => typeof value === 'string' && isFaultCode(value))
const reply = z.union([
  z.object({ id: z.number(), result: z.object({ ok: z.literal(true), value: facts }) }),
  z.object({ id: z.number(), result: z.object({ ok: z.literal(false), fault: z.object({ code, details: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional() }) }) }),
  z.object({ id: z.number(), failure: z.string() }),
])

/** What one package may cost: no package, however made, can stop the exchange. */
const limits = { milliseconds: 240_000, megabytes: 2_048 }

interface Waiting {
  readonly resolve: (result: Result<PackageFacts>) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

export interface Verifier {
  readonly verify: VerifyPackage
  readonly close: () => Promise<void>
}

/**
 * Verifies packages in a thread of its own, started with the first one, so that requests go on meanwhile. A package that
 * takes too long or too much memory is refused (`exchange-not-verified`) and the thread is replaced.
 */
export const createVerifier = (cost = limits): Verifier => {
  let worker: Worker | null = null
  let last = 0
  const waiting = new Map<number, Waiting>()

  const giveUp = (result: Result<PackageFacts>): void => {
    for (const { resolve, timer } of waiting.values()) {
      clearTimeout(timer)
      resolve(result)
    }
    waiting.clear()
  }

  const start = (): Worker => {
    const fresh = new Worker(new URL('./verify-worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: cost.megabytes } })
    fresh.unref()
    fresh.on('message', (message) => {
      const answer = reply.parse(message)
      const job = waiting.get(answer.id)
      if (job === undefined) return
      waiting.delete(answer.id)
      clearTimeout(job.timer)
      if ('failure' in answer) job.reject(new Error(answer.failure))
      else job.resolve(answer.result)
    })
    const gone = (): void => {
      if (worker === fresh) worker = null
      giveUp(err('exchange-not-verified'))
    }
    // Out of memory arrives as an error, the end of the thread as an exit.
    fresh.on('error', gone)
    fresh.on('exit', gone)
    return fresh
  }

  /** One package at a time: memory and time then belong to it alone. */
  let queue: Promise<unknown> = Promise.resolve()
  const verifyOne: VerifyPackage = (file) =>
    new Promise((resolve, reject) => {
      worker ??= start()
      last += 1
      const timer = setTimeout(() => void worker?.terminate(), cost.milliseconds)
      waiting.set(last, { resolve, reject, timer })
      worker.postMessage({ id: last, path: file.path, size: file.size })
    })

  return {
    verify: (file) => {
      const own = queue.then(() => verifyOne(file))
      queue = own.catch(() => undefined)
      return own
    },
    close: async () => {
      await queue
      await worker?.terminate()
    },
  }
}
