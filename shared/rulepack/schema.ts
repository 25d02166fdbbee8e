import { z } from 'zod'
import { dossierKinds } from '../schema/dossier.ts'
import { citation, expression, legalSource, packItemId, points, readable, symbol, text } from './parts.ts'
import { criterion, reference, scoring } from './scoring.ts'

/** Condition on answers, for branching: a question has one of these values; or all, any, none of some conditions. */
export type Condition =
  | { readonly question: string; readonly is: readonly (boolean | number | string)[] }
  | { readonly question: string; readonly answered: boolean }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
export const condition: z.ZodType<Condition> = z.lazy(() => z.union([
  z.strictObject({ question: packItemId, is: z.array(z.union([z.boolean(), z.number(), z.string().max(200)])).min(1).max(50) }),
  z.strictObject({ question: packItemId, answered: z.boolean() }),
  z.strictObject({ all: z.array(condition).min(1).max(20) }),
  z.strictObject({ any: z.array(condition).min(1).max(20) }),
  z.strictObject({ not: condition }),
]))

/** What evidence is asked for (chứng cứ cần có). `least` pieces are demanded; `hints` say what usually serves. */
const evidenceRule = z.strictObject({ least: z.number().int().min(0).max(20), hints: z.array(text).max(30) })

const questionBase = {
  id: packItemId,
  /** How people cite it, for example `4.2`. */
  label: readable.min(1).max(20),
  text,
  guidance: text,
  basis: z.array(citation).max(20),
  evidence: evidenceRule.optional(),
  /** Optional questions never block. */
  required: z.boolean(),
  /** May be waived in writing. */
  waivable: z.boolean(),
  showWhen: condition.optional(),
  /** Name of the answer in expressions; without it expressions write the id in brackets. */
  symbol: symbol.optional(),
  /** The answer settles a disputed reading of the rule (cách hiểu): it is told apart in the report and argued in the note. */
  reading: z.boolean().optional(),
  /** The answer stands with the result in the body of the report, not in the annex alone (nêu trong phần kết quả). */
  inReport: z.boolean().optional(),
  /** What to do when the answer is weak or no (khuyến nghị). */
  recommendation: text.optional(),
}
const optionValue = z.string().regex(/^[a-zA-Z0-9][\w.-]{0,59}$/)
/** `stands` is the number that the answer stands for, for `stands(…)` in expressions. */
const option = z.strictObject({ value: optionValue, text, points: points.optional(), stands: z.number().optional() })
/** With `inReport` on some columns, the body of the report shows those alone. */
const cell = { id: packItemId, text, symbol: symbol.optional(), inReport: z.boolean().optional() }
/** Column of a table question; a computed one follows from the other cells of its row by their symbols. */
const tableColumn = z.discriminatedUnion('type', [
  z.strictObject({ ...cell, type: z.literal('text'), required: z.boolean() }),
  z.strictObject({ ...cell, type: z.literal('number'), required: z.boolean(), unit: z.string().max(40), min: z.number().optional(), max: z.number().optional() }),
  z.strictObject({ ...cell, type: z.literal('date'), required: z.boolean() }),
  z.strictObject({ ...cell, type: z.literal('yesNo'), required: z.boolean() }),
  z.strictObject({ ...cell, type: z.literal('choice'), required: z.boolean(), options: z.array(z.strictObject({ value: optionValue, text })).min(2).max(50) }),
  z.strictObject({ ...cell, type: z.literal('computed'), expression, unit: z.string().max(40), decimals: z.number().int().min(0).max(10).optional(), options: z.array(z.strictObject({ value: optionValue, text })).max(50).optional() }),
])
export type TableColumn = z.infer<typeof tableColumn>
const quantity = { unit: z.string().max(40), period: text.optional(), min: z.number().optional(), max: z.number().optional() }

/** A question of a checklist (câu hỏi), by what kind of answer it takes. */
export const question = z.discriminatedUnion('type', [
  z.strictObject({ ...questionBase, type: z.literal('yesNo'), points: z.strictObject({ yes: points, no: points }).optional() }),
  z.strictObject({ ...questionBase, type: z.literal('level'), levels: z.array(z.strictObject({ value: z.number().int().min(0).max(100), text, points: points.optional(), stands: z.number().optional() })).min(2).max(20) }),
  z.strictObject({ ...questionBase, type: z.literal('choice'), multiple: z.boolean(), options: z.array(option).min(2).max(100), cap: points.optional() }),
  /** `bands` turn the number into points: the first band whose `from` is reached from above counts. */
  z.strictObject({ ...questionBase, type: z.literal('number'), ...quantity, decimals: z.number().int().min(0).max(10).optional(), bands: z.array(z.strictObject({ from: z.number(), points })).max(20).optional() }),
  z.strictObject({ ...questionBase, type: z.literal('money'), ...quantity }),
  z.strictObject({ ...questionBase, type: z.literal('date') }),
  z.strictObject({ ...questionBase, type: z.literal('text'), maxLength: z.number().int().min(1).max(5000) }),
  z.strictObject({ ...questionBase, type: z.literal('table'), columns: z.array(tableColumn).min(1).max(20), minRows: z.number().int().min(0).max(500), maxRows: z.number().int().min(1).max(500) }),
  /** Follows from other answers; never entered. `options` name the texts it may come to, for people. */
  z.strictObject({ ...questionBase, type: z.literal('computed'), unit: z.string().max(40), expression, decimals: z.number().int().min(0).max(10).optional(), options: z.array(z.strictObject({ value: optionValue, text })).max(50).optional() }),
])
export type Question = z.infer<typeof question>

