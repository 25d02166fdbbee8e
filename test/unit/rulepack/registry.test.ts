import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { LegalSource } from '../../../shared/rulepack/parts.ts'
import { cardsOf, numberKey, readAdditions, readRegister, sourceById, sourceByNumber, withAdditions } from '../../../shared/rulepack/registry.ts'
import { withSourceFacts } from '../../../shared/rulepack/source-words.ts'
import { sourceWarnings } from '../../../shared/rulepack/source-warnings.ts'
import { dossierKinds } from '../../../shared/schema/dossier.ts'
import { methods } from '../../../shared/valuation/methods/registry.ts'
import { supports } from '../../../shared/valuation/supports/registry.ts'
import { defined, must, repoRoot } from '../dossier/support.ts'
import { both } from './small-pack.ts'

const shipped = defined(readRegister(JSON.parse(readFileSync(path.join(repoRoot, 'resources/legal/sources.json'), 'utf8'))))
const source = (over: Partial<LegalSource> & { readonly replacedBy?: string } = {}) => ({ id: 'x', kind: 'circular' as const, number: '9/2020/TT-X', title: both('Thử'), issued: '', effectiveFrom: '2020-01-01', effectiveTo: '', status: 'inForce' as const, mark: 'verified' as const, ...over })
const additions = (...list: ReturnType<typeof source>[]) => must(readAdditions(JSON.stringify({ format: 'luong-gia-legal-additions/1', sources: list.map((one) => ({ kinds: ['level'], source: one })) })))
const empty = { ...shipped, sources: [] }
const reasons = (one: ReturnType<typeof source>, date: string) => sourceWarnings([{ source: one, usedBy: both('Bộ') }], { ...empty, sources: [{ kinds: ['level'], source: one }] }, date).map(({ reason }) => reason)

describe('register of legal sources', () => {
  it('has each number and id once, and a source behind every card and method', () => {
    expect(new Set(shipped.sources.map(({ source: one }) => numberKey(one.number))).size).toBe(shipped.sources.length)
    expect(new Set(shipped.sources.map(({ source: one }) => one.id)).size).toBe(shipped.sources.length)
    for (const card of shipped.cards) expect(sourceById(shipped, card.source)).toBeDefined()
    expect(Object.keys(shipped.methods).sort()).toEqual([...methods, ...supports].map(({ id }) => id).sort())
    for (const ids of Object.values(shipped.methods)) for (const id of ids) expect(sourceById(shipped, id), id).toBeDefined()
    for (const { source: one } of shipped.sources) if (one.effectiveTo !== '') expect(one.effectiveTo >= one.effectiveFrom).toBe(true)
  })
  it('names on the cards what the kinds of dossier rest on', () => {
    expect(dossierKinds.map((kind) => cardsOf(shipped, kind).map(({ source: { number } }) => number))).toEqual([['07/2017/QH14'], ['17/2019/TT-BKHCN'], ['07/2017/QH14'], ['07/2017/QH14', 'TCVN ISO/IEC 17020:2012'], []])
  })
  it('every number that a method cites is the number of one of its sources', () => {
    for (const method of [...methods, ...supports]) {
      const own = (shipped.methods[method.id] ?? []).map((id) => defined(sourceById(shipped, id)).number)
      for (const number of method.clause.vi.match(/\d+\/\d{4}\/[A-ZĐ-]+|IVS \d+/g) ?? []) expect(own.map(numberKey), `${method.id} ${number}`).toContain(numberKey(number))
    }
  })
  it('takes additions over what it came with, by number however it is spaced, and keeps the id that methods name', () => {
    const merged = withAdditions(shipped, additions(source({ number: '32/2024/tt-btc', status: 'replaced', replacedBy: '1/2027/TT-BTC' }), source()))
    expect(merged.sources.length).toBe(shipped.sources.length + 1)
    expect(sourceById(merged, 'circular-32-2024')).toMatchObject({ status: 'replaced', replacedBy: '1/2027/TT-BTC' })
    expect(sourceByNumber(merged, ' 9/2020/TT-X ')?.id).toBe('x')
  })
  it('refuses a file that is none, with the place', () => {
    const read = readAdditions(JSON.stringify({ format: 'luong-gia-legal-additions/1', sources: [{ kinds: ['level'], source: { ...source(), number: '' } }] }))
    expect(read).toMatchObject({ ok: false, fault: { code: 'legal-unreadable', details: { where: 'sources.0.source.number' } } })
    expect(readAdditions('{').ok).toBe(false)
    expect(must(readAdditions(JSON.stringify(shipped))).sources.length).toBe(shipped.sources.length)
  })
})

