import { num, type CaseTable } from './read.ts'

/** Methods that only the family of wrong prints uses; the other flagged cases run through their own families. */
export const flaggedCases: CaseTable = {
  // The technology value is inside the business value, so the whole stays the business value.
  'techContribution.total': (inputs) => ({ technologyValueIsPartOfBusinessValue: Math.max(num(inputs, 'businessValue'), num(inputs, 'technologyValue')) }),
}
