import { describe, expect, it } from 'vitest'
import { clocksOf } from '../../../shared/checklist/clocks.ts'
import { checklistResult } from '../../../shared/checklist/result.ts'
import { isChecklistPack, packRef } from '../../../shared/rulepack/load.ts'
import type { Answer, Checklist } from '../../../shared/schema/dossier.ts'
import { defined, shelf } from '../dossier/support.ts'

const loaded = defined(shelf.all.filter(isChecklistPack).find(({ pack }) => pack.id === 'project-policy'))
const { pack } = loaded
// 2026-11-02 is a Monday; the year has one holiday in the weeks looked at.
const calendar = { source: 'thử', years: { from: 2026, to: 2026 }, holidays: ['2026-11-11'], worked: [] }
const given = (values: Record<string, Answer['value']>, with_: Partial<Checklist> = { calendar }): Checklist =>
  ({ pack: packRef(loaded), waivers: {}, answers: Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, evidence: [], note: '', confidence: null }])), ...with_ })
const clock = (checklist: Checklist, id: string, today: string) => defined(clocksOf(pack, checklist, checklistResult(pack, checklist, {}).values, today).find(({ question }) => question.id === id))
const started = { 'public-investment': false, received: '2026-11-02', complete: '2026-11-02' }

describe('clocks of a checklist', () => {
  it('say nothing before the day they run from is given, and why', () => {
    const checklist = given({})
    const { due, state, left } = clock(checklist, 'due', '2026-11-02')
    expect({ due, state, left }).toEqual({ due: null, state: 'unknown', left: null })
  })

  it('count working days to the due day by the dossier’s own calendar', () => {
    // Fifteen working days after Monday 2 November, one of them a holiday: Tuesday 24 November.
    expect(clock(given(started), 'due', '2026-11-02')).toMatchObject({ due: '2026-11-24', state: 'running', left: 15, doneOn: null })
    expect(clock(given(started), 'due', '2026-11-24')).toMatchObject({ state: 'running', left: 0 })
    expect(clock(given(started), 'due', '2026-11-26')).toMatchObject({ state: 'late', left: -2 })
    const without = given(started, { calendar: { ...calendar, holidays: [] } })
    expect(clock(without, 'due', '2026-11-02').due).toBe('2026-11-23')
  })

  it('stop at the day with which the pack compares them', () => {
    const answered = (day: string): Checklist => given({ ...started, 'answered-on': day })
    expect(clock(answered('2026-11-20'), 'due', '2026-12-30')).toMatchObject({ doneOn: '2026-11-20', state: 'doneInTime', left: 2 })
    expect(clock(answered('2026-11-27'), 'due', '2026-12-30')).toMatchObject({ doneOn: '2026-11-27', state: 'doneLate', left: -3 })
  })

  it('do not run without a calendar, and do not count beyond its years', () => {
    expect(clock(given(started, {}), 'due', '2026-11-02')).toMatchObject({ due: null, state: 'unknown' })
    expect(clock(given(started), 'due', '2027-02-01')).toMatchObject({ state: 'late', left: null })
  })
})
