import type { Text } from '../kernel/fault-shape.ts'
import { faultText } from '../kernel/faults.ts'
import { inputsStayFew, mostSteps, stepsOfPack } from './cost.ts'
import { packNames, totalName } from './scope.ts'
import type { ChecklistPack, Condition, CouncilPack, Question, RulePack } from './schema.ts'
import type { TreeNode } from './scoring.ts'

/** One thing wrong with a pack: the id it concerns, where that stands in the pack, and a sentence for the officer. */
export interface PackProblem {
  readonly where: string
  readonly path: readonly (string | number)[]
  readonly text: Text
}

type Path = PackProblem['path']
const problem = (where: string, path: Path, vi: string, en: string): PackProblem => ({ where, path, text: { vi, en } })

const repeatedOf = <T>(items: readonly T[], key: (item: T) => string | number): readonly number[] => {
  const seen = new Set<string | number>()
  return items.flatMap((item, index) => {
    const again = seen.has(key(item))
    seen.add(key(item))
    return again ? [index] : []
  })
}

/** Every clause cited anywhere in the pack, found by the shape of a citation, with the path of what cites it. */
const citations = (value: unknown, path: Path): readonly { readonly source: string; readonly path: Path }[] => {
  if (Array.isArray(value)) return value.flatMap((entry: unknown, index) => citations(entry, [...path, index]))
  if (typeof value !== 'object' || value === null) return []
  if ('source' in value && 'clause' in value && typeof value.source === 'string') return [{ source: value.source, path }]
  return Object.entries(value).flatMap(([key, entry]) => citations(entry, [...path, key]))
}

interface Asked {
  readonly id: string
  readonly values: readonly (boolean | number | string)[]
}
const askedBy = (condition: Condition): readonly Asked[] => {
  if ('question' in condition) return [{ id: condition.question, values: 'is' in condition ? condition.is : [] }]
  if ('not' in condition) return askedBy(condition.not)
  return ('all' in condition ? condition.all : condition.any).flatMap(askedBy)
}

/** Whether a question can ever have this value. */
const canBe = (question: Question, value: boolean | number | string): boolean => {
  switch (question.type) {
    case 'yesNo':
      return typeof value === 'boolean'
    case 'level':
      return question.levels.some((level) => level.value === value)
    case 'choice':
      return question.options.some((option) => option.value === value)
    case 'number':
    case 'money':
      return typeof value === 'number'
    case 'date':
    case 'text':
      return typeof value === 'string'
    case 'table':
    case 'computed':
      return false
  }
}

const questionProblems = (question: Question, path: Path, before: ReadonlyMap<string, Question>): readonly PackProblem[] => {
  const found: PackProblem[] = []
  const note = (vi: string, en: string): void => {
    found.push(problem(question.id, path, vi, en))
  }
  // A condition may only look back: then branching cannot run in circles.
  for (const { id, values } of question.showWhen === undefined ? [] : askedBy(question.showWhen)) {
    const asked = before.get(id)
    if (asked === undefined) note(`Điều kiện hiện câu hỏi dựa vào “${id}”, không phải một câu hỏi đứng trước.`, `The condition rests on “${id}”, which is no earlier question.`)
    else if (asked.type === 'computed') note(`Điều kiện hiện câu hỏi dựa vào “${id}”, là kết quả tự tính chứ không phải câu trả lời.`, `The condition rests on “${id}”, which is computed and not answered.`)
    else if (!values.every((value) => canBe(asked, value))) note(`Điều kiện đòi “${id}” có một giá trị mà câu hỏi đó không bao giờ có.`, `The condition wants a value of “${id}” that this question can never have.`)
  }
  if (question.type === 'choice' || question.type === 'computed')
    for (const index of repeatedOf(question.options ?? [], ({ value }) => value)) note(`Lựa chọn thứ ${index + 1} trùng mã với một lựa chọn trước.`, `Choice ${index + 1} has the code of an earlier one.`)
  if (question.type === 'level')
    for (const index of repeatedOf(question.levels, ({ value }) => value)) note(`Mức thứ ${index + 1} trùng số với một mức trước.`, `Level ${index + 1} has the number of an earlier one.`)
  if ((question.type === 'number' || question.type === 'money') && question.min !== undefined && question.max !== undefined && question.min > question.max) note('Giá trị nhỏ nhất lớn hơn giá trị lớn nhất.', 'The smallest value is above the greatest.')
  if (question.type === 'number' && question.bands?.some((band, index, bands) => index > 0 && band.from >= (bands[index - 1]?.from ?? 0)) === true) note('Các ngưỡng điểm phải giảm dần từ trên xuống.', 'The thresholds of the bands must descend.')
  if (question.type === 'table') {
    if (question.minRows > question.maxRows) note('Số dòng tối thiểu lớn hơn số dòng tối đa.', 'The least number of rows is above the most.')
    for (const index of repeatedOf(question.columns, ({ id }) => id)) note(`Cột thứ ${index + 1} trùng mã với một cột trước.`, `Column ${index + 1} has the id of an earlier one.`)
    for (const column of question.columns)
      if (column.type === 'number' && column.min !== undefined && column.max !== undefined && column.min > column.max) note(`Cột “${column.id}”: giá trị nhỏ nhất lớn hơn giá trị lớn nhất.`, `Column “${column.id}”: the smallest value is above the greatest.`)
  }
  return found
}

