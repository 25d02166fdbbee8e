import type { PdfFile } from '../pdf/read/document.ts'
import { isKind, nameIs, type PdfArray, type PdfDict, type PdfObject } from '../pdf/read/objects.ts'
import { sameBytes } from './der.ts'
import { type SignatureField, signatureFields } from './fields.ts'

/**
 * Compares a signed revision with the whole file (so sánh bản đã ký với tệp hiện tại) and says whether everything added since is
 * harmless: further signatures in their own fields, validation data (DSS), file metadata. Anything that could change what a reader
 * sees or what is attached is not. Every reference is followed on both sides, so an object number that was free when the document
 * was signed cannot be given a meaning afterwards.
 */
export const onlyHarmlessAdditions = (signed: PdfFile, current: PdfFile): boolean => new Comparison(signed, current).run()

type Rule = 'plain' | 'catalogue' | 'form' | 'field'
interface Pair {
  readonly before: PdfObject | undefined
  readonly after: PdfObject | undefined
  readonly rule: Rule
}

/** What filling a reserved signature field may set. */
const fillable: ReadonlySet<string> = new Set(['V', 'AP', 'AS', 'MK', 'F', 'M', 'NM', 'DA'])
/** Catalogue entries that do not bear on what is shown. */
const besideContent: ReadonlySet<string> = new Set(['DSS', 'Extensions', 'Metadata'])

class Comparison {
  readonly #signed: PdfFile
  readonly #current: PdfFile
  readonly #filled = new Set<number>()
  readonly #addedFields = new Set<number>()
  readonly #addedWidgets = new Set<number>()
  readonly #seen = new Set<string>()
  readonly #open: Pair[] = []

  constructor(signed: PdfFile, current: PdfFile) {
    this.#signed = signed
    this.#current = current
    const before = new Map<number, SignatureField>(signatureFields(signed).map((field) => [field.num, field]))
    for (const field of signatureFields(current)) {
      if (field.value === null) continue
      const former = before.get(field.num)
      if (former === undefined) {
        // Only a number nothing used before can be new; otherwise an old object would change its meaning.
        const unused = (num: number): boolean => (signed.entry(num)?.kind ?? 'free') === 'free'
        if (unused(field.num)) this.#addedFields.add(field.num)
        for (const widget of field.widgets) if (unused(widget)) this.#addedWidgets.add(widget)
      } else if (former.value === null) {
        for (const num of [field.num, ...former.widgets]) this.#filled.add(num)
      }
    }
  }

  run(): boolean {
    const [before, after] = [this.#signed, this.#current]
    if (before.rootRef.num !== after.rootRef.num || before.rootRef.gen !== after.rootRef.gen) return false
    this.#open.push({ before: before.root, after: after.root, rule: 'catalogue' })
    for (let pair = this.#open.pop(); pair !== undefined; pair = this.#open.pop()) if (!this.#same(pair)) return false
    return true
  }

  #same({ before, after, rule }: Pair): boolean {
    if (rule === 'form') return this.#sameForm(this.#signed.resolve(before), this.#current.resolve(after))
    const a = before ?? null
    const b = after ?? null
    if (isKind(a, 'ref')) return isKind(b, 'ref') ? this.#sameReference(a.num, a.gen, b.num, b.gen, rule) : false
    if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b
    switch (a.kind) {
      case 'name': return isKind(b, 'name') && a.name === b.name
      case 'string': return isKind(b, 'string') && sameBytes(a.bytes, b.bytes)
      case 'array': return isKind(b, 'array') && a.items.length === b.items.length && this.#later(a.items.map((item, i) => ({ before: item, after: b.items[i], rule: 'plain' })))
      case 'dict': return isKind(b, 'dict') && this.#sameDict(a, b, rule)
      case 'stream': return isKind(b, 'stream') && sameBytes(a.raw, b.raw) && this.#sameDict(a.dict, b.dict, rule)
    }
  }

  #later(pairs: readonly Pair[]): true {
    for (const pair of pairs) this.#open.push(pair)
    return true
  }

  #sameReference(numBefore: number, genBefore: number, numAfter: number, genAfter: number, rule: Rule): boolean {
    if (numBefore !== numAfter || genBefore !== genAfter) return false
    const actual: Rule = this.#filled.has(numBefore) ? 'field' : rule
    const key = `${actual} ${String(numBefore)}`
    if (this.#seen.has(key)) return true
    this.#seen.add(key)
    const ref = { kind: 'ref', num: numBefore, gen: genBefore } as const
    return this.#later([{ before: this.#signed.resolve(ref), after: this.#current.resolve(ref), rule: actual }])
  }

  #sameDict(a: PdfDict, b: PdfDict, rule: Rule): boolean {
    if (a.ambiguous || b.ambiguous) return false
    const isPage = nameIs(a.map.get('Type'), 'Page')
    for (const key of new Set([...a.map.keys(), ...b.map.keys()])) {
      const pair = { before: a.map.get(key), after: b.map.get(key) }
      if (rule === 'catalogue' && besideContent.has(key)) continue
      if (rule === 'field' && fillable.has(key)) continue
      if (isPage && key === 'Annots') {
        if (!this.#grown(pair.before, pair.after, this.#addedWidgets)) return false
        continue
      }
      this.#open.push({ ...pair, rule: rule === 'catalogue' && key === 'AcroForm' ? 'form' : 'plain' })
    }
    return true
  }

  /** An array that may only have grown at its end, by references from `allowed`. */
  #grown(before: PdfObject | undefined, after: PdfObject | undefined, allowed: ReadonlySet<number>): boolean {
    const list = (file: PdfFile, object: PdfObject | undefined): PdfArray | null => {
      const value = file.resolve(object)
      return value === null ? { kind: 'array', items: [] } : isKind(value, 'array') ? value : null
    }
    const a = list(this.#signed, before)
    const b = list(this.#current, after)
    if (a === null || b === null || b.items.length < a.items.length) return false
    this.#later(a.items.map((item, i) => ({ before: item, after: b.items[i], rule: 'plain' })))
    return b.items.slice(a.items.length).every((item) => isKind(item, 'ref') && allowed.has(item.num))
  }

  #sameForm(before: PdfObject, after: PdfObject): boolean {
    if (before === null && after === null) return true
    if ((before !== null && !isKind(before, 'dict')) || !isKind(after, 'dict') || after.ambiguous) return false
    const a: ReadonlyMap<string, PdfObject> = before === null ? new Map() : before.map
    for (const key of new Set([...a.keys(), ...after.map.keys()])) {
      if (key === 'SigFlags') continue
      if (key === 'Fields') {
        if (!this.#grown(a.get(key), after.map.get(key), this.#addedFields)) return false
      } else if (!(before === null && (key === 'DR' || key === 'DA'))) {
        this.#open.push({ before: a.get(key), after: after.map.get(key), rule: 'plain' })
      }
    }
    return true
  }
}
