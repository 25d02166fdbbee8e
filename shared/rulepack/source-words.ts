import { dateText } from '../kernel/date-text.ts'
import type { Text } from '../kernel/fault-shape.ts'
import type { LegalSource } from './parts.ts'

type Table<K extends string> = Readonly<Record<K, Text>>

export const sourceKindText: Table<LegalSource['kind']> = {
  law: { vi: 'Luật', en: 'Law' },
  decree: { vi: 'Nghị định', en: 'Decree' },
  circular: { vi: 'Thông tư', en: 'Circular' },
  decision: { vi: 'Quyết định', en: 'Decision' },
  standard: { vi: 'Tiêu chuẩn', en: 'Standard' },
  practice: { vi: 'Thông lệ', en: 'Practice' },
}

export const sourceStatusText: Table<LegalSource['status']> = {
  inForce: { vi: 'Còn hiệu lực', en: 'In force' },
  amended: { vi: 'Đã được sửa đổi', en: 'Amended' },
  replaced: { vi: 'Đã bị thay thế', en: 'Replaced' },
  draft: { vi: 'Dự thảo', en: 'Draft' },
  unconfirmed: { vi: 'Chưa xác nhận', en: 'Not confirmed' },
  voluntary: { vi: 'Áp dụng tự nguyện', en: 'Voluntary' },
}

export const sourceMarkText: Table<LegalSource['mark']> = {
  verified: { vi: 'Đã đối chiếu văn bản', en: 'Compared with the text' },
  secondary: { vi: 'Theo nguồn thứ cấp', en: 'From a secondary source' },
  derived: { vi: 'Suy ra', en: 'Derived' },
  memory: { vi: 'Chưa đối chiếu', en: 'Not compared' },
}

/** Number of a source with the word for its kind (số, ký hiệu): `Thông tư 17/2019/TT-BKHCN`; standards and customs bear their own. */
export const sourceName = (source: LegalSource, language: keyof Text): string =>
  source.kind === 'standard' || source.kind === 'practice' ? source.number : `${sourceKindText[source.kind][language]} ${source.number}`

/** Words that clauses are numbered with; packs write them in one language. */
const clauseWords: readonly Text[] = [{ vi: 'Điều', en: 'Article' }, { vi: 'Phụ lục', en: 'Appendix' }, { vi: 'Chương', en: 'Chapter' }, { vi: 'mục', en: 'section' }, { vi: 'khoản', en: 'clause' }, { vi: 'điểm', en: 'point' }, { vi: 'Bảng', en: 'Table' }]

/** A clause in the language of the reader: `Điều 4.1` or `Article 4.1`. */
const clauseText = (clause: string, language: keyof Text): string =>
  clauseWords.reduce((text, word) => text.replaceAll(new RegExp(`(?<![\\p{L}])(?:${word.vi}|${word.en}${word.en === 'Article' ? '|Art\\.?' : ''})(?= [\\dIVX])`, 'gu'), word[language]), clause)

/** Date, status, and how far the wording was checked when that was not against the text. */
const factsOf = (source: LegalSource, language: keyof Text): string =>
  [source.issued === '' ? '' : dateText(source.issued), sourceStatusText[source.status][language].toLowerCase(), source.mark === 'verified' ? '' : sourceMarkText[source.mark][language].toLowerCase()].filter((part) => part !== '').join(', ')

/**
 * A clause as it is cited (trích dẫn): clause, number, date and status of the source, and how far its wording was checked when
 * that was not against the text: `Điều 4.1, Thông tư 17/2019/TT-BKHCN (10/12/2019, còn hiệu lực)`.
 */
export const citationText = (citation: { readonly source: string; readonly clause: string }, sources: readonly LegalSource[], language: keyof Text): string => {
  const source = sources.find(({ id }) => id === citation.source)
  const clause = clauseText(citation.clause, language)
  if (source === undefined) return clause
  return `${clause === '' ? '' : `${clause}, `}${sourceName(source, language)} (${factsOf(source, language)})`
}

const isPartOfNumber = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\d/]/u.test(sign)

/** A text that cites sources by number, with date and status after the first mention of each (căn cứ kèm ngày và tình trạng). */
export const withSourceFacts = (text: string, sources: readonly LegalSource[], language: keyof Text): string =>
  // Longer numbers first: one may be the beginning of another.
  sources.toSorted((a, b) => b.number.length - a.number.length).reduce((told, source) => {
    const at = told.indexOf(source.number)
    const end = at + source.number.length
    if (at < 0 || isPartOfNumber(told[at - 1]) || isPartOfNumber(told[end]) || told.startsWith(' (', end)) return told
    return `${told.slice(0, end)} (${factsOf(source, language)})${told.slice(end)}`
  }, text)
