import type { Text } from '../../kernel/fault-shape.ts'
import { riskEntry } from '../../schema/dossier.ts'
import type { RiskLedgerEntry, Valuation } from '../../schema/dossier.ts'
import type { Note } from '../figure.ts'
import { note } from '../reasons.ts'

/** Risks a technology valuation meets; each is counted once: in the flow, in a probability, or in the rate. */
export const risks = {
  technical: { vi: 'Thất bại kỹ thuật', en: 'Technical failure' },
  stage: { vi: 'Giai đoạn phát triển', en: 'Stage of development' },
  readiness: { vi: 'Mức sẵn sàng công nghệ', en: 'Technology readiness' },
  market: { vi: 'Thị trường, nhu cầu', en: 'Market and demand' },
  competition: { vi: 'Cạnh tranh, công nghệ thay thế', en: 'Competition and substitutes' },
  obsolescence: { vi: 'Lạc hậu công nghệ', en: 'Obsolescence' },
  legal: { vi: 'Pháp lý, hiệu lực quyền', en: 'Legal, validity of rights' },
  size: { vi: 'Quy mô nhỏ', en: 'Small size' },
  illiquidity: { vi: 'Khó bán lại', en: 'Illiquidity' },
  country: { vi: 'Quốc gia', en: 'Country' },
  currency: { vi: 'Tỷ giá', en: 'Currency' },
} as const satisfies Readonly<Record<string, Text>>
export type Risk = keyof typeof risks

export const riskPlaces = {
  flow: { vi: 'dòng tiền', en: 'flow' },
  probability: { vi: 'xác suất', en: 'probability' },
  rate: { vi: 'tỷ suất', en: 'rate' },
} as const satisfies Readonly<Record<string, Text>>
export type RiskPlace = keyof typeof riskPlaces

/** One line of the risk ledger (sổ rủi ro). */
export interface RiskEntry {
  readonly risk: Risk
  readonly place: RiskPlace
  /** Method sheet that counts it; empty for the valuation as a whole, and so for every sheet. */
  readonly sheet: string
  /** Why it is counted here although it is counted elsewhere too; empty when not written. */
  readonly reason: string
}

export interface RiskFinding {
  /** Sheet in which the risk is counted more than once; empty when it is in entries for the whole valuation. */
  readonly sheet: string
  readonly risks: readonly Risk[]
  readonly places: readonly RiskPlace[]
  readonly note: Note
}

/** Technical failure, stage and readiness are one risk seen from three sides: a TRL premium beside stage probabilities counts it twice. */
export const familyOf = (risk: Risk): Risk => (risk === 'stage' || risk === 'readiness' ? 'technical' : risk)

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)]

const within = (sheet: string, entries: readonly RiskEntry[]): readonly RiskFinding[] =>
  unique(entries.map((entry) => familyOf(entry.risk))).flatMap((kind) => {
    const counted = entries.filter((entry) => familyOf(entry.risk) === kind)
    const argued = counted.filter((entry) => entry.reason.trim() !== '').length
    if (counted.length < 2 || argued >= counted.length - 1) return []
    // In the order of the list, so that the sentence does not depend on which entry was made first.
    const named = riskEntry.shape.risk.options.filter((risk) => counted.some((entry) => entry.risk === risk))
    const places = unique(counted.map((entry) => entry.place))
    return [
      {
        sheet,
        risks: named,
        places,
        note: note('risk-counted-twice', {
          nameVi: named.map((risk) => risks[risk].vi).join('; '),
          nameEn: named.map((risk) => risks[risk].en).join('; '),
          placesVi: places.map((place) => riskPlaces[place].vi).join(', '),
          placesEn: places.map((place) => riskPlaces[place].en).join(', '),
        }),
      },
    ]
  })

/**
 * Risks counted more than once (rủi ro tính trùng): in one computation every entry of a risk after the first needs a written reason.
 * Two entries in the same place count as two, since each adds its own premium or haircut. Entries of different sheets belong to
 * different computations; an entry for the whole valuation belongs to all of them.
 */
export const checkRiskLedger = (entries: readonly RiskEntry[]): readonly RiskFinding[] => {
  const general = within('', entries.filter(({ sheet }) => sheet === ''))
  const known = new Set(general.flatMap((finding) => finding.risks.map(familyOf)))
  const sheets = unique(entries.map(({ sheet }) => sheet)).filter((sheet) => sheet !== '').toSorted()
  const own = sheets.flatMap((sheet) => within(sheet, entries.filter((entry) => entry.sheet === sheet || entry.sheet === '')))
  return [...general, ...own.filter((finding) => !finding.risks.some((risk) => known.has(familyOf(risk))))]
}

/** Entries of the ledger that still count: those of a sheet that was taken out wait for the appraiser to move or remove them. */
export const liveRisks = ({ risks: entries = {}, sheets }: Pick<Valuation, 'risks' | 'sheets'>): readonly RiskLedgerEntry[] =>
  Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, entry]) => (entry.sheet === '' || Object.hasOwn(sheets, entry.sheet) ? [entry] : []))
