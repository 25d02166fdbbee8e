import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { FaultCode } from '../../../shared/kernel/faults.ts'
import { command } from '../../../shared/dossier/commands.ts'
import type { Command } from '../../../shared/dossier/commands.ts'
import type { DecideContext, Knowledge } from '../../../shared/dossier/context.ts'
import { decide } from '../../../shared/dossier/decide.ts'
import { apply, link } from '../../../shared/dossier/log.ts'
import type { Result } from '../../../shared/kernel/result.ts'
import { packRef } from '../../../shared/rulepack/load.ts'
import type { PackRef } from '../../../shared/rulepack/load.ts'
import { makeShelf } from '../../../shared/rulepack/shelf.ts'
import type { Change } from '../../../shared/schema/change.ts'
import type { DossierState } from '../../../shared/schema/dossier.ts'
import type { MethodSpec } from '../../../shared/valuation/figure.ts'

export const repoRoot = path.resolve(import.meta.dirname, '../../..')
const packFolder = path.join(repoRoot, 'resources/rulepacks')
export const packTexts = readdirSync(packFolder).filter((name) => name.endsWith('.json')).sort().map((name) => readFileSync(path.join(packFolder, name), 'utf8'))

export const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.fault.code} ${JSON.stringify(result.fault.details ?? {})}`)
  return result.value
}
export const defined = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new Error('expected a value')
  return value
}

export const shelf = must(makeShelf(packTexts))
export const packNamed = (id: string): PackRef => packRef(defined(shelf.all.find(({ pack }) => pack.id === id)))
export const trl = packNamed('trl')
export const council15 = packNamed('council-tt15-2014')

const label = (vi: string, en: string) => ({ vi, en })
const spec = (key: string, type: MethodSpec['inputs'][number]['type'], required = true) => ({ key, label: label(`Mục ${key}`, `Item ${key}`), help: label('', ''), type, unit: 'money' as const, required })

/** A method small enough to check by hand: the sum of a series times a factor. */
export const sumMethod: MethodSpec = {
  id: 'sum/1',
  approach: 'income',
  name: label('Tổng', 'Sum'),
  summary: label('', ''),
  clause: label('', ''),
  inputs: [
    spec('flows', 'series'), spec('factor', 'number'),
    { ...spec('mode', 'choice'), choices: [{ value: 'end', label: label('Cuối kỳ', 'End') }, { value: 'mid', label: label('Giữa kỳ', 'Mid') }] },
    spec('extra', 'flag', false),
    { ...spec('bonus', 'number'), when: { key: 'extra', is: [true] } },
  ],
  compute: ({ flows, factor, bonus }) => {
    const sum = Array.isArray(flows) ? flows.reduce<number>((total, flow) => total + (flow ?? 0), 0) : 0
    const value = typeof factor === 'number' && factor >= 0 ? sum * factor + (typeof bonus === 'number' ? bonus : 0) : null
    return { value, unit: 'money', warnings: [], trace: { id: 'sum', label: label('Tổng', 'Sum'), unit: 'money', value }, ...(value === null ? { reason: { code: 'not-finite' } } : {}) }
  },
  valuer: () => (inputs) => {
    const { value, reason } = sumMethod.compute(inputs)
    return value === null ? { value, reason: defined(reason) } : { value, reason: null }
  },
}

export const knowledge: Knowledge = { packs: shelf.byHash, methods: (id) => (id === sumMethod.id ? sumMethod : undefined) }

export const dossierId = '3f2b8c1e-7a4d-4e5f-9b60-1c2d3e4f5a6b'
export const instant = (second: number): string => `2026-11-21T02:${String(Math.floor(second / 60) % 60).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}.000Z`

/** A dossier at work: a log and its state, growing by commands. */
export class Desk {
  log: Change[] = []
  state: DossierState | null = null
  readonly know: Knowledge

  constructor(know: Knowledge = knowledge) {
    this.know = know
  }

  context(): DecideContext {
    return { ...this.know, dossier: dossierId, at: instant(this.log.length), author: 'Trần Thị Bình', log: this.log }
  }

  /** Gives a command; answers with the fault code, or null when it was recorded or changed nothing. */
  try(input: Command): FaultCode | null {
    const body = decide(this.state, command.parse(input), this.context())
    if (!body.ok) return body.fault.code
    if (body.value.ops.length === 0) return null
    const { dossier, at, author } = this.context()
    const change = link(this.log.at(-1) ?? null, body.value, { dossier, at, author })
    this.state = must(apply(this.state, change.body))
    this.log = [...this.log, change]
    return null
  }

  do(...inputs: readonly Command[]): this {
    for (const input of inputs) {
      const fault = this.try(input)
      if (fault !== null) throw new Error(`${input.type}: ${fault}`)
    }
    return this
  }

  get now(): DossierState {
    return defined(this.state)
  }
}

export const create = (over: Partial<Extract<Command, { type: 'dossier.create' }>> = {}): Command =>
  ({ type: 'dossier.create', kind: 'valuation', createdBy: 'Trần Thị Bình', profile: { title: 'Công nghệ sấy lạnh' }, pack: trl, supersedes: null, sample: null, ...over })

export const party = (name: string) => ({ name, address: 'Hà Nội', taxCode: '', contact: '' })

/** Everything the profile of a valuation dossier must have. */
export const fullProfile: Command = {
  type: 'profile.set',
  patch: {
    summary: 'Sấy nông sản ở nhiệt độ thấp.', field: 'Công nghệ thực phẩm', owner: party('Viện Công nghệ mẫu'), client: party('Công ty mẫu'),
    purpose: 'transfer', valuationDate: '2026-06-30', basis: 'market',
    body: {
      name: 'Công ty Thẩm định mẫu', address: 'Hà Nội', licenceNumber: '', licenceDate: '', licenceIssuer: '', licensedForValuation: false,
      appraisers: [{ id: 'a1', name: 'Trần Thị Bình', card: '' }], legalRepresentative: 'Lê Văn Cường', legalRepresentativeTitle: 'Giám đốc',
    },
  },
}

export const evidence = (id: string, over: Partial<Extract<Command, { type: 'evidence.add' }>['evidence']> = {}): Command =>
  ({ type: 'evidence.add', evidence: { id, kind: 'interview', title: `Chứng cứ ${id}`, note: '', source: 'Phỏng vấn chủ nhiệm đề tài', date: '2026-06-01', file: null, url: '', ...over } })

export const datum = (value: number | string | (number | null)[] | null, over: { source?: string; evidence?: string[] } = {}) => ({ value, unit: '', source: 'Phương án kinh doanh', date: '' as const, reason: '', evidence: [], ...over })

export const sheet = (id: string, over: Partial<Extract<Command, { type: 'valuation.addSheet' }>['sheet']> = {}): Command =>
  ({ type: 'valuation.addSheet', sheet: { id, method: 'sum/1', title: 'Tổng dòng tiền', role: 'principal', weight: 1, why: 'Có dự báo dòng tiền.', inputs: { flows: datum([1, 2, 3]), factor: datum(2), mode: datum('end') }, ...over } })

export const answerLevel = (level: number, questions: number, value: boolean, cited: string[]): Command[] =>
  Array.from({ length: questions }, (_, index) => ({ type: 'checklist.answer', question: `trl-${String(level)}-${String(index + 1)}`, answer: { value, evidence: cited, note: '', confidence: null } }))

/** TRL 2 settled: levels 1 and 2 met with evidence e1, level 3 answered no. */
export const settledAtTwo: Command[] = [...answerLevel(1, 3, true, ['e1']), ...answerLevel(2, 4, true, ['e1']), ...answerLevel(3, 1, false, [])]

export const conclude: Command = { type: 'valuation.conclude', conclusion: { value: 12, low: 11, high: 13, rounding: 0, reason: 'Một phương pháp.' } }

/** A dossier ready to be handed to the council. */
export const readyToSubmit = (know: Knowledge = knowledge): Desk => new Desk(know).do(create(), fullProfile, evidence('e1'), ...settledAtTwo, sheet('s1'), conclude)

type Member = Extract<Command, { type: 'council.setMember' }>['member']
export const member = (id: string, role: Member['role'], over: Partial<Member> = {}): Command =>
  ({ type: 'council.setMember', member: { id, name: `Thành viên ${id}`, title: 'TS', organisation: 'Viện mẫu', role, attendance: 'present', expertise: [], experienceYears: 5, certificate: '', ...over } })

/** Seven members who fill every seat of Circular 15/2014. */
export const seven: Command[] = [
  member('m1', 'chair', { expertise: ['stateAgency'] }), member('m2', 'deputyChair'), member('m3', 'secretary', { expertise: ['commercialisation'] }), member('m4', 'reviewer', { expertise: ['ipLaw'] }),
  member('m5', 'member', { expertise: ['enterprise'] }), member('m6', 'member', { expertise: ['investment'] }), member('m7', 'member', { expertise: ['valuation'] }),
]
export const memberIds = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7']
export const declareAll: Command[] = memberIds.map((id) => ({ type: 'council.declare', member: id, conflict: false, text: '' }))

const fullPoints = { 'market-potential': 15, 'market-access': 14, 'valuation-result': 8, 'assessment-staff': 7, 'legal-staff': 6, intermediaries: 5, facilities: 8, 'domestic-use': 9 }
export const card = (id: string, vote: 'for' | 'against' | 'abstain' = 'for', points: Record<string, number> = {}): Command =>
  ({ type: 'council.score', card: { member: id, points: { ...fullPoints, ...points }, comments: {}, vote, opinion: '' } })

export const councilSetUp: Command[] = [
  { type: 'council.useRule', rule: council15 }, ...seven, ...declareAll,
  { type: 'council.describe', patch: { decisionNumber: '12/QĐ-HĐ', meetingDate: '2026-07-10', place: 'Hà Nội' } },
]

/** In review with the round open. */
export const inRound = (know: Knowledge = knowledge): Desk => readyToSubmit(know).do({ type: 'phase.submit' }, ...councilSetUp, { type: 'council.openRound' })

export const reportFacts: Command = { type: 'report.set', patch: { number: '05/BC-TĐG', place: 'Hà Nội', date: '2026-07-15', signerTitle: 'GIÁM ĐỐC', signerName: 'Lê Văn Cường', recipients: ['Như trên'] } }

/** Approved and ready to be sealed. */
export const approved = (know: Knowledge = knowledge): Desk => inRound(know).do(
  ...memberIds.map((id) => card(id)), { type: 'council.closeRound' }, { type: 'council.describe', patch: { minutes: 'Biên bản.' } },
  { type: 'council.adopt' }, { type: 'phase.approve' }, reportFacts)
