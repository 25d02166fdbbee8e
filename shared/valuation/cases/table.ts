import type { CaseTable } from './read.ts'
import { rfrCases } from './rfr.ts'
import { tabCases } from './tab.ts'
import { tvmCases } from './tvm.ts'

/** Every method name of the published cases and the engine function that answers it. */
export const caseTable: CaseTable = {
  ...tvmCases,
  ...rfrCases,
  ...tabCases,
}
