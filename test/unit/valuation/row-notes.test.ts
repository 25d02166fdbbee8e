import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowNotes, withRowNote } from '../../../shared/valuation/row-notes.ts'

describe('the source of one row of a series', () => {
  it('is a line of the reason, after what is said of the whole series and in the order of the rows', () => {
    const reason = withRowNote(withRowNote('Năm 1 đến Năm 5: từ 1.000, tăng 10 % mỗi năm.', 4, 'Hợp đồng 12/2026'), 1, '  Kiểm toán\n2025 ')
    expect(reason).toBe('Năm 1 đến Năm 5: từ 1.000, tăng 10 % mỗi năm.\n[2] Kiểm toán 2025\n[5] Hợp đồng 12/2026')
    expect([...rowNotes(reason)]).toEqual([[1, 'Kiểm toán 2025'], [4, 'Hợp đồng 12/2026']])
  })

  it('is changed and taken out without touching the rest', () => {
    const reason = 'Chung.\n[2] A\n[5] B'
    expect(withRowNote(reason, 1, 'C')).toBe('Chung.\n[2] C\n[5] B')
    expect(withRowNote(reason, 1, ' ')).toBe('Chung.\n[5] B')
    expect(withRowNote('[2] A', 1, '')).toBe('')
    expect(withRowNote('', 0, 'A')).toBe('[1] A')
  })

  it('joins what was typed by hand for the same row, and leaves other brackets alone', () => {
    expect([...rowNotes('[2] A\nxem [3] dưới đây\n[2] B\n[0] C\n[abc] D')]).toEqual([[1, 'A; B']])
    expect(withRowNote('xem [3] dưới đây', 2, 'A')).toBe('xem [3] dưới đây\n[3] A')
  })

  it('reads back what it wrote', () => {
    fc.assert(fc.property(fc.string(), fc.integer({ min: 0, max: 199 }), fc.string(), (reason, row, text) => {
      const clean = text.replace(/\s+/g, ' ').trim()
      expect(rowNotes(withRowNote(reason, row, text)).get(row) ?? '').toBe(clean)
      expect(withRowNote(withRowNote(reason, row, text), row, text)).toBe(withRowNote(reason, row, text))
    }))
  })
})
