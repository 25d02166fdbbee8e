import type { NumberLanguage } from '../../kernel/number-text.ts'
import type { ChartModel, ChartTone, ColumnChart, RangeChart } from '../../report/chart-model.ts'
import type { Block } from '../../report/model.ts'
import { roundedText } from '../../report/wording.ts'
import { black, type Canvas, type Colour, page, textWidth } from '../canvas.ts'
import { baseline, type Flow, lineHeight } from '../flow.ts'
import { drawLine, layoutRuns } from '../text-layout.ts'
import { drawRadar, radarHeight } from './radar.ts'
import { drawLines } from './text.ts'

/** Colours that stay apart in grey print as well. */
const palette: Readonly<Record<ChartTone, Colour>> = {
  primary: [0.11, 0.27, 0.5], secondary: [0.56, 0.7, 0.86], tertiary: [0.8, 0.44, 0.08], muted: [0.8, 0.81, 0.83], warning: [0.66, 0.2, 0.16],
}
const gridLine: Colour = [0.86, 0.88, 0.9]
const axisLine: Colour = [0.4, 0.42, 0.46]
const tickSize = 9
const labelSize = 9.5
const captionSize = 12
const plotHeight = 175
/** How far a plot may shrink to stay on its page. */
const smallestPlot = 130
const rowHeight = 24
const legendRow = 14

interface LegendItem {
  readonly label: string
  readonly tone: ChartTone
  readonly shape: 'bar' | 'line' | 'dot' | 'ring'
}

const legendOf = (chart: ChartModel, language: NumberLanguage): readonly LegendItem[] => {
  switch (chart.kind) {
    case 'columns':
      return chart.series.map((series) => ({ label: series.label[language], tone: series.tone, shape: series.kind }))
    case 'radar':
      return chart.series.map((series) => ({ label: series.label[language], tone: series.tone, shape: series.shape === 'ring' ? 'ring' : 'line' }))
    case 'ranges':
      return [
        ...(chart.rows.some(({ low, high }) => low !== null && high !== null) ? [{ label: chart.rangeLabel[language], tone: 'secondary' as const, shape: 'bar' as const }] : []),
        ...(chart.rows.some(({ point }) => point !== null) ? [{ label: chart.pointLabel[language], tone: 'primary' as const, shape: 'dot' as const }] : []),
      ]
  }
}

/** Legend entries broken into rows that fit the width. */
const legendRows = (canvas: Canvas, items: readonly LegendItem[]): readonly (readonly { readonly item: LegendItem; readonly x: number }[])[] => {
  const rows: { item: LegendItem; x: number }[][] = [[]]
  let x = 0
  for (const item of items) {
    const width = 22 + canvas.width(item.label, 'regular', labelSize) + 14
    if (x + width > textWidth && x > 0) {
      rows.push([])
      x = 0
    }
    rows.at(-1)?.push({ item, x })
    x += width
  }
  return rows
}

const radarRadius = 84

const bodyHeight = (chart: ChartModel, plot: number): number => {
  switch (chart.kind) {
    case 'columns':
      return plot + 34
    case 'ranges':
      return Math.max(1, chart.rows.length) * rowHeight + 44
    case 'radar':
      return radarHeight(radarRadius)
  }
}

/** Least height with which a chart can be drawn. */
export const chartHeight = (canvas: Canvas, block: Extract<Block, { kind: 'chart' }>, language: NumberLanguage): number =>
  10 + bodyHeight(block.chart, smallestPlot) + legendRows(canvas, legendOf(block.chart, language)).length * legendRow + 6 + lineHeight(captionSize) * layoutRuns(canvas, [{ text: block.caption, italic: true }], captionSize, textWidth).length

/** Paints a chart model as vectors, with its legend below and its caption under it. */
export const drawChart = (flow: Flow, block: Extract<Block, { kind: 'chart' }>, language: NumberLanguage): void => {
  const { canvas } = flow
  const { chart } = block
  const least = chartHeight(canvas, block, language)
  flow.ensure(least)
  const plot = Math.max(smallestPlot, Math.min(plotHeight, smallestPlot + flow.room - least))
  flow.gap(10)
  const node = flow.section.child('Figure', chart.description[language])
  canvas.use(node)
  const top = flow.y
  if (chart.kind === 'columns') drawColumns(canvas, chart, language, top, plot)
  else if (chart.kind === 'ranges') drawRanges(canvas, chart, language, top)
  else drawRadar(canvas, chart, language, top, radarRadius, { palette, grid: gridLine, axis: axisLine })
  flow.y = top - bodyHeight(chart, plot)
  for (const row of legendRows(canvas, legendOf(chart, language))) {
    for (const { item, x } of row) drawKey(canvas, item, page.left + x, flow.y - 10)
    flow.y -= legendRow
  }
  flow.y -= 4
  drawLines(flow, node.child('Caption'), layoutRuns(canvas, [{ text: block.caption, italic: true }], captionSize, textWidth), { x: page.left, width: textWidth, size: captionSize, alignment: 'centre', indent: 0 })
  flow.gap(4)
}

