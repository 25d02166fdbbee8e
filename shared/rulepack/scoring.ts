import { z } from 'zod'
import { citation, expression, packItemId, points, readable, symbol, text } from './parts.ts'

const basis = z.array(citation).max(20)

/** One row of a scoring rule (dòng thang điểm): the points that count when its condition is true. */
const row = z.strictObject({ text, when: expression, points })

/**
 * Part of a criterion: `firstMatch` takes the first true row, `sum` adds every true row, `highest` takes the true row with
 * the most points; no true row gives 0. `cap` cuts the part.
 */
const part = z.strictObject({ id: packItemId, text: text.optional(), combine: z.enum(['firstMatch', 'sum', 'highest']), cap: points.optional(), rows: z.array(row).min(1).max(100) })

/** A criterion scored by rules over the answers (tiêu chí chấm điểm). What it needs follows from the names its rules use. */
export const criterion = z.strictObject({
  id: packItemId,
  label: readable.min(1).max(20),
  text,
  guidance: text,
  basis,
  /** Name of its points in expressions. */
  symbol: symbol.optional(),
  maximum: z.number().positive().max(1000),
  parts: z.array(part).min(1).max(10),
  /** What to do to earn more (khuyến nghị). */
  recommendation: text.optional(),
})
export type Criterion = z.infer<typeof criterion>

/**
 * Table that users import (bảng tham chiếu), for example benchmarks by industry and year. With `pick` `one` a single row is chosen and its
 * columns are names in expressions; with `many` the chosen rows form a table under the symbol of the reference.
 */
export const reference = z.strictObject({
  id: packItemId,
  title: text,
  guidance: text,
  basis,
  pick: z.enum(['one', 'many']),
  symbol: symbol.optional(),
  columns: z.array(z.strictObject({ id: packItemId, text, symbol: symbol.optional(), type: z.enum(['text', 'number']), key: z.boolean(), unit: z.string().max(40), min: z.number().optional() })).min(1).max(30),
  /** What stays blocked until a row is chosen, as a sentence for people. */
  missing: text,
})
export type Reference = z.infer<typeof reference>

/** Number that the pack derives from its points and answers (chỉ số), for example a synchronisation coefficient. */
const figure = z.strictObject({ id: packItemId, symbol, text, unit: z.string().max(40), decimals: z.number().int().min(0).max(10), expression, basis, note: text.optional() })
export type PackFigure = z.infer<typeof figure>

/** Class of the outcome (mức xếp loại). `least` names the minimums it stands on, for pictures and what-if: section symbols, figures, `total`. */
const ruledClass = z.strictObject({ id: packItemId, text, when: expression, least: z.record(z.string().max(40), z.number()).optional(), tone: z.enum(['good', 'fair', 'poor']).optional() })

/** Combination of results that the rules as printed do not cover: shown, and settled by the council. */
const gap = z.strictObject({ id: packItemId, text, when: expression })

/** Node of a criteria tree (cây tiêu chí): a leaf names the question it scores and the most points that one gives. */
export interface TreeNode {
  readonly id: string
  readonly text: { readonly vi: string; readonly en: string }
  readonly question?: string | undefined
  readonly weight?: number | undefined
  readonly children?: readonly TreeNode[] | undefined
}
const treeNode: z.ZodType<TreeNode> = z.lazy(() => z.strictObject({
  id: packItemId, text, question: packItemId.optional(),
  /** Weight proposed by the pack among its siblings; the dossier may set its own. */
  weight: z.number().min(0).max(1e6).optional(),
  children: z.array(treeNode).min(1).max(30).optional(),
}))

/**
 * How answers become a result. `levels`: a level counts only when it and all lower ones are met. `points`: adds up.
 * `rules`: criteria, figures and classes by expressions, first true class in order. `weighted`: a criteria tree whose leaves are
 * questions with points, each brought to 0..1, weighed to a total of 0..100.
 */
export const scoring = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('levels'), scale: z.string().min(1).max(20), lowest: z.number().int(), highest: z.number().int(), basis }),
  z.strictObject({ by: z.literal('points'), maximum: z.number().positive(), classes: z.array(z.strictObject({ id: packItemId, text, from: z.number() })).max(20), basis }),
  z.strictObject({ by: z.literal('rules'), maximum: z.number().positive().nullable(), figures: z.array(figure).max(60), classes: z.array(ruledClass).max(20), gaps: z.array(gap).max(20), basis }),
  z.strictObject({ by: z.literal('weighted'), tree: z.array(treeNode).min(1).max(30), classes: z.array(z.strictObject({ id: packItemId, text, from: z.number() })).max(20), basis,
    /** Least share of the weight that must be answered for the total to be final, 0..1. */
    coverage: z.number().min(0).max(1) }),
])
export type Scoring = z.infer<typeof scoring>
