import { type PDFContext, PDFHexString, type PDFObject, type PDFRef, PDFString } from '@cantoo/pdf-lib'
import { utf8 } from '../kernel/bytes.ts'
import type { ReportModel } from '../report/model.ts'
import type { DrawOptions, ReportAttachment } from './drawing.ts'
import type { Bookmark } from './flow.ts'
import { srgbProfile } from './icc.ts'

const producer = 'Lượng Giá'

/** `D:20261122021530Z` */
const pdfDate = (instant: string): string => `D:${instant.slice(0, 19).replace(/\D/g, '')}Z`
const xmpDate = (instant: string): string => `${instant.slice(0, 19)}Z`
const xml = (text: string): string => text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? '').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')

/** XMP packet that says the same as the information dictionary, and that the file means to be PDF/A-3b (ISO 19005-3). */
const xmp = ({ document, language }: ReportModel, date: string): string => `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>${language}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${xml(document.title)}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${xml(document.subject)}</rdf:li></rdf:Alt></dc:description>
${document.author === '' ? '' : `<dc:creator><rdf:Seq><rdf:li>${xml(document.author)}</rdf:li></rdf:Seq></dc:creator>\n`}${document.keywords === '' ? '' : `<pdf:Keywords>${xml(document.keywords)}</pdf:Keywords>\n`}<pdf:Producer>${producer}</pdf:Producer>
<xmp:CreatorTool>${producer}</xmp:CreatorTool>
<xmp:CreateDate>${xmpDate(date)}</xmp:CreateDate>
<xmp:ModifyDate>${xmpDate(date)}</xmp:ModifyDate>
<xmp:MetadataDate>${xmpDate(date)}</xmp:MetadataDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`

const textString = (value: string): PDFHexString => PDFHexString.fromText(value)

export const writeInfo = (context: PDFContext, { document }: ReportModel, date: string): PDFRef => context.register(context.obj({
  Title: textString(document.title), Subject: textString(document.subject),
  ...(document.author === '' ? {} : { Author: textString(document.author) }),
  ...(document.keywords === '' ? {} : { Keywords: textString(document.keywords) }),
  Creator: textString(producer), Producer: textString(producer),
  CreationDate: PDFString.of(pdfDate(date)), ModDate: PDFString.of(pdfDate(date)),
}))

/** Uncompressed, as archives want to read it without a PDF reader. */
export const writeMetadata = (context: PDFContext, model: ReportModel, date: string): PDFRef => context.register(context.stream(utf8(xmp(model, date)), { Type: 'Metadata', Subtype: 'XML' }))

export const writeOutputIntent = (context: PDFContext): PDFRef => {
  const profile = context.register(context.flateStream(srgbProfile(), { N: 3 }))
  return context.register(context.obj({
    Type: 'OutputIntent', S: 'GTS_PDFA1', OutputConditionIdentifier: PDFString.of('sRGB IEC61966-2.1'), Info: PDFString.of('sRGB IEC61966-2.1'), DestOutputProfile: profile,
  }))
}

/** File specifications of the attachments, sorted by name as a name tree must be. */
export const writeAttachments = (context: PDFContext, attachments: readonly ReportAttachment[], date: string): { readonly names: PDFObject; readonly files: PDFObject } | null => {
  if (attachments.length === 0) return null
  const sorted = attachments.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const specs = sorted.map((file) => {
    const stream = context.register(context.flateStream(file.bytes, { Type: 'EmbeddedFile', Subtype: file.mime, Params: { Size: file.bytes.length, ModDate: PDFString.of(pdfDate(date)) } }))
    return context.register(context.obj({
      Type: 'Filespec', F: PDFString.of(file.name.replace(/[^A-Za-z0-9._-]/g, '_')), UF: /^[A-Za-z0-9 ._-]*$/.test(file.name) ? PDFString.of(file.name) : textString(file.name), Desc: textString(file.description),
      AFRelationship: file.relationship, EF: { F: stream, UF: stream },
    }))
  })
  return {
    names: context.obj({ EmbeddedFiles: { Names: context.obj(sorted.flatMap((file, i) => [PDFString.of(file.name), specs[i] ?? context.obj(null)])) } }),
    files: context.obj(specs),
  }
}

/** Two levels of bookmarks; null without any. */
export const writeOutline = (context: PDFContext, bookmarks: readonly Bookmark[], pages: readonly PDFRef[]): PDFRef | null => {
  if (bookmarks.length === 0) return null
  const root = context.nextRef()
  interface Item { readonly bookmark: Bookmark; readonly ref: PDFRef; readonly children: Item[] }
  const top: Item[] = []
  for (const bookmark of bookmarks) {
    const item: Item = { bookmark, ref: context.nextRef(), children: [] }
    const parent = top.at(-1)
    if (bookmark.level === 2 && parent !== undefined) parent.children.push(item)
    else top.push(item)
  }
  const write = (items: readonly Item[], parent: PDFRef): void => {
    for (const [i, { bookmark, ref, children }] of items.entries()) {
      const page = pages[bookmark.page]
      const [previous, next, first, last] = [items[i - 1], items[i + 1], children[0], children.at(-1)]
      context.assign(ref, context.obj({
        Title: textString(bookmark.title), Parent: parent, Dest: [page, 'XYZ', 0, Math.round(bookmark.top + 10), null],
        ...(previous === undefined ? {} : { Prev: previous.ref }), ...(next === undefined ? {} : { Next: next.ref }),
        ...(first === undefined || last === undefined ? {} : { First: first.ref, Last: last.ref, Count: -children.length }),
      }))
      write(children, ref)
    }
  }
  write(top, root)
  context.assign(root, context.obj({ Type: 'Outlines', Count: top.length, ...(top[0] === undefined ? {} : { First: top[0].ref, Last: (top.at(-1) ?? top[0]).ref }) }))
  return root
}

export const fileIdentifier = (options: DrawOptions): PDFHexString => PDFHexString.of(options.fileId)
