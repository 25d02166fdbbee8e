import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { datum } from '../../../shared/schema/base.ts'
import { numberStyleOf, readDateCell, readNumberCell, shareScaleOf } from '../../../shared/kernel/list-cells.ts'
import { readCsv, type RawTable } from '../../../shared/kernel/csv.ts'
import { headRowOf, suggestMapping } from '../../../shared/valuation/library/fields.ts'
import { comparablesInputs, royaltyInput, royaltyRateOf } from '../../../shared/valuation/library/fill.ts'
import { readDeals, refusalCodes, type ReadOptions } from '../../../shared/valuation/library/read-deals.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'
import { valuationImportVi } from '../../../shared/i18n/vi/valuation-import.ts'
import { readList } from '../../../renderer/ui/spreadsheet/read.ts'

const tableFrom = (text: string): RawTable => {
  const read = readCsv(text)
  if (!read.ok) throw new Error(read.fault)
  return read.table
}
const cellsOf = (text: string) => tableFrom(text).rows.map(({ cells }) => cells)

describe('text files', () => {
  test.each<readonly [string, string, readonly (readonly (string | null)[])[]]>([
    ['commas', 'a,b\n1,2\n', [['a', 'b'], ['1', '2']]],
    ['semicolons with decimal commas', 'a;b\n1,5;2,5\n3,5;4,5', [['a', 'b'], ['1,5', '2,5'], ['3,5', '4,5']]],
    ['tabs', 'a\tb\n1,5\t2', [['a', 'b'], ['1,5', '2']]],
    ['a byte order mark and the line ends of Windows', '\uFEFFa;b\r\n1;2\r\n', [['a', 'b'], ['1', '2']]],
    ['the line ends of old Macs', 'a;b\r1;2\r', [['a', 'b'], ['1', '2']]],
    ['a line that names its sign', 'sep=;\na;b,c\n1;2', [['a', 'b,c'], ['1', '2']]],
    ['quotes, doubled quotes, signs and line breaks within', 'a,b\n"x, ""y""\nz", w\n', [['a', 'b'], ['x, "y"\nz', 'w']]],
    ['a quote in the middle of a cell', 'a,b\n5" pipe,2', [['a', 'b'], ['5" pipe', '2']]],
    ['rows of unequal width and empty lines', 'a,b,c\n\n1\n,,\n1,2,3', [['a', 'b', 'c'], ['1', null, null], ['1', '2', '3']]],
  ])('%s', (_, text, wanted) => expect(cellsOf(text)).toEqual(wanted))

  test('keep the line of the file for each row', () => {
    expect(tableFrom('a,b\n\n"x\ny",1\n2,3').rows.map(({ line }) => line)).toEqual([1, 3, 5])
    expect(tableFrom('sep=,\na,b\n1,2').rows.map(({ line }) => line)).toEqual([2, 3])
  })
  test('a quote never closed and an empty file are refused', () => {
    expect(readCsv('a,b\n"x,1\n2,3')).toEqual({ ok: false, fault: 'csv-quote-open' })
    expect(readCsv(' \n\n')).toEqual({ ok: false, fault: 'csv-empty' })
  })
  test('whatever is quoted comes back', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string()), { minLength: 1 }), (rows) => {
      const clean = rows.map((row) => row.map((cell) => cell.replace(/\r\n?/g, '\n').replace(/\uFEFF/g, '')))
      const text = `head;two\n${clean.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')).join('\n')}`
      const kept = clean.filter((row) => row.some((cell) => cell.trim() !== '')).map((row) => row.map((cell) => (cell.trim() === '' ? null : cell)))
      expect(cellsOf(text).slice(1)).toEqual(kept)
    }), { numRuns: 300, seed: 11 })
  })
})

