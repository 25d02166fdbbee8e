import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalHash } from '../../../shared/kernel/canonical.ts'
import { isChecklistPack, isCouncilPack, loadPack, questionsOf } from '../../../shared/rulepack/load.ts'
import { makeShelf } from '../../../shared/rulepack/shelf.ts'
import { defined, must, packTexts, repoRoot, shelf } from '../dossier/support.ts'

type Node = Record<string, unknown>
const trlText = readFileSync(path.join(repoRoot, 'resources/rulepacks/trl-1.json'), 'utf8')
const councilText = readFileSync(path.join(repoRoot, 'resources/rulepacks/council-tt15-2014.json'), 'utf8')

/** The pack with the member at a path replaced (or removed by undefined). */
const altered = (text: string, at: string, value: unknown): string => {
  const root = JSON.parse(text) as Node // a pack is an object
  const keys = at.split('.')
  const last = defined(keys.pop())
  const parent = keys.reduce<Node>((node, key) => node[key] as Node, root) // paths below name objects and lists only
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return JSON.stringify(root)
}
const faultOf = (text: string) => {
  const result = loadPack(text)
  return result.ok ? 'ok' : [result.fault.code, result.fault.details?.['where'] ?? ''].join(' ').trim()
}
const question = (over: Node) => ({ id: 'extra', label: 'X', text: { vi: 'v', en: 'e' }, guidance: { vi: 'v', en: 'e' }, basis: [], required: true, waivable: true, type: 'yesNo', ...over })

describe('packs of the product', () => {
  it('all load, each with its own hash of canonical bytes', () => {
    expect(shelf.all.map(({ pack }) => pack.id)).toEqual(expect.arrayContaining(['council-price-law-2023', 'council-tt06-2021', 'council-tt15-2014', 'trl']))
    for (const text of packTexts) {
      const loaded = must(loadPack(text))
      expect(loaded.sha256).toBe(canonicalHash(JSON.parse(text)))
      expect(must(loadPack(loaded.text)).sha256).toBe(loaded.sha256)
    }
    expect(new Set(shelf.all.map(({ sha256 }) => sha256)).size).toBe(shelf.all.length)
  })
  it('are whole in both languages, in NFC', () => {
    const walk = (value: unknown): string[] => (typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(walk) : [])
    const bilinguals = (value: unknown): { vi: string; en: string }[] => {
      if (typeof value !== 'object' || value === null) return []
      const inner = Object.values(value).flatMap(bilinguals)
      return 'vi' in value && 'en' in value ? [...inner, value as { vi: string; en: string }] : inner // both members were just seen
    }
    for (const { pack } of shelf.all) {
      expect(walk(pack).filter((text) => text !== text.normalize('NFC') || /^\s|\s$| {2}| [,.;:!?](?!=)/.test(text))).toEqual([])
      const sentences = bilinguals(pack).filter(({ vi }) => vi.length > 12)
      expect(sentences.length).toBeGreaterThan(2)
      expect(sentences.filter(({ vi, en }) => vi === en)).toEqual([])
      // Vietnamese of any length has diacritics.
      expect(sentences.filter(({ vi }) => vi.length > 40 && !/[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ]/i.test(vi))).toEqual([])
    }
  })
  it('TRL has nine levels of three to six yes-or-no criteria, each with guidance and a source, and asks for evidence at each', () => {
    const { pack } = defined(shelf.all.filter(isChecklistPack).find((loaded) => loaded.pack.id === 'trl'))
    expect(pack.sections).toHaveLength(9)
    for (const section of pack.sections) {
      expect(section.questions.length).toBeGreaterThanOrEqual(3)
      expect(section.questions.length).toBeLessThanOrEqual(6)
      expect(section.evidence.least).toBeGreaterThanOrEqual(1)
      expect(section.evidence.hints.length).toBeGreaterThanOrEqual(3)
      for (const one of section.questions) {
        expect(one.type).toBe('yesNo')
        expect(one.text.vi.endsWith('?')).toBe(true)
        expect(one.guidance.vi.length).toBeGreaterThan(20)
        expect(one.basis).toHaveLength(1)
      }
    }
    expect(new Set(questionsOf(pack).map(({ text }) => text.vi)).size).toBe(questionsOf(pack).length)
    expect(pack.sections.map(({ title }) => title.vi.split(' – ')[1])).toEqual(['Nguyên lý cơ bản', 'Khái niệm công nghệ', 'Bằng chứng khái niệm', 'Xác thực trong phòng thí nghiệm', 'Xác thực trong môi trường liên quan', 'Trình diễn trong môi trường liên quan', 'Trình diễn trong môi trường vận hành', 'Hệ thống hoàn chỉnh và đủ điều kiện', 'Hệ thống thực tế được chứng minh'])
  })
  it('say how far each source was checked', () => {
    const doubtful = shelf.all.flatMap(({ pack }) => pack.sources).filter(({ mark, status }) => mark !== 'verified' || status !== 'inForce')
    expect(doubtful.length).toBeGreaterThan(0)
    expect(doubtful.filter(({ note }) => (note?.vi ?? '') === '')).toEqual([])
  })
})

