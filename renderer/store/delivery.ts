import { fromBase64, toBase64 } from '../../shared/kernel/base64.ts'
import { hex } from '../../shared/kernel/bytes.ts'
import type { Bytes } from '../../shared/kernel/bytes.ts'
import { mayGoOut } from '../../shared/dossier/release.ts'
import { checklistsOf } from '../../shared/dossier/context.ts'
import { err, ok } from '../../shared/kernel/result.ts'
import type { Result } from '../../shared/kernel/result.ts'
import { signatureFieldNames } from '../../shared/report/model.ts'
import type { DossierState } from '../../shared/schema/dossier.ts'
import { partsOfLog, planPackage } from '../../shared/seal/build-package.ts'
import type { PackagePlan } from '../../shared/seal/build-package.ts'
import { bindReport } from '../../shared/seal/report-binding.ts'
import { correctionCommands, packageSums, sealedContent, sealingCommand } from '../../shared/sync/deliver.ts'
import type { PackageSums } from '../../shared/sync/deliver.ts'
import { publicPart } from '../../shared/vault/device.ts'
import { pieceAddress, pieceBytes } from '../../shared/vault/pieces.ts'
import type { Store } from './api.ts'
import type { Pieces, StoredFile } from './attachments.ts'
import type { Dossiers, Opened, Plan } from './dossiers.ts'
import type { LibraryStore } from './library.ts'
import type { DrawInput, StorePorts } from './ports.ts'
import { saveParts } from './save-file.ts'
import type { Session } from './session.ts'

/** Minutes east of UTC in which a signature shows its time: Viet Nam. */
const zoneMinutes = 420
/** Addresses in one question to the host. */
const addressesPerCall = 5_000

/** A package ready to be read in any range. */
export interface OpenPackage {
  readonly plan: PackagePlan
  readonly title: string
  readonly seal: string
}

export interface Delivery extends Pick<Store, 'seal' | 'report' | 'sign' | 'signedReport' | 'savePackage' | 'correct'> {
  /** The package of a sealed dossier, its bytes made on demand from the log and the pieces. */
  readonly openPackage: (session: Session, id: string) => Promise<Result<OpenPackage>>
  readonly sums: (own: OpenPackage, stop: { readonly aborted: boolean }) => Promise<Result<PackageSums>>
}

/** Thrown by a source of package bytes; carries the fault through the shared reader. */
class SourceFailed extends Error {
  readonly result: Result<never>
  constructor(result: Result<never>) {
    super('package source failed')
    this.result = result
  }
}

interface Needs {
  readonly ports: StorePorts
  readonly library: { readonly store: LibraryStore; readonly texts: (hashes: readonly string[]) => readonly string[] }
  readonly dossiers: Dossiers
  readonly pieces: Pieces
  readonly session: () => Session | null
  /** Name and version of this program. */
  readonly program: () => string
}

