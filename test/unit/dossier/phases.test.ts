import { describe, expect, it } from 'vitest'
import { command } from '../../../shared/dossier/commands.ts'
import type { Command, CommandType } from '../../../shared/dossier/commands.ts'
import { decide } from '../../../shared/dossier/decide.ts'
import { replay } from '../../../shared/dossier/log.ts'
import { nextStep } from '../../../shared/dossier/next-step.ts'
import { arrows, isPermitted, phaseNames } from '../../../shared/dossier/phases.ts'
import { utf8 } from '../../../shared/kernel/bytes.ts'
import { canonical, sha256Hex } from '../../../shared/kernel/canonical.ts'
import { dossierPhases } from '../../../shared/schema/dossier.ts'
import type { DossierPhase, DossierState } from '../../../shared/schema/dossier.ts'
import { Desk, approved, card, create, datum, defined, evidence, fullProfile, inRound, knowledge, member, memberIds, must, readyToSubmit, reportFacts, sheet } from './support.ts'

const h = (digit: string): string => digit.repeat(64)
const figures = '{"engine":"e","figures":{},"format":"luong-gia-figures/1"}'
const packText = '{"pack":1}'
const payload = (role: string, text: string) => ({ role, name: role, mime: 'application/json', size: text.length, sha256: sha256Hex(utf8(text)) })

/** A seal command that fits the state; the package itself is tested in the seal room. */
const sealOf = (state: DossierState, over: Record<string, unknown> = {}): Extract<Command, { type: 'phase.seal' }> => {
  const sealedAt = '2026-11-21T03:00:00.000Z'
  const payloads = [payload('figures', figures), payload('pack', packText), payload('dossier', '{}')].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
  const manifest = canonical({ format: 'luong-gia-dossier/1', dossier: state.id, kind: state.kind, title: state.profile.title, supersedes: null, sealedAt, sealedBy: 'A', program: 'p', device: h('d'), payloads, ...over })
  return { type: 'phase.seal', seal: sha256Hex(utf8(manifest)), manifest, texts: { [sha256Hex(utf8(figures))]: figures, [sha256Hex(utf8(packText))]: packText }, jws: 'a..b', sealedAt }
}
const sign: Command = { type: 'phase.sign', report: { sha256: h('a'), size: 1, crc32: 1, leaves: [h('a')], jws: 'a.b.c', signer: 'A', signedAt: '2026-11-21T03:10:00.000Z' } }
const queue: Command = { type: 'phase.queue', packageSha256: h('b') }
const receive: Command = { type: 'phase.receive', receipt: 'a.b.c', receivedAt: '2026-11-21T03:20:00.000Z' }
const refuse: Command = { type: 'phase.refuse', code: 'unknown-device', text: 'Thiết bị lạ' }

/** A dossier brought to a phase by its own arrows. */
const to: Readonly<Record<DossierPhase, () => Desk>> = {
  draft: () => readyToSubmit(),
  discarded: () => readyToSubmit().do({ type: 'phase.discard' }),
  inReview: () => inRound().do(...memberIds.map((id) => card(id)), { type: 'council.closeRound' }, { type: 'council.describe', patch: { minutes: 'Biên bản.' } }, { type: 'council.adopt' }),
  approved,
  sealed: () => {
    const desk = approved()
    return desk.do(sealOf(desk.now))
  },
  signed: () => to.sealed().do(sign),
  queued: () => to.signed().do(queue),
  received: () => to.queued().do(receive),
  refused: () => to.queued().do(refuse),
}

const arrowCommand = (type: keyof typeof arrows, state: DossierState): Command => {
  switch (type) {
    case 'phase.return': return { type, reason: 'Bổ sung số liệu' }
    case 'phase.seal': return sealOf(state)
    case 'phase.sign': return sign
    case 'phase.queue': return queue
    case 'phase.receive': return receive
    case 'phase.refuse': return refuse
    default: return { type }
  }
}

const expected: Readonly<Record<DossierPhase, Readonly<Partial<Record<keyof typeof arrows, DossierPhase>>>>> = {
  draft: { 'phase.discard': 'discarded', 'phase.submit': 'inReview' },
  discarded: { 'phase.restore': 'draft' },
  inReview: { 'phase.return': 'draft', 'phase.approve': 'approved' },
  approved: { 'phase.return': 'draft', 'phase.seal': 'sealed' },
  sealed: { 'phase.sign': 'signed' },
  signed: { 'phase.queue': 'queued' },
  queued: { 'phase.receive': 'received', 'phase.refuse': 'refused' },
  received: {},
  refused: { 'phase.queue': 'queued' },
}
const types = Object.keys(arrows) as (keyof typeof arrows)[] // the table's own keys
const grid = dossierPhases.flatMap((phase) => types.map((type) => ({ phase, type, target: expected[phase][type] })))

