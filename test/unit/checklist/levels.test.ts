import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gate } from '../../../shared/checklist/gate.ts'
import { factorShape, factorValue, ipscoreRadar } from '../../../shared/checklist/ipscore.ts'
import { checkLevel, profileOf, systemLevel, systemReadiness, thresholdLevel } from '../../../shared/checklist/levels.ts'
import type { Result } from '../../../shared/kernel/result.ts'
import { isChecklistPack } from '../../../shared/rulepack/load.ts'
import { defined, shelf } from '../dossier/support.ts'

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

  it('has the shape and numbers of IPscore 2.2, from the pack', () => {
    const { pack } = defined(shelf.all.filter(isChecklistPack).find((loaded) => loaded.pack.id === 'ip-review'))
    expect(factorShape(pack)).toEqual({ A: 8, B: 9, C: 9, D: 6, E: 8 })
    const numbers = {
      B5: [5, 2, 1, 0.5, 0], C2: [0.005, 0.025, 0.05, 0.08, 0.15], C3: [0.5, 1, 2, 4, 8], C6: [0.005, 0.02, 0.04, 0.06, 0.1],
      D1: [1, 0.75, 0.5, 0.25, 0], D2: [0.3, 0.15, 0.08, 0.025, 0.005], D3: [1.3, 1.15, 1, 0.85, 0.7], D4: [1.2, 1.1, 1, 0.7, 0.5],
    }
    for (const [factor, values] of Object.entries(numbers)) expect(values.map((_, index) => valueOf(factorValue(pack, factor, index + 1)))).toEqual(values)
    expect(reasonOf(factorValue(pack, 'B5', 6))).toBe('answer-out-of-range')
    expect(reasonOf(factorValue(pack, 'A1', 1))).toBe('name-without-value')
    expect(reasonOf(factorValue(pack, 'Z9', 1))).toBe('name-without-value')
    expect(valueOf(ipscoreRadar([1, 5]))).toEqual({ mean: 3, share: 0.5 })
    expect(reasonOf(ipscoreRadar([0]))).toBe('answer-out-of-range')
  })
})
