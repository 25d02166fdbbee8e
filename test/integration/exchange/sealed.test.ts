import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVerifier } from '../../../exchange/verify.ts'
import { faultText } from '../../../shared/kernel/faults.ts'
import { utf8 } from '../../../shared/kernel/bytes.ts'
import { sha256Hex } from '../../../shared/kernel/canonical.ts'
import { drawReport } from '../../../shared/pdf/draw.ts'
import { signatureFieldNames } from '../../../shared/report/model.ts'
import { figuresOf } from '../../../shared/seal/figures.ts'
import { jwsTypes, makeDetached, thumbprint } from '../../../shared/seal/jws.ts'
import { sealDossier, type SealedParts } from '../../../shared/seal/seal.ts'
import { signPdf } from '../../../shared/signature/sign.ts'
import { leafBytes } from '../../../shared/sync/messages.ts'
import { defined, must, shelf } from '../../unit/dossier/support.ts'
import { approvedWith, makeDevice as makeSealingDevice, packageBytes, samplePdf, sealOn, signOn, usedPacks, type Device } from '../../unit/seal/support.ts'
import { requestOf } from '../../support/certificates.ts'
import { enrolled, exchangeAt, mustBeOk, openBench, send, sha256, tempFolder, type Bench, type TestDevice, type TestPackage } from '../../support/exchange-kit.ts'
import { drawOptions } from '../../support/report-dossier.ts'
import { smallModel } from '../../support/small-report.ts'

const content = utf8('Số liệu thử nghiệm '.repeat(100_000))

