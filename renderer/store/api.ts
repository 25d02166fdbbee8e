import type { Value } from '../../shared/host/contract.ts'
import type { Fault, Result } from '../../shared/kernel/result.ts'
import type { Command } from '../../shared/dossier/commands.ts'
import type { Change } from '../../shared/schema/change.ts'
import type { DealsStore } from './deals.ts'
import type { LibraryStore } from './library.ts'
import type { DossierKind, DossierPhase, DossierState, Evidence } from '../../shared/schema/dossier.ts'

/** One row of the dossier list; everything the list shows and searches, without opening the dossier. */
export interface DossierSummary {
  readonly id: string
  readonly kind: DossierKind
  readonly phase: DossierPhase
  readonly title: string
  readonly owner: string
  readonly client: string
  readonly updatedAt: string
  /** 0..1, how much of what the dossier demands is there. */
  readonly progress: number
  readonly sample: boolean
  /** Folded text that the search looks into. */
  readonly search: string
}

/** Where the last change is: `memory` only for the moment of writing, `here` in the browser's store, `disk` in the journal too. */
export type SaveState = 'saving' | 'here' | 'disk' | 'failed'

export interface OpenDossier {
  readonly id: string
  readonly state: DossierState
  readonly log: readonly Change[]
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly saved: SaveState
  /** Set when the two copies differ: the dossier is read-only. */
  readonly diverged: boolean
}

export type VaultState =
  | { readonly is: 'loading' }
  /** First run: no vault yet. */
  | { readonly is: 'new' }
  | { readonly is: 'locked'; readonly reason: 'start' | 'asked' | 'idle' }
  | { readonly is: 'open'; readonly author: string }
  /** The store cannot be opened; the screen offers what the fault allows. */
  | { readonly is: 'failed'; readonly fault: Fault }

export interface Progress {
  readonly done: number
  readonly total: number
}

/** Subscribable value; `get` returns the same object until it changes (for useSyncExternalStore). */
export interface Live<T> {
  readonly get: () => T
  readonly subscribe: (listener: () => void) => () => void
}

/** A dossier that could not be brought level with its journal; both copies are left as they are. */
export interface Trouble {
  readonly dossier: string
  readonly fault: Fault
}

/** A file the person saved; `session` is for `reveal`. */
export interface SavedFile {
  readonly name: string
  readonly place: string
  readonly session: string
}

/** One package on its way to the exchange. */
export interface OutboxRow {
  readonly dossier: string
  readonly title: string
  readonly state: 'waiting' | 'planning' | 'sending' | 'committing' | 'received' | 'refused' | 'paused'
  readonly progress: Progress
  readonly fault: Fault | null
}

/** What the screens may ask of the store. Everything that changes a dossier goes through `run`. */
export interface Store extends LibraryStore, DealsStore {
  readonly vault: Live<VaultState>
  readonly list: Live<readonly DossierSummary[]>
  readonly outbox: Live<readonly OutboxRow[]>
  /** Progress of bringing the journal on disk level with the store (changes waiting). */
  readonly pending: Live<number>
  /** Added: why the journals on disk take nothing at the moment (disk full, host gone), for one quiet banner; null while they do. */
  readonly journalFault: Live<Fault | null>
  /** Added: dossiers being read back from the journals after the browser's store was lost; null when none are. The list fills meanwhile. */
  readonly rebuilding: Live<Progress | null>
  /** Added: dossiers whose copies could not be brought level, and why (`journal-diverged`, `journal-damaged`, `decrypt-failed` …). */
  readonly troubles: Live<readonly Trouble[]>

  /** Added: tries to start again after `vault` said `failed`. */
  readonly retry: () => Promise<void>

  /** Makes the vault; returns the recovery code to be printed once. */
  readonly setup: (author: string, passphrase: string) => Promise<Result<{ readonly recoveryCode: string }>>
  readonly unlock: (passphrase: string) => Promise<Result<void>>
  /** Opens with the recovery code and sets a new passphrase. */
  readonly recover: (recoveryCode: string, newPassphrase: string) => Promise<Result<void>>
  readonly changePassphrase: (old: string, next: string) => Promise<Result<void>>
  /** Makes a new recovery code; the old one stops working. */
  readonly renewRecoveryCode: (passphrase: string) => Promise<Result<{ readonly recoveryCode: string }>>
  readonly setAuthor: (author: string) => Promise<Result<void>>
  readonly lock: (reason: 'asked' | 'idle') => Promise<void>

