import { strFromU8, strToU8, zipSync } from 'fflate/browser'
import { describe, expect, it } from 'vitest'
import { readList } from '../../../renderer/ui/spreadsheet/read.ts'
import { unzip } from '../../../renderer/ui/spreadsheet/zip.ts'
import { readCsv } from '../../../shared/kernel/csv.ts'
import { faultText } from '../../../shared/kernel/faults.ts'
import { answerTemplate } from '../../../shared/report/template/build.ts'
import { readTemplate } from '../../../shared/report/template/read.ts'
import type { FilledSheet } from '../../../shared/report/template/read.ts'
import type { Workbook } from '../../../shared/report/workbook/model.ts'
import { packRef } from '../../../shared/rulepack/load.ts'
import type { RawCell } from '../../../shared/kernel/csv.ts'
import type { Question } from '../../../shared/rulepack/schema.ts'
import { must } from '../dossier/support.ts'
import { both, choice, level, loadedOf, number, smallPack } from '../rulepack/small-pack.ts'

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(strToU8(text))
const faultOf = async (text: string): Promise<string> => {
  const read = await readList(bytes(text))
  return read.ok ? 'ok' : read.fault
}

describe('lists as text', () => {
  it('of more rows than are taken are refused with that reason', async () => {
    expect(await faultOf(`a;b\n${'1;2\n'.repeat(300_000)}`)).toBe('badLarge')
  })
  it('of one endless row beside many short ones are refused before they are made equally wide', async () => {
    expect(await faultOf(`${'x;'.repeat(200_000)}\n${'1;2\n'.repeat(15_000)}`)).toBe('badLarge')
    expect(readCsv(`a;b\n${'1;2\n'.repeat(15_000)}`).ok).toBe(true)
    expect(readCsv(`${'x;'.repeat(200_000)}\n1;2\n`).ok).toBe(true)
  })
})

