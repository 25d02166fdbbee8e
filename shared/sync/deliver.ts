import { sha256 } from '@noble/hashes/sha2.js'
import type { Command } from '../dossier/commands.ts'
import type { Knowledge } from '../dossier/context.ts'
import { checklistsOf } from '../dossier/context.ts'
import { replay } from '../dossier/log.ts'
import type { Bytes } from '../kernel/bytes.ts'
import { hex } from '../kernel/bytes.ts'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { SealedTexts } from '../pdf/dossier-report.ts'
import type { Change } from '../schema/change.ts'
import type { Checklist, CouncilMember, DossierState, Evidence } from '../schema/dossier.ts'
import type { DeviceJwk } from '../schema/sealed.ts'
import type { PackagePlan } from '../seal/build-package.ts'
import { partsOfLog } from '../seal/build-package.ts'
import { figuresOf } from '../seal/figures.ts'
import type { SignEs256 } from '../seal/jws.ts'
import { jwsTypes, makeDetached } from '../seal/jws.ts'
import { packHashes, sealDossier } from '../seal/seal.ts'
import { leafBytes } from './messages.ts'

export interface SealingFacts {
  readonly state: DossierState
  readonly log: readonly Change[]
  readonly knowledge: Pick<Knowledge, 'packs'>
  /** Name and version of the program, which is also the engine that computed the figures. */
  readonly program: string
  readonly device: DeviceJwk
  readonly sign: SignEs256
  readonly sealedAt: string
  readonly sealedBy: string
}

/**
 * The command that seals an approved dossier (thao tác niêm phong): figures computed anew, manifest built and signed by the
 * device. It holds for exactly this state and log; any change in between makes it wrong. Faults: those of `sealDossier`.
 */
export const sealingCommand = async (facts: SealingFacts): Promise<Result<Extract<Command, { type: 'phase.seal' }>>> => {
  const { state, log, knowledge, program, device, sealedAt, sealedBy } = facts
  const packs = packHashes(state).map((hash) => knowledge.packs(hash)).filter((pack) => pack !== undefined)
  const parts = sealDossier({ state, log, packs, figures: figuresOf(state, knowledge.packs), engine: program, program, device, sealedAt, sealedBy })
  if (!parts.ok) return parts
  const { seal, manifestText, manifestBytes, kept } = parts.value
  const jws = await makeDetached({ typ: jwsTypes.seal, jwk: device }, manifestBytes, facts.sign)
  return ok({ type: 'phase.seal', seal, manifest: manifestText, texts: kept, jws, sealedAt })
}

/** A sealed dossier as it was at the moment of sealing, with the texts that go into its report. */
export interface SealedContent {
  readonly state: DossierState
  readonly texts: SealedTexts
}

/** The sealed content from the log of a dossier, checked against its seal. Fault: `package-damaged`. */
export const sealedContent = (log: readonly Change[], state: DossierState): Result<SealedContent, 'package-damaged'> => {
  const parts = partsOfLog(log, state, { report: false })
  if (!parts.ok) return parts
  const { manifest, manifestText, texts } = parts.value
  const sealed = replay(log.slice(0, log.findIndex(({ body }) => body.kind === 'phase.seal')))
  const dossierText = texts[manifest.payloads.find(({ role }) => role === 'dossier')?.sha256 ?? '']
  if (!sealed.ok || dossierText === undefined || state.delivery.seal === null) return err('package-damaged', { where: 'dossier' })
  return ok({ state: sealed.value, texts: { seal: state.delivery.seal, manifest, manifestText, dossierText } })
}

/** What an outbox row records of a package: its identity and the hashes of its leaves. */
export interface PackageSums {
  readonly sha256: string
  readonly size: number
  /** SHA-256 of each 1 MiB leaf. */
  readonly leaves: readonly string[]
}

/**
 * Reads a planned package once from end to end, one leaf at a time, for its hash and those of its leaves.
 * Fault: `cancelled`; rejects when a source does.
 *
 * @param digest SHA-256 in hex; the platform's own where it is quicker
 */
