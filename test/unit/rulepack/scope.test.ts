import { describe, expect, it } from 'vitest'
import { loadPack, isChecklistPack } from '../../../shared/rulepack/load.ts'
import { packNames, restsOn } from '../../../shared/rulepack/scope.ts'
import { checklistPack } from '../../../shared/rulepack/schema.ts'
import type { ChecklistPack } from '../../../shared/rulepack/schema.ts'

const t = (text: string) => ({ vi: text, en: text })
const base = { guidance: t('g'), basis: [], required: true, waivable: false }
const number = (id: string, symbol: string) => ({ ...base, id, label: id, text: t(id), type: 'number', unit: '', symbol })
const computed = (id: string, symbol: string, expression: string) => ({ ...base, id, label: id, text: t(id), type: 'computed', unit: '', symbol, expression })

interface Over {
  readonly questions?: readonly object[]
  readonly when?: string
  readonly figure?: string
  readonly class?: string
}
const raw = ({ questions = [], when = 'x > 1', figure = 'total / 5', class: rule = 'total >= 3' }: Over) => ({
  format: 'luong-gia-pack/2', id: 'p', version: '1.0.0', title: t('p'), description: t('d'), use: 'checklist', kinds: ['level'],
  sources: [{ id: 's', kind: 'practice', number: 'x', title: t('x'), issued: '', effectiveFrom: '', effectiveTo: '', status: 'voluntary', mark: 'derived' }],
  references: [
    { id: 'bench', title: t('b'), guidance: t('g'), basis: [], pick: 'one', missing: t('m'), columns: [{ id: 'k', text: t('K'), symbol: 'K', type: 'number', key: false, unit: '' }] },
    { id: 'bans', title: t('b'), guidance: t('g'), basis: [], pick: 'many', symbol: 'bans', missing: t('m'), columns: [{ id: 'name', text: t('n'), type: 'text', key: true, unit: '' }] },
  ],
  scoring: { by: 'rules', maximum: 5, figures: [{ id: 'f', symbol: 'F', text: t('f'), unit: '', decimals: 2, expression: figure, basis: [] }], classes: [{ id: 'a', text: t('a'), when: rule }], gaps: [], basis: [] },
  sections: [{
    id: 'sec', title: t('s'), intro: t('i'), evidence: { least: 0, hints: [] }, waivable: false, symbol: 'S', maximum: 5,
    questions: [
      number('q1', 'x'), number('q2', 'y'),
      { ...base, id: 'c', label: 'c', text: t('c'), type: 'choice', multiple: false, symbol: 'level', options: [{ value: 'HIGH', text: t('h') }, { value: 'LOW', text: t('l') }] },
      { ...base, id: 'tab', label: 't', text: t('t'), type: 'table', symbol: 'tab', minRows: 0, maxRows: 5, columns: [
        { id: 'n', text: t('n'), symbol: 'n', type: 'number', unit: '', required: true }, { id: 'd', text: t('d'), symbol: 'd', type: 'computed', unit: '', expression: 'n * 2 + x' }] },
      ...questions,
    ],
    criteria: [{ id: 'k1', label: '1', text: t('k'), guidance: t('g'), basis: [], maximum: 5, symbol: 'C1', parts: [{ id: 'p1', combine: 'firstMatch', rows: [{ text: t('r'), when, points: 5 }] }] }],
  }],
})
const pack = (over: Over = {}): ChecklistPack => checklistPack.parse(raw(over))
const problems = (over: Over): readonly (readonly [string, string])[] => packNames(pack(over)).problems.map(({ where, fault }) => [where, fault.code] as const)

