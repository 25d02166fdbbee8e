import type { PlainKey } from '../../../shared/i18n/text.ts'
import type { packFormVi } from '../../../shared/i18n/vi/pack-form.ts'
import { asColumn, blankClass, blankColumn, blankCouncilCriterion, blankCouncilScoring, blankFigure, blankGroup, blankSeat, blankGap, blankLevel, blankNode, blankOption, blankPart, blankReferenceColumn, blankRow, blankRuledClass, blankSource } from './blank.ts'

export type Word = PlainKey<typeof packFormVi>

/** One field of a form over a part of a draft, by what it holds. */
export type FieldSpec = { readonly key: string; readonly label: Word; readonly help?: Word } & (
  | { readonly type: 'text'; readonly lines?: number; readonly optional?: boolean }
  | { readonly type: 'line'; readonly optional?: boolean }
  | { readonly type: 'number'; readonly optional?: boolean }
  /** A number that may be left open on purpose: null. */
  | { readonly type: 'openNumber' }
  | { readonly type: 'date' | 'flag' | 'optionalFlag' | 'basis' | 'condition' | 'kinds' | 'texts' | 'record' | 'question' }
  | { readonly type: 'formula' }
  | { readonly type: 'choice'; readonly choices: readonly { readonly value: string; readonly label: Word }[]; readonly optional?: boolean; /** The whole entry as it must be with this choice. */ readonly becomes?: (entry: unknown, value: string) => unknown }
  /** `absent` is what stands there while an optional group is left out. */
  | { readonly type: 'group'; readonly fields: readonly FieldSpec[]; readonly optional?: () => unknown; readonly absent?: null }
  /** Several of a few; left out when none is ticked. */
  | { readonly type: 'set'; readonly choices: readonly { readonly value: string; readonly label: Word }[] }
  | { readonly type: 'list'; readonly fields: (entry: unknown) => readonly FieldSpec[]; readonly blank: (index: number) => unknown; readonly add: Word; readonly entry: Word; readonly optional?: boolean }
)

const text = (key: string, label: Word, lines = 2, optional = false): FieldSpec => ({ key, label, type: 'text', lines, optional })
const line = (key: string, label: Word, help?: Word, optional = false): FieldSpec => ({ key, label, type: 'line', optional, ...(help === undefined ? {} : { help }) })
const number = (key: string, label: Word, optional = false, help?: Word): FieldSpec => ({ key, label, type: 'number', optional, ...(help === undefined ? {} : { help }) })
const basis: FieldSpec = { key: 'basis', label: 'basis', type: 'basis' }
const id = line('id', 'id', 'idHelp')
const symbol = line('symbol', 'symbol', 'symbolHelp', true)

const evidenceFields: readonly FieldSpec[] = [number('least', 'evidenceLeast'), { key: 'hints', label: 'evidenceHints', type: 'texts' }]

export const headFields: readonly FieldSpec[] = [
  line('id', 'packId', 'packIdHelp'), line('version', 'version', 'versionHelp'),
  text('title', 'title', 1), text('description', 'description', 2),
  { key: 'kinds', label: 'kinds', type: 'kinds' },
  { key: 'place', label: 'place', type: 'choice', optional: true, choices: [{ value: 'main', label: 'placeMain' }, { value: 'beside', label: 'placeBeside' }] },
  { key: 'usesCalendar', label: 'usesCalendar', type: 'optionalFlag' },
  { key: 'needsConsent', label: 'needsConsent', type: 'group', optional: () => ({ basis: [] }), fields: [basis] },
]

const sourceFields: readonly FieldSpec[] = [
  line('number', 'sourceNumber', 'sourceNumberHelp'), id,
  { key: 'kind', label: 'sourceKind', type: 'choice', choices: (['law', 'decree', 'circular', 'decision', 'standard', 'practice'] as const).map((value) => ({ value, label: `sourceKind.${value}` as const })) },
  text('title', 'title', 1),
  { key: 'issued', label: 'issued', type: 'date' }, { key: 'effectiveFrom', label: 'effectiveFrom', type: 'date' }, { key: 'effectiveTo', label: 'effectiveTo', type: 'date' },
  { key: 'status', label: 'status', type: 'choice', choices: (['inForce', 'amended', 'replaced', 'draft', 'unconfirmed', 'voluntary'] as const).map((value) => ({ value, label: `status.${value}` as const })) },
  { key: 'mark', label: 'mark', type: 'choice', choices: (['verified', 'secondary', 'derived', 'memory'] as const).map((value) => ({ value, label: `mark.${value}` as const })) },
  text('note', 'note', 1, true),
]
/** Form of a source in the local register, which also knows what took its place. */
export const registerFields: readonly FieldSpec[] = [...sourceFields.filter(({ key }) => key !== 'id'), line('replacedBy', 'replacedBy', 'sourceNumberHelp', true)]