describe('really sealed packages', () => {
  let bench: Bench
  let sealer: Device
  let device: TestDevice

  beforeAll(async () => {
    // No verification handed in: the exchange's own, in its thread.
    bench = await openBench({}, 'own verification')
    sealer = await makeSealingDevice()
    device = { jwk: sealer.jwk, id: thumbprint(sealer.jwk), sign: sealer.sign }
    await enrolled(exchangeAt(bench.server().url), await bench.server().createCode('Viện Đánh giá'), device)
  })
  afterAll(() => bench.close())

  const asPackage = (bytes: Uint8Array, seal: string): TestPackage => ({
    bytes,
    seal,
    sha256: sha256(bytes),
    leafHashes: Array.from({ length: Math.ceil(bytes.length / leafBytes) }, (_, leaf) => sha256(bytes.subarray(leaf * leafBytes, (leaf + 1) * leafBytes))),
  })
  const handIn = (pack: TestPackage) => send(exchangeAt(bench.server().url), { ...bench.enrolment, device: device.id }, device, pack).result
  const refused = async (pack: TestPackage): Promise<string> => {
    const ended = await handIn(pack)
    expect(ended).toMatchObject({ ok: false, fault: { code: 'exchange-refused' } })
    return ended.ok ? '' : String(ended.fault.details?.['reason'])
  }
  const sealed = async (pdf?: (parts: SealedParts) => Promise<Uint8Array>): Promise<TestPackage> => {
    const desk = approvedWith(content)
    const parts = await sealOn(desk, sealer)
    const report = pdf === undefined ? undefined : await pdf(parts)
    if (report !== undefined) await signOn(desk, sealer, report)
    return asPackage(await packageBytes(desk, content, report), parts.seal)
  }
  const signedReport = async (manifest: Uint8Array, dossier: Uint8Array): Promise<Uint8Array> => {
    const [first, second] = drawOptions.attachments
    const attachments = [{ ...defined(first), bytes: manifest }, { ...defined(second), bytes: dossier }]
    const drawn = await drawReport(smallModel, { ...drawOptions, attachments })
    return must(await signPdf(requestOf(drawn, { field: signatureFieldNames.appraiser })))
  }

  it('a package without a report: receipt with its seal', async () => {
    const pack = await sealed()
    const { receipt } = mustBeOk(await handIn(pack))
    expect(receipt).toMatchObject({ package: pack.sha256, seal: pack.seal, report: null, supersedes: null, device: device.id })
    expect(await bench.unsound()).toEqual([])
  })

  it('a package with its signed report: receipt with the report, which can be looked up', async () => {
    let pdf = new Uint8Array(0)
    const pack = await sealed(async (parts) => {
      const dossier = defined(Object.values(parts.texts).find((text) => text.startsWith('{"format":"luong-gia-state/1"')))
      pdf = new Uint8Array(await signedReport(parts.manifestBytes, utf8(dossier)))
      return pdf
    })
    const { receipt } = mustBeOk(await handIn(pack))
    expect(receipt.report).toBe(sha256(pdf))
    const page = await fetch(`${bench.server().url}/tra-cuu/${sha256(pdf)}`, { headers: { accept: 'application/json' } })
    expect(await page.json()).toMatchObject({ status: 'received', issuer: 'Viện Đánh giá' })
    expect(await bench.unsound()).toEqual([])
  })

  it('a report that carries another dossier, has no signature, or is no PDF is refused', async () => {
    const other = await sealed(async (parts) => signedReport(utf8('{}'), utf8(defined(Object.values(parts.texts)[0]))))
    expect(await refused(other)).toBe('report-not-bound')
    const unsigned = await sealed(async () => drawReport(smallModel, drawOptions))
    expect(await refused(unsigned)).toBe('pdf-unsigned')
    expect(['pdf-damaged', 'pdf-foreign']).toContain(await refused(await sealed(async () => samplePdf)))
    expect(await bench.unsound()).toEqual([])
  })

  it('figures that are not what the engine computes are refused, and the place is named', async () => {
    const desk = approvedWith(content)
    const figures = structuredClone(figuresOf(desk.now, shelf.byHash)) as { sheets: { rfr: { figure: { value: number } } } } // as the desk above makes them
    figures.sheets.rfr.figure.value *= 1.000_001
    const sealedAt = '2026-11-21T03:00:00.000Z'
    const parts = must(sealDossier({ state: desk.now, log: desk.log, packs: usedPacks, figures, engine: 'luong-gia 0.1.0', program: 'Lượng Giá 0.1.0', device: sealer.jwk, sealedAt, sealedBy: 'Trần Thị Bình' }))
    const jws = await makeDetached({ typ: jwsTypes.seal, jwk: sealer.jwk }, parts.manifestBytes, sealer.sign)
    desk.do({ type: 'phase.seal', seal: parts.seal, manifest: parts.manifestText, texts: parts.kept, jws, sealedAt })
    const ended = await handIn(asPackage(await packageBytes(desk, content), parts.seal))
    expect(ended).toEqual({ ok: false, fault: { code: 'exchange-refused', details: { reason: 'figures-differ', where: 'sheets.rfr.figure.value' } } })
    expect(ended.ok ? '' : faultText(ended.fault).vi).toContain('tại: sheets.rfr.figure.value')
    expect(await bench.unsound()).toEqual([])
  })

  it('a package sealed by a device of nobody, or altered in any part, is refused', async () => {
    const stranger = await makeSealingDevice()
    const desk = approvedWith(content)
    const { seal } = await sealOn(desk, stranger)
    expect(await refused(asPackage(await packageBytes(desk, content), seal))).toBe('exchange-device-unknown')
    const good = await sealed()
    for (let part = 1; part < 12; part += 1) {
      const bytes = Uint8Array.from(good.bytes)
      const at = Math.floor((bytes.length * part) / 12)
      bytes[at] = (bytes[at] ?? 0) ^ 1
      expect(await refused(asPackage(bytes, good.seal))).toBe('package-damaged')
    }
    expect(await refused(asPackage(utf8('PK rubbish'), good.seal))).toMatch(/^package-/)
    expect(await bench.unsound()).toEqual([])
  })

  it('no package can stop the exchange: what costs too much is refused and the next one is verified', async () => {
    const place = await tempFolder()
    const file = path.join(place.folder, 'package')
    const pack = await sealed()
    await writeFile(file, pack.bytes)
    const source = { path: file, size: pack.bytes.length, read: () => Promise.resolve(new Uint8Array(0)) }
    for (const cost of [{ milliseconds: 1, megabytes: 512 }, { milliseconds: 60_000, megabytes: 8 }]) {
      const strict = createVerifier(cost)
      expect(await strict.verify(source)).toEqual({ ok: false, fault: { code: 'exchange-not-verified' } })
      await strict.close()
    }
    const usual = createVerifier()
    const [one, two] = await Promise.all([usual.verify(source), usual.verify({ ...source, path: path.join(place.folder, 'none') }).catch((error: unknown) => error)])
    expect(one).toMatchObject({ ok: true, value: { seal: pack.seal, device: device.id } })
    expect(two).toBeInstanceOf(Error)
    expect(await usual.verify(source)).toMatchObject({ ok: true })
    await usual.close()
    await place.remove()
    expect(sha256Hex(pack.bytes)).toBe(pack.sha256)
  })
})
