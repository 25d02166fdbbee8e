import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { createDirectClient } from '../../electron/host/direct.ts'
import { openHost } from '../../electron/host/open-host.ts'
import { createNodePlatform } from '../../electron/host/platform-node.ts'
import { exchangePort } from '../../shared/host/exchange-port.ts'
import { enrolled, makeDevice, makePackage, mustBeOk, send } from '../support/exchange-kit.ts'
import { median, ms, times } from './figures.ts'
import type { Row } from './figures.ts'

const size = 64 * 1_048_576
const runs = 5

const put = (address: string, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    const out = request(address, { method: 'PUT', headers: { 'Content-Length': bytes.length, Connection: 'close' } }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
      answer.on('end', () => (text === String(bytes.length) ? resolve() : reject(new Error(`the plain server kept ${text} bytes`))))
    })
    out.on('error', reject)
    out.end(bytes)
  })

const speed = (time: number): string => `${(size / 1_048_576 / (time / 1000)).toFixed(0)} MiB/s`

/**
 * Sends packages through the program's own host to an exchange in another process, from the plan to the verified receipt, and the
 * same bytes with one plain PUT to a server that writes and flushes them.
 */
export const measureUpload = async (): Promise<readonly Row[]> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'luong-gia-bench-upload-'))
  const hostFolder = await mkdtemp(path.join(os.tmpdir(), 'luong-gia-bench-host-'))
  const device = makeDevice()
  const child = fork(path.join(import.meta.dirname, 'upload-server.ts'), [JSON.stringify({ folder, rawFolder: hostFolder, device: device.id })], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const ended = once(child, 'exit')
  const host = mustBeOk(await openHost({ platform: createNodePlatform({ host: 'direct', version: 'bench', documents: hostFolder }), root: path.join(hostFolder, 'profile') }))
  try {
    const started = once(child, 'message')
    const [first] = await Promise.race([started, ended.then(() => Promise.reject(new Error('the exchange did not start')))])
    const at = z.object({ exchange: z.string(), raw: z.string(), code: z.string() }).parse(first)
    const client = createDirectClient(host)
    mustBeOk(await client.call('exchange.configure', { address: at.exchange }))
    const exchange = exchangePort(client)
    const enrolment = await enrolled(exchange, at.code, device)
    const [own, plain]: readonly [number[], number[]] = [[], []]
    for (let i = -1; i < runs; i += 1) {
      const pack = makePackage(size)
      const before = performance.now()
      await put(at.raw, pack.bytes)
      const between = performance.now()
      mustBeOk(await send(exchange, enrolment, device, pack, { elapsed: () => performance.now() }).result)
      if (i < 0) continue
      plain.push(between - before)
      own.push(performance.now() - between)
    }
    return [{
      measure: 'Upload of 64 MiB, plan to verified receipt', result: `${speed(median(own))}, ${ms(median(own))} (n ${runs})`,
      against: `one plain PUT over loopback, written and flushed: ${speed(median(plain))}, ${ms(median(plain))}`, ratio: `${times(median(own) / median(plain))} as long`, verdict: 'shown',
    }]
  } finally {
    if (child.connected) child.send('close')
    await Promise.race([ended, new Promise((resolve) => {
      setTimeout(resolve, 20_000).unref()
    })])
    if (child.exitCode === null) child.kill('SIGKILL')
    await host.close()
    for (const place of [folder, hostFolder]) await rm(place, { recursive: true, force: true })
  }
}
