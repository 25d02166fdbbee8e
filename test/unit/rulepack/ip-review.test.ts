import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factorShape, factorValue, ipscoreRadar } from '../../../shared/checklist/ipscore.ts'
import { evaluateRules } from '../../../shared/checklist/outcome.ts'
import type { RulesOutcome } from '../../../shared/checklist/outcome.ts'
import { questionsOf } from '../../../shared/rulepack/load.ts'
import type { Answer, TableRow } from '../../../shared/schema/dossier.ts'
import { defined, must } from '../dossier/support.ts'
import { answered, checklistNamed, questionOf } from './answering.ts'

type Value = Answer['value']
const loaded = checklistNamed('ip-review')
const { pack } = loaded
const factors = Object.entries(factorShape(pack)).flatMap(([category, count]) => Array.from({ length: count }, (_, index) => `${category}${String(index + 1)}`))
const right = (over: TableRow): TableRow => ({ name: 'Bằng 1', kind: 'patent', territory: 'VN', state: 'granted', filed: '2020-01-01', granted: null, expires: null, 'fees-paid': true, holder: 'X', ...over })
const blocked = (over: TableRow): TableRow => ({ number: '1', owner: 'Y', territory: 'VN', state: 'granted', expires: null, overlap: 'z', assessment: 'high', 'way-out': 'licence', ...over })
const step = (recorded: boolean): TableRow => ({ date: null, event: 'assignment', from: 'a', to: 'b', document: 'd', recorded })
const burden = (restricts: boolean): TableRow => ({ kind: 'pledge', party: 'Ngân hàng', scope: 'toàn bộ', until: null, restricts })

/** A review without legal obstacles, every factor at the same level, with some answers replaced by symbol or id. */
const review = (level: number, over: Readonly<Record<string, Value>> = {}): RulesOutcome => {
  const values: Record<string, Value> = {
    reviewDate: '2026-01-01', rights: [right({})], rightsSound: true, chain: [step(true)], chainUnbroken: true, inventorsSettled: true, coOwned: false, stateFunded: false,
    ftoSearched: true, blocking: [], hasKnowHow: false, encumbrances: [], noDisputes: true,
    ...Object.fromEntries(factors.map((factor) => [factor, level])), ...over,
  }
  return defined(evaluateRules(pack, answered(loaded, Object.fromEntries(Object.entries(values).map(([name, value]) => [questionOf(pack, name).id, value])))))
}
const figureOf = (outcome: RulesOutcome, id: string): number | string => {
  const { value } = defined(outcome.figures.find(({ figure }) => figure.id === id))
  return value.kind === 'number' ? value.value : value.kind === 'missing' ? value.reason.code : value.kind
}
/** Which of the points to note are true. */
const notedOf = (outcome: RulesOutcome) => ['no-fto', 'short-life', 'nothing-in-force', 'open-dispute'].filter((id) => {
  const value = outcome.values.valueOf(id)
  return value.kind === 'boolean' && value.value
})

describe('forty factors', () => {
  it('are 8, 9, 9, 6 and 8, each of five described levels of its own, with guidance and a remedy', () => {
    expect(factorShape(pack)).toEqual({ A: 8, B: 9, C: 9, D: 6, E: 8 })
    for (const name of factors) {
      const question = questionOf(pack, name)
      if (question.type !== 'level') throw new Error(name)
      expect(question.levels.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5])
      for (const language of ['vi', 'en'] as const) expect(new Set(question.levels.map(({ text }) => text[language])).size).toBe(5)
      expect(question.guidance.vi.length).toBeGreaterThan(20)
      expect(question.recommendation?.vi ?? '').not.toBe('')
    }
  })
  it('stand for numbers in eight answers only, at every level, and the figures carry them', () => {
    const standing = factors.filter((name) => factorValue(pack, name, 1).ok)
    expect(standing).toEqual(['B5', 'C2', 'C3', 'C6', 'D1', 'D2', 'D3', 'D4'])
    for (const name of standing) for (let level = 1; level <= 5; level += 1)
      expect(figureOf(review(3, { [name]: level }), `number-${name.toLowerCase()}`)).toBe(must(factorValue(pack, name, level)))
  })
  it('come to the means and shares of the radar', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 40, maxLength: 40 }), (levels) => {
      const outcome = review(3, Object.fromEntries(factors.map((name, index) => [name, levels[index] ?? 1])))
      for (const category of ['A', 'B', 'C', 'D', 'E']) {
        const radar = must(ipscoreRadar(levels.filter((_, index) => factors[index]?.startsWith(category))))
        expect(figureOf(outcome, `mean-${category.toLowerCase()}`)).toBeCloseTo(radar.mean, 12)
        expect(figureOf(outcome, `share-${category.toLowerCase()}`)).toBeCloseTo(100 * radar.share, 10)
      }
      for (const id of ['opportunity', 'risk']) {
        expect(figureOf(outcome, id)).toBeGreaterThanOrEqual(0)
        expect(figureOf(outcome, id)).toBeLessThanOrEqual(100)
      }
      expect(outcome.class).not.toBeNull()
    }), { numRuns: 60, seed: 11 })
  })
  it('leave a category open while one is not answered', () => {
    const outcome = review(3, { A4: null })
    expect(figureOf(outcome, 'mean-a')).toBe('answer-missing')
    expect(figureOf(outcome, 'mean-b')).toBe(3)
    expect(outcome.class).toBeNull()
  })
})

