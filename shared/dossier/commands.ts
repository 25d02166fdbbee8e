import { z } from 'zod'
import { bilingual, datum, hash, isoDate, isoInstant, line, localId, prose, shortText } from '../schema/base.ts'
import {
  answer, calendar, consent, councilMember, delivery, dossierKind, earlierAssessment, evidence, methodSheet, nodeWeights, profile, referenceChoice, reportFacts,
  riskEntry, ruling, scorecard, support, uncertainty, waiver,
} from '../schema/dossier.ts'

const pack = z.strictObject({ id: z.string().max(80), version: z.string().max(40), sha256: hash })

const inputKey = z.string().regex(/^[a-zA-Z][A-Za-z0-9]{0,59}$/)
/** Which of the further checklists, by pack id; absent for the main one. */
const list = z.exactOptional(z.string().max(80))

/**
 * Everything that can be done to a dossier (thao tác trên hồ sơ). `decide` turns a command into one change or a fault;
 * nothing else may change a dossier.
 */
export const command = z.discriminatedUnion('type', [
  /** First command of every log. `profile` carries what is known from the start (the appraising body, the title). */
  z.strictObject({
    type: z.literal('dossier.create'),
    kind: dossierKind,
    createdBy: line,
    profile: profile.partial(),
    pack: pack.nullable(),
    supersedes: hash.nullable(),
    sample: z.strictObject({ id: z.string().max(80), source: bilingual }).nullable(),
  }),
  /** Sets some fields of the profile; unknown fields are refused by the schema. */
  z.strictObject({ type: z.literal('profile.set'), patch: profile.partial() }),

  z.strictObject({ type: z.literal('evidence.add'), evidence }),
  z.strictObject({ type: z.literal('evidence.describe'), id: localId, patch: evidence.pick({ title: true, note: true, source: true, date: true, url: true }).partial() }),
  /** Refused while an answer, a datum or a waiver still cites it. */
  z.strictObject({ type: z.literal('evidence.remove'), id: localId }),

  /** The pack of the main checklist, or with `list` the pack of a further one, which is begun if it is not there. */
  z.strictObject({ type: z.literal('checklist.usePack'), pack, list }),
  /** Takes a further checklist out, with its answers. */
  z.strictObject({ type: z.literal('checklist.drop'), list: z.string().max(80) }),
  /** With `assessor`: the own answer of that assessor, apart from the agreed ones. */
  z.strictObject({ type: z.literal('checklist.answer'), question: z.string().max(80), answer, list, assessor: z.exactOptional(localId) }),
  /** Several answers in one step: a filled template, differences settled at once, or evidence cited for many questions. null takes an answer back. */
  z.strictObject({ type: z.literal('checklist.answerMany'), answers: z.record(z.string().max(80), answer.nullable()), list }),
  z.strictObject({ type: z.literal('checklist.clear'), question: z.string().max(80), list, assessor: z.exactOptional(localId) }),
  z.strictObject({ type: z.literal('checklist.waive'), item: z.string().max(80), waiver: waiver.nullable(), list }),
  z.strictObject({ type: z.literal('checklist.setReference'), reference: z.string().max(60), choice: referenceChoice.nullable(), list }),
  z.strictObject({ type: z.literal('checklist.setAssessor'), id: localId, name: line, done: z.boolean(), list }),
  z.strictObject({ type: z.literal('checklist.removeAssessor'), id: localId, list }),
  z.strictObject({ type: z.literal('checklist.weigh'), node: z.string().max(60), weights: nodeWeights.nullable(), list }),
  z.strictObject({ type: z.literal('checklist.setCalendar'), calendar: calendar.nullable(), list }),
  z.strictObject({ type: z.literal('checklist.compare'), earlier: earlierAssessment.nullable(), list }),
  /** Given while the council reviews: what it decides where the class rules leave a gap. */
  z.strictObject({ type: z.literal('council.rule'), gap: z.string().max(60), ruling: ruling.nullable(), list }),
  z.strictObject({ type: z.literal('consent.set'), consent: consent.nullable() }),

  z.strictObject({ type: z.literal('valuation.addSheet'), sheet: methodSheet }),
  z.strictObject({ type: z.literal('valuation.removeSheet'), id: localId }),
  z.strictObject({ type: z.literal('valuation.describeSheet'), id: localId, patch: methodSheet.pick({ title: true, role: true, weight: true, why: true }).partial() }),
  /** `datum: null` clears the input. */
  z.strictObject({ type: z.literal('valuation.setInput'), sheet: localId, key: inputKey, datum: datum.nullable() }),
  /** Several inputs of one sheet in one step: a pasted table, an imported list. `null` clears. */
  z.strictObject({ type: z.literal('valuation.setInputs'), sheet: localId, data: z.record(inputKey, datum.nullable()) }),
  z.strictObject({ type: z.literal('valuation.setRisk'), id: localId, entry: riskEntry.nullable() }),
  /** Begins a supporting computation or retitles it, what is not given staying as it is; null takes it out, refused while an input names it as its source. */
  z.strictObject({ type: z.literal('valuation.setSupport'), id: localId, support: support.extend({ inputs: z.exactOptional(support.shape.inputs), for: z.exactOptional(support.shape.for) }).nullable() }),
  z.strictObject({ type: z.literal('valuation.setSupportInput'), support: localId, key: inputKey, datum: datum.nullable() }),
  z.strictObject({ type: z.literal('valuation.setSupportInputs'), support: localId, data: z.record(inputKey, datum.nullable()) }),
  /** Takes the figure of a support into an input of the sheet, or of the support, named `sheet`; source and reason are written in `language`. */
  z.strictObject({ type: z.literal('valuation.applySupport'), id: localId, sheet: localId, key: inputKey, language: z.enum(['vi', 'en']) }),
  /** Keeps the number in use against the figure of the support that fed it, for a reason that becomes the input's. */
  z.strictObject({ type: z.literal('valuation.keepInput'), id: localId, reason: prose }),
  /** `uncertainty: null` gives the analysis up. */
  z.strictObject({ type: z.literal('valuation.setUncertainty'), sheet: localId, uncertainty: uncertainty.nullable() }),
  z.strictObject({ type: z.literal('valuation.narrate'), narrative: prose }),
  z.strictObject({
    type: z.literal('valuation.conclude'),
    conclusion: z.strictObject({ value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable(), rounding: z.number().nonnegative(), reason: prose }),
  }),

  z.strictObject({ type: z.literal('council.useRule'), rule: pack }),
  z.strictObject({ type: z.literal('council.describe'), patch: z.strictObject({ decisionNumber: line, meetingDate: z.union([isoDate, z.literal('')]), place: line, minutes: prose }).partial() }),
  /** Adds or replaces a member; the declared interest is kept when the member existed. */
  z.strictObject({ type: z.literal('council.setMember'), member: councilMember.omit({ interest: true }) }),
  z.strictObject({ type: z.literal('council.removeMember'), id: localId }),
  z.strictObject({ type: z.literal('council.declare'), member: localId, conflict: z.boolean(), text: prose }),
  z.strictObject({ type: z.literal('council.openRound') }),
  /** Refused from a member with a conflict, without a declaration, or twice in a round. */
  z.strictObject({ type: z.literal('council.score'), card: scorecard.omit({ at: true }) }),
  z.strictObject({ type: z.literal('council.closeRound') }),
  /** Records the outcome computed by the rule; refused without quorum or before the round is closed. */
  z.strictObject({ type: z.literal('council.adopt') }),

  z.strictObject({ type: z.literal('report.set'), patch: reportFacts.partial() }),

  z.strictObject({ type: z.literal('phase.discard') }),
  z.strictObject({ type: z.literal('phase.restore') }),
  /** draft → inReview: refused while something demanded is missing; the fault names it. */
  z.strictObject({ type: z.literal('phase.submit') }),
  /** inReview or approved → draft, with a reason. */
  z.strictObject({ type: z.literal('phase.return'), reason: prose }),
  /** inReview → approved, after the council adopted. */
  z.strictObject({ type: z.literal('phase.approve') }),
  /** approved → sealed. `manifest`, `jws` and `texts` (figures and packs, by hash) are those of `sealDossier`, just signed. */
  z.strictObject({ type: z.literal('phase.seal'), seal: hash, manifest: z.string().max(1_200_000), texts: z.record(hash, z.string()), jws: z.string().max(10_000), sealedAt: isoInstant }),
  /** sealed → signed. */
  z.strictObject({ type: z.literal('phase.sign'), report: delivery.shape.report.unwrap() }),
  /** signed → queued: into the outbox. Also refused → queued, when the reason of the refusal is out of the way. */
  z.strictObject({ type: z.literal('phase.queue'), packageSha256: hash }),
  /** queued → received: only with a verified receipt. */
  z.strictObject({ type: z.literal('phase.receive'), receipt: z.string().max(20_000), receivedAt: isoInstant }),
  /** queued → refused, with the exchange's code and words. */
  z.strictObject({ type: z.literal('phase.refuse'), code: shortText(60), text: shortText(2000) }),

  /** Takes back the last change that can be taken back (log.ts says which); refused once sealed. */
  z.strictObject({ type: z.literal('undo') }),
  z.strictObject({ type: z.literal('redo') }),
])
export type Command = z.input<typeof command>
export type CommandType = Command['type']
export type ParsedCommand = z.output<typeof command>
