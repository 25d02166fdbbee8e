// Started as a process of its own: the reference exchange, and beside it the plainest server that takes a PUT and keeps its bytes.
import { once } from 'node:events'
import { open, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import path from 'node:path'
import { z } from 'zod'
import { startExchange } from '../../exchange/server.ts'
import { verifyAs } from '../support/exchange-kit.ts'

const { folder, rawFolder, device } = z.object({ folder: z.string(), rawFolder: z.string(), device: z.string() }).parse(JSON.parse(process.argv[2] ?? '{}'))

/** Writes what comes in to a file and flushes it, as whoever keeps a file must. */
const keep = async (request: IncomingMessage): Promise<number> => {
  const file = path.join(rawFolder, 'raw.bin')
  const handle = await open(file, 'w')
  let size = 0
  try {
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk)) throw new Error('a request gives buffers')
      await handle.writeFile(chunk)
      size += chunk.length
    }
    await handle.datasync()
  } finally {
    await handle.close()
  }
  await rm(file)
  return size
}

const raw = createServer((request, response) => {
  keep(request).then((size) => response.end(String(size)), () => response.destroy())
})
raw.listen(0, '127.0.0.1')
await once(raw, 'listening')
const address = raw.address()
const exchange = await startExchange({ dataDir: folder, port: 0, host: '127.0.0.1', quiet: true, verify: verifyAs(() => device) })

process.on('message', (message) => {
  if (message !== 'close') return
  raw.close()
  void exchange.close().then(() => process.disconnect())
})
process.send?.({ exchange: exchange.url, raw: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/`, code: await exchange.createCode('Bench') })
