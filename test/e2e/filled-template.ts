import { readList, type ReadSheet } from '../../renderer/ui/spreadsheet/read.ts'
import { strFromU8, strToU8, unzipSync, zipSync } from '../../renderer/ui/spreadsheet/zip.ts'
import { chosenOf, isAnswered } from '../../shared/checklist/answers.ts'
import { optionId, truth } from '../../shared/report/template/layout.ts'
import { columnName } from '../../shared/report/workbook/model.ts'
import { questionsOf } from '../../shared/rulepack/load.ts'
import type { ChecklistPack } from '../../shared/rulepack/schema.ts'
import type { Answer } from '../../shared/schema/dossier.ts'

/** What is typed into one input cell: numbers as a spreadsheet keeps them, everything else as text. */
export type Typed = ReadonlyMap<string, string | number>

/** What an enterprise would type for these answers, by the id of the line. */
export const typedFor = (pack: ChecklistPack, values: Readonly<Record<string, Answer['value']>>): Map<string, string | number> => {
  const typed = new Map<string, string | number>()
  for (const question of questionsOf(pack)) {
    const value = values[question.id]
    if (value === undefined || value === null || !isAnswered({ value, evidence: [], note: '', confidence: null })) continue
    if (Array.isArray(value)) for (const option of chosenOf(value)) typed.set(optionId(question.id, option), 'x')
    else if (typeof value === 'boolean') typed.set(question.id, truth[value ? 'yes' : 'no'].vi)
    else typed.set(question.id, typeof value === 'number' ? value : question.type === 'choice' ? question.options.find((option) => option.value === value)?.text.vi ?? value : value)
  }
  return typed
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Puts a value into a cell of a sheet, keeping its style; the cell must be there. */
const withCell = (xml: string, address: string, value: string | number): string => {
  const cell = new RegExp(`<c r="${address}"((?: s="\\d+")?)(?: t="[a-zA-Z]+")?(?:/>|>.*?</c>)`, 's')
  if (!cell.test(xml)) throw new Error(`no cell ${address}`)
  const content = typeof value === 'number' ? `><v>${String(value)}</v></c>` : ` t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
  return xml.replace(cell, (_, style: string) => `<c r="${address}"${style}${content}`)
}

const inputColumn = 3
const idColumn = 5

/**
 * A template as somebody filled it in with a spreadsheet program (mẫu đã điền): the saved file with values put into its input cells, and with
 * `renamed` ids overwritten, everything else as it was.
 */
export const filledTemplate = async (template: Uint8Array<ArrayBuffer>, typed: Typed, renamed: ReadonlyMap<string, string> = new Map()): Promise<Buffer> => {
  const read = await readList(template)
  if (!read.ok) throw new Error(read.fault)
  const files = unzipSync(template)
  const places = new Map<string, { readonly sheet: string; readonly line: number }>()
  const workbook = strFromU8(files['xl/workbook.xml'] ?? new Uint8Array())
  const names = [...workbook.matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name = '']) => name.replaceAll('&amp;', '&'))
  const fileOf = ({ name }: ReadSheet): string => `xl/worksheets/sheet${String(names.indexOf(name) + 1)}.xml`
  for (const sheet of read.sheets) for (const { line, cells } of sheet.table.rows) {
    const id = cells[idColumn]
    if (typeof id === 'string' && id !== 'id') places.set(id, { sheet: fileOf(sheet), line })
  }
  const put = (id: string, column: number, value: string | number): void => {
    const place = places.get(id)
    if (place === undefined) throw new Error(`the template has no line ${id}`)
    files[place.sheet] = strToU8(withCell(strFromU8(files[place.sheet] ?? new Uint8Array()), `${columnName(column)}${String(place.line)}`, value))
  }
  for (const [id, value] of typed) put(id, inputColumn, value)
  for (const [id, name] of renamed) put(id, idColumn, name)
  return Buffer.from(zipSync(files))
}
