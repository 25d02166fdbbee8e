import { z } from 'zod'
import type { FaultCode } from '../kernel/faults.ts'
import type { Result } from '../kernel/result.ts'
import { dossierId, hash, isoInstant } from '../schema/base.ts'

/** Bytes cross every door as base64 text, so that one codec serves all doors. */
const base64 = (maxBytes: number) => z.base64().max(Math.ceil(maxBytes / 3) * 4 + 4)
const mebibyte = 1_048_576
/** Room for one piece of 1 MiB with its nonce and tag. */
const pieceBytes = mebibyte + 1024

const session = z.string().regex(/^[0-9a-f]{32}$/)
const journalLine = z.string().max(4_000_000)
const head = z.strictObject({ seq: z.number().int().nonnegative(), hash })

export interface CallShape {
  readonly args: z.ZodType
  readonly value: z.ZodType
  /** Fault codes besides those of `CommonFault`, which every call may give. */
  readonly faults: readonly FaultCode[]
  readonly timeoutMs: number
}

/**
 * Everything the renderer may ask of the machine: one table for the Electron, the bridge and the direct door.
 * Raising the number of calls above 30 needs an ADR.
 */
export const contract = {
  /** Version, capabilities and who else holds the profile. Security: constants and the profile's lock, no paths. */
  'app.info': {
    args: z.strictObject({}),
    value: z.strictObject({
      version: z.string(),
      host: z.enum(['electron', 'bridge', 'direct']),
      /** False when another window or program holds this profile: then everything is read-only. */
      writable: z.boolean(),
      holder: z.string(),
      capabilities: z.strictObject({
        saveDialog: z.boolean(),
        reveal: z.boolean(),
        keyCache: z.boolean(),
        updates: z.boolean(),
        closeVeto: z.boolean(),
      }),
      freeBytes: z.number().nonnegative(),
      /** When the newest verified backup was made; null when there is none yet. */
      newestBackup: isoInstant.nullable(),
    }),
    faults: [], timeoutMs: 5_000,
  },
  /** The page is up. Security: no effect besides ending the start-up timer. */
  'app.ready': { args: z.strictObject({}), value: z.strictObject({}), faults: [], timeoutMs: 5_000 },
  /** Answer to `app.closing`: everything is saved, or why not. Security: closes only our own window. */
  'app.closeReady': { args: z.strictObject({ saved: z.boolean() }), value: z.strictObject({}), faults: [], timeoutMs: 5_000 },

  /** The wrapped vault key record, or null before first run. Security: ciphertext only; the key never crosses. */
  'vault.read': { args: z.strictObject({}), value: z.strictObject({ record: z.string().max(200_000).nullable() }), faults: [], timeoutMs: 5_000 },
  /** Replaces the record atomically if it still is `expected`. Security: keeps the former record beside it. */
  'vault.write': {
    args: z.strictObject({ expected: z.string().max(200_000).nullable(), record: z.string().max(200_000) }),
    value: z.strictObject({}),
    faults: ['vault-changed-elsewhere', 'disk-full', 'read-only'], timeoutMs: 10_000,
  },
  /**
   * Keeps a wrapped copy of the data key in the system's key store, or forgets it (`null`). Only with capability `keyCache`.
   * Security: the page wraps it with a key that never leaves the page, so neither half opens anything alone; a convenience,
   * never the only way in.
   */
  'vault.remember': {
    args: z.strictObject({ wrapped: z.string().max(4_000).nullable() }),
    value: z.strictObject({}),
    faults: ['key-cache-absent', 'disk-full', 'read-only'], timeoutMs: 10_000,
  },
  /** The copy kept by `vault.remember`, or null when there is none or the key store cannot read it any more. */
  'vault.recall': { args: z.strictObject({}), value: z.strictObject({ wrapped: z.string().max(4_000).nullable() }), faults: [], timeoutMs: 10_000 },

  /** Last sequence number and hash of every dossier's journal. Security: ids and hashes only. */
  'journal.heads': {
    args: z.strictObject({}),
    value: z.strictObject({ heads: z.record(dossierId, head), damaged: z.array(dossierId) }),
    faults: [], timeoutMs: 60_000,
  },
  /**
   * Appends encrypted lines to one dossier's journal and answers when they are flushed to the disk.
   * Security: the path is derived from the id; refused unless `prev` is the journal's head, so two windows cannot fork it.
   * Lines already there with the same hashes count as appended, so a lost answer is repeated without harm. All lines of one
   * call together stay under `maxText` (codec). A damaged journal takes nothing but lines from the first on (`prev.seq` 0): it is
   * then set aside whole and begun anew.
   */
  'journal.append': {
    args: z.strictObject({ dossier: dossierId, prev: head, lines: z.array(z.strictObject({ seq: z.number().int().positive(), hash, line: journalLine })).min(1).max(500) }),
    value: z.strictObject({ head }),
    faults: ['journal-diverged', 'disk-full', 'read-only', 'journal-damaged'], timeoutMs: 20_000,
  },
  /** Encrypted lines from `after` (exclusive) on, at most about 4 MiB; `more` when cut. Security: id, no path. */
  'journal.read': {
    args: z.strictObject({ dossier: dossierId, after: z.number().int().nonnegative() }),
    value: z.strictObject({ lines: z.array(z.strictObject({ seq: z.number().int().positive(), hash, line: journalLine })), more: z.boolean() }),
    faults: ['not-found', 'journal-damaged'], timeoutMs: 30_000,
  },

  /** Stores one encrypted piece under its keyed address, flushed. Security: address is hex; existing pieces are kept. */
  'blob.put': {
    args: z.strictObject({ address: hash, bytes: base64(pieceBytes) }),
    value: z.strictObject({ existed: z.boolean() }),
    faults: ['disk-full', 'read-only'], timeoutMs: 30_000,
  },
  /** One encrypted piece. Security: address is hex, no path. */
  'blob.get': { args: z.strictObject({ address: hash }), value: z.strictObject({ bytes: base64(pieceBytes) }), faults: ['not-found', 'blob-damaged'], timeoutMs: 30_000 },
  /** Which of these addresses are missing. */
  'blob.missing': { args: z.strictObject({ addresses: z.array(hash).max(5_000) }), value: z.strictObject({ missing: z.array(hash) }), faults: [], timeoutMs: 30_000 },

  /**
   * Starts saving a file for the person. Security: Electron asks with a native dialogue; the bridge saves into one
   * fixed documents folder under a cleaned name that never replaces a file. The page never names a path.
   */
  'file.open': {
    args: z.strictObject({ name: z.string().min(1).max(200), mime: z.string().max(100) }),
    value: z.strictObject({ session }),
    faults: ['cancelled', 'disk-full', 'folder-not-writable'], timeoutMs: 600_000,
  },
  'file.write': { args: z.strictObject({ session, bytes: base64(pieceBytes) }), value: z.strictObject({}), faults: ['disk-full', 'not-found'], timeoutMs: 30_000 },
  /** Reads the temporary file back, compares its hash and renames it in place; `sha256: null` throws it away. */
  'file.commit': {
    args: z.strictObject({ session, sha256: hash.nullable() }),
    value: z.strictObject({ name: z.string(), place: z.string() }),
    faults: ['not-found', 'disk-full', 'file-not-written', 'file-in-use', 'folder-not-writable'], timeoutMs: 120_000,
  },
  /** Shows the last committed file in the system's file manager. Security: only files committed in this run. */
  'file.reveal': { args: z.strictObject({ session }), value: z.strictObject({}), faults: ['not-found'], timeoutMs: 10_000 },

  /** Opens a PKCS#12 file in the host's memory. Security: neither file nor passphrase is stored or logged. */
  'sign.open': {
    args: z.strictObject({ p12: base64(2 * mebibyte), passphrase: z.string().max(1000) }),
    value: z.strictObject({ session, certificate: base64(64_000), chain: z.array(base64(64_000)).max(10), keyType: z.enum(['RSA', 'EC']) }),
    faults: ['certificate-password-wrong', 'certificate-file-damaged', 'certificate-without-key', 'certificate-missing', 'certificate-key-unsupported'], timeoutMs: 30_000,
  },
  /** Signs up to 64 KiB (the CMS signed attributes) with the opened key. Security: only sessions of this run, five minutes. */
  'sign.bytes': {
    args: z.strictObject({ session, data: base64(65_536), digest: z.enum(['SHA-256', 'SHA-384', 'SHA-512']) }),
    value: z.strictObject({ signature: base64(4_096) }),
    faults: ['not-found'], timeoutMs: 60_000,
  },
  'sign.close': { args: z.strictObject({ session }), value: z.strictObject({}), faults: [], timeoutMs: 5_000 },

  /** Reads or sets the exchange's address. Security: https, or http on loopback; credentials and paths refused. */
  'exchange.configure': {
    args: z.strictObject({ address: z.string().max(300).nullable() }),
    value: z.strictObject({ address: z.string() }),
    faults: ['exchange-address-refused', 'disk-full', 'read-only'], timeoutMs: 10_000,
  },
  /** Asks the exchange who it is, for its clock and for a fresh nonce. Security: only the configured address. */
  'exchange.hello': { args: z.strictObject({}), value: z.strictObject({ answer: z.string().max(100_000) }), faults: ['exchange-unreachable', 'exchange-nonsense', 'exchange-not-set', 'exchange-busy', 'network-sign-in', 'network-proxy', 'network-filter', 'exchange-untrusted'], timeoutMs: 25_000 },
  /** Enrols the device with a one-time code. */
  'exchange.enrol': {
    args: z.strictObject({ request: z.string().max(20_000) }),
    value: z.strictObject({ answer: z.string().max(100_000) }),
    faults: ['exchange-unreachable', 'exchange-nonsense', 'exchange-not-set', 'exchange-busy', 'exchange-code-refused', 'exchange-refused', 'network-sign-in', 'network-proxy', 'network-filter', 'exchange-untrusted'], timeoutMs: 25_000,
  },
  /** Opens a session with a signed proof; the token stays in the host. */
  'exchange.session': {
    args: z.strictObject({ proof: z.string().max(20_000) }),
    value: z.strictObject({}),
    faults: ['exchange-unreachable', 'exchange-nonsense', 'exchange-not-set', 'exchange-busy', 'exchange-login-refused', 'network-sign-in', 'network-proxy', 'network-filter', 'exchange-untrusted'], timeoutMs: 25_000,
  },
  /** Plans an upload: what is missing, or the receipt. */
  'exchange.plan': {
    args: z.strictObject({ request: z.string().max(2_000_000) }),
    value: z.strictObject({ answer: z.string().max(2_000_000) }),
    faults: ['exchange-unreachable', 'exchange-nonsense', 'exchange-not-set', 'exchange-busy', 'exchange-login-refused', 'exchange-refused', 'exchange-full', 'network-sign-in', 'network-proxy', 'network-filter', 'exchange-untrusted'], timeoutMs: 60_000,
  },
  /** Sends 1 to 8 consecutive pieces; success is the server's echo of their hash, checked here. */
  'exchange.put': {
    args: z.strictObject({ upload: z.string().regex(/^[0-9a-f]{64}$/), from: z.number().int().nonnegative(), bytes: base64(8 * mebibyte) }),
    value: z.strictObject({ stored: z.tuple([z.number().int(), z.number().int()]) }),
    faults: ['exchange-unreachable', 'exchange-nonsense', 'exchange-not-set', 'exchange-busy', 'exchange-login-refused', 'exchange-refused', 'exchange-full', 'exchange-piece-refused', 'exchange-too-large', 'network-sign-in', 'network-proxy', 'network-filter', 'exchange-untrusted'], timeoutMs: 120_000,
  },
  /** Commits an upload; the receipt is verified by the caller against the pinned keys. */
  'exchange.commit': {
    args: z.strictObject({ upload: z.string().regex(/^[0-9a-f]{64}$/) }),
    value: z.strictObject({ answer: z.string().max(2_000_000) }),
    faults: ['exchange-unreachable', 'exchange-nonsense', 'exchange-not-set', 'exchange-busy', 'exchange-login-refused', 'exchange-refused', 'exchange-full', 'network-sign-in', 'network-proxy', 'network-filter', 'exchange-untrusted'], timeoutMs: 300_000,
  },

  /** Writes one line to the log. Security: a code and allow-listed fields, never dossier content. */
  'log.write': {
    args: z.strictObject({ level: z.enum(['info', 'warn', 'error']), code: z.string().regex(/^[a-z0-9.-]{1,60}$/), fields: z.partialRecord(z.enum(['call', 'phase', 'ms', 'count', 'bytes', 'attempt', 'status']), z.union([z.string().regex(/^[A-Za-z0-9._-]{0,60}$/), z.number()])).optional() }),
    value: z.strictObject({}),
    faults: [], timeoutMs: 5_000,
  },
  /** Opens a help page. Security: an id of a table in the host, never a URL from the page. */
  'help.open': { args: z.strictObject({ topic: z.string().regex(/^[a-z-]{1,40}$/) }), value: z.strictObject({}), faults: ['not-found'], timeoutMs: 10_000 },
} as const satisfies Readonly<Record<string, CallShape>>

