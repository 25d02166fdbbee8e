import { describe, expect, it } from 'vitest'
import { drawReport } from '../../../shared/pdf/draw.ts'
import { srgbProfile } from '../../../shared/pdf/icc.ts'
import { openPdf } from '../../../shared/pdf/read/document.ts'
import { signatureFields } from '../../../shared/signature/fields.ts'
import { verifyPdf } from '../../../shared/signature/verify.ts'
import { buildReport } from '../../../shared/report/build.ts'
import { drawOptions, readinessState, reportInput, valuationState } from '../../support/report-dossier.ts'

const draw = (sealed: boolean) => drawReport(buildReport(reportInput(valuationState(), 'vi', sealed)), drawOptions)

describe('drawing', () => {
  it('gives the same bytes for the same dossier', async () => {
    const [a, b] = [await draw(true), await draw(true)]
    expect(Buffer.compare(a, b)).toBe(0)
  })

  it('depends on nothing but model and options', async () => {
    const model = buildReport(reportInput(readinessState()))
    const base = await drawReport(model, drawOptions)
    for (const change of [{ date: '2026-11-05T03:21:10.000Z' }, { fileId: '0'.repeat(32) }, { attachments: [] }]) expect(Buffer.compare(await drawReport(model, { ...drawOptions, ...change }), base)).not.toBe(0)
  })

  it('reserves the signature fields of a sealed report, and none in a draft', async () => {
    for (const [sealed, names] of [[true, ['ThamDinhVien', 'NguoiKy']], [false, []]] as const) {
      const file = openPdf(await draw(sealed))
      expect(file.ok && signatureFields(file.value).map(({ name, value }) => [name, value])).toEqual(names.map((name) => [name, null]))
    }
    expect(verifyPdf(await draw(true), { anchors: [] }).state).toBe('unsigned')
  })

  it('carries a colour profile whose parts stand where its table says', () => {
    const profile = srgbProfile()
    const view = new DataView(profile.buffer)
    expect(view.getUint32(0)).toBe(profile.length)
    expect(Buffer.from(profile.subarray(36, 40)).toString()).toBe('acsp')
    const count = view.getUint32(128)
    for (let i = 0; i < count; i++) {
      const [offset, size] = [view.getUint32(132 + 12 * i + 4), view.getUint32(132 + 12 * i + 8)]
      expect(offset % 4).toBe(0)
      expect(offset + size).toBeLessThanOrEqual(profile.length)
    }
  })
})
