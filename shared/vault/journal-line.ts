import { err, ok } from '../kernel/result.ts'
import type { Result } from '../kernel/result.ts'
import { fromBase64, toBase64 } from '../kernel/base64.ts'
import { utf8Text, utf8 } from '../kernel/bytes.ts'
import { change, genesis, mostOps } from '../schema/change.ts'
import type { Change } from '../schema/change.ts'
import type { Box } from './box.ts'
import type { Mac, VaultKeys } from './keys.ts'

/** One line of a journal file (nhật ký trên đĩa): what the host sees of a change. */
export interface JournalLine {
  readonly seq: number
  /** Keyed hash in place of the change's own, which would let whoever guesses a short text confirm the guess. */
  readonly hash: string
  readonly line: string
}

/** Longest encrypted line that the host takes (`journal.append`). */
export const journalLineLength = 4_000_000

const label = (dossier: string, seq: number): string => `journal|${dossier}|${seq}`

/** Hash under which the journal knows a change; 64 zeros stand for the empty journal. */
export const journalTag = (tags: Mac, dossier: string, hash: string): Promise<string> =>
  hash === genesis ? Promise.resolve(genesis) : tags(`${dossier}|${hash}`)

/** Encrypts a change for the journal. `change-too-large` when the host could not take it or nobody could read it again. */
export const sealLine = async (keys: Pick<VaultKeys, 'journal' | 'tags'>, item: Change): Promise<Result<JournalLine, 'change-too-large'>> => {
  if (item.body.ops.length > mostOps) return err('change-too-large')
  const text = toBase64(await keys.journal.seal(label(item.dossier, item.seq), utf8(JSON.stringify(item))))
  if (text.length > journalLineLength) return err('change-too-large')
  return ok({ seq: item.seq, hash: await journalTag(keys.tags, item.dossier, item.hash), line: text })
}

/** Decrypts a line and checks its shape; whether it links to its predecessor is for the dossier log to say. */
export const openLine = async (journal: Box, dossier: string, item: JournalLine): Promise<Result<Change, 'decrypt-failed'>> => {
  const box = fromBase64(item.line)
  const plain = box === null ? null : await journal.open(label(dossier, item.seq), box)
  const text = plain === null ? null : utf8Text(plain)
  if (text === null) return err('decrypt-failed')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return err('decrypt-failed')
  }
  const parsed = change.safeParse(value)
  return parsed.success && parsed.data.dossier === dossier && parsed.data.seq === item.seq ? ok(parsed.data) : err('decrypt-failed')
}
