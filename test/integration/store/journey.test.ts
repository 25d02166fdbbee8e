import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IDBFactory } from 'fake-indexeddb'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startExchange } from '../../../exchange/server.ts'
import type { RunningExchange } from '../../../exchange/server.ts'
import type { OutboxRow, Store } from '../../../renderer/store/api.ts'
import { makeCertificate, makePkcs12 } from '../../../scripts/lib/test-certificate.ts'
import { inspectPackage } from '../../../shared/sync/inspect.ts'
import { filesUnder, knowledgeOfProgram, must, newMachine, onDisk, opened, passphrase, startOpen, until } from './harness.ts'
import type { Machine, Program } from './harness.ts'

const secret = 'mở khóa chữ ký'
const issuer = makeCertificate({ commonName: 'CA thử nghiệm', notBefore: '2026-01-01T00:00:00Z', notAfter: '2046-01-01T00:00:00Z', authority: true })
const signer = makeCertificate({ commonName: 'Phan Thị Bích Ngọc', organisation: 'Công ty Thẩm định', issuer, notBefore: '2026-01-01T00:00:00Z', notAfter: '2046-01-01T00:00:00Z' })
const p12 = makePkcs12(signer, [issuer.der], secret)
const block = { name: 'Phan Thị Bích Ngọc', title: 'Tổng Giám đốc' }

let exchangeFolder = ''
let exchange: RunningExchange
let machine: Machine
const running: Program[] = []
const run = async (): Promise<Program> => {
  const program = await startOpen(machine)
  running.push(program)
  return program
}
const startServer = async (port: number): Promise<void> => {
  exchange = await startExchange({ dataDir: exchangeFolder, port, host: '127.0.0.1', quiet: true })
}
const sent = (store: Store, id: string): Promise<readonly OutboxRow[]> => until(store.outbox, (rows) => rows.some((row) => row.dossier === id && row.state === 'received'), 'receipt', 60_000)
const signedSample = async ({ store }: Program): Promise<string> => {
  const id = must(await store.openSample('say-bom-nhiet'))
  must(await store.seal(id))
  must(await store.sign(id, p12, secret, block))
  return id
}
const enrol = async ({ store }: Program): Promise<void> => {
  must(await store.setExchangeAddress(exchange.url))
  must(await store.enrol(await exchange.createCode('Viện Đánh giá')))
}

beforeAll(async () => {
  exchangeFolder = await mkdtemp(join(tmpdir(), 'luong-gia-journey-'))
  await startServer(0)
})
afterAll(async () => {
  await exchange.close()
  await rm(exchangeFolder, { recursive: true, force: true })
})
beforeEach(async () => {
  machine = await newMachine()
})
afterEach(async () => {
  for (const program of running.splice(0)) await program.kill()
  await machine.remove()
})

