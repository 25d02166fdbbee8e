import { describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/dossier/commands.ts'
import { apply, link, replay } from '../../../shared/dossier/log.ts'
import { staysInScope } from '../../../shared/dossier/scopes.ts'
import type { ChangeBody } from '../../../shared/schema/change.ts'
import type { RiskLedgerEntry } from '../../../shared/schema/dossier.ts'
import { Desk, create, datum, defined, dossierId, evidence, fullProfile, instant, must, sheet } from './support.ts'

const desk = (): Desk => new Desk().do(create(), fullProfile, evidence('e1'), sheet('s1'), sheet('s2'))
type Data = Extract<Command, { type: 'valuation.setInputs' }>['data']
const set = (data: Data, id = 's1'): Command => ({ type: 'valuation.setInputs', sheet: id, data })
const risk = (over: Partial<RiskLedgerEntry> = {}): RiskLedgerEntry => ({ risk: 'technical', place: 'probability', sheet: 's1', how: 'Xác suất từng giai đoạn', reason: '', ...over })
const valuesOf = (now: Desk): unknown => Object.fromEntries(Object.entries(now.now.valuation.sheets['s1']?.inputs ?? {}).map(([key, { value }]) => [key, value]))

describe('several inputs in one step', () => {
  it('is one line of the log, taken back and made again as a whole', () => {
    const now = desk()
    const before = valuesOf(now)
    const lines = now.log.length
    now.do(set({ flows: datum([4, 5]), factor: datum(7), mode: null, extra: datum('yes'), bonus: datum(2) }))
    expect(now.log).toHaveLength(lines + 1)
    expect(now.log.at(-1)?.body).toMatchObject({ kind: 'valuation.setInputs', subject: 's1' })
    expect(valuesOf(now)).toEqual({ flows: [4, 5], factor: 7, extra: 'yes', bonus: 2 })
    now.do({ type: 'undo' })
    expect(valuesOf(now)).toEqual(before)
    now.do({ type: 'redo' })
    expect(valuesOf(now)).toEqual({ flows: [4, 5], factor: 7, extra: 'yes', bonus: 2 })
    expect(must(replay(now.log))).toEqual(now.state)
  })

  it('is refused as a whole when one input does not fit', () => {
    const now = desk()
    const lines = now.log.length
    expect(now.try(set({ factor: datum(7), mode: datum('never') }))).toBe('sheet-input-does-not-fit')
    expect(now.try(set({ factor: datum(7), colour: datum(1) }))).toBe('sheet-input-unknown')
    expect(now.try(set({ factor: datum(7), flows: datum([1], { evidence: ['none'] }) }))).toBe('evidence-unknown')
    expect(now.try(set({ factor: datum(7) }, 'none'))).toBe('sheet-unknown')
    expect(now.log).toHaveLength(lines)
  })

  it('records nothing when everything is as it was, and clears what is not there without a trace', () => {
    const now = desk()
    const lines = now.log.length
    now.do(set({ factor: datum(2), bonus: null }), set({}))
    expect(now.log).toHaveLength(lines)
  })

  it('touches the inputs of its sheet and nothing else', () => {
    const body = (path: string[], subject = 's1'): ChangeBody => ({ kind: 'valuation.setInputs', subject, ops: [{ path, to: 1 }] })
    expect(staysInScope(body(['valuation', 'sheets', 's1', 'inputs', 'factor']))).toBe(true)
    expect(staysInScope(body(['valuation', 'sheets', 's1', 'inputs', 'factor', 'value']))).toBe(true)
    expect(staysInScope(body(['valuation', 'sheets', 's2', 'inputs', 'factor', 'value']))).toBe(false)
    expect(staysInScope(body(['valuation', 'sheets', 's1', 'weight']))).toBe(false)
    expect(staysInScope(body(['valuation', 'conclusion', 'value']))).toBe(false)
  })

  it('refuses a foreign log whose step leaves its sheet', () => {
    const now = desk()
    const line = link(defined(now.log.at(-1)), { kind: 'valuation.setInputs', subject: 's1', ops: [{ path: ['valuation', 'sheets', 's2', 'inputs', 'factor', 'value'], from: 2, to: 9 }] }, { dossier: dossierId, at: instant(99), author: 'x' })
    expect(must(apply(now.state, line.body)).valuation.sheets['s2']?.inputs['factor']?.value).toBe(9)
    expect(replay([...now.log, line])).toMatchObject({ ok: false, fault: { code: 'change-not-allowed' } })
  })
})

describe('the risk ledger of a dossier', () => {
  it('takes entries in, changes them and lets them go, each step undone by one', () => {
    const now = desk().do({ type: 'valuation.setRisk', id: 'r1', entry: risk() }, { type: 'valuation.setRisk', id: 'r2', entry: risk({ sheet: '', place: 'rate' }) })
    expect(now.now.valuation.risks).toEqual({ r1: risk(), r2: risk({ sheet: '', place: 'rate' }) })
    now.do({ type: 'valuation.setRisk', id: 'r1', entry: risk({ reason: 'Có lý do' }) }, { type: 'undo' })
    expect(now.now.valuation.risks?.['r1']?.reason).toBe('')
    now.do({ type: 'valuation.setRisk', id: 'r1', entry: null })
    expect(now.now.valuation.risks).toEqual({ r2: risk({ sheet: '', place: 'rate' }) })
    now.do({ type: 'undo' }, { type: 'undo' }, { type: 'undo' })
    expect(now.now.valuation).not.toHaveProperty('risks')
    expect(must(replay(now.log))).toEqual(now.state)
  })

  it('knows the sheets of the dossier, and stays within its own entry', () => {
    expect(desk().try({ type: 'valuation.setRisk', id: 'r1', entry: risk({ sheet: 'none' }) })).toBe('sheet-unknown')
    const body = (path: string[], to: ChangeBody['ops'][number]['to']): ChangeBody => ({ kind: 'valuation.setRisk', subject: 'r1', ops: [{ path, ...(to === undefined ? {} : { to }) }] })
    expect(staysInScope(body(['valuation', 'risks', 'r1'], {}))).toBe(true)
    expect(staysInScope(body(['valuation', 'risks'], { r1: {} }))).toBe(true)
    expect(staysInScope(body(['valuation', 'risks'], { r1: {}, r2: {} }))).toBe(false)
    expect(staysInScope(body(['valuation', 'risks', 'r2'], {}))).toBe(false)
    expect(staysInScope(body(['valuation', 'sheets', 'r1'], {}))).toBe(false)
  })
})