describe('arrows', () => {
  it.each(grid.filter(({ target }) => target !== undefined))('$phase —$type→ $target', ({ phase, type, target }) => {
    const desk = to[phase]()
    expect(desk.now.phase).toBe(phase)
    desk.do(arrowCommand(type, desk.now))
    expect(desk.now.phase).toBe(target)
    expect(must(replay(desk.log))).toEqual(desk.state)
  })

  it.each(grid.filter(({ target }) => target === undefined))('no arrow $type from $phase', ({ phase, type }) => {
    const desk = to[phase]()
    const { length } = desk.log
    expect(desk.try(arrowCommand(type, desk.now))).toBe('phase-forbids')
    expect(desk.log).toHaveLength(length)
  })

  it('the fault names the phase in both languages', () => {
    const desk = to.sealed()
    expect(decide(desk.state, command.parse({ type: 'phase.submit' }), desk.context())).toEqual({ ok: false, fault: { code: 'phase-forbids', details: { phaseVi: 'Đã niêm phong', phaseEn: 'Sealed' } } })
    expect(Object.keys(phaseNames).sort()).toEqual([...dossierPhases].sort())
  })

  it('every phase has a next step', () => {
    const steps = Object.fromEntries(dossierPhases.map((phase) => {
      const step = nextStep(to[phase]().now, knowledge)
      return [phase, step.kind === 'command' ? step.command : step.kind]
    }))
    expect(steps).toEqual({
      draft: 'phase.submit', discarded: 'phase.restore', inReview: 'phase.approve', approved: 'phase.seal', sealed: 'phase.sign', signed: 'phase.queue', queued: 'wait', received: 'done', refused: 'phase.queue',
    })
  })
})

const content: readonly Command[] = [
  { type: 'profile.set', patch: { summary: 'Khác' } }, evidence('e9'), { type: 'evidence.describe', id: 'e1', patch: { note: 'x' } }, { type: 'evidence.remove', id: 'e1' },
  { type: 'checklist.usePack', pack: defined(readyToSubmit().now.checklist).pack }, { type: 'checklist.answer', question: 'trl-1-1', answer: { value: true, evidence: [], note: 'x', confidence: null } },
  { type: 'checklist.clear', question: 'trl-1-1' }, { type: 'checklist.waive', item: 'trl-3', waiver: { reason: 'x', by: 'y', date: '2026-01-01' } },
  { type: 'checklist.drop', list: 'other' }, { type: 'checklist.answerMany', answers: {} }, { type: 'checklist.setReference', reference: 'r', choice: null },
  { type: 'checklist.setAssessor', id: 'a1', name: 'Nguyễn Văn An', done: false }, { type: 'checklist.removeAssessor', id: 'a1' }, { type: 'checklist.weigh', node: 'root', weights: null },
  { type: 'checklist.setCalendar', calendar: null }, { type: 'checklist.compare', earlier: null }, { type: 'council.rule', gap: 'g', ruling: null }, { type: 'consent.set', consent: null },
  sheet('s9'), { type: 'valuation.removeSheet', id: 's1' }, { type: 'valuation.describeSheet', id: 's1', patch: { why: 'x' } }, { type: 'valuation.setInput', sheet: 's1', key: 'factor', datum: datum(9) },
  { type: 'valuation.setInputs', sheet: 's1', data: { factor: datum(9), extra: null } }, { type: 'valuation.setRisk', id: 'r9', entry: { risk: 'market', place: 'flow', sheet: 's1', how: 'x', reason: '' } },
  { type: 'valuation.setUncertainty', sheet: 's1', uncertainty: null },
  { type: 'valuation.setSupport', id: 'p1', support: { method: 'wacc/1', title: 'WACC' } }, { type: 'valuation.setSupportInput', support: 'p1', key: 'equity', datum: datum(60) },
  { type: 'valuation.setSupportInputs', support: 'p1', data: { equity: datum(60), debt: null } }, { type: 'valuation.applySupport', id: 'p1', sheet: 's1', key: 'factor', language: 'vi' }, { type: 'valuation.keepInput', id: 'p1', reason: 'x' },
  { type: 'valuation.narrate', narrative: 'x' }, { type: 'valuation.conclude', conclusion: { value: 1, low: null, high: null, rounding: 0, reason: 'x' } },
  member('m9', 'member'), { type: 'council.removeMember', id: 'm1' }, { type: 'council.declare', member: 'm1', conflict: true, text: '' }, { type: 'council.describe', patch: { place: 'Huế' } },
  { type: 'council.useRule', rule: defined(readyToSubmit().now.checklist).pack },
  { type: 'council.openRound' }, card('m1'), { type: 'council.closeRound' }, { type: 'council.adopt' }, reportFacts, { type: 'undo' }, { type: 'redo' },
]
const reviewOnly: readonly CommandType[] = ['council.rule', 'council.openRound', 'council.score', 'council.closeRound', 'council.adopt']

