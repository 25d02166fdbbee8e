import type { NumberLanguage } from '../../kernel/number-text.ts'
import type { DossierState } from '../../schema/dossier.ts'
import type { Evaluation } from '../../valuation/evaluate.ts'
import { noteText } from '../../valuation/reasons.ts'
import { basisText, purposeText, sayIn } from '../labels.ts'
import { dateText } from '../wording.ts'
import type { MethodPart } from '../workbook.ts'
import { formatOf, formula, linesOf, number, paragraph, text } from './method-sheet.ts'
import { addressOf, type Check, type Row, type WorkbookSheet } from './model.ts'

interface SummaryInput {
  readonly state: Pick<DossierState, 'profile' | 'valuation'>
  readonly evaluation: Evaluation
  readonly language: NumberLanguage
  readonly parts: readonly MethodPart[]
  readonly moneyUnit: string
}

const WIDTH = 120
const SPAN = 7

/** First sheet: what was valued, the methods brought to one value by formulas, the conclusion, and how to read the file. */
export const summarySheet = ({ state, evaluation, language, parts, moneyUnit }: SummaryInput): { readonly sheet: WorkbookSheet; readonly checks: readonly Check[] } => {
  const say = sayIn(language)
  const { profile, valuation } = state
  const { reconciliation } = evaluation
  const name = say('Tổng hợp', 'Summary')
  const money = formatOf('money', profile)
  const rows: Row[] = []
  const checks: Check[] = []
  const fact = (label: string, value: string): void => {
    if (value !== '') rows.push([text(label, 'label'), text(value, 'text', { span: SPAN - 1, lines: linesOf(value, 90) })])
  }
  const check = (column: number, id: string, expected: number | null): void => {
    if (expected !== null) checks.push({ sheet: name, address: addressOf(rows.length - 1, column), id, expected })
  }

  rows.push([text(say('Bảng tính định giá công nghệ', 'Technology valuation workbook'), 'title', { span: SPAN })])
  rows.push([])
  fact(say('Hồ sơ', 'Dossier'), profile.title)
  fact(say('Chủ sở hữu', 'Owner'), profile.owner.name)
  fact(say('Mục đích', 'Purpose'), profile.purpose === '' ? '' : purposeText[profile.purpose][language])
  fact(say('Cơ sở giá trị', 'Basis of value'), profile.basis === '' ? '' : basisText[profile.basis][language])
  fact(say('Thời điểm thẩm định giá', 'Valuation date'), dateText(profile.valuationDate))
  fact(say('Đơn vị tiền', 'Money unit'), moneyUnit)
  rows.push([])

  rows.push([text(say('Thống nhất kết quả', 'Reconciliation'), 'heading', { span: 4 })])
  rows.push([say('Phương pháp', 'Method'), say('Vai trò', 'Role'), say('Trọng số', 'Weight'), say('Kết quả', 'Value'), say('Đóng góp', 'Contribution'), say('Được tính', 'Counted'), say('Chênh lệch', 'Deviation')].map((title) => text(title, 'head')))
  const first = rows.length
  const last = first + parts.length - 1
  const [weights, values, counted] = [2, 3, 5].map((column) => `${addressOf(first, column, true)}:${addressOf(last, column, true)}`)
  const computed = reconciliation.value !== null && parts.length > 0
  const weighted = addressOf(last + 1, 4, true)
  for (const { source, method, figure, drawn } of parts) {
    const row = rows.length
    const deviation = reconciliation.sheets.find(({ id }) => id === source.id)?.deviation ?? null
    rows.push([
      text(source.title === '' ? method.name[language] : source.title, 'label'),
      text(source.role === 'principal' ? say('Chính', 'Principal') : say('Kiểm tra', 'Check'), 'text'),
      number(source.weight, 'input', '0.##%'),
      drawn.result === null ? text('–', 'text') : formula(drawn.result, 'formula', money),
      formula(`IF(ISNUMBER(${addressOf(row, 3)}),${addressOf(row, 2)}*${addressOf(row, 3)},0)`, 'formula', money),
      formula(`IF(AND(ISNUMBER(${addressOf(row, 3)}),${addressOf(row, 2)}>0),${addressOf(row, 3)},"")`, 'formula', money),
      ...(computed && deviation !== null ? [formula(`IF(${weighted}>0,(${addressOf(row, 3)}-${weighted})/${weighted},0)`, 'formula', '0.0%')] : []),
    ])
    if (drawn.result !== null) check(3, 'value', figure.value)
    if (computed) check(6, 'deviation', deviation)
  }
  if (computed) {
    const line = (label: string, body: string, format: string, id: string, expected: number | null, style: 'formula' | 'result' = 'formula'): string => {
      rows.push([text(label, style === 'result' ? 'result' : 'label'), null, null, null, formula(body, style, format)])
      check(4, id, expected)
      return addressOf(rows.length - 1, 4, true)
    }
    const value = line(say('Giá trị bình quân theo trọng số', 'Weighted value'), `SUMPRODUCT(${weights ?? ''},${values ?? ''})`, money, 'value', reconciliation.value, 'result')
    line(say('Tổng trọng số (phải bằng 100 %)', 'Sum of weights (must be 100 %)'), `SUM(${weights ?? ''})`, '0.##%', 'weights', null)
    const low = line(say('Thấp nhất', 'Lowest'), `MIN(${counted ?? ''})`, money, 'low', reconciliation.low)
    const high = line(say('Cao nhất', 'Highest'), `MAX(${counted ?? ''})`, money, 'high', reconciliation.high)
    line(say('Chênh lệch giữa các phương pháp', 'Spread of the methods'), `IF(${low}+${high}>0,(${high}-${low})/((${high}+${low})/2),0)`, '0.0%', 'spreadOverMid', reconciliation.spreadOverMid)
    rows.push([text(say('Bước làm tròn (0: không làm tròn)', 'Rounding step (0: none)'), 'label'), null, null, null, number(valuation.conclusion.rounding, 'input', '#,##0.####')])
    const step = addressOf(rows.length - 1, 4, true)
    line(say('Giá trị đã làm tròn', 'Rounded value'), `IF(${step}>0,ROUND(ROUND(${value}/${step},9),0)*${step},${value})`, money, 'rounded', reconciliation.rounded)
  } else if (reconciliation.reason !== undefined) {
    rows.push([paragraph(noteText(reconciliation.reason)[language], 'warning', WIDTH, SPAN)])
  }
  const concluded = (label: string, amount: number | null): void => {
    if (amount !== null) rows.push([text(label, 'result'), null, null, null, number(amount, 'result', money)])
  }
  concluded(say('Giá trị kết luận của thẩm định viên', 'Value concluded by the appraiser'), valuation.conclusion.value)
  concluded(say('Cận dưới kết luận', 'Concluded low end'), valuation.conclusion.low)
  concluded(say('Cận trên kết luận', 'Concluded high end'), valuation.conclusion.high)
  rows.push([])
  if (reconciliation.words !== null) fact(say('Bằng chữ', 'In words'), reconciliation.words[language])
  fact(say('Lập luận', 'Reasoning'), valuation.conclusion.reason.trim())
  for (const warning of reconciliation.warnings) rows.push([paragraph(noteText(warning)[language], 'warning', WIDTH, SPAN)])
  rows.push([])

  rows.push([text(say('Cách đọc bảng tính này', 'How to read this workbook'), 'heading', { span: SPAN })])
  rows.push([text(say('Số liệu nhập', 'Input'), 'input'), paragraph(say('Ô nền xanh là số liệu do thẩm định viên nhập; đổi ô này thì mọi kết quả được tính lại.', 'Blue cells hold what the appraiser entered; change one and every result follows.'), 'text', 90, SPAN - 1)])
  rows.push([text(say('Công thức', 'Formula'), 'formula'), paragraph(say('Ô nền trắng là công thức. Mỗi trang phương pháp đối chiếu kết quả của bảng tính với giá trị do phần mềm tính.', 'White cells are formulas. Each method sheet compares its result with the value computed by the program.'), 'text', 90, SPAN - 1)])
  rows.push([text(say('Giá trị cố định', 'Fixed value'), 'fixed'), paragraph(say('Ô chữ nghiêng là giá trị do phần mềm tính, không có công thức.', 'Cells in italics are values computed by the program, without a formula.'), 'text', 90, SPAN - 1)])
  rows.push([null, paragraph(say('Lựa chọn làm thay đổi cấu trúc phép tính (cách tính phí bản quyền, lợi ích thuế, giá trị cuối kỳ) được cố định khi xuất; muốn đổi, hãy sửa trong hồ sơ rồi xuất lại.', 'Choices that change the structure of the working (how the royalty runs, tax benefit, terminal value) are fixed at export; to change them, edit the dossier and export again.'), 'text', 90, SPAN - 1)])
  return { sheet: { name, rows, widths: [46, 20, 14, 20, 20, 20, 14], frozenRows: 0, frozenColumns: 0 }, checks }
}
