import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import type { Matrix } from '../numeric/matrix.ts'
import { cholesky } from '../numeric/matrix.ts'
import { checkCorrelation, nearestCorrelation } from '../numeric/correlation-matrix.ts'
import { exp } from '../numeric/elementary.ts'
import { normalCdf } from '../numeric/normal.ts'
import { correlation, rankCorrelation, shape } from '../numeric/statistics.ts'
import { fromResult } from '../outcome.ts'
import { correlateNormals, normalFromLognormalCorrelation, normalFromRankCorrelation } from '../simulation/copula.ts'
import type { Distribution } from '../simulation/distribution.ts'
import { prepareDistribution } from '../simulation/distribution.ts'
import { logMoments, lognormalDistribution, lognormalPdf } from '../simulation/distributions/bell-shaped.ts'
import { pertShape } from '../simulation/distributions/bounded.ts'
import type { PreparedDistribution } from '../simulation/distributions/prepared.ts'
import { momentsOf } from '../simulation/expectation.ts'
import { mt19937, fraction53 } from '../simulation/generators/mt19937.ts'
import { pcg32 } from '../simulation/generators/pcg32.ts'
import { splitMix64 } from '../simulation/generators/splitmix64.ts'
import type { Word64 } from '../simulation/generators/word64.ts'
import { parseWord64, toDecimal } from '../simulation/generators/word64.ts'
import { xoshiro256 } from '../simulation/generators/xoshiro256.ts'
import { percentileRanks, simulate, trialsNeeded } from '../simulation/summary.ts'
import { distributionOf } from './distributions.ts'
import { each, grid } from './grid.ts'
import type { CaseInputs, CaseOutputs, CaseTable } from './read.ts'
import { has, num, numbers, numbersOr, numOr, outputs, record, records, single } from './read.ts'

const prepared = (inputs: CaseInputs, kind: string): ReturnType<typeof prepareAny> => prepareAny(distributionOf(inputs, kind))

const prepareAny = (distribution: ReturnType<typeof distributionOf>) => (distribution.kind === 'lognormalOfLog' ? lognormalDistribution(distribution) : prepareDistribution(distribution))

/** Quantiles asked for; one that is infinite is null and named. */
const quantilesOf = (inputs: CaseInputs, distribution: PreparedDistribution): CaseOutputs => {
  if (!has(inputs, 'p')) return {}
  const quantiles = each(inputs['p'], 'p', (p) => (p >= 0 && p <= 1 ? distribution.quantile(p) : null))
  const hasGap = quantiles === null || (Array.isArray(quantiles) && quantiles.includes(null))
  return { quantiles, ...(hasGap ? { error: 'quantile-unbounded' } : {}) }
}

const MOMENTS = ['mean', 'variance', 'quantiles'] as const

const momentsCase =
  (kind: string) =>
  (inputs: CaseInputs): CaseOutputs =>
    outputs(fromResult(prepared(inputs, kind)), MOMENTS, (value) => ({ mean: value.mean, variance: value.variance, ...quantilesOf(inputs, value) }))

const cdfCase =
  (kind: string) =>
  (inputs: CaseInputs): CaseOutputs =>
    outputs(fromResult(prepared(inputs, kind)), ['cdf', 'pdf'], (value) => ({ cdf: each(inputs['x'], 'x', value.cdf) }))

const pert = (inputs: CaseInputs): CaseOutputs => {
  const shapes = pertShape(num(inputs, 'min'), num(inputs, 'mode'), num(inputs, 'max'), has(inputs, 'lambda') ? num(inputs, 'lambda') : numOr(inputs, 'lambda_', 4))
  return outputs(fromResult(shapes), ['alpha', 'beta', 'mean', 'variance', 'classicVariance', 'quantiles'], (value) => {
    const distribution = prepared(inputs, 'pert')
    return { ...value, ...(distribution.ok ? quantilesOf(inputs, distribution.value) : {}) }
  })
}

const lognormal = (inputs: CaseInputs): CaseOutputs => {
  const moments = has(inputs, 'mu') ? ok({ mu: num(inputs, 'mu'), sigma: num(inputs, 'sigma') }) : logMoments(num(inputs, 'mean'), num(inputs, 'sd'))
  if (!moments.ok) return { cdf: null, pdf: null, error: moments.fault.code }
  return outputs(fromResult(lognormalDistribution(moments.value)), ['cdf', 'pdf', 'quantiles'], (value) => ({
    mean: value.mean,
    variance: value.variance,
    ...(has(inputs, 'x') ? { cdf: each(inputs['x'], 'x', value.cdf), pdf: each(inputs['x'], 'x', (x) => lognormalPdf(moments.value, x)) } : {}),
    ...quantilesOf(inputs, value),
  }))
}

