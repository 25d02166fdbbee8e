import { createHash } from 'node:crypto'
import { mayGoOut } from '../shared/dossier/release.ts'
import { ok, type Result } from '../shared/kernel/result.ts'
import type { HashMaker, RandomAccess } from '../shared/seal/read-package.ts'
import { inspectPackage } from '../shared/sync/inspect.ts'
import { methodById } from '../shared/valuation/methods/registry.ts'
import type { PackageFacts } from './receive.ts'

const nativeHash: HashMaker = () => {
  const hash = createHash('sha256')
  return { update: (bytes) => void hash.update(bytes), digestHex: () => hash.digest('hex') }
}

/**
 * Verifies a sealed package with the same code as the app: form, hashes, seal, log, figures computed again, and a signed report
 * that carries exactly this dossier. Whether the report's certificates are trusted is for whoever reads it: an exchange takes reports
 * of any issuer, so it knows no anchors and no present time here. Rule packs are taken as they were sealed;
 * what such a pack reserves to the enterprise's consent is taken only with it.
 */
export const verifySealedPackage = async (source: RandomAccess): Promise<Result<PackageFacts>> => {
  const inspected = await inspectPackage(source, { knowledge: { packs: () => undefined, methods: methodById }, verify: { anchors: [] }, makeHash: nativeHash })
  if (!inspected.ok) return inspected
  const { manifest, seal, report, state, packs } = inspected.value.checked
  const free = mayGoOut(state, { packs: (sha256) => packs.find((loaded) => loaded.sha256 === sha256) })
  if (!free.ok) return free
  return ok({ seal, dossier: manifest.dossier, supersedes: manifest.supersedes, report: report?.sha256 ?? null, device: manifest.device })
}
