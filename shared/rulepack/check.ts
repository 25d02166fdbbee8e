import type { Text } from '../kernel/fault-shape.ts'
import type { PackProblem } from './contradictions.ts'
import { contradictionsOf } from './contradictions.ts'
import type { RulePack } from './schema.ts'
import { rulePack } from './schema.ts'

type Issue = NonNullable<ReturnType<typeof rulePack.safeParse>['error']>['issues'][number]
type Path = PackProblem['path']

/** What officers call the parts of a pack. */
const fieldNames: Readonly<Record<string, Text>> = {
  id: { vi: 'Mã', en: 'Id' }, version: { vi: 'Phiên bản', en: 'Version' }, title: { vi: 'Tên', en: 'Title' }, description: { vi: 'Mô tả', en: 'Description' },
  text: { vi: 'Nội dung', en: 'Text' }, guidance: { vi: 'Hướng dẫn', en: 'Guidance' }, intro: { vi: 'Lời dẫn', en: 'Introduction' }, label: { vi: 'Số thứ tự', en: 'Label' },
  recommendation: { vi: 'Khuyến nghị', en: 'Recommendation' }, note: { vi: 'Ghi chú', en: 'Note' }, missing: { vi: 'Câu báo khi chưa có bảng', en: 'Sentence while the table is missing' },
  period: { vi: 'Kỳ', en: 'Period' }, symbol: { vi: 'Ký hiệu', en: 'Symbol' }, unit: { vi: 'Đơn vị', en: 'Unit' }, kinds: { vi: 'Loại hồ sơ', en: 'Kinds of dossier' },
  sources: { vi: 'Căn cứ', en: 'Sources' }, source: { vi: 'Căn cứ', en: 'Source' }, clause: { vi: 'Điều khoản', en: 'Clause' }, number: { vi: 'Số hiệu', en: 'Number' },
  issued: { vi: 'Ngày ban hành', en: 'Issued' }, effectiveFrom: { vi: 'Hiệu lực từ', en: 'In force from' }, effectiveTo: { vi: 'Hiệu lực đến', en: 'In force to' },
  sections: { vi: 'Các mục', en: 'Sections' }, questions: { vi: 'Câu hỏi', en: 'Questions' }, options: { vi: 'Lựa chọn', en: 'Choices' }, levels: { vi: 'Các mức', en: 'Levels' },
  columns: { vi: 'Các cột', en: 'Columns' }, bands: { vi: 'Ngưỡng điểm', en: 'Bands' }, value: { vi: 'Mã lựa chọn', en: 'Code of the choice' }, points: { vi: 'Điểm', en: 'Points' },
  expression: { vi: 'Biểu thức', en: 'Formula' }, when: { vi: 'Điều kiện', en: 'Condition' }, parts: { vi: 'Các phần', en: 'Parts' }, rows: { vi: 'Các dòng', en: 'Rows' },
  criteria: { vi: 'Tiêu chí', en: 'Criteria' }, figures: { vi: 'Chỉ số', en: 'Figures' }, classes: { vi: 'Mức xếp loại', en: 'Classes' }, gaps: { vi: 'Khoảng trống', en: 'Gaps' },
  maximum: { vi: 'Điểm tối đa', en: 'Maximum' }, cap: { vi: 'Mức trần', en: 'Cap' }, min: { vi: 'Giá trị nhỏ nhất', en: 'Smallest value' }, max: { vi: 'Giá trị lớn nhất', en: 'Greatest value' },
  decimals: { vi: 'Số chữ số thập phân', en: 'Decimals' }, maxLength: { vi: 'Độ dài tối đa', en: 'Greatest length' }, minRows: { vi: 'Số dòng tối thiểu', en: 'Least rows' }, maxRows: { vi: 'Số dòng tối đa', en: 'Most rows' },
  least: { vi: 'Số chứng cứ tối thiểu', en: 'Least evidence' }, hints: { vi: 'Gợi ý chứng cứ', en: 'Hints' }, showWhen: { vi: 'Điều kiện hiện câu hỏi', en: 'Condition for asking' },
  tree: { vi: 'Cây tiêu chí', en: 'Criteria tree' }, children: { vi: 'Nhánh con', en: 'Branches' }, weight: { vi: 'Trọng số', en: 'Weight' }, coverage: { vi: 'Tỷ lệ phải trả lời', en: 'Share to be answered' },
  from: { vi: 'Ngưỡng', en: 'Threshold' }, scale: { vi: 'Tên thang', en: 'Name of the scale' }, references: { vi: 'Bảng tham chiếu', en: 'Reference tables' }, stands: { vi: 'Giá trị bằng số', en: 'Number it stands for' },
  level: { vi: 'Mức', en: 'Level' },
}