export const sourcesFields: readonly FieldSpec[] = [{ key: 'sources', label: 'sources', type: 'list', fields: () => sourceFields, blank: blankSource, add: 'addSource', entry: 'source' }]

/** Head of a council rule: what concerns checklists alone is left out. */
export const councilHeadFields: readonly FieldSpec[] = headFields.filter(({ key }) => ['id', 'version', 'title', 'description'].includes(key))

const roles = ['chair', 'deputyChair', 'secretary', 'reviewer', 'member'] as const
const fields = ['stateAgency', 'technology', 'commercialisation', 'ipLaw', 'enterprise', 'investment', 'valuation', 'finance'] as const
const share: FieldSpec = { key: 'share', label: 'share', type: 'group', fields: [number('numerator', 'numerator'), number('denominator', 'denominator')] }

/** Form of the rule of a council. */
export const councilFields: readonly FieldSpec[] = [
  { key: 'size', label: 'councilSize', type: 'group', fields: [number('min', 'sizeMin'), { key: 'max', label: 'sizeMax', type: 'openNumber' }] },
  {
    key: 'seats', label: 'seats', type: 'list', blank: blankSeat, add: 'addSeat', entry: 'seat', fields: () => [
      text('text', 'text', 1), id, number('least', 'seatLeast'), number('yearsOver', 'yearsOver', true),
      { key: 'roles', label: 'roles', type: 'set', choices: roles.map((value) => ({ value, label: `role.${value}` as const })) },
      { key: 'expertise', label: 'expertise', type: 'set', choices: fields.map((value) => ({ value, label: `expertise.${value}` as const })) },
      basis,
    ],
  },
  { key: 'certified', label: 'certified', type: 'group', absent: null, optional: () => ({ share: { numerator: 1, denominator: 3 }, chair: true, basis: [] }), fields: [share, { key: 'chair', label: 'certifiedChair', type: 'flag' }, basis] },
  {
    key: 'quorum', label: 'quorum', type: 'group', fields: [
      share, { key: 'chairedBy', label: 'chairedBy', type: 'choice', choices: [{ value: 'chair', label: 'chairedBy.chair' }, { value: 'chairOrDeputy', label: 'chairedBy.chairOrDeputy' }] },
      { key: 'allByBallot', label: 'allByBallot', type: 'flag' }, basis,
    ],
  },
  { key: 'absentBallots', label: 'absentBallots', type: 'flag' },
  {
    key: 'decision', label: 'decision', type: 'group', fields: [
      share, { key: 'base', label: 'decisionBase', type: 'choice', choices: [{ value: 'allMembers', label: 'base.allMembers' }, { value: 'presentMembers', label: 'base.presentMembers' }] },
      { key: 'strict', label: 'strict', type: 'flag' }, { key: 'tie', label: 'tie', type: 'choice', choices: [{ value: 'chair', label: 'tie.chair' }, { value: 'rejected', label: 'tie.rejected' }] }, basis,
    ],
  },
  {
    key: 'scoring', label: 'councilScoring', type: 'group', absent: null, optional: blankCouncilScoring, fields: [
      number('maximum', 'maximum'),
      { key: 'groups', label: 'groups', type: 'list', blank: blankGroup, add: 'addGroup', entry: 'group', fields: () => [text('text', 'text', 1), id, number('max', 'maximum')] },
      { key: 'criteria', label: 'criteria', type: 'list', blank: blankCouncilCriterion, add: 'addCouncilCriterion', entry: 'criterion', fields: () => [text('text', 'text', 1), text('guidance', 'guidance', 1), id, line('group', 'groupId'), number('max', 'maximum')] },
      basis,
    ],
  },
]

export const sectionFields: readonly FieldSpec[] = [
  text('title', 'title', 1), text('intro', 'intro', 2), id, symbol, number('maximum', 'maximum', true), number('cap', 'cap', true), number('level', 'level', true, 'levelHelp'),
  { key: 'waivable', label: 'waivable', type: 'flag' },
  { key: 'evidence', label: 'evidence', type: 'group', fields: evidenceFields },
]

