import { describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/dossier/commands.ts'
import { isChecklistPack, questionsOf } from '../../../shared/rulepack/load.ts'
import type { DossierState } from '../../../shared/schema/dossier.ts'
import { correctionCommands } from '../../../shared/sync/deliver.ts'
import { Desk, create, datum, defined, evidence, fullProfile, member, must, packNamed, shelf, sheet } from '../dossier/support.ts'

const weighted = packNamed('weighted')
const esr = packNamed('esr')
const loaded = shelf.byHash(weighted.sha256)
if (!isChecklistPack(loaded) || loaded.pack.scoring.by !== 'weighted') throw new Error('weighted')
const { pack } = loaded
const node = defined(loaded.pack.scoring.tree[0]).id
const question = defined(questionsOf(pack).find(({ type }) => type === 'level'))
if (question.type !== 'level') throw new Error('level')
const answer = { value: defined(question.levels[0]).value, evidence: ['e1'], note: 'Ghi chú', confidence: 0.5 }
const other = shelf.byHash(esr.sha256)
if (!isChecklistPack(other)) throw new Error('esr')
const word = defined(questionsOf(other.pack).find(({ type }) => type === 'text'))

/** A dossier with something in every part that a correction takes over. */
const everything: readonly Command[] = [
  fullProfile, evidence('e1'), evidence('e2'),
  { type: 'checklist.answer', question: question.id, answer },
  { type: 'checklist.setAssessor', id: 'a1', name: 'Nguyễn Văn An', done: false },
  { type: 'checklist.answer', question: question.id, answer, assessor: 'a1' },
  { type: 'checklist.setAssessor', id: 'a1', name: 'Nguyễn Văn An', done: true },
  { type: 'checklist.weigh', node: 'root', weights: { method: 'direct', direct: { [node]: 2 }, experts: [], reason: 'r' } },
  { type: 'checklist.setCalendar', calendar: { source: 's', years: { from: 2026, to: 2026 }, holidays: ['2026-09-02'], worked: [] } },
  { type: 'checklist.compare', earlier: { dossier: '11111111-2222-4333-8444-555555555555', title: 't', date: '', seal: null, pack: weighted, class: null, numbers: { total: 5 } } },
  { type: 'checklist.usePack', pack: esr, list: 'esr' },
  { type: 'checklist.answer', question: word.id, answer: { value: 'Chữ', evidence: [], note: '', confidence: null }, list: 'esr' },
  { type: 'consent.set', consent: { given: true, by: 'Lê Văn Chủ', position: '', date: '2026-01-01', scope: '', evidence: ['e2'] } },
  sheet('s1', { inputs: { factor: datum(2) } }),
  { type: 'valuation.setSupport', id: 'w1', support: { method: 'wacc/1', title: 'WACC', inputs: {}, for: null } },
  { type: 'valuation.setRisk', id: 'r1', entry: { risk: 'market', place: 'flow', sheet: 's1', how: 'x', reason: '' } },
  { type: 'valuation.narrate', narrative: 'Thuyết minh' },
  { type: 'valuation.conclude', conclusion: { value: 1, low: null, high: null, rounding: 0, reason: 'r' } },
  { type: 'council.useRule', rule: packNamed('council-tt15-2014') }, member('m1', 'chair'),
]

/** What a correction begins anew on purpose. */
const own = ({ id: _id, createdAt: _at, createdBy: _by, supersedes: _of, phase: _phase, delivery: _delivery, report: _report, ...content }: DossierState): object => content

describe('a correction', () => {
  it('takes over everything that was said, of every part of the dossier', () => {
    const desk = new Desk().do(create({ kind: 'valuation', pack: weighted }), ...everything)
    const sealed: DossierState = { ...desk.now, delivery: { ...desk.now.delivery, seal: 'a'.repeat(64) } }
    const corrected = new Desk().do(...must(correctionCommands(sealed, 'Trần Thị Bình')))
    expect(own(corrected.now)).toEqual(own(sealed))
    expect(corrected.now.supersedes).toBe('a'.repeat(64))
  })

  it('is only of what was sealed', () => {
    expect(correctionCommands(new Desk().do(create()).now, 'A')).toEqual({ ok: false, fault: { code: 'not-sealed' } })
  })
})
