import type { Text } from '../kernel/fault-shape.ts'
import type { ChecklistPack } from '../rulepack/schema.ts'
import type { Checklist, DossierState, EarlierAssessment } from '../schema/dossier.ts'
import { ranksDescending } from './mcda/ranking.ts'
import type { ChecklistResult } from './result.ts'
import { classOf, resultNumbers } from './result.ts'
import { nodesOf } from './tree.ts'

/** What a number of a result is called (tên của con số). */
export interface NumberName {
  readonly id: string
  readonly kind: 'total' | 'level' | 'section' | 'criterion' | 'figure' | 'node'
  readonly text: Text
  readonly unit: string
  readonly decimals: number
}

const wholes: Readonly<Record<string, Text>> = { total: { vi: 'Tổng điểm', en: 'Total' }, level: { vi: 'Mức đạt', en: 'Level reached' } }

/** Name of a number of `resultNumbers` by its id; what the pack does not know is called by its id. */
export const numberName = (pack: ChecklistPack, id: string): NumberName => {
  const whole = wholes[id]
  if (whole !== undefined) return { id, kind: id === 'total' ? 'total' : 'level', text: whole, unit: '', decimals: 2 }
  const section = pack.sections.find((entry) => entry.id === id)
  if (section !== undefined) return { id, kind: 'section', text: section.title, unit: '', decimals: 2 }
  const criterion = pack.sections.flatMap((entry) => entry.criteria ?? []).find((entry) => entry.id === id)
  if (criterion !== undefined) return { id, kind: 'criterion', text: { vi: `${criterion.label}. ${criterion.text.vi}`, en: `${criterion.label}. ${criterion.text.en}` }, unit: '', decimals: 2 }
  const figure = pack.scoring.by === 'rules' ? pack.scoring.figures.find((entry) => entry.id === id) : undefined
  if (figure !== undefined) return { id, kind: 'figure', text: figure.text, unit: figure.unit, decimals: figure.decimals }
  const node = nodesOf(pack).flatMap(({ children }) => children).find((entry) => entry.id === id)
  return { id, kind: node === undefined ? 'figure' : 'node', text: node?.text ?? { vi: id, en: id }, unit: '', decimals: 4 }
}

/** Day by which an assessment is known: of its report, else of the valuation, else when the dossier was begun. */
const dayOf = ({ report, profile, createdAt }: DossierState): string => report.date || profile.valuationDate || createdAt.slice(0, 10)

/** Freezes the result of a dossier for comparison (chốt kết quả đánh giá lần trước). */
export const earlierOf = (state: DossierState, checklist: Checklist, result: ChecklistResult): EarlierAssessment => ({
  dossier: state.id,
  title: state.profile.title,
  date: dayOf(state),
  seal: state.delivery.seal,
  pack: checklist.pack,
  class: classOf(result),
  numbers: { ...resultNumbers(result) },
})

/** Ids of the numbers of results that say something: a pack without a maximum has no total. */
const idsOf = (pack: ChecklistPack, numbers: readonly Readonly<Record<string, number | null>>[]): readonly string[] =>
  [...new Set(numbers.flatMap((own) => Object.keys(own)))].filter((id) => id !== 'total' || pack.scoring.by !== 'rules' || pack.scoring.maximum !== null)

/** The number that results are ranked by: the total, the level, or the figure that the classes of the pack stand on; null when there is none. */
const rankedBy = ({ scoring }: ChecklistPack): string | null => {
  if (scoring.by === 'levels') return 'level'
  if (scoring.by !== 'rules' || scoring.maximum !== null) return 'total'
  const named = scoring.classes.flatMap(({ least }) => Object.keys(least ?? {}))
  return scoring.figures.find(({ symbol }) => named.includes(symbol))?.id ?? null
}

/** One number then and now (lần trước, lần này). */
export interface Change {
  readonly name: NumberName
  readonly then: number | null
  readonly now: number | null
  /** null while one of the two is not settled. */
  readonly difference: number | null
}

/** An assessment beside an earlier one (so với lần trước): every number that either of them has, in the order of this result. */
export const changesSince = (result: ChecklistResult, earlier: EarlierAssessment): readonly Change[] => {
  const numbers = resultNumbers(result)
  const ids = idsOf(result.pack, [numbers, earlier.numbers])
  return ids.map((id) => {
    const then = Object.hasOwn(earlier.numbers, id) ? earlier.numbers[id] ?? null : null
    const now = Object.hasOwn(numbers, id) ? numbers[id] ?? null : null
    return { name: numberName(result.pack, id), then, now, difference: then === null || now === null ? null : now - then }
  })
}

/** Results of several dossiers on one pack side by side (so sánh nhiều hồ sơ). */
export interface SideBySide {
  readonly rows: readonly { readonly name: NumberName; readonly values: readonly (number | null)[] }[]
  readonly classes: readonly (string | null)[]
  /** 1 is the best; null for results that are not settled, and for packs that nothing ranks. */
  readonly ranks: readonly (number | null)[]
}

/** Sets results side by side; they must be of one pack and version. Ranked by the total, scales by their level, packs without points by the figure of their classes. */
export const sideBySide = (results: readonly ChecklistResult[]): SideBySide => {
  const numbers = results.map(resultNumbers)
  const [first] = results
  const ids = first === undefined ? [] : idsOf(first.pack, numbers)
  const by = first === undefined ? null : rankedBy(first.pack)
  const valuesOf = (id: string): readonly (number | null)[] => numbers.map((own) => own[id] ?? null)
  const ranked = by === null ? results.map(() => null) : valuesOf(by)
  const settled = ranked.filter((value) => value !== null)
  const ranks = ranksDescending(settled)
  let place = 0
  return {
    rows: first === undefined ? [] : ids.map((id) => ({ name: numberName(first.pack, id), values: valuesOf(id) })),
    classes: results.map(classOf),
    ranks: ranked.map((value) => (value === null ? null : ranks[place++] ?? null)),
  }
}