const treeProblems = (tree: readonly TreeNode[], questions: ReadonlyMap<string, Question>): readonly PackProblem[] => {
  const seen = new Set<string>()
  const visit = (nodes: readonly TreeNode[], path: Path): readonly PackProblem[] => nodes.flatMap((node, index) => {
    const own: Path = [...path, index]
    const found: PackProblem[] = []
    if (seen.size === seen.add(node.id).size) found.push(problem(node.id, own, `Mã “${node.id}” trong cây tiêu chí bị trùng.`, `The id “${node.id}” occurs twice in the criteria tree.`))
    if ((node.question === undefined) === (node.children === undefined)) found.push(problem(node.id, own, 'Một nhánh của cây tiêu chí hoặc có nhánh con, hoặc chấm một câu hỏi; không cả hai và không trống.', 'A branch of the criteria tree either has branches or scores a question, not both and not neither.'))
    const asked = node.question === undefined ? undefined : questions.get(node.question)
    if (node.question !== undefined && asked === undefined) found.push(problem(node.id, own, `Câu hỏi “${node.question}” của nhánh này không có trong bộ.`, `The question “${node.question}” of this branch is not in the pack.`))
    if (asked !== undefined && !scores(asked)) found.push(problem(node.id, own, `Câu hỏi “${asked.id}” của nhánh này không cho điểm.`, `The question “${asked.id}” of this branch gives no points.`))
    return [...found, ...visit(node.children ?? [], [...own, 'children'])]
  })
  return visit(tree, ['scoring', 'tree'])
}

const scores = (question: Question): boolean => {
  switch (question.type) {
    case 'yesNo':
      return question.points !== undefined
    case 'level':
      return question.levels.some(({ points }) => points !== undefined)
    case 'choice':
      return question.options.some(({ points }) => points !== undefined)
    case 'number':
      return question.bands !== undefined
    case 'computed':
      return true
    default:
      return false
  }
}

const scoringProblems = (pack: ChecklistPack, questions: ReadonlyMap<string, Question>): readonly PackProblem[] => {
  const { scoring } = pack
  if (scoring.by === 'levels') {
    const { lowest, highest, scale } = scoring
    const found = pack.sections.flatMap((section, index) => (section.level === lowest + index ? [] : [problem(section.id, ['sections', index], `Mục này phải quyết định mức ${lowest + index} của thang ${scale}.`, `This section must decide level ${lowest + index} of the scale ${scale}.`)]))
    if (pack.sections.length !== highest - lowest + 1) found.push(problem(scale, ['scoring'], `Thang ${scale} có ${highest - lowest + 1} mức nhưng bộ có ${pack.sections.length} mục.`, `The scale ${scale} has ${highest - lowest + 1} levels but the pack has ${pack.sections.length} sections.`))
    return [...found, ...pack.sections.flatMap((section, at) => section.questions.flatMap((question, index) => (question.type === 'yesNo' ? [] : [problem(question.id, ['sections', at, 'questions', index], 'Bộ chấm theo mức chỉ dùng câu hỏi có hoặc không.', 'A pack scored by levels has yes-or-no questions only.')])))]
  }
  const classes: readonly { readonly id: string; readonly from: number }[] = scoring.by === 'rules' ? [] : scoring.classes
  const found = classes.flatMap((entry, index) => (index > 0 && entry.from <= (classes[index - 1]?.from ?? 0) ? [problem(entry.id, ['scoring', 'classes', index], 'Ngưỡng của các mức xếp loại phải tăng dần.', 'The thresholds of the classes must ascend.')] : []))
  const repeated = repeatedOf<{ readonly id: string }>(scoring.classes, ({ id }) => id).map((index) => problem(scoring.classes[index]?.id ?? '', ['scoring', 'classes', index], 'Mã của mức xếp loại bị trùng.', 'The id of this class occurs twice.'))
  const gaps = scoring.by === 'rules' ? repeatedOf(scoring.gaps, ({ id }) => id).map((index) => problem(scoring.gaps[index]?.id ?? '', ['scoring', 'gaps', index], 'Mã của khoảng trống xếp loại bị trùng.', 'The id of this gap occurs twice.')) : []
  return [...found, ...repeated, ...gaps, ...(scoring.by === 'weighted' ? treeProblems(scoring.tree, questions) : [])]
}

