import { describe, expect, it } from 'vitest'
import { isShown } from '../../../shared/checklist/answers.ts'
import { completeness } from '../../../shared/checklist/completeness.ts'
import { clocksOf } from '../../../shared/checklist/clocks.ts'
import { questionsOf } from '../../../shared/rulepack/load.ts'
import type { Condition, Question } from '../../../shared/rulepack/schema.ts'
import { defined } from '../dossier/support.ts'
import { answer, checklistNamed, questionOf } from './answering.ts'
import { calendar, checklistWith, filled, holidays, look, referenceRows, rowFor, type Given } from './filled.ts'
import { calendarOf } from '../../../shared/rulepack/holidays.ts'

const policy = checklistNamed('project-policy')
const decision = checklistNamed('project-decision')
const stages = [policy, decision]
const names = ['project-policy', 'project-decision', 'inspection', 'esr']

const off: Given = { 'list-prohibited': 'off', 'list-restricted': 'off', 'list-encouraged': 'off' }
const options = (pack: typeof policy, ...chosen: readonly (readonly [number, boolean])[]) => chosen.map(([grade, picked]) => rowFor(questionOf(pack.pack, 'alt'), { completeness: grade, advancement: grade, suitability: grade, chosen: picked }))
/** A sound file of the time before the amendment: everything there, everything met, no experts asked. */
const sound = (pack: typeof policy, over: Given = {}): Given => filled(pack, {
  ...off, received: '2026-02-09', 'law-applied': 'original', ground: 'request', consultation: 'none', options: options(pack, [3, true], [2, false]),
  ...(pack === policy ? { decider: 'other', complete: '2026-02-10', 'answered-on': '2026-03-10', forwarded: '2026-02-12' } : { construction: true, group: 'b', capital: 'other', 'day-kind': 'working', complete: '2026-08-20', 'answered-on': undefined }),
  ...over,
})
const symbols = (pack: typeof policy, first: string): readonly Question[] => questionsOf(pack.pack).filter((question) => question.type === 'choice' && defined(question.options[0]).value === first)
const valuesOf = (question: Question): readonly string[] => (question.type === 'choice' ? question.options.map(({ value }) => value) : [])

describe.each(names)('pack %s', (id) => {
  const { pack } = checklistNamed(id)
  it('has guidance, a legal or technical basis and both languages at every question, and stands where it should', () => {
    for (const question of questionsOf(pack)) {
      expect(question.guidance.vi.length, question.id).toBeGreaterThan(12)
      expect(question.basis.length, question.id).toBeGreaterThan(0)
      expect(question.waivable, question.id).toBe(false)
    }
    expect(pack.format).toBe('luong-gia-pack/2')
    expect([pack.place, pack.kinds.length]).toEqual(id === 'esr' ? ['beside', 5] : ['main', 1])
    expect(new Set(questionsOf(pack).map(({ label }) => label)).size).toBe(questionsOf(pack).length)
  })
  it('says what to do about every weak answer', () => {
    const judged = questionsOf(pack).filter((question) => question.type === 'choice' && ['ok', 'full', 'none', 'clear'].includes(defined(question.options[0]).value) && question.options.length >= 3)
    expect(judged.length).toBeGreaterThanOrEqual(id === 'inspection' ? 0 : 15)
    expect(judged.filter(({ recommendation }) => recommendation === undefined).map(({ id: own }) => own)).toEqual([])
  })
  it('shows each branching question under exactly the answers it names', () => {
    const branching = questionsOf(pack).filter(({ showWhen }) => showWhen !== undefined)
    expect(branching.length).toBeGreaterThan(1)
    const simple = (condition: Condition): readonly Extract<Condition, { is: unknown }>[] => ('is' in condition ? [condition] : 'all' in condition ? condition.all.flatMap(simple) : [])
    for (const question of branching) {
      const parts = simple(defined(question.showWhen))
      expect(parts.length, question.id).toBeGreaterThan(0)
      const met = Object.fromEntries(parts.map((part) => [part.question, answer(defined(part.is[0]))]))
      expect(isShown(question, met), question.id).toBe(true)
      expect(isShown(question, {}), question.id).toBe(false)
      for (const part of parts) {
        const asked = defined(questionsOf(pack).find(({ id: own }) => own === part.question))
        const all: readonly (boolean | string)[] = asked.type === 'yesNo' ? [true, false] : valuesOf(asked)
        expect(all.length, question.id).toBeGreaterThan(part.is.length)
        for (const value of all) expect(isShown(question, { ...met, [part.question]: answer(value) }), `${question.id} ${String(value)}`).toBe(part.is.includes(value))
      }
    }
  })
})

