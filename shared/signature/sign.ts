import { bytesToHex } from '@noble/hashes/utils.js'
import type { Bytes } from '../kernel/bytes.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { type AppendedObject, appendRevision, latin1Bytes, writeDict, writeNumber, writeObject, writeText } from '../pdf/append.ts'
import { openPdf, guarded, type PdfFile } from '../pdf/read/document.ts'
import { integer, isKind, type PdfDict, type PdfObject, type PdfRef } from '../pdf/read/objects.ts'
import { drawAppearance, shownTime } from './appearance.ts'
import { type Certificate, isSelfIssued, parseCertificate } from './certificate.ts'
import { mayServe, validAt } from './chain.ts'
import { encodeCms, encodeSignedAttributes } from './cms.ts'
import { sameBytes } from './der.ts'
import { pagesOf, pdfDateOf, shiftMinutes, type SignatureField, signatureFields } from './fields.ts'
import type { SignaturePlace, SignRequest } from './port.ts'
import { digestFor, ecdsaAsDer, verifySignature } from './public-key.ts'

/** Width of the three numbers of `/ByteRange` that are filled in at the end. */
const RANGE_DIGITS = 10
/** DER of two 66-byte numbers. */
const LARGEST_ECDSA = 2 * 69 + 3

/**
 * Signs a PDF as PAdES baseline B-B (ký số PDF, EN 319 142-1): an addition to the file that leaves every earlier byte and every
 * earlier signature as it is. The signing certificate and its chain are bound by signing-certificate-v2; the time stands in `/M`.
 * Everything is checked before the key is asked, and the answer of the key is checked against the certificate.
 */
export const signPdf = async (request: SignRequest): Promise<Result<Bytes>> => {
  const chain = orderedChain(request)
  const [certificate] = chain
  if (certificate === undefined) return err('certificate-unreadable')
  const key = certificate.key
  if (key === null || key.type !== request.signer.keyType) return err('certificate-key-unsupported')
  const refusal = unsuitable(certificate, request.signedAt)
  if (refusal !== null) return refusal
  const opened = openPdf(request.pdf)
  if (!opened.ok) return opened
  const file = opened.value
  const place = guarded(() => findPlace(file, request.place))
  if (!place.ok) return place

  const { left, bottom, right, top } = place.value.box
  const local = shiftMinutes(request.signedAt.slice(0, 19), request.zoneMinutes)
  const firstFree = file.size
  const visible = await drawAppearance(request.appearance, request.fonts, shownTime(local, request.zoneMinutes), right - left, top - bottom, firstFree)
  if (visible === null) return err('signature-image-unreadable')
  const valueRef: PdfRef = { kind: 'ref', num: visible.next, gen: 0 }
  const widgetNum = place.value.field === null ? visible.next + 1 : place.value.field.widget

  const digest = digestFor(key)
  const signatureLength = key.type === 'RSA' ? Math.ceil(key.bits / 8) : LARGEST_ECDSA
  const room = encodeCms(encodeSignedAttributes(digest.hash(new Uint8Array(0)), digest, key, chain), new Uint8Array(signatureLength), digest, key, chain).length
  const value = signatureDictionary(request, room)
  const objects: AppendedObject[] = [...visible.objects, { num: valueRef.num, gen: 0, body: latin1Bytes(value) }, ...placing(file, place.value, widgetNum, valueRef, visible.form)]
  const { bytes, offsets } = appendRevision(file, objects, latin1Bytes(`${request.signedAt} ${certificate.facts.sha256}`))

  const start = (offsets.get(valueRef.num) ?? 0) + `${String(valueRef.num)} 0 obj\n`.length
  const holeStart = start + value.indexOf('/Contents <') + '/Contents '.length
  const holeEnd = holeStart + 2 * room + 2
  const range = `[0 ${String(holeStart)} ${String(holeEnd)} ${String(bytes.length - holeEnd)}`
  const rangeStart = start + value.indexOf('/ByteRange [') + '/ByteRange '.length
  bytes.set(latin1Bytes(`${range.padEnd(rangePlaceholder.length - 1)}]`), rangeStart)

  const covered = new Uint8Array(bytes.length - (holeEnd - holeStart))
  covered.set(bytes.subarray(0, holeStart))
  covered.set(bytes.subarray(holeEnd), holeStart)
  const attributes = encodeSignedAttributes(digest.hash(covered), digest, key, chain)
  const answer = await request.signer.sign(attributes, digest.name)
  if (!answer.ok) return answer
  const signature = key.type === 'RSA' ? answer.value : ecdsaAsDer(answer.value, key.curve)
  const algorithm = { scheme: key.type === 'RSA' ? 'rsa' : 'ecdsa', digest } as const
  if (signature === null || !verifySignature(key, algorithm, digest, attributes, signature)) return err('signing-key-mismatch')
  const cms = encodeCms(attributes, signature, digest, key, chain)
  bytes.set(latin1Bytes(bytesToHex(cms)), holeStart + 1)
  return ok(bytes)
}

