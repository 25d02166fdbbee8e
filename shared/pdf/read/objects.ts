/** PDF objects (ISO 32000-1, 7.3) as plain data, with the place of those whose exact bytes matter for signatures. */
export interface PdfName { readonly kind: 'name'; readonly name: string }
export interface PdfRef { readonly kind: 'ref'; readonly num: number; readonly gen: number }
export interface PdfString {
  readonly kind: 'string'
  readonly bytes: Uint8Array
  readonly hex: boolean
  /** Where the token stands in the file, delimiters included; −1 when it came from an object stream. */
  readonly start: number
  readonly end: number
}
export interface PdfArray { readonly kind: 'array'; readonly items: readonly PdfObject[] }
export interface PdfDict {
  readonly kind: 'dict'
  readonly map: ReadonlyMap<string, PdfObject>
  /** A key stood twice: readers disagree which one counts. */
  readonly ambiguous: boolean
}
export interface PdfStream {
  readonly kind: 'stream'
  readonly dict: PdfDict
  /** Encoded bytes as in the file. */
  readonly raw: Uint8Array
}
export type PdfObject = null | boolean | number | PdfName | PdfString | PdfRef | PdfArray | PdfDict | PdfStream

export const isKind = <K extends Exclude<PdfObject, null | boolean | number>['kind']>(object: PdfObject | undefined, kind: K): object is Extract<PdfObject, { kind: K }> =>
  typeof object === 'object' && object !== null && object.kind === kind

export const nameIs = (object: PdfObject | undefined, name: string): boolean => isKind(object, 'name') && object.name === name
export const integer = (object: PdfObject | undefined): number | null => (typeof object === 'number' && Number.isSafeInteger(object) ? object : null)

/** Text string of a PDF (PDFDocEncoding read as Latin-1, UTF-16BE or UTF-8 with their marks). */
export const textOfString = (object: PdfObject | undefined): string => {
  if (!isKind(object, 'string')) return ''
  const { bytes } = object
  let text = ''
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    for (let i = 2; i + 1 < bytes.length; i += 2) text += String.fromCharCode(((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0))
  } else {
    for (const byte of bytes) text += String.fromCharCode(byte)
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
      try {
        text = decodeURIComponent(text.slice(3).replace(/[^A-Za-z0-9]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`))
      } catch {
        // Not UTF-8 after all: shown as the single bytes it is.
        text = text.slice(3)
      }
    }
  }
  return text.normalize('NFC')
}
