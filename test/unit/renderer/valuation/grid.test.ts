import { describe, expect, test } from 'vitest'
import { cellCount, filledDown, grown, isInside, mostRows, readBlock, spanOf, stepOf, withRows, writeBlock } from '../../../../renderer/features/valuation/grid.ts'

describe('rows of a series', () => {
  test('are replaced from a row on; gaps become empty and the end is trimmed', () => {
    expect(withRows([1, 2, 3], 1, [9])).toEqual([1, 9, 3])
    expect(withRows([1], 3, [4])).toEqual([1, null, null, 4])
    expect(withRows([1, 2, 3], 1, [null, null])).toEqual([1])
    expect(withRows([1], 0, [null])).toEqual([])
  })

  test('never go beyond the last row that a dossier holds', () => {
    expect(withRows([], mostRows - 1, [1, 2, 3])).toHaveLength(mostRows)
    expect(withRows([5], mostRows, [1])).toEqual([5])
  })

  test('are filled down from the first row of the block, also with nothing', () => {
    expect(filledDown([7, 1, 2, 3], { top: 0, bottom: 2 })).toEqual([7, 7, 7, 3])
    expect(filledDown([7, null, 2, 3], { top: 1, bottom: 3 })).toEqual([7])
  })
})

describe('growth', () => {
  test('by a rate compounds from the start value, without the dust of binary arithmetic', () => {
    expect(grown({ start: 1000, kind: 'rate', by: 0.1, rows: 4 })).toEqual([1000, 1100, 1210, 1331])
    expect(grown({ start: 0.1, kind: 'rate', by: -0.5, rows: 3 })).toEqual([0.1, 0.05, 0.025])
  })

  test('by an amount adds it in every row', () => {
    expect(grown({ start: 0.1, kind: 'amount', by: 0.1, rows: 3 })).toEqual([0.1, 0.2, 0.3])
  })

  test('gives nothing rather than an infinite number', () => {
    expect(grown({ start: 1e300, kind: 'rate', by: 9, rows: 20 })).toBeNull()
  })
})

describe('a block of cells', () => {
  test('is the same from whichever corner it was chosen', () => {
    const span = spanOf({ column: 2, row: 5 }, { column: 0, row: 3 })
    expect(span).toEqual({ left: 0, right: 2, top: 3, bottom: 5 })
    expect(spanOf({ column: 0, row: 5 }, { column: 2, row: 3 })).toEqual(span)
    expect(cellCount(span)).toBe(9)
    expect(isInside(span, { column: 1, row: 4 })).toBe(true)
    expect(isInside(span, { column: 1, row: 6 })).toBe(false)
  })

  test('comes from a spreadsheet with any line ends and uneven lines, and goes back as it came', () => {
    expect(readBlock('1.200\t5 %\r\n1.500\r\n')).toEqual([['1.200', '5 %'], ['1.500', '']])
    expect(readBlock(' 7 ')).toEqual([['7']])
    expect(readBlock(writeBlock([['1', '2'], ['3', '4']]))).toEqual([['1', '2'], ['3', '4']])
  })

  test('keeps an empty line inside', () => {
    expect(readBlock('1\n\n3\n')).toEqual([['1'], [''], ['3']])
  })
})

describe('keys in a cell', () => {
  const press = (key: string, more: Partial<Parameters<typeof stepOf>[0]> = {}) => stepOf({ key, shift: false, command: false, from: 2, to: 2, length: 4, ...more })

  test('up, down and Enter leave it from anywhere', () => {
    expect(press('ArrowDown')).toEqual({ columns: 0, rows: 1, stretch: false })
    expect(press('ArrowUp')).toEqual({ columns: 0, rows: -1, stretch: false })
    expect(press('Enter', { shift: true })).toEqual({ columns: 0, rows: -1, stretch: false })
  })

  test('left and right leave it only from the end of the text, or when the whole text is chosen', () => {
    expect(press('ArrowLeft')).toBeNull()
    expect(press('ArrowRight')).toBeNull()
    expect(press('ArrowLeft', { from: 0, to: 0 })).toEqual({ columns: -1, rows: 0, stretch: false })
    expect(press('ArrowRight', { from: 4, to: 4 })).toEqual({ columns: 1, rows: 0, stretch: false })
    expect(press('ArrowRight', { from: 0, to: 4 })).toEqual({ columns: 1, rows: 0, stretch: false })
    expect(press('ArrowRight', { from: 0, to: 2 })).toBeNull()
  })

  test('shift stretches the block; letters and shortcuts are for the text', () => {
    expect(press('ArrowDown', { shift: true })).toEqual({ columns: 0, rows: 1, stretch: true })
    expect(press('ArrowDown', { command: true })).toBeNull()
    expect(press('5')).toBeNull()
  })
})