describe('numbers of a column', () => {
  test.each<readonly [readonly string[], string]>([
    [['1.234,5', '1.000'], 'vi'], [['12,5', '1.000'], 'vi'], [['1.234.567', '2.000'], 'vi'],
    [['1,234.5', '1,000'], 'en'], [['0.05', '3'], 'en'], [['1.234', '2.500'], 'undecided'], [['1,234'], 'undecided'],
    [['12', '350'], 'either'], [['12,5', '0.5'], 'mixed'], [['1 234', '5%'], 'either'],
  ])('%j are written %s', (cells, style) => expect(numberStyleOf(cells)).toBe(style))

  test('the column decides what a cell alone cannot', () => {
    expect(readNumberCell('1.000', 'vi')).toMatchObject({ ok: true, value: 1000 })
    expect(readNumberCell('1.000', 'en')).toMatchObject({ ok: true, value: 1 })
    expect(readNumberCell('1.000', 'undecided')).toEqual({ ok: false, fault: 'two-readings' })
    expect(readNumberCell('1,234.5', 'vi')).toEqual({ ok: false, fault: 'other-style' })
    expect(readNumberCell('12,5', 'mixed')).toEqual({ ok: false, fault: 'other-style' })
    expect(readNumberCell('7', 'mixed')).toMatchObject({ ok: true, value: 7 })
    expect(readNumberCell('khoảng 5', 'vi')).toEqual({ ok: false, fault: 'unreadable' })
    expect(readNumberCell(1.234, 'undecided')).toMatchObject({ ok: true, value: 1.234 })
  })
  test('per cent or part of 1 is known or asked, never guessed', () => {
    expect(shareScaleOf(['5 %', '3%'], 'either')).toBe('signed')
    expect(shareScaleOf(['5', '0,5'], 'vi')).toBe('percent')
    expect(shareScaleOf([0.05, 0.03], 'either')).toBe('undecided')
    expect(shareScaleOf(['0'], 'either')).toBe('fraction')
  })
})

test.each<readonly [string | number | { day: string }, boolean, string]>([
  ['05/03/2024', false, '2024-03-05'], ['2024-03-05', true, '2024-03-05'], ['2024-03-05T10:00:00', false, '2024-03-05'], [{ day: '2024-03-05' }, true, '2024-03-05'],
  ['12/31/2024', false, 'month-first'], ['05/03/2024', true, 'month-first'], ['25/03/2024', true, '2024-03-25'], ['04/04/2024', true, '2024-04-04'],
  ['31/02/2024', false, 'unreadable'], ['03/2024', false, 'unreadable'], ['5/3/24', false, 'unreadable'], [45_000, false, 'unreadable'],
])('day %j, month first elsewhere %s: %s', (cell, monthFirst, wanted) => {
  const read = readDateCell(cell, monthFirst)
  expect(read.ok ? read.day : read.fault).toBe(wanted)
})

const list = `Danh sách giao dịch chuyển giao công nghệ sấy;;;;;;
Tên giao dịch;Ngày giao dịch;Nguồn;Loại tiền;Giá giao dịch;Doanh thu;Điều chỉnh lãnh thổ
Sấy A;05/03/2024;Báo cáo A;VND;1.250,5;10.000;5%
Sấy B;2024-06-30;Báo cáo B;đồng;900;8.000;
Sấy C;30/02/2024;Báo cáo C;VND;800;7.500;0%
Sấy D;01/02/2024;;VND;700;7.000;0%
Sấy E;01/02/2024;Báo cáo E;USD;700;7.000;0%
Sấy F;01/02/2024;Báo cáo F;VND;liên hệ;7.000;0%
Sấy G;01/02/2024;Báo cáo G;VND;700;0;0%
Sấy A;05/03/2024;Báo cáo A;VND;1.250,5;10.000;5%
Sấy H;01/02/2027;Báo cáo H;VND;700;7.000;0%
Sấy I;01/02/2024;Báo cáo I;VND;1,234.5;7.000;5
`
const options = (table: RawTable, more: Partial<ReadOptions> = {}): ReadOptions => {
  const purpose = more.purpose ?? 'comparables'
  const head = headRowOf(table, purpose)
  return { purpose, head, mapping: suggestMapping(table, head, purpose), numberStyles: {}, shareScales: {}, currency: 'VND', moneyFactor: 1, valuationDate: '2026-06-30', ...more }
}