/** Where a thing of a checklist stands, by the id that formulas are checked under. */
const pathOf = (pack: ChecklistPack, where: string): Path => {
  for (const [at, section] of pack.sections.entries()) {
    if (section.symbol === where) return ['sections', at]
    for (const [index, question] of section.questions.entries()) {
      if (question.id === where || question.symbol === where || (question.type === 'table' && where.startsWith(`${question.id}.`))) return ['sections', at, 'questions', index]
    }
    for (const [index, criterion] of (section.criteria ?? []).entries()) if (criterion.id === where || criterion.symbol === where) return ['sections', at, 'criteria', index]
  }
  if (pack.scoring.by !== 'rules') return []
  for (const list of ['figures', 'classes', 'gaps'] as const) {
    const index = pack.scoring[list].findIndex((entry) => entry.id === where || ('symbol' in entry && entry.symbol === where))
    if (index >= 0) return ['scoring', list, index]
  }
  return []
}

/** Numbers of a result go by one id each: that of the sum belongs to no section or branch, and no section shares one with a criterion or figure. */
const numberProblems = (pack: ChecklistPack): readonly PackProblem[] => {
  const { scoring } = pack
  const taken = new Set([totalName, ...(scoring.by === 'rules' ? [...pack.sections.flatMap((section) => section.criteria ?? []), ...scoring.figures].map(({ id }) => id) : [])])
  const clash = (id: string, path: Path): PackProblem => problem(id, path, `Mã “${id}” trong kết quả chỉ hai con số khác nhau${id === totalName ? '; mã này dành cho tổng điểm' : ''}.`, `In results the id “${id}” stands for two numbers${id === totalName ? '; it is kept for the sum of points' : ''}.`)
  const branches = (nodes: readonly TreeNode[], path: Path): readonly PackProblem[] => nodes.flatMap((node, index) => [...(node.id === totalName ? [clash(node.id, [...path, index])] : []), ...branches(node.children ?? [], [...path, index, 'children'])])
  return [
    ...(scoring.by === 'rules' || scoring.by === 'points' ? pack.sections.flatMap((section, at) => (taken.has(section.id) && (scoring.by === 'points' || section.maximum !== undefined) ? [clash(section.id, ['sections', at])] : [])) : []),
    ...(scoring.by === 'weighted' ? branches(scoring.tree, ['scoring', 'tree']) : []),
  ]
}

const checklistProblems = (pack: ChecklistPack): readonly PackProblem[] => {
  const found: PackProblem[] = []
  const ids = new Set<string>()
  const taken = (id: string): boolean => ids.size === ids.add(id).size
  for (const [at, section] of pack.sections.entries()) if (taken(section.id)) found.push(problem(section.id, ['sections', at], `Mã mục “${section.id}” bị trùng.`, `The section id “${section.id}” occurs twice.`))
  for (const [at, section] of pack.sections.entries())
    for (const [index, question] of section.questions.entries()) if (taken(question.id)) found.push(problem(question.id, ['sections', at, 'questions', index], `Mã câu hỏi “${question.id}” bị trùng.`, `The question id “${question.id}” occurs twice.`))
  const before = new Map<string, Question>()
  for (const [at, section] of pack.sections.entries()) {
    for (const [index, question] of section.questions.entries()) {
      found.push(...questionProblems(question, ['sections', at, 'questions', index], before))
      before.set(question.id, question)
    }
  }
  found.push(...scoringProblems(pack, before), ...numberProblems(pack))
  for (const index of repeatedOf(pack.references ?? [], ({ id }) => id)) found.push(problem(pack.references?.[index]?.id ?? '', ['references', index], 'Mã của bảng tham chiếu bị trùng.', 'The id of this reference table occurs twice.'))
  for (const [at, reference] of (pack.references ?? []).entries())
    for (const index of repeatedOf(reference.columns, ({ id }) => id)) found.push(problem(reference.id, ['references', at], `Cột thứ ${index + 1} trùng mã với một cột trước.`, `Column ${index + 1} has the id of an earlier one.`))
  const names = packNames(pack)
  if (names.repeated !== undefined && !found.some(({ where }) => where === names.repeated))
    found.push(problem(names.repeated, pathOf(pack, names.repeated), `Tên “${names.repeated}” trong biểu thức chỉ hai thứ khác nhau${names.repeated === totalName ? '; tên này dành cho tổng điểm' : ''}.`, `In formulas the name “${names.repeated}” stands for two things${names.repeated === totalName ? '; it is kept for the sum of points' : ''}.`))
  for (const { where, fault, formula } of names.problems) {
    const text = faultText(fault)
    const quoted = formula === '' ? '' : ` [${formula}]`
    found.push({ where, path: pathOf(pack, where), text: { vi: `${text.vi}${quoted}`, en: `${text.en}${quoted}` } })
  }
  if (stepsOfPack(pack) > mostSteps || !inputsStayFew(pack))
    found.push(problem(pack.id, ['sections'], 'Các biểu thức của bộ đòi quá nhiều phép tính ở mỗi câu trả lời. Hãy bớt số dòng tối đa của bảng, bớt tiêu chí hoặc viết gọn biểu thức.', 'The formulas of the pack ask for too much reckoning at each answer. Lower the most rows of its tables, take criteria out or write formulas shorter.'))
  return found
}

