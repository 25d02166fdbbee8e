import { BarController, BarElement, CategoryScale, Chart, Filler, Legend, LinearScale, LineController, LineElement, PointElement, RadarController, RadialLinearScale, ScatterController, Tooltip } from 'chart.js'
import type { ChartConfiguration, ChartDataset, Plugin } from 'chart.js'
import type { Language } from '../../shared/i18n/text.ts'
import { formatNumber, formatPercent } from '../../shared/kernel/number-text.ts'
import type { ChartModel, ChartTone, ColumnChart, RadarChart, RangeChart } from '../../shared/report/chart-model.ts'
import type { Unit } from '../../shared/valuation/figure.ts'

Chart.register(BarController, BarElement, LineController, LineElement, PointElement, ScatterController, RadarController, RadialLinearScale, CategoryScale, LinearScale, Filler, Legend, Tooltip)

interface Palette {
  readonly tone: Readonly<Record<ChartTone, string>>
  readonly text: string
  readonly line: string
  /** What charts stand on. */
  readonly paper: string
}

const paletteOf = (element: HTMLElement): Palette => {
  const style = getComputedStyle(element)
  const colour = (name: string): string => style.getPropertyValue(name).trim()
  return {
    tone: { primary: colour('--lg-accent'), secondary: colour('--lg-accent-line'), tertiary: colour('--lg-warn'), muted: colour('--lg-line-strong'), warning: colour('--lg-bad') },
    text: colour('--lg-muted'),
    line: colour('--lg-line'),
    paper: colour('--lg-surface'),
  }
}

const written = (value: number, unit: Unit, language: Language): string =>
  unit === 'fraction' ? formatPercent(value, language, { maxDecimals: 1 }) : formatNumber(value, language, { maxDecimals: Math.abs(value) >= 1000 ? 0 : 2 })

const axis = (model: ChartModel, palette: Palette, language: Language) => {
  const { ticks, unit, label } = model.value
  return {
    min: ticks[0] ?? 0,
    max: ticks.at(-1) ?? 1,
    afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
      scale.ticks = ticks.map((value) => ({ value }))
    },
    ticks: { color: palette.text, callback: (value: string | number) => written(Number(value), unit, language) },
    grid: { color: palette.line },
    border: { display: false },
    title: { display: true, text: label[language], color: palette.text },
  }
}

const common = (canvas: HTMLElement, palette: Palette) => ({
  responsive: true,
  maintainAspectRatio: false,
  animation: false as const,
  font: { family: getComputedStyle(canvas).fontFamily, size: 13 },
  legend: { position: 'bottom' as const, labels: { color: palette.text, usePointStyle: true, boxHeight: 8 } },
})

type Common = ReturnType<typeof common>

/** Lines across a chart at single values, with their names: Chart.js itself has none. */
const markLines = (model: ColumnChart | RangeChart, palette: Palette, language: Language): Plugin => ({
  id: 'marks',
  afterDatasetsDraw: ({ ctx, chartArea, scales }) => {
    const upright = model.kind === 'ranges' ? model.marks.map((mark) => ({ label: mark.label, x: scales['x']?.getPixelForValue(mark.value) })) : (model.categoryMarks ?? []).map((mark) => {
      const [first, second] = [scales['x']?.getPixelForValue(0), scales['x']?.getPixelForValue(1)]
      return { label: mark.label, x: first === undefined || second === undefined ? undefined : first + (second - first) * mark.at }
    })
    ctx.save()
    ctx.strokeStyle = palette.tone.warning
    ctx.fillStyle = palette.tone.warning
    ctx.font = `13px ${getComputedStyle(ctx.canvas).fontFamily}`
    ctx.textBaseline = 'top'
    ctx.setLineDash([4, 3])
    for (const [i, { label, x }] of upright.entries()) {
      if (x === undefined || x < chartArea.left || x > chartArea.right) continue
      ctx.beginPath()
      ctx.moveTo(x, chartArea.top - (model.kind === 'ranges' ? 0 : (upright.length - i) * 18 - 2))
      ctx.lineTo(x, chartArea.bottom)
      ctx.stroke()
      const text = label[language]
      const fits = x + 6 + ctx.measureText(text).width < chartArea.right
      ctx.textAlign = fits ? 'left' : 'right'
      ctx.fillText(text, fits ? x + 6 : x - 6, chartArea.top - (model.kind === 'ranges' ? 17 : (upright.length - i) * 18))
    }
    ctx.restore()
  },
})

const columns = (model: ColumnChart, palette: Palette, { legend, ...shape }: Common, language: Language): ChartConfiguration<'bar' | 'line'> => {
  const datasets: ChartDataset<'bar' | 'line', (number | null)[]>[] = model.series.map((series) => series.kind === 'bar'
    ? { type: 'bar', label: series.label[language], data: [...series.values], backgroundColor: palette.tone[series.tone], ...(model.touching === true ? { categoryPercentage: 1, barPercentage: 0.96 } : { maxBarThickness: 36, borderRadius: 2 }), order: 2 }
    : { type: 'line', label: series.label[language], data: [...series.values], borderColor: palette.tone[series.tone], backgroundColor: palette.tone[series.tone], borderWidth: 2, pointRadius: series.values.length > 30 ? 0 : 3, order: 1 })
  return {
    type: 'bar',
    data: { labels: model.categories.map((category) => category[language]), datasets },
    plugins: [markLines(model, palette, language)],
    options: {
      ...shape,
      layout: { padding: { top: (model.categoryMarks ?? []).length * 18 } },
      scales: {
        x: { stacked: model.stacked, ticks: { color: palette.text, ...(model.categories.length > 20 ? { maxTicksLimit: 11, maxRotation: 0 } : {}) }, grid: { display: false }, border: { color: palette.line }, title: { display: true, text: model.categoryLabel[language], color: palette.text } },
        y: { stacked: model.stacked, ...axis(model, palette, language) },
      },
      plugins: { legend: model.series.length > 1 ? legend : { display: false }, tooltip: { callbacks: { label: (item) => `${item.dataset.label ?? ''}: ${written(Number(item.raw), model.value.unit, language)}` } } },
    },
  }
}

