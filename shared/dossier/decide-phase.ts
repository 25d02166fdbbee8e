import { canonicalBytes, parseCanonical, sha256Hex } from '../kernel/canonical.ts'
import { utf8 } from '../kernel/bytes.ts'
import type { Result } from '../kernel/result.ts'
import { err, never, ok } from '../kernel/result.ts'
import type { Checklist, Council, Delivery, DossierState } from '../schema/dossier.ts'
import { manifest } from '../schema/sealed.ts'
import type { ParsedCommand } from './commands.ts'
import type { DecideContext } from './context.ts'
import { arrows } from './phases.ts'
import { mayGoOut } from './release.ts'
import { demands } from './progress.ts'
import type { Gate } from './progress.ts'

type PhaseCommand = Extract<ParsedCommand, { type: `phase.${string}` }>

/** Bytes that a seal may take in its log line: a journal line carries three million, encrypted and as text. */
const maxSealBytes = 2_900_000

/** Whether manifest and kept texts fit into the one log line that seals a dossier. */
export const sealFitsLine = (manifestText: string, texts: Readonly<Record<string, string>>): boolean => canonicalBytes({ manifest: manifestText, texts }).length <= maxSealBytes

const complete = (state: DossierState, gate: Gate, context: DecideContext): Result<void> => {
  const missing = demands(state, context).filter((demand) => demand.blocking && demand.gate === gate && demand.share < 1)
  const [first] = missing
  return first === undefined ? ok(undefined) : err('dossier-incomplete', { count: missing.length, vi: first.text.vi, en: first.text.en })
}

/** Without the council's decisions on gaps in the class rules: they were about the result as it stood. */
const unruled = (state: DossierState): DossierState => {
  const bare = (checklist: Checklist): Checklist => {
    const { rulings: _, ...rest } = checklist
    return rest
  }
  return {
    ...state,
    checklist: state.checklist === null ? null : bare(state.checklist),
    ...(state.checklists === undefined ? {} : { checklists: Object.fromEntries(Object.entries(state.checklists).map(([list, checklist]) => [list, bare(checklist)])) }),
  }
}

/** A return to draft: the content may change, so what the council did with the former content no longer counts. */
const withdrawn = (council: Council): Council => ({ ...council, round: 'none', cards: {}, adopted: null })

const sealFits = (state: DossierState, command: Extract<PhaseCommand, { type: 'phase.seal' }>): boolean => {
  if (sha256Hex(utf8(command.manifest)) !== command.seal) return false
  const read = manifest.safeParse(parseCanonical(command.manifest))
  if (!read.success || read.data.dossier !== state.id || read.data.sealedAt !== command.sealedAt) return false
  if (!sealFitsLine(command.manifest, command.texts)) return false
  const texts = Object.entries(command.texts)
  const listed = read.data.payloads.filter(({ role }) => role === 'figures' || role === 'pack').map(({ sha256 }) => sha256)
  return listed.length === texts.length && texts.every(([hash, text]) => listed.includes(hash) && sha256Hex(utf8(text)) === hash)
}

export const decidePhase = (state: DossierState, command: PhaseCommand, context: DecideContext): Result<DossierState> => {
  const moved: DossierState = { ...state, phase: arrows[command.type].to }
  const deliver = (change: Partial<Delivery>): Result<DossierState> => ok({ ...moved, delivery: { ...state.delivery, ...change } })
  switch (command.type) {
    case 'phase.discard':
    case 'phase.restore':
      return ok(moved)
    case 'phase.submit': {
      const whole = complete(state, 'submit', context)
      return whole.ok ? ok(moved) : whole
    }
    case 'phase.return':
      return command.reason.trim() === '' ? err('return-reason-missing') : ok({ ...unruled(moved), council: withdrawn(state.council) })
    case 'phase.approve': {
      if (state.council.adopted?.outcome !== 'adopted') return err('council-not-adopted')
      const whole = complete(state, 'approve', context)
      return whole.ok ? ok(moved) : whole
    }
    case 'phase.seal': {
      const whole = complete(state, 'seal', context)
      if (!whole.ok) return whole
      if (!sealFits(state, command)) return err('seal-mismatch')
      return deliver({ seal: command.seal, sealedAt: command.sealedAt, manifest: command.manifest, texts: command.texts, jws: command.jws })
    }
    case 'phase.sign':
      return deliver({ report: command.report })
    case 'phase.queue': {
      const free = mayGoOut(state, context)
      return free.ok ? deliver({ packageSha256: command.packageSha256, refusal: null }) : free
    }
    case 'phase.receive':
      return deliver({ receipt: command.receipt, receivedAt: command.receivedAt })
    case 'phase.refuse':
      return deliver({ refusal: { code: command.code, text: command.text, at: context.at } })
    default:
      return never(command)
  }
}
