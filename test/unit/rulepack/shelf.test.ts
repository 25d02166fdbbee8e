import { describe, expect, it } from 'vitest'
import { compareVersions, makeShelf, mayJoin, withKept } from '../../../shared/rulepack/shelf.ts'
import type { PackOrigin } from '../../../shared/rulepack/shelf.ts'
import { must } from '../dossier/support.ts'
import { both, loadedOf, smallPack } from './small-pack.ts'

const here: PackOrigin = { from: 'here', at: '2026-11-22T00:00:00.000Z' }
const kept = (pack: ReturnType<typeof smallPack>) => {
  const { text, sha256 } = loadedOf(pack)
  return { text, sha256, origin: here }
}

describe('shelf of shipped and kept packs', () => {
  const shipped = must(makeShelf([JSON.stringify(smallPack())]))
  const newer = smallPack({ version: '1.10.0', title: both('Mới') })

  it('compares versions as numbers', () => {
    expect([['1.9.0', '1.10.0'], ['2.0.0', '1.99.9'], ['1.0.0', '1.0.0']].map(([a = '', b = '']) => Math.sign(compareVersions(a, b)))).toEqual([-1, 1, 0])
  })
  it('offers the newest version and keeps the older ones', () => {
    const shelf = withKept(shipped, [kept(smallPack({ version: '1.9.0' })), kept(newer)])
    expect(shelf.checklists('level').map(({ pack }) => pack.version)).toEqual(['1.10.0'])
    expect(shelf.all.map(({ pack }) => pack.version)).toEqual(['1.0.0', '1.9.0', '1.10.0'])
    expect(shelf.byHash(loadedOf(smallPack()).sha256)?.pack.version).toBe('1.0.0')
    expect(shelf.newer('small', '1.0.0')?.pack.version).toBe('1.10.0')
    expect(shelf.newer('small', '1.10.0')).toBeNull()
    expect(shelf.origin(loadedOf(smallPack()).sha256)).toEqual({ from: 'program' })
    expect(shelf.origin(loadedOf(newer).sha256)).toEqual(here)
  })
  it('a newer version for other kinds of dossier does not bring the old one back', () => {
    const shelf = withKept(shipped, [kept(smallPack({ version: '2.0.0', kinds: ['readiness'] }))])
    expect(shelf.checklists('level')).toEqual([])
  })
  it('a damaged, a newer-format, a swapped and a doubled pack are listed with their faults and touch nothing else', () => {
    const good = kept(newer)
    const shelf = withKept(shipped, [
      { ...good, text: good.text.slice(0, -3) },
      { text: JSON.stringify({ ...smallPack(), format: 'luong-gia-pack/9' }), sha256: 'a'.repeat(64), origin: here },
      { ...good, sha256: 'b'.repeat(64) },
      kept(smallPack({ title: both('Cùng phiên bản, nội dung khác') })),
      kept(smallPack()),
      good,
    ])
    expect(shelf.unusable.map(({ fault, title }) => [fault.code, title])).toEqual([['pack-unreadable', ''], ['pack-newer', 'Bộ nhỏ'], ['pack-unreadable', 'Mới'], ['pack-version-taken', 'Cùng phiên bản, nội dung khác']])
    expect(shelf.all.map(({ pack }) => pack.version)).toEqual(['1.0.0', '1.10.0'])
  })
  it('the gate lets a new version in, not the same one twice and not other content under the same version', () => {
    const code = (pack: ReturnType<typeof smallPack>) => {
      const joined = mayJoin(shipped, loadedOf(pack))
      return joined.ok ? 'ok' : joined.fault.code
    }
    expect([newer, smallPack(), smallPack({ title: both('Khác') })].map(code)).toEqual(['ok', 'pack-already-here', 'pack-version-taken'])
  })
})
