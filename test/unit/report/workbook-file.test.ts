import { strFromU8, unzipSync, zipSync } from 'fflate/browser'
import readXlsx from 'read-excel-file/universal'
import { describe, expect, test } from 'vitest'
import { writeWorkbook } from '../../../renderer/ui/spreadsheet/write.ts'
import { unzip } from '../../../renderer/ui/spreadsheet/zip.ts'
import { valuationWorkbook } from '../../../shared/report/workbook.ts'
import { columnName } from '../../../shared/report/workbook/model.ts'
import { evaluate } from '../../../shared/valuation/evaluate.ts'
import { sampleStates } from '../../support/samples.ts'

const column = (letters: string): number => Array.from({ length: 200 }, (_, index) => columnName(index)).indexOf(letters)

describe.each(sampleStates().map((state) => [state.profile.title, state] as const))('%s', (_, state) => {
  test.each(['vi', 'en'] as const)('the file in %s holds the sheets, the formulas and the engine’s figures', async (language) => {
    const workbook = valuationWorkbook({ state, evaluation: evaluate(state.valuation, state.profile), language })
    const bytes = await writeWorkbook(workbook)
    const read = await readXlsx(new Blob([new Uint8Array(bytes)]), { trim: false })
    expect(read.map(({ sheet }) => sheet)).toEqual(workbook.sheets.map(({ name }) => name))
    for (const { sheet, address, expected } of workbook.checks) {
      const [, letters = '', row = ''] = /^([A-Z]+)(\d+)$/.exec(address) ?? []
      const found = read.find((one) => one.sheet === sheet)?.data[Number(row) - 1]?.[column(letters)]
      expect(typeof found === 'number' ? Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected)) : found).toBe(true)
    }
    const parts = unzipSync(bytes)
    const formulas = Object.entries(parts).filter(([name]) => name.startsWith('xl/worksheets/sheet')).flatMap(([, part]) => [...strFromU8(part).matchAll(/<f>([^<]*)<\/f>(<v>[^<]*<\/v>)?/g)])
    const wanted = workbook.sheets.flatMap((sheet) => sheet.rows.flat()).filter((cell) => cell?.content.kind === 'formula').length
    expect(formulas.length).toBe(wanted)
    expect(formulas.filter(([, body, value]) => body?.startsWith('=') === true || value === undefined)).toEqual([])
    expect(strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array())).toContain('fullCalcOnLoad="1"')
  })
})

describe('unpacking on the page’s own thread', () => {
  const archive = zipSync({ 'a.xml': new TextEncoder().encode('<a/>'), 'b.bin': new Uint8Array(8) })
  const opened = (bytes: Uint8Array, options?: Parameters<typeof unzip>[1]) => new Promise<readonly [Error | null, readonly string[]]>((done) => {
    const end = (fault: Error | null, files: object): void => done([fault, Object.keys(files)])
    if (options === undefined || typeof options === 'function') unzip(bytes, end)
    else unzip(bytes, options, end)
  })
  test('takes the two forms in which the library asks', async () => {
    expect(await opened(archive)).toEqual([null, ['a.xml', 'b.bin']])
    expect(await opened(archive, { filter: ({ name }) => name.endsWith('.xml') })).toEqual([null, ['a.xml']])
  })
  test('an archive that unpacks to too much is refused before it is unpacked, a broken one as such', async () => {
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(129 * 1024 * 1024) })
    expect(bomb.length).toBeLessThan(1024 * 1024)
    expect((await opened(bomb))[0]?.message).toContain('too much')
    expect((await opened(new Uint8Array([0x50, 0x4b, 3, 4, 9])))[0]).toBeInstanceOf(Error)
  })
})
