import writeXlsx from 'write-excel-file/universal'
import type { Feature, CellObject, Sheet, SheetData } from 'write-excel-file/universal'
import { addressOf, columnName, type Cell, type CellStyle, type Workbook, type WorkbookSheet } from '../../../shared/report/workbook/model.ts'

type Look = Omit<CellObject, 'value' | 'type'>

const border = { bottomBorderStyle: 'hair', bottomBorderColor: '#B8C2CC' } as const

/** What each style looks like: blue cells are typed in, white ones computed, italics fixed. */
const looks: Readonly<Record<CellStyle, Look>> = {
  title: { fontWeight: 'bold', fontSize: 15, textColor: '#0B3B5C' },
  heading: { fontWeight: 'bold', fontSize: 12, textColor: '#0B3B5C' },
  head: { fontWeight: 'bold', backgroundColor: '#0B3B5C', textColor: '#FFFFFF', align: 'center', alignVertical: 'center', wrap: true },
  label: { wrap: true, alignVertical: 'top', ...border },
  text: { wrap: true, alignVertical: 'top' },
  symbol: { fontStyle: 'italic', textColor: '#44525F', alignVertical: 'top' },
  input: { backgroundColor: '#DCEBFA', textColor: '#0B3BA8', alignVertical: 'top', ...border },
  formula: { alignVertical: 'top', ...border },
  fixed: { fontStyle: 'italic', textColor: '#44525F', alignVertical: 'top', ...border },
  result: { fontWeight: 'bold', alignVertical: 'top', topBorderStyle: 'thin', topBorderColor: '#0B3B5C', bottomBorderStyle: 'medium', bottomBorderColor: '#0B3B5C' },
  good: { textColor: '#1B6E3C' },
  faint: { indent: 1, textColor: '#5B6875', alignVertical: 'top', wrap: true },
  warning: { wrap: true, alignVertical: 'top', backgroundColor: '#FFF4DC' },
}

const lineHeight = 14

const cellOf = (cell: Cell | null): CellObject | null => {
  if (cell === null) return null
  const { content, style, format, span, lines } = cell
  const look: CellObject = {
    ...looks[style],
    ...(span === undefined || span < 2 ? {} : { columnSpan: span }),
    ...(lines === undefined || lines < 2 ? {} : { height: lines * lineHeight }),
    ...(format === undefined || format === '@' ? {} : { format }),
  }
  if (content.kind === 'number') return { ...look, type: Number, value: content.value }
  if (content.kind === 'formula') return { ...look, type: 'Formula', value: content.formula.slice(1) }
  return content.text === '' ? look : { ...look, type: String, value: content.text }
}

/** A spanning cell is followed by the cells it covers. */
const rowOf = (row: readonly (Cell | null)[]): SheetData[number] => row.flatMap((cell): SheetData[number] => {
  const drawn = cellOf(cell)
  return [drawn, ...Array.from({ length: (cell?.span ?? 1) - 1 }, () => null)]
})

const sheetOf = ({ name, rows, widths, frozenRows, frozenColumns }: WorkbookSheet): Sheet<Blob> => ({
  sheet: name,
  data: rows.map(rowOf),
  columns: widths.map((width) => ({ width })),
  orientation: 'landscape',
  showGridLines: false,
  ...(frozenRows === 0 ? {} : { stickyRowsCount: frozenRows }),
  ...(frozenColumns === 0 ? {} : { stickyColumnsCount: frozenColumns }),
})

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The lists that cells offer, each once, as columns of a sheet of their own, and where each list stands. */
const listsOf = ({ sheets, listSheet }: Workbook): { readonly sheet: WorkbookSheet | null; readonly place: (options: readonly string[]) => string } => {
  const lists = [...new Map(sheets.flatMap((sheet) => sheet.choices ?? []).map(({ options }) => [JSON.stringify(options), options])).values()]
  const place = (options: readonly string[]): string => {
    const column = columnName(lists.findIndex((list) => JSON.stringify(list) === JSON.stringify(options)))
    return `'${listSheet ?? ''}'!$${column}$1:$${column}$${String(options.length)}`
  }
  if (listSheet === undefined || lists.length === 0) return { sheet: null, place }
  const rows = Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, row) => lists.map((list): Cell | null => (list[row] === undefined ? null : { content: { kind: 'text', text: list[row] }, style: 'faint' })))
  return { sheet: { name: listSheet, rows, widths: lists.map(() => 30), frozenRows: 0, frozenColumns: 0 }, place }
}

/** Cells that offer a list to choose from; what else is typed is let through, since it is read with care afterwards. */
const offeredLists = (workbook: Workbook, place: (options: readonly string[]) => string): Feature<Blob> => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (content, _, { sheetIndex }) => {
          const choices = workbook.sheets[sheetIndex]?.choices ?? []
          if (choices.length === 0) return content
          const entries = choices.map(({ row, column, count, options }) =>
            `<dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="${addressOf(row, column)}:${addressOf(row + count - 1, column)}"><formula1>${escaped(place(options))}</formula1></dataValidation>`)
          const block = `<dataValidations count="${String(entries.length)}">${entries.join('')}</dataValidations>`
          // The format wants them after merged cells and before the margins of the page.
          return /<(printOptions|pageMargins|pageSetup)\b/.test(content) ? content.replace(/<(printOptions|pageMargins|pageSetup)\b/, `${block}<$1`) : content.replace('</worksheet>', `${block}</worksheet>`)
        },
      },
    },
  },
})

/** Writes each formula's present value beside it, so that viewers that do not compute show it too; spreadsheets compute anew on opening. */
const presentValues = (workbook: Workbook): Feature<Blob> => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        transform: (content, _, { sheetIndex }) => {
          const cached = new Map(workbook.sheets[sheetIndex]?.rows.flatMap((row, r) => row.flatMap((cell, c) => (cell?.content.kind === 'formula' ? [[addressOf(r, c), cell.content.cached] as const] : []))))
          // On paper each sheet is as wide as the page.
          const fitted = content.replace('<sheetViews>', '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>')
          return fitted.replace(/<c r="([A-Z]+\d+)"([^>]*)><f>([^<]*)<\/f><\/c>/g, (whole, address: string, attributes: string, body: string) => {
            const value = cached.get(address)
            if (value === null || value === undefined) return whole
            return typeof value === 'number' ? `<c r="${address}"${attributes}><f>${body}</f><v>${String(value)}</v></c>` : `<c r="${address}"${attributes} t="str"><f>${body}</f><v>${escaped(value)}</v></c>`
          })
        },
        transformElementAttributes: (tag, attributes) => (tag === 'pageSetup' ? { ...attributes, paperSize: 9, fitToWidth: 1, fitToHeight: 0 } : attributes),
      },
      'xl/workbook.xml': {
        // The file format knows no empty list of names.
        transform: (content) => content.replace('<definedNames/>', ''),
        transformElementAttributes: (tag, attributes) => (tag === 'calcPr' ? { ...attributes, fullCalcOnLoad: 1 } : attributes),
      },
    },
  },
})

/** The workbook as the bytes of an XLSX file (ghi bảng tính ra tệp). */
export const writeWorkbook = async (workbook: Workbook): Promise<Uint8Array> => {
  const lists = listsOf(workbook)
  const sheets = lists.sheet === null ? workbook.sheets : [...workbook.sheets, lists.sheet]
  const blob = await writeXlsx(sheets.map(sheetOf), { fontFamily: 'Arial', fontSize: 10, features: [presentValues(workbook), offeredLists(workbook, lists.place)] }).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

export const xlsxMime = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
