import type { Figure, Note, TraceNode } from '../figure.ts'
import { note } from '../reasons.ts'

const numberAt = (figure: Figure, id: string): number | null => {
  const found = (nodes: readonly TraceNode[]): TraceNode | undefined => nodes.find((node) => node.id === id)
  const value = found(figure.trace.children ?? [])?.value
  return typeof value === 'number' ? value : null
}

interface Concluded {
  readonly value: number | null
  /** Step of the recorded rounding rule; a conclusion may lie half a step off. */
  readonly rounding: number
}

/** A sheet as far as the whole and its part are concerned. */
interface Valued {
  readonly method: string
  readonly figure: Figure | undefined
}

/**
 * Business value plus technology value is impossible (không cộng giá trị công nghệ vào giá trị kinh doanh): the technology is a part
 * of the business. `whole-plus-part` when the conclusion is the sum of a business value and the technology's share of it;
 * `part-above-whole` when it lies above every business value of which the technology is said to be a part.
 */
export const checkWholeAndPart = (sheets: readonly Valued[], concluded: Concluded): readonly Note[] => {
  const { value, rounding } = concluded
  const parts = sheets.flatMap(({ method, figure }) => {
    if (!method.startsWith('technology-contribution/') || figure === undefined || figure.value === null) return []
    const business = numberAt(figure, 'businessValue')
    return business === null || business <= 0 ? [] : [{ business, technology: figure.value }]
  })
  if (value === null || parts.length === 0) return []
  const near = (sum: number): boolean => Math.abs(value - sum) <= Math.max(rounding / 2, 0.0005 * Math.abs(sum))
  const summed = parts.find(({ business, technology }) => technology > 0 && parts.some((other) => near(business + other.technology)))
  if (summed !== undefined) return [note('whole-plus-part', { business: summed.business, technology: summed.technology })]
  const highest = Math.max(...parts.map(({ business }) => business))
  return value > highest + rounding / 2 ? [note('part-above-whole', { business: highest })] : []
}
