import type { ChecklistResult } from '../checklist/result.ts'
import { shortNames } from '../checklist/reasons.ts'
import type { PackClass } from '../checklist/outcome.ts'
import type { Text } from '../kernel/fault-shape.ts'
import { formatNumber, formatPercent } from '../kernel/number-text.ts'
import { restsOn } from '../rulepack/scope.ts'
import type { ChecklistPack, Question } from '../rulepack/schema.ts'
import type { ChartTone, RadarChart } from './chart-model.ts'

/** One axis of the picture of an assessment: its value under some result, and the threshold of a class on it. */
interface Axis {
  readonly text: Text
  readonly value: (result: ChecklistResult) => number | null
  readonly least: (thresholds: NonNullable<PackClass['least']>) => number | null
}

interface Axes {
  readonly kind: 'points' | 'levels' | 'shares'
  readonly axes: readonly Axis[]
  readonly ticks: readonly number[]
}

const leastAxes = 3
const mostAxes = 12
const shareTicks = [0, 0.25, 0.5, 0.75, 1]

type LevelQuestion = Extract<Question, { type: 'level' }>

/** Sections with a maximum: points as a share of it; the thresholds are those of the section, else those of the total. */
const sectionAxes = (pack: ChecklistPack): Axes | null => {
  const { scoring } = pack
  const sections = pack.sections.filter(({ maximum }) => maximum !== undefined)
  if (scoring.by !== 'rules' || sections.length < leastAxes) return null
  return {
    kind: 'points', ticks: shareTicks,
    axes: sections.slice(0, mostAxes).map((section) => {
      const maximum = section.maximum ?? 1
      return {
        text: section.title,
        value: ({ rules }) => {
          const own = rules?.sections.find((entry) => entry.section.id === section.id)
          return own?.final === true ? Math.max(0, own.points) / maximum : null
        },
        least: (thresholds) => {
          const own = section.symbol === undefined ? undefined : thresholds[section.symbol]
          const { total } = thresholds
          return own !== undefined ? own / maximum : total !== undefined && scoring.maximum !== null ? total / scoring.maximum : null
        },
      }
    }),
  }
}

/** Levels chosen on one scale; a threshold stands on all of them when it is asked of a figure that rests on all of them, such as the lowest. */
const levelAxes = (pack: ChecklistPack): Axes | null => {
  const questions = pack.sections.flatMap((section) => section.questions).filter((question): question is LevelQuestion => question.type === 'level')
  const scaleOf = ({ levels }: LevelQuestion): string => levels.map(({ value }) => value).join()
  const [first] = questions
  if (first === undefined || questions.length < leastAxes || questions.length > mostAxes || questions.some((question) => scaleOf(question) !== scaleOf(first))) return null
  const { scoring } = pack
  const sectionOf = (question: LevelQuestion): ChecklistPack['sections'][number] | undefined => pack.sections.find(({ questions: own }) => own.includes(question))
  const named = questions.every((question) => sectionOf(question)?.questions.length === 1)
  const common = scoring.by !== 'rules' ? [] : scoring.figures.filter(({ expression }) => {
    const names = restsOn(pack, [expression])
    return questions.every(({ id, symbol }) => names.has(id) || (symbol !== undefined && names.has(symbol)))
  })
  return {
    kind: 'levels', ticks: [0, ...first.levels.map(({ value }) => value).filter((value) => value > 0)],
    axes: questions.map((question) => ({
      text: named ? sectionOf(question)?.title ?? question.text : question.text.vi.length <= 40 ? question.text : { vi: question.label, en: question.label },
      value: ({ checklist }) => {
        const value = checklist.answers[question.id]?.value
        return typeof value === 'number' ? value : null
      },
      least: (thresholds) => common.flatMap(({ symbol }) => thresholds[symbol] ?? [])[0] ?? null,
    })),
  }
}

/** A name without the colon or comma that stood before the words cut from it. */
const trimmed = ({ vi, en }: Text): Text => ({ vi: vi.replace(/[:,;–-]\s*$/, '').trim(), en: en.replace(/[:,;–-]\s*$/, '').trim() })

/** Figures in per cent whose ids belong together (`share-a`, `share-b` …). */
const figureAxes = (pack: ChecklistPack): Axes | null => {
  const { scoring } = pack
  if (scoring.by !== 'rules') return null
  const groups = [...Map.groupBy(scoring.figures.filter(({ unit, id }) => unit === '%' && id.includes('-')), ({ id }) => id.slice(0, id.lastIndexOf('-'))).values()]
  const group = groups.find(({ length }) => length >= leastAxes && length <= mostAxes)
  if (group === undefined) return null
  const names = shortNames(group.map(({ text }) => text))
  return {
    kind: 'shares', ticks: shareTicks,
    axes: group.map((figure, index) => ({
      text: trimmed(names[index] ?? figure.text),
      value: ({ rules }) => {
        const value = rules?.figures.find((entry) => entry.figure.id === figure.id)?.value
        return value?.kind === 'number' ? Math.min(1, Math.max(0, value.value / 100)) : null
      },
      least: (thresholds) => {
        const own = thresholds[figure.symbol]
        return own === undefined ? null : own / 100
      },
    })),
  }
}

