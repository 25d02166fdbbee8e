import { correlation, midRanks, sum } from '../numeric/statistics.ts'
import type { SimulationSummary } from './summary.ts'

export interface Influence {
  readonly id: string
  /** Rank correlation of the input with the result in the sample; null for an input or result that does not vary. */
  readonly rankCorrelation: number | null
  /** ρ²/Σρ²: approximate share in the spread of the result, most reliable for independent inputs. */
  readonly share: number
}

/**
 * Which inputs drive the spread of a simulated result (mức ảnh hưởng của từng biến): rank correlations over the sample of the
 * first trials, strongest first, and their squared shares.
 */
export const inputInfluence = ({ ids, inputs, results }: SimulationSummary['sample']): readonly Influence[] => {
  const ranksOfResults = midRanks([...results]).ranks
  const found = ids.map((id, k) => {
    const column = inputs[k]
    const answer = column === undefined ? null : correlation(midRanks([...column]).ranks, ranksOfResults)
    return { id, rankCorrelation: answer !== null && answer.ok ? answer.value.pearson : null }
  })
  const total = sum(found.map(({ rankCorrelation }) => (rankCorrelation ?? 0) * (rankCorrelation ?? 0)))
  return found
    .map((one) => ({ ...one, share: total === 0 ? 0 : ((one.rankCorrelation ?? 0) * (one.rankCorrelation ?? 0)) / total }))
    .sort((a, b) => b.share - a.share)
}
