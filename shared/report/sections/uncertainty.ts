import type { Text } from '../../kernel/fault-shape.ts'
import { formatNumber } from '../../kernel/number-text.ts'
import { faultText } from '../../kernel/faults.ts'
import type { MethodSheet, UncertainInput, Uncertainty } from '../../schema/dossier.ts'
import type { InputSpec, MethodSpec, Unit } from '../../valuation/figure.ts'
import { methodById } from '../../valuation/methods/registry.ts'
import { noteText } from '../../valuation/reasons.ts'
import { parametersOf } from '../../valuation/uncertainty/distribution-of.ts'
import { sheetBreakEven, sheetTornado, sheetTwoWay } from '../../valuation/uncertainty/sensitivity.ts'
import { simulationOfSheet } from '../../valuation/uncertainty/remembered.ts'
import { bareInputs, type SheetModel } from '../../valuation/uncertainty/sheet-model.ts'
import { type SheetSummary, uncertainKeys } from '../../valuation/uncertainty/simulate-sheet.ts'
import { type Context, heading, keyValues, note, paragraph } from '../context.ts'
import type { Block } from '../model.ts'
import { convergenceChart, cumulativeChart, histogramChart, tornadoChart } from '../uncertainty-charts.ts'
import { roundedText, unitText, valueText } from '../wording.ts'

const kindNames: Readonly<Record<UncertainInput['kind'], Text>> = {
  uniform: { vi: 'Đều', en: 'Uniform' },
  triangular: { vi: 'Tam giác', en: 'Triangular' },
  pert: { vi: 'PERT (λ = 4)', en: 'PERT (λ = 4)' },
  normal: { vi: 'Chuẩn', en: 'Normal' },
  truncatedNormal: { vi: 'Chuẩn, có giới hạn', en: 'Normal within limits' },
  lognormal: { vi: 'Loga chuẩn', en: 'Lognormal' },
  discrete: { vi: 'Rời rạc', en: 'Discrete' },
}

const parameterNames: Readonly<Record<'min' | 'mode' | 'max' | 'mean' | 'sd', Text>> = {
  min: { vi: 'nhỏ nhất', en: 'least' }, mode: { vi: 'dễ xảy ra nhất', en: 'most likely' }, max: { vi: 'lớn nhất', en: 'greatest' }, mean: { vi: 'trung bình', en: 'mean' }, sd: { vi: 'độ lệch chuẩn', en: 'standard deviation' },
}

interface Sheet {
  readonly sheet: MethodSheet
  readonly method: MethodSpec
  readonly settings: Uncertainty
  readonly model: SheetModel
  readonly label: (key: string) => Text
}

const specOf = ({ method }: Sheet, key: string): InputSpec | undefined => method.inputs.find((spec) => spec.key === key)
const movedUnit = (spec: InputSpec | undefined): Unit => (spec === undefined ? 'none' : spec.type === 'series' ? 'factor' : spec.unit)

/** Settings, simulation and sensitivity of every method that was analysed (phân tích mức không chắc chắn); computed from the dossier, never read from it. */
export const uncertaintyAnnex = (context: Context): readonly Block[] =>
  context.sheets.flatMap((sheet): readonly Block[] => {
    const method = methodById(sheet.method)
    const settings = sheet.uncertainty
    if (method === undefined || settings === undefined) return []
    const label = (key: string): Text => method.inputs.find((spec) => spec.key === key)?.label ?? { vi: key, en: key }
    const one: Sheet = { sheet, method, settings, model: { method, inputs: bareInputs(sheet.inputs) }, label }
    return [heading(3, context.pick(context.methodName(sheet))), ...settingsBlocks(context, one), ...simulationBlocks(context, one), ...sensitivityBlocks(context, one)]
  })

