import { describe, expect, it } from 'vitest'
import { changesSince, earlierOf, numberName, sideBySide } from '../../../shared/checklist/comparison.ts'
import { checklistResult } from '../../../shared/checklist/result.ts'
import { emptyState } from '../../../shared/dossier/empty.ts'
import { earlierAssessment } from '../../../shared/schema/dossier.ts'
import { isChecklistPack } from '../../../shared/rulepack/load.ts'
import { defined, shelf } from '../dossier/support.ts'
import { best, checklistOf, pack } from '../rulepack/tt17.ts'

const resultOf = (given: Parameters<typeof checklistOf>[0]) => checklistResult(pack, checklistOf(given), {})
const good = resultOf(best)
const weaker = resultOf({ ...best, 'ha-tang': 'NONE', 'chat-luong': 'NONE' })
const open = resultOf({ ...best, 'nguyen-gia': null })
const id = '00000000-0000-4000-8000-000000000001'
const state = { ...emptyState(id, 'level', '2025-03-04T01:02:03.000Z', 'An'), checklist: weaker.checklist }

describe('an earlier assessment', () => {
  it('is frozen with its numbers, class, day and pack, as the dossier may keep it', () => {
    const earlier = earlierOf({ ...state, profile: { ...state.profile, title: 'Lần trước' } }, weaker.checklist, weaker)
    expect(earlierAssessment.parse(earlier)).toEqual(earlier)
    expect(earlier).toMatchObject({ dossier: id, title: 'Lần trước', date: '2025-03-04', seal: null, class: 'tien-tien' })
    expect(earlier.numbers['total']).toBe(94)
    expect(earlierOf({ ...state, report: { ...state.report, date: '2025-06-01' } }, weaker.checklist, weaker).date).toBe('2025-06-01')
  })

  it('stands beside the present one, number by number', () => {
    const changes = changesSince(good, earlierOf(state, weaker.checklist, weaker))
    const of = (wanted: string) => defined(changes.find(({ name }) => name.id === wanted))
    expect(of('total')).toMatchObject({ then: 94, now: 100, difference: 6, name: { kind: 'total' } })
    expect(of('r')).toMatchObject({ name: { kind: 'section' }, difference: 3 })
    expect(changes.filter(({ name, difference }) => name.kind === 'criterion' && difference !== 0).map(({ name, difference }) => [name.id, difference])).toEqual([['c16', 3], ['c21', 3]])
  })

  it('a number not settled on either side has no difference', () => {
    const changes = changesSince(open, earlierOf(state, weaker.checklist, weaker))
    expect(defined(changes.find(({ name }) => name.id === 'total'))).toMatchObject({ then: 94, now: null, difference: null })
  })
})

describe('several dossiers side by side', () => {
  it('have one column each, classes, and ranks by the total; what is not settled has no rank', () => {
    const table = sideBySide([weaker, open, good])
    expect(table.ranks).toEqual([2, null, 1])
    expect(table.classes).toEqual(['tien-tien', null, 'tien-tien'])
    expect(defined(table.rows.find(({ name }) => name.id === 'total')).values).toEqual([94, null, 100])
    expect(sideBySide([])).toEqual({ rows: [], classes: [], ranks: [] })
  })

  it('equal totals share a rank', () => {
    expect(sideBySide([good, good, weaker]).ranks).toEqual([1, 1, 3])
  })

  it('scales of levels are ranked by the level', () => {
    const trl = defined(shelf.all.filter(isChecklistPack).find(({ pack: own }) => own.id === 'trl'))
    const yes = (sections: number) => Object.fromEntries(trl.pack.sections.slice(0, sections).flatMap((section) => section.questions).map((question) => [question.id, { value: true, evidence: ['e'], note: '', confidence: null }]))
    const evidence = { e: { id: 'e', kind: 'link' as const, title: '', note: '', source: '', date: '' as const, file: null, url: 'https://vi-du.vn' } }
    const at = (sections: number) => checklistResult(trl.pack, { pack: { id: 'trl', version: trl.pack.version, sha256: trl.sha256 }, answers: yes(sections), waivers: {} }, evidence)
    expect(sideBySide([at(1), at(3)]).ranks).toEqual([2, 1])
  })
})

describe('dossiers on a pack without points', () => {
  const loaded = defined(shelf.all.filter(isChecklistPack).find(({ pack: own }) => own.id === 'kth-irl'))
  const at = (levels: Readonly<Record<string, number>>) => checklistResult(loaded.pack, {
    pack: { id: 'kth-irl', version: loaded.pack.version, sha256: loaded.sha256 }, waivers: {},
    answers: Object.fromEntries(Object.entries(levels).map(([question, value]) => [question, { value, evidence: [], note: '', confidence: null }])),
  }, {})
  const level = { crl: 5, trl: 7, brl: 4, iprl: 6, tmrl: 5, frl: 3 }

  it('are ranked by the figure that the classes stand on, and show no total', () => {
    const table = sideBySide([at(level), at({ ...level, frl: 5, brl: 5 })])
    expect(table.ranks).toEqual([2, 1])
    expect(table.rows.map(({ name }) => name.id)).not.toContain('total')
  })
})

describe('names of numbers', () => {
  it('come from the pack; an unknown one is called by its id', () => {
    expect(numberName(pack, 'c5').text.vi).toMatch(/^5\. /)
    expect(numberName(pack, 'hdb')).toMatchObject({ kind: 'figure' })
    expect(numberName(pack, 'gone').text.vi).toBe('gone')
  })
})
