import { z } from 'zod'
import { utf8, utf8Text } from '../../shared/kernel/bytes.ts'
import { err, ok } from '../../shared/kernel/result.ts'
import type { Result } from '../../shared/kernel/result.ts'
import type { Knowledge } from '../../shared/dossier/context.ts'
import { problemsOf } from '../../shared/rulepack/check.ts'
import { loadPack } from '../../shared/rulepack/load.ts'
import type { LegalAdditions, LegalRegister } from '../../shared/rulepack/registry.ts'
import { noAdditions, readAdditions, withAdditions } from '../../shared/rulepack/registry.ts'
import type { RulePack } from '../../shared/rulepack/schema.ts'
import type { PackOrigin, PackShelf, PackSigner } from '../../shared/rulepack/shelf.ts'
import { mayJoin, shelfOfProgram, withKept } from '../../shared/rulepack/shelf.ts'
import { hash } from '../../shared/schema/base.ts'
import { keptTable } from '../../shared/schema/reference.ts'
import type { KeptTable } from '../../shared/schema/reference.ts'
import { thumbprint } from '../../shared/seal/jws.ts'
import type { PackFile } from '../../shared/seal/signed-pack.ts'
import { readPackFile, signPack } from '../../shared/seal/signed-pack.ts'
import { publicPart } from '../../shared/vault/device.ts'
import type { Live } from './api.ts'
import type { Pieces } from './attachments.ts'
import { source } from './live.ts'
import type { StorePorts } from './ports.ts'
import { createSerial } from './serial.ts'
import { mayWrite } from './session.ts'
import type { Session } from './session.ts'
import type { VaultKeeper } from './vault-keeper.ts'

/** A pack being written (bản nháp bộ quy tắc); it has the shape of a pack, its content may still be incomplete. */
export interface PackDraft {
  readonly id: string
  readonly pack: RulePack
  readonly updatedAt: string
}

/** A key whose signature was compared with its owner and is believed from then on (nơi phát hành tin cậy). */
export interface Issuer {
  readonly key: string
  readonly name: string
  readonly organisation: string
  readonly since: string
}

/** Everything this archive knows besides its dossiers. */
export interface Library {
  readonly shelf: PackShelf
  readonly drafts: readonly PackDraft[]
  readonly issuers: readonly Issuer[]
  /** The register of legal sources under the officer's additions. */
  readonly register: LegalRegister
  readonly additions: LegalAdditions
  /** Reference tables imported before, the newest first. */
  readonly tables: readonly KeptTable[]
}

/** What the screens may ask of the library (tủ bộ quy tắc và sổ căn cứ). */
export interface LibraryStore {
  readonly library: Live<Library>
  /** Packs by hash, from the shelf of the moment, and valuation methods. */
  readonly knowledge: Knowledge
  /** Thumbprint of the key that signs here; empty while locked. */
  readonly ownKey: () => string
  /**
   * Takes a pack from a file's text. `trust` adds its signer to the trusted issuers, after the person compared the fingerprint.
   * Faults: those of `readPackFile`, `pack-already-here`, `pack-version-taken`, `read-only`.
   */
  readonly importPack: (text: string, trust: boolean) => Promise<Result<void>>
  /** The signed file of a pack on the shelf. */
  readonly exportPack: (sha256: string, organisation: string) => Promise<Result<string>>
  readonly saveDraft: (draft: Omit<PackDraft, 'updatedAt'>) => Promise<Result<void>>
  readonly dropDraft: (id: string) => Promise<Result<void>>
  /** Makes a final version of a draft; from then on it is never changed. Faults: `pack-not-checked`, `pack-version-taken`, `pack-already-here`. */
  readonly finishDraft: (id: string) => Promise<Result<string>>
  readonly trustIssuer: (signer: PackSigner) => Promise<Result<void>>
  readonly forgetIssuer: (key: string) => Promise<Result<void>>
  readonly setAdditions: (additions: LegalAdditions) => Promise<Result<void>>
  /** Keeps an imported reference table for other dossiers; one of the same file takes the place of the former. */
  readonly keepTable: (table: KeptTable) => Promise<Result<void>>
  readonly forgetTable: (sha256: string) => Promise<Result<void>>
}