describe('a pack that is not right', () => {
  it('is refused with the place', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['', 'pack-unreadable'], ['{', 'pack-unreadable'], ['null', 'pack-malformed'], ['[]', 'pack-malformed'], ['{"a":"\\ud800"}', 'pack-unreadable'], ['x'.repeat(5_000_000), 'pack-unreadable'],
      [altered(trlText, 'format', 'luong-gia-pack/3'), 'pack-newer'], [altered(trlText, 'format', 'other'), 'pack-malformed format'],
      [altered(trlText, 'sections.0.questions.0.text.vi', ''), 'pack-malformed sections.0.questions.0.text.vi'], [altered(trlText, 'sections.0.questions.0.more', 1), 'pack-malformed sections.0.questions.0'],
      [altered(trlText, 'sections.0.questions.1.id', 'trl-1-1'), 'pack-contradicts-itself trl-1-1'], [altered(trlText, 'sections.1.id', 'trl-1-1'), 'pack-contradicts-itself trl-1-1'],
      [altered(trlText, 'sections.0.questions.0.basis.0.source', 'nowhere'), 'pack-contradicts-itself nowhere'], [altered(trlText, 'sources.1.id', 'iso-16290'), 'pack-contradicts-itself iso-16290'],
      [altered(trlText, 'sections.2.level', 4), 'pack-contradicts-itself trl-3'], [altered(trlText, 'scoring.highest', 8), 'pack-contradicts-itself TRL'],
      [altered(trlText, 'sections.0.questions.0', question({ showWhen: { question: 'trl-2-1', is: [true] } })), 'pack-contradicts-itself extra'],
      [altered(trlText, 'sections.0.questions.0', question({ showWhen: { question: 'extra', answered: true } })), 'pack-contradicts-itself extra'],
      [altered(trlText, 'sections.0.questions.0', question({ type: 'text', maxLength: 10 })), 'pack-contradicts-itself extra'],
      [altered(councilText, 'rule.size.max', 5), 'pack-contradicts-itself size'], [altered(councilText, 'rule.quorum.share.numerator', 4), 'pack-contradicts-itself quorum'],
      [altered(councilText, 'rule.scoring.criteria.0.max', 19), 'pack-contradicts-itself market'], [altered(councilText, 'rule.scoring.maximum', 99), 'pack-contradicts-itself maximum'],
      [altered(councilText, 'rule.scoring.criteria.1.id', 'market-potential'), 'pack-contradicts-itself market-potential'], [altered(councilText, 'rule.decision', undefined), 'pack-malformed rule.decision'],
    ]
    expect(cases.map(([text]) => faultOf(text))).toEqual(cases.map(([, fault]) => fault))
    const duplicated = trlText.replace('"id": "trl",', '"id": "trl", "id": "trl",')
    expect(must(loadPack(duplicated)).sha256).toBe(must(loadPack(trlText)).sha256)
  })
  const points = (questions: unknown[]): string => {
    const scoring = altered(trlText, 'scoring', { by: 'points', maximum: 10, classes: [{ id: 'a', text: { vi: 'v', en: 'e' }, from: 0 }], basis: [] })
    return altered(altered(scoring, 'sections', [{ id: 's', title: { vi: 'v', en: 'e' }, intro: { vi: 'v', en: 'e' }, evidence: { least: 0, hints: [] }, waivable: true, questions }]), 'kinds', ['level'])
  }
  it('is refused when its questions contradict themselves', () => {
    expect(faultOf(points([question({})]))).toBe('ok')
    expect(faultOf(points([question({ type: 'number', unit: '', min: 2, max: 1 })]))).toBe('pack-contradicts-itself extra')
    expect(faultOf(points([question({ type: 'number', unit: '', bands: [{ from: 1, points: 1 }, { from: 2, points: 2 }] })]))).toBe('pack-contradicts-itself extra')
    const option = { value: 'a', text: { vi: 'v', en: 'e' } }
    expect(faultOf(points([question({ type: 'choice', multiple: false, options: [option, option] })]))).toBe('pack-contradicts-itself extra')
    expect(faultOf(altered(points([question({})]), 'scoring.classes', [{ id: 'a', text: { vi: 'v', en: 'e' }, from: 5 }, { id: 'b', text: { vi: 'v', en: 'e' }, from: 5 }]))).toBe('pack-contradicts-itself b')
  })
  it('never throws on any JSON or text', () => {
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      expect(loadPack(text).ok).toBe(false)
    }), { numRuns: 500 })
    fc.assert(fc.property(fc.constantFrom('sections', 'sources', 'scoring', 'kinds', 'sections.0', 'sections.3.questions.2', 'title'), fc.jsonValue(), (at, value) => {
      expect(['ok', 'fault']).toContain(loadPack(altered(trlText, at, value)).ok ? 'ok' : 'fault')
    }), { numRuns: 300 })
  })
})

describe('shelf', () => {
  it('offers the newest of each', () => {
    const newer = altered(trlText, 'version', '1.10.0')
    const mixed = must(makeShelf([newer, trlText, altered(trlText, 'version', '1.9.0'), councilText]))
    expect(mixed.checklists('valuation').map(({ pack }) => pack.version)).toEqual(['1.10.0'])
    expect(mixed.checklists('level')).toEqual([])
    expect(mixed.councils().map(({ pack }) => pack.id)).toEqual(['council-tt15-2014'])
    expect(mixed.all).toHaveLength(4)
    expect(isCouncilPack(mixed.byHash(must(loadPack(councilText)).sha256))).toBe(true)
    expect(mixed.byHash('0'.repeat(64))).toBeUndefined()
    expect(makeShelf([trlText, '{}'])).toMatchObject({ ok: false, fault: { code: 'pack-malformed' } })
  })
})
