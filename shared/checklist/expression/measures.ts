import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import type { Cell, Missing, Value } from '../../rulepack/expression/types.ts'
import { systemLevel, systemReadiness } from '../levels.ts'
import { listValue, missing, missingColumn, missingFor, missingSingle, numberValue } from './values.ts'

/** Elements a system may have; the work grows with their square. */
const maxElements = 100

const unfit = missing('kinds-do-not-fit')

const cellsOf = (value: Value | undefined): Missing | readonly Cell[] => (value?.kind === 'list' ? value.cells : value?.kind === 'missing' ? missingSingle(value) : unfit)

const isMissing = (cells: Missing | readonly Cell[]): cells is Missing => 'kind' in cells

/** The values of a column, all of one kind; the first cell that is not comes back instead. */
const numbersOf = (value: Value | undefined): Missing | readonly number[] => {
  const cells = cellsOf(value)
  if (isMissing(cells)) return cells
  const stray = cells.find((cell) => cell.kind !== 'number')
  return stray === undefined ? cells.flatMap((cell) => (cell.kind === 'number' ? [cell.value] : [])) : stray.kind === 'missing' ? stray : unfit
}

const textsOf = (value: Value | undefined): Missing | readonly string[] => {
  const cells = cellsOf(value)
  if (isMissing(cells)) return cells
  const stray = cells.find((cell) => cell.kind !== 'text')
  return stray === undefined ? cells.flatMap((cell) => (cell.kind === 'text' ? [cell.value] : [])) : stray.kind === 'missing' ? stray : unfit
}

const isAbsent = <T>(list: Missing | readonly T[]): list is Missing => 'kind' in list

/** `systemLevel(levels[, highest])`: readiness of a system (mức sẵn sàng của hệ thống), the lowest of its critical elements. */
export const lowestLevel = ([levels, highest]: readonly Value[]): Value => {
  const cells = cellsOf(levels)
  if (isMissing(cells)) return cells
  if (highest !== undefined && highest.kind !== 'number') return highest.kind === 'missing' ? highest : unfit
  if (cells.some((cell) => cell.kind !== 'number' && cell.kind !== 'missing')) return unfit
  const result = systemLevel(cells.map((cell) => (cell.kind === 'number' ? cell.value : null)), highest?.value ?? 9)
  return result.ok ? numberValue(result.value.level) : missingFor(result.fault)
}

/** The square matrix of integration levels from a list of links; a link counts both ways, each element with itself at 9. */
const linksOf = (names: readonly string[], from: readonly string[], to: readonly string[], irl: readonly number[]): Result<readonly (readonly number[])[]> => {
  if (names.length > maxElements) return err('list-too-long', { max: maxElements })
  const short = [to.length, irl.length].find((length) => length !== from.length)
  if (short !== undefined) return err('lengths-differ', { expected: from.length, actual: short })
  const rows = new Map(names.map((name, index) => [name, index]))
  const repeated = names.findIndex((name, index) => names.indexOf(name) < index)
  if (repeated >= 0) return err('element-twice', { row: repeated + 1 })
  const matrix = names.map((_, i) => names.map((__, j): number => (i === j ? 9 : 0)))
  const seen = new Set<string>()
  for (const [index, link] of irl.entries()) {
    const [i, j] = [rows.get(from[index] ?? ''), rows.get(to[index] ?? '')]
    if (i === undefined || j === undefined) return err('element-unknown', { row: index + 1 })
    const key = `${String(Math.min(i, j))} ${String(Math.max(i, j))}`
    if (seen.has(key)) return err('link-twice', { row: index + 1 })
    seen.add(key)
    for (const [row, column] of [[i, j], [j, i]] as const) {
      const cells = matrix[row]
      if (cells !== undefined) cells[column] = link
    }
  }
  return ok(matrix)
}

const readiness = ([names, levels, from, to, irl]: readonly Value[]): Missing | { readonly components: readonly number[]; readonly composite: number } => {
  const elements = textsOf(names)
  if (isAbsent(elements)) return elements
  const technology = numbersOf(levels)
  if (isAbsent(technology)) return technology
  const starts = textsOf(from)
  if (isAbsent(starts)) return starts
  const ends = textsOf(to)
  if (isAbsent(ends)) return ends
  const links = numbersOf(irl)
  if (isAbsent(links)) return links
  const matrix = linksOf(elements, starts, ends, links)
  const result = matrix.ok ? systemReadiness(technology, matrix.value) : matrix
  return result.ok ? result.value : missingFor(result.fault)
}

/**
 * `systemReadiness(names, trl, from, to, irl)`: composite system readiness SRL (Sauser 2006), 0..1, of elements with
 * their TRL and of links between two named elements with their IRL.
 */
export const composedReadiness = (args: readonly Value[]): Value => {
  const result = readiness(args)
  return 'composite' in result ? numberValue(result.composite) : result
}

/** `componentReadiness(names, trl, from, to, irl)`: SRL of each element, in the order of the elements. */
export const componentReadiness = (args: readonly Value[]): Value => {
  const result = readiness(args)
  return 'components' in result ? listValue('number', result.components.map(numberValue)) : missingColumn(result)
}
