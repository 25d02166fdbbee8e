import { PDFContext, PDFRawStream, PDFRef, PDFStream, PngEmbedder } from '@cantoo/pdf-lib'
import { type AppendedObject, latin1Bytes, writeNumber } from '../pdf/append.ts'
import { printable, TextFont } from '../pdf/text-font.ts'
import type { SignatureAppearance, SignatureFonts } from './port.ts'

const labels = {
  vi: { signed: 'ĐÃ KÝ SỐ', by: 'Người ký', title: 'Chức vụ', organisation: 'Tổ chức', at: 'Thời gian ký', reason: 'Lý do', place: 'Nơi ký' },
  en: { signed: 'DIGITALLY SIGNED', by: 'Signed by', title: 'Position', organisation: 'Organisation', at: 'Signed at', reason: 'Reason', place: 'Place' },
} as const

/** Deep blue of the frame and the heading: the colour of a hand's ink, readable in black and white. */
const ink = '0.09 0.22 0.47'
const LARGEST = 9
const SMALLEST = 5
const PADDING = 4

interface Line {
  readonly font: 'F1' | 'F2'
  readonly text: string
  readonly colour: string
}

const wrap = (font: TextFont, text: string, size: number, width: number): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (font.width(longer, size) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = ''
    for (const char of word) {
      if (line !== '' && font.width(line + char, size) > width) {
        lines.push(line)
        line = ''
      }
      line += char
    }
  }
  return line === '' ? lines : [...lines, line]
}

/** `22/11/2026 09:15:30 +07:00` from a local time `YYYY-MM-DDTHH:MM:SS` and its zone. */
export const shownTime = (local: string, zoneMinutes: number): string => {
  const size = Math.abs(zoneMinutes)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)} ${local.slice(11, 19)} ${zoneMinutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/**
 * Draws the visible block of a signature (khung chữ ký hiển thị): who, as what, when with time zone, why.
 * The text shrinks from 9 to 5 points until it fits; with a picture (blue handwriting or red seal) the text moves to its right.
 * @param firstNumber object number from which the new objects are numbered
 * @returns the objects and the number of the form XObject, or null when the picture is not a PNG
 */
export const drawAppearance = async (
  appearance: SignatureAppearance, fonts: SignatureFonts, when: string, width: number, height: number, firstNumber: number,
): Promise<{ readonly form: number; readonly objects: readonly AppendedObject[]; readonly next: number } | null> => {
  const context = PDFContext.create()
  context.largestObjectNumber = firstNumber - 1
  const regular = await TextFont.open(fonts.regular, 'LGSIGA', 'Tinos-Regular')
  const bold = await TextFont.open(fonts.bold, 'LGSIGB', 'Tinos-Bold')
  const text = labels[appearance.language]
  const rows: readonly (readonly [string, string])[] = [
    [text.by, appearance.name], [text.title, appearance.title], [text.organisation, appearance.organisation],
    [text.at, when], [text.reason, appearance.reason], [text.place, appearance.place],
  ]
  const lines: readonly Line[] = [
    { font: 'F2', text: text.signed, colour: ink },
    ...rows.filter(([, value]) => value !== '').map(([label, value]): Line => ({ font: 'F1', text: printable(`${label}: ${value}`), colour: '0 0 0' })),
  ]
  const image = appearance.image === undefined ? null : await embedImage(context, appearance.image)
  if (image === undefined) return null
  const pictureWidth = image === null ? 0 : Math.min(width * 0.4, ((height - 2 * PADDING) * image.width) / image.height)
  const left = PADDING + 2 + (image === null ? 0 : pictureWidth + PADDING)
  const room = width - left - PADDING
  const fontOf = (line: Line): TextFont => (line.font === 'F2' ? bold : regular)
  let size = LARGEST
  const broken = (): readonly Line[] => lines.flatMap((line) => wrap(fontOf(line), line.text, size, room).map((part) => ({ ...line, text: part })))
  while (size > SMALLEST && broken().length * size * 1.2 > height - 2 * PADDING) size -= 0.25
  const shown = broken().slice(0, Math.max(1, Math.floor((height - 2 * PADDING) / (size * 1.2))))

  const n = writeNumber
  let content = `q\n${ink} RG 0.6 w 0.3 0.3 ${n(width - 0.6)} ${n(height - 0.6)} re S\n${ink} rg 0 0 2 ${n(height)} re f\n`
  if (image !== null) {
    const pictureHeight = (pictureWidth * image.height) / image.width
    content += `q ${n(pictureWidth)} 0 0 ${n(pictureHeight)} ${n(PADDING + 2)} ${n((height - pictureHeight) / 2)} cm /Im Do Q\n`
  }
  let y = height - PADDING - size * 0.9
  for (const line of shown) {
    content += `BT ${line.colour} rg /${line.font} ${n(size)} Tf ${n(left)} ${n(y)} Td [${fontOf(line).encode(line.text)}] TJ ET\n`
    y -= size * 1.2
  }
  content += 'Q'
  const regularRef = context.nextRef()
  const boldRef = context.nextRef()
  await regular.embed(context, regularRef)
  await bold.embed(context, boldRef)
  const form = context.register(context.flateStream(content, {
    Type: 'XObject', Subtype: 'Form', FormType: 1, BBox: [0, 0, width, height],
    Resources: { Font: { F1: regularRef, F2: boldRef }, ...(image === null ? {} : { XObject: { Im: image.ref } }) },
  }))
  return { form: form.objectNumber, objects: context.enumerateIndirectObjects().map(([ref, object]) => ({ num: ref.objectNumber, gen: 0, body: bodyOf(object) })), next: context.largestObjectNumber + 1 }
}

const bodyOf = (object: ReturnType<PDFContext['enumerateIndirectObjects']>[number][1]): Uint8Array => {
  const out = new Uint8Array(object.sizeInBytes())
  if (object instanceof PDFStream || object instanceof PDFRawStream || !(object instanceof PDFRef)) object.copyBytesInto(out, 0)
  else return latin1Bytes(object.toString())
  return out
}

/** null stands for "no picture", undefined for "not a PNG". */
const embedImage = async (context: PDFContext, bytes: Uint8Array): Promise<{ readonly ref: PDFRef; readonly width: number; readonly height: number } | undefined> => {
  try {
    const png = await PngEmbedder.for(bytes)
    return { ref: await png.embedIntoContext(context), width: png.width, height: png.height }
  } catch {
    // Whatever the decoder met, the picture cannot be used; the caller says so.
    return undefined
  }
}
