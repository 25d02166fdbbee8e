import { z } from 'zod'
import { hash, isoDate, line } from './base.ts'
import { referenceChoice } from './dossier.ts'

/** Rows of a table that is kept for other dossiers, at most. */
export const mostKeptRows = 5000

/** A reference table imported once and kept for other dossiers (bảng tham chiếu đã nhập): all its usable rows and where they came from. */
export const keptTable = z.strictObject({
  /** Pack and reference that it was imported for. */
  pack: z.string().max(80),
  reference: z.string().max(60),
  rows: z.array(referenceChoice.shape.rows.element).max(mostKeptRows),
  table: line,
  source: line,
  date: z.union([isoDate, z.literal('')]),
  sha256: hash,
})
export type KeptTable = z.infer<typeof keptTable>
