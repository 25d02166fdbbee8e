import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TableRow } from '../../../shared/schema/dossier.ts'
import { checklistNamed, questionOf } from './answering.ts'
import { filled, look, rowFor, type Given } from './filled.ts'

const loaded = checklistNamed('inspection')
const table = questionOf(loaded.pack, 'ind')
const row = (over: TableRow): TableRow => rowFor(table, { direction: 'atLeast', agreed: 100, tolerance: null, measured: 100, uncertainty: null, judgement: null, 'needs-calibration': true, 'calibration-certificate': 'HC-01', 'calibrated-until': '2026-12-31', 'measured-on': '2026-06-01', ...over })
const inspectors = (...years: readonly number[]) => years.map((experience) => rowFor(questionOf(loaded.pack, 'insp'), { experience }))
const sound = (rows: readonly TableRow[], over: Given = {}): Given => filled(loaded, {
  'legal-body': true, certified: true, independent: true, 'conditions-as-agreed': true, inspectors: inspectors(3, 10), 'agreed-count': rows.length, 'indicator-table': [...rows],
  'decision-rule': 'simple', sampling: 'direct', 'sample-list': undefined, 'guard-part': undefined, ...over,
})
const verdicts = (rows: readonly TableRow[], over?: Given): unknown => look(loaded, sound(rows, over)).value('ind.verdict')
const verdict = (cells: TableRow, over?: Given): unknown => (verdicts([row(cells)], over) as unknown[])[0] // one row was given

describe('verdict of one indicator, simple acceptance', () => {
  it.each([
    ['atLeast', 100, null, [[100, 'met'], [99.999, 'notMet'], [101, 'met']]],
    ['atLeast', 100, 2, [[98, 'met'], [97.999, 'notMet']]],
    ['atMost', 0.5, null, [[0.5, 'met'], [0.501, 'notMet'], [-1, 'met']]],
    ['atMost', 0.7, 0.1, [[0.8, 'met'], [0.801, 'notMet']]],
    ['within', 10, 0.3, [[10.3, 'met'], [9.7, 'met'], [10.301, 'notMet'], [9.699, 'notMet'], [10, 'met']]],
    ['within', -5, 1, [[-6, 'met'], [-4, 'met'], [-6.001, 'notMet'], [-3.999, 'notMet']]],
    ['equal', 12, null, [[12, 'met'], [12.001, 'notMet'], [11, 'notMet']]],
    ['equal', 0.3, null, [[0.1 + 0.2, 'met']]],
    ['equal', 12, 1, [[13, 'met'], [10.9, 'notMet']]],
  ] as const)('%s %d ± %s', (direction, agreed, tolerance, expected) => {
    expect(expected.map(([measured]) => [measured, verdict({ direction, agreed, tolerance, measured })])).toEqual(expected.map(([measured, result]) => [measured, result]))
  })
  it('does not look at the uncertainty', () => {
    expect(verdict({ measured: 100, uncertainty: 50 })).toBe('met')
  })
  it('follows the inspector for indicators in words', () => {
    expect(['met', 'notMet', 'undecided', null].map((judgement) => verdict({ direction: 'words', judgement, agreed: null, measured: null, 'calibration-certificate': null }))).toEqual(['met', 'notMet', 'undecided', 'undecided'])
  })
})

describe('verdict with a guard band', () => {
  const guarded: Given = { 'decision-rule': 'guarded' }
  const half: Given = { 'decision-rule': 'partial', 'guard-part': 0.5 }
  it.each([
    ['atLeast', 100, null, 2, guarded, [[102, 'met'], [101.999, 'undecided'], [100, 'undecided'], [98, 'undecided'], [97.999, 'notMet']]],
    ['atLeast', 100, 1, 2, half, [[100, 'met'], [99.999, 'undecided'], [98, 'undecided'], [97.999, 'notMet']]],
    ['atMost', 50, null, 4, guarded, [[46, 'met'], [46.001, 'undecided'], [54, 'undecided'], [54.001, 'notMet']]],
    ['atMost', 50, 1, 4, half, [[49, 'met'], [49.001, 'undecided'], [53, 'undecided'], [53.001, 'notMet']]],
    ['within', 10, 0.5, 0.2, guarded, [[10.3, 'met'], [9.7, 'met'], [10.301, 'undecided'], [9.699, 'undecided'], [10.7, 'undecided'], [9.3, 'undecided'], [10.701, 'notMet'], [9.299, 'notMet']]],
    ['within', 10, 0.5, 0.2, half, [[10.4, 'met'], [10.401, 'undecided'], [10.6, 'undecided'], [10.601, 'notMet'], [9.399, 'notMet']]],
    ['within', 10, 0.1, 0.2, guarded, [[10, 'undecided'], [10.3, 'undecided'], [10.301, 'notMet']]],
    ['equal', 12, null, 0, guarded, [[12, 'met'], [12.001, 'notMet']]],
    ['equal', 12, null, 1, guarded, [[12, 'undecided'], [13, 'undecided'], [13.001, 'notMet']]],
  ] as const)('%s %d ± %s, U = %d', (direction, agreed, tolerance, uncertainty, rule, expected) => {
    expect(expected.map(([measured]) => [measured, verdict({ direction, agreed, tolerance, measured, uncertainty }, rule)])).toEqual(expected.map(([measured, result]) => [measured, result]))
  })
  it('stays undecided without the uncertainty, the part, or the rule', () => {
    expect(verdict({ measured: 200 }, guarded)).toBe('undecided')
    expect(verdict({ measured: 200, uncertainty: 1 }, { 'decision-rule': 'partial', 'guard-part': undefined })).toBe('undecided')
    expect(verdict({ measured: 200, uncertainty: 1 }, { 'decision-rule': undefined })).toBe('undecided')
    expect(verdict({ measured: 200 }, { 'decision-rule': 'partial', 'guard-part': 0 })).toBe('met')
    expect(questionOf(loaded.pack, 'decisionRule').reading).toBe(true)
  })
  it('never contradicts simple acceptance, and a wider band decides no more than a narrower one', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    const size = fc.double({ min: 0, max: 1e4, noNaN: true })
    fc.assert(fc.property(fc.constantFrom('atLeast', 'atMost', 'within', 'equal'), number, size, number, size, fc.double({ min: 0, max: 1, noNaN: true }), (direction, agreed, tolerance, offset, uncertainty, part) => {
      const cells = { direction, agreed, tolerance, measured: agreed + offset / 1000, uncertainty }
      const [simple, narrow, wide] = [verdict(cells), verdict(cells, { 'decision-rule': 'partial', 'guard-part': part }), verdict(cells, guarded)]
      expect(['met', 'notMet']).toContain(simple)
      expect(['undecided', simple]).toContain(narrow)
      expect(['undecided', narrow]).toContain(wide)
    }), { numRuns: 200 })
  })
})