describe.each([['policy', policy], ['decision', decision]] as const)('project technology, %s stage', (_, pack) => {
  it('is met when every document is there and every item meets', () => {
    const seen = look(pack, sound(pack))
    expect(seen.value('nOpen')).toBe(0)
    expect([seen.class, seen.gaps]).toEqual(['meets', []])
    expect(seen.value('metRate')).toBe(100)
    const gaps = completeness(pack.pack, checklistWith(pack, sound(pack)), {}).gaps.filter(({ kind }) => kind === 'answer')
    expect(gaps.map((gap) => gap.kind === 'answer' && gap.question.id)).toEqual([])
  })
  it('every item alone can fail it or call for completion, every document can be missing, and none may stay open', () => {
    const inScope = { 'high-tech-park': true, 'used-imports': true, 'age-limit': 10, 'used-line': true }
    const base = sound(pack, inScope)
    expect(look(pack, base).class).toBe('meets')
    const items = symbols(pack, 'ok')
    expect(items.length).toBe(pack === policy ? 26 : 25)
    for (const { id } of items) {
      expect([id, look(pack, { ...base, [id]: 'no' }).class]).toEqual([id, 'fails'])
      expect([id, look(pack, { ...base, [id]: 'fix' }).class]).toEqual([id, 'complete'])
      expect([id, look(pack, { ...base, [id]: undefined }).class]).toEqual([id, 'unsettled'])
      expect(look(pack, { ...base, [id]: undefined }).value('nOpen')).toBe(1)
    }
    const documents = symbols(pack, 'full')
    expect(documents.length).toBe(pack === policy ? 12 : 11)
    for (const { id } of documents) {
      for (const value of ['missing', 'partly']) expect([id, look(pack, { ...base, [id]: value }).class]).toEqual([id, 'complete'])
      expect([id, look(pack, { ...base, [id]: undefined }).class]).toEqual([id, 'unsettled'])
    }
    for (const question of [...items, ...documents].filter((one) => valuesOf(one).includes('na'))) expect([question.id, look(pack, { ...base, [question.id]: 'na' }).class]).toEqual([question.id, 'meets'])
    expect(look(pack, { ...base, 'high-tech-park': undefined }).class).toBe('unsettled')
    expect(look(pack, { ...base, 'used-imports': undefined }).class).toBe('unsettled')
    expect(look(pack, { ...base, 'used-line': undefined }).class).toBe('unsettled')
    expect(look(pack, { ...base, 'used-line': false, 'used-line-fit': undefined }).class).toBe('meets')
    expect(look(pack, { ...base, 'used-imports': false, 'used-state': undefined, 'high-tech-park': false, 'high-tech': undefined }).class).toBe('meets')
  })
  it('fails for a prohibited technology and concludes nothing while a list was not compared', () => {
    expect(look(pack, sound(pack, { 'list-prohibited': 'on' })).class).toBe('fails')
    for (const id of ['list-prohibited', 'list-restricted']) for (const value of ['unchecked', undefined]) expect(look(pack, sound(pack, { [id]: value })).class).toBe('unsettled')
    expect(look(pack, sound(pack, { 'list-encouraged': 'unchecked' })).class).toBe('meets')
  })
  it('compares the lists with part 1 and with the rows chosen', () => {
    const references = { 'restricted-list': referenceRows('II.1') }
    expect(look(pack, sound(pack)).value('listConsistent')).toBe('yes')
    expect(look(pack, sound(pack, { 'list-restricted': 'on' })).value('listConsistent')).toBe('no')
    expect(look(pack, sound(pack, { 'list-restricted': 'on', restricted: true })).gaps).toEqual(['lists-differ'])
    expect(look(pack, sound(pack, { 'list-restricted': 'on', restricted: true }), { calendar, references }).value('listConsistent')).toBe('yes')
    expect(look(pack, sound(pack, { restricted: true })).gaps).toEqual(['lists-differ'])
    expect(look(pack, sound(pack, { 'list-prohibited': 'on' }), { calendar, references: { 'prohibited-list': referenceRows('III.2') } }).value('listConsistent')).toBe('yes')
    expect(look(pack, sound(pack, { 'list-restricted': undefined })).value('listConsistent')).toBe('?answer-missing')
    for (const reference of defined(pack.pack.references)) expect([reference.pick, reference.columns.map(({ id }) => id), reference.missing.vi.includes('Chưa nhập')]).toEqual(['many', ['code', 'name', 'list-kind', 'basis', 'date'], true])
  })
  it('asks the council about files from 1 April 2026 on and about a law that is not settled', () => {
    const on = (received: string, applied: string) => look(pack, sound(pack, { received, 'law-applied': applied, 'law-checked': 'x' }))
    expect(on('2026-03-31', 'original').value('lawAtDate')).toBe('original')
    expect(on('2026-04-01', 'original').value('lawAtDate')).toBe('amended')
    expect(on('2026-03-31', 'original').gaps).toEqual([])
    for (const [received, applied] of [['2026-04-01', 'original'], ['2026-03-31', 'amended'], ['2026-03-31', 'unclear']] as const) expect(on(received, applied).gaps).toEqual(['amended-law'])
    expect(questionOf(pack.pack, 'lawApplied').reading).toBe(true)
    expect(pack.pack.sources.find(({ number }) => number === '115/2025/QH15')).toMatchObject({ effectiveFrom: '2026-04-01', mark: 'secondary' })
  })
  it('asks when compulsory appraisal has no ground', () => {
    expect(look(pack, sound(pack, { ground: 'compulsory' })).gaps).toEqual(['outside-scope'])
    expect(look(pack, sound(pack, { ground: 'compulsory', 'env-risk': true })).gaps).toEqual([])
    expect(look(pack, sound(pack, { ground: 'change' })).gaps).toEqual([])
    if (pack === policy) expect(look(pack, sound(pack, { ground: 'compulsory', 'public-investment': true })).gaps).toEqual([])
  })
  it('counts the opinions of experts and shows when they part from the checklist', () => {
    const table = questionOf(pack.pack, 'expert')
    const views = (...list: readonly string[]): Given => ({ consultation: 'council', opinions: list.map((view) => rowFor(table, { view })) })
    expect(look(pack, sound(pack, views('agree', 'against', 'conditional'))).value('againstShare')).toBeCloseTo(100 / 3, 10)
    expect(look(pack, sound(pack, views('agree', 'against', 'conditional'))).gaps).toEqual([])
    expect(look(pack, sound(pack, views('agree', 'against'))).gaps).toEqual(['experts-differ'])
    expect(look(pack, sound(pack, { ...views('agree', 'against'), capability: 'no' })).gaps).toEqual([])
    expect(look(pack, sound(pack)).value('againstShare')).toBe('?answer-not-asked')
    const proper = (written: boolean | null, secrecy: boolean) => look(pack, sound(pack, { consultation: 'independent', opinions: [rowFor(table, { written, secrecy })] })).value('expert.proper')
    expect([proper(true, true), proper(true, false), proper(false, true), proper(null, true), proper(null, false)]).toEqual([['yes'], ['no'], ['no'], ['?answer-missing'], ['no']])
  })
  it('compares options, ages of used machines and the imported part of materials', () => {
    const best = (...chosen: readonly (readonly [number, boolean])[]) => look(pack, sound(pack, { options: options(pack, ...chosen) })).value('bestChosen')
    expect([best([3, true], [2, false]), best([3, true], [3, false]), best([3, false], [2, true]), best([3, false], [2, false])]).toEqual(['yes', 'yes', 'no', 'none'])
    const machine = (over: Readonly<Record<string, string | number | null>>) => rowFor(questionOf(pack.pack, 'equip'), { state: 'used', made: 2015, imported: 2025, ...over })
    const checked = (limit: number | undefined, ...rows: ReturnType<typeof machine>[]) => look(pack, sound(pack, { 'used-imports': true, 'age-limit': limit, 'equipment-list': rows }))
    const seen = checked(10, machine({}), machine({ made: 2014 }), machine({ made: null }), machine({ state: 'new' }))
    expect(seen.value('equip.ageCheck')).toEqual(['within', 'over', 'unknown', 'new'])
    expect([seen.value('usedOver'), seen.value('equip.age')]).toEqual([1, [10, 11, '?answer-missing', 10]])
    expect(checked(undefined, machine({})).value('equip.ageCheck')).toEqual(['unknown'])
    expect(seen.gaps).toEqual(['used-age'])
    expect(look(pack, sound(pack, { 'used-imports': true, 'age-limit': 10, 'used-state': 'fix', 'equipment-list': [machine({ made: 2014 })] })).gaps).toEqual([])
    const line = (over: Given = {}) => look(pack, sound(pack, { 'used-imports': true, 'used-line': true, 'line-capacity': 85, 'line-extra': 15, 'oecd-sites': 3, ...over }))
    expect([line().value('lineCheck'), line().gaps]).toEqual(['yes', []])
    for (const over of [{ 'line-capacity': 84.9 }, { 'line-extra': 15.1 }, { 'oecd-sites': 2 }, { 'list-restricted': 'unchecked' }, { 'list-prohibited': 'unchecked' }]) expect([line(over).value('lineCheck'), line(over).gaps]).toEqual(['no', ['used-line']])
    expect(line({ 'line-capacity': 80, 'used-line-fit': 'no' }).gaps).toEqual([])
    expect(look(pack, sound(pack, { 'used-imports': false, 'used-line': true })).value('lineCheck')).toBe('?answer-not-asked')
    const material = (value: number, share: number) => rowFor(questionOf(pack.pack, 'mat'), { value, 'imported-share': share })
    expect(look(pack, sound(pack, { 'materials-list': [material(300, 50), material(100, 100)] })).value('importRate')).toBe(62.5)
    expect(look(pack, sound(pack, { 'materials-list': [material(0, 50)] })).value('importRate')).toBe('?division-by-zero')
    expect(look(pack, sound(pack, { 'product-list': [rowFor(questionOf(pack.pack, 'prod'), { output: 250, export: 40 })] })).value('prod.exported')).toEqual([100])
  })
})

