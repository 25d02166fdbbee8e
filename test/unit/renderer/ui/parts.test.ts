import { describe, expect, test } from 'vitest'
import { sameGroup } from '../../../../renderer/ui/RecoveryConfirm.tsx'
import { groupsOf } from '../../../../renderer/ui/RecoverySheet.tsx'
import { sizeText } from '../../../../renderer/ui/size-text.ts'
import { strengthOf } from '../../../../renderer/ui/strength.ts'
import { titleFromName } from '../../../../renderer/ui/uploads.tsx'
import { namesFor } from '../../../../renderer/ui/use-at.ts'
import { rangeInSight } from '../../../../renderer/ui/use-window.ts'
import { newRecoveryCode } from '../../../../shared/vault/recovery.ts'

describe('strength of a passphrase', () => {
  test.each([
    ['', 'short'], ['ngắn', 'short'], ['123456789', 'short'], ['1234567890', 'easy'], ['matkhau123', 'easy'], ['aaaaaaaaaaaaaaaa', 'easy'], ['abcdefghijklmn', 'easy'], ['Password2026', 'easy'],
    ['con mèo trèo', 'fair'], ['mèo trèo cau', 'fair'], ['chuối vàng đi xe lửa đêm', 'strong'], ['kX7#pq!Lm2vR9', 'fair'], ['T4n#x8Kp!w2Zr7Qy', 'strong'],
  ])('%j is %s', (passphrase, strength) => {
    expect(strengthOf(passphrase)).toBe(strength)
  })

  test('counts letters, not how they are stored', () => {
    expect(strengthOf('mật khẩu tự đặt'.normalize('NFD'))).toBe(strengthOf('mật khẩu tự đặt'.normalize('NFC')))
    expect(strengthOf('ắấầẩẫ'.normalize('NFD'))).toBe('short')
  })
})

describe('recovery code', () => {
  test('is checked group by group however it is typed', () => {
    expect(sameGroup('mm8g', 'MM8G')).toBe(true)
    expect(sameGroup(' m m-8 g ', 'MM8G')).toBe(true)
    expect(sameGroup('O1L0', '0110')).toBe(true)
    expect(sameGroup('MM8H', 'MM8G')).toBe(false)
    expect(sameGroup('', 'MM8G')).toBe(false)
  })

  test('has nine groups to be shown', () => {
    expect(groupsOf(newRecoveryCode((length) => new Uint8Array(length)))).toHaveLength(9)
  })
})

describe('sizes of files', () => {
  test.each([[0, '0 KB', '0 KB'], [1, '0,1 KB', '0.1 KB'], [1536, '1,5 KB', '1.5 KB'], [1_048_576, '1 MB', '1 MB'], [1_468_006, '1,4 MB', '1.4 MB'], [314_572_800, '300 MB', '300 MB'], [5_368_709_120, '5 GB', '5 GB']])('%i bytes', (bytes, vi, en) => {
    expect([sizeText(bytes, 'vi'), sizeText(bytes, 'en')]).toEqual([vi, en])
  })
})

test('a file name becomes a title in composed form without its ending', () => {
  expect(titleFromName('Hợp đồng số 12.pdf'.normalize('NFD'))).toBe('Hợp đồng số 12')
  expect(titleFromName('v1.2 bản cuối')).toBe('v1.2 bản cuối')
})

test('what to bring into view is looked for exactly first, then by its parts', () => {
  expect(namesFor('valuation.m-1.inputs', true)).toEqual(['valuation.m-1.inputs', 'm-1.inputs'])
  expect(namesFor('valuation.m-1.inputs', false)).toEqual(['valuation.m-1.inputs', 'm-1.inputs', 'm-1', 'inputs'])
  expect(namesFor('e-abc', true)).toEqual(['e-abc'])
})

describe('rows in sight', () => {
  test('are those of the view and a few beyond, never outside the list', () => {
    expect(rangeInSight(10_000, 68, 180, 700)).toEqual({ from: 0, to: 16 })
    expect(rangeInSight(10_000, 68, -68 * 500, 700)).toEqual({ from: 492, to: 519 })
    expect(rangeInSight(10_000, 68, -68 * 9_999, 700)).toEqual({ from: 9_991, to: 10_000 })
    expect(rangeInSight(3, 68, 180, 700)).toEqual({ from: 0, to: 3 })
    expect(rangeInSight(0, 68, 180, 700)).toEqual({ from: 0, to: 0 })
  })

  test('stay inside a list that has become shorter than the scroll position', () => {
    const { from, to } = rangeInSight(5, 68, -68 * 500, 700)
    expect(from).toBeGreaterThanOrEqual(0)
    expect(to).toBeLessThanOrEqual(5)
    expect(to).toBeGreaterThan(from)
  })
})
