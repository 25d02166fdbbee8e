import { describe, expect, test } from 'vitest'
import { readNames } from '../../../../renderer/features/history/names.ts'
import { tell } from '../../../../renderer/features/history/sentences.ts'
import type { Wording } from '../../../../renderer/features/history/sentences.ts'
import { linesOf, valueText } from '../../../../renderer/features/history/values.ts'
import type { ValueWords } from '../../../../renderer/features/history/values.ts'
import { citationsOf } from '../../../../renderer/features/evidence/citations.ts'
import { command } from '../../../../shared/dossier/commands.ts'
import type { IpRight } from '../../../../shared/schema/dossier.ts'
import { Desk, datum, defined, knowledge, sheet, sumMethod, trl } from '../../dossier/support.ts'

const wording: Wording = { profileField: (path) => (path[0] === 'title' ? 'Tên công nghệ' : path[0] === 'owner' ? 'Chủ sở hữu' : undefined), input: (sheet, key) => `${sheet}/${key}`, risk: (code) => (code === '' ? '' : `rủi ro ${code}`) }
const words: ValueWords = { language: 'vi', yes: 'Có', no: 'Không', items: (count) => `${count} mục`, coded: (path, value) => (path.at(-1) === 'purpose' && value === 'licence' ? 'Li-xăng' : undefined), measured: (path, value) => (path.at(-2) === 'royaltyRate' ? `${String(value * 100)} %` : undefined), evidence: (id) => `«${id}»` }
const link = { id: 'e1', kind: 'link', title: 'Bài báo', note: '', source: 'Tạp chí', date: '', file: null, url: 'https://a.vn/b' } as const

const desk = (): Desk => {
  const made = new Desk()
  made.do({ type: 'dossier.create', kind: 'valuation', createdBy: 'Trần Thị Bình', profile: { title: 'Sấy lạnh' }, pack: trl, supersedes: null, sample: null })
  return made
}
const told = (at: Desk) => {
  const last = defined(at.log.at(-1))
  return tell(last, (seq) => at.log[seq - 1], readNames(at.log, knowledge), wording)
}

describe('a line of the log in words', () => {
  test('every command has a sentence of its own', () => {
    const types = command.options.map((option) => option.shape.type.value).filter((type) => type !== 'undo' && type !== 'redo')
    const first = defined(desk().log[0])
    const keys = types.map((kind) => tell({ ...first, body: { kind, subject: '', ops: [] } }, () => undefined, { of: () => undefined }, wording).key)
    expect(keys).not.toContain('other')
    expect(new Set(keys).size).toBe(types.length)
  })

  test('names one profile field, not several', () => {
    const at = desk()
    at.do({ type: 'profile.set', patch: { title: 'Sấy bơm nhiệt' } })
    expect(told(at)).toMatchObject({ key: 'profileSetOne', what: 'Tên công nghệ', area: 'profile' })
    at.do({ type: 'profile.set', patch: { title: 'Khác', owner: { name: 'Viện', address: '', taxCode: '', contact: '' } } })
    expect(told(at)).toMatchObject({ key: 'profileSet' })
  })

  test('calls things by their last name, also after they are gone', () => {
    const at = desk()
    at.do({ type: 'evidence.add', evidence: link })
    expect(told(at)).toMatchObject({ key: 'evidenceAdd', what: 'Bài báo' })
    at.do({ type: 'evidence.describe', id: 'e1', patch: { title: 'Bài báo 2026' } })
    at.do({ type: 'evidence.remove', id: 'e1' })
    expect(told(at)).toMatchObject({ key: 'evidenceRemove', what: 'Bài báo 2026' })
  })

  test('tells a step on several inputs by its sheet, and a line of the risk ledger by its risk, also after it is gone', () => {
    const at = desk()
    at.do(sheet('s1'), { type: 'valuation.setInputs', sheet: 's1', data: { factor: datum(3), mode: null } })
    expect(told(at)).toMatchObject({ key: 'sheetInputs', what: 'Tổng dòng tiền', area: 'valuation' })
    at.do({ type: 'undo' })
    expect(told(at)).toMatchObject({ key: 'sheetInputs', what: 'Tổng dòng tiền', again: { kind: 'undo' } })
    const entry = { risk: 'market', place: 'flow', sheet: '', how: '', reason: '' } as const
    at.do({ type: 'valuation.setRisk', id: 'r1', entry })
    expect(told(at)).toMatchObject({ key: 'riskSet', what: 'rủi ro market' })
    at.do({ type: 'valuation.setRisk', id: 'r1', entry: { ...entry, risk: 'legal' } }, { type: 'valuation.setRisk', id: 'r1', entry: null })
    expect(told(at)).toMatchObject({ key: 'riskSet', what: 'rủi ro legal' })
  })

  test('calls a supporting computation by its title, and names its inputs', () => {
    const at = desk()
    at.do({ type: 'valuation.setSupport', id: 'p1', support: { method: 'venture-rate/1', title: 'Tỷ suất mạo hiểm' } })
    expect(told(at)).toMatchObject({ key: 'supportSet', what: 'Tỷ suất mạo hiểm', area: 'valuation' })
    at.do({ type: 'valuation.setSupportInput', support: 'p1', key: 'years', datum: datum(5) })
    expect(told(at)).toMatchObject({ key: 'supportInput', what: 'p1/years' })
    at.do({ type: 'valuation.setSupportInputs', support: 'p1', data: { multiple: datum(5), dilution: datum(0) } })
    expect(told(at)).toMatchObject({ key: 'supportInputs', what: 'Tỷ suất mạo hiểm' })
    at.do({ type: 'valuation.setSupport', id: 'p1', support: null })
    expect(told(at)).toMatchObject({ key: 'supportSet', what: 'Tỷ suất mạo hiểm' })
  })

  test('calls questions by their label in the checklist in use', () => {
    const at = desk()
    const question = defined(knowledge.packs(trl.sha256))
    if (question.pack.use !== 'checklist') throw new Error('not a checklist')
    const [asked] = defined(question.pack.sections[0]).questions
    at.do({ type: 'checklist.answer', question: defined(asked).id, answer: { value: true, evidence: [], note: '', confidence: null } })
    expect(told(at)).toMatchObject({ key: 'checklistAnswer', what: defined(asked).label })
  })

  test('says what an undo took back and a redo made again', () => {
    const at = desk()
    at.do({ type: 'evidence.add', evidence: link })
    const { seq } = defined(at.log.at(-1))
    at.do({ type: 'undo' })
    expect(told(at)).toMatchObject({ key: 'evidenceAdd', what: 'Bài báo', again: { kind: 'undo', seq } })
    at.do({ type: 'redo' })
    expect(told(at)).toMatchObject({ key: 'evidenceAdd', what: 'Bài báo', again: { kind: 'redo', seq } })
  })
})

