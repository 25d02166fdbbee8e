import type { ReportFonts } from '../../shared/pdf/drawing.ts'
import bold from '../../resources/fonts/Tinos-Bold.ttf?url'
import boldItalic from '../../resources/fonts/Tinos-BoldItalic.ttf?url'
import italic from '../../resources/fonts/Tinos-Italic.ttf?url'
import regular from '../../resources/fonts/Tinos-Regular.ttf?url'

const bytesOf = async (url: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(url)).arrayBuffer())

const read = async (): Promise<ReportFonts> => {
  const [first, second, third, fourth] = await Promise.all([regular, bold, italic, boldItalic].map(bytesOf))
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) throw new Error('four fonts were asked for')
  return { regular: first, bold: second, italic: third, boldItalic: fourth }
}

let fonts: Promise<ReportFonts> | null = null

/** The report's typeface, read once from the program's own files. */
export const reportFonts = (): Promise<ReportFonts> => {
  fonts ??= read().catch((error: unknown) => {
    fonts = null
    throw error
  })
  return fonts
}
