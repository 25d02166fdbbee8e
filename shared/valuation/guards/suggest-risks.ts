import type { Text } from '../../kernel/fault-shape.ts'
import { fold } from '../../kernel/text.ts'
import type { MethodSheet } from '../../schema/dossier.ts'
import { methodById } from '../methods/registry.ts'
import { familyOf, type Risk, type RiskEntry, type RiskPlace } from './risk-ledger.ts'

/** A line that the risk ledger should probably hold, read from the inputs of a sheet. */
export interface RiskSuggestion {
  readonly risk: Risk
  readonly place: RiskPlace
  readonly sheet: string
  /** The input it was read from. */
  readonly input: string
  /** What was found there; a first draft of `how`. */
  readonly how: Text
}

/** Words in the source or reason of a rate that name a risk, folded; a word counts only as a whole. */
const rateWords: readonly (readonly [Risk, RegExp])[] = [
  ['readiness', /\b(trl|muc san sang|readiness)\b/],
  ['stage', /\b(giai doan dau|giai doan phat trien|khoi nghiep|dau tu mao hiem|von mao hiem|venture|start-?up|early[- ]stage|stage premium|seed)\b/],
  ['technical', /\b(rui ro ky thuat|rui ro cong nghe|that bai ky thuat|technical risk|technology risk|technology premium|phu phi cong nghe)\b/],
  ['size', /\b(quy mo|size premium|small size|small[- ]cap)\b/],
  ['illiquidity', /\b(thanh khoan|kho ban|illiquid\w*|lack of marketability|dlom)\b/],
  ['country', /\b(rui ro quoc gia|quoc gia|country risk|country premium)\b/],
  ['currency', /\b(ty gia|rui ro dong tien|exchange rate|currency risk)\b/],
  ['legal', /\b(rui ro phap ly|tranh chap|legal risk|litigation)\b/],
  ['competition', /\b(canh tranh|cong nghe thay the|competition|substitutes?)\b/],
  ['obsolescence', /\b(lac hau|obsolescence)\b/],
]

/** Rates of venture capital begin here; below, a rate says nothing of stage by itself. */
const ventureRate = 0.3

const rateInputs = ['rate', 'yearRates', 'tabRate', 'opportunityRate'] as const

/** A number, or the highest of a series. */
const numberOf = (sheet: MethodSheet, key: string): number | null => {
  const value = sheet.inputs[key]?.value
  if (Array.isArray(value)) return value.reduce<number | null>((most, one) => (one === null ? most : Math.max(most ?? one, one)), null)
  return typeof value === 'number' ? value : null
}

const isFilled = (sheet: MethodSheet, key: string): boolean => {
  const value = sheet.inputs[key]?.value
  return typeof value === 'number' || (Array.isArray(value) && value.some((one) => one !== null))
}

const labelOf = (sheet: MethodSheet, key: string): Text => methodById(sheet.method)?.inputs.find((spec) => spec.key === key)?.label ?? { vi: key, en: key }

/** Inputs that count a risk by what they are, whatever is written beside them. */
const structural: readonly { readonly method: RegExp; readonly input: string; readonly risk: Risk; readonly place: RiskPlace; readonly unless?: readonly [key: string, value: string] }[] = [
  { method: /^rnpv\//, input: 'stageProbabilities', risk: 'technical', place: 'probability', unless: ['riskIn', 'rate'] },
  { method: /^staged-option\//, input: 'stageProbabilities', risk: 'technical', place: 'probability' },
  { method: /^with-without\//, input: 'probability', risk: 'competition', place: 'probability' },
  { method: /^with-without\//, input: 'enforceability', risk: 'legal', place: 'probability' },
  { method: /^rfr\//, input: 'decayRate', risk: 'obsolescence', place: 'flow' },
  { method: /^mpeem\//, input: 'attrition', risk: 'obsolescence', place: 'flow' },
  { method: /^distributor\//, input: 'attrition', risk: 'market', place: 'flow' },
  { method: /^comparables\//, input: 'adjustStage', risk: 'stage', place: 'flow' },
]

const fromStructure = (sheet: MethodSheet): readonly RiskSuggestion[] => [
  ...structural.flatMap(({ method, input, risk, place, unless }) => {
    if (!method.test(sheet.method) || !isFilled(sheet, input) || numberOf(sheet, input) === 0) return []
    if (unless !== undefined && sheet.inputs[unless[0]]?.value === unless[1]) return []
    const name = labelOf(sheet, input)
    return [{ risk, place, sheet: sheet.id, input, how: { vi: `Qua số liệu “${name.vi}”.`, en: `Through the input “${name.en}”.` } }]
  }),
  ...(sheet.inputs['riskIn']?.value === 'rate'
    ? [{ risk: 'technical', place: 'rate', sheet: sheet.id, input: 'riskIn', how: { vi: 'Rủi ro kỹ thuật được chọn tính trong tỷ suất chiết khấu.', en: 'Technical risk was chosen to be counted in the discount rate.' } } as const]
    : []),
]

const fromRates = (sheet: MethodSheet): readonly RiskSuggestion[] =>
  rateInputs.flatMap((input) => {
    const datum = sheet.inputs[input]
    const rate = numberOf(sheet, input)
    if (datum === undefined || rate === null) return []
    const said = fold(`${datum.source} ${datum.reason}`)
    const name = labelOf(sheet, input)
    const named = rateWords.filter(([, word]) => word.test(said)).map(([risk]): RiskSuggestion => ({
      risk, place: 'rate', sheet: sheet.id, input, how: { vi: `Nguồn hoặc lý do của “${name.vi}” nhắc tới rủi ro này.`, en: `The source or reason of “${name.en}” names this risk.` },
    }))
    const venture: readonly RiskSuggestion[] = rate >= ventureRate && !named.some(({ risk }) => familyOf(risk) === 'technical')
      ? [{ risk: 'stage', place: 'rate', sheet: sheet.id, input, how: { vi: `“${name.vi}” từ 30 % trở lên nằm trong dải 30–70 % của vốn mạo hiểm, vốn đã chứa rủi ro giai đoạn (Bhagat 2014).`, en: `“${name.en}” of 30 % or more lies in the 30–70 % of venture capital, which holds the risk of the stage (Bhagat 2014).` } }]
      : []
    return [...named, ...venture]
  })

const covers = (entry: RiskEntry, { risk, place, sheet }: RiskSuggestion): boolean =>
  familyOf(entry.risk) === familyOf(risk) && entry.place === place && (entry.sheet === '' || entry.sheet === sheet)

/**
 * Lines that the sheets in use suggest for the risk ledger (gợi ý cho sổ rủi ro) and that it does not hold yet: stage probabilities
 * count technical risk, decay and attrition obsolescence, and a rate whose source or reason names a premium counts that risk.
 * Only suggestions: what stands in the ledger is the appraiser's word.
 */
export const suggestRisks = (sheets: readonly MethodSheet[], entries: readonly RiskEntry[]): readonly RiskSuggestion[] => {
  const all = sheets.flatMap((sheet) => [...fromStructure(sheet), ...fromRates(sheet)])
  const fresh = all.filter((suggestion) => !entries.some((entry) => covers(entry, suggestion)))
  return fresh.filter((one, index) => fresh.findIndex((other) => other.risk === one.risk && other.place === one.place && other.sheet === one.sheet) === index)
}
