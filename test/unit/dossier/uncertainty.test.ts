import { describe, expect, it } from 'vitest'
import type { Command } from '../../../shared/dossier/commands.ts'
import { command } from '../../../shared/dossier/commands.ts'
import { replay } from '../../../shared/dossier/log.ts'
import type { Uncertainty } from '../../../shared/schema/dossier.ts'
import { emptyUncertainInput } from '../../../shared/valuation/uncertainty/distribution-of.ts'
import { Desk, create, evidence, fullProfile, must, sheet } from './support.ts'

const settings = (over: Partial<Uncertainty> = {}): Uncertainty => ({
  inputs: { factor: { ...emptyUncertainInput('uniform'), min: 1, max: 3 }, flows: emptyUncertainInput('pert') },
  correlations: [{ a: 'factor', b: 'flows', rank: 0.4 }], impossible: 'refuse', trials: 10_000, seed: '2026', threshold: null, twoWay: null, breakEven: null, ...over,
})
const set = (uncertainty: Uncertainty | null, id = 's1'): Command => ({ type: 'valuation.setUncertainty', sheet: id, uncertainty })
const desk = (): Desk => new Desk().do(create(), fullProfile, evidence('e1'), sheet('s1'))

describe('the analysis of uncertainty of a sheet', () => {
  it('is part of the dossier, replays, and is taken back and made again', () => {
    const now = desk().do(set(settings()))
    expect(now.now.valuation.sheets['s1']?.uncertainty).toEqual(settings())
    expect(must(replay(now.log)).valuation.sheets['s1']?.uncertainty).toEqual(settings())
    expect(now.log.at(-1)?.body).toMatchObject({ kind: 'valuation.setUncertainty', subject: 's1' })
    now.do({ type: 'undo' })
    expect(now.now.valuation.sheets['s1']).not.toHaveProperty('uncertainty')
    now.do({ type: 'redo' }, set(settings({ trials: 50_000 })), { type: 'undo' })
    expect(now.now.valuation.sheets['s1']?.uncertainty?.trials).toBe(10_000)
    expect(must(replay(now.log))).toEqual(now.state)
  })

  it('can be given up, and a dossier without it is the same as before it existed', () => {
    const before = desk()
    const after = desk().do(set(settings()), set(null))
    expect(after.now.valuation).toEqual(before.now.valuation)
    expect(after.now.valuation.sheets['s1']).not.toHaveProperty('uncertainty')
  })

  it('survives changes of inputs, names and weights', () => {
    const now = desk().do(set(settings()), { type: 'valuation.describeSheet', id: 's1', patch: { title: 'Khác' } }, { type: 'valuation.setInput', sheet: 's1', key: 'factor', datum: null })
    expect(now.now.valuation.sheets['s1']?.uncertainty).toEqual(settings())
  })

  it('comes with a whole sheet too, checked the same way', () => {
    expect(desk().try(sheet('s2', { uncertainty: settings() }))).toBeNull()
    expect(desk().try(sheet('s2', { uncertainty: settings({ twoWay: { rows: 'factor', columns: 'factor', share: 0.2 } }) }))).toBe('uncertainty-does-not-fit')
  })

  it('names only inputs of the method that can be moved, in pairs that make sense', () => {
    const fault = (over: Partial<Uncertainty>): unknown => desk().try(set(settings(over)))
    expect(fault({ inputs: { other: emptyUncertainInput('normal') }, correlations: [] })).toBe('sheet-input-unknown')
    expect(fault({ inputs: { mode: emptyUncertainInput('normal') }, correlations: [] })).toBe('sheet-input-unknown')
    expect(fault({ breakEven: { input: 'extra', target: 1, low: null, high: null } })).toBe('sheet-input-unknown')
    expect(fault({ twoWay: { rows: 'factor', columns: 'flows', share: 0.2 } })).toBeNull()
    for (const correlations of [[{ a: 'factor', b: 'factor', rank: 1 }], [{ a: 'factor', b: 'bonus', rank: 0.1 }], [{ a: 'factor', b: 'flows', rank: 0.1 }, { a: 'flows', b: 'factor', rank: 0.2 }]])
      expect(fault({ correlations })).toBe('uncertainty-does-not-fit')
    expect(desk().try(set(settings(), 'none'))).toBe('sheet-unknown')
  })

  it('keeps trials and seed inside what can be run', () => {
    const ok = (over: Partial<Uncertainty>): boolean => command.safeParse(set(settings(over))).success
    expect([ok({ trials: 99 }), ok({ trials: 1_000_001 }), ok({ trials: 1.5 }), ok({ seed: '' }), ok({ seed: '-1' }), ok({ correlations: [{ a: 'factor', b: 'flows', rank: 1.1 }] })]).toEqual([false, false, false, false, false, false])
    expect([ok({ trials: 100 }), ok({ trials: 1_000_000 }), ok({ seed: '18446744073709551615' })]).toEqual([true, true, true])
  })
})
