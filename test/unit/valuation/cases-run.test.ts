import { describe, expect, it } from 'vitest'
import { isChecklistPack } from '../../../shared/rulepack/load.ts'
import { runCase as runCaseWith, runFamily as runFamilyWith, type VectorCase } from '../../../shared/valuation/cases/run.ts'
import { caseTable } from '../../../shared/valuation/cases/table.ts'
import { defined, shelf } from '../dossier/support.ts'

const data = { factors: defined(shelf.all.filter(isChecklistPack).find(({ pack }) => pack.id === 'ip-review')).pack }
const runCase = (vector: VectorCase) => runCaseWith(vector, data)
const runFamily = (family: string, content: unknown) => runFamilyWith(family, content, data)

const tight = { rel: 1e-9, abs: 1e-9 }
const npv: VectorCase = { id: 'tvm-01', method: 'npv', inputs: { rate: 0.05, cashflowsFromT0: [-15000, 1500, 2500, 3500, 4500, 6000] }, expected: { npv: 122.89485495093959 }, tolerance: tight }
const none: VectorCase = { id: 'tvm-09', method: 'irr', inputs: { cashflowsFromT0: [1, 2, 3] }, expected: { irr: null, error: 'no-sign-change' }, tolerance: tight }
const list: VectorCase = { id: 'life-11', method: 'life.partialYears', inputs: { life: 4.3 }, expected: { periodFractions: [1, 1, 1, 1, 0.3], endTimes: [1, 2, 3, 4, 4.3], midTimes: [0.5, 1.5, 2.5, 3.5, 4.15] }, tolerance: { abs: 1e-12 } }

describe('the case runner', () => {
  it('passes what agrees', () => {
    for (const one of [npv, none, list]) expect(runCase(one)).toMatchObject({ status: 'passed', differences: [] })
    expect(runCase(npv).family).toBe('tvm')
  })

  it.each<[what: string, vector: VectorCase, path: string]>([
    ['a number off by a thousandth', { ...npv, expected: { npv: 122.89485495093959 * 1.001 } }, 'npv'],
    ['a number where null is expected', { ...npv, expected: { npv: null } }, 'npv'],
    ['null where a number is expected', { ...none, expected: { irr: 0.1 } }, 'irr'],
    ['an error that is expected and not named', { ...npv, expected: { npv: 122.89485495093959, error: 'any' } }, 'error'],
    ['an error named where none is expected', { ...none, expected: { irr: null, error: null } }, 'error'],
    ['a key that the engine does not give', { ...npv, expected: { other: 1 } }, 'other'],
    ['one member of a list', { ...list, expected: { endTimes: [1, 2, 3, 4, 4.2] } }, 'endTimes[4]'],
    ['a list of another length', { ...list, expected: { endTimes: [1, 2, 3, 4] } }, 'endTimes'],
    ['a missing tolerance, which is zero', { id: 'tvm-01', method: 'npv', inputs: npv.inputs, expected: { npv: 122.894854950939 } }, 'npv'],
    ['inputs that are malformed', { ...npv, inputs: { rate: 'high' } }, 'inputs'],
    ['a timing that does not exist', { id: 'x-1', method: 'pv.annuity', inputs: { payment: 1, rate: 0.1, periods: 2, timing: 'noon' }, expected: { pv: 1 } }, 'inputs'],
  ])('fails %s', (_, vector, path) => {
    const report = runCase(vector)
    expect(report.status).toBe('failed')
    expect(report.differences.map((one) => one.path)).toContain(path)
  })

  it('compares whole numbers exactly when both are whole, however wide the tolerance', () => {
    const days: VectorCase = { id: 'life-03', method: 'life.legalRemaining', inputs: { filingDate: '2015-03-10', valuationDate: '2024-12-31', termYears: 20 }, expected: { days: 3722 }, tolerance: { abs: 5 } }
    expect(runCase(days).status).toBe('failed')
    expect(runCase({ ...days, expected: { days: 3721 } }).status).toBe('passed')
  })

  it('takes the larger of the absolute and the relative tolerance', () => {
    expect(runCase({ ...npv, expected: { npv: 122.9 }, tolerance: { abs: 0.01 } }).status).toBe('passed')
    expect(runCase({ ...npv, expected: { npv: 122.9 }, tolerance: { rel: 1e-4 } }).status).toBe('passed')
    expect(runCase({ ...npv, expected: { npv: 122.9 }, tolerance: { rel: 1e-6, abs: 1e-3 } }).status).toBe('failed')
  })

  it('skips, never passes, a method that it lacks, object members included', () => {
    for (const method of ['unheard.of', 'toString', '__proto__']) expect(runCase({ ...npv, method }).status).toBe('skipped')
  })

  it('ignores only the key that the schema says to ignore', () => {
    const several: VectorCase = { id: 'tvm-07', method: 'irr.multiple', inputs: { cashflowsFromT0: [-100, 100, 0, -7], search: [-0.99, 5] }, expected: { roots: [-0.6788943736323865, -0.08329966618493273], signChanges: 2, reported: 99 }, tolerance: { abs: 1e-8 } }
    expect(runCase(several).status).toBe('passed')
    expect(runCase({ ...several, expected: { ...several.expected, signChanges: 3 } }).status).toBe('failed')
  })

  it('counts a family and refuses what is not a list of cases', () => {
    const report = runFamily('tvm', [npv, none, { ...npv, expected: { npv: 1 } }, { ...npv, method: 'unheard.of' }])
    expect(report).toMatchObject({ ok: true, value: { family: 'tvm', passed: 2, failed: 1, skipped: 1 } })
    for (const content of [null, {}, [{ id: 'x' }], 'text']) expect(runFamily('tvm', content)).toMatchObject({ ok: false, fault: { code: 'vectors-unreadable', details: { family: 'tvm' } } })
  })
})

