import { parseCanonical } from '../kernel/canonical.ts'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import { councilResult } from '../council/result.ts'
import { checklistsStand } from '../dossier/decide-checklist.ts'
import { emptyDelivery } from '../dossier/empty.ts'
import { replay } from '../dossier/log.ts'
import { isObject, sameJson } from '../dossier/ops.ts'
import type { LoadedPack, PackLookup, PackRef } from '../rulepack/load.ts'
import { isCouncilPack, loadPack, packRef } from '../rulepack/load.ts'
import type { Change, Json } from '../schema/change.ts'
import type { DossierState } from '../schema/dossier.ts'
import type { DeviceJwk, Manifest, Payload } from '../schema/sealed.ts'
import { sealedDossier, sealedFigures, sealedLog } from '../schema/sealed.ts'
import { jwsTypes, thumbprint, verifyDetached } from './jws.ts'
import { limits, names } from './package-layout.ts'
import type { HashMaker, PackageFault, RandomAccess, ReadPackage } from './read-package.ts'
import { readPackage } from './read-package.ts'
import { verifyBinding } from './report-binding.ts'
import { checklistsOf } from '../dossier/context.ts'
import { packHashes, sealDossier } from './seal.ts'

export interface VerifyPorts<R> {
  /** Computes the figures of a state again; `figuresOf` in the product. */
  readonly recompute: (state: DossierState, packs: PackLookup) => Readonly<Record<string, Json>>
  /** Packs this program knows; a pack of the package that is not among them is named in `unknownPacks`. */
  readonly packs?: PackLookup
  /** Checks the signed report: `pdf` are its bytes, `seal` the seal it must carry. */
  readonly verifyReport?: (pdf: Uint8Array, seal: string) => Promise<Result<R>>
  readonly makeHash?: HashMaker
}

export interface VerifiedPackage<R> {
  readonly manifest: Manifest
  /** SHA-256 of the manifest: the printed seal. */
  readonly seal: string
  /** The device that sealed; whose it is, is for the caller to know. */
  readonly device: DeviceJwk
  readonly state: DossierState
  readonly log: readonly Change[]
  readonly engine: string
  readonly figures: Readonly<Record<string, Json>>
  readonly packs: readonly LoadedPack[]
  readonly unknownPacks: readonly PackRef[]
  readonly report: { readonly sha256: string; readonly size: number; readonly check: R | null } | null
  readonly content: ReadPackage['content']
}

/** Where two JSON values first differ, as a path; null when they are the same. */
export const firstDifference = (a: Json | undefined, b: Json | undefined, path = ''): string | null => {
  if (sameJson(a, b)) return null
  const join = (key: string): string => (path === '' ? key : `${path}.${key}`)
  if (isObject(a) && isObject(b)) {
    for (const key of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()) {
      const found = firstDifference(Object.hasOwn(a, key) ? a[key] : undefined, Object.hasOwn(b, key) ? b[key] : undefined, join(key))
      if (found !== null) return found
    }
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
      const found = firstDifference(a[index], b[index], join(String(index)))
      if (found !== null) return found
    }
  }
  return path
}

const differs = (vi: string, en: string) => err('package-content-differs', { vi, en })

/** Canonical value of the one payload of a role, or undefined. */
const only = async (pack: ReadPackage, role: Payload['role']): Promise<unknown> => {
  const own = pack.manifest.payloads.filter((payload) => payload.role === role)
  const text = own.length === 1 ? await pack.text(own[0]?.sha256 ?? '') : null
  return text === null ? undefined : parseCanonical(text)
}

const readPacks = async (pack: ReadPackage, state: DossierState): Promise<Result<readonly LoadedPack[]>> => {
  const listed = pack.manifest.payloads.filter(({ role }) => role === 'pack').map(({ sha256 }) => sha256)
  const used = packHashes(state)
  const wrong = differs('bộ quy tắc', 'the rule packs')
  if (listed.length !== used.length || !used.every((sha256) => listed.includes(sha256))) return wrong
  const packs: LoadedPack[] = []
  for (const sha256 of used) {
    const text = await pack.text(sha256)
    const loaded = text === null ? wrong : loadPack(text)
    if (!loaded.ok) return loaded
    packs.push(loaded.value)
  }
  const named = [...checklistsOf(state).map(({ checklist }) => checklist.pack), ...(state.council.rule === null ? [] : [state.council.rule])]
  const allNamed = named.every((ref) => packs.some((loaded) => sameJson({ ...packRef(loaded) }, { ...ref })))
  return allNamed ? ok(packs) : wrong
}

