import type { Difference } from '../../../../shared/checklist/assessors.ts'
import { cohenKappa, crossTable } from '../../../../shared/valuation/agreement/kappa.ts'
import { krippendorffAlpha } from '../../../../shared/valuation/agreement/krippendorff.ts'

/** How far independent assessors agree (mức thống nhất giữa những người đánh giá). */
export interface AgreementFigures {
  /** Questions that at least two answered, and how many of them all answered alike. */
  readonly both: number
  readonly same: number
  /** Beyond chance, over questions with given options: Cohen's κ for two, Krippendorff's α (nominal) for more. null when it has no meaning. */
  readonly coefficient: { readonly kind: 'kappa' | 'alpha'; readonly value: number } | null
}

const closed = ({ question }: Difference): boolean => question.type === 'yesNo' || question.type === 'level' || (question.type === 'choice' && !question.multiple)

/** Category of an answer within its question: the same option of two questions is not the same judgement. */
const rating = (difference: Difference, index: number): string | null => {
  const value = difference.answers[index]?.answer?.value
  return value === undefined || value === null || typeof value === 'object' ? null : String(value)
}

/** Agreement over the differences listed, by question, with the coefficient that fits the number of assessors. */
export const agreementOf = (differences: readonly Difference[]): AgreementFigures => {
  const compared = differences.filter(({ state }) => state !== 'open')
  const same = compared.filter(({ state }) => state === 'same').length
  const judged = compared.filter(closed)
  const count = judged[0]?.answers.length ?? 0
  const columns = Array.from({ length: count }, (_, index) => judged.map((difference) => rating(difference, index)))
  const [first, second] = columns
  if (first === undefined || second === undefined) return { both: compared.length, same, coefficient: null }
  if (count === 2) {
    const pairs = first.flatMap((one, index) => {
      const other = second[index] ?? null
      return one === null || other === null ? [] : [[one, other] as const]
    })
    const categories = [...new Set(pairs.flat())]
    const found = pairs.length === 0 ? undefined : cohenKappa(crossTable(pairs.map(([one]) => one), pairs.map(([, other]) => other), categories))
    return { both: compared.length, same, coefficient: found?.ok === true && found.value.unweighted !== null ? { kind: 'kappa', value: found.value.unweighted } : null }
  }
  const found = krippendorffAlpha(columns, 'nominal')
  return { both: compared.length, same, coefficient: found.ok ? { kind: 'alpha', value: found.value } : null }
}