describe('a list of deals', () => {
  const table = tableFrom(list)
  const answered = { numberStyles: { price: 'vi', base: 'vi' } } as const
  test('finds the row of titles and what the columns mean', () => {
    expect(headRowOf(table, 'comparables')).toBe(1)
    expect(suggestMapping(table, 1, 'comparables')).toEqual({ deal: 0, date: 1, source: 2, currency: 3, price: 4, base: 5, adjustTerritory: 6 })
  })
  test('keeps what is sound and refuses the rest, each with its reason', () => {
    const read = readDeals(table, options(table, answered))
    expect(read.total).toBe(10)
    expect(read.deals.map(({ deal, date, numbers }) => ({ deal, date, numbers }))).toEqual([
      { deal: 'Sấy A', date: '2024-03-05', numbers: { price: 1250.5, base: 10_000, adjustTerritory: 0.05 } },
      { deal: 'Sấy B', date: '2024-06-30', numbers: { price: 900, base: 8000 } },
    ])
    expect(read.refusals.map(({ line, field, code }) => `${String(line)} ${field} ${code}`)).toEqual([
      '5 date date-unreadable', '6 source missing', '7 currency currency-other', '8 price number-unreadable', '9 base not-above-zero',
      '10 deal duplicate', '11 date date-after-valuation', '12 price number-other-style', '12 adjustTerritory share-unsigned',
    ])
    expect(read.deals.length + new Set(read.refusals.map(({ line }) => line)).size).toBe(read.total)
  })
  test('cells that contradict each other, or can all be read twice, make it ask', () => {
    const read = readDeals(table, options(table))
    expect(read.styles).toMatchObject({ price: 'mixed', base: 'undecided' })
    expect(read.questions).toEqual([{ field: 'price', about: 'numberStyle' }, { field: 'base', about: 'numberStyle' }])
    expect(read.deals).toEqual([])
  })
  test('a column that the mapping leaves out is missing in every row', () => {
    const read = readDeals(table, options(table, { mapping: { deal: 0, date: 1, price: 4, base: 5 } }))
    expect(read.deals).toEqual([])
    expect(read.refusals.filter(({ field, code }) => field === 'source' && code === 'missing')).toHaveLength(10)
  })
  test('money in the file comes in the units of the dossier', () => {
    expect(readDeals(table, options(table, { ...answered, moneyFactor: 1000 })).deals[0]?.numbers['price']).toBe(1_250_500)
  })
  test('asks what the file leaves open, refuses until it is answered, and uses the answer', () => {
    const open = tableFrom('Giao dịch,Ngày,Nguồn,Royalty\nA,01/02/2024,X,0.05\nB,02/02/2024,Y,0.03')
    const asked = readDeals(open, options(open, { purpose: 'royalty' }))
    expect(asked.questions).toEqual([{ field: 'royalty', about: 'shareScale' }])
    expect(asked.refusals.map(({ code }) => code)).toEqual(['share-scale-unknown', 'share-scale-unknown'])
    expect(readDeals(open, options(open, { purpose: 'royalty', shareScales: { royalty: 'fraction' } })).deals.map(({ numbers }) => numbers['royalty'])).toEqual([0.05, 0.03])
    const groups = tableFrom('Giao dịch;Ngày;Nguồn;Giá;Doanh thu\nA;01/02/2024;X;1.250;10.000\nB;02/02/2024;Y;1.100;9.000')
    expect(readDeals(groups, options(groups)).questions.map(({ field }) => field)).toEqual(['price', 'base'])
    expect(readDeals(groups, options(groups, { numberStyles: { price: 'vi', base: 'en' } })).deals.map(({ numbers }) => numbers)).toEqual([{ price: 1250, base: 10 }, { price: 1100, base: 9 }])
  })
  test('a licence in another currency still gives its rate, since a rate has none', () => {
    const foreign = tableFrom('Deal,Date,Source,Currency,Royalty rate,Upfront\nA,01/02/2024,X,USD,5%,100000\nB,02/02/2024,Y,,3%,')
    expect(readDeals(foreign, options(foreign, { purpose: 'royalty' })).deals.map(({ currency, numbers }) => [currency, numbers])).toEqual([['USD', { royalty: 0.05, upfront: 100_000 }], ['', { royalty: 0.03 }]])
  })
  test('every reason and field has its sentence', () => {
    expect(refusalCodes.filter((code) => !(`refusal_${code}` in valuationImportVi))).toEqual([])
  })
  test('whatever the cells hold, each row is used or refused and no number is NaN', () => {
    const cell = fc.oneof(fc.constantFrom(null, 'A', '5', '1.250', '1,250.5', '12,5', '01/02/2024', '13/25/2024', '5%', '-3', 'VND', 'USD', '0', '1e400', '∞'), fc.double(), fc.string())
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 7, maxLength: 7 }), { minLength: 1, maxLength: 8 }), (rows) => {
      const any: RawTable = { width: 7, rows: [{ line: 1, cells: [] }, ...rows.map((cells, index) => ({ line: index + 2, cells }))] }
      const read = readDeals(any, options(any, { head: 0, mapping: { deal: 0, date: 1, source: 2, currency: 3, price: 4, base: 5, adjustTime: 6 } }))
      const refused = new Set(read.refusals.map(({ line }) => line))
      expect(read.deals.length + refused.size).toBe(rows.length)
      for (const deal of read.deals) {
        expect(refused.has(deal.line)).toBe(false)
        expect(deal.source).not.toBe('')
        expect(deal.date).toMatch(/^\d{4}-\d\d-\d\d$/)
        expect(Object.values(deal.numbers).every(Number.isFinite)).toBe(true)
      }
    }), { numRuns: 500, seed: 3 })
  })
})

