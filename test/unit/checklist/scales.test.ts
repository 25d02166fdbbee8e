import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ipscoreFactors, ipscoreRadar, ipscoreShape, ipscoreValues } from '../../../shared/checklist/ipscore.ts'
import { checkLevel, gate, percentGate, readinessProfile, scoreWithGaps, systemLevel, systemReadiness, trlGate } from '../../../shared/checklist/scales.ts'

const repoRoot = path.resolve(import.meta.dirname, '../../..')
const file = path.resolve(repoRoot, '../shared/vectors/readiness.json')
const cases = z.array(z.looseObject({ id: z.string(), method: z.string(), inputs: z.record(z.string(), z.unknown()), expected: z.record(z.string(), z.unknown()) })).parse(JSON.parse(readFileSync(file, 'utf8')))

const numbers = z.record(z.string(), z.number())
const lists = z.record(z.string(), z.array(z.number()))
const failed = (result: { readonly ok: boolean; readonly fault?: { readonly code: string } }) => (result.ok ? {} : { error: result.fault?.code })

/** Each published case through the function that answers it. */
const answers: Readonly<Record<string, (inputs: Readonly<Record<string, unknown>>) => unknown>> = {
  'trl.gate': ({ criteriaMet }) => trlGate(z.record(z.string(), z.array(z.boolean())).parse(criteriaMet)),
  'trl.percentGate': ({ percentMet, green, yellow }) => percentGate(numbers.parse(percentMet), z.number().parse(green), z.number().parse(yellow)),
  'trl.system': ({ criticalElements }) => {
    const result = systemLevel(z.array(z.number().nullable()).parse(criticalElements))
    return result.ok ? result.value : { trl: null, ...failed(result) }
  },
  'trl.validate': ({ level }) => failed(checkLevel('TRL', z.number().parse(level))),
  'mrl.validate': ({ mrl }) => failed(checkLevel('MRL', z.number().parse(mrl))),
  'irl.profile': ({ levels }) => readinessProfile(numbers.parse(levels)),
  srl: ({ trl, irl }) => systemReadiness(z.array(z.number()).parse(trl), z.array(z.array(z.number())).parse(irl)),
  'score.missing': ({ scores, weights }) => scoreWithGaps(z.array(z.number().nullable()).parse(scores), z.array(z.number()).parse(weights)),
  'ipscore.values': ({ answers: given }) => ({ values: ipscoreValues(numbers.parse(given)) }),
  'ipscore.shape': () => ({ factors: ipscoreFactors, byCategory: ipscoreShape }),
  'ipscore.radar': ({ answers: given }) => ipscoreRadar(lists.parse(given)),
}

const close = (actual: unknown, expected: unknown): boolean => {
  if (typeof expected === 'number') return typeof actual === 'number' && Math.abs(actual - expected) <= Math.max(1e-9, 1e-9 * Math.abs(expected))
  if (Array.isArray(expected)) return Array.isArray(actual) && actual.length === expected.length && expected.every((item, index) => close(actual[index], item))
  if (typeof expected === 'object' && expected !== null) return typeof actual === 'object' && actual !== null && Object.entries(expected).every(([key, value]) => close((actual as Record<string, unknown>)[key], value)) // an object by the line before
  return actual === expected
}

describe('published readiness cases', () => {
  it('are all answered', () => {
    expect(cases).toHaveLength(13)
    expect(cases.filter(({ method }) => answers[method] === undefined).map(({ method }) => method)).toEqual([])
  })
  it.each(cases)('$id $method', ({ method, inputs, expected }) => {
    const actual = answers[method]?.(inputs)
    expect({ actual, met: close(actual, expected) }).toEqual({ actual, met: true })
  })
})

describe('scales', () => {
  it('know their ends', () => {
    expect([0, 1, 9, 10, 2.5, Number.NaN].map((level) => checkLevel('TRL', level).ok)).toEqual([false, true, true, false, false, false])
    expect([0, 1, 10, 11].map((level) => checkLevel('MRL', level).ok)).toEqual([false, true, true, false])
    expect(systemLevel([]).ok).toBe(false)
    expect(systemLevel([3, 12]).ok).toBe(false)
    expect(systemLevel([4, 4, 6])).toEqual({ ok: true, value: { trl: 4, weakest: [0, 1] } })
  })
  it('gate: the level never passes the first one not met', () => {
    fc.assert(fc.property(fc.array(fc.boolean(), { maxLength: 12 }), (met) => {
      const { level, blockedBy } = gate(met.map((one, index) => ({ level: index + 1, met: one })))
      const first = met.indexOf(false)
      expect(level).toBe(first === -1 ? met.length : first)
      expect(blockedBy).toBe(first === -1 ? null : first + 1)
    }))
    expect(trlGate({})).toEqual({ trl: 0, blockedBy: null })
    expect(trlGate({ 1: [] })).toEqual({ trl: 0, blockedBy: 1 })
    expect(trlGate({ 2: [true], 1: [true], 10: [true] })).toEqual({ trl: 2, blockedBy: 10 })
  })
  it('are undefined rather than wrong at the edges', () => {
    expect(systemReadiness([], [])).toBeNull()
    expect(systemReadiness([9, 9], [[9, 1], [1]])).toBeNull()
    expect(systemReadiness([9, 9], [[9, 1], [0, 0]])).toBeNull()
    expect(readinessProfile({})).toBeNull()
    expect(scoreWithGaps([null, null], [0.5, 0.5])).toEqual({ total: null, covered: 0 })
    expect(scoreWithGaps([], [])).toEqual({ total: null, covered: 0 })
    expect(ipscoreValues({ B5: 0, C2: 6, Z9: 1, toString: 1 })).toEqual({})
    expect(ipscoreRadar({ A: [] })).toEqual({ means: {}, shares: {} })
  })
  it('scores with gaps are the full score when nothing is missing', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.double({ min: 1, max: 5, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true })), { minLength: 1, maxLength: 10 }), (rows) => {
      const { total, covered } = scoreWithGaps(rows.map(([score]) => score), rows.map(([, weight]) => weight))
      const weights = rows.reduce((sum, [, weight]) => sum + weight, 0)
      expect(total).toBeCloseTo(rows.reduce((sum, [score, weight]) => sum + score * weight, 0) / weights, 9)
      expect(covered).toBeCloseTo(1, 12)
    }))
  })
})