describe('wrong prints', () => {
  // Published figures that do not follow from their own inputs: the engine gives the correct one.
  it.each<[id: string, method: string, inputs: Readonly<Record<string, unknown>>, key: string, correct: number, printed: number]>([
    ['flagged-x01', 'pv.annuity', { payment: 200000, rate: 0.18, periods: 10, timing: 'end' }, 'pv', 898817.2589848825, 898264],
    ['flagged-x06', 'xnpv', { rate: 0.09, values: [-10000, 2750, 4250, 3250, 2750], dates: ['2008-01-01', '2008-03-01', '2008-10-30', '2009-02-15', '2009-04-01'] }, 'xnpv', 2086.647602031535, 2086.6719],
    ['flagged-x12', 'discount.requiredRoi', { multiple: 5, dilution: 0.75, years: 4 }, 'rate', 1.1147425268811282, 1.1474],
    ['flagged-x10', 'techContribution.total', { businessValue: 72868, technologyValue: 25503 }, 'technologyValueIsPartOfBusinessValue', 72868, 98371],
  ])('%s', (id, method, inputs, key, correct, printed) => {
    expect(runCase({ id, method, inputs, expected: { [key]: correct }, tolerance: tight }).status).toBe('passed')
    expect(runCase({ id, method, inputs, expected: { [key]: printed }, tolerance: tight }).status).toBe('failed')
  })
})

/** Every method of the published schema of cases. */
const published = `
  chiSquare.sf cohenKappa cronbachAlpha delphi.consensus fSf fleissKappa icc kappa.pairwise kendallW kendallW.fromRankSums krippendorff lawsheCvr
  ahp.columnMean ahp.direct ahp.eigen ahp.gci ahp.geometricMean ahp.group ahp.hierarchy ahp.hierarchy3 ahp.incomplete ahp.intransitive ahp.validate
  cost.capitalised cost.compare cost.components cost.curable cost.indexed cost.kibo cost.rcnld cost.replacement cost.reproduction cost.vn
  cost.vnInvestment depreciation.db depreciation.ddb depreciation.straightLine depreciation.syd obsolescence.decay beta.blume beta.regression
  beta.relever beta.unlever discount.buildup discount.capm discount.kiat discount.kiatPremium discount.requiredRoi discount.wacc discount.wara
  discount.wara.impliedResidual rate.currency rate.fromMultiple cac cac.levelPayment customer.cohort distributor excess.singlePeriod greenfield mpeem
  mpeem.full dist.pert.variance kendallW.bound option.american.approximation techContribution.total dcf dcf.terminal fcf premiumProfit
  premiumProfit.costSaving profitSplit techContribution techContribution.multi techContribution.value withWithout withWithout.probability
  withWithout.rampUp life.attrition life.byValueShare life.fromObsolescence life.legalRemaining life.minimum life.partialYears life.remaining
  life.weibull tct market.adjustmentGrid market.comparables market.grossNetAdjustment market.regression market.timeAdjusted royalty.capitalisation
  royalty.selection royalty.twentyFivePercent stats.centre stats.dispersion stats.percentile stats.quartiles stats.trimmedMean saw.minmax topsis
  weightedSum weights.critic weights.entropy cholesky correlation.apply correlation.lognormal correlation.nearest correlation.spearmanToPearson
  correlation.validate dist.beta dist.lognormal dist.lognormal.fromMoments dist.normal dist.pert dist.triangular dist.uniform rng.mt19937 rng.pcg32
  rng.splitmix64 rng.xoshiro256starstar simulate.perpetuity simulate.product simulate.trialsNeeded stats.correlation stats.percentileCi stats.shape
  stats.spearman option.blackScholes option.greek option.lattice realOption.abandon realOption.choose realOption.compound realOption.contract
  realOption.defer realOption.exchange realOption.expand realOption.patent realOption.volatilityFromReturns realOption.volatilityFromScenarios
  ipscore.radar ipscore.shape ipscore.values irl.profile mrl.validate score.missing srl trl.gate trl.percentGate trl.system trl.validate rfr rfr.decay
  rfr.payments rfr.tiered royalty.fromContribution decisionTree rnpv rnpv.cumulative rnpv.gateValue rnpv.impliedRate rnpv.scalarProbability
  stageGate.abandon breakEven reconcile reconcile.inverseVariance scenario tornado twoWay tab.compare tab.factor tab.onGivenValue tab.schedule
  tab.taxLifeDiffers tab.value fv.annuity fv.schedule fv.single irr irr.multiple mirr npv npv.both npv.excel payment periodsToTarget pv.annuity
  pv.growingAnnuity pv.perpetuity pv.single pv.varyingRates rate.cagr rate.effective rate.nominal rate.real terminal.gordon xirr xnpv
`

it('has an engine function for every published method, and no name besides', () => {
  expect(Object.keys(caseTable).toSorted()).toEqual(published.trim().split(/\s+/).toSorted())
})