const drawKey = (canvas: Canvas, { label, tone, shape }: LegendItem, x: number, y: number): void => {
  const colour = palette[tone]
  if (shape === 'bar') canvas.fill(x, y, 14, 7, colour)
  else if (shape === 'line') canvas.polyline([[x, y + 3.5], [x + 14, y + 3.5]], 1.6, colour)
  else if (shape === 'ring') canvas.rule(x, y + 3.5, x + 14, y + 3.5, 1, colour, '4 3')
  if (shape === 'line' || shape === 'dot') canvas.dot(x + 7, y + 3.5, shape === 'dot' ? 3.2 : 2.2, colour)
  canvas.text(label, x + 19, y, 'regular', labelSize)
}

const scaleOf = (ticks: readonly number[], from: number, to: number): ((value: number) => number) => {
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1]
  return (value) => from + ((Math.min(high, Math.max(low, value)) - low) / (high - low || 1)) * (to - from)
}

const drawColumns = (canvas: Canvas, chart: ColumnChart, language: NumberLanguage, top: number, plot: number): void => {
  const { ticks, unit, label } = chart.value
  const names = ticks.map((tick) => roundedText(tick, unit, language))
  const left = page.left + Math.max(...names.map((text) => canvas.width(text, 'regular', tickSize))) + 8
  const low = top - plot
  const y = scaleOf(ticks, low, top - 16)
  canvas.text(label[language], page.left, top - 8, 'italic', labelSize)
  for (const [i, tick] of ticks.entries()) {
    canvas.rule(left, y(tick), page.right, y(tick), 0.5, gridLine)
    const text = names[i] ?? ''
    canvas.text(text, left - 5 - canvas.width(text, 'regular', tickSize), y(tick) - 3, 'regular', tickSize)
  }
  const zero = y(0)
  const step = (page.right - left) / Math.max(1, chart.categories.length)
  drawBars(canvas, chart, left, step, y, zero)
  canvas.rule(left, zero, page.right, zero, 0.8, axisLine)
  for (const series of chart.series) {
    if (series.kind !== 'line') continue
    let run: (readonly [number, number])[] = []
    const points = series.values.map((value, i) => (value === null ? null : ([left + (i + 0.5) * step, y(value)] as const)))
    for (const point of [...points, null]) {
      if (point !== null) {
        run.push(point)
        continue
      }
      canvas.polyline(run, 1.6, palette[series.tone])
      run = []
    }
    if (step > 7) for (const point of points) if (point !== null) canvas.dot(point[0], point[1], 2.2, palette[series.tone])
  }
  for (const mark of chart.marks) canvas.rule(left, y(mark.value), page.right, y(mark.value), 0.9, palette.warning, '4 3')
  drawCategoryMarks(canvas, chart, language, left, step, low, top)
  drawCategories(canvas, chart, language, left, step, low)
}

/** Upright lines with their names, each name on a line of its own. */
const drawCategoryMarks = (canvas: Canvas, chart: ColumnChart, language: NumberLanguage, left: number, step: number, low: number, top: number): void => {
  for (const [i, mark] of (chart.categoryMarks ?? []).entries()) {
    const x = left + (mark.at + 0.5) * step
    canvas.rule(x, low, x, top - 16, 0.9, palette.warning, '4 3')
    const text = mark.label[language]
    const width = canvas.width(text, 'italic', tickSize)
    const place = x + 4 + width < page.right ? x + 4 : x - 4 - width
    const y = top - 26 - i * 11
    canvas.fill(place - 1, y - 2, width + 2, 10, [1, 1, 1])
    canvas.text(text, place, y, 'italic', tickSize, palette.warning)
  }
}

