import { describe, expect, test } from 'vitest'
import { glossary, termById, termsOfInput } from '../../../shared/valuation/glossary.ts'
import { methods } from '../../../shared/valuation/methods/registry.ts'

const keys = new Set(methods.flatMap((method) => method.inputs.map((input) => input.key)))

describe('the glossary', () => {
  test('has more than forty terms, each once', () => {
    expect(glossary.length).toBeGreaterThan(40)
    expect(new Set(glossary.map((term) => term.id)).size).toBe(glossary.length)
  })

  test('explains every input of every method, and names none that no method has', () => {
    expect([...keys].filter((key) => termsOfInput(key).length === 0)).toEqual([])
    expect(glossary.flatMap((term) => term.keys).filter((key) => !keys.has(key))).toEqual([])
  })

  test('stands beside a help text of its own for every input, in both languages', () => {
    const inputs = methods.flatMap((method) => method.inputs.map((spec) => ({ at: `${method.id} ${spec.key}`, help: spec.help, label: spec.label })))
    expect(inputs.filter(({ help }) => help.vi.trim().length < 15 || help.en.trim().length < 15 || help.vi === help.en).map(({ at }) => at)).toEqual([])
    expect(inputs.filter(({ label }) => label.vi.trim() === '' || label.en.trim() === '' || (label.vi === label.en && !/^d[₁₂]$/.test(label.vi))).map(({ at }) => at)).toEqual([])
  })

  test('published ranges name who published them, and are no limits', () => {
    const ranged = methods.flatMap((method) => method.inputs.flatMap((spec) => (spec.range === undefined ? [] : [{ at: `${method.id} ${spec.key}`, spec, range: spec.range }])))
    expect(ranged.map(({ at }) => at)).toEqual([
      'rfr/1 royaltyRate', 'rfr/1 royaltyRates', 'rfr/1 tierRates', 'mpeem/1 attrition', 'technology-contribution/1 contribution', 'distributor/1 attrition',
      'rnpv/1 stageProbabilities', 'replacement-cost/1 developerProfitRate', 'reproduction-cost/1 developerProfitRate', 'capitalised-royalty/1 royaltyRate',
    ])
    for (const { spec, range } of ranged) {
      expect(range.low).toBeLessThan(range.high)
      expect(range.citation.vi.length).toBeGreaterThan(8)
      expect(range.citation.en.length).toBeGreaterThan(8)
      expect((spec.min ?? -Infinity) < range.low && (spec.max ?? Infinity) > range.high).toBe(true)
    }
  })

  test('is written in both languages, composed, in short notes', () => {
    const texts = glossary.flatMap(({ name, meaning }) => [name.vi, name.en, meaning.vi, meaning.en])
    expect(texts.filter((text) => text === '' || text !== text.normalize('NFC').trim())).toEqual([])
    expect(glossary.filter(({ meaning }) => meaning.vi === meaning.en || Math.max(meaning.vi.length, meaning.en.length) > 330).map((term) => term.id)).toEqual([])
  })

  test('finds a term by its id', () => {
    expect(termById('pert')?.name.vi).toBe('Phân phối PERT')
    expect(termById('nothing')).toBeUndefined()
  })
})