/** The signing certificate first, then its issuers as far as they came along; roots are left out, a verifier has its own. */
const orderedChain = (request: SignRequest): readonly Certificate[] => {
  const leaf = parseCertificate(request.signer.certificate)
  if (leaf === null) return []
  const others = request.signer.chain.map(parseCertificate).filter((certificate) => certificate !== null && !isSelfIssued(certificate))
  const chain = [leaf]
  for (let last: Certificate | undefined = leaf; last !== undefined && chain.length < 8;) {
    const { issuer }: Certificate = last
    last = others.find((other): other is Certificate => other !== null && sameBytes(other.subject, issuer) && !chain.includes(other)) ?? undefined
    if (last !== undefined) chain.push(last)
  }
  return chain
}

const day = (instant: string): string => instant.slice(0, 10).split('-').toReversed().join('/')

const unsuitable = (certificate: Certificate, signedAt: string): Result<never> | null => {
  if (!validAt(certificate, `${signedAt.slice(0, 19)}Z`)) return err('signing-certificate-expired', { from: day(certificate.notBefore), to: day(certificate.notAfter) })
  return mayServe(certificate, 'document') ? null : err('signing-certificate-unsuitable')
}

interface Box {
  readonly left: number
  readonly bottom: number
  readonly right: number
  readonly top: number
}

interface Placed {
  readonly box: Box
  /** The reserved field and its widget, or null when a new field is made. */
  readonly field: { readonly widget: number; readonly dict: PdfDict; readonly fieldNum: number; readonly fieldDict: PdfDict } | null
  readonly page: { readonly ref: PdfRef; readonly dict: PdfDict } | null
  readonly existing: readonly SignatureField[]
}

const boxOf = (numbers: readonly (number | null)[]): Box | null => {
  const [x1 = null, y1 = null, x2 = null, y2 = null] = numbers
  if (x1 === null || y1 === null || x2 === null || y2 === null) return null
  return { left: Math.min(x1, x2), bottom: Math.min(y1, y2), right: Math.max(x1, x2), top: Math.max(y1, y2) }
}

const findPlace = (file: PdfFile, place: SignaturePlace): Result<Placed> => {
  if (lockedByCertification(file)) return err('signing-not-permitted')
  const existing = signatureFields(file)
  if ('field' in place) {
    const field = existing.find(({ name }) => name === place.field)
    const widget = field?.widgets[0]
    if (field === undefined || widget === undefined) return err('signature-field-missing', { field: place.field })
    if (field.value !== null) return err('signature-field-used', { field: place.field })
    const dict = file.resolve({ kind: 'ref', num: widget, gen: genOf(file, widget) })
    const rect = isKind(dict, 'dict') ? file.resolve(dict.map.get('Rect')) : null
    const box = isKind(rect, 'array') ? boxOf(rect.items.map((item) => (typeof item === 'number' ? item : null))) : null
    if (!isKind(dict, 'dict') || box === null) return err('signature-field-missing', { field: place.field })
    return ok({ box, field: { widget, dict, fieldNum: field.num, fieldDict: field.dict }, page: null, existing })
  }
  const page = pagesOf(file)[place.page - 1] ?? null
  const box = boxOf(place.box)
  if (page === null || box === null) return err('signature-page-missing', { page: place.page })
  return ok({ box, field: null, page, existing })
}

/** DocMDP with permission 1: the certifying signer allowed no change at all (ISO 32000-1, 12.8.2.2). */
const lockedByCertification = (file: PdfFile): boolean => {
  const permissions = file.resolve(file.root.map.get('Perms'))
  const signature = isKind(permissions, 'dict') ? file.resolve(permissions.map.get('DocMDP')) : null
  const references = isKind(signature, 'dict') ? file.resolve(signature.map.get('Reference')) : null
  if (!isKind(references, 'array')) return false
  return references.items.some((item) => {
    const reference = file.resolve(item)
    const parameters = isKind(reference, 'dict') ? file.resolve(reference.map.get('TransformParams')) : null
    return isKind(parameters, 'dict') && integer(file.resolve(parameters.map.get('P'))) === 1
  })
}

