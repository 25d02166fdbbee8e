import { z } from 'zod'
import { isoDate } from '../schema/base.ts'
import { isKeyword } from './expression/tokens.ts'

/** Text without signs that are not seen or that turn around what is read: control signs but line ends and tabs, and marks of direction. */
export const readable = z.string().regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*(?:[\n\r\t][^\p{Cc}\u202a-\u202e\u2066-\u2069]*)*$/u)
/** A sentence in both languages; neither may be empty. */
export const text = z.strictObject({ vi: readable.min(1).max(5000), en: readable.min(1).max(5000) })
const dateOrNone = z.union([isoDate, z.literal('')])
/** Id of a question, level, criterion or source inside a pack; not `constructor`, which every record seems to hold already. */
export const packItemId = z.string().regex(/^(?!constructor$)[a-z0-9][a-z0-9.-]{0,59}$/)

/**
 * A legal or technical source (căn cứ) as dated data. `mark` says how far its wording was checked: `verified` read in an
 * official copy, `secondary` seen in a secondary source, `derived` concluded from such facts, `memory` not checked.
 */
export const legalSource = z.strictObject({
  id: packItemId,
  kind: z.enum(['law', 'decree', 'circular', 'decision', 'standard', 'practice']),
  /** Number as it is cited, for example `15/2014/TT-BKHCN`. */
  number: readable.min(1).max(100),
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
export const citation = z.strictObject({ source: packItemId, clause: readable.max(200) })

/** Name of a quantity in expressions (ký hiệu), for example `Gsx`; no keyword of theirs. */
export const symbol = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/).refine((name) => !isKeyword(name))
/** Rule in the expression language of expression/parse.ts. */
export const expression = z.string().min(1).max(2000)
export const points = z.number().min(-1000).max(1000)
