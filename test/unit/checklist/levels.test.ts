import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gate } from '../../../shared/checklist/gate.ts'
import { ipscoreRadar, ipscoreShape, ipscoreValue } from '../../../shared/checklist/ipscore.ts'
import { checkLevel, profileOf, systemLevel, systemReadiness, thresholdLevel } from '../../../shared/checklist/levels.ts'
import type { Result } from '../../../shared/kernel/result.ts'

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`refused: ${result.fault.code}`)
  return result.value
}
const reasonOf = (result: Result<unknown>): string => (result.ok ? `value ${JSON.stringify(result.value)}` : result.fault.code)

describe('readiness', () => {
  it('counts a level only with all lower ones', () => {
    expect(gate([true, true, false, true])).toEqual({ level: 2, blockedBy: 3 })
    expect(gate([true, true])).toEqual({ level: 2, blockedBy: null })
    expect(gate([false])).toEqual({ level: 0, blockedBy: 1 })
    expect(thresholdLevel([1, 0.9, 0.7, 0.3], 0.67)).toBe(3)
    fc.assert(fc.property(fc.array(fc.boolean(), { maxLength: 9 }), (met) => gate(met).level === met.slice(0, gate(met).level).filter(Boolean).length), { numRuns: 200, seed: 5 })
  })

  it('reads a system by its lowest element and leaves it open while one is not assessed', () => {
    expect(valueOf(systemLevel([6, 4, 7, 4]))).toEqual({ level: 4, weakest: [1, 3] })
    expect(reasonOf(systemLevel([9, null]))).toBe('unassessed-element')
    expect(reasonOf(systemLevel([10]))).toBe('level-out-of-range')
    expect(reasonOf(systemLevel([]))).toBe('no-data')
    expect(reasonOf(checkLevel(10, 9))).toBe('level-out-of-range')
    expect(valueOf(checkLevel(10, 10))).toBe(10)
    expect(reasonOf(checkLevel(2.5, 9))).toBe('level-out-of-range')
  })

  it('is fully ready when every technology and link is at nine', () => {
    const all = [[9, 9], [9, 9]]
    expect(valueOf(systemReadiness([9, 9], all))).toEqual({ components: [1, 1], composite: 1 })
    expect(reasonOf(systemReadiness([9], all))).toBe('lengths-differ')
    expect(reasonOf(systemReadiness([0, 9], all))).toBe('level-out-of-range')
    expect(valueOf(profileOf([['CRL', 5], ['TRL', 7], ['BRL', 5]]))).toMatchObject({ minimum: 5, weakest: ['CRL', 'BRL'], range: 2 })
  })

  it('has the shape and numbers of IPscore 2.2', () => {
    expect(Object.values(ipscoreShape).reduce((so, one) => so + one, 0)).toBe(40)
    expect(valueOf(ipscoreValue('B5', 1))).toBe(5)
    expect(valueOf(ipscoreValue('C2', 5))).toBe(0.15)
    expect(reasonOf(ipscoreValue('B5', 6))).toBe('answer-out-of-range')
    expect(reasonOf(ipscoreValue('A1', 1))).toBe('name-without-value')
    expect(valueOf(ipscoreRadar([1, 5]))).toEqual({ mean: 3, share: 0.5 })
    expect(reasonOf(ipscoreRadar([0]))).toBe('answer-out-of-range')
  })
})
