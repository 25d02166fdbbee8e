import type { PdfFile } from '../pdf/read/document.ts'
import { PdfDamage } from '../pdf/read/lexer.ts'
import { integer, isKind, nameIs, type PdfDict, type PdfObject, type PdfRef, textOfString } from '../pdf/read/objects.ts'

/** A signature field (ô ký) of a PDF form. */
export interface SignatureField {
  readonly name: string
  /** Object number of the field's dictionary. */
  readonly num: number
  readonly dict: PdfDict
  /** Object numbers of its widgets on pages: the field itself when the two are one. */
  readonly widgets: readonly number[]
  /** The signature dictionary, or null for a field still to be signed. */
  readonly value: PdfDict | null
}

/** Entries of field and page trees that are followed in one file; a tree that shares its branches could have no end. */
const MAX_ENTRIES = 500_000

/** Counts what was followed and gives up on files that go too far: fewer fields than there are must never be the answer. */
class Allowance {
  #left = MAX_ENTRIES

  take(list: PdfObject): readonly PdfObject[] {
    if (!isKind(list, 'array')) return []
    this.#left -= list.items.length + 1
    if (this.#left < 0) throw new PdfDamage('too many entries')
    return list.items
  }
}

interface Pending {
  readonly object: PdfObject
  readonly parent: string
  readonly type: PdfObject
  readonly value: PdfObject
}

/**
 * All signature fields: those of the form in form order, then those that some programs only place on a page.
 * Bounded for any input.
 */
export const signatureFields = (file: PdfFile): readonly SignatureField[] => {
  const form = file.resolve(file.root.map.get('AcroForm'))
  const roots = isKind(form, 'dict') ? file.resolve(form.map.get('Fields')) : null
  const found: SignatureField[] = []
  const seen = new Set<number>()
  const allowance = new Allowance()
  const open: Pending[] = allowance.take(roots).map((object) => ({ object, parent: '', type: null, value: null })).toReversed()
  while (open.length > 0) {
    const next = open.pop()
    if (next === undefined || !isKind(next.object, 'ref') || seen.has(next.object.num)) continue
    seen.add(next.object.num)
    const dict = file.resolve(next.object)
    if (!isKind(dict, 'dict')) continue
    const name = [next.parent, nameOf(file, dict)].filter((part) => part !== '').join('.')
    const type = file.resolve(dict.map.get('FT') ?? next.type)
    const value = dict.map.get('V') ?? next.value
    const children = allowance.take(file.resolve(dict.map.get('Kids')))
    const fields = children.filter((kid) => {
      const child = file.resolve(kid)
      return isKind(child, 'dict') && child.map.has('T')
    })
    if (fields.length > 0) {
      for (const object of fields.toReversed()) open.push({ object, parent: name, type, value })
    } else if (nameIs(type, 'Sig')) {
      const signature = file.resolve(value)
      const widgets = children.length === 0 ? [next.object.num] : children.flatMap((kid) => (isKind(kid, 'ref') ? [kid.num] : []))
      found.push({ name, num: next.object.num, dict, widgets, value: isKind(signature, 'dict') ? signature : null })
    }
  }
  const known = new Set(found.flatMap(({ num, widgets }) => [num, ...widgets]))
  return [...found, ...pagesOf(file).flatMap(({ dict }) => looseFields(file, allowance.take(file.resolve(dict.map.get('Annots'))), known))]
}

const nameOf = (file: PdfFile, dict: PdfDict): string => textOfString(file.resolve(dict.map.get('T')))

/** Signature widgets of a page that are fields by themselves but stand in no form. */
const looseFields = (file: PdfFile, annotations: readonly PdfObject[], known: Set<number>): readonly SignatureField[] =>
  annotations.flatMap((item): readonly SignatureField[] => {
    if (!isKind(item, 'ref') || known.has(item.num)) return []
    const dict = file.resolve(item)
    if (!isKind(dict, 'dict') || !nameIs(file.resolve(dict.map.get('FT')), 'Sig') || dict.map.has('Parent')) return []
    known.add(item.num)
    const value = file.resolve(dict.map.get('V'))
    return [{ name: nameOf(file, dict), num: item.num, dict, widgets: [item.num], value: isKind(value, 'dict') ? value : null }]
  })

/** The pages of a file in order. Bounded for any input. */
export const pagesOf = (file: PdfFile): readonly { readonly ref: PdfRef; readonly dict: PdfDict }[] => {
  const open: PdfObject[] = [file.root.map.get('Pages') ?? null]
  const seen = new Set<number>()
  const pages: { readonly ref: PdfRef; readonly dict: PdfDict }[] = []
  const allowance = new Allowance()
  while (open.length > 0) {
    const ref = open.pop()
    if (!isKind(ref, 'ref') || seen.has(ref.num)) continue
    seen.add(ref.num)
    const dict = file.resolve(ref)
    if (!isKind(dict, 'dict')) continue
    const kids = file.resolve(dict.map.get('Kids'))
    if (!nameIs(file.resolve(dict.map.get('Type')), 'Pages') || !isKind(kids, 'array')) pages.push({ ref, dict })
    else for (const kid of allowance.take(kids).toReversed()) open.push(kid)
  }
  return pages
}

/** `/ByteRange` as four whole numbers, or null. */
export const byteRangeOf = (file: PdfFile, signature: PdfDict): readonly [number, number, number, number] | null => {
  const range = file.resolve(signature.map.get('ByteRange'))
  if (!isKind(range, 'array') || range.items.length !== 4) return null
  const [a, b, c, d] = range.items.map((item) => integer(item))
  return a !== null && b !== null && c !== null && d !== null && a !== undefined && b !== undefined && c !== undefined && d !== undefined ? [a, b, c, d] : null
}

const daysIn = (year: number, month: number): number => (month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31)

const two = (value: number): string => String(value).padStart(2, '0')

/** Moves a date and time by whole minutes in the proleptic Gregorian calendar. Fields as in `YYYY-MM-DDTHH:MM:SS`. */
export const shiftMinutes = (time: string, minutes: number): string => {
  let [year, month, day, hour, minute] = [Number(time.slice(0, 4)), Number(time.slice(5, 7)), Number(time.slice(8, 10)), Number(time.slice(11, 13)), Number(time.slice(14, 16))]
  const total = hour * 60 + minute + minutes
  const days = Math.floor(total / 1440)
  hour = Math.floor((total - days * 1440) / 60)
  minute = total - days * 1440 - hour * 60
  day += days
  while (day < 1) {
    month--
    if (month < 1) {
      month = 12
      year--
    }
    day += daysIn(year, month)
  }
  while (day > daysIn(year, month)) {
    day -= daysIn(year, month)
    month++
    if (month > 12) {
      month = 1
      year++
    }
  }
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${time.slice(17, 19)}`
}

/** A PDF date `D:YYYYMMDDHHmmSS+07'00'` as UTC `YYYY-MM-DDTHH:MM:SSZ`; null unless it is complete, zone included. */
export const instantOfPdfDate = (text: string): string | null => {
  const match = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z(?:00'?00'?)?|([+-])(\d\d)'?(\d\d)?'?)$/.exec(text)
  if (match === null) return null
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', sign, zoneHours = '0', zoneMinutes = '0'] = match
  const sound = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month)) && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
  if (!sound) return null
  const offset = (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes))
  return `${shiftMinutes(`${year}-${month}-${day}T${hour}:${minute}:${second}`, sign === undefined ? 0 : -offset)}Z`
}

/** PDF date of a UTC instant `YYYY-MM-DDTHH:MM:SS…Z` in a zone. */
export const pdfDateOf = (instant: string, zoneMinutes: number): string => {
  const local = shiftMinutes(instant.slice(0, 19), zoneMinutes)
  const size = Math.abs(zoneMinutes)
  const zone = zoneMinutes === 0 ? 'Z' : `${zoneMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}'${two(size % 60)}'`
  return `D:${local.replace(/\D/g, '')}${zone}`
}