const rangePlaceholder = `[0 ${'0'.repeat(RANGE_DIGITS)} ${'0'.repeat(RANGE_DIGITS)} ${'0'.repeat(RANGE_DIGITS)}]`

const signatureDictionary = (request: SignRequest, room: number): string => {
  const { appearance } = request
  const text = (key: string, value: string): string => (value === '' ? '' : ` /${key} ${writeText(value)}`)
  return `<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange ${rangePlaceholder} /Contents <${'0'.repeat(2 * room)}>`
    + ` /M (${pdfDateOf(request.signedAt, request.zoneMinutes)})${text('Name', appearance.name)}${text('Reason', appearance.reason)}${text('Location', appearance.place)}>>`
}

/** F: printed and locked. PDF/A wants the first; nobody should move a signature. */
const WIDGET_FLAGS = 132

/** The changed objects that show the signature in its field and on its page. */
const placing = (file: PdfFile, place: Placed, widgetNum: number, value: PdfRef, form: number): readonly AppendedObject[] => {
  const dict = (map: ReadonlyMap<string, PdfObject>): Uint8Array => latin1Bytes(writeDict(map))
  const appearance: PdfObject = { kind: 'dict', map: new Map([['N', { kind: 'ref', num: form, gen: 0 }]]), ambiguous: false }
  const out: AppendedObject[] = []
  if (place.field !== null) {
    const { widget, fieldNum, fieldDict, dict: widgetDict } = place.field
    const shown = new Map<string, PdfObject>([...widgetDict.map, ['AP', appearance], ['F', WIDGET_FLAGS]])
    if (fieldNum === widget) shown.set('V', value)
    else out.push({ num: fieldNum, gen: genOf(file, fieldNum), body: dict(new Map([...fieldDict.map, ['V', value]])) })
    out.push({ num: widget, gen: genOf(file, widget), body: dict(shown) })
    return [...out, ...withForm(file, null)]
  }
  const { page, box } = place
  if (page === null) throw new Error('a new field needs its page')
  const widgetRef: PdfRef = { kind: 'ref', num: widgetNum, gen: 0 }
  out.push({ num: widgetNum, gen: 0, body: latin1Bytes(
    `<</Type /Annot /Subtype /Widget /FT /Sig /T ${writeText(freeName(place.existing))} /Rect [${[box.left, box.bottom, box.right, box.top].map(writeNumber).join(' ')}]`
    + ` /F ${String(WIDGET_FLAGS)} /P ${writeObject(page.ref)} /AP ${writeObject(appearance)} /V ${writeObject(value)}>>`) })
  const annotations = page.dict.map.get('Annots')
  const list = file.resolve(annotations)
  const longer: PdfObject = { kind: 'array', items: [...(isKind(list, 'array') ? list.items : []), widgetRef] }
  if (isKind(annotations, 'ref') && isKind(list, 'array')) out.push({ num: annotations.num, gen: annotations.gen, body: latin1Bytes(writeObject(longer)) })
  else out.push({ num: page.ref.num, gen: page.ref.gen, body: dict(new Map([...page.dict.map, ['Annots', longer]])) })
  return [...out, ...withForm(file, widgetRef)]
}

const genOf = (file: PdfFile, num: number): number => {
  const entry = file.entry(num)
  return entry?.kind === 'offset' ? entry.gen : 0
}

const freeName = (existing: readonly SignatureField[]): string => {
  const names = new Set(existing.map(({ name }) => name))
  for (let i = existing.length + 1; ; i++) if (!names.has(`ChuKy${String(i)}`)) return `ChuKy${String(i)}`
}

/** The form with its flag "signatures exist, append only", and the new field if there is one. */
const withForm = (file: PdfFile, field: PdfRef | null): readonly AppendedObject[] => {
  const reference = file.root.map.get('AcroForm')
  const form = file.resolve(reference)
  const map = new Map<string, PdfObject>(isKind(form, 'dict') ? form.map : [])
  const fields = file.resolve(map.get('Fields'))
  const flagged = integer(file.resolve(map.get('SigFlags'))) === 3
  if (flagged && field === null) return []
  map.set('SigFlags', 3)
  if (field !== null) map.set('Fields', { kind: 'array', items: [...(isKind(fields, 'array') ? fields.items : []), field] })
  if (isKind(reference, 'ref') && isKind(form, 'dict')) return [{ num: reference.num, gen: reference.gen, body: latin1Bytes(writeDict(map)) }]
  const root = new Map<string, PdfObject>([...file.root.map, ['AcroForm', { kind: 'dict', map, ambiguous: false }]])
  return [{ num: file.rootRef.num, gen: file.rootRef.gen, body: latin1Bytes(writeDict(root)) }]
}
