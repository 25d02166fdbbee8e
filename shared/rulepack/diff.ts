import { canonical } from '../kernel/canonical.ts'
import type { Text } from '../kernel/fault-shape.ts'
import type { RulePack } from './schema.ts'
import type { TreeNode } from './scoring.ts'

/** One difference between two versions of a pack: what it is about, and in words what became of it. */
export interface PackDifference {
  readonly change: 'added' | 'removed' | 'changed' | 'moved'
  readonly subject: Text
  readonly details: readonly Text[]
}

type Item = Readonly<Record<string, unknown>>
interface Listed {
  readonly key: string
  readonly subject: Text
  readonly item: Item
  /** Members compared on their own, because they hold things with names of their own. */
  readonly apart: readonly string[]
  readonly place: string
}

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the members of a pack are called in a comparison. */
const members: Readonly<Record<string, Text>> = {
  title: { vi: 'tên', en: 'title' }, description: { vi: 'mô tả', en: 'description' }, version: { vi: 'phiên bản', en: 'version' }, kinds: { vi: 'loại hồ sơ', en: 'kinds of dossier' }, place: { vi: 'vị trí trong hồ sơ', en: 'place in a dossier' },
  usesCalendar: { vi: 'dùng lịch ngày nghỉ', en: 'use of a calendar' }, needsConsent: { vi: 'sự đồng ý của doanh nghiệp', en: 'consent of the enterprise' },
  text: { vi: 'nội dung', en: 'text' }, guidance: { vi: 'hướng dẫn', en: 'guidance' }, intro: { vi: 'lời dẫn', en: 'introduction' }, label: { vi: 'số thứ tự', en: 'label' }, basis: { vi: 'căn cứ', en: 'basis' }, evidence: { vi: 'chứng cứ', en: 'evidence' },
  required: { vi: 'tính bắt buộc', en: 'whether it is required' }, waivable: { vi: 'quyền miễn trừ', en: 'whether it may be waived' }, showWhen: { vi: 'điều kiện hiện câu hỏi', en: 'condition for asking' }, symbol: { vi: 'ký hiệu', en: 'symbol' },
  reading: { vi: 'cách hiểu', en: 'disputed reading' }, inReport: { vi: 'nêu trong thân báo cáo', en: 'shown in the body of the report' }, recommendation: { vi: 'khuyến nghị', en: 'recommendation' }, type: { vi: 'loại câu trả lời', en: 'kind of answer' }, points: { vi: 'điểm', en: 'points' }, levels: { vi: 'các mức', en: 'levels' },
  multiple: { vi: 'số lựa chọn được chọn', en: 'how many may be chosen' }, options: { vi: 'các lựa chọn', en: 'choices' }, cap: { vi: 'mức trần', en: 'cap' }, unit: { vi: 'đơn vị', en: 'unit' }, period: { vi: 'kỳ', en: 'period' }, min: { vi: 'giá trị nhỏ nhất', en: 'smallest value' },
  max: { vi: 'giá trị lớn nhất', en: 'greatest value' }, decimals: { vi: 'số chữ số thập phân', en: 'decimals' }, bands: { vi: 'ngưỡng điểm', en: 'bands' }, maxLength: { vi: 'độ dài tối đa', en: 'greatest length' }, columns: { vi: 'các cột', en: 'columns' },
  minRows: { vi: 'số dòng tối thiểu', en: 'least rows' }, maxRows: { vi: 'số dòng tối đa', en: 'most rows' }, expression: { vi: 'biểu thức', en: 'formula' }, level: { vi: 'mức', en: 'level' }, maximum: { vi: 'điểm tối đa', en: 'maximum' }, parts: { vi: 'các dòng thang điểm', en: 'scoring rows' },
  when: { vi: 'điều kiện', en: 'condition' }, least: { vi: 'mức tối thiểu', en: 'minimums' }, tone: { vi: 'màu thể hiện', en: 'tone' }, from: { vi: 'ngưỡng', en: 'threshold' }, pick: { vi: 'cách chọn dòng', en: 'how rows are chosen' }, missing: { vi: 'câu báo khi thiếu', en: 'sentence while missing' },
  number: { vi: 'số hiệu', en: 'number' }, kind: { vi: 'loại văn bản', en: 'kind' }, issued: { vi: 'ngày ban hành', en: 'date of issue' }, effectiveFrom: { vi: 'hiệu lực từ', en: 'in force from' }, effectiveTo: { vi: 'hiệu lực đến', en: 'in force to' }, status: { vi: 'tình trạng', en: 'status' }, mark: { vi: 'mức đối chiếu', en: 'how checked' }, note: { vi: 'ghi chú', en: 'note' },
  question: { vi: 'câu hỏi được chấm', en: 'question scored' }, weight: { vi: 'trọng số', en: 'weight' }, coverage: { vi: 'tỷ lệ phải trả lời', en: 'share to be answered' }, by: { vi: 'cách chấm', en: 'way of scoring' }, scale: { vi: 'tên thang', en: 'scale' }, lowest: { vi: 'mức thấp nhất', en: 'lowest level' }, highest: { vi: 'mức cao nhất', en: 'highest level' },
  rule: { vi: 'quy tắc hội đồng', en: 'council rule' }, format: { vi: 'khuôn dạng tệp', en: 'file format' },
}