describe('warnings on sources', () => {
  it.each([
    ['in force and verified', source(), '2026-01-01', []],
    ['replaced', source({ status: 'replaced' }), '2026-01-01', ['replaced']],
    ['replaced after the date', source({ status: 'replaced', effectiveTo: '2026-06-30' }), '2026-01-01', []],
    ['replaced on the day before', source({ replacedBy: 'N', effectiveTo: '2025-12-31' }), '2026-01-01', ['replaced']],
    ['ended', source({ effectiveTo: '2025-12-31' }), '2026-01-01', ['ended']],
    ['ends on the day', source({ effectiveTo: '2026-01-01' }), '2026-01-01', []],
    ['not yet', source({ effectiveFrom: '2026-01-02' }), '2026-01-01', ['notYet']],
    ['no date given', source({ effectiveFrom: '2026-01-02', effectiveTo: '2026-03-01' }), '', []],
    ['draft, not verified', source({ status: 'draft', mark: 'memory' }), '2026-01-01', ['draft', 'unverified']],
    ['unconfirmed', source({ status: 'unconfirmed' }), '2026-01-01', ['unconfirmed']],
  ] as const)('%s', (_, one, date, wanted) => {
    expect(reasons(one, date)).toEqual(wanted)
  })
  it('believes the register more than the pack, says who uses it, grave ones first, each once', () => {
    const old = source({ mark: 'secondary' })
    const register = withAdditions(empty, additions(source({ status: 'replaced', replacedBy: '5/2026/TT-X', effectiveTo: '2026-01-31', mark: 'secondary' })))
    const found = sourceWarnings([{ source: source({ number: '8/2020', mark: 'derived' }), usedBy: both('C') }, { source: old, usedBy: both('A') }, { source: old, usedBy: both('B') }, { source: old, usedBy: both('A') }], register, '2026-03-01')
    expect(found.map(({ source: { number }, reason, grave, usedBy }) => [number, reason, grave, usedBy.map(({ vi }) => vi)])).toEqual([
      ['9/2020/TT-X', 'replaced', true, ['A', 'B']], ['8/2020', 'unverified', false, ['C']], ['9/2020/TT-X', 'unverified', false, ['A', 'B']],
    ])
    expect(found[0]?.text.vi).toBe('9/2020/TT-X đã được thay thế bởi 5/2026/TT-X, hết hiệu lực ngày 31/01/2026. Hãy kiểm tra quy định đang áp dụng.')
  })
})

describe('a text that cites sources by number', () => {
  const source = (number: string, over: Partial<LegalSource> = {}): LegalSource => ({ id: number.toLowerCase().replaceAll('/', '-').slice(0, 20), kind: 'circular', number, title: { vi: 't', en: 't' }, issued: '2024-05-16', effectiveFrom: '', effectiveTo: '', status: 'inForce', mark: 'verified', ...over })
  const sources = [source('7/2024/TT-BTC', { status: 'replaced' }), source('37/2024/TT-BTC', { mark: 'secondary' }), source('IVS 105', { kind: 'standard', issued: '', status: 'voluntary' })]
  it('tells date and status once, of the source meant and no other', () => {
    expect(withSourceFacts('TT 37/2024/TT-BTC, Điều 10; IVS 105; TT 37/2024/TT-BTC, Điều 14', sources, 'vi'))
      .toBe('TT 37/2024/TT-BTC (16/05/2024, còn hiệu lực, theo nguồn thứ cấp), Điều 10; IVS 105 (áp dụng tự nguyện); TT 37/2024/TT-BTC, Điều 14')
    expect(withSourceFacts('Circular 37/2024/TT-BTC (16/05/2024)', sources, 'en')).toBe('Circular 37/2024/TT-BTC (16/05/2024)')
    expect(withSourceFacts('137/2024/TT-BTC', sources, 'en')).toBe('137/2024/TT-BTC')
  })
})