export const packageSums = async (
  plan: Pick<PackagePlan, 'size' | 'read'>, digest: (bytes: Bytes) => Promise<string>, options: { readonly onBytes?: (done: number) => void; readonly stop?: { readonly aborted: boolean } } = {},
): Promise<Result<PackageSums, 'cancelled'>> => {
  const whole = sha256.create()
  const leaves: string[] = []
  for (let offset = 0; offset < plan.size; offset += leafBytes) {
    if (options.stop?.aborted === true) return err('cancelled')
    const bytes = await plan.read(offset, leafBytes)
    whole.update(bytes)
    leaves.push(await digest(bytes))
    options.onBytes?.(offset + bytes.length)
  }
  return ok({ sha256: hex(whole.digest()), size: plan.size, leaves })
}

/** A member as for a new council: interests are declared anew. */
const undeclared = (known: CouncilMember): Command => {
  const { interest: _, ...member } = known
  return { type: 'council.setMember', member }
}

/** Everything in one checklist but the council's rulings, which are given anew. An assessor who handed in has done so again. */
const checklistCommands = (list: string | undefined, checklist: Checklist): readonly Command[] => {
  const place = list === undefined ? {} : { list }
  const { answers, waivers, references = {}, assessors = {}, weights = {}, calendar, earlier } = checklist
  return [
    ...(list === undefined ? [] : [{ type: 'checklist.usePack', pack: checklist.pack, list } as const]),
    ...Object.entries(answers).map(([question, answer]): Command => ({ type: 'checklist.answer', question, answer, ...place })),
    ...Object.entries(waivers).map(([item, waiver]): Command => ({ type: 'checklist.waive', item, waiver, ...place })),
    ...Object.entries(references).map(([reference, choice]): Command => ({ type: 'checklist.setReference', reference, choice, ...place })),
    ...Object.entries(assessors).flatMap(([id, { name, done, answers: own }]): readonly Command[] => [
      { type: 'checklist.setAssessor', id, name, done: false, ...place },
      ...Object.entries(own).map(([question, answer]): Command => ({ type: 'checklist.answer', question, answer, assessor: id, ...place })),
      ...(done ? [{ type: 'checklist.setAssessor', id, name, done, ...place } as const] : []),
    ]),
    ...Object.entries(weights).map(([node, own]): Command => ({ type: 'checklist.weigh', node, weights: own, ...place })),
    ...(calendar === undefined ? [] : [{ type: 'checklist.setCalendar', calendar, ...place } as const]),
    ...(earlier === undefined ? [] : [{ type: 'checklist.compare', earlier, ...place } as const]),
  ]
}

/**
 * The commands that make a draft with the content of a sealed dossier (hồ sơ đính chính), to be run on a new dossier: profile,
 * evidence, answers, figures and report facts as they were, the council anew, the former seal named as superseded.
 */
export const correctionCommands = (state: DossierState, createdBy: string): Result<readonly Command[], 'not-sealed'> => {
  const { delivery, profile, checklist, consent, valuation, council, report } = state
  if (delivery.seal === null) return err('not-sealed')
  const { value, low, high, rounding, reason } = valuation.conclusion
  const concluded = value !== null || low !== null || high !== null || rounding !== 0 || reason !== ''
  return ok([
    { type: 'dossier.create', kind: state.kind, createdBy, profile, pack: checklist?.pack ?? null, supersedes: delivery.seal, sample: state.sample },
    ...Object.values(state.evidence).map((evidence: Evidence): Command => ({ type: 'evidence.add', evidence })),
    ...checklistsOf(state).flatMap(({ list, checklist: own }) => checklistCommands(list, own)),
    ...(consent === undefined ? [] : [{ type: 'consent.set', consent } as const]),
    ...Object.values(valuation.sheets).map((sheet): Command => ({ type: 'valuation.addSheet', sheet })),
    ...Object.entries(valuation.supports ?? {}).map(([id, support]): Command => ({ type: 'valuation.setSupport', id, support })),
    ...Object.entries(valuation.risks ?? {}).map(([id, entry]): Command => ({ type: 'valuation.setRisk', id, entry })),
    ...(valuation.narrative === '' ? [] : [{ type: 'valuation.narrate', narrative: valuation.narrative } as const]),
    ...(concluded ? [{ type: 'valuation.conclude', conclusion: valuation.conclusion } as const] : []),
    ...(council.rule === null ? [] : [{ type: 'council.useRule', rule: council.rule } as const]),
    ...Object.values(council.members).map(undeclared),
    // Number and date belong to the report that is being corrected.
    { type: 'report.set', patch: { ...report, number: '', date: '' } },
  ])
}