const optionFields: readonly FieldSpec[] = [line('value', 'optionValue'), text('text', 'text', 1), number('points', 'points', true), number('stands', 'stands', true)]
const plainOptions: FieldSpec = { key: 'options', label: 'optionNames', type: 'list', optional: true, fields: () => [line('value', 'optionValue'), text('text', 'text', 1)], blank: blankOption, add: 'addOption', entry: 'option' }
const quantity: readonly FieldSpec[] = [line('unit', 'unit'), text('period', 'period', 1, true), number('min', 'min', true), number('max', 'max', true)]

const columnTypes = ['text', 'number', 'date', 'yesNo', 'choice', 'computed'] as const
const typeOf = (entry: unknown): string => (typeof entry === 'object' && entry !== null && 'type' in entry && typeof entry.type === 'string' ? entry.type : '')
const columnFields = (entry: unknown): readonly FieldSpec[] => {
  const type = typeOf(entry)
  return [
    text('text', 'text', 1), id, symbol,
    { key: 'type', label: 'columnType', type: 'choice', becomes: asColumn, choices: columnTypes.map((value) => ({ value, label: `column.${value}` as const })) },
    ...(type === 'computed' ? [{ key: 'expression', label: 'formula', type: 'formula' } as const, line('unit', 'unit'), number('decimals', 'decimals', true)] : [{ key: 'required', label: 'requiredCell', type: 'flag' } as const]),
    ...(type === 'number' ? [line('unit', 'unit'), number('min', 'min', true), number('max', 'max', true)] : []),
    ...(type === 'choice' ? [{ ...plainOptions, label: 'options' as const, optional: false }] : []),
    { key: 'inReport', label: 'inReportColumn', type: 'optionalFlag' },
  ]
}

const byType: Readonly<Record<string, readonly FieldSpec[]>> = {
  yesNo: [{ key: 'points', label: 'yesNoPoints', type: 'group', optional: () => ({ yes: 1, no: 0 }), fields: [number('yes', 'pointsYes'), number('no', 'pointsNo')] }],
  level: [{ key: 'levels', label: 'levels', type: 'list', fields: () => [number('value', 'levelValue'), text('text', 'text', 1), number('points', 'points', true), number('stands', 'stands', true)], blank: blankLevel, add: 'addLevel', entry: 'levelEntry' }],
  choice: [{ key: 'multiple', label: 'multiple', type: 'flag' }, { key: 'options', label: 'options', type: 'list', fields: () => optionFields, blank: blankOption, add: 'addOption', entry: 'option' }, number('cap', 'cap', true)],
  number: [...quantity, number('decimals', 'decimals', true), { key: 'bands', label: 'bands', help: 'bandsHelp', type: 'list', optional: true, fields: () => [number('from', 'from'), number('points', 'points')], blank: (index) => ({ from: -index, points: 0 }), add: 'addBand', entry: 'band' }],
  money: quantity,
  date: [],
  text: [number('maxLength', 'maxLength')],
  table: [{ key: 'columns', label: 'columns', type: 'list', fields: columnFields, blank: blankColumn, add: 'addColumn', entry: 'columnEntry' }, number('minRows', 'minRows'), number('maxRows', 'maxRows')],
  computed: [{ key: 'expression', label: 'formula', type: 'formula' }, line('unit', 'unit'), number('decimals', 'decimals', true), plainOptions],
}

/** Form of a question; what depends on its type stands after its wording. */
export const questionFields = (question: unknown): readonly FieldSpec[] => [
  line('label', 'label', 'labelHelp'), id, symbol,
  text('text', 'questionText', 2), text('guidance', 'guidance', 3),
  ...(byType[typeOf(question)] ?? []),
  basis,
  { key: 'required', label: 'required', type: 'flag' }, { key: 'waivable', label: 'waivable', type: 'flag' }, { key: 'reading', label: 'reading', type: 'optionalFlag' }, { key: 'inReport', label: 'inReport', type: 'optionalFlag' },
  { key: 'evidence', label: 'evidence', type: 'group', optional: () => ({ least: 1, hints: [] }), fields: evidenceFields },
  { key: 'showWhen', label: 'showWhen', type: 'condition' },
  text('recommendation', 'recommendation', 2, true),
]

