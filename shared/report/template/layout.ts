import type { Text } from '../../kernel/fault-shape.ts'
import type { PackRef } from '../../rulepack/load.ts'

/** Empty rows offered below those already filled. */
export const spareRows = 20

export const listSheetName: Text = { vi: 'Danh mục', en: 'Lists' }

export const truth: Readonly<Record<'yes' | 'no', Text>> = { yes: { vi: 'Có', en: 'Yes' }, no: { vi: 'Không', en: 'No' } }

/** What the cover bears, so that the file is known for what it is. */
export const marker = ({ id, version, sha256 }: PackRef): string => `luong-gia-template/1 ${id} ${version} ${sha256}`

export const readMarker = (text: string): PackRef | null => {
  const [, id, version, sha256] = /^luong-gia-template\/1 ([a-z][a-z0-9-]{0,59}) (\d{1,4}\.\d{1,4}\.\d{1,4}) ([0-9a-f]{64})$/.exec(text.trim()) ?? []
  return id === undefined || version === undefined || sha256 === undefined ? null : { id, version, sha256 }
}

export const tableMarker = (question: string): string => `luong-gia-table ${question}`
export const readTableMarker = (text: string): string | null => /^luong-gia-table ([a-z0-9][a-z0-9.-]{0,59})$/.exec(text.trim())?.[1] ?? null

/** Id of one option of a multiple choice; with an empty option, of the line “none”. */
export const optionId = (question: string, option: string): string => `${question}#${option}`
export const readOptionId = (text: string): { readonly question: string; readonly option: string } | null => {
  const [, question, option] = /^([a-z0-9][a-z0-9.-]{0,59})#([\w.-]{0,60})$/.exec(text.trim()) ?? []
  return question === undefined || option === undefined ? null : { question, option }
}
