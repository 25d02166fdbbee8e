import type { MethodSpec } from '../figure.ts'
import { historicalCostMethod, replacementCostMethod, reproductionCostMethod, stateInvestmentMethod } from './cost.ts'
import { cashFlowMethod, greenfieldMethod } from './dcf.ts'
import { exchangeOptionMethod } from './exchange-option.ts'
import { costSavingMethod, premiumProfitMethod, profitSplitMethod, withWithoutMethod } from './incremental.ts'
import { capitalisedRoyaltyMethod, comparablesMethod } from './market.ts'
import { distributorMethod, excessEarningsMethod } from './mpeem.ts'
import { optionTreeMethod } from './option-tree.ts'
import { realOptionMethod } from './real-option.ts'
import { reliefFromRoyaltyMethod } from './rfr.ts'
import { riskAdjustedMethod } from './rnpv.ts'
import { stagedOptionMethod } from './staged-option.ts'
import { technologyContributionMethod } from './technology-contribution.ts'

/** Every valuation method of this version, in the order in which the picker shows them. */
export const methods: readonly MethodSpec[] = [
  reliefFromRoyaltyMethod,
  excessEarningsMethod,
  premiumProfitMethod,
  costSavingMethod,
  withWithoutMethod,
  profitSplitMethod,
  technologyContributionMethod,
  cashFlowMethod,
  greenfieldMethod,
  distributorMethod,
  riskAdjustedMethod,
  realOptionMethod,
  optionTreeMethod,
  stagedOptionMethod,
  exchangeOptionMethod,
  replacementCostMethod,
  reproductionCostMethod,
  stateInvestmentMethod,
  historicalCostMethod,
  comparablesMethod,
  capitalisedRoyaltyMethod,
]

/** The method of an id such as `rfr/1`, or undefined when this version does not have it. */
export const methodById = (id: string): MethodSpec | undefined => methods.find((method) => method.id === id)