describe('remaining life', () => {
  const remaining = (over: TableRow): number | string => {
    const value = review(3, { rights: [right(over)] }).values.valueOf('rights.remaining')
    const cell = value.kind === 'list' ? value.cells[0] : undefined
    return cell?.kind === 'number' ? cell.value : cell?.kind === 'missing' ? cell.reason.code : 'none'
  }
  it('follows from the filing date by the kind of right, and never falls below 0', () => {
    expect(remaining({})).toBe(14)
    expect(['utilitySolution', 'industrialDesign', 'layoutDesign', 'trademark'].map((kind) => remaining({ kind }))).toEqual([4, 9, 4, 4])
    expect(remaining({ kind: 'plantVariety', granted: '2022-01-01' })).toBe(16)
    expect(remaining({ filed: '2000-01-01' })).toBe(0)
  })
  it('follows a known expiry date before all else, is 0 for a lapsed right and open where nothing tells it', () => {
    expect(remaining({ expires: '2028-01-01' })).toBe(2)
    expect(['lapsed', 'refused'].map((state) => remaining({ state }))).toEqual([0, 0])
    expect(remaining({ kind: 'tradeSecret', filed: null, state: 'unregistered' })).toBe('answer-missing')
    expect(remaining({ filed: null })).toBe('answer-missing')
  })
  it('comes to the longest life, the rights in force and those soon to end', () => {
    const outcome = review(3, { rights: [right({}), right({ expires: '2028-01-01', 'fees-paid': false }), right({ state: 'lapsed' }), right({ kind: 'tradeSecret', filed: null, state: 'unregistered' })] })
    expect(['rights-count', 'rights-in-force', 'longest-life', 'short-lived'].map((id) => figureOf(outcome, id))).toEqual([4, 1, 14, 1])
    expect(notedOf(outcome)).toEqual(['short-life'])
    expect(notedOf(review(3, { rights: [right({ state: 'pending' })] }))).toEqual(['nothing-in-force'])
  })
})

describe('classes', () => {
  it('are each reached by opportunity and risk', () => {
    const opportunity = ['B1', 'B9', 'C1', 'C2', 'C3', 'C5', 'C6', 'C8', 'D1', 'D3', 'D6', 'E2', 'E6']
    const at = (level: number, chance: number) => review(level, Object.fromEntries(opportunity.map((name) => [name, chance]))).class?.id
    expect(at(5, 5)).toBe('invest')
    expect(at(1, 5)).toBe('secure')
    expect(at(5, 1)).toBe('maintain')
    expect(at(1, 1)).toBe('reconsider')
  })
  it.each<[what: string, over: Readonly<Record<string, Value>>]>([
    ['a broken chain', { chainUnbroken: false }],
    ['a blocking right without a way out', { blocking: [blocked({ 'way-out': 'none' })] }],
    ['an encumbrance in the way', { encumbrances: [burden(true)] }],
    ['state funds without assignment', { stateFunded: true, stateAssigned: false }],
    ['co-owners who did not agree', { coOwned: true, coOwnersAgree: false }],
  ])('yield to %s', (_, over) => {
    expect(review(5, over).class?.id).toBe('unresolved')
  })
  it('do not yield to what does no harm', () => {
    const harmless = [{ blocking: [blocked({}), blocked({ assessment: 'low', 'way-out': 'none' }), blocked({ assessment: 'blocking', state: 'lapsed', 'way-out': 'none' })] }, { encumbrances: [burden(false)] }, { stateFunded: true, stateAssigned: true }, { coOwned: true, coOwnersAgree: true }, { chain: [step(false)] }]
    expect(harmless.map((over) => review(5, over).class?.id)).toEqual(harmless.map(() => 'invest'))
    expect(figureOf(review(5, harmless[0]), 'blocking-rights')).toBe(1)
    expect(figureOf(review(5, { chain: [step(false), step(true)] }), 'steps-unrecorded')).toBe(1)
  })
  it('wait for the legal answers', () => {
    expect(review(5, { blocking: null }).class).toBeNull()
    expect(review(5, { stateFunded: true }).class).toBeNull()
  })
  it('show what they do not see', () => {
    expect(notedOf(review(3, { ftoSearched: false }))).toEqual(['no-fto'])
    expect(notedOf(review(3, { noDisputes: false }))).toEqual(['open-dispute'])
    expect(notedOf(review(3, { rightsSound: false }))).toEqual(['open-dispute'])
    expect(notedOf(review(3))).toEqual([])
  })
})

it('counts the six measures of secrecy only where know-how matters', () => {
  const measures = questionsOf(pack).filter(({ id }) => id.startsWith('secrecy-')).map(({ id }) => id)
  expect(measures).toHaveLength(6)
  for (let met = 0; met <= 6; met += 1)
    expect(figureOf(review(3, { hasKnowHow: true, ...Object.fromEntries(measures.map((id, index) => [id, index < met])) }), 'secrecy-measures')).toBe(met)
  expect(figureOf(review(3), 'secrecy-measures')).toBe('answer-not-asked')
})