describe('who leads and appraises', () => {
  it('follows Article 14 at the policy stage', () => {
    const lead = (restricted: boolean, risk: boolean, decider: string, budget = false) => look(policy, sound(policy, { restricted, 'env-risk': risk, decider, 'public-investment': budget })).value('lead')
    expect([lead(true, false, 'pm'), lead(true, true, 'pm'), lead(true, false, 'other'), lead(true, true, 'other')]).toEqual(['most', 'most', 'provinceScience', 'provinceScience'])
    expect([lead(false, true, 'pm'), lead(false, true, 'other'), lead(false, false, 'pm'), lead(true, true, 'assembly'), lead(true, true, 'pm', true)]).toEqual(['ministry', 'provinceSector', 'none', 'stateCouncil', 'publicLaw'])
  })
  it('follows Articles 13.3 and 15 at the decision stage', () => {
    const lead = (construction: boolean, risk: boolean, group: string, capital: string) => look(decision, sound(decision, { construction, 'env-risk': risk, group, capital })).value('lead')
    expect([lead(true, true, 'national', 'budget'), lead(true, true, 'a', 'budget'), lead(true, true, 'c', 'other'), lead(true, false, 'b', 'other'), lead(false, true, 'b', 'other')]).toEqual(['stateCouncil', 'constructionBody', 'sectorBody', 'constructionLaw', 'publicLaw'])
    expect(look(decision, sound(decision, { restricted: true, 'env-risk': false, group: 'a', capital: 'other' })).value('lead')).toBe('sectorBody')
  })
})

