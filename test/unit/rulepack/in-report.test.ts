import { describe, expect, it } from 'vitest'
import { questionsOf } from '../../../shared/rulepack/load.ts'
import { checklistNamed } from './answering.ts'

/** What a reader of the report must find beside the result, by pack: the questions, and for tables how many columns fit the page. */
const beside: Readonly<Record<string, readonly string[]>> = {
  'project-policy': ['authority', 'options', 'due', 'answered-on', 'opinion-state', 'opinion', 'conditions', 'dissent'],
  'project-decision': ['authority', 'options', 'due', 'answered-on', 'opinion-state', 'opinion', 'conditions', 'dissent'],
  inspection: ['contract-number', 'technology-scope', 'inspection-from', 'inspection-to', 'inspectors', 'method-document', 'certificate-form', 'operating-conditions', 'indicator-table', 'nonconformity-list', 'inspection-conclusion'],
  'kth-irl': ['weakest', 'uneven', 'next-step'],
  'system-readiness': ['elements', 'links', 'plan', 'last-date', 'immature-element', 'weak-link'],
  esr: ['risks', 'review-conclusion'],
  'ip-review': ['rights', 'blocking', 'encumbrances', 'no-fto', 'short-life', 'nothing-in-force', 'open-dispute'],
}

describe('what packs put beside the result', () => {
  it.each(Object.entries(beside))('%s: opinions, conclusions and the tables they rest on', (id, expected) => {
    const { pack } = checklistNamed(id)
    const marked = questionsOf(pack).filter(({ inReport }) => inReport === true)
    expect(marked.map((question) => question.id).toSorted()).toEqual(expected.toSorted())
    for (const question of marked) {
      if (question.type !== 'table') continue
      const columns = question.columns.filter(({ inReport }) => inReport === true)
      expect(columns.length, question.id).toBeGreaterThan(1)
      expect(columns.length, question.id).toBeLessThanOrEqual(8)
      // The first column names the row.
      expect(columns[0]?.id, question.id).toBe(question.columns[0]?.id)
    }
  })
})
