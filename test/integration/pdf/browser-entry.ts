import { drawReport } from '../../../shared/pdf/draw.ts'
import type { DrawOptions } from '../../../shared/pdf/drawing.ts'
import type { ReportModel } from '../../../shared/report/model.ts'
import { ok } from '../../../shared/kernel/result.ts'
import type { SignRequest } from '../../../shared/signature/port.ts'
import { signPdf } from '../../../shared/signature/sign.ts'
import { verifyPdf } from '../../../shared/signature/verify.ts'

/** What crosses between the test and the page: JSON, bytes as base64. */
export interface BrowserTask {
  readonly model: ReportModel
  readonly date: string
  readonly fileId: string
  readonly fonts: Readonly<Record<'regular' | 'bold' | 'italic' | 'boldItalic', string>>
  readonly attachments: readonly { readonly name: string; readonly mime: string; readonly bytes: string; readonly relationship: 'Source' | 'Data'; readonly description: string }[]
  readonly certificate: string
  readonly chain: readonly string[]
  readonly root: string
  readonly appearance: SignRequest['appearance']
  readonly signedAt: string
}

const bytes = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
const text = (data: Uint8Array): string => btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(''))

const drawn = (task: BrowserTask): Promise<Uint8Array> => {
  const options: DrawOptions = {
    fonts: { regular: bytes(task.fonts.regular), bold: bytes(task.fonts.bold), italic: bytes(task.fonts.italic), boldItalic: bytes(task.fonts.boldItalic) },
    attachments: task.attachments.map((file) => ({ ...file, bytes: bytes(file.bytes) })), date: task.date, fileId: task.fileId,
  }
  return drawReport(task.model, options)
}

/** Draws in the page, and signs there with a key that stays outside, as the product does. */
const run = async (task: BrowserTask): Promise<{ readonly report: string; readonly signed: string; readonly state: string }> => {
  const report = await drawn(task)
  const signed = await signPdf({
    pdf: report, place: { field: 'NguoiKy' }, appearance: task.appearance, signedAt: task.signedAt, zoneMinutes: 420, fonts: { regular: bytes(task.fonts.regular), bold: bytes(task.fonts.bold) },
    signer: { certificate: bytes(task.certificate), chain: task.chain.map(bytes), keyType: 'RSA', sign: async (data) => ok(bytes(await askKey(text(data)))) },
  })
  if (!signed.ok) throw new Error(signed.fault.code)
  return { report: text(report), signed: text(signed.value), state: verifyPdf(signed.value, { anchors: [bytes(task.root)] }).state }
}

declare global {
  /** The key outside the page. */
  var askKey: (data: string) => Promise<string>
  var runTask: typeof run
}
globalThis.runTask = run
