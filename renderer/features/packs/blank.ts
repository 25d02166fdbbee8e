import type { ChecklistPack, Question, Section } from '../../../shared/rulepack/schema.ts'
import type { Criterion, Reference, Scoring } from '../../../shared/rulepack/scoring.ts'
import { questionsOf } from '../../../shared/rulepack/load.ts'
import { freshId } from './paths.ts'

const empty = () => ({ vi: '', en: '' })
const noEvidence = () => ({ least: 0, hints: [] })

export const questionTypes = ['yesNo', 'choice', 'level', 'number', 'money', 'date', 'text', 'table', 'computed'] as const
export type QuestionType = (typeof questionTypes)[number]

/** A blank choice of a question. */
export const blankOption = (index: number) => ({ value: `lua-chon-${index + 1}`, text: empty() })
export const blankLevel = (index: number) => ({ value: index + 1, text: empty() })
export const blankColumn = (index: number) => ({ id: `cot-${index + 1}`, text: empty(), type: 'text', required: false })
/** A column of a table question as another type, with what both types have in common. */
export const asColumn = (entry: unknown, type: string): unknown => {
  const { id, text, symbol, inReport, unit } = { id: 'cot', text: empty(), symbol: undefined, inReport: undefined, unit: '', ...(typeof entry === 'object' ? entry : {}) }
  const base = { id, text, type, ...(symbol === undefined ? {} : { symbol }), ...(inReport === undefined ? {} : { inReport }) }
  if (type === 'computed') return { ...base, expression: '', unit }
  return { ...base, required: false, ...(type === 'number' ? { unit } : {}), ...(type === 'choice' ? { options: [blankOption(0), blankOption(1)] } : {}) }
}
export const blankReferenceColumn = (index: number) => ({ id: `cot-${index + 1}`, text: empty(), type: 'text', key: false, unit: '' })
export const blankRow = () => ({ text: empty(), when: '', points: 0 })
export const blankPart = (index: number) => ({ id: `phan-${index + 1}`, combine: 'firstMatch', rows: [blankRow()] })

/** A question of another type with what both types have in common. */
export const asType = (question: Question, type: QuestionType): Question => {
  const { id, label, text, guidance, basis, evidence, required, waivable, showWhen, symbol, reading, inReport, recommendation } = question
  const base = {
    id, label, text, guidance, basis, required, waivable,
    ...(evidence === undefined ? {} : { evidence }), ...(showWhen === undefined ? {} : { showWhen }), ...(symbol === undefined ? {} : { symbol }),
    ...(reading === undefined ? {} : { reading }), ...(inReport === undefined ? {} : { inReport }), ...(recommendation === undefined ? {} : { recommendation }),
  }
  const options = 'options' in question && question.options !== undefined ? question.options.map((option) => ({ ...option })) : [blankOption(0), blankOption(1)]
  switch (type) {
    case 'yesNo':
      return { ...base, type }
    case 'choice':
      return { ...base, type, multiple: false, options }
    case 'level':
      return { ...base, type, levels: [blankLevel(0), blankLevel(1), blankLevel(2)] }
    case 'number':
    case 'money':
      return { ...base, type, unit: 'unit' in question ? question.unit : type === 'money' ? 'VND' : '' }
    case 'date':
      return { ...base, type }
    case 'text':
      return { ...base, type, maxLength: 2000 }
    case 'table':
      return { ...base, type, columns: [{ id: 'cot-1', text: empty(), type: 'text', required: true }], minRows: 0, maxRows: 50 }
    case 'computed':
      return { ...base, type, unit: '', expression: '', required: false, waivable: false }
  }
}

const idsOf = (pack: ChecklistPack): readonly string[] => [...pack.sections.map(({ id }) => id), ...questionsOf(pack).map(({ id }) => id), ...pack.sections.flatMap(({ criteria }) => (criteria ?? []).map(({ id }) => id))]

export const blankQuestion = (pack: ChecklistPack, section: Section | undefined, type: QuestionType): Question => {
  const place = `${pack.sections.findIndex(({ id }) => id === section?.id) + 1}.${(section?.questions.length ?? 0) + 1}`
  const base: Question = { id: freshId(`c${place.replace('.', '-')}`, idsOf(pack)), label: place, text: empty(), guidance: empty(), basis: [], required: true, waivable: true, type: 'yesNo' }
  return asType(base, type)
}

