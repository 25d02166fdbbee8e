import { z } from 'zod'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { PackRef } from '../rulepack/load.ts'
import { packRef } from '../rulepack/load.ts'
import type { PackShelf } from '../rulepack/shelf.ts'
import { bilingual, localId } from '../schema/base.ts'
import type { Change } from '../schema/change.ts'
import type { DossierPhase, DossierState } from '../schema/dossier.ts'
import { dossierKind } from '../schema/dossier.ts'
import { command } from './commands.ts'
import type { ParsedCommand } from './commands.ts'
import type { DecideContext } from './context.ts'
import { decide } from './decide.ts'
import { apply, link } from './log.ts'
import { arrows, isArrow } from './phases.ts'

/**
 * A sample dossier (hồ sơ mẫu) as the list of commands that makes it. Rule packs are named by id and taken in the newest
 * version at hand; the first command is a `dossier.create` without its sample mark, which comes from the head of the file.
 */
export const sample = z.strictObject({
  format: z.literal('luong-gia-sample/1'),
  id: localId,
  kind: dossierKind,
  title: bilingual,
  summary: bilingual,
  /** Where the figures come from, shown in the dossier and in its report. */
  source: bilingual,
  commands: z.array(z.looseObject({ type: z.string() })).min(1).max(1000),
})
export type Sample = z.infer<typeof sample>

/** What the list of samples shows before one is opened. */
export type SampleCard = Pick<Sample, 'id' | 'kind' | 'title' | 'summary' | 'source'>

/** Reads a sample file. Fault: `sample-unreadable`. */
export const readSample = (text: string): Result<Sample, 'sample-unreadable'> => {
  try {
    const read = sample.safeParse(JSON.parse(text))
    return read.success ? ok(read.data) : err('sample-unreadable')
  } catch {
    return err('sample-unreadable')
  }
}

export interface SampleContext extends Pick<DecideContext, 'dossier' | 'at' | 'author' | 'methods'> {
  readonly shelf: PackShelf
}

const newestRef = (shelf: PackShelf, named: unknown, kind: Sample['kind']): PackRef | null => {
  const id = z.strictObject({ id: z.string() }).safeParse(named)
  const found = id.success ? [...shelf.checklists(kind), ...shelf.councils()].find(({ pack }) => pack.id === id.data.id) : undefined
  return found === undefined ? null : packRef(found)
}

/** The command of a sample with the packs it names filled in; null when it is none. */
const readCommand = (raw: Sample['commands'][number], from: Sample, { shelf }: SampleContext): ParsedCommand | null => {
  const filled = raw.type === 'dossier.create' ? { ...raw, pack: newestRef(shelf, raw['pack'], from.kind), kind: from.kind, supersedes: null, sample: { id: from.id, source: from.source } }
    : raw.type === 'council.useRule' ? { ...raw, rule: newestRef(shelf, raw['rule'], from.kind) }
      : raw
  const read = command.safeParse(filled)
  return read.success ? read.data : null
}

const order: readonly DossierPhase[] = ['draft', 'inReview', 'approved']

/**
 * Makes a sample dossier through the same commands a person would give. `through` stops before the dossier leaves that
 * phase (`draft`: filled in, not yet with the council); the default goes to the end of the file.
 * Faults: `sample-unreadable` for a command that is none, else whatever fault a command meets.
 */
export const replaySample = (from: Sample, context: SampleContext, through: 'draft' | 'inReview' | 'approved' = 'approved'): Result<{ readonly log: readonly Change[]; readonly state: DossierState }> => {
  let state: DossierState | null = null
  let log: readonly Change[] = []
  for (const raw of from.commands) {
    const parsed = readCommand(raw, from, context)
    if (parsed === null) return err('sample-unreadable')
    if (isArrow(parsed.type) && order.indexOf(arrows[parsed.type].to) > order.indexOf(through)) break
    const body = decide(state, parsed, { ...context, packs: context.shelf.byHash, log })
    if (!body.ok) return body
    const next = apply(state, body.value)
    if (!next.ok) return next
    if (body.value.ops.length === 0) continue
    state = next.value
    log = [...log, link(log.at(-1) ?? null, body.value, context)]
  }
  return state === null ? err('sample-unreadable') : ok({ log, state })
}
