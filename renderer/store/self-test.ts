import type { SelfTest } from '../../shared/valuation/cases/self-test.ts'
import type { SelfTestAnswer } from '../workers/self-test.worker.ts'

/** Runs the published cases away from the screen's thread; null when they could not be run. */
export const runSelfTest = (onProgress: (share: number) => void = () => {}): Promise<SelfTest | null> =>
  new Promise((resolve) => {
    const worker = new Worker(new URL('../workers/self-test.worker.ts', import.meta.url), { type: 'module' })
    const end = (result: SelfTest | null): void => {
      worker.terminate()
      resolve(result)
    }
    worker.addEventListener('message', ({ data }: MessageEvent<SelfTestAnswer>) => {
      if (data.is === 'progress') onProgress(data.done / data.total)
      else end(data.result)
    })
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      end(null)
    })
    worker.postMessage('run')
  })

let once: Promise<SelfTest | null> | null = null

/** The result for reports: the engine does not change while the program runs, so once is enough. */
export const selfTestOnce = (): Promise<SelfTest | null> => {
  once ??= runSelfTest()
  return once
}
