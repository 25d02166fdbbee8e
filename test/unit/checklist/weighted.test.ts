import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scorePoints } from '../../../shared/checklist/points.ts'
import { nodesOf } from '../../../shared/checklist/tree.ts'
import { globalWeights, leavesBelow, localWeights, mostPoints, scoreWeighted } from '../../../shared/checklist/weighted.ts'
import type { LocalWeights, WeightedScore } from '../../../shared/checklist/weighted.ts'
import { compareWeighted } from '../../../shared/checklist/weighted-compare.ts'
import type { Alternative } from '../../../shared/checklist/weighted-compare.ts'
import { classTurns } from '../../../shared/checklist/weighted-sensitivity.ts'
import { questionsOf } from '../../../shared/rulepack/load.ts'
import type { Question } from '../../../shared/rulepack/schema.ts'
import type { Checklist, NodeWeights } from '../../../shared/schema/dossier.ts'
import { defined, must } from '../dossier/support.ts'
import { answered, checklistNamed } from '../rulepack/answering.ts'

const loaded = checklistNamed('weighted')
const { pack } = loaded
const scoring = pack.scoring.by === 'weighted' ? pack.scoring : null
const tree = defined(scoring).tree
const ids = questionsOf(pack).map(({ id }) => id)
const levels = (given: readonly (number | null)[]): Checklist => answered(loaded, Object.fromEntries(ids.map((id, index) => [id, given[index] ?? null])))
const all = (level: number): Checklist => levels(ids.map(() => level))
const score = (checklist: Checklist): WeightedScore => defined(scoreWeighted(pack, checklist))
const direct = (values: NodeWeights['direct']): NodeWeights => ({ method: 'direct', direct: values, experts: [], reason: '' })
const groups = tree.map(({ id }) => id)
const anyLevel = fc.integer({ min: 1, max: 5 })
const anyLevels = fc.array(anyLevel, { minLength: ids.length, maxLength: ids.length })
const waived = { reason: 'không áp dụng', by: 'Bình', date: '2026-11-01' }

describe('the default tree', () => {
  it('weighs six groups to 100 and each group to 100, every leaf a question of five levels from 0 to 100 points', () => {
    expect(groups).toEqual(['technology', 'market', 'ip', 'team', 'finance', 'impact'])
    for (const node of nodesOf(pack)) expect(node.children.reduce((sum, { weight }) => sum + (weight ?? 0), 0)).toBe(100)
    const leaves = leavesBelow(tree).map(({ leaf }) => defined(leaf.question))
    expect(leaves.toSorted()).toEqual(ids.toSorted())
    for (const question of questionsOf(pack)) {
      if (question.type !== 'level') throw new Error(question.id)
      expect(question.levels.map(({ value, points }) => [value, points])).toEqual([[1, 0], [2, 25], [3, 50], [4, 75], [5, 100]])
      expect(question.recommendation?.vi ?? '').not.toBe('')
      expect(mostPoints(question)).toBe(100)
    }
  })
  it('gives each level of each question its score, and the classes by the total', () => {
    for (const id of ids) for (let level = 1; level <= 5; level += 1) {
      const leaf = defined(score(answered(loaded, { [id]: level })).leaves.find(({ question }) => question.id === id))
      expect(leaf).toMatchObject({ state: 'scored', points: (level - 1) * 25, most: 100, score: (level - 1) / 4 })
    }
    expect([1, 2, 3, 4, 5].map((level) => { const { total, class: reached } = score(all(level)); return [Math.round(1e9 * defined(total)) / 1e9, reached?.id] })).toEqual([[0, 'weak'], [25, 'weak'], [50, 'fair'], [75, 'good'], [100, 'strong']])
  })
  it('is not for packs scored otherwise', () => {
    const other = checklistNamed('kth-irl')
    expect(scoreWeighted(other.pack, answered(other, {}))).toBeNull()
    expect(scorePoints(pack, all(3))).toBeNull()
  })
})

