import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '../../../shared/kernel/canonical.ts'
import { decide } from '../../../shared/dossier/decide.ts'
import { command } from '../../../shared/dossier/commands.ts'
import type { Command } from '../../../shared/dossier/commands.ts'
import { apply, invert, link, redoable, replay, undoable, verifyLog } from '../../../shared/dossier/log.ts'
import { applyOps, diff, invertOps } from '../../../shared/dossier/ops.ts'
import type { Change, Json } from '../../../shared/schema/change.ts'
import { Desk, answerLevel, approved, card, create, datum, defined, dossierId, evidence, fullProfile, inRound, instant, must, readyToSubmit, sheet } from './support.ts'

const title = (text: string): Command => ({ type: 'profile.set', patch: { title: text } })
describe('steps', () => {
  const plainJson = fc.jsonValue({ maxDepth: 4 }).map((value): Json => JSON.parse(JSON.stringify(value)) as Json) // fast-check types JSON as unknown
  it('lead from any object to any other and back', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), plainJson), fc.dictionary(fc.string(), plainJson), (before, after) => {
      fc.pre(!Object.keys(before).includes('__proto__') && !canonical({ before, after }).includes('__proto__'))
      const ops = diff(before, after)
      expect(must(applyOps(before, ops))).toEqual(after)
      expect(must(applyOps(after, invertOps(ops)))).toEqual(before)
    }), { numRuns: 1000 })
  })
  it('find the value they start from, or are refused', () => {
    const value = { a: { b: 1, c: [1, 2] }, d: null }
    for (const op of [
      { path: ['a', 'b'], from: 2, to: 3 }, { path: ['a', 'b'], to: 3 }, { path: ['a', 'x'], from: 1, to: 2 }, { path: ['a', 'x', 'y'], to: 1 },
      { path: ['a', 'c', '0'], from: 1, to: 2 }, { path: ['d', 'e'], to: 1 }, { path: ['__proto__'], to: {} }, { path: ['__proto__', 'polluted'], to: 1 }, { path: ['a', 'b', 'c'], to: 1 },
    ]) expect(applyOps(value, [op])).toEqual({ ok: false, fault: { code: 'change-does-not-fit' } })
    expect(must(applyOps(value, [{ path: ['d'], from: null, to: 1 }, { path: ['a', 'c'], from: [1, 2] }]))).toEqual({ a: { b: 1 }, d: 1 })
    expect('polluted' in {}).toBe(false)
  })
  it('never record minus zero', () => {
    expect(Object.is(diff({}, { a: -0, b: [-0] })[0]?.to, 0)).toBe(true)
    expect(diff({ a: 0 }, { a: -0 })).toEqual([])
  })
})

