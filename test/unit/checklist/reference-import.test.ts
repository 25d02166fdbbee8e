import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readReference, referenceHeadRow, suggestReferenceMapping, type ReferenceOptions } from '../../../shared/checklist/reference-import.ts'
import { readCsv, tableOf, type RawCell, type RawTable } from '../../../shared/kernel/csv.ts'
import { faultText } from '../../../shared/kernel/faults.ts'
import { isChecklistPack } from '../../../shared/rulepack/load.ts'
import type { Reference } from '../../../shared/rulepack/scoring.ts'
import { referenceFits } from '../../../shared/checklist/migrate.ts'
import { defined, shelf } from '../dossier/support.ts'

const benchmarks = defined(defined(shelf.all.filter(isChecklistPack).find(({ pack }) => pack.id === 'tt17-2019')).pack.references?.[0])

const csv = (text: string): RawTable => {
  const read = readCsv(text)
  if (!read.ok) throw new Error(read.fault)
  return read.table
}
const sheet = (...rows: readonly (readonly RawCell[])[]): RawTable => tableOf(rows.map((cells, index) => ({ line: index + 1, cells })))

const read = (table: RawTable, over: Partial<ReferenceOptions> = {}, reference: Reference = benchmarks) => {
  const head = referenceHeadRow(table, reference)
  return readReference(table, reference, { head, mapping: suggestReferenceMapping(table, head, reference), numberStyles: {}, percentScales: {}, ...over })
}
const told = (result: ReturnType<typeof read>) => result.refusals.map(({ line, column, fault }) => [line, column, fault.code])

const titles = ['Mã ngành (VSIC)', 'Năm', 'Tên ngành', 'Kchuẩn1', 'Kchuẩn2', 'Kchuẩn3', 'Kchuẩn4', 'Ghi chú']

describe('titles of an imported reference table', () => {
  const found = (row: readonly string[]) => suggestReferenceMapping(sheet(row), 0, benchmarks)
  it('are known in Vietnamese, English, by id and by symbol, whatever the accents, capitals and order', () => {
    const all = { vsic: 0, year: 1, industry: 2, k1: 3, k2: 4, k3: 5, k4: 6, note: 7 }
    expect(found(titles)).toEqual(all)
    expect(found(['MA NGANH', 'NAM', 'TEN NGANH', 'K CHUAN 1', 'Kchuan2', 'kchuẩn 3', 'KCHUẨN4', 'ghi chú'])).toEqual(all)
    expect(found(['Industry code', 'Year', 'Industry', 'Automation coefficient', 'Energy-cost ratio', 'Material-cost ratio', 'Labour productivity', 'Note'])).toEqual(all)
    expect(found(['vsic', 'year', 'industry', 'K1', 'K2', 'K3', 'K4', 'note'])).toEqual(all)
    expect(found(['K4 – labour productivity', 'Hệ số tự động hóa của ngành', 'Năm số liệu', 'VSIC'])).toEqual({ k4: 0, k1: 1, year: 2, vsic: 3 })
  })
  it('are used once each, and a title that names nothing stays out', () => {
    expect(found(['K1', 'K1', 'K10', 'Doanh thu', ''])).toEqual({ k1: 0 })
  })
  it('may stand below a heading', () => {
    const table = sheet(['BẢNG HỆ SỐ CHUẨN CỦA NGÀNH'], ['Nguồn: …', null, null], titles, ['10', 2025, 'Thực phẩm', 1, 2, 3, 4])
    expect(referenceHeadRow(table, benchmarks)).toBe(2)
    expect(read(table, { percentScales: {} }).rows.map(({ line }) => line)).toEqual([4])
  })
})

