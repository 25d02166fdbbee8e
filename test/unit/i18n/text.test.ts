import { describe, expect, test } from 'vitest'
import { fill, translator } from '../../../shared/i18n/text.ts'

describe('sentences', () => {
  const vi = { plain: 'Xong', named: 'Đã bỏ «{title}».', counted: '{count} hồ sơ' } as const
  const en = { plain: 'Done', named: 'Removed “{title}”.', counted: '{count} {count|dossier|dossiers}' }

  test('are picked by language and filled by name', () => {
    const t = translator('vi', vi, en)
    expect(t('plain')).toBe('Xong')
    expect(t('named', { title: 'Hợp đồng' })).toBe('Đã bỏ «Hợp đồng».')
    expect(translator('en', vi, en)('named', { title: 'Contract' })).toBe('Removed “Contract”.')
  })

  test.each([[0, '0 dossiers'], [1, '1 dossier'], [2, '2 dossiers'], [21, '21 dossiers']])('%i: %s', (count, said) => {
    expect(translator('en', vi, en)('counted', { count })).toBe(said)
  })

  test('never show a gap where a value is missing, nor fill from what is not theirs', () => {
    expect(fill('Còn {free} trống', {})).toBe('Còn … trống')
    expect(fill('{a} {b}', { a: '{b}', b: 2 })).toBe('{b} 2')
    expect(fill('{toString}', {})).not.toContain('function')
  })
})
