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
  it('a pack that nobody vouches for stands beside what it claims to replace', () => {
    const from = (pack: ReturnType<typeof smallPack>, trusted: boolean) => ({ ...kept(pack), origin: { from: 'elsewhere', at: here.at, signer: { name: 'A', organisation: 'B', key: 'a'.repeat(64), at: here.at }, trusted } satisfies PackOrigin })
    const offered = (shelf: ReturnType<typeof withKept>) => [shelf.checklists('level').map(({ pack }) => pack.version), shelf.newer('small', '1.0.0')?.pack.version]
    const claim = smallPack({ version: '9999.0.0', title: both('Giả') })
    expect(offered(withKept(shipped, [from(claim, false)]))).toEqual([['1.0.0', '9999.0.0'], undefined])
    expect(offered(withKept(shipped, [from(claim, false), kept(newer)]))).toEqual([['1.10.0', '9999.0.0'], '1.10.0'])
    expect(offered(withKept(shipped, [from(claim, true)]))).toEqual([['9999.0.0'], '9999.0.0'])
    const alone = smallPack({ id: 'alone' })
    const shelf = withKept(shipped, [from(alone, false), from({ ...alone, version: '1.1.0' }, false)])
    expect(shelf.checklists('level').map(({ pack }) => `${pack.id} ${pack.version}`)).toEqual(['small 1.0.0', 'alone 1.1.0'])
    expect(shelf.newer('alone', '1.0.0')?.pack.version).toBe('1.1.0')
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
