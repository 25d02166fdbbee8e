import type { historyVi } from '../../../shared/i18n/vi/history.ts'
import type { Change } from '../../../shared/schema/change.ts'
import type { Section } from '../../router.ts'
import type { Names } from './names.ts'

type Key = keyof typeof historyVi

/** Which sentence tells a kind of change, and how to find the name of what it was done to. */
const kinds: Readonly<Record<string, { readonly key: Key; readonly area: Section | 'phase'; readonly home?: string }>> = {
  'dossier.create': { key: 'createDossier', area: 'overview' },
  'profile.set': { key: 'profileSet', area: 'profile' },
  'evidence.add': { key: 'evidenceAdd', area: 'evidence', home: 'evidence' },
  'evidence.describe': { key: 'evidenceDescribe', area: 'evidence', home: 'evidence' },
  'evidence.remove': { key: 'evidenceRemove', area: 'evidence', home: 'evidence' },
  'checklist.usePack': { key: 'checklistPack', area: 'checklist' },
  'checklist.answer': { key: 'checklistAnswer', area: 'checklist', home: 'question' },
  'checklist.clear': { key: 'checklistClear', area: 'checklist', home: 'question' },
  'checklist.waive': { key: 'checklistWaive', area: 'checklist', home: 'question' },
  'checklist.drop': { key: 'checklistDrop', area: 'checklist', home: 'pack' },
  'checklist.answerMany': { key: 'checklistAnswerMany', area: 'checklist' },
  'checklist.setReference': { key: 'checklistReference', area: 'checklist', home: 'reference' },
  'checklist.setAssessor': { key: 'checklistAssessor', area: 'checklist', home: 'checklist.assessors' },
  'checklist.removeAssessor': { key: 'checklistAssessorRemove', area: 'checklist', home: 'checklist.assessors' },
  'checklist.weigh': { key: 'checklistWeigh', area: 'checklist' },
  'checklist.setCalendar': { key: 'checklistCalendar', area: 'checklist' },
  'checklist.compare': { key: 'checklistCompare', area: 'checklist' },
  'council.rule': { key: 'councilRuling', area: 'council' },
  'consent.set': { key: 'consentSet', area: 'checklist' },
  'valuation.addSheet': { key: 'sheetAdd', area: 'valuation', home: 'valuation.sheets' },
  'valuation.removeSheet': { key: 'sheetRemove', area: 'valuation', home: 'valuation.sheets' },
  'valuation.describeSheet': { key: 'sheetDescribe', area: 'valuation', home: 'valuation.sheets' },
  'valuation.setInput': { key: 'sheetInput', area: 'valuation', home: 'input' },
  'valuation.setInputs': { key: 'sheetInputs', area: 'valuation', home: 'valuation.sheets' },
  'valuation.setRisk': { key: 'riskSet', area: 'valuation', home: 'valuation.risks' },
  'valuation.setSupport': { key: 'supportSet', area: 'valuation', home: 'valuation.supports' },
  'valuation.setSupportInput': { key: 'supportInput', area: 'valuation', home: 'input' },
  'valuation.setSupportInputs': { key: 'supportInputs', area: 'valuation', home: 'valuation.supports' },
  'valuation.applySupport': { key: 'supportApply', area: 'valuation', home: 'valuation.supports' },
  'valuation.keepInput': { key: 'supportKeep', area: 'valuation', home: 'valuation.supports' },
  'valuation.setUncertainty': { key: 'sheetUncertainty', area: 'valuation', home: 'valuation.sheets' },
  'valuation.narrate': { key: 'valuationNarrate', area: 'valuation' },
  'valuation.conclude': { key: 'valuationConclude', area: 'valuation' },
  'council.useRule': { key: 'councilRule', area: 'council' },
  'council.describe': { key: 'councilDescribe', area: 'council' },
  'council.setMember': { key: 'councilMember', area: 'council', home: 'council.members' },
  'council.removeMember': { key: 'councilMemberRemove', area: 'council', home: 'council.members' },
  'council.declare': { key: 'councilDeclare', area: 'council', home: 'council.members' },
  'council.openRound': { key: 'councilOpen', area: 'council' },
  'council.score': { key: 'councilScore', area: 'council', home: 'council.members' },
  'council.closeRound': { key: 'councilClose', area: 'council' },
  'council.adopt': { key: 'councilAdopt', area: 'council' },
  'report.set': { key: 'reportSet', area: 'report' },
  'phase.discard': { key: 'phaseDiscard', area: 'phase' },
  'phase.restore': { key: 'phaseRestore', area: 'phase' },
  'phase.submit': { key: 'phaseSubmit', area: 'phase' },
  'phase.return': { key: 'phaseReturn', area: 'phase' },
  'phase.approve': { key: 'phaseApprove', area: 'phase' },
  'phase.seal': { key: 'phaseSeal', area: 'phase' },
  'phase.sign': { key: 'phaseSign', area: 'phase' },
  'phase.queue': { key: 'phaseQueue', area: 'phase' },
  'phase.receive': { key: 'phaseReceive', area: 'phase' },
  'phase.refuse': { key: 'phaseRefuse', area: 'phase' },
}

export type Area = Section | 'phase'

/** What a log line says, before it is put into words. */
export interface Told {
  readonly key: Key
  readonly what: string
  readonly area: Area
  /** Set when the line takes back or makes again another one. */
  readonly again: { readonly kind: 'undo' | 'redo'; readonly seq: number } | null
}

/** Words that only the screen can find: the label of a profile field, of an input of a method. */
export interface Wording {
  readonly profileField: (path: readonly string[]) => string | undefined
  readonly input: (sheet: string, key: string) => string
  /** The word for the code of a risk. */
  readonly risk: (code: string) => string
}

/** Reads one line of a log. `bySeq` finds the line that an undo names. */
export const tell = (change: Change, bySeq: (seq: number) => Change | undefined, names: Names, wording: Wording): Told => {
  const { kind, subject, of, ops } = change.body
  if ((kind === 'undo' || kind === 'redo') && of !== undefined) {
    const original = bySeq(of)
    const inner = original === undefined || original.body.of !== undefined ? null : tell(original, bySeq, names, wording)
    return { key: inner?.key ?? 'other', what: inner?.what ?? '', area: inner?.area ?? 'overview', again: { kind, seq: of } }
  }
  const known = kinds[kind]
  if (known === undefined) return { key: 'other', what: '', area: 'overview', again: null }
  if (kind === 'profile.set') {
    const fields = new Set(ops.map((op) => wording.profileField(op.path.slice(1))))
    const [only] = fields
    if (fields.size === 1 && only !== undefined) return { key: 'profileSetOne', what: only, area: known.area, again: null }
  }
  if (known.home === 'input') {
    const dot = subject.indexOf('.')
    return { key: known.key, what: wording.input(subject.slice(0, dot), subject.slice(dot + 1)), area: known.area, again: null }
  }
  if (known.home === 'valuation.risks') return { key: known.key, what: wording.risk(names.of(`${known.home}.${subject}`) ?? ''), area: known.area, again: null }
  const what = known.home === undefined ? '' : (names.of(`${known.home}.${subject}`) ?? subject)
  return { key: known.key, what, area: known.area, again: null }
}
