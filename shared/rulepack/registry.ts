import { z } from 'zod'
import type { Text } from '../kernel/fault-shape.ts'
import type { Result } from '../kernel/result.ts'
import { err, ok } from '../kernel/result.ts'
import type { DossierKind } from '../schema/dossier.ts'
import { dossierKinds } from '../schema/dossier.ts'
import { legalSource, packItemId, text } from './parts.ts'

/** A source as the register keeps it: with the number of the text that took its place. */
const registeredSource = legalSource.extend({ replacedBy: z.string().max(100).optional() })
export type RegisteredSource = z.infer<typeof registeredSource>

/** `kinds` is empty for a source that only some methods rest on. */
const entry = z.strictObject({ kinds: z.array(z.enum(dossierKinds)), source: registeredSource })
export type RegisterEntry = z.infer<typeof entry>

const legalRegister = z.strictObject({
  format: z.literal('luong-gia-legal/1'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  sources: z.array(entry).max(400),
  /** What a kind of dossier rests on in the first place, for the cards from which one is created. */
  cards: z.array(z.strictObject({ kind: z.enum(dossierKinds), source: packItemId, clause: text.optional(), remark: text.optional() })).max(50).default([]),
  /** Sources behind each valuation method, by the method's id. */
  methods: z.record(z.string().max(80), z.array(packItemId).max(20)).default({}),
})
export type LegalRegister = z.infer<typeof legalRegister>

const additions = z.strictObject({ format: z.literal('luong-gia-legal-additions/1'), sources: z.array(entry).max(400) })
export type LegalAdditions = z.infer<typeof additions>

export const noAdditions: LegalAdditions = { format: 'luong-gia-legal-additions/1', sources: [] }

/** Number as people may type it, brought to one form for comparison: no spaces, upper case, NFC. */
export const numberKey = (number: string): string => number.normalize('NFC').replace(/\s+/g, '').toUpperCase()

/** Reads the register of legal sources (sổ căn cứ pháp lý); null when it is damaged, since nothing is better than something wrong. */
export const readRegister = (value: unknown): LegalRegister | null => {
  const read = legalRegister.safeParse(value)
  return read.success ? read.data : null
}

/**
 * Reads an officer's additions and amendments from JSON text; also a whole register, of which only the sources are taken.
 * Faults: `legal-unreadable` with where it does not fit.
 */
export const readAdditions = (json: string): Result<LegalAdditions, 'legal-unreadable'> => {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return err('legal-unreadable', { where: '1' })
  }
  const whole = readRegister(value)
  if (whole !== null) return ok({ ...noAdditions, sources: whole.sources })
  const read = additions.safeParse(value)
  return read.success ? ok(read.data) : err('legal-unreadable', { where: read.error.issues[0]?.path.map(String).join('.') ?? '' })
}

/** Puts entries over others: one of the same number takes the earlier one's place. */
export const amended = (sources: readonly RegisterEntry[], over: readonly RegisterEntry[]): RegisterEntry[] => {
  const byNumber = new Map(sources.map((one) => [numberKey(one.source.number), one]))
  for (const one of over) {
    const before = byNumber.get(numberKey(one.source.number))
    // The id stays: cards and methods name it.
    byNumber.set(numberKey(one.source.number), before === undefined ? one : { ...one, source: { ...one.source, id: before.source.id } })
  }
  return [...byNumber.values()]
}

/** The register as it stands here: what the program came with, under the officer's additions. */
export const withAdditions = (register: LegalRegister, local: LegalAdditions): LegalRegister => ({ ...register, sources: amended(register.sources, local.sources) })

/** The source of a number (tra theo số hiệu). */
export const sourceByNumber = (register: LegalRegister, number: string): RegisteredSource | undefined =>
  register.sources.find(({ source }) => numberKey(source.number) === numberKey(number))?.source

/** The source behind an id. */
export const sourceById = (register: LegalRegister, id: string): RegisteredSource | undefined => register.sources.find(({ source }) => source.id === id)?.source

/** What the card of a kind of dossier says of the law it rests on: each source with its clause, then a remark. */
export const cardsOf = (register: LegalRegister, kind: DossierKind): readonly { readonly source: RegisteredSource; readonly clause: Text | null; readonly remark: Text | null }[] =>
  register.cards.filter((card) => card.kind === kind).flatMap((card) => {
    const source = sourceById(register, card.source)
    return source === undefined ? [] : [{ source, clause: card.clause ?? null, remark: card.remark ?? null }]
  })
