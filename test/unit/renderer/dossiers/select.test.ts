import { describe, expect, test } from 'vitest'
import { selectDossiers } from '../../../../renderer/features/dossiers/select.ts'
import type { Wanted } from '../../../../renderer/features/dossiers/select.ts'
import type { DossierSummary } from '../../../../renderer/store/api.ts'
import { fold } from '../../../../shared/kernel/text.ts'

const row = (title: string, part: Partial<DossierSummary> = {}): DossierSummary => ({
  id: title, kind: 'valuation', phase: 'draft', title, owner: '', client: '', updatedAt: '2026-01-01T00:00:00.000Z', progress: 0, sample: false, search: fold(`${title} ${part.owner ?? ''}`), ...part,
})
const rows = [
  row('Công nghệ sấy lạnh', { owner: 'Viện Cơ điện', updatedAt: '2026-03-01T00:00:00.000Z', progress: 0.2 }),
  row('Đèn đường thông minh', { kind: 'readiness', phase: 'sealed', updatedAt: '2026-02-01T00:00:00.000Z', progress: 1 }),
  row('ăng-ten 5G', { phase: 'inReview', updatedAt: '2026-01-15T00:00:00.000Z', progress: 0.9 }),
  row('Bỏ rồi', { phase: 'discarded' }),
]
const wanted: Wanted = { view: 'all', search: '', kind: 'all', phase: 'all', order: 'updated' }
const titles = (part: Partial<Wanted>): readonly string[] => selectDossiers(rows, { ...wanted, ...part }).map(({ title }) => title)

describe('the list of dossiers', () => {
  test('shows the latest first and keeps the trash apart', () => {
    expect(titles({})).toEqual(['Công nghệ sấy lạnh', 'Đèn đường thông minh', 'ăng-ten 5G'])
    expect(titles({ view: 'trash' })).toEqual(['Bỏ rồi'])
  })

  test.each([
    ['cong nghe', ['Công nghệ sấy lạnh']], ['CÔNG NGHỆ', ['Công nghệ sấy lạnh']], ['công nghệ'.normalize('NFD'), ['Công nghệ sấy lạnh']],
    ['d', ['Công nghệ sấy lạnh', 'Đèn đường thông minh']], ['den duong', ['Đèn đường thông minh']], ['lạnh viện', ['Công nghệ sấy lạnh']], ['  ', ['Công nghệ sấy lạnh', 'Đèn đường thông minh', 'ăng-ten 5G']], ['lạnh đèn', []],
  ])('%j finds %j', (search, found) => {
    expect(titles({ search })).toEqual(found)
  })

  test('filters by kind and by being worked on or sealed', () => {
    expect(titles({ kind: 'readiness' })).toEqual(['Đèn đường thông minh'])
    expect(titles({ phase: 'open' })).toEqual(['Công nghệ sấy lạnh', 'ăng-ten 5G'])
    expect(titles({ phase: 'closed' })).toEqual(['Đèn đường thông minh'])
  })

  test('sorts by title without regard to marks, and by progress', () => {
    expect(titles({ order: 'title' })).toEqual(['ăng-ten 5G', 'Công nghệ sấy lạnh', 'Đèn đường thông minh'])
    expect(titles({ order: 'progress' })).toEqual(['Đèn đường thông minh', 'ăng-ten 5G', 'Công nghệ sấy lạnh'])
  })
})
