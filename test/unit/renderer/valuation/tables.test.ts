import { describe, expect, test } from 'vitest'
import { tablesOf } from '../../../../renderer/features/valuation/tables.ts'
import { methodById, methods } from '../../../../shared/valuation/methods/registry.ts'

const inputsOf = (id: string) => methodById(id)?.inputs ?? []

describe('tables of a form', () => {
  test('keep forecast years apart from what a method lists', () => {
    const tables = tablesOf(inputsOf('rfr/1'))
    expect(tables.map((table) => table.id)).toEqual(['years', 'tiers'])
    expect(tables[0]?.rows).toBeNull()
    expect(tables[1]?.rows?.vi).toBe('Bậc')
    expect(tables[1]?.specs.map((spec) => spec.key)).toEqual(['tierRates', 'tierTops'])
  })

  test('hold every series once and nothing else', () => {
    const shown = methods.map((method) => [method.id, ...tablesOf(method.inputs).flatMap((table) => table.specs.map((spec) => spec.key)).toSorted()])
    expect(shown).toEqual(methods.map((method) => [method.id, ...method.inputs.filter((input) => input.type === 'series').map((input) => input.key).toSorted()]))
  })

  test('of comparables, stages and past spending are never years', () => {
    const named = ['comparables/1', 'historical-cost/1', 'state-investment/1'].map((id) => tablesOf(inputsOf(id)).map((table) => table.rows !== null))
    expect(named).toEqual([[true], [true], [true]])
    expect(tablesOf(inputsOf('rnpv/1')).map((table) => table.rows?.en ?? 'years')).toEqual([expect.stringMatching(/stage/i), 'years'])
  })
})