describe('clocks of the policy stage', () => {
  const clock = (over: Given, more?: Parameters<typeof look>[2]) => look(policy, sound(policy, over), more)
  it('give 3 working days to forward and 15 for the opinion, Tết left out', () => {
    const seen = clock({})
    expect([seen.value('forwardDue'), seen.value('due'), seen.value('daysUsed'), seen.value('daysLate')]).toEqual(['2026-02-12', '2026-03-10', 15, 0])
    expect([seen.value('forwardState'), seen.value('opinionState')]).toEqual(['onTime', 'onTime'])
    const late = clock({ forwarded: '2026-02-13', 'answered-on': '2026-03-12' })
    expect([late.value('forwardState'), late.value('opinionState'), late.value('daysLate'), late.value('daysUsed')]).toEqual(['late', 'late', 2, 17])
    const running = clock({ forwarded: undefined, 'answered-on': undefined })
    expect([running.value('forwardState'), running.value('opinionState'), running.value('daysLate')]).toEqual(['open', 'open', '?answer-missing'])
  })
  it('do not run for public investment and the National Assembly', () => {
    for (const over of [{ 'public-investment': true }, { decider: 'assembly' }]) expect([clock(over).value('forwardState'), clock(over).value('opinionState')]).toEqual(['notApplicable', 'notApplicable'])
  })
  it('need a calendar that covers the years', () => {
    expect(clock({}, {}).value('due')).toBe('?calendar-missing')
    expect(clock({ received: '2025-12-30' }, { calendar: defined(calendarOf(holidays, [2026])) }).value('forwardDue')).toBe('?day-beyond-calendar')
    expect(clock({ complete: '2026-12-20' }, { calendar: defined(calendarOf(holidays, [2026])) }).value('due')).toBe('?day-beyond-calendar')
    expect(policy.pack.usesCalendar).toBe(true)
  })
  it('are found as clocks that stop on the day the thing was done', () => {
    const given = sound(policy, { 'answered-on': '2026-03-11' })
    const clocks = clocksOf(policy.pack, checklistWith(policy, given), look(policy, given).outcome.values, '2026-03-20')
    expect(clocks.map(({ question, due, doneOn, state }) => [question.id, due, doneOn, state])).toEqual([['forward-due', '2026-02-12', '2026-02-12', 'doneInTime'], ['due', '2026-03-10', '2026-03-11', 'doneLate']])
  })
})