describe('log', () => {
  it('links each line by the hash of its canonical bytes without the hash', () => {
    const { log } = new Desk().do(create(), title('Công nghệ A'))
    const [first, second] = [defined(log[0]), defined(log[1])]
    expect(first).toMatchObject({ v: 1, dossier: dossierId, seq: 1, prev: '0'.repeat(64), author: 'Trần Thị Bình' })
    expect(second.prev).toBe(first.hash)
    const { hash, ...rest } = second
    expect(hash).toBe(createHash('sha256').update(canonical(rest)).digest('hex'))
    expect(second.body).toEqual({ kind: 'profile.set', subject: '', ops: [{ path: ['profile', 'title'], from: 'Công nghệ sấy lạnh', to: 'Công nghệ A' }] })
  })

  it('replays to the same state that the commands built', () => {
    const desk = approved()
    expect(must(replay(desk.log))).toEqual(desk.state)
    expect(verifyLog(desk.log).ok).toBe(true)
    expect(verifyLog(structuredClone(desk.log)).ok).toBe(true)
  })

  it('refuses every tampering with the chain, naming the line', () => {
    const log = new Desk().do(create(), title('A'), title('B'), title('C')).log
    const broken = (tampered: readonly Change[]) => {
      const result = verifyLog(tampered)
      return result.ok ? null : result.fault.details?.['seq']
    }
    const at = (index: number, over: Partial<Change>): Change[] => log.map((change, i) => (i === index ? { ...change, ...over } : change))
    const third = defined(log[2])
    expect(broken(log)).toBeNull()
    expect(broken(log.toSpliced(1, 1))).toBe(2)
    expect(broken(log.toSpliced(1, 0, third))).toBe(2)
    expect(broken(log.toReversed())).toBe(1)
    expect(broken(at(2, { author: 'Người khác' }))).toBe(3)
    expect(broken(at(2, { at: instant(59) }))).toBe(3)
    expect(broken(at(2, { seq: 4 }))).toBe(3)
    expect(broken(at(2, { hash: 'f'.repeat(64) }))).toBe(3)
    expect(broken(at(2, { prev: '0'.repeat(64) }))).toBe(3)
    expect(broken(at(1, { body: { ...defined(log[1]).body, subject: 'x' } }))).toBe(2)
    expect(broken(at(0, { dossier: '00000000-0000-0000-0000-000000000000' }))).toBe(1)
    expect(broken(log.slice(1))).toBe(1)
    const foreign = link(defined(log[1]), third.body, { ...third, dossier: '00000000-0000-0000-0000-000000000000' })
    expect(broken([...log.slice(0, 2), foreign])).toBe(3)
    const twice = link(third, defined(log[0]).body, third)
    expect(broken([...log.slice(0, 3), twice])).toBe(4)
  })

  it('is refused when a well-linked line does what no command could do', () => {
    const desk = inRound().do(card('m1'), card('m2', 'against'))
    const fault = (body: Change['body'], log: readonly Change[] = desk.log) => {
      const result = replay([...log, link(log.at(-1) ?? null, body, { dossier: dossierId, at: instant(1), author: 'x' })])
      return result.ok ? null : result.fault.code
    }
    const cards = desk.now.council.cards
    const draft = readyToSubmit().log
    expect(fault({ kind: 'council.describe', subject: '', ops: [{ path: ['council', 'place'], from: 'Hà Nội', to: 'Huế' }] })).toBeNull()
    // a scorecard altered under the name of something harmless, or handed in again
    expect(fault({ kind: 'council.describe', subject: '', ops: [{ path: ['council', 'cards', 'm2', 'vote'], from: 'against', to: 'for' }] })).toBe('change-not-allowed')
    expect(fault({ kind: 'council.score', subject: 'm2', ops: [{ path: ['council', 'cards', 'm2', 'vote'], from: 'against', to: 'for' }] })).toBe('change-not-allowed')
    expect(fault({ kind: 'council.score', subject: 'm3', ops: [{ path: ['council', 'cards', 'm1'], from: cards['m1'] ?? null }] })).toBe('change-not-allowed')
    // content touched in review, or a phase jumped, or the wrong arrow
    expect(fault({ kind: 'profile.set', subject: '', ops: [{ path: ['profile', 'title'], from: 'Công nghệ sấy lạnh', to: 'Khác' }] })).toBe('change-not-allowed')
    expect(fault({ kind: 'phase.seal', subject: '', ops: [{ path: ['phase'], from: 'inReview', to: 'sealed' }] })).toBe('change-not-allowed')
    expect(fault({ kind: 'phase.approve', subject: '', ops: [{ path: ['phase'], from: 'inReview', to: 'sealed' }] })).toBe('change-not-allowed')
    expect(fault({ kind: 'phase.approve', subject: '', ops: [] })).toBe('change-not-allowed')
    expect(fault({ kind: 'profile.set', subject: '', ops: [{ path: ['phase'], from: 'draft', to: 'approved' }] }, draft)).toBe('change-not-allowed')
    expect(fault({ kind: 'evidence.describe', subject: 'e2', ops: [{ path: ['evidence', 'e1', 'title'], from: 'Chứng cứ e1', to: 'x' }] }, draft)).toBe('change-not-allowed')
    expect(fault({ kind: 'dossier.create', subject: '', ops: [] }, draft)).toBe('log-broken')
    expect(fault({ kind: 'unknown.thing', subject: '', ops: [] }, draft)).toBe('change-not-allowed')
    expect(fault({ kind: 'profile.set', subject: '', of: 1, ops: [] }, draft)).toBe('change-not-allowed')
    // an undo that is none
    const last = defined(draft.at(-1))
    expect(fault({ kind: 'undo', subject: '', of: last.seq, ops: invertOps(last.body.ops) }, draft)).toBeNull()
    expect(fault({ kind: 'undo', subject: '', of: last.seq - 1, ops: invertOps(last.body.ops) }, draft)).toBe('change-not-allowed')
    expect(fault({ kind: 'undo', subject: '', of: last.seq, ops: [{ path: ['council', 'minutes'], from: '', to: 'x' }] }, draft)).toBe('change-not-allowed')
    expect(fault({ kind: 'redo', subject: '', of: last.seq, ops: last.body.ops }, draft)).toBe('change-not-allowed')
    // steps that do not fit, and a state outside the schema
    expect(fault({ kind: 'profile.set', subject: '', ops: [{ path: ['profile', 'title'], from: 'sai', to: 'x' }] }, draft)).toBe('change-does-not-fit')
    expect(fault({ kind: 'profile.set', subject: '', ops: [{ path: ['profile', 'hobby'], to: 'x' }] }, draft)).toBe('change-does-not-fit')
    expect(fault({ kind: 'profile.set', subject: '', ops: [{ path: ['profile', 'field'], from: 'Công nghệ thực phẩm', to: 'e\u0301' }] }, draft)).toBe('change-does-not-fit')
  })

  it('applies only to the state it was made on', () => {
    const desk = new Desk().do(create(), title('A'))
    const body = defined(desk.log[1]).body
    expect(apply(desk.state, body)).toEqual({ ok: false, fault: { code: 'change-does-not-fit' } })
    expect(must(apply(desk.state, invert(body))).profile.title).toBe('Công nghệ sấy lạnh')
    expect(apply(null, body).ok).toBe(false)
  })
})

