import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate/browser'
import readXlsx from 'read-excel-file/universal'
import { afterAll, describe, expect, test } from 'vitest'
import { writeWorkbook } from '../../../renderer/ui/spreadsheet/write.ts'
import { valuationWorkbook } from '../../../shared/report/workbook.ts'
import { columnName, type Workbook } from '../../../shared/report/workbook/model.ts'
import type { DossierState, MethodSheet } from '../../../shared/schema/dossier.ts'
import { evaluate } from '../../../shared/valuation/evaluate.ts'
import type { Inputs } from '../../../shared/valuation/figure.ts'
import { methods } from '../../../shared/valuation/methods/registry.ts'
import { lottery } from '../../support/random-inputs.ts'
import { valuedInputs } from '../../support/random-valuation.ts'
import { sampleStates } from '../../support/samples.ts'

/*
 * A spreadsheet program that is not ours computes the workbook. LibreOffice is large and not asked of every machine: where it is
 * missing only this second opinion is left out, since the unit tests compute every formula as well.
 */
const hasOffice = ((): boolean => {
  try {
    execFileSync('soffice', ['--version'], { stdio: 'ignore', timeout: 60_000 })
    return true
  } catch {
    return false
  }
})()

const folder = mkdtempSync(path.join(tmpdir(), 'luong-gia-workbook-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The file without the values that we computed for its formulas: whatever stands there later, the spreadsheet found itself. */
const withoutValues = (bytes: Uint8Array): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, name.startsWith('xl/worksheets/sheet') ? strToU8(strFromU8(part).replaceAll(/(<\/f>)<v>[^<]*<\/v>/g, '$1')) : part])))

const computed = async (workbook: Workbook, name: string): Promise<Awaited<ReturnType<typeof readXlsx>>> => {
  const bare = path.join(folder, `${name}.xlsx`)
  writeFileSync(bare, withoutValues(await writeWorkbook(workbook)))
  execFileSync('soffice', [`-env:UserInstallation=${pathToFileURL(path.join(folder, 'profile')).href}`, '--headless', '--convert-to', 'xlsx', '--outdir', path.join(folder, 'out'), bare], { stdio: 'ignore', timeout: 150_000 })
  return readXlsx(new Blob([new Uint8Array(readFileSync(path.join(folder, 'out', `${name}.xlsx`)))]), { trim: false })
}

const sheetOf = (id: string, method: string, inputs: Inputs): MethodSheet => ({
  id, method, title: id, role: 'check', weight: 0, why: '',
  inputs: Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null).map(([key, value]) => [key, { value: typeof value === 'object' && value !== null ? [...value] : value, unit: '', source: 'Thử', date: '', reason: '', evidence: [] }])),
})

/** Decisions of random dates crowd onto the steps of a tree; these three have steps of their own. */
const apart = (method: string, inputs: Inputs): Inputs =>
  method === 'staged-option/1' ? { ...inputs, steps: '12', volatility: 0.4, riskFree: 0.05, costOfDelay: 0.02, stageStarts: [0, 1.5, 6], stageCosts: [20, 300, 4_000], stageShares: [0, 0.2, 1], stageProbabilities: [0.9, 0.7, 0.8] } : inputs

describe.skipIf(!hasOffice)('LibreOffice computes the workbook from its inputs alone', () => {
  test.each(['vi', 'en'] as const)('in %s, three sheets of every method: the engine’s figures at every step', async (language) => {
    const [base] = sampleStates()
    if (base === undefined) throw new Error('no samples')
    const draw = lottery(20_261_122)
    const sheets = methods.flatMap((method) => ['a', 'b', 'c'].map((letter) => sheetOf(`${method.id.replace('/', ' ')} ${letter}`, method.id, apart(method.id, valuedInputs(method, draw)))))
    const state: DossierState = { ...base, valuation: { ...base.valuation, sheets: Object.fromEntries(sheets.map((sheet) => [sheet.id, sheet])) } }
    const workbook = valuationWorkbook({ state, evaluation: evaluate(state.valuation, state.profile), language })
    const read = new Map((await computed(workbook, language)).map(({ sheet, data }) => [sheet, data]))
    const columns = new Map(Array.from({ length: 300 }, (_, index) => [columnName(index), index]))
    const scaleOf = (sheet: string): number => Math.max(1, ...workbook.checks.filter((check) => check.sheet === sheet).map(({ expected }) => Math.abs(expected)))
    const scales = new Map(workbook.sheets.map(({ name }) => [name, scaleOf(name)]))
    const wrong = workbook.checks.flatMap((check) => {
      const [, letters = '', row = ''] = /^([A-Z]+)(\d+)$/.exec(check.address) ?? []
      const found = read.get(check.sheet)?.[Number(row) - 1]?.[columns.get(letters) ?? -1]
      return typeof found === 'number' && Math.abs(found - check.expected) <= 1e-9 * (scales.get(check.sheet) ?? 1) ? [] : [{ ...check, found }]
    })
    expect(wrong).toEqual([])
    // Every method gave formulas to judge.
    for (const { id } of methods) expect(workbook.checks.some((check) => check.sheet.includes(id.replace('/', ' ').slice(0, 20)) && check.id === 'result'), id).toBe(true)
  })
})
