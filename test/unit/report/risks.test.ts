import { describe, expect, it } from 'vitest'
import { buildReport } from '../../../shared/report/build.ts'
import { dossierState, type DossierState, type RiskLedgerEntry } from '../../../shared/schema/dossier.ts'
import { reportInput, valuationState } from '../../support/report-dossier.ts'

const entry = (over: Partial<RiskLedgerEntry>): RiskLedgerEntry => ({ risk: 'technical', place: 'rate', sheet: '', how: '', reason: '', ...over })

const section = (state: DossierState, language: 'vi' | 'en'): readonly unknown[] => {
  const { blocks } = buildReport(reportInput(state, language))
  const from = blocks.findIndex((block) => block.kind === 'heading' && /RỦI RO VÀ QUY ƯỚC|RISKS AND CONVENTIONS/.test(block.text))
  const length = blocks.slice(from + 1).findIndex((block) => block.kind === 'heading' && block.level === 1)
  return from < 0 ? [] : blocks.slice(from + 1, from + 1 + length)
}

const withRisks = (risks: Readonly<Record<string, RiskLedgerEntry>>): DossierState => {
  const state = valuationState()
  return dossierState.parse({ ...state, valuation: { ...state.valuation, risks } })
}

describe('risks and conventions in the report', () => {
  const [sheet = ''] = Object.keys(valuationState().valuation.sheets)

  it('prints the ledger in the order of its ids, and says that nothing is counted twice', () => {
    const blocks = section(withRisks({ r2: entry({ risk: 'market', place: 'flow', sheet, how: 'Doanh thu thận trọng' }), r1: entry({ reason: '' }) }), 'vi')
    expect(blocks.find((block) => (block as { kind: string }).kind === 'table')).toMatchObject({ rows: [['Thất bại kỹ thuật', 'tỷ suất', 'Toàn bộ việc định giá', ''], ['Thị trường, nhu cầu', 'dòng tiền', expect.any(String), 'Doanh thu thận trọng']] })
    expect(JSON.stringify(blocks)).toContain('Không rủi ro nào bị tính hai lần')
  })

  it('warns of a risk counted twice without a reason, in the sheet where it is', () => {
    const blocks = section(withRisks({ r1: entry({ sheet }), r2: entry({ sheet, risk: 'readiness', place: 'probability' }) }), 'en')
    expect(blocks.at(-1)).toMatchObject({ kind: 'note', tone: 'warning', text: expect.stringMatching(/^In “.+”: The risk “Technical failure; Technology readiness” is counted/) })
  })

  it('prints the reasons where there are some', () => {
    const blocks = section(withRisks({ r1: entry({ sheet }), r2: entry({ sheet, place: 'flow', reason: 'Chỉ phần chậm tiến độ' }) }), 'vi')
    expect(blocks.find((block) => (block as { kind: string }).kind === 'table')).toMatchObject({ rows: [[expect.any(String), 'tỷ suất', expect.any(String), '', ''], [expect.any(String), 'dòng tiền', expect.any(String), '', 'Chỉ phần chậm tiến độ']] })
  })

  it('leaves out entries of a sheet that is gone, and says of an income valuation without a ledger that it has none', () => {
    expect(section(withRisks({ r1: entry({ sheet: 'gone' }) }), 'vi')[0]).toMatchObject({ kind: 'note', text: 'Hồ sơ không có sổ rủi ro.' })
  })

  it('prints what the convention checker finds', () => {
    const state = valuationState()
    const found = Object.values(state.valuation.sheets).find(({ inputs }) => typeof inputs['rate']?.value === 'number')
    if (found === undefined) throw new Error('no sheet with a rate')
    const inputs = { ...found.inputs, rate: { ...found.inputs['rate'], source: 'WACC in USD' } }
    const changed = dossierState.parse({ ...state, valuation: { ...state.valuation, sheets: { ...state.valuation.sheets, [found.id]: { ...found, inputs } } } })
    expect(JSON.stringify(section(changed, 'en'))).toContain('the rate is for USD')
    expect(JSON.stringify(section(state, 'en'))).not.toContain('the rate is for')
  })
})