describe('what leaves a verdict undecided', () => {
  it.each([
    ['agreed value', { agreed: null }], ['measured value', { measured: null }], ['tolerance of a range', { direction: 'within', tolerance: null }], ['certificate', { 'calibration-certificate': null }], ['validity', { 'calibrated-until': null }],
    ['day of measurement', { 'measured-on': null }], ['whether calibration is needed', { 'needs-calibration': null }], ['calibration expired the day before', { 'calibrated-until': '2026-05-31' }],
  ] as const)('%s', (_, cells) => {
    expect(verdict({ measured: 100, ...cells })).toBe('undecided')
  })
  it('calibration is judged on the day of measurement', () => {
    const states = (...rows: readonly TableRow[]) => look(loaded, sound(rows.map(row))).value('ind.calibration')
    expect(states({}, { 'calibrated-until': '2026-06-01' }, { 'calibrated-until': '2026-05-31' }, { 'calibration-certificate': null }, { 'needs-calibration': false, 'calibration-certificate': null }, { 'needs-calibration': null })).toEqual(['valid', 'valid', 'expired', 'unknown', 'notNeeded', 'unknown'])
    expect(verdict({ 'needs-calibration': false, 'calibration-certificate': null, 'calibrated-until': null })).toBe('met')
  })
})

describe('overall conclusion', () => {
  const met = row({})
  const notMet = row({ measured: 1 })
  const undecided = row({ measured: null })
  const result = (rows: readonly TableRow[], over: Given = {}) => look(loaded, sound(rows, { 'nonconformity-list': [rowFor(questionOf(loaded.pack, 'nc'), { closed: false })], ...over }))
  it('is all met, partly met, not met, or not enough ground', () => {
    expect(result([met, met]).class).toBe('met')
    expect(result([met, notMet]).class).toBe('partly')
    expect(result([notMet]).class).toBe('not-met')
    expect(result([met, undecided]).class).toBe('undecided')
    expect(result([notMet, undecided]).class).toBe('undecided')
    expect(result([met], { 'agreed-count': 2 }).class).toBe('undecided')
    expect(result([met], { 'agreed-count': undefined }).class).toBe('undecided')
    expect(result([met], { 'indicator-table': undefined }).class).toBe('undecided')
    const figures = ['nMet', 'nNotMet', 'nUndecided', 'nLeft', 'metRate'].map(result([met, met, notMet, undecided], { 'agreed-count': 6 }).value)
    expect(figures).toEqual([2, 1, 1, 2, 50])
  })
  it('goes to the council when body, independence, conditions, samples or nonconformities are in doubt', () => {
    expect(result([met]).gaps).toEqual([])
    for (const over of [{ 'legal-body': false }, { certified: false }, { management: 'none' }, { inspectors: inspectors(3, 2.9) }, { inspectors: inspectors(20) }]) expect(result([met], over).gaps).toEqual(['body'])
    expect(result([met], { independent: false }).gaps).toEqual(['impartiality'])
    expect(result([met], { 'conditions-as-agreed': false }).gaps).toEqual(['conditions'])
    const sample = (state: string) => ({ sampling: 'delivered', 'sample-list': [rowFor(questionOf(loaded.pack, 'sample'), { 'sample-state': state })] })
    expect([result([met], sample('damaged')).gaps, result([met], sample('good')).gaps]).toEqual([['samples'], []])
    expect(result([notMet, notMet]).gaps).toEqual(['nonconformities'])
    expect(result([notMet], { 'nonconformity-list': undefined }).gaps).toEqual(['nonconformities'])
    expect(result([notMet]).gaps).toEqual([])
  })
  it('counts inspectors only with degree, training, an official post and three years', () => {
    const qualified = (over: TableRow) => look(loaded, sound([met], { inspectors: [rowFor(questionOf(loaded.pack, 'insp'), { experience: 3, ...over })] })).value('insp.qualified')
    expect([{}, { degree: false }, { trained: false }, { official: false }, { experience: 2.99 }].map(qualified)).toEqual([['yes'], ['no'], ['no'], ['no'], ['no']])
  })
  it('counts what is still open and the days on site', () => {
    const list = [true, false, false].map((closed) => rowFor(questionOf(loaded.pack, 'nc'), { closed }))
    const seen = result([met], { 'nonconformity-list': list, 'inspection-from': '2026-05-30', 'inspection-to': '2026-06-02' })
    expect([seen.value('ncCount'), seen.value('ncOpen'), seen.value('inspectionDays')]).toEqual([3, 2, 4])
  })
})
