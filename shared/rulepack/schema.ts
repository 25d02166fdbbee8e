import { z } from 'zod'
import { isoDate } from '../schema/base.ts'
import { dossierKinds } from '../schema/dossier.ts'

/** A sentence in both languages; neither may be empty. */
const text = z.strictObject({ vi: z.string().min(1).max(5000), en: z.string().min(1).max(5000) })
const dateOrNone = z.union([isoDate, z.literal('')])
/** Id of a question, level, criterion or source inside a pack. */
export const packItemId = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,59}$/)

/**
 * A legal or technical source (căn cứ) as dated data. `mark` says how far its wording was checked: `verified` read in an
 * official copy, `secondary` seen in a secondary source, `derived` concluded from such facts, `memory` not checked.
 */
export const legalSource = z.strictObject({
  id: packItemId,
  kind: z.enum(['law', 'decree', 'circular', 'decision', 'standard', 'practice']),
  /** Number as it is cited, for example `15/2014/TT-BKHCN`. */
  number: z.string().min(1).max(100),
  title: text,
  issued: dateOrNone,
  effectiveFrom: dateOrNone,
  /** Empty while no end is known. */
  effectiveTo: dateOrNone,
  status: z.enum(['inForce', 'amended', 'replaced', 'draft', 'unconfirmed', 'voluntary']),
  mark: z.enum(['verified', 'secondary', 'derived', 'memory']),
  note: text.optional(),
})
export type LegalSource = z.infer<typeof legalSource>

/** Where a rule rests (căn cứ pháp lý): a source of the same pack and the clause. */
const citation = z.strictObject({ source: packItemId, clause: z.string().max(200) })

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
  label: z.string().min(1).max(20),
  text,
  guidance: text,
  basis: z.array(citation).max(20),
  evidence: evidenceRule.optional(),
  /** Optional questions never block. */
  required: z.boolean(),
  /** May be waived in writing. */
  waivable: z.boolean(),
  showWhen: condition.optional(),
}
const points = z.number().min(-1000).max(1000)
const option = z.strictObject({ value: z.string().regex(/^[a-zA-Z0-9][\w.-]{0,59}$/), text, points: points.optional() })
const quantity = { unit: z.string().max(40), period: text.optional(), min: z.number().optional(), max: z.number().optional() }

/** A question of a checklist (câu hỏi), by what kind of answer it takes. */
export const question = z.discriminatedUnion('type', [
  z.strictObject({ ...questionBase, type: z.literal('yesNo'), points: z.strictObject({ yes: points, no: points }).optional() }),
  z.strictObject({ ...questionBase, type: z.literal('level'), levels: z.array(z.strictObject({ value: z.number().int().min(0).max(100), text, points: points.optional() })).min(2).max(20) }),
  z.strictObject({ ...questionBase, type: z.literal('choice'), multiple: z.boolean(), options: z.array(option).min(2).max(100), cap: points.optional() }),
  /** `bands` turn the number into points: the first band whose `from` is reached from above counts. */
  z.strictObject({ ...questionBase, type: z.literal('number'), ...quantity, decimals: z.number().int().min(0).max(10).optional(), bands: z.array(z.strictObject({ from: z.number(), points })).max(20).optional() }),
  z.strictObject({ ...questionBase, type: z.literal('money'), ...quantity }),
  z.strictObject({ ...questionBase, type: z.literal('date') }),
  z.strictObject({ ...questionBase, type: z.literal('text'), maxLength: z.number().int().min(1).max(5000) }),
  z.strictObject({ ...questionBase, type: z.literal('table'), columns: z.array(z.strictObject({ id: packItemId, text, type: z.enum(['text', 'number', 'date']), unit: z.string().max(40) })).min(1).max(20), maxRows: z.number().int().min(1).max(500) }),
  z.strictObject({ ...questionBase, type: z.literal('computed'), unit: z.string().max(40), expression: z.string().min(1).max(2000) }),
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
  questions: z.array(question).min(1).max(500),
})
export type Section = z.infer<typeof section>

/** How answers become a result: `levels` counts a level only when it and all lower ones are met; `points` adds up. */
const scoring = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('levels'), scale: z.string().min(1).max(20), lowest: z.number().int(), highest: z.number().int(), basis: z.array(citation).max(20) }),
  z.strictObject({ by: z.literal('points'), maximum: z.number().positive(), classes: z.array(z.strictObject({ id: packItemId, text, from: z.number() })).max(20), basis: z.array(citation).max(20) }),
])

const head = {
  format: z.literal('luong-gia-pack/1'),
  id: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/),
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
  scoring,
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