export type CallName = keyof typeof contract
export type Args<N extends CallName> = z.input<(typeof contract)[N]['args']>
export type Value<N extends CallName> = z.output<(typeof contract)[N]['value']>
/** What every call may give; `cancelled` only when the caller aborted it. */
export type CommonFault = 'internal' | 'timeout' | 'bad-request' | 'host-gone' | 'cancelled'
export type Reply<N extends CallName> = Result<Value<N>, (typeof contract)[N]['faults'][number] | CommonFault>

/** Events from the host to the page. */
export const events = {
  /** The window is about to close: answer with `app.closeReady`. */
  'app.closing': z.strictObject({}),
  /** Another window or program changed this dossier's journal. */
  'journal.changedElsewhere': z.strictObject({ dossier: dossierId }),
} as const
export type EventName = keyof typeof events
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>

/** The typed caller every feature uses; which door is behind it is nobody's business. */
export interface HostClient {
  readonly call: <N extends CallName>(name: N, args: Args<N>, options?: { readonly signal?: AbortSignalLike }) => Promise<Reply<N>>
  readonly listen: <E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void) => () => void
}

/** The part of the platform's AbortSignal that pure code may know. */
export interface AbortSignalLike {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
}

/** Handlers behind the contract: each gets checked arguments and answers with a Result. */
export type Handlers = { readonly [N in CallName]: (args: z.output<(typeof contract)[N]['args']>) => Promise<Reply<N>> }
/** What a door carries: a name and a text in, a text out. */
export type Door = (name: string, body: string) => Promise<string>