  /** Creates a dossier by a `dossier.create` command and returns its id. */
  readonly create: (command: Extract<Command, { type: 'dossier.create' }>) => Promise<Result<string>>
  /** Loads one of the sample dossiers of resources/samples; returns its id. */
  readonly openSample: (sampleId: string) => Promise<Result<string>>
  /** Live view of one dossier; null while loading or when unknown. */
  readonly dossier: (id: string) => Live<OpenDossier | null>
  /** Makes a new draft with the content of a sealed dossier, naming it as superseded (hồ sơ đính chính); returns its id. */
  readonly correct: (id: string) => Promise<Result<string>>
  /** Runs a command: one strict transaction, then the journal. Resolves when it is durable in the store. */
  readonly run: (id: string, command: Command) => Promise<Result<void>>

  /** Hashes, cuts, encrypts and stores a file, then adds it as evidence. */
  readonly attach: (id: string, file: File, facts: Pick<Evidence, 'title' | 'note' | 'source' | 'date'>, options: { readonly onProgress: (p: Progress) => void; readonly signal: AbortSignal }) => Promise<Result<string>>
  /** Plain bytes of an evidence file from `offset`, at most `length`. */
  readonly readEvidence: (id: string, evidenceId: string, offset: number, length: number) => Promise<Result<Uint8Array<ArrayBuffer>>>
  /** Added: saves a copy of an evidence file through the host, piece by piece; null when the person cancelled the dialogue. */
  readonly saveEvidence: (id: string, evidenceId: string, onProgress: (p: Progress) => void, signal: AbortSignal) => Promise<Result<SavedFile | null>>

  /** Seals an approved dossier. */
  readonly seal: (id: string) => Promise<Result<void>>
  /** The unsigned report as PDF bytes, in draft (watermarked "BẢN NHÁP") before sealing. */
  readonly report: (id: string, language: 'vi' | 'en') => Promise<Result<Uint8Array<ArrayBuffer>>>
  /** Signs the sealed dossier's Vietnamese report with a .p12. */
  readonly sign: (id: string, p12: Uint8Array, passphrase: string, block: { readonly name: string; readonly title: string }) => Promise<Result<void>>
  readonly signedReport: (id: string) => Promise<Result<Uint8Array<ArrayBuffer>>>
  /** Saves bytes or the package through the host; resolves with where it went, null when the person cancelled. */
  readonly saveFile: (name: string, mime: string, bytes: Uint8Array) => Promise<Result<SavedFile | null>>
  readonly savePackage: (id: string, onProgress: (p: Progress) => void, signal: AbortSignal) => Promise<Result<SavedFile | null>>
  /** Added: shows a saved file in the system's file manager; only with capability `reveal`. */
  readonly reveal: (session: string) => Promise<Result<void>>
  /** Puts a signed dossier into the outbox; sending starts by itself when enrolled. */
  readonly queue: (id: string) => Promise<Result<void>>
  /** Starts or retries sending what waits. */
  readonly sendNow: () => Promise<void>
  readonly pauseSending: () => void

  readonly exchange: Live<{ readonly address: string; readonly enrolled: boolean; readonly organisation: string; readonly keyId: string }>
  readonly setExchangeAddress: (address: string) => Promise<Result<void>>
  readonly testExchange: () => Promise<Result<{ readonly name: string; readonly clockOffsetMs: number }>>
  readonly enrol: (code: string) => Promise<Result<void>>

  /** Exports everything readable of one dossier (for diverged copies): both logs as a file. */
  readonly exportDiverged: (id: string) => Promise<Result<void>>
  /**
   * `writable` is false when another window or program holds the archive; `holder` names that program, empty for another window of this one.
   * Added: `newestBackup` (instant or null) and `capabilities` of the host.
   */
  readonly info: Live<{
    readonly version: string
    readonly host: string
    readonly writable: boolean
    readonly holder: string
    readonly freeBytes: number
    readonly newestBackup: string | null
    readonly capabilities: Value<'app.info'>['capabilities']
  }>
}
