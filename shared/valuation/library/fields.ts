import { fold } from '../../kernel/text.ts'
import type { RawTable } from '../../kernel/csv.ts'

/** What a column of a list of deals may mean. */
export const dealFields = [
  'deal', 'date', 'source', 'currency', 'price', 'base', 'royalty', 'upfront', 'terms', 'weight',
  'adjustRights', 'adjustTerritory', 'adjustField', 'adjustStage', 'adjustLife', 'adjustTime', 'adjustTerms',
] as const
export type DealField = (typeof dealFields)[number]

/** What the list is for: prices over a base, or royalty rates of licences. */
export type DealPurpose = 'comparables' | 'royalty'

const adjustments: readonly DealField[] = ['adjustRights', 'adjustTerritory', 'adjustField', 'adjustStage', 'adjustLife', 'adjustTime', 'adjustTerms']

/** Fields that a list of this purpose can carry. */
export const fieldsFor = (purpose: DealPurpose): readonly DealField[] =>
  purpose === 'comparables' ? ['deal', 'date', 'source', 'price', 'base', 'currency', 'weight', ...adjustments, 'terms'] : ['deal', 'date', 'source', 'royalty', 'upfront', 'currency', 'terms']

/** Fields without which no row can be used; a source or day may instead hold for the whole file. */
export const neededFor = (purpose: DealPurpose): readonly DealField[] => (purpose === 'comparables' ? ['deal', 'date', 'source', 'price', 'base'] : ['deal', 'date', 'source', 'royalty'])

/** Shares of 1 in the engine; lists write them as per cent or as fractions. */
export const shareFields: ReadonlySet<DealField> = new Set<DealField>(['royalty', ...adjustments])
export const numberFields: ReadonlySet<DealField> = new Set<DealField>(['price', 'base', 'upfront', 'weight', ...shareFields])

/** Words by which a column's title is known, folded; the first that fits wins, longer titles before shorter ones. */
const words: Readonly<Record<DealField, readonly string[]>> = {
  adjustRights: ['dieu chinh pham vi quyen', 'dieu chinh quyen', 'adjustment: scope', 'adjust rights', 'rights adjustment'],
  adjustTerritory: ['dieu chinh lanh tho', 'adjust territory', 'territory adjustment', 'adjustment: territory'],
  adjustField: ['dieu chinh linh vuc', 'adjust field', 'field adjustment', 'adjustment: field'],
  adjustStage: ['dieu chinh giai doan', 'adjust stage', 'stage adjustment', 'adjustment: stage'],
  adjustLife: ['dieu chinh thoi han', 'adjust life', 'life adjustment', 'adjustment: remaining'],
  adjustTime: ['dieu chinh thoi diem', 'dieu chinh thoi gian', 'adjust time', 'time adjustment', 'adjustment: date'],
  adjustTerms: ['dieu chinh dieu kien', 'adjust terms', 'terms adjustment', 'adjustment: payment'],
  upfront: ['khoan tra truoc', 'tra truoc', 'upfront', 'up-front', 'lump sum'],
  royalty: ['ty le phi ban quyen', 'phi ban quyen', 'royalty rate', 'royalty', 'running rate'],
  weight: ['trong so', 'weight'],
  currency: ['loai tien', 'dong tien', 'tien te', 'currency'],
  price: ['gia giao dich', 'gia tri giao dich', 'gia chuyen giao', 'gia', 'deal value', 'price', 'consideration'],
  base: ['co so so sanh', 'doanh thu', 'revenue', 'sales', 'base'],
  date: ['ngay giao dich', 'thoi diem giao dich', 'ngay', 'deal date', 'date'],
  source: ['nguon', 'source', 'reference'],
  terms: ['dieu khoan', 'dieu kien', 'ghi chu', 'terms', 'conditions', 'note', 'remarks'],
  deal: ['ten giao dich', 'giao dich', 'hop dong', 'cong nghe', 'ten', 'deal', 'licence', 'license', 'agreement', 'technology', 'name'],
}

const titlesOf = (table: RawTable, row: number): readonly string[] => (table.rows[row]?.cells ?? []).map((cell) => (typeof cell === 'string' ? fold(cell) : ''))

const fieldOf = (title: string, fields: readonly DealField[]): DealField | null => {
  if (title === '') return null
  const found = fields.flatMap((field) => words[field].filter((word) => title.includes(word)).map((word) => ({ field, size: word.length + (title.startsWith(word) ? 0.5 : 0) })))
  return found.toSorted((a, b) => b.size - a.size)[0]?.field ?? null
}

/** Which column holds which field; a field in at most one column. */
export type Mapping = Readonly<Partial<Record<DealField, number>>>

/** A first proposal from the titles of a row: each field in the first column whose title names it; the person corrects it. */
export const suggestMapping = (table: RawTable, head: number, purpose: DealPurpose): Mapping => {
  const fields = fieldsFor(purpose)
  const mapping: Partial<Record<DealField, number>> = {}
  titlesOf(table, head).forEach((title, column) => {
    const field = fieldOf(title, fields)
    if (field !== null && mapping[field] === undefined) mapping[field] = column
  })
  return mapping
}

/** The row that names the columns: among the first twenty, the one that names most fields; the first of them. */
export const headRowOf = (table: RawTable, purpose: DealPurpose): number => {
  const named = table.rows.slice(0, 20).map((_, row) => Object.keys(suggestMapping(table, row, purpose)).length)
  return Math.max(0, named.indexOf(Math.max(...named)))
}