describe('a weighted score', () => {
  it('is the sum of leaf scores by weights down the tree, and of group scores by group weights', () => {
    fc.assert(fc.property(anyLevels, (given) => {
      const result = score(levels(given))
      expect(result.leaves.reduce((sum, { weight }) => sum + (weight ?? 0), 0)).toBeCloseTo(1, 12)
      expect(result.total).toBeCloseTo(100 * result.leaves.reduce((sum, leaf) => sum + (leaf.weight ?? 0) * (leaf.score ?? 0), 0), 9)
      const ofGroups = result.nodes.filter(({ id }) => groups.includes(id))
      expect(result.total).toBeCloseTo(100 * ofGroups.reduce((sum, node) => sum + (node.weight ?? 0) * (node.score ?? 0), 0), 9)
      expect(result).toMatchObject({ final: true, fault: null })
      expect(result.coverage).toBeCloseTo(1, 12)
    }), { numRuns: 100, seed: 1 })
  })
  it('goes by hand: weights 0.6 and 0.4, levels 5 and 2', () => {
    const result = score({ ...answered(loaded, Object.fromEntries(ids.map((id) => [id, id.startsWith('technology') ? 5 : 2]))), weights: { root: direct({ technology: 6, market: 4, ip: 0, team: 0, finance: 0, impact: 0 }) } })
    expect(result.total).toBeCloseTo(70, 10)
    expect(result.class?.id).toBe('good')
    expect(result.weighings[0]).toMatchObject({ method: 'direct' })
    expect(result.weighings[1]).toMatchObject({ method: 'proposed' })
  })
  it('renormalises over what is answered and is final only from the coverage the pack asks for', () => {
    const without = (open: readonly string[]): WeightedScore => score(levels(ids.map((id) => (open.some((start) => id.startsWith(`${start}-`)) ? null : 4))))
    expect(without(['team'])).toMatchObject({ final: true, class: { id: 'good' } })
    expect(without(['team']).coverage).toBeCloseTo(0.9, 12)
    expect(without(['team', 'impact'])).toMatchObject({ final: true })
    expect(without(['team', 'impact']).coverage).toBeCloseTo(0.8, 12)
    expect(without(['finance', 'impact'])).toMatchObject({ final: false, class: { id: 'good' } })
    expect(without(['finance', 'impact']).total).toBeCloseTo(75, 10)
    expect(defined(without(['team']).nodes.find(({ id }) => id === 'team'))).toMatchObject({ score: null, coverage: 0 })
    expect(score(answered(loaded, {}))).toMatchObject({ total: null, coverage: 0, final: false, class: null, fault: { code: 'no-data' } })
  })
  it('leaves out what is waived, question or section, and gives its weight to the others', () => {
    const checklist = levels(ids.map((id) => (id.startsWith('team-') || id === 'market-size' ? null : 3)))
    const result = score({ ...checklist, waivers: { 'team-section': waived, 'market-size': waived } })
    expect(result.final).toBe(true)
    expect(result.total).toBeCloseTo(50, 10)
    expect(result.coverage).toBeCloseTo(1, 12)
    expect(result.leaves.filter(({ state }) => state === 'leftOut').map(({ question }) => question.id)).toEqual(['market-size', 'team-skills', 'team-commitment', 'team-track'])
  })
  it('is undecided while a weight of the dossier is, with the reason', () => {
    const result = score({ ...all(3), weights: { market: direct({ 'leaf-market-size': 1 }) } })
    expect(result).toMatchObject({ total: null, coverage: null, final: false, class: null, fault: { code: 'weight-missing' } })
    expect(result.leaves.every(({ weight }) => weight === null)).toBe(true)
  })
  it('takes weights by AHP, and the same whether told directly or by consistent judgements', () => {
    const judgements = groups.flatMap((b, i) => { const a = groups[i - 1]; return a === undefined ? [] : [{ a, b, ratio: 2 }] })
    const byAhp = score({ ...levels([5, 5, 5, 5, ...ids.slice(4).map(() => 1)]), weights: { root: { method: 'ahp', direct: {}, experts: [{ name: 'An', judgements }], reason: '' } } })
    const told = score({ ...levels([5, 5, 5, 5, ...ids.slice(4).map(() => 1)]), weights: { root: direct({ technology: 32, market: 16, ip: 8, team: 4, finance: 2, impact: 1 }) } })
    expect(byAhp.total).toBeCloseTo(defined(told.total), 6)
    expect(byAhp.total).toBeCloseTo((100 * 32) / 63, 6)
    expect(byAhp.weighings[0]?.ahp?.filled).toHaveLength(10)
  })
  it('knows the most points of every kind of question', () => {
    const base = { id: 'x', label: 'x', text: { vi: 'v', en: 'e' }, guidance: { vi: 'v', en: 'e' }, basis: [], required: true, waivable: true }
    const option = (value: string, points: number) => ({ value, text: { vi: 'v', en: 'e' }, points })
    const questions: readonly (readonly [Question, number])[] = [
      [{ ...base, type: 'yesNo', points: { yes: 2, no: 5 } }, 5], [{ ...base, type: 'yesNo' }, 0],
      [{ ...base, type: 'choice', multiple: false, options: [option('a', 2), option('b', 7)] }, 7],
      [{ ...base, type: 'choice', multiple: true, options: [option('a', 2), option('b', 7), option('c', -4)] }, 9],
      [{ ...base, type: 'choice', multiple: true, cap: 8, options: [option('a', 2), option('b', 7)] }, 8],
      [{ ...base, type: 'number', unit: '', bands: [{ from: 10, points: 6 }, { from: 0, points: 2 }] }, 6], [{ ...base, type: 'number', unit: '' }, 0], [{ ...base, type: 'date' }, 0],
    ]
    expect(questions.map(([question]) => mostPoints(question))).toEqual(questions.map(([, most]) => most))
  })
})