interface PackRow { readonly is: 'pack'; readonly sha256: string; readonly text: string; readonly origin: PackOrigin; readonly order: number }
interface DraftRow { readonly is: 'draft'; readonly draft: PackDraft }
interface IssuerRow { readonly is: 'issuer'; readonly issuer: Issuer }
interface LegalRow { readonly is: 'legal'; readonly additions: LegalAdditions }
interface TableRow { readonly is: 'table'; readonly table: KeptTable; readonly order: number }
/** The copy on disk holds all but the drafts; `dirty` while it is behind. */
interface CopyRow { readonly is: 'copy'; readonly dirty: boolean; readonly leaves: string }
export type LibraryRow = { readonly key: string } & (PackRow | DraftRow | IssuerRow | LegalRow | TableRow | CopyRow)

const signer = z.strictObject({ name: z.string(), organisation: z.string(), key: hash, at: z.string() })
const origin = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('program') }),
  z.strictObject({ from: z.literal('here'), at: z.string() }),
  z.strictObject({ from: z.literal('elsewhere'), at: z.string(), signer: signer.nullable(), trusted: z.boolean() }),
])
const copy = z.strictObject({
  format: z.literal('luong-gia-library/1'),
  packs: z.array(z.strictObject({ sha256: hash, text: z.string(), origin })),
  issuers: z.array(z.strictObject({ key: hash, name: z.string(), organisation: z.string(), since: z.string() })),
  additions: z.unknown(),
  /** Absent in copies written before tables were kept. */
  tables: z.array(keptTable).default([]),
})

/** The same pack, kept without a signature while the file has one: then the file says who signed it. */
const unsigned = (packs: readonly PackRow[], { loaded, signer: signed }: PackFile): PackRow | undefined =>
  signed === null ? undefined : packs.find(({ sha256, origin: from }) => sha256 === loaded.sha256 && from.from === 'elsewhere' && from.signer === null)

const empty = { packs: [] as readonly PackRow[], drafts: [] as readonly PackDraft[], issuers: [] as readonly Issuer[], additions: noAdditions, tables: [] as readonly TableRow[] }

/** Where a pack came from, as the list of trusted issuers has it: by the name under which the key was compared, whatever name the file bears. */
const vouched = (from: PackOrigin, issuers: readonly Issuer[]): PackOrigin => {
  if (from.from !== 'elsewhere' || from.signer === null) return from
  const { signer: signed } = from
  const issuer = issuers.find(({ key }) => key === signed.key)
  return { ...from, trusted: issuer !== undefined, signer: issuer === undefined ? signed : { ...signed, name: issuer.name, organisation: issuer.organisation } }
}

