import { z } from 'zod'
import { canonicalText } from '../kernel/text.ts'

// The content policy forbids code generation, and even zod's caught probe for it is reported as a violation.
// Set here because every schema module imports this one, so it runs before the first object schema is built.
z.config({ jitless: true })

/** SHA-256 in lower-case hex. */
export const hash = z.string().regex(/^[0-9a-f]{64}$/)
/** Random UUID of a dossier; also the name of its journal file. */
export const dossierId = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
/** Id of a thing inside a dossier (evidence, member, method sheet): short, lower case, never shown to people; not `constructor`, which every record seems to hold already. */
export const localId = z.string().regex(/^(?!constructor$)[a-z0-9][a-z0-9-]{0,39}$/)
/** Calendar date without time zone, `YYYY-MM-DD`. */
export const isoDate = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
/** Instant in UTC, `YYYY-MM-DDTHH:MM:SS.sssZ`: what the device's clock claimed. */
export const isoInstant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
/** One line of user text. */
export const line = z.string().max(500).transform(canonicalText)
/** Text with its own limit that people or files supply: choices, units, addresses. */
export const shortText = (max: number) => z.string().max(max).transform(canonicalText)
/** User text of any length a person would type. */
export const prose = z.string().max(50_000).transform(canonicalText)
export const bilingual = z.strictObject({ vi: z.string(), en: z.string() })

/** One appraisal number with where it came from (số liệu và nguồn); every datum must cite its source. */
export const datum = z.strictObject({
  /** null while the appraiser has not entered it: defaults are never silent. */
  value: z.union([z.number(), z.array(z.number().nullable()).max(200), shortText(200), z.null()]),
  unit: shortText(40).default(''),
  source: line.default(''),
  date: z.union([isoDate, z.literal('')]).default(''),
  reason: prose.default(''),
  evidence: z.array(localId).max(50).default([]),
})
export type Datum = z.infer<typeof datum>
