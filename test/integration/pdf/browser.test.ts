import { sign } from 'node:crypto'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureBrowser } from '../../../scripts/lib/tools.ts'
import { drawReport } from '../../../shared/pdf/draw.ts'
import { buildReport } from '../../../shared/report/build.ts'
import { signPdf } from '../../../shared/signature/sign.ts'
import { appearance, appraiser, issuing, requestOf, root, times } from '../../support/certificates.ts'
import { drawOptions, reportFonts, reportInput, valuationState } from '../../support/report-dossier.ts'
import type { BrowserTask } from './browser-entry.ts'

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

let browser: Awaited<ReturnType<typeof chromium.launch>>
let script: string

beforeAll(async () => {
  const built = await build({
    configFile: false, logLevel: 'silent', root: new URL('.', import.meta.url).pathname,
    build: { write: false, minify: false, target: 'es2024', rollupOptions: { input: new URL('browser-entry.ts', import.meta.url).pathname, output: { format: 'iife' } } },
  })
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((result) => ('output' in result ? result.output : []))
  script = outputs.find((output) => output.type === 'chunk')?.code ?? ''
  browser = await chromium.launch({ executablePath: await ensureBrowser(), args: ['--no-sandbox'] })
})
afterAll(async () => {
  await browser.close()
})

describe('the page and Node', () => {
  it('draw and sign the same report to the same bytes', async () => {
    const model = buildReport(reportInput(valuationState()))
    const task: BrowserTask = {
      model, date: drawOptions.date, fileId: drawOptions.fileId, appearance, signedAt: times.signed, certificate: base64(appraiser.der), chain: [base64(issuing.der)], root: base64(root.der),
      fonts: { regular: base64(reportFonts.regular), bold: base64(reportFonts.bold), italic: base64(reportFonts.italic), boldItalic: base64(reportFonts.boldItalic) },
      attachments: drawOptions.attachments.map((file) => ({ ...file, bytes: base64(file.bytes) })),
    }
    const page = await browser.newPage()
    await page.exposeFunction('askKey', (data: string) => base64(new Uint8Array(sign('sha256', Buffer.from(data, 'base64'), appraiser.key))))
    await page.addScriptTag({ content: script })
    const there = await page.evaluate((one) => globalThis.runTask(one), task)
    const here = await drawReport(model, drawOptions)
    expect(there.report).toBe(base64(here))
    const signed = await signPdf(requestOf(here, { field: 'NguoiKy' }, appraiser, [issuing.der]))
    expect(signed.ok && base64(signed.value)).toBe(there.signed)
    expect(there.state).toBe('valid-revocation-unknown')
  })
})
