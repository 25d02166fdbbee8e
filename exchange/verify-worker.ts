import { open } from 'node:fs/promises'
import { parentPort } from 'node:worker_threads'
import { z } from 'zod'
import { verifySealedPackage } from './verify-package.ts'

const job = z.object({ id: z.number(), path: z.string(), size: z.number() })

const verifyFile = async (path: string, size: number) => {
  const file = await open(path, 'r')
  try {
    return await verifySealedPackage({
      size,
      read: async (offset, length) => {
        const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)))
        let done = 0
        while (done < bytes.length) {
          const { bytesRead } = await file.read(bytes, done, bytes.length - done, offset + done)
          if (bytesRead === 0) break
          done += bytesRead
        }
        return bytes.subarray(0, done)
      },
    })
  } finally {
    await file.close()
  }
}

parentPort?.on('message', (message) => {
  const { id, path, size } = job.parse(message)
  verifyFile(path, size).then(
    (result) => parentPort?.postMessage({ id, result }),
    (error: unknown) => parentPort?.postMessage({ id, failure: error instanceof Error ? (error.stack ?? error.message) : 'unknown' }),
  )
})
