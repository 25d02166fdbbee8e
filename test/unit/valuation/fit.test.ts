import { describe, expect, test } from 'vitest'
import type { FitFacts } from '../../../shared/valuation/fit.ts'
import { dataAtHand, fitMethods, holds } from '../../../shared/valuation/fit.ts'
import { dataKinds, fitRules } from '../../../shared/valuation/fit-rules.ts'
import type { DataKind } from '../../../shared/valuation/fit-rules.ts'
import { methods } from '../../../shared/valuation/methods/registry.ts'

const right = (state: 'granted' | 'expired' | 'unregistered', type: 'patent' | 'tradeSecret' = 'patent') => ({ id: 'r1', type, state, number: '', title: '', territory: '', filed: '', expires: '', holder: '' }) as const
const facts = (level: number | null, profile: Partial<FitFacts['profile']>, data: readonly DataKind[] = []): FitFacts => ({ level, profile: { purpose: '', basis: '', ipRights: [], ...profile }, data: new Set(data) })
const fitOf = (method: string, given: FitFacts) => fitMethods(given).find((fit) => fit.method === method)

describe('which methods fit', () => {
  test('every method of the program is judged once, with a reason in both languages', () => {
    expect(fitRules.map((rule) => rule.method).toSorted()).toEqual(methods.map((method) => method.id).toSorted())
    for (const given of [facts(null, {}), facts(3, { purpose: 'stateTask' }), facts(9, { purpose: 'licence', basis: 'market' }, dataKinds)]) {
      const fits = fitMethods(given)
      expect(fits).toHaveLength(methods.length)
      expect(fits.filter((fit) => fit.reason.vi === '' || fit.reason.en === '')).toEqual([])
    }
  })

  test('those that suit come first, then the possible ones, then those that something speaks against', () => {
    const verdicts = fitMethods(facts(8, { purpose: 'licence' }, ['revenue', 'royalty'])).map((fit) => fit.verdict)
    expect(verdicts[0]).toBe('suits')
    expect(verdicts.toSorted((a, b) => ['suits', 'possible', 'unlikely'].indexOf(a) - ['suits', 'possible', 'unlikely'].indexOf(b))).toEqual(verdicts)
  })

  test('a licence with forecast and comparable licences leads to relief from royalty', () => {
    const first = fitMethods(facts(8, { purpose: 'licence', ipRights: [right('granted')] }, ['revenue', 'royalty']))[0]
    expect(first?.method).toBe('rfr/1')
    expect(first?.reason.vi).toMatch(/thương lượng/)
    expect(first?.cautions).toEqual([])
  })

  test('a state task with records of spending leads to the formula of the circular, which fits nobody else', () => {
    expect(fitMethods(facts(5, { purpose: 'stateTask' }, ['spending']))[0]?.method).toBe('state-investment/1')
    expect(fitOf('state-investment/1', facts(5, { purpose: 'transfer' }, ['spending']))?.verdict).toBe('unlikely')
  })

  test('an early technology: income methods are spoken against, cost is the firmest ground', () => {
    const early = facts(3, { purpose: 'loan' }, ['rebuild', 'revenue', 'royalty'])
    expect(fitMethods(early)[0]?.method).toBe('replacement-cost/1')
    expect(fitOf('rfr/1', early)?.verdict).toBe('unlikely')
    expect(fitOf('rfr/1', facts(null, { purpose: 'loan' }, ['revenue', 'royalty']))?.verdict).toBe('suits')
  })

  test('what is missing is named; one of several will do', () => {
    const fit = fitOf('rnpv/1', facts(5, {}, ['stages']))
    expect(fit?.verdict).toBe('possible')
    expect(fit?.cautions[0]?.vi).toMatch(/^Còn cần: dòng tiền .* hoặc dự báo doanh thu/)
    expect(fitOf('rnpv/1', facts(5, {}, ['stages', 'flows']))?.verdict).toBe('suits')
  })

  test('rights that have all lapsed are a caution; a secret needs no registration', () => {
    const caution = (state: Parameters<typeof right>[0], type?: 'tradeSecret') => fitOf('rfr/1', facts(8, { ipRights: [right(state, type)] }, ['revenue', 'royalty']))?.cautions.map((text) => text.en).join(' ') ?? ''
    expect(caution('expired')).toMatch(/alive/)
    expect(caution('unregistered')).toMatch(/alive/)
    expect(caution('unregistered', 'tradeSecret')).toBe('')
    expect(caution('granted')).toBe('')
  })

  test('what is unknown proves nothing', () => {
    expect(holds({ levelBelow: 9 }, facts(null, {}))).toBe(false)
    expect(holds({ notPurpose: ['stateTask'] }, facts(null, {}))).toBe(false)
    expect(holds({ rights: 'none' }, facts(null, {}))).toBe(false)
    expect(holds({}, facts(null, {}))).toBe(true)
  })
})

test('data already entered in a sheet count as at hand', () => {
  const datum = (value: number | (number | null)[] | null) => ({ value, unit: '', source: '', date: '' as const, reason: '', evidence: [] })
  expect([...dataAtHand([{ inputs: { revenues: datum([1, 2]), royaltyRate: datum(null), spendAmounts: datum([null]) } }, { inputs: { volatility: datum(0.4) } }])].toSorted()).toEqual(['revenue', 'volatility'])
  expect(dataAtHand([]).size).toBe(0)
})
