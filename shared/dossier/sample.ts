import { z } from 'zod'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import { bilingual } from '../schema/base.ts'
import { dossierKind } from '../schema/dossier.ts'
import { command } from './commands.ts'
import type { ParsedCommand } from './commands.ts'

/**
 * A sample dossier (hồ sơ mẫu) of `resources/samples/<id>.json`: the commands that make it, run one after the other on a new
 * dossier. The first is `dossier.create` with `sample` set, so that the source goes wherever the dossier goes.
 */
export const sampleFile = z.strictObject({
  format: z.literal('luong-gia-sample/1'),
  id: z.string().regex(/^[a-z0-9-]{1,80}$/),
  kind: dossierKind,
  title: bilingual,
  /** Published source the sample was built from. */
  source: bilingual,
  commands: z.array(command).min(1).max(2_000),
})
export type SampleFile = z.infer<typeof sampleFile>

/** Reads a sample; `createdBy` becomes the person who opens it. Fault: `sample-unreadable`. */
export const readSample = (text: string, createdBy: string): Result<readonly ParsedCommand[], 'sample-unreadable'> => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return err('sample-unreadable')
  }
  const parsed = sampleFile.safeParse(value)
  if (!parsed.success) return err('sample-unreadable')
  const [create, ...rest] = parsed.data.commands
  if (create?.type !== 'dossier.create' || create.kind !== parsed.data.kind || create.sample?.id !== parsed.data.id) return err('sample-unreadable')
  return rest.some(({ type }) => type === 'dossier.create') ? err('sample-unreadable') : ok([{ ...create, createdBy }, ...rest])
}