/** Local weights with one child moved, the rest in proportion. */
const shifted = (local: LocalWeights, node: string, child: string, x: number): LocalWeights => {
  const children = defined(nodesOf(pack).find(({ id }) => id === node)).children
  const weights = defined(local.get(node))
  const index = children.findIndex(({ id }) => id === child)
  const rest = 1 - defined(weights[index])
  return new Map([...local, [node, weights.map((weight, other) => (other === index ? x : (weight / rest) * (1 - x)))]])
}

describe('what moves the class', () => {
  it('is found exactly: just before a turn the class stays, just beyond it has turned, and where there is none no weight does it', () => {
    fc.assert(fc.property(anyLevels, fc.array(fc.boolean(), { minLength: ids.length, maxLength: ids.length }), (given, open) => {
      const checklist = levels(given.map((level, index) => (open[index] === true && index % 3 === 0 ? null : level)))
      const result = score(checklist)
      const local = defined(localWeights(result.weighings))
      const classAt = (node: string, child: string, x: number): string | null => {
        const weights = globalWeights(tree, shifted(local, node, child, x))
        const pairs = result.leaves.flatMap((leaf, index) => (leaf.score === null ? [] : [{ score: leaf.score, weight: weights[index] ?? 0 }]))
        const covered = pairs.reduce((sum, { weight }) => sum + weight, 0)
        const total = (100 * pairs.reduce((sum, entry) => sum + entry.score * entry.weight, 0)) / covered
        return defined(scoring).classes.findLast(({ from }) => total >= from - 1e-9)?.id ?? null
      }
      for (const { node, child, weight, up, down } of classTurns(pack, result)) {
        for (const [turn, end, sign] of [[up, 1, 1], [down, 0, -1]] as const) {
          const stays = turn === null ? end : turn.weight
          for (const share of [0.25, 0.5, 0.75, 0.98]) expect(classAt(node, child, weight + (stays - weight) * share)).toBe(result.class?.id ?? null)
          if (turn === null || Math.abs(turn.weight - end) < 1e-5) continue
          expect(classAt(node, child, turn.weight + sign * 1e-5)).toBe(turn.becomes?.id ?? null)
          // Beyond its turn a weight never brings the class back.
          expect(classAt(node, child, end + (turn.weight - end) * 0.01)).not.toBe(result.class?.id ?? null)
        }
      }
    }), { numRuns: 20, seed: 4 })
  })
  it('goes by hand: technology at the top, the rest at the bottom, reaches the next class at weight 0.4', () => {
    const checklist = answered(loaded, Object.fromEntries(ids.map((id) => [id, id.startsWith('technology') ? 5 : 1])))
    const turns = classTurns(pack, score(checklist))
    const technology = defined(turns.find(({ child }) => child === 'technology'))
    expect(technology).toMatchObject({ node: 'root', weight: 0.25, up: { becomes: { id: 'fair' } }, down: null })
    expect(technology.up?.weight).toBeCloseTo(0.4, 12)
    expect(defined(turns.find(({ child }) => child === 'leaf-market-size'))).toMatchObject({ up: null, down: null })
  })
  it('is nothing without a total', () => {
    expect(classTurns(pack, score(answered(loaded, {})))).toEqual([])
  })
})

