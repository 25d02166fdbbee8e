import { describe, expect, test } from 'vitest'
import { fieldCodeLooksRight, readIpc } from '../../../../renderer/features/profile/codes.ts'

describe('IPC codes as typed', () => {
  test('are put in order and kept once', () => {
    expect(readIpc('a23l 3/44; F25B30/02 , f25b  30/02\nA23L')).toEqual({ codes: ['A23L 3/44', 'F25B 30/02', 'A23L'], odd: [] })
  })

  test('what does not look like one is kept and pointed out', () => {
    expect(readIpc('A23L 3/44; sấy; Z99Z 1/00')).toEqual({ codes: ['A23L 3/44', 'sấy', 'Z99Z 1/00'], odd: ['sấy', 'Z99Z 1/00'] })
    expect(readIpc(' ; ')).toEqual({ codes: [], odd: [] })
  })

  test('never make more than a dossier may hold', () => {
    expect(readIpc(Array.from({ length: 40 }, (_, index) => `A23L ${index + 1}/00`).join(';')).codes).toHaveLength(30)
  })
})

test.each([['', true], ['2', true], ['204', true], ['20402', true], ['2040201', true], ['7', false], ['20', false], ['2040', false], ['abc', false], ['20402010', false]])('field-of-research code %j: %s', (code, right) => {
  expect(fieldCodeLooksRight(code)).toBe(right)
})