describe('clocks of the decision stage', () => {
  const clock = (over: Given) => look(decision, sound(decision, over))
  const extension = (over: Given = {}): Given => ({ extended: true, extension: 15, 'extension-notice': '2026-09-10', 'extension-reason': 'Công nghệ phức tạp', ...over })
  it('give 20, 15 and 10 days by group, as working days with exchanged days, or as calendar days that end on a working day', () => {
    const due = (group: string, kind: string) => [clock({ group, 'day-kind': kind }).value('term'), clock({ group, 'day-kind': kind }).value('due')]
    expect([due('a', 'working'), due('b', 'working'), due('c', 'working')]).toEqual([[20, '2026-09-21'], [15, '2026-09-14'], [10, '2026-09-07']])
    // Ten calendar days end on Sunday 30 August; Monday is exchanged, 1 and 2 September are National Day.
    expect([due('a', 'calendar'), due('b', 'calendar'), due('c', 'calendar')]).toEqual([[20, '2026-09-09'], [15, '2026-09-04'], [10, '2026-09-03']])
    expect(clock({ 'day-kind': undefined }).value('due')).toBe('?answer-missing')
    expect(questionOf(decision.pack, 'dayKind').reading).toBe(true)
  })
  it('forward within 5 working days on the state budget only', () => {
    const forward = (over: Given) => clock({ capital: 'budget', received: '2026-04-22', forwarded: '2026-05-04', ...over })
    // 26 April is the Hùng Kings' day, a Sunday, with 27 April in its place; then 30 April and 1 May.
    expect([forward({}).value('forwardDue'), forward({}).value('forwardState')]).toEqual(['2026-05-04', 'onTime'])
    expect([forward({ forwarded: '2026-05-05' }).value('forwardState'), forward({ forwarded: undefined }).value('forwardState')]).toEqual(['late', 'open'])
    expect([forward({ group: 'national' }).value('forwardState'), forward({ capital: 'other' }).value('forwardState'), forward({ capital: 'other' }).value('forwardDue')]).toEqual(['notApplicable', 'notApplicable', '?answer-not-asked'])
  })
  it('extend once, by at most the same length, with reasons, notified in time', () => {
    const seen = (over: Given) => [clock(extension(over)).value('extensionState'), clock(extension(over)).value('due')]
    expect(seen({})).toEqual(['valid', '2026-10-05'])
    expect(seen({ extension: 16 })).toEqual(['tooLong', '2026-09-14'])
    expect(seen({ 'extension-notice': '2026-09-14' })[0]).toBe('valid')
    expect(seen({ 'extension-notice': '2026-09-15' })).toEqual(['tooLate', '2026-09-14'])
    expect(seen({ 'extension-reason': undefined })).toEqual(['open', '2026-09-14'])
    expect(seen({ extended: false })).toEqual(['none', '2026-09-14'])
    expect(seen({ extended: undefined })).toEqual(['?answer-missing', '?answer-missing'])
    expect(clock(extension({ 'day-kind': 'calendar', group: 'c', extension: 10, 'extension-notice': '2026-09-03' })).value('due')).toBe('2026-09-09')
    expect(clock({}).value('dueFirst')).toBe('?answer-not-asked')
  })
  it('say what is late, and what this Article does not govern', () => {
    const state = (over: Given) => [clock(over).value('opinionState'), clock(over).value('daysLate')]
    expect(state({ 'answered-on': '2026-09-14' })).toEqual(['onTime', 0])
    expect(state({ 'answered-on': '2026-09-16' })).toEqual(['late', 2])
    expect(state({})).toEqual(['open', '?answer-missing'])
    expect(state({ group: 'national', 'answered-on': '2026-12-01' })[0]).toBe('notApplicable')
    expect(state({ 'same-body': true, 'answered-on': '2026-12-01' })[0]).toBe('notApplicable')
    expect(clock({ group: 'national' }).value('term')).toBe('?answer-not-asked')
    expect([clock({ 'answered-on': '2026-09-14' }).value('daysUsed'), clock({ 'answered-on': '2026-09-14', 'day-kind': 'calendar' }).value('daysUsed')]).toEqual([15, 25])
  })
  it('add up the investment', () => {
    expect(clock({ 'cost-technology': 5, 'cost-machines': 30, 'cost-training': 2 }).value('costTotal')).toBe(37)
  })
})

it('nothing of one stage is asked in the other', () => {
  const ids = stages.map(({ pack }) => new Set(questionsOf(pack).map(({ id }) => id)))
  expect([ids[0]?.has('cost-total'), ids[1]?.has('proven'), ids[0]?.has('extended'), ids[1]?.has('decider')]).toEqual([false, false, false, false])
})