const councilProblems = ({ rule }: CouncilPack): readonly PackProblem[] => {
  const found: PackProblem[] = []
  if (rule.size.max !== null && rule.size.max < rule.size.min) found.push(problem('size', ['rule', 'size'], 'Số thành viên tối đa nhỏ hơn tối thiểu.', 'The most members are fewer than the least.'))
  for (const [name, share] of [['quorum', rule.quorum.share], ['decision', rule.decision.share], ['certified', rule.certified?.share]] as const)
    if (share !== undefined && share.numerator > share.denominator) found.push(problem(name, ['rule', name], 'Tỷ lệ lớn hơn toàn bộ thành viên.', 'The share is more than all members.'))
  if (rule.scoring === null) return [...found, ...repeatedOf(rule.seats, ({ id }) => id).map((index) => problem(rule.seats[index]?.id ?? '', ['rule', 'seats', index], 'Mã của yêu cầu thành phần bị trùng.', 'The id of this seat occurs twice.'))]
  const { criteria, groups, maximum } = rule.scoring
  const all = [...criteria.map(({ id }) => id), ...groups.map(({ id }) => id)]
  for (const index of repeatedOf(all, (id) => id)) found.push(problem(all[index] ?? '', ['rule', 'scoring'], 'Mã của tiêu chí hoặc nhóm bị trùng.', 'The id of this criterion or group occurs twice.'))
  for (const { id, max } of groups)
    if (criteria.filter(({ group }) => group === id).reduce((sum, criterion) => sum + criterion.max, 0) !== max) found.push(problem(id, ['rule', 'scoring'], 'Điểm tối đa của nhóm không bằng tổng điểm các tiêu chí trong nhóm.', 'The maximum of the group is not the sum of its criteria.'))
  for (const { id, group } of criteria) if (!groups.some((one) => one.id === group)) found.push(problem(id, ['rule', 'scoring'], `Nhóm “${group}” của tiêu chí này không có.`, `The group “${group}” of this criterion does not exist.`))
  if (groups.reduce((sum, { max }) => sum + max, 0) !== maximum) found.push(problem('maximum', ['rule', 'scoring'], 'Điểm tối đa không bằng tổng điểm các nhóm.', 'The maximum is not the sum of the groups.'))
  return found
}

/** All places where a pack of the right form contradicts itself (mâu thuẫn trong bộ quy tắc), in the order in which they are checked. */
export const contradictionsOf = (pack: RulePack): readonly PackProblem[] => {
  const ids = pack.sources.map(({ id }) => id)
  return [
    ...repeatedOf(ids, (id) => id).map((index) => problem(ids[index] ?? '', ['sources', index], `Mã căn cứ “${ids[index]}” bị trùng.`, `The source id “${ids[index]}” occurs twice.`)),
    ...citations(pack, []).filter(({ source }) => !ids.includes(source)).map(({ source, path }) => problem(source, path, `Viện dẫn căn cứ “${source}”, không có trong danh sách căn cứ của bộ.`, `Cites the source “${source}”, which is not on the pack’s list of sources.`)),
    ...(pack.use === 'checklist' ? checklistProblems(pack) : councilProblems(pack)),
  ]
}
