import { agreementCases } from './agreement.ts'
import { ahpCases } from './ahp.ts'
import { costCases } from './cost.ts'
import { discountRateCases } from './discount-rate.ts'
import { excessEarningsCases } from './excess-earnings.ts'
import { flaggedCases } from './flagged.ts'
import { incomeOtherCases } from './income-other.ts'
import { lifeCases } from './life.ts'
import { marketCases } from './market.ts'
import { mcdaCases } from './mcda.ts'
import { monteCarloCases } from './monte-carlo.ts'
import { optionCases } from './options.ts'
import type { CaseTable } from './read.ts'
import { readinessCases } from './readiness.ts'
import { rfrCases } from './rfr.ts'
import { rnpvCases } from './rnpv.ts'
import { sensitivityCases } from './sensitivity.ts'
import { tabCases } from './tab.ts'
import { tvmCases } from './tvm.ts'

/** Every method name of the published cases and the engine function that answers it. */
export const caseTable: CaseTable = {
  ...tvmCases,
  ...rfrCases,
  ...tabCases,
  ...costCases,
  ...marketCases,
  ...incomeOtherCases,
  ...excessEarningsCases,
  ...discountRateCases,
  ...lifeCases,
  ...rnpvCases,
  ...sensitivityCases,
  ...readinessCases,
  ...agreementCases,
  ...ahpCases,
  ...mcdaCases,
  ...monteCarloCases,
  ...optionCases,
  ...flaggedCases,
}