describe('rows of an imported reference table', () => {
  it('are taken as written in Vietnamese, with empty numbers left empty', () => {
    const result = read(csv(`${titles.join(';')}\n10;2025;Sản xuất chế biến thực phẩm;1.234,5;8,25;41,5;350,75;thử\nC11; 2025;Đồ uống;;7;;300;\n`))
    expect(result.refusals).toEqual([])
    expect(result.rows).toEqual([
      { line: 2, cells: { vsic: '10', year: 2025, industry: 'Sản xuất chế biến thực phẩm', k1: 1234.5, k2: 8.25, k3: 41.5, k4: 350.75, note: 'thử' } },
      { line: 3, cells: { vsic: 'C11', year: 2025, industry: 'Đồ uống', k1: null, k2: 7, k3: null, k4: 300, note: null } },
    ])
    expect(result.rows.every(({ cells }) => referenceFits(benchmarks, [cells]))).toBe(true)
  })
  it('are taken as written in English, and the column decides for a cell with two readings', () => {
    const result = read(csv(`VSIC,Year,K1,K2\n10,2025,"1,234.5",8.25\n11,2025,"1,500",9.5\n`))
    expect(result.rows.map(({ cells }) => [cells['k1'], cells['k2']])).toEqual([[1234.5, 8.25], [1500, 9.5]])
  })
  it('are refused with row, column and sentence for each deliberate error', () => {
    const table = csv([
      titles.join(';'),
      '10;2025;Thực phẩm;120,5;8,5;40;300;đúng',
      ';2025;Không mã;120;8;40;300;',
      '11;;Không năm;120;8;40;300;',
      '12;2025;Số âm;-5;8;40;300;',
      '13;2025;Số không;120;0;40;300;',
      '14;2025;Chữ;một trăm;8;40;300;',
      '15;2025;Không số nào;;;;;',
      '16;2025;Kiểu Anh;1,234.5;8;40;300;',
      '17;1899;Năm cũ;120;8;40;300;',
      '18;2025;Phần trăm lạc;12 %;8;40;300;',
      '10;2025;Thực phẩm;120,5;8,5;40;300;đúng',
      '19;2025;Một;1;8;40;300;',
      'C 20;2025;Hóa chất;1;8;40;300;',
      'c 20;2025;Hóa chất;2;8;40;300;',
    ].join('\n'))
    // Two ways of writing in one column: nobody but the person can say which one holds.
    expect(read(table).questions).toEqual([{ column: 'k1', about: 'numberStyle' }])
    expect(told(read(table)).filter(([, , code]) => code === 'reference-number-other-style').map(([line]) => line)).toEqual([2, 9, 12])
    const result = read(table, { numberStyles: { k1: 'vi' } })
    expect(told(result)).toEqual([
      [3, 'vsic', 'reference-key-missing'], [4, 'year', 'reference-key-missing'], [5, 'k1', 'reference-not-above-zero'], [6, 'k2', 'reference-not-above-zero'],
      [7, 'k1', 'reference-number-unreadable'], [8, '', 'reference-row-empty'], [9, 'k1', 'reference-number-other-style'], [10, 'year', 'reference-below-least'],
      [11, 'k1', 'reference-percent-unexpected'], [12, '', 'reference-repeated'], [14, '', 'reference-contradicts'], [15, '', 'reference-contradicts'],
    ])
    expect(result.rows.map(({ line }) => line)).toEqual([2, 13])
    expect(result.total).toBe(14)
    const sentences = result.refusals.map(({ fault }) => faultText(fault))
    expect(sentences.flatMap(({ vi, en }) => [vi, en]).filter((text) => /[{}…]/.test(text))).toEqual([])
    expect(sentences.map(({ vi }) => vi)).toContain('“Kchuẩn1 – hệ số tự động hóa” là -5; giá trị này phải lớn hơn 0.')
    expect(sentences.map(({ en }) => en)).toContain('“Year” is 1899, below 2000, the least that the table allows.')
    expect(sentences.at(-1)?.vi).toContain('dòng 14')
  })
  it('are all refused when a key or every number column is not in the file', () => {
    expect(told(read(csv('VSIC;K1\n10;5\n')))).toEqual([[1, 'year', 'reference-column-missing']])
    expect(told(read(csv('VSIC;Năm;Tên ngành\n10;2025;Thực phẩm\n')))).toEqual([[1, '', 'reference-numbers-missing']])
    expect(read(csv('VSIC;Năm;Tên ngành\n10;2025;Thực phẩm\n')).rows).toEqual([])
  })
  it('with numbers of two readings wait for the person, and follow the answer', () => {
    const table = csv('VSIC;Năm;K1\n10;2025;1.234\n11;2025;2.345\n12;2025;700\n')
    const asked = read(table)
    expect(asked.questions).toEqual([{ column: 'k1', about: 'numberStyle' }])
    expect(told(asked)).toEqual([[2, 'k1', 'reference-number-two-readings'], [3, 'k1', 'reference-number-two-readings']])
    const values = (style: 'vi' | 'en') => read(table, { numberStyles: { k1: style } }).rows.map(({ cells }) => cells['k1'])
    expect([values('vi'), values('en')]).toEqual([[1234, 2345, 700], [1.234, 2.345, 700]])
  })
  it('in per cent: signs, numbers above 1, and fractions that only the person can tell', () => {
    const column = (cells: readonly RawCell[], over: Partial<ReferenceOptions> = {}) => read(sheet(['VSIC', 'Năm', 'K2'], ...cells.map((cell, index) => [String(index + 10), 2025, cell])), over)
    expect(column(['7 %', '12,5%']).rows.map(({ cells }) => cells['k2'])).toEqual([7, 12.5])
    expect(told(column(['7 %', '12,5']))).toEqual([[3, 'k2', 'reference-percent-unsigned']])
    expect(column([8, 0.9]).rows.map(({ cells }) => cells['k2'])).toEqual([8, 0.9])
    // A spreadsheet keeps 20% as 0.2.
    const unclear = column([0.2, 0.07])
    expect(unclear.questions).toEqual([{ column: 'k2', about: 'percentScale' }])
    expect(told(unclear).map(([, , code]) => code)).toEqual(['reference-percent-unclear', 'reference-percent-unclear'])
    expect(column([0.2, 0.07], { percentScales: { k2: 'fraction' } }).rows.map(({ cells }) => cells['k2'])).toEqual([20, 7])
    expect(column([0.2, 0.07], { percentScales: { k2: 'percent' } }).rows.map(({ cells }) => cells['k2'])).toEqual([0.2, 0.07])
  })
  it('with a code that a spreadsheet turned into a number or a day are refused', () => {
    const result = read(sheet(['VSIC', 'Năm', 'K1'], [10, 2025, 5], [10.1, 2025, 5], [{ day: '2025-11-10' }, 2025, 5], ['10.10', 2025, 5]))
    expect(told(result)).toEqual([[3, 'vsic', 'reference-key-as-number'], [4, 'vsic', 'reference-key-as-number']])
    expect(result.rows.map(({ cells }) => cells['vsic'])).toEqual(['10', '10.10'])
  })
  it('with a text beyond what the dossier keeps are refused', () => {
    expect(told(read(sheet(['VSIC', 'Năm', 'K1', 'Ghi chú'], ['10', 2025, 5, 'x'.repeat(2001)])))).toEqual([[2, 'note', 'reference-text-too-long']])
  })
  it('of a table of texts need no number', () => {
    const lists: Reference = {
      ...benchmarks, id: 'lists', pick: 'many',
      columns: [{ id: 'code', text: { vi: 'Mã', en: 'Code' }, type: 'text', key: true, unit: '' }, { id: 'name', text: { vi: 'Tên công nghệ', en: 'Technology' }, type: 'text', key: false, unit: '' }],
    }
    expect(read(csv('Mã;Tên công nghệ\nH1;Tái chế\nH1;Tái chế\nH2;\n'), {}, lists)).toMatchObject({ rows: [{ line: 2 }, { line: 4 }], refusals: [{ line: 3, fault: { code: 'reference-repeated', details: { first: 2 } } }] })
  })
  it('fit the reference or are refused, whatever the cells hold', () => {
    const cell = fc.oneof(fc.string(), fc.double(), fc.constant(null), fc.integer().map((n) => String(n)), fc.constant({ day: '2026-01-01' }), fc.constantFrom('1.234', '1,5', '12 %', '0', '-1', '10'))
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 8, maxLength: 8 }), { maxLength: 12 }), fc.constantFrom('vi', 'en', null), (rows, style) => {
      const result = read(sheet(titles, ...rows), style === null ? {} : { numberStyles: { k1: style, k2: style, year: style } })
      expect(result.total).toBe(rows.length)
      for (const { cells } of result.rows) expect(referenceFits(benchmarks, [cells])).toBe(true)
      const refused = new Set(result.refusals.map(({ line }) => line))
      expect(result.rows.length + refused.size).toBe(rows.length)
      const keys = result.rows.map(({ cells }) => `${String(cells['vsic']).toLowerCase()} ${String(cells['year'])}`)
      expect(new Set(keys).size).toBe(keys.length)
    }), { numRuns: 500 })
  })
})
