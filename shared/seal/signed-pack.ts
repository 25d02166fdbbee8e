import { z } from 'zod'
import { utf8, utf8Text } from '../kernel/bytes.ts'
import { canonical, parseCanonical } from '../kernel/canonical.ts'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { LoadedPack } from '../rulepack/load.ts'
import { loadPack } from '../rulepack/load.ts'
import type { PackSigner } from '../rulepack/shelf.ts'
import { hash, isoInstant, line } from '../schema/base.ts'
import type { DeviceJwk } from '../schema/sealed.ts'
import type { SignEs256 } from './jws.ts'
import { makeCompact, thumbprint, verifyCompact } from './jws.ts'

const format = 'luong-gia-signed-pack/1'
/** What the signature is for, so that none of another kind passes for it. */
const typ = 'luong-gia-pack'

const envelope = z.strictObject({
  format: z.literal(format),
  /** The pack, as its canonical text or as the value itself. */
  pack: z.union([z.string().max(4_000_000), z.record(z.string(), z.unknown())]),
  signature: z.string().max(20_000),
})

/** What cannot be seen in a name, or turns around what is read. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const name = line.refine((text) => text.search(unseen) < 0)

const statement = z.strictObject({
  format: z.literal(format),
  pack: z.strictObject({ id: z.string().max(80), version: z.string().max(40), sha256: hash }),
  signer: z.strictObject({ name, organisation: name }),
  at: isoInstant,
})

/** Signs a pack with the device key (ký bộ quy tắc); the text of the `.lgpack` file. Rejects when `sign` rejects. */
export const signPack = async (
  { pack, text, sha256 }: LoadedPack, signer: { readonly name: string; readonly organisation: string }, at: string, jwk: DeviceJwk, sign: SignEs256,
): Promise<string> => {
  const seen = (text: string): string => text.replace(/\s+/g, ' ').replace(unseen, '').trim()
  const said = statement.parse({ format, pack: { id: pack.id, version: pack.version, sha256 }, signer: { name: seen(signer.name), organisation: seen(signer.organisation) }, at })
  const signature = await makeCompact({ typ, jwk }, utf8(canonical(said)), sign)
  return canonical({ format, pack: text, signature })
}

/** A pack read from a file, and who signed it; null for a plain pack without signature. */
export interface PackFile {
  readonly loaded: LoadedPack
  readonly signer: PackSigner | null
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The text of a value; undefined for one nested too deeply to be any pack. */
const written = (value: unknown): string | undefined => {
  try {
    return canonical(value)
  } catch {
    return undefined
  }
}

/** The version of the signed form that a value claims to have, or null. */
const signedVersion = (value: unknown): number | null => {
  const claimed = typeof value === 'object' && value !== null && 'format' in value && typeof value.format === 'string' ? /^luong-gia-signed-pack\/(\d{1,9})$/.exec(value.format)?.[1] : undefined
  return claimed === undefined ? null : Number(claimed)
}

/**
 * Reads a file with a rule pack: signed (`.lgpack`) or plain JSON. A signature must be of this content and of nothing else.
 * Whether the key is trusted is for the reader to know. Faults: those of `loadPack`, and `pack-signature-wrong`.
 */
export const readPackFile = (text: string): Result<PackFile> => {
  const value = parsed(text)
  const version = signedVersion(value)
  if (version === null) {
    const loaded = loadPack(text)
    return loaded.ok ? ok({ loaded: loaded.value, signer: null }) : loaded
  }
  if (version > 1) return err('pack-newer')
  const read = envelope.safeParse(value)
  if (!read.success) return err('pack-unreadable')
  const inner = typeof read.data.pack === 'string' ? read.data.pack : written(read.data.pack)
  if (inner === undefined) return err('pack-unreadable')
  const loaded = loadPack(inner)
  if (!loaded.ok) return loaded
  const verified = verifyCompact(read.data.signature, { typ, smallS: true })
  if (!verified.ok) return err('pack-signature-wrong')
  const payload = utf8Text(verified.value.payload)
  const said = statement.safeParse(payload === null ? undefined : parseCanonical(payload))
  if (!said.success) return err('pack-signature-wrong')
  const { pack, signer, at } = said.data
  const { id, version: packVersion } = loaded.value.pack
  if (pack.sha256 !== loaded.value.sha256 || pack.id !== id || pack.version !== packVersion) return err('pack-signature-wrong')
  return ok({ loaded: loaded.value, signer: { name: signer.name, organisation: signer.organisation, key: thumbprint(verified.value.key), at } })
}

/** A thumbprint as two people compare it by voice (dấu vân tay của khóa): the first 80 bits in groups of four. */
export const spokenThumbprint = (key: string): string => key.slice(0, 20).toUpperCase().replace(/(.{4})(?=.)/g, '$1 ')
