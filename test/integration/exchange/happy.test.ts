import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startExchange, type RunningExchange } from '../../../exchange/server.ts'
import { leafBytes } from '../../../shared/sync/messages.ts'
import { enrolled, exchangeAt, makeDevice, makePackage, mustBeOk, send, tempFolder, verifyAs } from '../../support/exchange-kit.ts'

describe('the exchange, from code to receipt', () => {
  const device = makeDevice()
  let place: Awaited<ReturnType<typeof tempFolder>>
  let server: RunningExchange

  const start = () => startExchange({ dataDir: place.folder, port: 0, host: '127.0.0.1', quiet: true, verify: verifyAs(() => device.id) })

  beforeAll(async () => {
    place = await tempFolder()
    server = await start()
  })
  afterAll(async () => {
    await server.close()
    await place.remove()
  })

  it('enrols, sends, gets a receipt that verifies, and gives the same receipt for ever', async () => {
    const exchange = exchangeAt(server.url)
    const enrolment = await enrolled(exchange, await server.createCode('Viện Đánh giá'), device)
    expect(enrolment.organisation.name).toBe('Viện Đánh giá')
    expect(enrolment.server).toBe(server.keyId)

    const pack = makePackage(5 * leafBytes + 12_345)
    const first = send(exchange, enrolment, device, pack)
    const receipt = mustBeOk(await first.result)
    expect(receipt.receipt).toMatchObject({ package: pack.sha256, size: pack.bytes.length, seal: pack.seal, organisation: 'Viện Đánh giá', device: device.id })
    expect(first.states.at(-1)).toEqual({ at: 'received', receipt: receipt.text })

    const again = mustBeOk(await send(exchange, enrolment, device, pack).result)
    expect(again.text).toBe(receipt.text)

    await server.close()
    server = await start()
    const later = exchangeAt(server.url)
    expect(mustBeOk(await send(later, enrolment, device, pack).result).text).toBe(receipt.text)
    expect(await server.check()).toEqual([])
  })
})
