import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const hello = z.object({ numpy: z.string(), python: z.string() })
const answer = z.object({ seconds: z.number(), processor: z.number(), mean: z.number(), sd: z.number(), percentiles: z.array(z.number()) })
export type NumpyAnswer = z.infer<typeof answer>

/** A Python with NumPy that waits for work, so that neither its start nor the import counts. */
export interface Numpy {
  readonly name: string
  readonly run: (trials: number, block: number, seed: number, sheet: boolean) => Promise<NumpyAnswer>
  readonly close: () => void
}

/** Starts an interpreter; null when there is none or NumPy is missing in it. */
export const openNumpy = async (interpreter: string): Promise<Numpy | null> => {
  const one = '1'
  const child = spawn(interpreter, [path.join(import.meta.dirname, 'numpy-rfr.py')], {
    stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, OMP_NUM_THREADS: one, OPENBLAS_NUM_THREADS: one, MKL_NUM_THREADS: one },
  })
  child.on('error', () => child.stdout.destroy())
  child.stdin.on('error', () => undefined)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<unknown> => {
    const line = await lines.next().catch(() => ({ done: true as const, value: undefined }))
    return line.done === true ? null : JSON.parse(line.value)
  }
  const first = hello.safeParse(await next())
  if (!first.success) {
    child.kill()
    return null
  }
  return {
    name: `NumPy ${first.data.numpy}, Python ${first.data.python}`,
    run: async (trials, block, seed, sheet) => {
      child.stdin.write(`${JSON.stringify({ trials, block, seed, sheet })}\n`)
      return answer.parse(await next())
    },
    close: () => child.stdin.end(),
  }
}
