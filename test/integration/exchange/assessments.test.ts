import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mayGoOut } from '../../../shared/dossier/release.ts'
import { thumbprint } from '../../../shared/seal/jws.ts'
import type { DossierState } from '../../../shared/schema/dossier.ts'
import { leafBytes } from '../../../shared/sync/messages.ts'
import { approvedDesk } from '../../support/assessment-desk.ts'
import { decisionState, inspectionState, kthState, levelBlockedState, levelGapState, levelState, policyState, reviewedValuationState, systemState, weightedState } from '../../support/assessment-dossiers.ts'
import { enrolled, exchangeAt, mustBeOk, openBench, send, sha256, type Bench, type TestDevice, type TestPackage } from '../../support/exchange-kit.ts'
import { makeDevice, packageBytes, realKnowledge, sealOn, type Device } from '../../unit/seal/support.ts'
import { run } from '../pdf/tools.ts'

const root = path.resolve(import.meta.dirname, '../../..')

const folder = mkdtempSync(path.join(os.tmpdir(), 'luong-gia-assessments-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sealedPackage = async (state: DossierState, device: Device): Promise<TestPackage> => {
  const desk = approvedDesk(state)
  const { seal } = await sealOn(desk, device)
  const bytes = await packageBytes(desk, new Uint8Array(0))
  return { bytes, seal, sha256: sha256(bytes), leafHashes: Array.from({ length: Math.ceil(bytes.length / leafBytes) }, (_, leaf) => sha256(bytes.subarray(leaf * leafBytes, (leaf + 1) * leafBytes))) }
}
const withoutConsent = (): DossierState => {
  const { consent: _, ...rest } = levelState()
  return rest
}

describe('results that belong to the enterprise', () => {
  let bench: Bench
  let sealer: Device
  let device: TestDevice

  beforeAll(async () => {
    bench = await openBench({}, 'own verification')
    sealer = await makeDevice()
    device = { jwk: sealer.jwk, id: thumbprint(sealer.jwk), sign: sealer.sign }
    await enrolled(exchangeAt(bench.server().url), await bench.server().createCode('Sở Khoa học và Công nghệ'), device)
  })
  afterAll(() => bench.close())

  const handIn = (pack: TestPackage) => send(exchangeAt(bench.server().url), { ...bench.enrolment, device: device.id }, device, pack).result

  it('are refused by the exchange when the package holds no consent, or a refused one', async () => {
    expect(mayGoOut(withoutConsent(), realKnowledge)).toEqual({ ok: false, fault: { code: 'consent-missing' } })
    expect(await handIn(await sealedPackage(withoutConsent(), sealer))).toMatchObject({ ok: false, fault: { code: 'exchange-refused', details: { reason: 'consent-missing' } } })
    expect(await handIn(await sealedPackage(levelGapState(), sealer))).toMatchObject({ ok: false, fault: { code: 'exchange-refused', details: { reason: 'consent-refused' } } })
    expect(await bench.unsound()).toEqual([])
  })

  it('are taken with the consent, and so are dossiers that need none', async () => {
    for (const state of [levelState(), inspectionState(), weightedState(), reviewedValuationState()]) {
      const pack = await sealedPackage(state, sealer)
      const { receipt } = mustBeOk(await handIn(pack))
      expect(receipt).toMatchObject({ package: pack.sha256, seal: pack.seal })
    }
    expect(await bench.unsound()).toEqual([])
  })
})

describe('the command line', () => {
  const appraise = (...args: readonly string[]) => spawnSync(process.execPath, [path.join(root, 'scripts', 'appraise.ts'), ...args], { encoding: 'utf8', timeout: 170_000, env: { ...process.env, LC_ALL: 'vi_VN.UTF-8' } })

  it.each([
    ['level', levelState, 'Trình độ và năng lực công nghệ sản xuất trung bình', 'Average level and capability of production technology'], ['gap', levelGapState, 'Quyết định: Trình độ và năng lực công nghệ sản xuất trung bình', 'By the rules alone no class applies'],
    ['reviewed', reviewedValuationState, 'Cơ hội cao, rủi ro cao', 'High opportunity'], ['weighted', weightedState, 'So sánh cặp của cả nhóm', 'Comparisons of the group'],
  ] as const)('verifies the sealed package and draws its report in both languages: %s', async (name, make, vi, en) => {
    const pack = await sealedPackage(make(), await makeDevice())
    const file = path.join(folder, `${name}.lgz`)
    writeFileSync(file, pack.bytes)
    const verified = appraise('verify', file)
    expect(verified.stdout).toContain(`seal ${pack.seal}`)
    expect(verified.status).toBe(0)
    for (const [language, words] of [['vi', vi], ['en', en]] as const) {
      const out = path.join(folder, `${name}-${language}.pdf`)
      const drawn = appraise('report', file, '-o', out, '--language', language)
      expect(drawn.stderr).toBe('')
      expect(drawn.status).toBe(0)
      expect(run('pdftotext', ['-raw', out, '-']).normalize('NFC').replace(/\s+/g, ' ')).toContain(words)
    }
  })
})

describe('every dossier', () => {
  it.each([['policy', policyState], ['decision', decisionState], ['kth', kthState], ['system', systemState]] as const)('%s goes through its council to the seal', async (_, make) => {
    expect((await sealedPackage(make(), await makeDevice())).bytes.length).toBeGreaterThan(1000)
  })
  it('is not taken to the council while its criteria are blocked for want of benchmarks', () => {
    expect(() => approvedDesk(levelBlockedState())).toThrow('phase.submit')
  })
})