describe('deals in a method', () => {
  const table = tableFrom(list)
  const { deals } = readDeals(table, options(table, { numberStyles: { price: 'vi', base: 'vi' } }))
  const facts = { file: 'giao-dich.csv', evidence: 'e1', language: 'vi' } as const
  test('fill the series of the comparables with source, newest day, list and evidence; a gap stays a gap', () => {
    const inputs = comparablesInputs(deals, facts)
    expect(inputs['prices']).toMatchObject({ value: [1250.5, 900], source: 'giao-dich.csv (2 giao dịch): Báo cáo A; Báo cáo B', date: '2024-06-30', evidence: ['e1'] })
    expect(inputs['adjustTerritory']?.value).toEqual([0.05, null])
    expect(inputs['adjustRights']).toBeNull()
    expect(inputs['prices']?.reason).toContain('1. Sấy A · 05/03/2024 · Báo cáo A')
    for (const one of Object.values(inputs)) if (one !== null) expect(datum.safeParse(one).success).toBe(true)
    const keys = new Set(methodById('comparables/1')?.inputs.map(({ key }) => key))
    expect(Object.keys(inputs).filter((key) => !keys.has(key))).toEqual([])
  })
  test('long lists still fit the dossier', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({ line: index, deal: 'X'.repeat(400), date: '2024-01-01', source: `Nguồn ${String(index)} ${'y'.repeat(400)}`, currency: '', terms: 'z'.repeat(400), numbers: { price: index, base: 1 } }))
    const inputs = comparablesInputs(many, facts)
    for (const one of Object.values(inputs)) if (one !== null) expect(datum.safeParse(one).success).toBe(true)
  })
  test('one royalty rate by the statistic chosen', () => {
    const royalties = [0.03, 0.05, 0.1].map((royalty, index) => ({ line: index, deal: `L${String(index)}`, date: `2024-0${String(index + 1)}-01`, source: 'S', currency: '', terms: '', numbers: { royalty, ...(index === 1 ? { upfront: 10 } : {}) } }))
    expect((['median', 'mean', 'low', 'high'] as const).map((one) => royaltyRateOf(royalties, one))).toEqual([0.05, expect.closeTo(0.06, 12), 0.03, 0.1])
    const input = royaltyInput(royalties, 'median', facts)
    expect(input).toMatchObject({ value: 0.05, date: '2024-03-01', evidence: ['e1'] })
    expect(input?.reason).toMatch(/^Trung vị: 5 % \(3 % – 10 %\)\n1\. L0/)
    expect(input?.reason).toContain('có khoản trả trước, chưa gộp vào tỷ lệ')
    expect(royaltyInput([], 'median', facts)).toBeNull()
  })
})

describe('bytes of a file', () => {
  const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
  test('text in UTF-8, and in UTF-16 with its mark', async () => {
    const read = await readList(bytes(list))
    expect(read.ok && read.sheets[0]?.table).toEqual(tableFrom(list))
    const wide = new Uint8Array(Buffer.from(`\uFEFF${list}`, 'utf16le'))
    const other = await readList(wide)
    expect(other.ok && other.sheets[0]?.table).toEqual(tableFrom(list))
  })
  test.each<readonly [string, Uint8Array<ArrayBuffer>, string]>([
    ['another encoding', new Uint8Array([0x47, 0x69, 0xe1, 0x3b, 0x31]), 'badText'],
    ['the old binary workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]), 'badSheet'],
    ['a broken archive', new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]), 'badSheet'],
    ['bytes that are no text', new Uint8Array([0x41, 0, 0x42]), 'badKind'],
    ['nothing', new Uint8Array(), 'badEmpty'],
  ])('%s is refused', async (_, file, fault) => expect(await readList(file)).toEqual({ ok: false, fault }))
  test('a workbook: numbers, days, titles above, other sheets', async () => {
    const file = new Uint8Array(readFileSync(path.resolve(import.meta.dirname, '../../fixtures/spreadsheet/deals.xlsx')))
    const read = await readList(file)
    if (!read.ok) throw new Error(read.fault)
    expect(read.sheets.map(({ name }) => name)).toEqual(['Li-xăng', 'Ghi chú'])
    const own = read.sheets[0]?.table
    if (own === undefined) throw new Error('no sheet')
    const deals = readDeals(own, options(own, { purpose: 'royalty', shareScales: { royalty: 'fraction' } }))
    expect(deals.deals.map(({ line, date, numbers }) => [line, date, numbers['royalty']])).toEqual([[4, '2023-05-17', 0.04], [5, '2024-01-02', 0.055]])
    expect(deals.refusals.map(({ line, code }) => [line, code])).toEqual([[6, 'missing']])
  })
})