const word = (value: unknown, key: string): Word64 => {
  const parsed = typeof value === 'string' || typeof value === 'number' ? parseWord64(value) : err('simulation-seed-invalid')
  if (!parsed.ok) throw new TypeError(`input ${key}: whole number of 64 bits expected`)
  return parsed.value
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

/** The 53 leading bits of a 64-bit output as a fraction. */
const fractionOf = ({ high, low }: Word64): number => ((high >>> 0) * 2097152 + (low >>> 11)) / 9007199254740992

const mersenne = (inputs: CaseInputs): CaseOutputs => {
  const seed = numbersOr(inputs, 'initByArray', null) ?? num(inputs, 'seed')
  const count = num(inputs, 'count')
  const fractions = mt19937(seed)
  return { uint32: times(count, mt19937(seed)), doubles53: times(count, () => fraction53(fractions)) }
}

const xoshiro = (inputs: CaseInputs): CaseOutputs => {
  const state: unknown = inputs['state']
  const [a, b, c, d]: readonly unknown[] = Array.isArray(state) ? state : []
  const outputsOfGenerator = times(num(inputs, 'count'), xoshiro256([word(a, 'state'), word(b, 'state'), word(c, 'state'), word(d, 'state')]).next)
  return { uint64: outputsOfGenerator.map(toDecimal), doubles53: outputsOfGenerator.map(fractionOf) }
}

const validateCorrelation = (inputs: CaseInputs): CaseOutputs =>
  outputs(fromResult(checkCorrelation(grid(inputs, 'matrix'))), ['positiveSemidefinite', 'minEigenvalue', 'cholesky'], (value) => ({
    ...value,
    ...(value.positiveSemidefinite ? {} : { error: 'not-positive-definite' }),
  }))

/** Correlated samples for given independent normal numbers, one per input. */
const applyCopula = (matrix: Matrix, z: readonly number[], marginals: readonly CaseInputs[]): Result<CaseOutputs, 'not-positive-definite' | 'sizes-differ'> => {
  const check = checkCorrelation(matrix)
  if (!check.ok || check.value.cholesky === null) return err('not-positive-definite')
  if (z.length !== matrix.length || marginals.length !== matrix.length) return err('sizes-differ')
  const L = check.value.cholesky
  const columns = z.map((value) => Float64Array.of(value))
  correlateNormals(L, columns, 1)
  const correlatedZ = columns.map((column) => column[0] ?? 0)
  const sample = marginals.map((marginal, i) => {
    const distribution = prepareAny(distributionOf(marginal))
    if (!distribution.ok) return null
    const place = Float64Array.of(correlatedZ[i] ?? 0)
    distribution.value.fillFromNormal(place, place, 1)
    return place[0] ?? null
  })
  return ok({ L, correlatedZ, u: correlatedZ.map(normalCdf), sample })
}

interface Simulated {
  readonly mean: number
  readonly withinFourStandardErrors: boolean
}

/** Runs the engine itself on the case and says whether its mean lies within four standard errors of the exact one. */
const run = (inputs: readonly Distribution[], model: (row: Float64Array) => number | null, trials: number, exact: number): Simulated | null => {
  const answer = simulate({ inputs: inputs.map((distribution, i) => ({ id: `input-${String(i)}`, distribution })), model, trials, seed: 20260101 })
  if (!answer.ok || answer.value.mean === null || answer.value.standardError === null) return null
  return { mean: answer.value.mean, withinFourStandardErrors: Math.abs(answer.value.mean - exact) <= 4 * answer.value.standardError }
}

const plain = (inputs: CaseInputs, key: string): Distribution => {
  const distribution = distributionOf(record(inputs, key))
  if (distribution.kind === 'lognormalOfLog') {
    const { mu, sigma } = distribution
    const mean = exp(mu + (sigma * sigma) / 2)
    return { kind: 'lognormal', mean, sd: mean * Math.sqrt(exp(sigma * sigma) - 1) }
  }
  return distribution
}

const MOST_CASE_TRIALS = 1_000_000

const perpetuity = (inputs: CaseInputs): CaseOutputs => {
  const royalty = num(inputs, 'royalty')
  const rate = plain(inputs, 'rateDistribution')
  const trials = num(inputs, 'trials')
  const keys = ['mean', 'meanAtAverageRate', 'standardErrorAtTrials'] as const
  const known = prepareDistribution(rate)
  const low = known.ok ? known.value.support.low : null
  if (known.ok && (low === null || low <= 0)) return { ...Object.fromEntries(keys.map((key) => [key, null])), error: 'mean-infinite' }
  return outputs(fromResult(momentsOf(rate, (r) => royalty / r)), keys, ({ mean, variance }) => {
    const simulated = run([rate], (row) => royalty / (row[0] ?? 0), Math.min(trials, MOST_CASE_TRIALS), mean)
    return { mean, meanAtAverageRate: known.ok ? royalty / known.value.mean : null, standardErrorAtTrials: Math.sqrt(variance / trials), variance, simulated }
  })
}

const product = (inputs: CaseInputs): CaseOutputs => {
  const factors = [plain(inputs, 'revenue'), plain(inputs, 'margin')]
  const trials = num(inputs, 'trials')
  const keys = ['mean', 'variance', 'standardErrorAtTrials'] as const
  const [first, second] = factors.map(prepareDistribution)
  if (inputs['independent'] === false || first === undefined || second === undefined) return { ...Object.fromEntries(keys.map((key) => [key, null])), error: 'correlation-out-of-range' }
  return outputs(fromResult(first), keys, (x) =>
    outputs(fromResult(second), keys, (y) => {
      const mean = x.mean * y.mean
      const variance = x.variance * y.variance + x.variance * y.mean * y.mean + y.variance * x.mean * x.mean
      const simulated = run(factors, (row) => (row[0] ?? 0) * (row[1] ?? 0), Math.min(trials, MOST_CASE_TRIALS), mean)
      return { mean, variance, standardErrorAtTrials: Math.sqrt(variance / trials), simulated }
    }),
  )
}

const copula = (inputs: CaseInputs): CaseOutputs =>
  outputs(fromResult(applyCopula(grid(inputs, 'matrix'), numbers(inputs, 'z'), records(inputs, 'marginals'))), ['L', 'correlatedZ', 'u', 'sample'], (value) => value)

const spearmanToPearson = (rho: number): number | null => (Math.abs(rho) <= 1 ? normalFromRankCorrelation(rho) : null)

/** Simulation, distributions, generators, correlation: thin adapters from the vector cases to the engine. */
export const monteCarloCases: CaseTable = {
  'cholesky': (inputs) => outputs(fromResult(cholesky(grid(inputs, 'matrix'))), ['L'], (L) => ({ L })),
  'correlation.apply': copula,
  'correlation.lognormal': (inputs) => single('normalCorrelation', fromResult(normalFromLognormalCorrelation(num(inputs, 'correlation'), num(inputs, 'cvX'), num(inputs, 'cvY')))),
  'correlation.nearest': (inputs) => outputs(fromResult(nearestCorrelation(grid(inputs, 'matrix'))), ['nearest', 'distance'], (value) => ({ ...value })),
  'correlation.spearmanToPearson': (inputs) => ({ pearson: each(inputs['spearman'], 'spearman', spearmanToPearson) }),
  'correlation.validate': validateCorrelation,
  'dist.beta': cdfCase('beta'),
  'dist.lognormal': lognormal,
  'dist.lognormal.fromMoments': (inputs) =>
    outputs(fromResult(logMoments(num(inputs, 'mean'), num(inputs, 'sd'))), ['mu', 'sigma', 'median'], ({ mu, sigma }) => ({ mu, sigma, median: exp(mu) })),
  'dist.normal': momentsCase('normal'),
  'dist.pert': pert,
  'dist.pert.variance': pert,
  'dist.triangular': momentsCase('triangular'),
  'dist.uniform': momentsCase('uniform'),
  'rng.mt19937': mersenne,
  'rng.pcg32': (inputs) => ({ uint32: times(num(inputs, 'count'), pcg32(word(inputs['seed'], 'seed'), word(inputs['sequence'], 'sequence'))) }),
  'rng.splitmix64': (inputs) => ({ uint64: times(num(inputs, 'count'), splitMix64(word(inputs['seed'], 'seed'))).map(toDecimal) }),
  'rng.xoshiro256starstar': xoshiro,
  'simulate.perpetuity': perpetuity,
  'simulate.product': product,
  'simulate.trialsNeeded': (inputs) =>
    outputs(fromResult(trialsNeeded(num(inputs, 'sd'), num(inputs, 'halfWidth'), numOr(inputs, 'confidence', 0.95))), ['z', 'trials'], (value) => ({ ...value })),
  'stats.correlation': (inputs) => outputs(fromResult(correlation(numbers(inputs, 'x'), numbers(inputs, 'y'))), ['pearson', 'covariancePopulation'], (value) => ({ ...value })),
  'stats.percentileCi': (inputs) =>
    outputs(fromResult(percentileRanks(num(inputs, 'trials'), num(inputs, 'p'), numOr(inputs, 'confidence', 0.95))), ['lowerRank', 'upperRank'], (value) => ({ ...value })),
  'stats.shape': (inputs) =>
    outputs(fromResult(shape(numbers(inputs, 'data'), inputs['population'] === true ? 'population' : 'sample')), ['skewness', 'excessKurtosis'], (value) => ({ ...value })),
  'stats.spearman': (inputs) => single('rho', fromResult(rankCorrelation(numbers(inputs, 'x'), numbers(inputs, 'y')))),
}