describe('content', () => {
  it('covers every command', () => {
    const covered = new Set<string>([...content.map(({ type }) => type), ...types, 'dossier.create'])
    expect(command.options.map((option) => option.shape.type.value).filter((type) => !covered.has(type))).toEqual([])
  })

  const allowedIn = (type: CommandType): readonly DossierPhase[] => {
    if (reviewOnly.includes(type)) return ['inReview']
    if (type.startsWith('council.')) return ['draft', 'inReview']
    if (type === 'report.set' || type === 'consent.set' || type === 'undo' || type === 'redo') return ['draft', 'inReview', 'approved']
    return ['draft']
  }
  it.each(dossierPhases)('in %s only what belongs there', (phase) => {
    const desk = to[phase]()
    for (const input of content) {
      const result = decide(desk.state, command.parse(input), desk.context())
      const forbidden = !result.ok && result.fault.code === 'phase-forbids'
      expect([input.type, forbidden]).toEqual([input.type, !allowedIn(input.type).includes(phase)])
      expect(isPermitted(input.type, phase)).toBe(!forbidden)
    }
  })

  it('belongs to no dossier before it is created, and a dossier is created once', () => {
    const desk = new Desk()
    expect(desk.try(fullProfile)).toBe('dossier-not-created')
    desk.do(create())
    expect(desk.try(create())).toBe('dossier-exists')
  })
})

describe('conditions of the arrows', () => {
  it('submit needs a whole dossier and says what is missing first', () => {
    const desk = new Desk().do(create())
    const result = decide(desk.state, command.parse({ type: 'phase.submit' }), desk.context())
    expect(result).toMatchObject({ ok: false, fault: { code: 'dossier-incomplete', details: { vi: 'Mô tả công nghệ', en: 'Describe the technology' } } })
    expect(new Desk().do(create(), fullProfile, evidence('e1')).try({ type: 'phase.submit' })).toBe('dossier-incomplete')
  })

  it('return needs a reason, keeps it in the log, and takes the council’s work back', () => {
    const desk = to.inReview()
    expect(desk.try({ type: 'phase.return', reason: '  ' })).toBe('return-reason-missing')
    desk.do({ type: 'phase.return', reason: 'Bổ sung số liệu' })
    expect(desk.log.at(-1)?.body.note).toBe('Bổ sung số liệu')
    expect(desk.now.council).toMatchObject({ round: 'none', cards: {}, adopted: null, minutes: 'Biên bản.' })
    expect(Object.keys(desk.now.council.members)).toHaveLength(7)
  })

  it('approval needs adoption', () => {
    expect(inRound().try({ type: 'phase.approve' })).toBe('council-not-adopted')
    const rejected = inRound().do(...memberIds.map((id) => card(id, 'against')), { type: 'council.closeRound' }, { type: 'council.adopt' })
    expect(rejected.now.council.adopted?.outcome).toBe('rejected')
    expect(rejected.try({ type: 'phase.approve' })).toBe('council-not-adopted')
    expect(nextStep(rejected.now, knowledge)).toMatchObject({ kind: 'command', command: 'phase.return' })
    const withoutMinutes = inRound().do(...memberIds.map((id) => card(id)), { type: 'council.closeRound' }, { type: 'council.adopt' })
    expect(withoutMinutes.try({ type: 'phase.approve' })).toBe('dossier-incomplete')
  })

  it('sealing needs the report’s facts and a seal that fits', () => {
    const bare = to.inReview().do({ type: 'phase.approve' })
    expect(bare.try(sealOf(bare.now))).toBe('dossier-incomplete')
    const desk = approved()
    const good = sealOf(desk.now)
    const bad: Command[] = [
      { ...good, seal: h('0') }, { ...good, sealedAt: '2026-11-21T03:00:01.000Z' }, { ...good, manifest: `${good.manifest} `, seal: sha256Hex(utf8(`${good.manifest} `)) },
      sealOf(desk.now, { dossier: '00000000-0000-0000-0000-000000000000' }), { ...good, texts: {} }, { ...good, texts: { ...good.texts, [h('c')]: 'x' } },
      { ...good, texts: Object.fromEntries(Object.keys(good.texts).map((hash) => [hash, 'khác'])) },
    ]
    expect(bad.map((input) => desk.try(input))).toEqual(bad.map(() => 'seal-mismatch'))
    desk.do(good)
    expect(desk.now.delivery).toMatchObject({ seal: good.seal, manifest: good.manifest, texts: good.texts, jws: 'a..b' })
  })

  it('a refused dossier may be sent again, and the refusal is then gone', () => {
    const desk = to.refused()
    expect(desk.now.delivery.refusal).toMatchObject({ code: 'unknown-device', text: 'Thiết bị lạ' })
    desk.do(queue, receive)
    expect(desk.now.delivery).toMatchObject({ refusal: null, receipt: 'a.b.c' })
  })

  it('nothing can be undone once sealed', () => {
    for (const phase of ['sealed', 'signed', 'queued', 'received', 'refused'] as const) expect(to[phase]().try({ type: 'undo' })).toBe('phase-forbids')
  })
})
