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