describe('from an approved dossier to the receipt', () => {
  it('seals, reports, signs, packs, sends and keeps the receipt', async () => {
    const program = await run()
    const { store } = program
    const id = must(await store.openSample('say-bom-nhiet'))
    const draft = must(await store.report(id, 'vi'))
    expect(Buffer.from(draft.subarray(0, 5)).toString()).toBe('%PDF-')
    expect(await store.sign(id, p12, secret, block)).toEqual({ ok: false, fault: { code: 'not-sealed' } })
    expect(await store.savePackage(id, () => undefined, new AbortController().signal)).toEqual({ ok: false, fault: { code: 'not-sealed' } })
    must(await store.seal(id))
    expect(await store.run(id, { type: 'profile.set', patch: { title: 'Không sửa được nữa' } })).toMatchObject({ ok: false, fault: { code: 'phase-forbids' } })
    expect(await store.queue(id)).toEqual({ ok: false, fault: { code: 'not-signed' } })
    const [one, two] = [must(await store.report(id, 'vi')), must(await store.report(id, 'vi'))]
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true)
    expect(await store.sign(id, p12, 'sai mật khẩu', block)).toEqual({ ok: false, fault: { code: 'certificate-password-wrong' } })
    must(await store.sign(id, p12, secret, block))
    const signed = must(await store.signedReport(id))
    expect(Buffer.from(signed.subarray(0, one.length)).equals(Buffer.from(one))).toBe(true)

    const progress: number[] = []
    const saved = must(await store.savePackage(id, ({ done }) => progress.push(done), new AbortController().signal))
    const file = await readFile(join(machine.documents, saved?.name ?? ''))
    expect(progress.at(-1)).toBe(file.length)
    const inspected = must(await inspectPackage({ size: file.length, read: (offset, length) => Promise.resolve(file.subarray(offset, offset + length)) }, { knowledge: await knowledgeOfProgram(), verify: { anchors: [issuer.der] } }))
    expect(inspected.checked.seal).toBe((await opened(store, id)).state.delivery.seal)
    await writeFile(join(machine.documents, 'goi.zip'), file)
    expect(execFileSync('unzip', ['-tq', join(machine.documents, 'goi.zip')]).toString()).toContain('No errors')

    must(await store.queue(id))
    expect(store.outbox.get()).toMatchObject([{ dossier: id, state: 'waiting', progress: { done: 0, total: file.length } }])
    expect(await store.testExchange()).toMatchObject({ ok: false, fault: { code: 'exchange-not-set' } })
    expect(await store.setExchangeAddress('http://example.vn')).toMatchObject({ ok: false, fault: { code: 'exchange-address-refused' } })
    must(await store.setExchangeAddress(exchange.url))
    expect(Math.abs(must(await store.testExchange()).clockOffsetMs)).toBeLessThan(60_000)
    expect((await store.enrol('XXXX')).ok).toBe(false)
    await enrol(program)
    expect(store.exchange.get()).toMatchObject({ enrolled: true, organisation: 'Viện Đánh giá' })
    await sent(store, id)
    const { state } = await opened(store, id, (now) => now.state.phase === 'received')
    expect(state.delivery.receipt).not.toBeNull()
    await onDisk(store, id)
    await program.close()

    // The browser forgets everything: dossier, receipt and enrolment are still there.
    machine.indexedDB = new IDBFactory()
    const again = await run()
    await until(again.store.exchange, (facts) => facts.enrolled)
    expect((await opened(again.store, id)).state).toEqual(state)
    expect(Buffer.from(must(await again.store.signedReport(id))).equals(Buffer.from(signed))).toBe(true)
    const other = must(await again.store.correct(id))
    const corrected = (await opened(again.store, other)).state
    expect(corrected).toMatchObject({ phase: 'draft', supersedes: state.delivery.seal, profile: state.profile, valuation: state.valuation, evidence: state.evidence })
    expect(corrected.checklist).toEqual(state.checklist)
    expect(corrected.delivery.seal).toBeNull()
  })

  it('goes on by itself after being killed at any call on the way, and sends one package only', async () => {
    const first = await run()
    await enrol(first)
    const id = await signedSample(first)
    await onDisk(first.store, id)
    await first.kill()
    for (const call of ['exchange.hello', 'exchange.session', 'exchange.plan', 'exchange.put', 'exchange.commit', 'journal.append'] as const) {
      const program = await run()
      await opened(program.store, id)
      const before = program.calls.length
      if (call === 'journal.append') program.failing.set(call, { fault: 'host-gone' })
      if ((await opened(program.store, id)).state.phase === 'signed') must(await program.store.queue(id))
      for (let waited = 0; waited < 400 && !program.calls.slice(before).includes(call); waited += 1) await new Promise((resolve) => {
        setTimeout(resolve, 10)
      })
      await program.kill()
    }
    const last = await run()
    await opened(last.store, id, (now) => now.state.phase === 'received')
    const { log, state } = await onDisk(last.store, id)
    expect(log.filter(({ body }) => body.kind === 'phase.receive')).toHaveLength(1)
    expect(log.filter(({ body }) => body.kind === 'phase.queue')).toHaveLength(1)
    expect(state.delivery.receipt).not.toBeNull()
  })

  it('waits while the exchange is away, also with the browser\'s store lost, and goes on when it is back', async () => {
    const first = await run()
    await enrol(first)
    const { port } = exchange
    await exchange.close()
    const id = await signedSample(first)
    must(await first.store.queue(id))
    await until(first.store.outbox, (rows) => rows[0]?.fault?.code === 'exchange-unreachable', 'unreachable', 60_000)
    first.store.pauseSending()
    await until(first.store.outbox, (rows) => rows[0]?.state === 'paused')
    await onDisk(first.store, id)
    await first.kill()
    await startServer(port)
    machine.indexedDB = new IDBFactory()
    const second = await run()
    await until(second.store.list, (list) => list.length === 1)
    await opened(second.store, id, (now) => now.state.phase === 'received')
    await onDisk(second.store, id)
  })

  it('shows a refusal with its reason in the dossier, and sends again when asked', async () => {
    const program = await run()
    const { store } = program
    await enrol(program)
    const id = await signedSample(program)
    program.failing.set('exchange.plan', { fault: 'exchange-refused', details: { reason: 'thiếu chứng thư' } })
    must(await store.queue(id))
    const { state } = await opened(store, id, (now) => now.state.phase === 'refused')
    expect(state.delivery.refusal).toMatchObject({ code: 'exchange-refused' })
    expect(state.delivery.refusal?.text).toContain('thiếu chứng thư')
    expect(store.outbox.get()).toMatchObject([{ dossier: id, state: 'refused', fault: { code: 'exchange-refused' } }])
    await program.kill()
    const again = await run()
    await until(again.store.outbox, (rows) => rows[0]?.state === 'refused')
    must(await again.store.queue(id))
    await sent(again.store, id)
    await opened(again.store, id, (now) => now.state.phase === 'received')
  })

  it('a receipt that could not be written at once is written as soon as it can', async () => {
    const program = await run()
    const { store } = program
    await enrol(program)
    const id = await signedSample(program)
    await onDisk(store, id)
    // The whole answer of the exchange is there, then the program dies before the dossier's log says so.
    const stop = store.outbox.subscribe(() => {
      if (store.outbox.get().some((row) => row.state === 'received')) void program.kill()
    })
    must(await store.queue(id))
    await until(store.outbox, (rows) => rows[0]?.state === 'received', 'receipt', 60_000)
    stop()
    await program.kill()
    const again = await run()
    await opened(again.store, id, (now) => now.state.phase === 'received')
    expect((await onDisk(again.store, id)).log.filter(({ body }) => body.kind === 'phase.receive')).toHaveLength(1)
  })

  it('refuses to seal while a piece of evidence is missing, and takes the file again', async () => {
    const program = await run()
    const { store } = program
    const id = must(await store.openSample('say-bom-nhiet'))
    must(await store.run(id, { type: 'phase.return', reason: 'Bổ sung chứng cứ' }))
    const bytes = new Uint8Array(2_000_000).fill(7)
    const options = { onProgress: () => undefined, signal: new AbortController().signal }
    const facts = { title: 'Bản quét', note: '', source: 'Lưu trữ', date: '' } as const
    const evidence = must(await store.attach(id, new File([bytes], 'quet.bin'), facts, options))
    const sample = JSON.parse(await readFile(join(import.meta.dirname, '../../../resources/samples/say-bom-nhiet.json'), 'utf8'))
    const council = ['phase.submit', 'council.openRound', 'council.score', 'council.closeRound', 'council.adopt', 'phase.approve']
    for (const command of sample.commands) if (council.includes(command.type)) must(await store.run(id, command))
    expect((await opened(store, id)).state.phase).toBe('approved')
    await rm(join(machine.root, 'blobs'), { recursive: true })
    expect(await store.seal(id)).toEqual({ ok: false, fault: { code: 'evidence-pieces-missing', details: { count: 1 } } })
    expect(await store.readEvidence(id, evidence, 0, 10)).toEqual({ ok: false, fault: { code: 'not-found' } })
    expect(must(await store.attach(id, new File([bytes], 'quet.bin'), facts, options))).toBe(evidence)
    expect([...must(await store.readEvidence(id, evidence, 1_999_999, 10))]).toEqual([7])
    expect((await store.attach(id, new File([bytes], 'quet.bin'), facts, options)).ok).toBe(false)
    must(await store.seal(id))
    must(await store.sign(id, p12, secret, block))
    expect(must(await store.savePackage(id, () => undefined, new AbortController().signal))?.name).toMatch(/\.lgz$/)
    await rm(join(machine.root, 'blobs'), { recursive: true })
    // Locking forgets the pieces in memory.
    await store.lock('asked')
    must(await store.unlock(passphrase))
    expect(await store.savePackage(id, () => undefined, new AbortController().signal)).toEqual({ ok: false, fault: { code: 'not-found' } })
    expect((await filesUnder(machine.documents)).size).toBe(1)
  })
})
