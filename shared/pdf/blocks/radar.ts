import type { NumberLanguage } from '../../kernel/number-text.ts'
import type { ChartTone, RadarChart } from '../../report/chart-model.ts'
import { roundedText } from '../../report/wording.ts'
import { type Canvas, type Colour, page, textWidth } from '../canvas.ts'
import { layoutRuns } from '../text-layout.ts'

export interface RadarColours {
  readonly palette: Readonly<Record<ChartTone, Colour>>
  readonly grid: Colour
  readonly axis: Colour
}

type Point = readonly [number, number]

const tickSize = 8.5
const nameSize = 9.5
const nameLine = 11
/** Room for the names of the axes on either side of the picture. */
const sideRoom = 112

/** Height that a radar of this radius takes, names above and below included. */
export const radarHeight = (radius: number): number => 2 * radius + 60

const paler = ([r, g, b]: Colour): Colour => [1 - (1 - r) * 0.16, 1 - (1 - g) * 0.16, 1 - (1 - b) * 0.16]

/** Lines that are not broken where a value is missing; the ring closes only when none is. */
const outlines = (points: readonly (Point | null)[]): readonly (readonly Point[])[] => {
  const known = points.filter((point) => point !== null)
  if (known.length === points.length && known[0] !== undefined) return [[...known, known[0]]]
  const runs: Point[][] = [[]]
  for (const point of [...points, ...points]) {
    if (point === null) runs.push([])
    else runs.at(-1)?.push(point)
  }
  return runs.filter((run) => run.length > 1)
}

/** Draws the axes, the rings of the ticks and the series of a radar chart (biểu đồ ra-đa) with `top` as its upper edge. */
export const drawRadar = (canvas: Canvas, chart: RadarChart, language: NumberLanguage, top: number, radius: number, { palette, grid, axis }: RadarColours): void => {
  const { ticks, unit } = chart.value
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1]
  const [x0, y0] = [(page.left + page.right) / 2, top - radius - 30]
  const count = chart.axes.length
  const at = (index: number, share: number): Point => {
    const angle = Math.PI / 2 - (2 * Math.PI * index) / count
    return [x0 + radius * share * Math.cos(angle), y0 + radius * share * Math.sin(angle)]
  }
  const shareOf = (value: number): number => Math.min(1, Math.max(0, (value - low) / (high - low || 1)))
  const placed = chart.series.map((series) => ({ series, points: series.values.map((value, index) => (value === null ? null : at(index, shareOf(value)))) }))
  for (const { series, points } of placed) {
    const known = points.filter((point) => point !== null)
    if (series.shape === 'area' && known.length === count) canvas.polygon(known, paler(palette[series.tone]))
  }
  for (const tick of ticks) canvas.polyline(Array.from({ length: count + 1 }, (_, index) => at(index % count, shareOf(tick))), 0.5, grid)
  for (let index = 0; index < count; index += 1) canvas.polyline([[x0, y0], at(index, 1)], 0.5, grid)
  for (const { series, points } of placed) {
    const ring = series.shape === 'ring'
    for (const line of outlines(points)) canvas.polyline(line, ring ? 1 : 1.8, palette[series.tone], ring ? '4 3' : '')
    if (!ring) for (const point of points) if (point !== null) canvas.dot(point[0], point[1], 2.6, palette[series.tone])
  }
  for (const tick of ticks) {
    const [x, y] = at(0, shareOf(tick))
    const text = roundedText(tick, unit, language)
    canvas.text(text, x + 4, y - 3, 'regular', tickSize, axis)
  }
  for (const [index, name] of chart.axes.entries()) {
    const [x, y] = at(index, 1)
    const beside = Math.abs(x - x0) > radius * 0.2
    const lines = layoutRuns(canvas, [{ text: name[language] }], nameSize, beside ? Math.min(sideRoom, textWidth / 2 - radius - 8) : textWidth * 0.6)
    const first = y > y0 + radius * 0.9 ? y + 8 + (lines.length - 1) * nameLine : y < y0 - radius * 0.9 ? y - 14 : y + ((lines.length - 1) * nameLine) / 2 - 3
    for (const [i, line] of lines.entries()) {
      const text = line.pieces.map((piece) => piece.text).join('')
      const width = canvas.width(text, 'regular', nameSize)
      const left = !beside ? x - width / 2 : x > x0 ? x + 8 : x - 8 - width
      canvas.text(text, left, first - i * nameLine, 'regular', nameSize)
    }
  }
}