const settingsBlocks = (context: Context, one: Sheet): readonly Block[] => {
  const { say, pick, language, input } = context
  const { settings, label } = one
  const keys = uncertainKeys(settings)
  if (keys.length === 0) return []
  const rows = keys.flatMap((key) => {
    const uncertain = settings.inputs[key]
    if (uncertain === undefined) return []
    const unit = movedUnit(specOf(one, key))
    const parameters = uncertain.kind === 'discrete'
      ? uncertain.points.map(({ value, probability }) => `${valueText(value, unit, language)} (${valueText(probability, 'fraction', language)})`)
      : parametersOf[uncertain.kind].flatMap((name) => (uncertain[name] === null ? [] : [`${pick(parameterNames[name])} ${valueText(uncertain[name], unit, language)}`]))
    const unitName = unit === 'factor' ? say('lần', 'times') : unitText(unit, input.state.profile, language)
    return [[pick(label(key)), pick(kindNames[uncertain.kind]), [parameters.join('; '), unit === 'fraction' ? '' : unitName].filter((part) => part !== '').join(' '), [uncertain.source, uncertain.reason].filter((part) => part !== '').join('. ')]]
  })
  const pairs = settings.correlations.map(({ a, b, rank }) => `${pick(label(a))} – ${pick(label(b))}: ${formatNumber(rank, language, { maxDecimals: 3 })}`)
  return [
    {
      kind: 'table', totals: 0, caption: '', rows,
      columns: [
        { title: say('Số liệu', 'Input'), align: 'left', weight: 5 }, { title: say('Phân phối', 'Distribution'), align: 'left', weight: 3 },
        { title: say('Tham số', 'Parameters'), align: 'left', weight: 7 }, { title: say('Nguồn, lý do', 'Source, reason'), align: 'left', weight: 6 },
      ],
    },
    ...(pairs.length === 0 ? [] : [paragraph(say('Tương quan hạng: ', 'Rank correlations: '), `${pairs.join('; ')}.`)]),
  ]
}

const simulationBlocks = (context: Context, one: Sheet): readonly Block[] => {
  const { say, language } = context
  const { settings } = one
  if (Object.keys(settings.inputs).length === 0) return []
  const done = simulationOfSheet(one.sheet)
  if (!done.ok) return [note(faultText(done.fault)[language], 'warning')]
  const { summary } = done.value
  const { profile } = context.input.state
  const name = context.methodName(one.sheet)
  const base = context.input.evaluation.figures[one.sheet.id]?.value ?? null
  const charts = [histogramChart(one.sheet.id, name, summary, base, profile), cumulativeChart(one.sheet.id, name, summary, done.value.threshold, profile), convergenceChart(one.sheet.id, name, summary, profile)]
  return [
    ...numberBlocks(context, one, done.value, base),
    ...charts.flatMap((chart): readonly Block[] => (chart === null ? [] : [{ kind: 'chart', chart, caption: chart.title[language] }])),
    paragraph(say(
      `Mô phỏng Monte Carlo ${formatNumber(summary.trials, 'vi')} lượt, hạt giống ${settings.seed}, bộ sinh xoshiro256**, mỗi số liệu một dòng số riêng; phân vị nội suy tại vị trí (n − 1)p. Tính lại với cùng thiết lập cho đúng các con số này.`,
      `Monte Carlo simulation of ${formatNumber(summary.trials, 'en')} trials, seed ${settings.seed}, generator xoshiro256**, one stream per input; percentiles interpolated at position (n − 1)p. The same settings give exactly these numbers again.`,
    )),
  ]
}

const numberBlocks = (context: Context, one: Sheet, { summary, failures, threshold }: SheetSummary, base: number | null): readonly Block[] => {
  const { say, language, pick, moneyUnit } = context
  const money = (value: number | null): string => (value === null ? '–' : `${roundedText(value, 'money', language)} ${moneyUnit}`)
  const share = (value: number | null): string => valueText(value === null ? null : Number(value.toFixed(4)), 'fraction', language)
  const chance = summary.exceedance[0]
  const { repair } = summary
  const keys = uncertainKeys(one.settings)
  const coefficient = (value: number): string => formatNumber(value, language, { minDecimals: 3, maxDecimals: 3 })
  return [
    ...(repair === null ? [] : [note(say('Các hệ số tương quan đã nhập không thể cùng tồn tại; đã dùng ma trận gần nhất (Higham 2002): ', 'The correlations entered cannot exist together; the nearest matrix was used (Higham 2002): ')
      + `${repair.changes.map(({ row, column, before, after }) => `${pick(one.label(keys[row] ?? ''))} – ${pick(one.label(keys[column] ?? ''))}: ${coefficient(before)} → ${coefficient(after)}`).join('; ')}.`, 'warning')]),
    ...keyValues([
      [say('Trung bình mô phỏng', 'Simulated mean'), `${money(summary.mean)}${summary.standardError === null ? '' : say(` (sai số chuẩn ${roundedText(summary.standardError, 'money', language)})`, ` (standard error ${roundedText(summary.standardError, 'money', language)})`)}`],
      [say('Theo số liệu đã nhập', 'From the inputs as entered'), money(base)],
      [say('Độ lệch chuẩn', 'Standard deviation'), money(summary.sd)],
      [say('Xác suất thấp hơn ngưỡng', 'Chance below the threshold'), chance === undefined ? '' : `${share(chance.below)} (${money(threshold)})`],
      [say('Lượt không có kết quả', 'Trials without a result'), summary.failed === 0 ? '' : `${formatNumber(summary.failed, language)}: ${failures.map(({ reason, count }) => `${pick(noteText(reason))} (${formatNumber(count, language)})`).join(' ')}`],
    ]),
    {
      kind: 'table', totals: 0, caption: say(`Phân vị của giá trị (${moneyUnit})`, `Percentiles of the value (${moneyUnit})`),
      columns: summary.percentiles.map(({ p }) => ({ title: `P${String(Math.round(p * 100))}`, align: 'right' as const, weight: 1 })),
      rows: [summary.percentiles.map(({ value }) => roundedText(value, 'money', language))],
    },
  ]
}

