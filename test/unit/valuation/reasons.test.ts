import { describe, expect, it } from 'vitest'
import { isReasonCode, note, noteText, reasons, type ReasonCode } from '../../../shared/valuation/reasons.ts'

const placeholders = (sentence: string): readonly string[] => [...sentence.matchAll(/\{(\w+%?)\}/g)].map((match) => (match[1] ?? '').replace(/(Vi|En)$/, '')).toSorted()

describe('reasons and warnings', () => {
  it.each(Object.keys(reasons).filter(isReasonCode))('%s is said in both languages with the same details', (code: ReasonCode) => {
    const { vi, en } = reasons[code]
    expect(vi).toBe(vi.normalize('NFC'))
    expect(vi).toMatch(/[.?]$/)
    expect(en).toMatch(/[.?]$/)
    expect(placeholders(vi)).toEqual(placeholders(en))
  })

  it('fills numbers, percentages and quantities in the language of the sentence', () => {
    expect(noteText(note('royalty-not-below-margin', { royalty: 0.125, margin: 0.1 })).vi).toContain('12,5 %')
    expect(noteText(note('royalty-not-below-margin', { royalty: 0.125, margin: 0.1 })).en).toContain('12.5%')
    expect(noteText(note('probabilities-do-not-sum-to-one', { sum: 0.95 })).vi).toContain('0,95')
    expect(noteText(note('value-negative', { name: 'cost' }))).toEqual({ vi: '“Chi phí” không được âm.', en: '“Cost” must not be negative.' })
    expect(noteText(note('name-unknown', { name: 'xyz' })).en).toContain('xyz')
  })

  it('shows a fault of the fault table by its own sentence and an unknown code as itself', () => {
    expect(noteText({ code: 'number-empty' })).toEqual({ vi: 'Chưa nhập số.', en: 'No number has been entered.' })
    expect(noteText({ code: 'from-a-newer-version' })).toEqual({ vi: 'from-a-newer-version', en: 'from-a-newer-version' })
  })
})