/** A bar from low to high, a point, or nothing. */
type RangeDatum = [number, number] | { x: number; y: number } | null
type RangeDatasets = ChartConfiguration<'bar' | 'scatter', RangeDatum[]>['data']['datasets']

const ranges = (model: RangeChart, palette: Palette, { legend, ...shape }: Common, language: Language): ChartConfiguration<'bar' | 'scatter'> => {
  const labels = model.rows.map((row) => row.label[language])
  const bars: RangeDatasets[number] = {
    type: 'bar', label: model.rangeLabel[language], maxBarThickness: 14, borderRadius: 3, order: 2,
    data: model.rows.map((row) => (row.low === null || row.high === null ? null : [row.low, row.high])),
    backgroundColor: palette.tone.secondary,
  }
  const points: RangeDatasets[number] = {
    type: 'scatter', label: model.pointLabel[language], pointRadius: 5, order: 1,
    data: model.rows.flatMap((row, index) => (row.point === null ? [] : [{ x: row.point, y: index }])),
    backgroundColor: palette.tone.primary,
  }
  const config: ChartConfiguration<'bar' | 'scatter', RangeDatum[]> = {
    type: 'bar',
    plugins: [markLines(model, palette, language)],
    data: { labels, datasets: [...(model.rows.some((row) => row.low !== null) ? [bars] : []), ...(model.rows.some((row) => row.point !== null) ? [points] : [])] },
    options: {
      ...shape,
      indexAxis: 'y',
      layout: { padding: { top: model.marks.length > 0 ? 20 : 0 } },
      scales: { x: axis(model, palette, language), y: { ticks: { color: palette.text }, grid: { display: false }, border: { color: palette.line } } },
      plugins: {
        legend,
        tooltip: {
          callbacks: {
            label: (item) => {
              const raw: unknown = item.raw
              if (Array.isArray(raw)) return `${item.dataset.label ?? ''}: ${raw.map((value) => written(Number(value), model.value.unit, language)).join(' – ')}`
              return `${item.dataset.label ?? ''}: ${written(item.parsed.x ?? 0, model.value.unit, language)}`
            },
          },
        },
      },
    },
  }
  // Chart.js types floating bars and points of one chart only separately; the data above is what both controllers read.
  return config as ChartConfiguration<'bar' | 'scatter'>
}

/** Longest line of an axis name; further words go to the next line. */
const axisLetters = 16

const inLines = (text: string): string[] => text.split(' ').reduce<string[]>((lines, word) => {
  const last = lines.at(-1)
  if (last === undefined || last.length + word.length >= axisLetters) return [...lines, word]
  return [...lines.slice(0, -1), `${last} ${word}`]
}, [])

const radar = (model: RadarChart, palette: Palette, { legend, ...shape }: Common, language: Language): ChartConfiguration<'radar'> => {
  const { ticks, unit } = model.value
  return {
    type: 'radar',
    data: {
      labels: model.axes.map((name) => inLines(name[language])),
      datasets: model.series.map((series) => ({
        label: series.label[language],
        data: [...series.values],
        borderColor: palette.tone[series.tone],
        backgroundColor: series.shape === 'area' ? `color-mix(in srgb, ${palette.tone[series.tone]} 18%, transparent)` : palette.tone[series.tone],
        // An area with a side missing would fall in to the middle.
        fill: series.shape === 'area' && !series.values.includes(null),
        borderWidth: series.shape === 'ring' ? 1.5 : 2.5,
        borderDash: series.shape === 'ring' ? [5, 4] : [],
        pointRadius: series.shape === 'ring' ? 0 : 4,
        pointBackgroundColor: palette.tone[series.tone],
        order: series.shape === 'ring' ? 2 : 1,
      })),
    },
    options: {
      ...shape,
      scales: {
        r: {
          min: ticks[0] ?? 0,
          max: ticks.at(-1) ?? 1,
          afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
            scale.ticks = ticks.map((value) => ({ value }))
          },
          ticks: { color: palette.text, backdropColor: palette.paper, font: { size: 11 }, callback: (value: string | number) => written(Number(value), unit, language) },
          grid: { color: palette.line },
          angleLines: { color: palette.line },
          pointLabels: { color: palette.text, font: { size: 12 } },
        },
      },
      plugins: { legend: model.series.length > 1 ? legend : { display: false }, tooltip: { callbacks: { label: (item) => `${item.dataset.label ?? ''}: ${written(Number(item.raw), unit, language)}` } } },
    },
  }
}

/** Paints a chart model on a canvas in the colours of the scheme; returns what removes it. */
export const paint = (canvas: HTMLCanvasElement, model: ChartModel, language: Language): (() => void) => {
  const palette = paletteOf(canvas)
  const shape = common(canvas, palette)
  const chart = model.kind === 'radar' ? new Chart(canvas, radar(model, palette, shape, language))
    : new Chart(canvas, model.kind === 'columns' ? columns(model, palette, shape, language) : ranges(model, palette, shape, language))
  return () => chart.destroy()
}
