import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { shelf, shippedSelfTest } from '../../../scripts/appraise/files.ts'
import { buildReport } from '../../../shared/report/build.ts'
import { isChecklistPack } from '../../../shared/rulepack/load.ts'
import { countOf, joinSelfTests, selfTest, selfTestFile } from '../../../shared/valuation/cases/self-test.ts'
import { reportInput, valuationState } from '../../support/report-dossier.ts'

const folder = path.resolve(import.meta.dirname, '../../../resources/vectors')
const files = readdirSync(folder).filter((name) => name.endsWith('.json')).sort().map((name) => ({ family: path.basename(name, '.json'), text: readFileSync(path.join(folder, name), 'utf8') }))
const cases = files.flatMap(({ text }) => JSON.parse(text) as { readonly id: string; readonly source?: string }[]) // the shipped files, checked below

const packs = shelf()
const factors = packs.all.filter(isChecklistPack).find(({ pack }) => pack.id === 'ip-review')
if (factors === undefined) throw new Error('no review of value factors')
const data = { factors: factors.pack }

describe('the shipped cases', () => {
  it('all pass, none is skipped', () => {
    const result = shippedSelfTest(packs)
    expect(result.failures).toEqual([])
    expect(countOf(result)).toEqual({ total: 296, passed: 296, failed: 0, skipped: 0 })
    expect(result.families).toHaveLength(18)
  })

  it('carry their source and nothing that was not meant to travel', () => {
    const known = new Set(['id', 'method', 'inputs', 'expected', 'tolerance', 'source', 'flagged'])
    expect(cases.filter((one) => Object.keys(one).some((key) => !known.has(key)) || (one.source ?? '').trim() === '').map(({ id }) => id)).toEqual([])
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length)
    expect(cases.filter(({ id, source = '' }) => ['agreement-01', 'agreement-07', 'agreement-09', 'cost-05'].includes(id) || /irr::|fast-krippendorff|harness-100/.test(source))).toEqual([])
  })
})

describe('a self-test', () => {
  const one = { id: 'tvm-x', method: 'pv.single', inputs: { amount: 110, rate: 0.1, periods: 1 }, expected: { pv: 100 }, tolerance: { rel: 1e-9 }, source: 'by hand' }
  const file = (...list: readonly object[]) => ({ family: 'tvm', text: JSON.stringify(list) })

  it('names a case that is wrong, and one that the engine does not know', () => {
    const result = selfTestFile(file(one, { ...one, id: 'tvm-y', expected: { pv: 100.1 } }, { ...one, id: 'tvm-z', method: 'pv.magic' }), data)
    expect(result.ok && result.value.families).toEqual([{ family: 'tvm', passed: 1, failed: 1, skipped: 1 }])
    expect(result.ok && result.value.failures).toMatchObject([{ id: 'tvm-y', path: 'pv', expected: '100.1' }])
  })

  it('refuses a file that holds no cases', () => {
    expect(selfTest([file(one), { family: 'x', text: 'no json' }], data)).toMatchObject({ ok: false, fault: { code: 'vectors-unreadable', details: { family: 'x' } } })
    expect(selfTestFile({ family: 'x', text: '{}' }, data).ok).toBe(false)
  })

  it('joins parts in the order of the families', () => {
    const part = (family: string) => ({ families: [{ family, passed: 1, failed: 0, skipped: 0 }], failures: [] })
    expect(joinSelfTests([part('b'), part('a')]).families.map(({ family }) => family)).toEqual(['a', 'b'])
  })
})

describe('the annex of the report', () => {
  const wordsOf = (selfTestOf: ReturnType<typeof shippedSelfTest>): string => JSON.stringify(buildReport({ ...reportInput(valuationState()), selfTest: selfTestOf }).blocks)

  it('says how many cases were right, and by which program', () => {
    const words = wordsOf(shippedSelfTest(packs))
    expect(words).toContain('TỰ KIỂM TRA BỘ TÍNH')
    expect(words).toContain('đúng 296/296 ca')
    expect(words).toContain('Lượng Giá 0.1.0')
    expect(words).not.toContain('Có ca không đúng')
  })

  it('warns when a case was wrong, names it, and is left out when nothing was run', () => {
    const words = wordsOf({ families: [{ family: 'tab', passed: 9, failed: 1, skipped: 0 }], failures: [{ id: 'tab-03', path: 'factor', expected: '1.2', actual: '1.3' }] })
    expect(words).toContain('Có ca không đúng')
    expect(words).toContain('Ca tab-03, factor: phải là 1.2, tính ra 1.3.')
    expect(JSON.stringify(buildReport(reportInput(valuationState())).blocks)).not.toContain('TỰ KIỂM TRA')
  })
})