export const section = z.strictObject({
  id: packItemId,
  title: text,
  intro: text,
  /** Level that this section decides, for packs scored by levels. */
  level: z.number().int().min(1).max(100).optional(),
  /** Evidence demanded for the section as a whole, counted over the answers in it. */
  evidence: evidenceRule,
  /** The whole section (level) may be waived in writing. */
  waivable: z.boolean(),
  /** Points of the section are cut at this maximum. */
  cap: points.optional(),
  /** Name of the points of the section in expressions; `maximum` is the most that can be reached. */
  symbol: symbol.optional(),
  maximum: z.number().positive().max(100_000).optional(),
  /** Criteria scored by rules over the answers of the pack (tiêu chí). */
  criteria: z.array(criterion).max(200).optional(),
  questions: z.array(question).min(1).max(500),
})
export type Section = z.infer<typeof section>

const head = {
  /** 2 added tables, computed answers, criteria, reference tables and scoring by rules and weights; 1 is read as ever. */
  format: z.enum(['luong-gia-pack/1', 'luong-gia-pack/2']),
  /** Not `main` either: results of the main checklist go by that name. */
  id: z.string().regex(/^(?!(?:constructor|main)$)[a-z][a-z0-9-]{0,59}$/),
  version: z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/),
  title: text,
  description: text,
  sources: z.array(legalSource).min(1).max(100),
}

export const checklistPack = z.strictObject({
  ...head,
  use: z.literal('checklist'),
  /** Kinds of dossier it may be used in. */
  kinds: z.array(z.enum(dossierKinds)).min(1),
  /** The main checklist of a dossier, or one that stands beside it; both when absent. */
  place: z.enum(['main', 'beside']).optional(),
  scoring,
  /** Tables that do not come with the pack and are imported, such as industry benchmarks (bảng tham chiếu). */
  references: z.array(reference).max(20).optional(),
  /** Clocks in working days need a calendar of holidays. */
  usesCalendar: z.boolean().optional(),
  /** Results go to third parties only with the enterprise's recorded consent (TT 17/2019/TT-BKHCN Art 13.1). */
  needsConsent: z.strictObject({ basis: z.array(citation).max(20) }).optional(),
  sections: z.array(section).min(1).max(100),
})
export type ChecklistPack = z.infer<typeof checklistPack>

/** A share of the members, kept as a fraction so that 2/3 of 9 is exactly 6. */
const share = z.strictObject({ numerator: z.number().int().min(0).max(100), denominator: z.number().int().min(1).max(100) })
export type Share = z.infer<typeof share>

/** Fields of knowledge a council may have to include (lĩnh vực chuyên môn của thành viên). */
export const expertises = ['stateAgency', 'technology', 'commercialisation', 'ipLaw', 'enterprise', 'investment', 'valuation', 'finance'] as const

/** Rules of an assessment council (quy tắc hội đồng). */
export const councilRule = z.strictObject({
  size: z.strictObject({ min: z.number().int().min(1).max(99), max: z.number().int().min(1).max(99).nullable() }),
  /** Who must be on the council: at least `least` members who hold one of the roles and one of the fields named. */
  seats: z.array(z.strictObject({
    id: packItemId,
    text,
    least: z.number().int().min(1).max(20),
    roles: z.array(z.enum(['chair', 'deputyChair', 'secretary', 'reviewer', 'member'])).min(1).optional(),
    expertise: z.array(z.enum(expertises)).min(1).optional(),
    /** Years of experience must exceed this. */
    yearsOver: z.number().min(0).max(60).optional(),
    basis: z.array(citation).max(20),
  })).max(30),
  /** Share of the members who must hold a professional certificate, if any. */
  certified: z.strictObject({ share, chair: z.boolean(), basis: z.array(citation).max(20) }).nullable(),
  quorum: z.strictObject({
    share,
    /** Who must chair the meeting. */
    chairedBy: z.enum(['chair', 'chairOrDeputy']),
    /** When no meeting can be held, ballots of all members stand in for it. */
    allByBallot: z.boolean(),
    basis: z.array(citation).max(20),
  }),
  /** Absent members may vote by ballot (bỏ phiếu bằng văn bản). */
  absentBallots: z.boolean(),
  decision: z.strictObject({
    /** What the votes in favour are measured against. */
    base: z.enum(['allMembers', 'presentMembers']),
    share,
    /** true: more than the share; false: the share itself is enough. */
    strict: z.boolean(),
    tie: z.enum(['chair', 'rejected']),
    basis: z.array(citation).max(20),
  }),
  scoring: z.strictObject({
    criteria: z.array(z.strictObject({ id: packItemId, text, guidance: text, max: z.number().positive().max(1000), group: packItemId })).min(1).max(60),
    groups: z.array(z.strictObject({ id: packItemId, text, max: z.number().positive() })).min(1).max(20),
    maximum: z.number().positive(),
    basis: z.array(citation).max(20),
  }).nullable(),
})
export type CouncilRule = z.infer<typeof councilRule>

export const councilPack = z.strictObject({ ...head, use: z.literal('council'), rule: councilRule })
export type CouncilPack = z.infer<typeof councilPack>

/** A versioned, dated body of rules as data (bộ quy tắc): no criterion, threshold or citation lives in code. */
export const rulePack = z.discriminatedUnion('use', [checklistPack, councilPack])
export type RulePack = z.infer<typeof rulePack>