describe('several dossiers', () => {
  const alternative = (id: string, given: readonly (number | null)[]): Alternative => ({ id, title: `Hồ sơ ${id}`, checklist: levels(given) })
  const one = (level: number): readonly number[] => ids.map(() => level)
  const favouring = (start: string): readonly number[] => ids.map((id) => (id.startsWith(start) ? 5 : 2))

  it('are ranked by mean, additive weighting and TOPSIS under each set of weights', () => {
    const result = must(compareWeighted(pack, [alternative('x', one(2)), alternative('y', one(5)), alternative('z', one(3))]))
    expect(result.leftOut).toEqual([])
    expect(result.rankings.map(({ source }) => source)).toEqual(['tree', 'equal', 'entropy', 'critic'])
    for (const { source, mean, additive, topsis } of result.rankings.filter((ranking) => ranking.source !== 'critic')) {
      expect([source, must(mean).rank]).toEqual([source, [3, 1, 2]])
      expect(must(mean).totals.map((total) => Math.round(total))).toEqual([25, 100, 50])
      expect(must(additive)).toMatchObject({ rank: [3, 1, 2] })
      expect(must(topsis).rank).toEqual([3, 1, 2])
      expect(must(topsis).closeness[1]).toBeCloseTo(1, 12)
    }
    // All criteria move together here: CRITIC has nothing that tells them apart.
    expect(defined(result.rankings.find(({ source }) => source === 'critic')).weights).toMatchObject({ ok: false, fault: { code: 'no-variation' } })
  })
  it('count only what all of them answered, and say what was left out', () => {
    const partly = one(4).map((level, index) => (index === 0 || index === 5 ? null : level))
    const result = must(compareWeighted(pack, [alternative('x', partly), alternative('y', favouring('market'))]))
    expect(result.leftOut).toHaveLength(2)
    expect(result.leaves).toHaveLength(ids.length - 2)
    expect(must(defined(result.rankings[0]).weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
  })
  it('show from which weight another comes first', () => {
    const { turns } = must(compareWeighted(pack, [alternative('x', favouring('technology')), alternative('y', favouring('ip'))]))
    const technology = defined(turns.find(({ child }) => child === 'technology'))
    // Technology outweighs ip while x > 0.15·(1 − x)/0.75.
    expect(technology).toMatchObject({ node: 'root', weight: 0.25, up: null, down: { becomes: ['y'] } })
    expect(technology.down?.weight).toBeCloseTo(1 / 6, 12)
    const ip = defined(turns.find(({ child }) => child === 'ip'))
    expect(ip).toMatchObject({ down: null, up: { becomes: ['y'] } })
    expect(defined(turns.find(({ node }) => node === 'team'))).toMatchObject({ up: null, down: null })
  })
  it('say whose own weights differ, and use the weights of the one asked for', () => {
    const own = { ...alternative('y', favouring('ip')), checklist: { ...levels(favouring('ip')), weights: { root: direct({ technology: 1, market: 1, ip: 96, team: 1, finance: 1, impact: 0 }) } } }
    const both = [alternative('x', favouring('technology')), own]
    expect(must(compareWeighted(pack, both)).otherWeights).toEqual(['y'])
    expect(must(defined(must(compareWeighted(pack, both)).rankings[0]).mean).rank).toEqual([1, 2])
    expect(must(compareWeighted(pack, both, 'y')).otherWeights).toEqual(['x'])
    expect(must(defined(must(compareWeighted(pack, both, 'y')).rankings[0]).mean).rank).toEqual([2, 1])
  })
  it('agree with the turning point when the weights are entered there', () => {
    fc.assert(fc.property(anyLevels, anyLevels, (a, b) => {
      const result = must(compareWeighted(pack, [alternative('x', a), alternative('y', b)]))
      const local = defined(localWeights(defined(result.alternatives[0]).score.weighings))
      for (const { node, child, up } of result.turns) {
        if (up === null) continue
        const weights = globalWeights(tree, shifted(local, node, child, up.weight))
        const [first, second] = result.table.map((row) => row.reduce((sum, entry, index) => sum + entry * (weights[index] ?? 0), 0))
        expect(Math.abs(defined(first) - defined(second))).toBeLessThan(1e-9)
      }
    }), { numRuns: 60, seed: 8 })
  })
  it('cannot be compared alone, across packs, without a common answer or with undecided weights', () => {
    const x = alternative('x', one(3))
    expect(compareWeighted(pack, [x])).toMatchObject({ ok: false, fault: { code: 'needs-two-objects' } })
    expect(compareWeighted(pack, [x, { ...x, id: 'y', checklist: { ...x.checklist, pack: { ...x.checklist.pack, sha256: '0'.repeat(64) } } }])).toMatchObject({ ok: false, fault: { code: 'packs-differ' } })
    expect(compareWeighted(pack, [x, alternative('y', [])])).toMatchObject({ ok: false, fault: { code: 'no-data' } })
    expect(compareWeighted(pack, [{ ...x, checklist: { ...x.checklist, weights: { root: direct({}) } } }, x])).toMatchObject({ ok: false, fault: { code: 'hierarchy-incomplete' } })
    const equal = must(compareWeighted(pack, [x, alternative('y', one(3))]))
    expect(defined(equal.rankings[0]).topsis).toMatchObject({ ok: false, fault: { code: 'all-alternatives-equal' } })
    expect(must(defined(equal.rankings[0]).mean).rank).toEqual([1, 1])
  })
})
