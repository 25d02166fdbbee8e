/** The five categories of an IPscore-style review with their number of factors: legal, technology, market, finance, strategy. */
export const ipscoreShape = { A: 8, B: 9, C: 9, D: 6, E: 8 } as const
export const ipscoreFactors = Object.values(ipscoreShape).reduce<number>((sum, count) => sum + count, 0)

/**
 * What the answers 1 to 5 of eight factors stand for in the quick net present value (EPO IPscore 2.2): B5 years to market,
 * C2 market growth, C3 years the product sells, C6 market share, D1 share of revenue at risk, D2 margin, D3 and D4 cost factors.
 */
const answerValues: Readonly<Record<string, readonly [number, number, number, number, number]>> = {
  B5: [5, 2, 1, 0.5, 0],
  C2: [0.005, 0.025, 0.05, 0.08, 0.15],
  C3: [0.5, 1, 2, 4, 8],
  C6: [0.005, 0.02, 0.04, 0.06, 0.1],
  D1: [1, 0.75, 0.5, 0.25, 0],
  D2: [0.3, 0.15, 0.08, 0.025, 0.005],
  D3: [1.3, 1.15, 1, 0.85, 0.7],
  D4: [1.2, 1.1, 1, 0.7, 0.5],
}

/** Numbers behind the answers of those factors that have one; answers outside 1..5 and other factors give none. */
export const ipscoreValues = (answers: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(answers).flatMap(([factor, answer]) => {
    const value = Object.hasOwn(answerValues, factor) ? answerValues[factor]?.[answer - 1] : undefined
    return value === undefined ? [] : [[factor, value]]
  }))

/** Category means on the 1-5 scale and shares (mean − 1)/4; a category without answers is left out. */
export const ipscoreRadar = (answers: Readonly<Record<string, readonly number[]>>): { readonly means: Readonly<Record<string, number>>; readonly shares: Readonly<Record<string, number>> } => {
  const means = Object.fromEntries(Object.entries(answers).filter(([, list]) => list.length > 0).map(([category, list]) => [category, list.reduce((sum, value) => sum + value, 0) / list.length]))
  return { means, shares: Object.fromEntries(Object.entries(means).map(([category, mean]) => [category, (mean - 1) / 4])) }
}