describe('undo and redo', () => {
  it('take back and make again, last first, as new changes', () => {
    const desk = new Desk().do(create(), title('A'), title('B'))
    expect(undoable(desk.log)?.seq).toBe(3)
    expect(redoable(desk.log)).toBeNull()
    desk.do({ type: 'undo' })
    expect(desk.now.profile.title).toBe('A')
    expect(desk.log.at(-1)?.body).toMatchObject({ kind: 'undo', of: 3 })
    expect([undoable(desk.log)?.seq, redoable(desk.log)?.seq]).toEqual([2, 3])
    desk.do({ type: 'undo' })
    expect(desk.now.profile.title).toBe('Công nghệ sấy lạnh')
    expect([undoable(desk.log), redoable(desk.log)?.seq]).toEqual([null, 2])
    expect(desk.try({ type: 'undo' })).toBe('nothing-to-undo')
    desk.do({ type: 'redo' }, { type: 'redo' })
    expect(desk.now.profile.title).toBe('B')
    expect(desk.try({ type: 'redo' })).toBe('nothing-to-redo')
    desk.do({ type: 'undo' }, title('C'))
    expect(desk.try({ type: 'redo' })).toBe('nothing-to-redo')
    desk.do({ type: 'undo' })
    expect(desk.now.profile.title).toBe('A')
    expect(must(replay(desk.log))).toEqual(desk.state)
  })

  it('stop at phase changes and at what others declared, scored or decided', () => {
    const desk = readyToSubmit()
    expect(undoable(desk.log)).not.toBeNull()
    desk.do({ type: 'phase.submit' })
    expect(desk.try({ type: 'undo' })).toBe('nothing-to-undo')
    const inReview = inRound()
    expect(inReview.try({ type: 'undo' })).toBe('nothing-to-undo')
    inReview.do(card('m1'))
    expect(inReview.try({ type: 'undo' })).toBe('nothing-to-undo')
    inReview.do({ type: 'council.describe', patch: { minutes: 'Nháp' } }, { type: 'undo' })
    expect(inReview.now.council.minutes).toBe('')
    const sealedLater = approved()
    sealedLater.do({ type: 'undo' })
    expect(sealedLater.now.report.number).toBe('')
    sealedLater.do({ type: 'redo' })
    expect(sealedLater.now.report.number).toBe('05/BC-TĐG')
    sealedLater.do({ type: 'phase.return', reason: 'Bổ sung số liệu' })
    expect(sealedLater.try({ type: 'undo' })).toBe('nothing-to-undo')
  })

  const ordinary: fc.Arbitrary<Command> = fc.oneof(
    fc.string({ maxLength: 5 }).map(title),
    fc.constantFrom(...answerLevel(1, 3, true, []), ...answerLevel(1, 2, false, [])),
    fc.constantFrom(evidence('e1'), evidence('e2')),
    fc.constant<Command>({ type: 'evidence.remove', id: 'e1' }),
    fc.constant(sheet('s1')),
    fc.integer({ min: 0, max: 9 }).map((value): Command => ({ type: 'valuation.setInput', sheet: 's1', key: 'factor', datum: datum(value) })),
    fc.constant<Command>({ type: 'valuation.removeSheet', id: 's1' }),
    fc.constant(fullProfile),
  )
  it('any undoing and redoing leaves a log that replays, and undoing everything gives the start', () => {
    fc.assert(fc.property(fc.array(fc.oneof(ordinary, fc.constantFrom<Command>({ type: 'undo' }, { type: 'redo' })), { maxLength: 25 }), (commands) => {
      const desk = new Desk().do(create())
      const start = desk.state
      for (const step of commands) desk.try(step)
      expect(must(replay(desk.log))).toEqual(desk.state)
      while (desk.try({ type: 'undo' }) === null);
      expect(desk.state).toEqual(start)
      expect(must(replay(desk.log))).toEqual(start)
    }), { numRuns: 150 })
  })
})

describe('decide', () => {
  it('is pure: the same state, command and context give the same change', () => {
    const desk = readyToSubmit()
    const frozen = structuredClone(desk.state)
    const parsed = command.parse(title('Lần nữa'))
    expect(decide(desk.state, parsed, desk.context())).toEqual(decide(desk.state, parsed, desk.context()))
    expect(desk.state).toEqual(frozen)
  })
  it('records nothing when nothing changes', () => {
    const desk = readyToSubmit()
    const { length } = desk.log
    desk.do(title('Công nghệ sấy lạnh'), evidenceAgain)
    expect(desk.log).toHaveLength(length)
  })
  const evidenceAgain: Command = { type: 'evidence.describe', id: 'e1', patch: { title: 'Chứng cứ e1' } }
})