/** From an approved dossier to a sealed, signed and packed one. */
export const createDelivery = ({ ports, library, dossiers, pieces, session: current, program }: Needs): Delivery => {
  const { host, crypto } = ports

  const withDossier = async <T>(id: string, work: (session: Session, opened: Opened) => Promise<Result<T>>): Promise<Result<T>> => {
    const session = current()
    if (session === null) return err('locked')
    const opened = await dossiers.load(session, id)
    return opened === null ? err('not-found') : work(session, opened)
  }

  /** How many evidence files lack pieces on the host. */
  const incomplete = async (session: Session, state: DossierState): Promise<Result<number>> => {
    let count = 0
    for (const { file } of Object.values(state.evidence)) {
      const addresses = await Promise.all((file?.leaves ?? []).map((leaf) => pieceAddress(session.vault.keys.addresses, leaf)))
      let whole = true
      for (let start = 0; start < addresses.length; start += addressesPerCall) {
        const reply = await host.call('blob.missing', { addresses: addresses.slice(start, start + addressesPerCall) })
        if (!reply.ok) return reply
        whole &&= reply.value.missing.length === 0
      }
      if (!whole) count += 1
    }
    return ok(count)
  }

  const seal: Delivery['seal'] = (id) => dossiers.runFrom(id, async ({ state, log }, session): Promise<Result<Plan>> => {
    const lacking = await incomplete(session, state)
    if (!lacking.ok) return lacking
    if (lacking.value > 0) return err('evidence-pieces-missing', { count: lacking.value })
    const { secret, sign } = session.vault
    const command = await sealingCommand({
      state, log, knowledge: library.store.knowledge, program: program(), device: publicPart(secret.device), sign, sealedAt: ports.now(), sealedBy: secret.author,
    })
    return command.ok ? ok({ commands: [command.value] }) : command
  })

  const draw = async ({ state, log }: Opened, language: 'vi' | 'en'): Promise<Result<Bytes>> => {
    const register = library.store.library.get().register
    const drawn = (of: DossierState, sealed: DrawInput['sealed']): Promise<Bytes> => {
      const hashes = [...checklistsOf(of).map(({ checklist }) => checklist.pack.sha256), ...(of.council.rule === null ? [] : [of.council.rule.sha256])]
      return ports.draw({ state: of, language, sealed, legalRegister: register, packs: library.texts(hashes) })
    }
    if (state.delivery.seal === null) return ok(await drawn(state, null))
    const content = sealedContent(log, state)
    return content.ok ? ok(await drawn(content.value.state, content.value.texts)) : content
  }

  const report: Delivery['report'] = (id, language) => withDossier(id, (_, opened) => draw(opened, language))

  /** The signed report from the key in the host. */
  const signed = async (opened: Opened, p12: Uint8Array, passphrase: string, block: { readonly name: string; readonly title: string }, signedAt: string): Promise<Result<Bytes>> => {
    const key = await host.call('sign.open', { p12: toBase64(p12), passphrase })
    if (!key.ok) return key
    const { session } = key.value
    try {
      const pdf = await draw(opened, 'vi')
      const certificate = fromBase64(key.value.certificate)
      const chain = key.value.chain.map(fromBase64)
      if (!pdf.ok) return pdf
      if (certificate === null || !chain.every((one) => one !== null)) return err('certificate-file-damaged')
      // Loaded when somebody signs: the PDF library is larger than all the rest of the first download.
      const { signPdf } = await import('../../shared/signature/sign.ts')
      return await signPdf({
        pdf: pdf.value,
        signer: {
          certificate, chain, keyType: key.value.keyType,
          sign: async (data, digest) => {
            const answer = await host.call('sign.bytes', { session, data: toBase64(data), digest })
            const signature = answer.ok ? fromBase64(answer.value.signature) : null
            if (!answer.ok) return answer
            return signature === null ? err('internal') : ok(signature)
          },
        },
        place: { field: signatureFieldNames.issuer },
        appearance: { language: 'vi', name: block.name, title: block.title, organisation: opened.state.profile.body.name, reason: '', place: '' },
        fonts: await ports.fonts(),
        signedAt,
        zoneMinutes,
      })
    } finally {
      await host.call('sign.close', { session })
    }
  }

  const sign: Delivery['sign'] = (id, p12, passphrase, block) => dossiers.runFrom(id, async (opened, session): Promise<Result<Plan>> => {
    const { seal: hash } = opened.state.delivery
    if (hash === null) return err('not-sealed')
    const signedAt = ports.now()
    const pdf = await signed(opened, p12, passphrase, block, signedAt)
    if (!pdf.ok) return pdf
    const sums = await pieces.put(session, new Blob([pdf.value]), { onProgress: () => undefined, signal: session.closed })
    if (!sums.ok) return sums
    const { sha256, size, crc32, leaves } = sums.value
    const { secret, sign: signDevice } = session.vault
    const jws = await bindReport({ seal: hash, report: sha256, size }, publicPart(secret.device), signDevice)
    return ok({ commands: [{ type: 'phase.sign', report: { sha256, size, crc32, leaves: [...leaves], jws, signer: block.name, signedAt } }] })
  })

  const signedReport: Delivery['signedReport'] = (id) => withDossier(id, (session, { state }) => {
    const { report: file } = state.delivery
    return file === null ? Promise.resolve(err('not-signed')) : pieces.read(session, file, 0, file.size)
  })

  const openPackage: Delivery['openPackage'] = async (session, id) => {
    const opened = await dossiers.load(session, id)
    if (opened === null) return err('not-found')
    const { state, log } = opened
    if (state.delivery.seal === null) return err('not-sealed')
    const parts = partsOfLog(log, state)
    if (!parts.ok) return parts
    const range = async (file: StoredFile | null | undefined, offset: number, length: number): Promise<Bytes> => {
      const bytes = file === null || file === undefined ? err('not-found') : await pieces.read(session, file, offset, length)
      if (!bytes.ok) throw new SourceFailed(bytes)
      return bytes.value
    }
    const plan = planPackage(parts.value, {
      evidence: (evidence, offset, length) => range(parts.value.evidence[evidence]?.file, offset, length),
      report: (offset, length) => range(state.delivery.report, offset, length),
    })
    return plan.ok ? ok({ plan: plan.value, title: state.profile.title, seal: state.delivery.seal }) : plan
  }

  /** What a failed source had to say, or that the bytes made no package. */
  const whySourceFailed = (error: unknown): Result<never> => (error instanceof SourceFailed ? error.result : err('package-damaged', { where: '' }))

  async function* leavesOf({ plan }: OpenPackage): AsyncGenerator<Result<Bytes>> {
    for (let offset = 0; offset < plan.size; offset += pieceBytes) {
      try {
        yield ok(await plan.read(offset, pieceBytes))
      } catch (error) {
        yield whySourceFailed(error)
        return
      }
    }
  }

  const savePackage: Delivery['savePackage'] = (id, onProgress, signal) => withDossier(id, async (session, { state }) => {
    const free = mayGoOut(state, library.store.knowledge)
    if (!free.ok) return free
    const own = await openPackage(session, id)
    if (!own.ok) return own
    const total = own.value.plan.size
    let done = 0
    onProgress({ done, total })
    return saveParts(host, { name: `ho-so-${own.value.seal.slice(0, 12)}.lgz`, mime: 'application/zip' }, leavesOf(own.value), signal, (bytes) => {
      done += bytes
      onProgress({ done, total })
    })
  })

  const sums: Delivery['sums'] = async ({ plan }, stop) => {
    const digest = async (bytes: Bytes): Promise<string> => hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
    try {
      return await packageSums(plan, digest, { stop })
    } catch (error) {
      return whySourceFailed(error)
    }
  }

  const correct: Delivery['correct'] = (id) => withDossier(id, async (session, { state }) => {
    const commands = correctionCommands(state, session.vault.secret.author)
    if (!commands.ok) return commands
    const next = crypto.randomUUID()
    const made = await dossiers.run(next, commands.value)
    return made.ok ? ok(next) : made
  })

  return { seal, report, sign, signedReport, openPackage, savePackage, sums, correct }
}