/** Topmost groups of a criteria tree by their scores; classes stand on the total alone, so there are no thresholds on the axes. */
const treeAxes = (pack: ChecklistPack): Axes | null => {
  const { scoring } = pack
  if (scoring.by !== 'weighted' || scoring.tree.length < leastAxes) return null
  return {
    kind: 'shares', ticks: shareTicks,
    axes: scoring.tree.slice(0, mostAxes).map((node) => ({
      text: node.text,
      value: ({ weighted }) => weighted?.nodes.find(({ id }) => id === node.id)?.score ?? weighted?.leaves.find((leaf) => leaf.node.id === node.id)?.score ?? null,
      least: () => null,
    })),
  }
}

const axesOf = (pack: ChecklistPack): Axes | null => treeAxes(pack) ?? sectionAxes(pack) ?? levelAxes(pack) ?? figureAxes(pack)

const unitOf = ({ kind }: Axes): 'fraction' | 'none' => (kind === 'levels' ? 'none' : 'fraction')

const axisLabel: Readonly<Record<Axes['kind'], Text>> = {
  points: { vi: 'Tỷ lệ điểm đạt', en: 'Share of the points' },
  levels: { vi: 'Mức', en: 'Level' },
  shares: { vi: 'Tỷ lệ đạt', en: 'Share reached' },
}

const ringTones: readonly ChartTone[] = ['warning', 'tertiary', 'muted', 'secondary']

/** A result on the radar with the name it is shown by. */
export interface Named {
  readonly name: Text
  readonly result: ChecklistResult
}

/**
 * Radar of an assessment against the thresholds of its classes (biểu đồ ra-đa so với ngưỡng xếp loại): points by section, levels by
 * dimension, or shares by group, whichever the pack has. Further results lie over the first. null for packs with fewer than
 * three axes, and while nothing on them is known.
 */
export const radarChart = (pack: ChecklistPack, results: readonly Named[]): RadarChart | null => {
  const axes = axesOf(pack)
  if (axes === null) return null
  const shown = results.map(({ name, result }) => ({ name, values: axes.axes.map(({ value }) => value(result)) }))
  if (shown.every(({ values }) => values.every((value) => value === null))) return null
  const classes = pack.scoring.by === 'rules' ? pack.scoring.classes.filter(({ least }) => least !== undefined) : []
  const names = shortNames(pack.scoring.by === 'rules' ? pack.scoring.classes.map(({ text }) => text) : [])
  const rings = classes.flatMap((entry, index) => {
    const values = axes.axes.map(({ least }) => least(entry.least ?? {}))
    const name = names[pack.scoring.by === 'rules' ? pack.scoring.classes.indexOf(entry) : 0] ?? entry.text
    return values.some((value) => value === null) ? [] : [{ label: { vi: `Ngưỡng: ${name.vi}`, en: `Threshold: ${name.en}` }, shape: 'ring' as const, values, tone: ringTones[index % ringTones.length] ?? 'muted' }]
  })
  const tones: readonly ChartTone[] = ['primary', 'tertiary', 'warning', 'secondary', 'muted']
  const said = (language: 'vi' | 'en'): string => axes.axes.map(({ text }, index) => {
    const value = shown[0]?.values[index] ?? null
    return `${text[language]} ${value === null ? '–' : axes.kind === 'levels' ? formatNumber(value, language) : formatPercent(value, language, { maxDecimals: 0 })}`
  }).join('; ')
  return {
    kind: 'radar', id: `radar-${pack.id}`,
    title: { vi: rings.length > 0 ? 'Kết quả so với ngưỡng xếp loại' : 'Kết quả theo nhóm', en: rings.length > 0 ? 'Result against the thresholds of the classes' : 'Result by group' },
    description: { vi: said('vi'), en: said('en') },
    value: { label: axisLabel[axes.kind], unit: unitOf(axes), ticks: axes.ticks },
    marks: [],
    axes: axes.axes.map(({ text }) => text),
    series: [
      ...shown.map(({ name, values }, index) => ({ label: name, shape: index === 0 && shown.length === 1 ? 'area' as const : 'line' as const, values, tone: tones[index % tones.length] ?? 'primary' })),
      ...(shown.length === 1 ? rings : []),
    ],
  }
}
