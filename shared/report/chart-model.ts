import type { Text } from '../kernel/fault-shape.ts'
import type { Unit } from '../valuation/figure.ts'

/*
 * A chart as data (mô hình biểu đồ): what is shown, on which axis, with which words. The screen paints it with Chart.js, the report
 * with vectors; both show the same numbers, the same ticks and the same words.
 */

/** Role of a colour; each painter has its own palette, light, dark or print. */
export type ChartTone = 'primary' | 'secondary' | 'tertiary' | 'muted' | 'warning'

export interface ChartSeries {
  readonly label: Text
  readonly kind: 'bar' | 'line'
  /** One value per category; null leaves a gap. */
  readonly values: readonly (number | null)[]
  readonly tone: ChartTone
}

export interface ChartAxis {
  readonly label: Text
  readonly unit: Unit
  /** Round numbers from the first to the last, both ends of the axis included. */
  readonly ticks: readonly number[]
}

/** A line across the chart at one value, for example the conclusion. */
export interface ChartMark {
  readonly label: Text
  readonly value: number
}

/** An upright line over the categories, for example the mean of a histogram. */
export interface CategoryMark {
  readonly label: Text
  /** In categories, counted from the middle of the first one; may lie between two. */
  readonly at: number
}

interface ChartBase {
  readonly id: string
  readonly title: Text
  /** The chart told in one or two sentences, for people who cannot see it. */
  readonly description: Text
  readonly value: ChartAxis
  readonly marks: readonly ChartMark[]
}

/** Upright bars and lines over categories (periods, levels). */
export interface ColumnChart extends ChartBase {
  readonly kind: 'columns'
  readonly categoryLabel: Text
  readonly categories: readonly Text[]
  /** Bars of one category stand on each other instead of side by side. */
  readonly stacked: boolean
  readonly series: readonly ChartSeries[]
  /** Bars without a gap between categories: a histogram. */
  readonly touching?: boolean
  readonly categoryMarks?: readonly CategoryMark[]
}

/** Horizontal ranges with a point, one row each (football field): methods with their values, criteria with their scores. */
export interface RangeChart extends ChartBase {
  readonly kind: 'ranges'
  readonly rows: readonly { readonly label: Text; readonly low: number | null; readonly high: number | null; readonly point: number | null; readonly tone: ChartTone }[]
  readonly rangeLabel: Text
  readonly pointLabel: Text
}

/** Values on axes that go out from one point (biểu đồ ra-đa): sections of an assessment, with rings for the thresholds of classes. */
export interface RadarChart extends ChartBase {
  readonly kind: 'radar'
  readonly axes: readonly Text[]
  /** `area` is what was found and is filled; `ring` is a threshold and only a dashed line; `line` is another result beside it. */
  readonly series: readonly { readonly label: Text; readonly shape: 'area' | 'line' | 'ring'; readonly values: readonly (number | null)[]; readonly tone: ChartTone }[]
}

export type ChartModel = ColumnChart | RangeChart | RadarChart

const niceSteps = [1, 2, 2.5, 5, 10]
/** Below this a difference is rounding dust; the search for a step would leave the range of numbers. */
const SMALLEST_SPAN = 1e-200

/** Smallest round step (1, 2, 2.5 or 5 times a power of ten) with which `span` takes at most `count` steps. */
const niceStep = (span: number, count: number): number => {
  let power = 1
  while (power * 10 * count <= span) power *= 10
  while (power * count > span) power /= 10
  for (; ;) {
    for (const factor of niceSteps) if (factor * power * count >= span) return factor * power
    power *= 10
  }
}

/**
 * Ticks of an axis (vạch chia) that holds all values and zero: round, equally spaced, at most about seven.
 * All null or empty gives 0 to 1.
 */
export const niceTicks = (values: readonly (number | null)[]): readonly number[] => {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value))
  const low = Math.min(0, ...known)
  const high = Math.max(0, ...known)
  if (!(high - low > SMALLEST_SPAN) || !Number.isFinite(high - low)) return [0, 1]
  const step = niceStep(high - low, 6)
  const first = Math.floor(low / step)
  const last = Math.ceil(high / step)
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i === 0 ? 0 : Number(((first + i) * step).toPrecision(12))))
}
