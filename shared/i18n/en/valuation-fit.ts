import type { Translation } from '../text.ts'
import type { valuationFitVi } from '../vi/valuation-fit.ts'

export const valuationFitEn: Translation<typeof valuationFitVi> = {
  facts: 'Grounds for the choice',
  judgedBy: 'Judged by readiness level {level}, purpose: {purpose}.',
  levelUnknown: 'not assessed',
  purposeUnknown: 'not chosen',
  dataAsk: 'Data at hand or sure to be obtained',
  suits: 'Fits this dossier',
  possible: 'Usable once more data are there',
  unlikely: 'Something speaks against it',
}