export const blankSection = (pack: ChecklistPack): Section => {
  const section: Section = { id: freshId(`muc-${pack.sections.length + 1}`, idsOf(pack)), title: empty(), intro: empty(), evidence: noEvidence(), waivable: false, questions: [] }
  const withPack = { ...pack, sections: [...pack.sections, section] }
  return { ...section, questions: [blankQuestion(withPack, section, 'yesNo')] }
}

export const blankCriterion = (pack: ChecklistPack, section: Section | undefined): Criterion => ({
  id: freshId(`tc-${(section?.criteria ?? []).length + 1}`, idsOf(pack)), label: `TC${(section?.criteria ?? []).length + 1}`, text: empty(), guidance: empty(), basis: [], maximum: 5,
  parts: [{ id: 'phan-1', combine: 'firstMatch', rows: [blankRow()] }],
})

export const blankReference = (pack: ChecklistPack): Reference => ({
  id: freshId('bang-1', (pack.references ?? []).map(({ id }) => id)), title: empty(), guidance: empty(), basis: [], pick: 'one', missing: empty(),
  columns: [{ id: 'ma', text: empty(), type: 'text', key: true, unit: '' }, { id: 'gia-tri', text: empty(), symbol: 'Kchuan', type: 'number', key: false, unit: '' }],
})

export const blankFigure = (index: number) => ({ id: `chi-so-${index + 1}`, symbol: `H${index + 1}`, text: empty(), unit: '', decimals: 2, expression: 'total', basis: [] })
export const blankRuledClass = (index: number) => ({ id: `muc-xep-${index + 1}`, text: empty(), when: '' })
export const blankGap = (index: number) => ({ id: `khoang-${index + 1}`, text: empty(), when: '' })
export const blankClass = (index: number) => ({ id: `muc-xep-${index + 1}`, text: empty(), from: index * 10 })
export const blankNode = (index: number) => ({ id: `nhanh-${index + 1}`, text: empty(), weight: 1 })
export const blankSource = (index: number) => ({ id: `can-cu-${index + 1}`, kind: 'circular', number: '', title: empty(), issued: '', effectiveFrom: '', effectiveTo: '', status: 'inForce', mark: 'memory' })

export const blankSeat = (index: number) => ({ id: `thanh-phan-${index + 1}`, text: empty(), least: 1, basis: [] })
export const blankGroup = (index: number) => ({ id: `nhom-${index + 1}`, text: empty(), max: 10 })
export const blankCouncilCriterion = (index: number) => ({ id: `tieu-chi-${index + 1}`, text: empty(), guidance: empty(), max: 10, group: 'nhom-1' })
export const blankCouncilScoring = () => ({ maximum: 10, groups: [blankGroup(0)], criteria: [blankCouncilCriterion(0)], basis: [] })

/** Another way of scoring, with what both ways have in common. */
export const scoringAs = (scoring: Scoring, by: Scoring['by'], sections: number): Scoring => {
  const { basis } = scoring
  const maximum = 'maximum' in scoring && scoring.maximum !== null ? scoring.maximum : 100
  switch (by) {
    case 'levels':
      return { by, scale: 'TRL', lowest: 1, highest: Math.max(1, sections), basis }
    case 'points':
      return { by, maximum, classes: [], basis }
    case 'rules':
      return { by, maximum, figures: [], classes: [], gaps: [], basis }
    case 'weighted':
      return { by, tree: [blankNode(0)], classes: [], basis, coverage: 1 }
  }
}

/** A pack to begin with: one section, one question, points added up. */
export const blankPack = (id: string): ChecklistPack => {
  const pack: ChecklistPack = {
    format: 'luong-gia-pack/2', id, version: '1.0.0', title: empty(), description: empty(), use: 'checklist', kinds: ['readiness'], sources: [],
    scoring: { by: 'points', maximum: 100, classes: [], basis: [] }, sections: [],
  }
  return { ...pack, sections: [blankSection(pack)] }
}

/** The version after this one: the middle number counts what is added, the last what is only corrected. */
export const nextVersion = (version: string, taken: readonly string[]): string => {
  const [major = 1, minor = 0] = version.split('.').map(Number)
  for (let n = minor + 1; ; n += 1) {
    const next = `${major}.${n}.0`
    if (!taken.includes(next)) return next
  }
}
