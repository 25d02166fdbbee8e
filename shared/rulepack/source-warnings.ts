import type { Text } from '../kernel/fault-shape.ts'
import { dateText } from '../kernel/date-text.ts'
import type { LegalSource } from './parts.ts'
import type { LegalRegister, RegisteredSource } from './registry.ts'
import { numberKey, sourceByNumber } from './registry.ts'

/** A source and what of the dossier rests on it. */
export interface SourceUse {
  readonly source: LegalSource
  readonly usedBy: Text
}

/** Why a source needs a look: `grave` ones may make the result void, the others ask for a comparison with the official text. */
export type SourceReason = 'replaced' | 'ended' | 'notYet' | 'draft' | 'unconfirmed' | 'unverified'

export interface SourceWarning {
  /** What the register knows of it, or else the pack itself. */
  readonly source: RegisteredSource
  readonly reason: SourceReason
  readonly grave: boolean
  readonly usedBy: readonly Text[]
  readonly text: Text
}

const graveReasons: readonly SourceReason[] = ['replaced', 'ended', 'notYet', 'draft']

const reasonsOf = (source: RegisteredSource, date: string): readonly SourceReason[] => {
  const { status, mark, effectiveFrom, effectiveTo } = source
  const found: SourceReason[] = []
  const replaced = status === 'replaced' || (source.replacedBy ?? '') !== ''
  const over = effectiveTo !== '' && date !== '' && effectiveTo < date
  // Replaced later than the dossier's date: it was in force then.
  if (replaced && (effectiveTo === '' || date === '' || over)) found.push('replaced')
  else if (over) found.push('ended')
  if (effectiveFrom !== '' && date !== '' && effectiveFrom > date) found.push('notYet')
  if (status === 'draft') found.push('draft')
  if (status === 'unconfirmed') found.push('unconfirmed')
  if (mark !== 'verified') found.push('unverified')
  return found
}

const sentence = (source: RegisteredSource, reason: SourceReason, date: string): Text => {
  const { number, effectiveFrom, effectiveTo } = source
  const by = source.replacedBy ?? ''
  const since = effectiveTo === '' ? '' : dateText(effectiveTo)
  switch (reason) {
    case 'replaced':
      return {
        vi: `${number} đã được thay thế${by === '' ? '' : ` bởi ${by}`}${since === '' ? '' : `, hết hiệu lực ngày ${since}`}. Hãy kiểm tra quy định đang áp dụng.`,
        en: `${number} has been replaced${by === '' ? '' : ` by ${by}`}${since === '' ? '' : `; it ended on ${since}`}. Check which rule applies now.`,
      }
    case 'ended':
      return { vi: `${number} đã hết hiệu lực ngày ${since}, trước ngày ${dateText(date)} của hồ sơ.`, en: `${number} ended on ${since}, before the dossier’s date ${dateText(date)}.` }
    case 'notYet':
      return { vi: `${number} có hiệu lực từ ${dateText(effectiveFrom)}, sau ngày ${dateText(date)} của hồ sơ.`, en: `${number} takes effect on ${dateText(effectiveFrom)}, after the dossier’s date ${dateText(date)}.` }
    case 'draft':
      return { vi: `${number} mới là dự thảo, chưa có hiệu lực.`, en: `${number} is a draft and not in force.` }
    case 'unconfirmed':
      return { vi: `Chưa xác nhận được tình trạng hiệu lực của ${number}.`, en: `It is not confirmed whether ${number} is still in force.` }
    case 'unverified':
      return { vi: `Nội dung ${number} chưa được đối chiếu với văn bản chính thức.`, en: `The wording of ${number} was not compared with the official text.` }
  }
}

/**
 * What to watch in the sources a dossier rests on (cảnh báo căn cứ pháp lý): replaced, ended before or not yet in force on `date`
 * (valuation or report date, `YYYY-MM-DD`; empty when not set: then dates are not compared), draft, of unconfirmed status, wording
 * not compared with the official text. The register knows better than a pack. Grave ones first, each source and reason once.
 */
export const sourceWarnings = (uses: readonly SourceUse[], register: LegalRegister, date: string): readonly SourceWarning[] => {
  const byNumber = new Map<string, SourceUse[]>()
  for (const use of uses) byNumber.set(numberKey(use.source.number), [...(byNumber.get(numberKey(use.source.number)) ?? []), use])
  const found = [...byNumber.values()].flatMap((own): readonly SourceWarning[] => {
    const [first] = own
    if (first === undefined) return []
    const source = sourceByNumber(register, first.source.number) ?? first.source
    const usedBy = own.map((use) => use.usedBy).filter((name, index, all) => all.findIndex((other) => other.vi === name.vi) === index)
    return reasonsOf(source, date).map((reason) => ({ source, reason, grave: graveReasons.includes(reason), usedBy, text: sentence(source, reason, date) }))
  })
  return [...found.filter(({ grave }) => grave), ...found.filter(({ grave }) => !grave)]
}