describe('names of a pack', () => {
  it('have the types of what they stand for', () => {
    const { scope, problems: none, repeated } = packNames(pack({ questions: [computed('r', 'R', 'x / y'), computed('s', 's_word', 'if(x > 1, "big", "small")'), { ...base, id: 'day', label: 'd', text: t('d'), type: 'date' }] }))
    expect([none, repeated]).toEqual([[], undefined])
    expect(['x', 'q1', 'R', 's_word', 'day', 'level', 'C1', 'k1', 'S', 'F', 'total', 'K'].map((name) => `${scope(name)?.of ?? '?'} ${scope(name)?.shape ?? '?'}`)).toEqual([
      'number one', 'number one', 'number one', 'text one', 'date one', 'text one', 'number one', 'number one', 'number one', 'number one', 'number one', 'number one'])
    expect(['tab.n', 'tab.d', 'bans.name'].map((name) => `${scope(name)?.of ?? '?'} ${scope(name)?.shape ?? '?'}`)).toEqual(['number list', 'number list', 'text list'])
    expect(['tab', 'nothing', 'constructor', '__proto__', 'toString'].map((name) => scope(name))).toEqual([undefined, undefined, undefined, undefined, undefined])
  })

  it('are the same for the same pack, read once', () => {
    const one = pack()
    expect(packNames(one)).toBe(packNames(one))
  })

  it('are said to be borne by two things', () => {
    expect(packNames(pack({ questions: [number('q9', 'x')] })).repeated).toBe('x')
    expect(packNames(pack({ questions: [number('q9', 'S')] })).repeated).toBe('S')
    expect(packNames(pack({ questions: [number('total', 'z')] })).repeated).toBe('total')
  })

  it('are followed to what they rest on', () => {
    const over = pack({ questions: [computed('r', 'R', 'x / K'), computed('s', 'R2', 'R + sum(tab.d)')], when: 'R2 > 1' })
    expect([...restsOn(over, ['R2 > 1'])].sort()).toEqual(['K', 'R', 'R2', 'n', 'tab.d', 'x'])
    expect([...restsOn(over, ['C1 > 1'])]).toEqual(['C1'])
  })
})

describe('formulas of a pack', () => {
  it('are refused with their place', () => {
    // What rests on the faulty criterion (the total, the figure, the class) is not blamed for it.
    expect(problems({ when: 'x >' }).map(([where, code]) => [where, code.startsWith('expression-')])).toEqual([['k1', true]])
    expect(problems({ when: 'z > 1' })).toContainEqual(['k1', 'expression-name-unknown'])
    expect(problems({ when: 'x + 1' })).toContainEqual(['k1', 'formula-of-wrong-kind'])
    expect(problems({ when: 'level = "MIDDLE"' })).toContainEqual(['k1', 'expression-option-unknown'])
    expect(problems({ figure: 'level' })).toContainEqual(['f', 'formula-of-wrong-kind'])
    expect(problems({ class: '"yes"' })).toContainEqual(['a', 'formula-of-wrong-kind'])
    expect(problems({ questions: [computed('r', 'R', 'tab.n * 2')] })).toContainEqual(['r', 'formula-of-wrong-kind'])
  })

  it('may not rest on themselves, alone or in a circle', () => {
    expect(problems({ questions: [computed('r', 'R', 'R + 1')] }).map(([, code]) => code)).toContain('formula-circular')
    expect(problems({ questions: [computed('r', 'R', 'Q + 1'), computed('q', 'Q', 'R + 1')] }).map(([, code]) => code)).toContain('formula-circular')
    expect(problems({ when: 'total > 3' }).map(([, code]) => code)).toContain('formula-circular')
    expect(problems({ when: 'S > 3' }).map(([, code]) => code)).toContain('formula-circular')
  })

  it('keep a pack from being loaded', () => {
    const faulty = loadPack(JSON.stringify(raw({ when: 'z > 1' })))
    expect(faulty.ok ? '' : faulty.fault.code).toBe('pack-contradicts-itself')
    const sound = loadPack(JSON.stringify(raw({})))
    expect(sound.ok && isChecklistPack(sound.value)).toBe(true)
  })
})
