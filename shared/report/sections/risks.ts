import { checkStatedConventions } from '../../valuation/guards/stated-conventions.ts'
import { checkRiskLedger, liveRisks, riskPlaces, risks } from '../../valuation/guards/risk-ledger.ts'
import { methodById } from '../../valuation/methods/registry.ts'
import { noteText } from '../../valuation/reasons.ts'
import { note, paragraph, type Context } from '../context.ts'
import type { Block } from '../model.ts'

/** The risk ledger (sổ rủi ro) with what is counted twice, and what the convention checker finds in each method. */
export const risksSection = (context: Context): readonly Block[] => {
  const { input, say, pick, sheets, methodName } = context
  if (sheets.length === 0) return []
  const entries = liveRisks(input.state.valuation)
  const nameOf = (id: string): string => {
    const sheet = sheets.find((one) => one.id === id)
    return sheet === undefined ? say('Toàn bộ việc định giá', 'The whole valuation') : pick(methodName(sheet))
  }
  const inSheet = (id: string, text: string): string => (id === '' ? text : say(`Trong “${nameOf(id)}”: ${text}`, `In “${nameOf(id)}”: ${text}`))
  const findings = checkRiskLedger(entries)
  const argued = entries.some(({ reason }) => reason !== '')
  const conventions = checkStatedConventions(sheets, input.state.profile.currency)
  // An income method without a ledger is worth telling the reader; beside other methods nothing is missing.
  const income = sheets.some(({ method }) => methodById(method)?.approach === 'income')
  if (entries.length === 0 && conventions.length === 0 && !income) return []
  return [
    ...(entries.length === 0
      ? [note(say('Hồ sơ không có sổ rủi ro.', 'The dossier has no risk ledger.'))]
      : [
          paragraph(say('Mỗi rủi ro chỉ tính một lần: trong dòng tiền, trong xác suất hoặc trong tỷ suất; lần tính thêm phải có lý do.', 'Each risk counts once: in the flows, in a probability or in the rate; counting it again needs a reason.')),
          {
            kind: 'table', totals: 0, caption: '',
            columns: [
              { title: say('Rủi ro', 'Risk'), align: 'left', weight: 5 }, { title: say('Tính ở', 'Counted in'), align: 'left', weight: 3 }, { title: say('Phương pháp', 'Method'), align: 'left', weight: 5 },
              { title: say('Cách tính', 'How'), align: 'left', weight: 7 },
              ...(argued ? [{ title: say('Lý do tính thêm', 'Reason for counting again'), align: 'left', weight: 6 } as const] : []),
            ],
            rows: entries.map((entry) => [pick(risks[entry.risk]), pick(riskPlaces[entry.place]), nameOf(entry.sheet), entry.how, ...(argued ? [entry.reason] : [])]),
          } as const,
          ...(findings.length === 0
            ? [paragraph(say('Không rủi ro nào bị tính hai lần mà thiếu lý do.', 'No risk is counted twice without a reason.'))]
            : findings.map((finding) => note(inSheet(finding.sheet, pick(noteText(finding.note))), 'warning'))),
        ]),
    ...conventions.flatMap(({ sheet, notes }) => notes.map((one) => note(inSheet(sheet, pick(noteText(one))), 'warning'))),
  ]
}