const drawBars = (canvas: Canvas, chart: ColumnChart, left: number, step: number, y: (value: number) => number, zero: number): void => {
  const bars = chart.series.filter(({ kind }) => kind === 'bar')
  const room = step * (chart.touching === true ? 0.96 : 0.76)
  for (let i = 0; i < chart.categories.length; i++) {
    let up = 0
    let down = 0
    for (const [k, series] of bars.entries()) {
      const value = series.values[i] ?? null
      if (value === null || value === 0) continue
      const width = chart.stacked ? room : room / bars.length
      const x = left + i * step + (step - room) / 2 + (chart.stacked ? 0 : k * width)
      const from = chart.stacked ? (value > 0 ? up : down) : 0
      if (value > 0) up += value
      else down += value
      const [a, b] = [chart.stacked ? y(from) : zero, y(from + value)]
      canvas.fill(x, Math.min(a, b), Math.max(0.6, width - (step > 12 ? 1 : 0)), Math.abs(b - a), palette[series.tone])
    }
  }
}

const drawCategories = (canvas: Canvas, chart: ColumnChart, language: NumberLanguage, left: number, step: number, low: number): void => {
  const names = chart.categories.map((category) => category[language])
  const widest = Math.max(0, ...names.map((text) => canvas.width(text, 'regular', tickSize)))
  const every = Math.max(1, Math.ceil((widest + 5) / step))
  for (const [i, text] of names.entries()) if (i % every === 0) canvas.centred(text, left + (i + 0.5) * step, low - 11, 'regular', tickSize)
  canvas.centred(chart.categoryLabel[language], (left + page.right) / 2, low - 24, 'italic', labelSize)
}

const drawRanges = (canvas: Canvas, chart: RangeChart, language: NumberLanguage, top: number): void => {
  const { ticks, unit, label } = chart.value
  const left = page.left + textWidth * 0.36
  const right = page.right - 18
  const x = scaleOf(ticks, left, right)
  const low = top - chart.rows.length * rowHeight - 10
  for (const tick of ticks) canvas.rule(x(tick), top - 6, x(tick), low, 0.5, gridLine)
  const names = ticks.map((tick) => roundedText(tick, unit, language))
  const every = Math.max(1, Math.ceil((Math.max(...names.map((text) => canvas.width(text, 'regular', tickSize))) + 6) / Math.max(1, (right - left) / Math.max(1, ticks.length - 1))))
  for (const [i, text] of names.entries()) if (i % every === 0) canvas.centred(text, x(ticks[i] ?? 0), low - 10, 'regular', tickSize)
  canvas.centred(label[language], (left + right) / 2, low - 22, 'italic', labelSize)
  canvas.rule(left, low, right, low, 0.8, axisLine)
  for (const mark of chart.marks) {
    canvas.rule(x(mark.value), top - 4, x(mark.value), low, 0.9, palette.warning, '4 3')
    const text = mark.label[language]
    const width = canvas.width(text, 'italic', tickSize)
    canvas.text(text, Math.min(x(mark.value) - width / 2, page.right - width), top + 1, 'italic', tickSize, palette.warning)
  }
  for (const [i, row] of chart.rows.entries()) {
    const middle = top - 8 - (i + 0.5) * rowHeight
    const lines = layoutRuns(canvas, [{ text: row.label[language] }], labelSize, left - page.left - 10)
    const shown = lines.slice(0, 2)
    for (const [k, line] of shown.entries()) {
      const clipped = k === 1 && lines.length > 2 ? { ...line, pieces: [...line.pieces, { text: '…', style: 'regular' as const }] } : line
      drawLine(canvas, clipped, page.left, middle + (shown.length * 11) / 2 - k * 11 - baseline(labelSize), left - page.left - 10, labelSize, 'left')
    }
    if (row.low !== null && row.high !== null) canvas.fill(x(row.low), middle - 4, Math.max(1, x(row.high) - x(row.low)), 8, palette.secondary)
    if (row.point === null) continue
    canvas.dot(x(row.point), middle, 3.6, palette[row.tone])
    const text = roundedText(row.point, unit, language)
    const width = canvas.width(text, 'bold', tickSize)
    const edge = Math.max(x(row.point), row.high === null ? 0 : x(row.high))
    const place = edge + 6 + width < page.right ? edge + 6 : Math.min(x(row.point), row.low === null ? x(row.point) : x(row.low)) - 6 - width
    // A white ground keeps the number readable where a line passes below it.
    canvas.fill(place - 1, middle - 5, width + 2, 10, [1, 1, 1])
    canvas.text(text, place, middle - 3, 'bold', tickSize, black)
  }
}
