import type { HostClient } from '../../shared/host/contract.ts'
import type { Bytes } from '../../shared/kernel/bytes.ts'
import { newCost } from '../../shared/vault/passphrase.ts'
import type { Cost } from '../../shared/vault/passphrase.ts'
import type { FileSums } from '../../shared/vault/file-sums.ts'
import type { CutPiece } from './cut.ts'
import { methodById } from '../../shared/valuation/methods/registry.ts'
import { shippedShelf } from './packs.ts'
import { shippedRegister } from './register.ts'
import type { ClaimStore, StorePorts } from './ports.ts'
import { reportFonts } from './report-resources.ts'
import type { PieceKeys } from './web-keys.ts'
import type { CutAnswer } from '../workers/pieces.worker.ts'
import type { DrawAnswer, DrawOrder } from '../workers/report.worker.ts'
import { selfTestOnce } from './self-test.ts'

const sleep = (ms: number): Promise<void> => new Promise((resolve) => {
  setTimeout(resolve, ms)
})

/** One answer of a worker, or its failure. */
const answerOf = <T>(worker: Worker): Promise<T> =>
  new Promise((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<T>) => resolve(event.data)
    worker.onerror = (event) => {
      event.preventDefault()
      reject(new Error('worker failed'))
    }
  })

const derive = async (passphrase: string, salt: Bytes, cost: Cost): Promise<Bytes> => {
  const worker = new Worker(new URL('../workers/passphrase.worker.ts', import.meta.url), { type: 'module' })
  try {
    const answer = answerOf<Bytes>(worker)
    worker.postMessage({ passphrase, salt, cost })
    return await answer
  } finally {
    // The worker's memory holds the passphrase; it goes with the worker.
    worker.terminate()
  }
}

/** Pieces come one ahead of the asking, so that hashing and writing go on side by side. */
async function* cut(file: Blob, keys: PieceKeys): AsyncGenerator<CutPiece, FileSums> {
  const worker = new Worker(new URL('../workers/pieces.worker.ts', import.meta.url), { type: 'module' })
  try {
    let next = answerOf<CutAnswer>(worker)
    worker.postMessage({ file, keys })
    for (;;) {
      const answer = await next
      if (answer.is === 'failed') throw new Error('the file could not be read')
      if (answer.is === 'end') return answer.sums
      next = answerOf<CutAnswer>(worker)
      worker.postMessage('next')
      yield answer.piece
    }
  } finally {
    worker.terminate()
  }
}

const draw: StorePorts['draw'] = async (input) => {
  const worker = new Worker(new URL('../workers/report.worker.ts', import.meta.url), { type: 'module' })
  try {
    const answer = answerOf<DrawAnswer>(worker)
    const order: DrawOrder = { ...input, selfTest: await selfTestOnce() }
    worker.postMessage(order)
    const bytes = await answer
    if (bytes === null) throw new Error('the report could not be drawn')
    return bytes
  } finally {
    worker.terminate()
  }
}

const samples = import.meta.glob<string>('../../resources/samples/*.json', { query: '?raw', import: 'default' })
const sample: StorePorts['sample'] = async (id) => (await samples[`../../resources/samples/${id}.json`]?.()) ?? null

const lockName = 'luong-gia-store'
/** A page that was just reloaded gives its lock back a moment later. */
const claimPatienceMs = 600

const claim: ClaimStore = (granted) =>
  new Promise((resolve) => {
    let late = false
    void navigator.locks.request(lockName, () => {
      if (late) granted()
      resolve(true)
      // Held until the page goes.
      return new Promise<never>(() => undefined)
    })
    void sleep(claimPatienceMs).then(() => {
      late = true
      resolve(false)
    })
  })

/** The page's own platform behind the store. */
export const browserPorts = (host: HostClient): StorePorts => {
  const channel = new BroadcastChannel('luong-gia-store')
  // A browser short of room then spares this store; it is asked silently and may refuse.
  void navigator.storage.persist().catch(() => undefined)
  return {
    host,
    methods: methodById,
    shelf: () => shippedShelf(sleep),
    register: shippedRegister,
    indexedDB: window.indexedDB,
    IDBKeyRange: window.IDBKeyRange,
    crypto: window.crypto,
    now: () => new Date().toISOString(),
    elapsed: () => performance.now(),
    sleep,
    derive,
    cost: newCost,
    cut,
    draw,
    fonts: reportFonts,
    sample,
    claim,
    channel: {
      post: (dossier) => channel.postMessage(dossier),
      listen: (listener) => channel.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (typeof event.data === 'string') listener(event.data)
      }),
    },
    onHide: (listener) => {
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'hidden') listener()
      })
      window.addEventListener('pagehide', listener)
    },
  }
}