const sensitivityBlocks = (context: Context, one: Sheet): readonly Block[] => {
  const { say, language, pick, moneyUnit } = context
  const { settings, model, label, sheet } = one
  const { profile } = context.input.state
  const amount = (value: number | null): string => roundedText(value, 'money', language)
  const level = (key: string, value: number): string => {
    const unit = movedUnit(specOf(one, key))
    return unit === 'factor' && specOf(one, key)?.type === 'series' ? `× ${valueText(value, 'none', language)}` : valueText(value, unit, language)
  }
  const found = Object.keys(settings.inputs).length === 0 ? null : sheetTornado(model, settings)
  const chart = found !== null && found.ok ? tornadoChart(sheet.id, context.methodName(sheet), found.value, label, profile) : null
  const leftOut = found !== null && found.ok ? found.value.leftOut : []
  const grid = settings.twoWay === null ? null : sheetTwoWay(model, settings.twoWay)
  const level0 = settings.breakEven === null ? null : sheetBreakEven(model, settings.breakEven)
  return [
    ...(chart === null ? [] : [{ kind: 'chart' as const, chart, caption: chart.title[language] }]),
    ...(leftOut.length === 0 ? [] : [paragraph(say('Không xét trong biểu đồ: ', 'Not varied in the chart: '), `${leftOut.map((key) => pick(label(key))).join('; ')}.`)]),
    ...(grid === null || !grid.ok ? [] : [{
      kind: 'table' as const, totals: 0, caption: say(`Giá trị (${moneyUnit}) theo ${pick(label(grid.value.rows.key))} (hàng) và ${pick(label(grid.value.columns.key))} (cột)`, `Value (${moneyUnit}) by ${pick(label(grid.value.rows.key))} (rows) and ${pick(label(grid.value.columns.key))} (columns)`),
      columns: [{ title: '', align: 'right' as const, weight: 2 }, ...grid.value.columns.levels.map((value) => ({ title: level(grid.value.columns.key, value), align: 'right' as const, weight: 2 }))],
      rows: grid.value.rows.levels.map((value, i) => [level(grid.value.rows.key, value), ...(grid.value.cells[i] ?? []).map(amount)]),
    }]),
    ...(level0 === null || settings.breakEven === null ? [] : [paragraph(level0.root.ok
      ? say(`Điểm hòa vốn: giá trị đạt ${amount(settings.breakEven.target)} ${moneyUnit} khi ${pick(label(settings.breakEven.input))} bằng ${level(settings.breakEven.input, level0.root.value)}.`, `Break-even: the value reaches ${amount(settings.breakEven.target)} ${moneyUnit} when ${pick(label(settings.breakEven.input))} is ${level(settings.breakEven.input, level0.root.value)}.`)
      : say(`Không có mức nào của ${pick(label(settings.breakEven.input))} trong khoảng tìm cho giá trị ${amount(settings.breakEven.target)} ${moneyUnit}.`, `No level of ${pick(label(settings.breakEven.input))} within the bounds gives a value of ${amount(settings.breakEven.target)} ${moneyUnit}.`))]),
  ]
}