const plain = (value: unknown, language: keyof Text): string | null => {
  if (value === undefined || value === '') return language === 'vi' ? 'không có' : 'none'
  if (typeof value === 'boolean') return language === 'vi' ? (value ? 'có' : 'không') : value ? 'yes' : 'no'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return value.length > 120 ? null : `“${value}”`
  if (isItem(value) && typeof value['vi'] === 'string' && typeof value['en'] === 'string') return plain(value[language], language)
  return null
}

const detail = (member: string, before: unknown, after: unknown): Text => {
  const name = members[member] ?? { vi: member, en: member }
  const line = (language: keyof Text, changed: string, to: string): string => {
    const [old, now] = [plain(before, language), plain(after, language)]
    return old === null || now === null ? `${name[language]} ${changed}` : `${name[language]}: ${old} ${to} ${now}`
  }
  return { vi: line('vi', 'đã sửa', '→'), en: line('en', 'changed', '→') }
}

const named = (vi: string, en: string, item: Item): Text => {
  const own = item['label'] ?? item['number'] ?? item['id']
  const text = item['text'] ?? item['title']
  const tail = (language: keyof Text): string => (isItem(text) && typeof text[language] === 'string' ? `: ${text[language]}` : '')
  return { vi: `${vi} ${String(own)}${tail('vi')}`, en: `${en} ${String(own)}${tail('en')}` }
}

const listed = (pack: RulePack): readonly Listed[] => {
  const list = (place: string, vi: string, en: string, items: readonly Item[], apart: readonly string[] = [], keys: readonly string[] = ['id']): readonly Listed[] =>
    items.map((item) => ({ key: `${place}/${keys.map((key) => String(item[key])).join('/')}`, subject: named(vi, en, item), item, apart, place: '' }))
  const head: Listed = { key: 'head', subject: { vi: 'Thông tin chung của bộ', en: 'Head of the pack' }, item: { ...pack }, apart: ['sections', 'sources', 'references', 'scoring', 'id'], place: '' }
  const sources = list('source', 'Căn cứ', 'Source', pack.sources)
  if (pack.use === 'council') return [head, ...sources]
  const { scoring } = pack
  const nodes = (tree: readonly TreeNode[]): readonly TreeNode[] => tree.flatMap((node) => [node, ...nodes(node.children ?? [])])
  return [
    head, ...sources,
    ...list('section', 'Mục', 'Section', pack.sections, ['questions', 'criteria']),
    ...pack.sections.flatMap((section) => list('question', 'Câu hỏi', 'Question', section.questions).map((one) => ({ ...one, place: section.id }))),
    ...pack.sections.flatMap((section) => list('criterion', 'Tiêu chí', 'Criterion', section.criteria ?? []).map((one) => ({ ...one, place: section.id }))),
    ...list('reference', 'Bảng tham chiếu', 'Reference table', pack.references ?? []),
    { key: 'scoring', subject: { vi: 'Cách chấm', en: 'Scoring' }, item: { ...scoring }, apart: ['figures', 'classes', 'gaps', 'tree'], place: '' },
    ...(scoring.by === 'rules' ? [...list('figure', 'Chỉ số', 'Figure', scoring.figures), ...list('gap', 'Khoảng trống', 'Gap', scoring.gaps)] : []),
    ...(scoring.by === 'levels' ? [] : list('class', 'Mức xếp loại', 'Class', scoring.classes)),
    ...(scoring.by === 'weighted' ? nodes(scoring.tree).flatMap((node) => list('node', 'Nhánh', 'Branch', [{ ...node }], ['children'])) : []),
  ]
}

const same = (a: unknown, b: unknown): boolean => (a === undefined || b === undefined ? a === b : canonical(a) === canonical(b))

/** What one version of a pack has other than another, in words (so sánh hai phiên bản); empty when nothing but the order of members differs. */
export const packDiff = (before: RulePack, after: RulePack): readonly PackDifference[] => {
  const [old, now] = [listed(before), listed(after)]
  const oldByKey = new Map(old.map((one) => [one.key, one]))
  const nowKeys = new Set(now.map(({ key }) => key))
  const changed = now.flatMap((one): readonly PackDifference[] => {
    const was = oldByKey.get(one.key)
    if (was === undefined) return [{ change: 'added', subject: one.subject, details: [] }]
    const keys = [...new Set([...Object.keys(was.item), ...Object.keys(one.item)])].filter((key) => !one.apart.includes(key) && !same(was.item[key], one.item[key]))
    const moved: readonly PackDifference[] = was.place === one.place ? [] : [{ change: 'moved', subject: one.subject, details: [] }]
    return keys.length === 0 ? moved : [...moved, { change: 'changed', subject: one.subject, details: keys.map((key) => detail(key, was.item[key], one.item[key])) }]
  })
  return [...changed, ...old.filter(({ key }) => !nowKeys.has(key)).map(({ subject }): PackDifference => ({ change: 'removed', subject, details: [] }))]
}