const valueAt = (root: unknown, path: Path): unknown => path.reduce<unknown>((value, key) =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([own]) => own === String(key))?.[1] : undefined, root)

const textOf = (value: unknown, key: string): string => {
  const found = valueAt(value, [key])
  return typeof found === 'string' ? found : ''
}

/** Lists whose entries an officer opens by themselves: a problem is shown at the entry. */
const entryLists: Readonly<Record<string, Text>> = {
  sources: { vi: 'Căn cứ', en: 'Source' }, sections: { vi: 'Mục', en: 'Section' }, questions: { vi: 'Câu hỏi', en: 'Question' }, criteria: { vi: 'Tiêu chí', en: 'Criterion' },
  figures: { vi: 'Chỉ số', en: 'Figure' }, classes: { vi: 'Mức xếp loại', en: 'Class' }, gaps: { vi: 'Khoảng trống', en: 'Gap' }, references: { vi: 'Bảng tham chiếu', en: 'Reference table' }, tree: { vi: 'Nhánh', en: 'Branch' },
}

/** Path of the entry that a place lies in; empty for the head of the pack. */
export const entryPath = (path: Path): Path => {
  let end = 0
  for (const [index, key] of path.entries()) if (typeof key === 'number' && Object.hasOwn(entryLists, String(path[index - 1]))) end = index + 1
  return path.slice(0, end)
}

/** Name of the entry at a path, as people know it: its label or id. */
const entryName = (root: unknown, path: Path): Text | null => {
  const list = entryLists[String(path.at(-2))]
  if (list === undefined) return null
  const entry = valueAt(root, path)
  const own = textOf(entry, 'label') || textOf(entry, 'number') || textOf(entry, 'id') || String(Number(path.at(-1)) + 1)
  return { vi: `${list.vi} ${own}`, en: `${list.en} ${own}` }
}

const languages: Readonly<Record<string, Text>> = { vi: { vi: ' tiếng Việt', en: ' in Vietnamese' }, en: { vi: ' tiếng Anh', en: ' in English' } }

const fieldName = (path: Path): Text => {
  const keys = path.filter((key) => typeof key === 'string')
  const last = keys.at(-1) ?? ''
  const language = languages[last]
  const name = fieldNames[language === undefined ? last : keys.at(-2) ?? ''] ?? { vi: last, en: last }
  return { vi: `${name.vi}${language?.vi ?? ''}`, en: `${name.en}${language?.en ?? ''}` }
}

const shapes: Readonly<Record<string, Text>> = {
  id: { vi: 'chỉ gồm chữ thường không dấu, chữ số, dấu chấm và gạch nối, bắt đầu bằng chữ hoặc số; không dùng từ constructor', en: 'may have lower-case letters, digits, dots and hyphens only and begins with a letter or digit; the word constructor is not available' },
  value: { vi: 'chỉ gồm chữ không dấu, chữ số, dấu chấm, gạch nối và gạch dưới', en: 'may have letters without marks, digits, dots, hyphens and underscores only' },
  symbol: { vi: 'bắt đầu bằng chữ không dấu, sau đó là chữ, số hoặc gạch dưới', en: 'begins with a letter without marks, then letters, digits or underscores' },
  version: { vi: 'viết thành ba số, ví dụ 1.0.0', en: 'is three numbers, for example 1.0.0' },
}
const dateShape: Text = { vi: 'không phải một ngày', en: 'is not a day' }