const checkReport = async <R>(pack: ReadPackage, device: DeviceJwk, verifyReport: VerifyPorts<R>['verifyReport']): Promise<Result<VerifiedPackage<R>['report']>> => {
  if (pack.report === null) return ok(null)
  const { jws, sha256, size } = pack.report
  const bound = verifyBinding(jws, { seal: pack.seal, report: sha256, size }, device)
  if (!bound.ok) return bound
  if (verifyReport === undefined) return ok({ sha256, size, check: null })
  if (size > limits.report) return err('package-too-large')
  const checked = await verifyReport(await pack.content(names.report, 0, size), pack.seal)
  return checked.ok ? ok({ sha256, size, check: checked.value }) : checked
}

/**
 * Verifies a package from end to end (kiểm tra gói hồ sơ): the strict reader; the seal's signature by the device the
 * manifest names; the log's chain and rules; that replaying it gives exactly the sealed state, approved and not yet
 * delivered; that its checklists hold only what their packs take; that sealing this content again gives the same manifest, evidence and packs included; that the council's outcome follows from its cards and
 * rule; that every figure, recomputed, is the same bit for bit; that the signed report is the one bound to this seal.
 * The first thing that does not hold is the fault; `figures-differ` says where.
 */
export const verifyPackage = async <R = never>(source: RandomAccess, ports: VerifyPorts<R>): Promise<Result<VerifiedPackage<R>>> => {
  const opened: Result<ReadPackage, PackageFault> = await readPackage(source, ports.makeHash)
  if (!opened.ok) return opened
  const pack = opened.value
  const signature = verifyDetached(pack.sealJws, pack.manifestBytes, { typ: jwsTypes.seal, smallS: true })
  if (!signature.ok) return signature
  const device = signature.value.key
  if (thumbprint(device) !== pack.manifest.device) return err('package-signer-differs')

  const dossier = sealedDossier.safeParse(await only(pack, 'dossier'))
  const log = sealedLog.safeParse(await only(pack, 'log'))
  const figures = sealedFigures.safeParse(await only(pack, 'figures'))
  if (!dossier.success || !log.success || !figures.success) return differs('hồ sơ, nhật ký hoặc kết quả tính', 'dossier, log or figures')
  const { state } = dossier.data
  const replayed = replay(log.data.changes)
  if (!replayed.ok) return replayed
  if (!sameJson(replayed.value, state) || state.phase !== 'approved' || !sameJson(state.delivery, emptyDelivery)) return differs('hồ sơ và nhật ký', 'dossier and log')
  const packs = await readPacks(pack, state)
  if (!packs.ok) return packs
  const lookup: PackLookup = (sha256) => packs.value.find((loaded) => loaded.sha256 === sha256)
  if (!checklistsStand(state, { packs: lookup })) return differs('bảng kiểm và bộ quy tắc', 'checklists and rule packs')
  // The manifest follows from what it lists: sealing the same content again must give the same seal.
  const { program, sealedAt, sealedBy } = pack.manifest
  const { engine } = figures.data
  const again = sealDossier({ state, log: log.data.changes, packs: packs.value, figures: figures.data.figures, engine, program, device, sealedAt, sealedBy })
  if (!again.ok || again.value.seal !== pack.seal) return differs('bảng kê và nội dung', 'manifest and content')
  const council = packs.value.find((loaded) => loaded.sha256 === state.council.rule?.sha256)
  if (!isCouncilPack(council)) return differs('quy tắc hội đồng', 'the council rule')
  const result = councilResult(state.council, council.pack.rule)
  if (result.outcome !== 'adopted' || state.council.adopted?.outcome !== 'adopted' || result.problems.length > 0) return differs('kết quả hội đồng', 'the outcome of the council')

  const recomputed: Json = { ...ports.recompute(state, lookup) }
  const where = firstDifference(figures.data.figures, recomputed)
  if (where !== null) return err('figures-differ', { where })
  const report = await checkReport(pack, device, ports.verifyReport)
  if (!report.ok) return report
  return ok({
    manifest: pack.manifest,
    seal: pack.seal,
    device,
    state,
    log: log.data.changes,
    engine,
    figures: figures.data.figures,
    packs: packs.value,
    unknownPacks: packs.value.filter(({ sha256 }) => ports.packs?.(sha256) === undefined).map(packRef),
    report: report.value,
    content: pack.content,
  })
}