/** The library of an archive: kept packs, drafts, trusted issuers, additions to the register. */
export const createLibrary = (ports: StorePorts, { keeper, pieces, session: current }: { readonly keeper: VaultKeeper; readonly pieces: Pieces; readonly session: () => Session | null }) => {
  let held = empty
  let shipped: PackShelf = shelfOfProgram([])
  let loading: Promise<void> | null = null
  /** Reads the packs that come with the program, once. */
  const readShipped = (): Promise<void> => {
    loading ??= ports.shelf().then((shelf) => {
      shipped = shelf
      library.set(shown())
    }, (error: unknown) => {
      loading = null
      throw error
    })
    return loading
  }
  const shown = (): Library => ({
    shelf: withKept(shipped, held.packs.map((row) => ({ ...row, origin: vouched(row.origin, held.issuers) }))),
    drafts: held.drafts,
    issuers: held.issuers,
    register: withAdditions(ports.register, held.additions),
    additions: held.additions,
    tables: held.tables.map(({ table }) => table),
  })
  const library = source<Library>(shown())
  const serial = createSerial()
  const knowledge: Knowledge = { packs: (sha256) => library.get().shelf.byHash(sha256), methods: ports.methods }

  const take = (rows: readonly LibraryRow[]): void => {
    held = {
      packs: rows.flatMap((row) => (row.is === 'pack' ? [row] : [])).sort((a, b) => a.order - b.order),
      drafts: rows.flatMap((row) => (row.is === 'draft' ? [row.draft] : [])).sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1)),
      issuers: rows.flatMap((row) => (row.is === 'issuer' ? [row.issuer] : [])),
      additions: rows.flatMap((row) => (row.is === 'legal' ? [row.additions] : []))[0] ?? noAdditions,
      tables: rows.flatMap((row) => (row.is === 'table' ? [row] : [])).sort((a, b) => b.order - a.order),
    }
    library.set(shown())
  }

  /** All rows that can be read; one that cannot is left where it is and comes back from the copy. */
  const read = async ({ db }: Session): Promise<readonly LibraryRow[]> => {
    const keys = await db.library.toCollection().primaryKeys()
    const rows = await Promise.all(keys.map((key) => db.library.get(key).catch(() => undefined)))
    return rows.filter((row) => row !== undefined)
  }

  const packRow = (sha256: string, text: string, from: PackOrigin, order: number): LibraryRow => ({ key: `pack:${sha256}`, is: 'pack', sha256, text, origin: from, order })
  const issuerRow = (issuer: Issuer): LibraryRow => ({ key: `issuer:${issuer.key}`, is: 'issuer', issuer })
  const tableRow = (table: KeptTable, order: number): LibraryRow => ({ key: `table:${table.sha256}`, is: 'table', table, order })
  const legalRow = (additions: LegalAdditions): LibraryRow => ({ key: 'legal', is: 'legal', additions })

  /** The key as the store has it: that of an imported table is not the hash of its file, by which a guess could be confirmed. */
  const keptKey = async (session: Session, key: string): Promise<string> => (key.startsWith('table:') ? `table:${await session.vault.keys.tags(key)}` : key)
  const kept = (session: Session, rows: readonly LibraryRow[]): Promise<readonly LibraryRow[]> => Promise.all(rows.map(async (row) => ({ ...row, key: await keptKey(session, row.key) })))

  /** Brings the copy on disk level: encrypted pieces, named in the vault record, which outlive the browser's store. */
  const writeCopy = async (session: Session): Promise<void> => {
    const text = JSON.stringify({ format: 'luong-gia-library/1', packs: held.packs.map(({ sha256, text: own, origin: from }) => ({ sha256, text: own, origin: from })), issuers: held.issuers, additions: held.additions, tables: held.tables.map(({ table }) => table).toReversed() })
    const put = await pieces.put(session, new Blob([utf8(text)]), { onProgress: () => undefined, signal: session.closed })
    if (!put.ok) return
    const { size, leaves } = put.value
    const kept = await keeper.saveSecret(session.vault, { ...session.vault.secret, library: { size, leaves: [...leaves] } })
    if (!kept.ok) return
    session.vault = kept.value
    await session.db.library.put({ key: 'copy', is: 'copy', dirty: false, leaves: leaves.join() })
  }

  /** Rows that the copy on disk has and the store has not: after the browser lost or could not read its own. */
  const fromCopy = async (session: Session, rows: readonly LibraryRow[]): Promise<readonly LibraryRow[]> => {
    const file = session.vault.secret.library
    const known = rows.find((row) => row.is === 'copy')
    if (file === undefined || (known?.is === 'copy' && (known.dirty || known.leaves === file.leaves.join()))) return []
    const bytes = await pieces.read(session, file, 0, file.size)
    const text = bytes.ok ? utf8Text(bytes.value) : null
    const parsed = copy.safeParse(text === null ? undefined : JSON.parse(text))
    if (!parsed.success) return []
    const additions = readAdditions(JSON.stringify(parsed.data.additions))
    const back = (await kept(session, [
      ...parsed.data.packs.map((pack, order) => packRow(pack.sha256, pack.text, pack.origin, order)),
      ...parsed.data.issuers.map(issuerRow),
      ...parsed.data.tables.map(tableRow),
      ...(additions.ok && additions.value.sources.length > 0 ? [legalRow(additions.value)] : []),
    ])).filter(({ key }) => !rows.some((row) => row.key === key))
    if (mayWrite(session)) await session.db.library.bulkPut([...back, { key: 'copy', is: 'copy', dirty: false, leaves: file.leaves.join() }])
    return back
  }

  const load = async (session: Session): Promise<void> => {
    const [rows] = await Promise.all([read(session), readShipped()])
    take([...rows, ...await fromCopy(session, rows)])
    if (mayWrite(session) && rows.some((row) => row.is === 'copy' && row.dirty)) void serial.run('write', () => writeCopy(session)).catch(() => undefined)
  }

  /** Writes rows, shows them, and brings the copy level unless only drafts changed. */
  const change = (work: (session: Session) => Result<{ readonly put?: readonly LibraryRow[]; readonly drop?: readonly string[]; readonly local?: boolean }>): Promise<Result<void>> =>
    serial.run('write', async () => {
      const session = current()
      if (session === null) return err('locked')
      if (!mayWrite(session)) return err('read-only')
      const planned = work(session)
      if (!planned.ok) return planned
      const { put = [], drop = [], local = false } = planned.value
      const { db } = session
      const [coming, going] = await Promise.all([kept(session, put), Promise.all(drop.map((key) => keptKey(session, key)))])
      await db.transaction('rw', [db.library], async () => {
        await db.library.bulkDelete(going)
        await db.library.bulkPut(local ? [...coming] : [...coming, { key: 'copy', is: 'copy', dirty: true, leaves: '' }])
      })
      take(await read(session))
      ports.channel.post('library')
      if (!local) await writeCopy(session).catch(() => undefined)
      return ok(undefined)
    })

  const join = (text: string, from: PackOrigin): Result<LibraryRow> => {
    const loaded = loadPack(text)
    if (!loaded.ok) return loaded
    const joined = mayJoin(library.get().shelf, loaded.value)
    return joined.ok ? ok(packRow(loaded.value.sha256, loaded.value.text, from, held.packs.reduce((most, { order }) => Math.max(most, order), -1) + 1)) : joined
  }
  const issuerOf = ({ key, name, organisation }: PackSigner): LibraryRow => issuerRow({ key, name, organisation, since: ports.now() })

  const store: LibraryStore = {
    library, knowledge,
    ownKey: () => {
      const session = current()
      return session === null ? '' : thumbprint(publicPart(session.vault.secret.device))
    },
    importPack: (text, trust) => change(() => {
      const file = readPackFile(text)
      if (!file.ok) return file
      const from: PackOrigin = { from: 'elsewhere', at: ports.now(), signer: file.value.signer, trusted: false }
      const bare = unsigned(held.packs, file.value)
      const row = bare === undefined ? join(file.value.loaded.text, from) : ok(packRow(bare.sha256, bare.text, from, bare.order))
      if (!row.ok) return row
      return ok({ put: [row.value, ...(trust && file.value.signer !== null ? [issuerOf(file.value.signer)] : [])] })
    }),
    exportPack: async (sha256, organisation) => {
      const session = current()
      const loaded = library.get().shelf.byHash(sha256)
      if (session === null) return err('locked')
      if (loaded === undefined) return err('not-found')
      const { secret, sign } = session.vault
      return ok(await signPack(loaded, { name: secret.author, organisation }, ports.now(), publicPart(secret.device), sign))
    },
    saveDraft: (draft) => change(() => ok({ put: [{ key: `draft:${draft.id}`, is: 'draft', draft: { ...draft, updatedAt: ports.now() } }], local: true })),
    dropDraft: (id) => change(() => ok({ drop: [`draft:${id}`], local: true })),
    finishDraft: async (id) => {
      let sha256 = ''
      const done = await change(() => {
        const draft = held.drafts.find((one) => one.id === id)
        if (draft === undefined) return err('not-found')
        const problems = problemsOf(draft.pack)
        if (problems.length > 0) return err('pack-not-checked', { count: problems.length })
        const row = join(JSON.stringify(draft.pack), { from: 'here', at: ports.now() })
        if (!row.ok) return row
        sha256 = row.value.key.slice('pack:'.length)
        return ok({ put: [row.value], drop: [`draft:${id}`] })
      })
      return done.ok ? ok(sha256) : done
    },
    trustIssuer: (signed) => change(() => ok({ put: [issuerOf(signed)] })),
    forgetIssuer: (key) => change(() => ok({ drop: [`issuer:${key}`] })),
    keepTable: (table) => change(() => ok({ put: [tableRow(table, held.tables.reduce((most, { order }) => Math.max(most, order), -1) + 1)] })),
    forgetTable: (sha256) => change(() => ok({ drop: [`table:${sha256}`] })),
    setAdditions: (additions) => change(() => ok({ put: [legalRow(additions)] })),
  }
  return {
    store, load,
    shipped: readShipped,
    clear: () => {
      take([])
    },
    /** Texts of the packs named. */
    texts: (hashes: readonly string[]): readonly string[] => hashes.flatMap((sha256) => knowledge.packs(sha256)?.text ?? []),
  }
}
