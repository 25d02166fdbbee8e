import type { Knowledge } from '../../shared/dossier/context.ts'
import type { HostClient } from '../../shared/host/contract.ts'
import type { Bytes } from '../../shared/kernel/bytes.ts'
import type { DossierReportInput } from '../../shared/pdf/dossier-report.ts'
import type { ReportFonts } from '../../shared/pdf/drawing.ts'
import type { LegalRegister } from '../../shared/rulepack/registry.ts'
import type { PackShelf } from '../../shared/rulepack/shelf.ts'
import type { FileSums } from '../../shared/vault/file-sums.ts'
import type { Cost } from '../../shared/vault/passphrase.ts'
import type { CutPiece } from './cut.ts'
import type { DatabasePorts } from './db.ts'
import type { PieceKeys } from './web-keys.ts'

/** Tells the other windows on the same store that a dossier changed; ids only. */
export interface Channel {
  readonly post: (dossier: string) => void
  readonly listen: (listener: (dossier: string) => void) => void
}

/** Holds the right to write this store; resolves with false when another window has it. `granted` is called when it comes later. */
export type ClaimStore = (granted: () => void) => Promise<boolean>

/** What a report is drawn from; `packs` are the texts of the packs of the dossier. */
export interface DrawInput extends Pick<DossierReportInput, 'state' | 'language' | 'sealed' | 'legalRegister'> {
  readonly packs: readonly string[]
}

/** Everything the store needs of the platform. The page's own are in `browser-ports.ts`; tests hand in theirs. */
export interface StorePorts extends DatabasePorts {
  readonly host: HostClient
  readonly crypto: Crypto
  /** Valuation methods, rule packs and legal sources that come with this program. */
  readonly methods: Knowledge['methods']
  readonly shelf: () => Promise<PackShelf>
  readonly register: LegalRegister
  /** The device's clock, `YYYY-MM-DDTHH:MM:SS.sssZ`. */
  readonly now: () => string
  /** Milliseconds of a clock that only runs forward. */
  readonly elapsed: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** Argon2id away from the screen's thread (`passphraseKey`). */
  readonly derive: (passphrase: string, salt: Bytes, cost: Cost) => Promise<Bytes>
  /** Cost of new passphrases. */
  readonly cost: Cost
  /** Draws a report away from the screen's thread (`dossierReport`). */
  readonly draw: (input: DrawInput) => Promise<Bytes>
  /** Tinos for the visible block of a signature. */
  readonly fonts: () => Promise<ReportFonts>
  /** Text of a sample dossier of resources/samples; null when there is none of that name. */
  readonly sample: (id: string) => Promise<string | null>
  /** Cuts and encrypts a file away from the screen's thread (`cutFile`). */
  readonly cut: (file: Blob, keys: PieceKeys) => AsyncGenerator<CutPiece, FileSums>
  readonly claim: ClaimStore
  readonly channel: Channel
  /** Calls back whenever the page is hidden or about to go. */
  readonly onHide: (listener: () => void) => void
}