describe('before and after', () => {
  const labelOf = (path: readonly string[]): string | undefined => ({ title: 'Tên', number: 'Số', note: 'Ghi chú', purpose: 'Mục đích', expires: 'Hết hạn' })[path.at(-1) ?? '']

  test('values are written as people read them', () => {
    expect(valueText(1234.5, [], words)).toBe('1.234,5')
    expect(valueText('2026-03-15', [], words)).toBe('15/03/2026')
    expect(valueText('licence', ['profile', 'purpose'], words)).toBe('Li-xăng')
    expect(valueText(false, [], words)).toBe('Không')
    expect(valueText(['e1', 'e2'], ['x', 'evidence'], words)).toBe('«e1»; «e2»')
    expect(valueText([1, null, 3], [], words)).toBe('1; –; 3')
    // In the unit of its input, inside a list too.
    expect(valueText(0.05, ['inputs', 'royaltyRate', 'value'], words)).toBe('5 %')
    expect(valueText([0.05, 0.5], ['inputs', 'royaltyRate', 'value'], words)).toBe('5 %; 50 %')
    expect([valueText('', [], words), valueText(null, [], words), valueText(undefined, [], words), valueText([], [], words)]).toEqual([null, null, null, null])
    expect(defined(valueText('x'.repeat(1000), [], words)).length).toBeLessThan(300)
  })

  test('a record is told field by field, and only what has a name', () => {
    const lines = linesOf([{ path: ['evidence', 'e1'], to: { title: 'Bài báo', note: '', url: 'https://a.vn' } }], labelOf, () => undefined, words)
    expect(lines).toEqual([{ label: 'Tên', before: null, after: 'Bài báo' }])
  })

  test('a list of records is told by what changed in which of them', () => {
    const right = (id: string, number: string): IpRight => ({ id, type: 'patent', state: 'granted', number, title: `Bằng ${id}`, territory: '', filed: '', expires: '', holder: '' })
    const at = desk()
    at.do({ type: 'profile.set', patch: { ipRights: [right('r1', '1'), right('r2', '2')] } })
    at.do({ type: 'profile.set', patch: { ipRights: [right('r1', '1'), right('r2', '22')] } })
    const names = readNames(at.log, knowledge)
    const lines = linesOf(defined(at.log.at(-1)).body.ops, labelOf, (path) => names.of(path.slice(0, -1).join('.')), words)
    expect(lines).toEqual([{ label: 'Số', before: '2', after: '22', of: 'Bằng r2' }])
    at.do({ type: 'profile.set', patch: { ipRights: [right('r1', '1')] } })
    const removed = linesOf(defined(at.log.at(-1)).body.ops, labelOf, () => undefined, words)
    expect(removed).toEqual([{ label: 'Số', before: '22', after: null }, { label: 'Tên', before: 'Bằng r2', after: null }])
  })
})

describe('who cites a piece of evidence', () => {
  test('answers by the label of their question, inputs by the method’s', () => {
    const at = desk()
    at.do({ type: 'evidence.add', evidence: link })
    const pack = defined(knowledge.packs(trl.sha256)).pack
    if (pack.use !== 'checklist') throw new Error('not a checklist')
    const question = defined(defined(pack.sections[0]).questions[0])
    at.do({ type: 'checklist.answer', question: question.id, answer: { value: true, evidence: ['e1'], note: '', confidence: null } })
    at.do({ type: 'valuation.addSheet', sheet: { id: 's1', method: sumMethod.id, title: 'Tổng', role: 'principal', weight: 1, why: '', inputs: {} } })
    at.do({ type: 'valuation.setInput', sheet: 's1', key: 'factor', datum: { value: 2, evidence: ['e1'] } })
    const found = citationsOf(defined(at.state), knowledge)
    expect(found.get('e1')).toEqual([
      { in: 'checklist', at: question.id, label: question.label },
      { in: 'valuation', at: 's1.factor', sheet: 'Tổng', input: { vi: 'Mục factor', en: 'Item factor' } },
    ])
    expect(found.get('e2')).toBeUndefined()
  })
})
