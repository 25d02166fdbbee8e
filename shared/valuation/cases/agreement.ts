import { kendallW, kendallWFromRankSums, possibleConcordance } from '../agreement/concordance.ts'
import { intraclassCorrelation } from '../agreement/intraclass.ts'
import { cohenKappa, crossTable, fleissKappa, pairwiseAgreement } from '../agreement/kappa.ts'
import type { Level } from '../agreement/krippendorff.ts'
import { krippendorffAlpha } from '../agreement/krippendorff.ts'
import { contentValidityRatio, cronbachAlpha, delphiRound } from '../agreement/panel.ts'
import { chiSquareSurvival, fSurvival } from '../numeric/tails.ts'
import { fromResult } from '../outcome.ts'
import { each, grid, hasGaps, ratingsOf } from './grid.ts'
import type { CaseInputs, CaseOutputs, CaseTable } from './read.ts'
import { has, isNumber, num, numOr, numbers, numbersOf, outputs, textOr, texts } from './read.ts'

const undefinedOutputs = (keys: readonly string[], error: string): CaseOutputs => ({ ...Object.fromEntries(keys.map((key) => [key, null])), error })

const KENDALL = ['W', 'WCorrectedForTies', 'chiSquare', 'df', 'pValue', 'S'] as const

const kendall = (inputs: CaseInputs): CaseOutputs =>
  hasGaps(inputs, 'raters')
    ? undefinedOutputs(KENDALL, 'scores-missing')
    : outputs(fromResult(kendallW(grid(inputs, 'raters'))), KENDALL, (value) => ({ ...value, ...(value.WCorrectedForTies === null ? { error: 'all-tied' } : {}) }))

const FORMS = ['icc1', 'icc2', 'icc3', 'icc1k', 'icc2k', 'icc3k', 'ci95', 'meanSquares'] as const

const icc = (inputs: CaseInputs): CaseOutputs =>
  hasGaps(inputs, 'scores')
    ? undefinedOutputs(FORMS, 'scores-missing')
    : outputs(fromResult(intraclassCorrelation(grid(inputs, 'scores'), 0.95)), FORMS, (value) => ({ ...value, ci95: value.limits }))

const isLevel = (text: string): text is Level => ['nominal', 'ordinal', 'interval', 'ratio'].includes(text)

const krippendorff = (inputs: CaseInputs): CaseOutputs => {
  const ratings = ratingsOf(inputs, 'ratings')
  const found = texts(inputs, 'levels')
    .filter(isLevel)
    .map((level) => ({ level, alpha: krippendorffAlpha(ratings, level) }))
  const fault = found.flatMap(({ alpha }) => (alpha.ok ? [] : [alpha.fault.code]))
  return { ...Object.fromEntries(found.map(({ level, alpha }) => [level, alpha.ok ? alpha.value : null])), ...(fault[0] === undefined ? {} : { error: fault[0] }) }
}

/** True labels of the categories, when the case asks for distances between them instead of positions. */
const labelsOf = (inputs: CaseInputs): readonly number[] | null => {
  const given = ['labels', 'categoryLabels', 'trueLabels'].map((key) => inputs[key]).find(Array.isArray)
  return given !== undefined && given.every(isNumber) ? given : null
}

/** The table as given, or counted from the ratings of two raters. */
const cohenTable = (inputs: CaseInputs): readonly (readonly number[])[] => {
  if (has(inputs, 'table')) return grid(inputs, 'table')
  const [first = [], second = []] = ratingsOf(inputs, 'raters')
  const used = [...new Set([...first, ...second].filter((one) => one !== null))].sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1))
  const given: unknown = inputs['categories']
  const categories = Array.isArray(given) ? given.filter((one: unknown) => typeof one === 'number' || typeof one === 'string') : used
  return crossTable(first, second, categories)
}

const cohen = (inputs: CaseInputs): CaseOutputs => {
  return outputs(fromResult(cohenKappa(cohenTable(inputs), labelsOf(inputs))), ['unweighted', 'linear', 'quadratic'], (value) => ({
    ...value,
    ...(value.unweighted === null ? { error: 'no-variation' } : {}),
  }))
}

const tail = (inputs: CaseInputs): CaseOutputs => {
  const x: unknown = inputs['x']
  const df: unknown = inputs['df']
  const one = (value: number, degrees: number): number | null => (degrees > 0 ? chiSquareSurvival(value, degrees) : null)
  if (isNumber(x)) return { p: each(df, 'df', (degrees) => one(x, degrees)) }
  if (isNumber(df)) return { p: each(x, 'x', (value) => one(value, df)) }
  const degrees = numbersOf(df, 'df')
  return { p: numbersOf(x, 'x').map((value, i) => one(value, degrees[i] ?? 0)) }
}

const fTail = (inputs: CaseInputs): CaseOutputs => {
  const df1 = num(inputs, 'df1')
  const df2 = num(inputs, 'df2')
  if (!(df1 > 0) || !(df2 > 0)) return undefinedOutputs(['p'], 'degrees-of-freedom-not-positive')
  return { p: each(inputs['F'], 'F', (f) => fSurvival(f, df1, df2)) }
}

const validity = (inputs: CaseInputs): CaseOutputs => {
  const experts = num(inputs, 'experts')
  const cvr = each(inputs['essential'], 'essential', (essential) => fromResult(contentValidityRatio(essential, experts)).value)
  const isUnknown = cvr === null || (Array.isArray(cvr) && cvr.includes(null))
  return { cvr, ...(isUnknown ? { error: 'essential-above-experts' } : {}) }
}

/** Agreement of a council: thin adapters from the vector cases to the engine. */
export const agreementCases: CaseTable = {
  'chiSquare.sf': tail,
  'cohenKappa': cohen,
  'cronbachAlpha': (inputs) => outputs(fromResult(cronbachAlpha(grid(inputs, 'items'))), ['alpha'], (alpha) => ({ alpha })),
  'delphi.consensus': (inputs) =>
    outputs(
      fromResult(delphiRound(numbers(inputs, 'scores'), textOr(inputs, 'quartiles', 'inclusive') === 'exclusive' ? 'exclusive' : 'inclusive', numOr(inputs, 'iqrLimit', 1))),
      ['median', 'q1', 'q3', 'iqr', 'convergence', 'consensusDegree', 'consensus'],
      (value) => ({ ...value, ...(value.consensusDegree === null ? { error: 'median-zero' } : {}) }),
    ),
  'fSf': fTail,
  'fleissKappa': (inputs) =>
    outputs(fromResult(fleissKappa(grid(inputs, 'counts'))), ['kappa', 'pBar', 'pE', 'perSubject'], (value) => ({ ...value, ...(value.kappa === null ? { error: 'no-variation' } : {}) })),
  'icc': icc,
  'kappa.pairwise': (inputs) => outputs(fromResult(pairwiseAgreement(ratingsOf(inputs, 'raters'))), ['percentAgreement', 'meanPercentAgreement'], (value) => ({ ...value })),
  'kendallW': kendall,
  'kendallW.bound': (inputs) => ({ W: possibleConcordance(num(inputs, 'published')) }),
  'kendallW.fromRankSums': (inputs) => outputs(fromResult(kendallWFromRankSums(numbers(inputs, 'rankSums'), num(inputs, 'raters'))), ['S', 'W'], (value) => ({ ...value })),
  'krippendorff': krippendorff,
  'lawsheCvr': (inputs) => (has(inputs, 'experts') ? validity(inputs) : undefinedOutputs(['cvr'], 'empty-data')),
}
