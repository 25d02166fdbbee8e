import { readFileSync } from 'node:fs'
import { PDFContext, PDFWriter } from '@cantoo/pdf-lib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { printable, TextFont } from '../../../shared/pdf/text-font.ts'
import { reportFonts } from '../../support/report-dossier.ts'
import { type Picture, readPgm, run, workshop } from './tools.ts'

/** Every Vietnamese vowel with every tone, the other letters, figures and the signs a valuation needs. */
const vowels = ['aàáảãạ', 'ăằắẳẵặ', 'âầấẩẫậ', 'eèéẻẽẹ', 'êềếểễệ', 'iìíỉĩị', 'oòóỏõọ', 'ôồốổỗộ', 'ơờớởỡợ', 'uùúủũụ', 'ưừứửữự', 'yỳýỷỹỵ'].join('')
const lower = `${vowels}bcdđghklmnpqrstvxfjwz`
const letters = `${lower}${lower.toUpperCase()}`
const signs = '0123456789.,:;!?()[]{}%‰₫$€×÷−±≤≥≠≈²³√∑ΣΠσρβμΔ∞·…–—“”‘’/\\+=<>&#@*½→'
const alphabet = Array.from(`${letters}${signs}`.normalize('NFC'))
const styles = [['regular', reportFonts.regular], ['bold', reportFonts.bold], ['italic', reportFonts.italic], ['boldItalic', reportFonts.boldItalic]] as const

// Letters stand on a grid whose steps are whole pixels at 144 dpi, so that equal glyphs give equal pixels.
const dpi = 144
const cell = 30
const columns = 16
const margin = 36
const size = 20

const shop = workshop()
afterAll(shop.done)

/** One page with one letter per cell, `missing` last. */
const page = async (bytes: Uint8Array, chars: readonly string[]): Promise<Uint8Array> => {
  const font = await TextFont.open(bytes, 'LGTEST', 'Tinos')
  const context = PDFContext.create()
  const height = margin * 2 + cell * Math.ceil(chars.length / columns)
  const content = chars.map((char, i) => `BT /F1 ${String(size)} Tf ${String(margin + (i % columns) * cell)} ${String(height - margin - Math.floor(i / columns) * cell - 20)} Td [${font.encode(printable(char))}] TJ ET`).join('\n')
  const fontRef = context.nextRef()
  await font.embed(context, fontRef)
  const pages = context.nextRef()
  const leaf = context.register(context.obj({ Type: 'Page', Parent: pages, MediaBox: [0, 0, margin * 2 + columns * cell, height], Resources: { Font: { F1: fontRef } }, Contents: context.register(context.flateStream(content)) }))
  context.assign(pages, context.obj({ Type: 'Pages', Kids: [leaf], Count: 1 }))
  context.trailerInfo.Root = context.register(context.obj({ Type: 'Catalog', Pages: pages }))
  return PDFWriter.forContext(context, Infinity).serializeToBuffer()
}

/** Pixels of one cell as text, and how much ink is in it. */
const pixels = (picture: Picture, index: number): { readonly ink: number; readonly shape: string } => {
  const scale = dpi / 72
  const left = (margin + (index % columns) * cell - 4) * scale
  const top = (margin + Math.floor(index / columns) * cell - 6) * scale
  let ink = 0
  let shape = ''
  for (let y = top; y < top + cell * scale; y++) {
    for (let x = left; x < left + cell * scale; x++) {
      const value = picture.at(x, y)
      if (value < 128) ink++
      shape += String.fromCharCode(value)
    }
  }
  return { ink, shape }
}

describe.each(styles)('Tinos %s', (style, bytes) => {
  const missing = '\u4e2d'
  let picture: Picture
  let text: string

  beforeAll(async () => {
    shop.put(`${style}.pdf`, await page(bytes, [...alphabet, missing]))
    run('pdftoppm', ['-gray', '-r', String(dpi), '-singlefile', shop.path(`${style}.pdf`), shop.path(style)])
    picture = readPgm(readFileSync(shop.path(`${style}.pgm`)))
    text = run('pdftotext', ['-layout', shop.path(`${style}.pdf`), '-'])
  })

  it('draws every letter: ink in every cell, none like the square for missing letters', () => {
    const square = pixels(picture, alphabet.length)
    const unseen: string[] = []
    expect(square.ink).toBeGreaterThan(20)
    for (const [i, char] of alphabet.entries()) {
      const { ink, shape } = pixels(picture, i)
      if (ink <= 2 || shape === square.shape) unseen.push(char)
    }
    expect(unseen).toEqual([])
  })

  it('draws every letter differently from every other', () => {
    const seen = new Map<string, string>()
    const twins: string[] = []
    for (const [i, char] of alphabet.entries()) {
      const { shape } = pixels(picture, i)
      const other = seen.get(shape)
      if (other !== undefined) twins.push(`${other}${char}`)
      seen.set(shape, char)
    }
    // The sum sign and the capital sigma may share an outline; no two Vietnamese letters may.
    expect(twins.filter((pair) => !['∑Σ', 'Σ∑'].includes(pair))).toEqual([])
  })

  it('gives back every letter as it was written', () => {
    expect(Array.from(text.replace(/\s/g, '')).join('')).toBe(`${alphabet.join('')}□`)
  })
})

it('writes what people type into what is printed: NFC, plain spaces, no hidden marks', async () => {
  const font = await TextFont.open(reportFonts.regular, 'LGTEST', 'Tinos')
  expect(printable('Công nghệ'.normalize('NFD'))).toBe('Công nghệ')
  expect(printable('a\u00a0b\u202fc\u200b\u202e\u2011d')).toBe('a b c-d')
  expect(font.missing).toBe(false)
  font.width(printable('한국'), 12)
  expect(font.missing).toBe(true)
})