const said = (issue: Issue, path: Path): Text => {
  const last = String(path.filter((key) => typeof key === 'string').at(-1) ?? '')
  if (issue.code === 'too_small') {
    if (issue.origin === 'string') return { vi: 'chưa ghi', en: 'is empty' }
    if (issue.origin === 'array') return { vi: `cần ít nhất ${issue.minimum}`, en: `needs at least ${issue.minimum}` }
    return { vi: `phải ${issue.inclusive === true ? 'từ' : 'lớn hơn'} ${issue.minimum}${issue.inclusive === true ? ' trở lên' : ''}`, en: `must be ${issue.inclusive === true ? 'at least' : 'above'} ${issue.minimum}` }
  }
  if (issue.code === 'too_big') {
    if (issue.origin === 'string') return { vi: `dài quá ${issue.maximum} ký tự`, en: `is longer than ${issue.maximum} characters` }
    if (issue.origin === 'array') return { vi: `có quá ${issue.maximum} mục`, en: `has more than ${issue.maximum} entries` }
    return { vi: `không được quá ${issue.maximum}`, en: `may be at most ${issue.maximum}` }
  }
  if (last === 'issued' || last.startsWith('effective')) return dateShape
  const shape = shapes[last === 'question' || last === 'source' ? 'id' : last]
  if (issue.code === 'invalid_format') return shape ?? { vi: 'có ký tự không nhìn thấy hoặc ký tự đảo chiều chữ', en: 'has signs that are not seen or that turn the text around' }
  if (issue.code === 'custom' && last === 'symbol') return { vi: 'trùng một từ dành riêng của biểu thức', en: 'is a word that formulas keep for themselves' }
  if (issue.code === 'invalid_type' && issue.expected === 'number') return { vi: 'chưa có số', en: 'has no number' }
  return { vi: 'chưa đúng hoặc chưa đủ', en: 'is wrong or incomplete' }
}

const problemOf = (draft: unknown, issue: Issue): PackProblem => {
  const path = issue.path.filter((key) => typeof key !== 'symbol')
  const entry = entryPath(path)
  const place = entryName(draft, entry)
  const field = fieldName(path.slice(entry.length).length === 0 ? path : path.slice(entry.length))
  const what = said(issue, path)
  const full = (language: keyof Text): string => `${place === null ? '' : `${place[language]}: `}${field[language]} ${what[language]}.`
  return { where: textOf(valueAt(draft, entry), 'id') || (entry.length === 0 ? '' : entry.join('.')), path, text: { vi: full('vi'), en: full('en') } }
}

/** Faults of content that leave the shape of a pack as it is, so that it can be looked at for contradictions too. */
const ofContent: readonly Issue['code'][] = ['too_small', 'too_big', 'invalid_format', 'custom']

/**
 * Everything that keeps a draft from being used (kiểm tra bản nháp): places that are empty, too long or misspelt, and every
 * contradiction, each with a sentence and the place to go to. Contradictions wait while the draft has not the shape of a pack at all.
 * Empty exactly when `loadPack` takes its text.
 */
export const problemsOf = (draft: unknown): readonly PackProblem[] => {
  const parsed = rulePack.safeParse(draft)
  const issues = parsed.success ? [] : parsed.error.issues
  const form = issues.map((issue) => problemOf(draft, issue))
  // Only lengths and spellings are wrong: the shape is that of a pack.
  const pack = parsed.success ? parsed.data : issues.every(({ code }) => ofContent.includes(code)) ? draft as RulePack : null
  const inner = pack === null ? [] : contradictionsOf(pack).map((found) => {
    const place = entryName(draft, entryPath(found.path))
    return place === null ? found : { ...found, text: { vi: `${place.vi}: ${found.text.vi}`, en: `${place.en}: ${found.text.en}` } }
  })
  const all = [...form, ...inner]
  return all.filter((one, index) => all.findIndex((other) => other.text.vi === one.text.vi && other.path.join('.') === one.path.join('.')) === index)
}