export const criterionFields: readonly FieldSpec[] = [
  line('label', 'label', 'labelHelp'), id, symbol, number('maximum', 'maximum'),
  text('text', 'text', 1), text('guidance', 'guidance', 2), basis,
  {
    key: 'parts', label: 'parts', type: 'list', blank: blankPart, add: 'addPart', entry: 'part', fields: () => [
      id, text('text', 'partText', 1, true),
      { key: 'combine', label: 'combine', type: 'choice', choices: [{ value: 'firstMatch', label: 'combine.firstMatch' }, { value: 'sum', label: 'combine.sum' }, { value: 'highest', label: 'combine.highest' }] },
      number('cap', 'cap', true),
      { key: 'rows', label: 'rows', type: 'list', blank: blankRow, add: 'addRow', entry: 'row', fields: () => [text('text', 'text', 1), { key: 'when', label: 'when', type: 'formula' }, number('points', 'points')] },
    ],
  },
  text('recommendation', 'recommendation', 2, true),
]

export const referenceFields: readonly FieldSpec[] = [
  text('title', 'title', 1), text('guidance', 'guidance', 2), id, symbol,
  { key: 'pick', label: 'pick', type: 'choice', choices: [{ value: 'one', label: 'pick.one' }, { value: 'many', label: 'pick.many' }] },
  text('missing', 'missing', 1), basis,
  {
    key: 'columns', label: 'columns', type: 'list', blank: blankReferenceColumn, add: 'addColumn', entry: 'columnEntry', fields: () => [
      text('text', 'text', 1), id, symbol,
      { key: 'type', label: 'columnType', type: 'choice', choices: [{ value: 'text', label: 'column.text' }, { value: 'number', label: 'column.number' }] },
      { key: 'key', label: 'columnKey', type: 'flag' }, line('unit', 'unit'), number('min', 'min', true),
    ],
  },
]

const classFields: readonly FieldSpec[] = [text('text', 'text', 1), id, number('from', 'from')]
const nodeFields: readonly FieldSpec[] = [
  text('text', 'text', 1), id, number('weight', 'weight', true), { key: 'question', label: 'scoredQuestion', type: 'question' },
  { key: 'children', label: 'branches', type: 'list', optional: true, fields: () => nodeFields, blank: blankNode, add: 'addBranch', entry: 'branch' },
]
const classes: FieldSpec = { key: 'classes', label: 'classes', type: 'list', fields: () => classFields, blank: blankClass, add: 'addClass', entry: 'class' }
const tone: FieldSpec = { key: 'tone', label: 'tone', type: 'choice', optional: true, choices: [{ value: 'good', label: 'tone.good' }, { value: 'fair', label: 'tone.fair' }, { value: 'poor', label: 'tone.poor' }] }

const scoringByWay: Readonly<Record<string, readonly FieldSpec[]>> = {
  levels: [line('scale', 'scale'), number('lowest', 'lowest'), number('highest', 'highest'), basis],
  points: [number('maximum', 'maximum'), classes, basis],
  rules: [
    { key: 'maximum', label: 'maximum', type: 'openNumber' },
    { key: 'figures', label: 'figures', type: 'list', blank: blankFigure, add: 'addFigure', entry: 'figure', fields: () => [text('text', 'text', 1), id, line('symbol', 'symbol', 'symbolHelp'), line('unit', 'unit'), number('decimals', 'decimals'), { key: 'expression', label: 'formula', type: 'formula' }, basis, text('note', 'note', 1, true)] },
    { key: 'classes', label: 'classes', help: 'classesHelp', type: 'list', blank: blankRuledClass, add: 'addClass', entry: 'class', fields: () => [text('text', 'text', 1), id, { key: 'when', label: 'when', type: 'formula' }, { key: 'least', label: 'leastNumbers', help: 'leastNumbersHelp', type: 'record' }, tone] },
    { key: 'gaps', label: 'gaps', help: 'gapsHelp', type: 'list', blank: blankGap, add: 'addGap', entry: 'gap', fields: () => [text('text', 'text', 1), id, { key: 'when', label: 'when', type: 'formula' }] },
    basis,
  ],
  weighted: [{ key: 'tree', label: 'tree', type: 'list', fields: () => nodeFields, blank: blankNode, add: 'addBranch', entry: 'branch' }, classes, number('coverage', 'coverage', false, 'coverageHelp'), basis],
}
export const scoringFields = (by: string): readonly FieldSpec[] => scoringByWay[by] ?? []