describe('parts of a spreadsheet', () => {
  const opened = (sheet: string, part = 'xl/worksheets/sheet1.xml') => {
    let found: Error | null = null
    unzip(zipSync({ [part]: strToU8(`<?xml version="1.0"?><worksheet>${sheet}</worksheet>`) }), (fault) => {
      found = fault
    })
    return found
  }
  it('that reach no further than a list does are unpacked, single far cells and rich margins included', () => {
    for (const sheet of [
      '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><pageMargins left="0.7" right="0.7"/>', '<sheetData><row><c><v>1</v></c></row></sheetData>', '<sheetData/>',
      '<sheetData><row r="1"><c r="A1"/></row><row r="1048576"><c r="C1048576"/></row></sheetData>', `<sheetData>${Array.from({ length: 3000 }, (_, row) => `<row r="${row + 1}"><c r="A${row + 1}"/><c r="ZZ${row + 1}"/></row>`).join('')}</sheetData>`,
    ]) expect(opened(sheet)).toBeNull()
    expect(opened('<c:chart><c:pageMargins r="0.7"/></c:chart>', 'xl/charts/chart1.xml')).toBeNull()
  })
  it('whose formulas failed keep their signs of error as text, which no number is read from', () => {
    let sheet = ''
    unzip(zipSync({ 'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData><row r="1"><c r="A1" s="2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c t='e' r="B1"><v>#N/A</v></c><c r="C1" t="s"><v>0</v></c></row></sheetData></worksheet>`), 'xl/sharedStrings.xml': strToU8('<sst><si><t>sheetData t="e"</t></si></sst>') }), (fault, files) => {
      expect(fault).toBeNull()
      sheet = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
      expect(strFromU8(files['xl/sharedStrings.xml'] ?? new Uint8Array())).toContain('t="e"')
    })
    expect(sheet).toContain('<c r="A1" s="2" t="str"><f>1/0</f><v>#DIV/0!</v></c><c t="str" r="B1"><v>#N/A</v></c><c r="C1" t="s"><v>0</v></c>')
  })
  it('whose cells stand so far apart that the space between fills the memory are refused, however that is written', () => {
    for (const sheet of [
      '<sheetData><row r="1"><c r="A1"/></row><row r="5000"><c r="XFD5000"/></row></sheetData>', '<sheetData><row r="200000000"><c r="A200000000"/></row></sheetData>', '<sheetData><row r="1"><c r="ZZZZZZ1"/></row></sheetData>',
      '<sheetData><row r="2e8"/></sheetData>', "<sheetData><row  x='>' r = '200000000'/></sheetData>", '<sheetData><row r="1"><c r="&#90;ZZZZ1"/></row></sheetData>', '<sheetData><row r=" 200000000 "/></sheetData>',
      `<sheetData><row r="1048570"/>${'<row/>'.repeat(10)}<row>${'<c/>'.repeat(20)}</row></sheetData>`,
    ]) {
      expect(opened(sheet)).toBeInstanceOf(Error)
      expect(opened(sheet, 'xl/elsewhere.xml')).toBeInstanceOf(Error)
    }
  })
})

/** The sheets of the template as they read back, with the answers given by the id of their row. */
const filled = (workbook: Workbook, given: Readonly<Record<string, RawCell>>): readonly FilledSheet[] => workbook.sheets.map(({ name, rows }) => ({
  name,
  table: {
    width: 6,
    rows: rows.map((row, index) => {
      const cells = row.map((cell): RawCell => (cell === null || cell.content.kind === 'formula' ? null : cell.content.kind === 'number' ? cell.content.value : cell.content.text === '' ? null : cell.content.text))
      const id = cells[5]
      const answer = typeof id === 'string' && Object.hasOwn(given, id) ? given[id] ?? null : undefined
      return { line: index + 1, cells: answer === undefined ? cells : cells.map((cell, column) => (column === 3 ? answer : cell)) }
    }),
  },
}))
const withAsked = (asked: Question) => {
  const loaded = loadedOf(smallPack({ scoring: { by: 'rules', maximum: null, basis: [], figures: [], classes: [], gaps: [] }, sections: [{ id: 's', title: both('Mục'), intro: both('Lời'), evidence: { least: 0, hints: [] }, waivable: false, questions: [asked] }] }))
  const list = { pack: packRef(loaded), answers: {}, waivers: {} }
  return (given: Readonly<Record<string, RawCell>>, language: 'vi' | 'en' = 'vi') => {
    const read = must(readTemplate(loaded.pack, packRef(loaded), list, filled(answerTemplate(loaded.pack, packRef(loaded), list, language), given), language))
    for (const { fault } of read.refusals) expect(faultText(fault).vi).not.toContain('{')
    return read.answers[asked.id]?.value ?? read.refusals.map(({ fault }) => fault.code).join()
  }
}

describe('answers in a template', () => {
  it('to a question of levels are whole numbers that stand alone', () => {
    const read = withAsked(level('l', [1, 2, 3, 10, 100]))
    expect(['3', 3, '3 – Mức 3', 'Mức 2', '10'].map((cell) => read({ l: cell }))).toEqual([3, 3, 3, 2, 10])
    for (const cell of [3.5, '3,5', '2.7', '1000', '10/3/2026', '1-2', { day: '2010-01-10' }, 'mức ba']) expect(read({ l: cell })).toBe('template-choice-unknown')
  })
  it('to a choice are taken without marks only where that leaves one reading', () => {
    const options = (['Bạc', 'Bác', 'Vàng'] as const).map((vi, index) => ({ value: `v${index}`, text: { vi, en: `Metal ${index}` } }))
    const read = withAsked(choice('c', [], { options }))
    expect(['Bạc', 'Bác', 'vang', 'VÀNG', 'metal 1', 'v2', 'Bạc'.normalize('NFD'), '\u00a0Bác '].map((cell) => read({ c: cell }))).toEqual(['v0', 'v1', 'v2', 'v2', 'v1', 'v2', 'v0', 'v1'])
    expect(read({ c: 'bac' })).toBe('template-choice-unknown')
  })
  it('to a multiple choice are taken whole or not at all', () => {
    const read = withAsked(choice('m', ['a', 'b'], { multiple: true }))
    expect(read({ 'm#a': 'x', 'm#b': 'Không' })).toEqual(['a'])
    expect(read({ 'm#a': 'x', 'm#b': 'có thể' })).toBe('template-truth-unreadable')
  })
  it('that no calendar and no arithmetic knows are refused, in tables too', () => {
    const asked = { guidance: both('Hướng dẫn'), basis: [], required: true, waivable: false, label: 'Q', text: both('Câu') }
    const day = withAsked({ ...asked, id: 'd', type: 'date' })
    expect(day({ d: { day: '2026-02-28' } })).toBe('2026-02-28')
    for (const cell of [{ day: '+012026-0' }, { day: '2026-02-30' }, '30/02/2026']) expect(day({ d: cell })).toBe('template-date-unreadable')
    const amount = withAsked(number('n'))
    for (const cell of [Infinity, -Infinity, NaN, '1e999', '9'.repeat(400)]) expect(amount({ n: cell })).toBe('template-number-unreadable')
    const loaded = loadedOf(smallPack({ scoring: { by: 'rules', maximum: null, basis: [], figures: [], classes: [], gaps: [] }, sections: [{ id: 's', title: both('Mục'), intro: both('Lời'), evidence: { least: 0, hints: [] }, waivable: false, questions: [{ ...asked, id: 't', type: 'table', minRows: 0, maxRows: 5, columns: [{ id: 'd', text: both('Ngày'), type: 'date', required: false }, { id: 'n', text: both('Số'), type: 'number', unit: '', required: false }] }] }] }))
    const list = { pack: packRef(loaded), answers: {}, waivers: {} }
    const sheets = filled(answerTemplate(loaded.pack, packRef(loaded), list, 'vi'), {}).map((sheet) => ({ ...sheet, table: { ...sheet.table, rows: sheet.table.rows.map((row, index) => (sheet.table.rows[1]?.cells[0] === 'luong-gia-table t' && index === 4 ? { ...row, cells: [{ day: '+012026-0' }, Infinity] } : index === 5 && sheet.table.rows[1]?.cells[0] === 'luong-gia-table t' ? { ...row, cells: ['1/2/2026', 3] } : row)) } }))
    const read = must(readTemplate(loaded.pack, packRef(loaded), list, sheets, 'vi'))
    expect(read.refusals.map(({ fault }) => fault.code)).toEqual(['template-date-unreadable', 'template-number-unreadable'])
    expect(read.answers['t']?.value).toEqual([{ d: '2026-02-01', n: 3 }])
  })
  it('in per cent mean what they say, and a sign of per cent is refused where it means nothing', () => {
    const share = withAsked(number('n', { unit: '%', min: 0, max: 100 }))
    expect(['12,5 %', '12,5', '12,5%', '１２％', '1\u00a000 %', 40].map((cell) => share({ n: cell }))).toEqual([12.5, 12.5, 12.5, 12, 'template-number-unreadable', 40])
    expect(withAsked(number('n', { unit: 'người' }))({ n: '12 %' })).toBe('template-number-unreadable')
  })
})
