import type { Text } from '../kernel/fault-shape.ts'

/** Names of the families of published cases; a family without a name is shown by its file. */
const names: Readonly<Record<string, Text>> = {
  agreement: { vi: 'Mức đồng thuận của hội đồng', en: 'Agreement of a council' },
  ahp: { vi: 'So sánh cặp (AHP)', en: 'Pairwise comparison (AHP)' },
  cost: { vi: 'Cách tiếp cận chi phí', en: 'Cost approach' },
  'discount-rate': { vi: 'Tỷ suất chiết khấu', en: 'Discount rate' },
  'excess-earnings': { vi: 'Thu nhập tăng thêm', en: 'Excess earnings' },
  flagged: { vi: 'Con số in sai trong tài liệu', en: 'Figures misprinted in the literature' },
  'income-other': { vi: 'Các phương pháp thu nhập khác', en: 'Other income methods' },
  life: { vi: 'Tuổi đời kinh tế', en: 'Economic life' },
  market: { vi: 'Cách tiếp cận thị trường', en: 'Market approach' },
  mcda: { vi: 'Đa tiêu chí', en: 'Multi-criteria analysis' },
  'monte-carlo': { vi: 'Mô phỏng', en: 'Simulation' },
  options: { vi: 'Quyền chọn', en: 'Options' },
  readiness: { vi: 'Mức sẵn sàng', en: 'Readiness' },
  rfr: { vi: 'Tiền sử dụng tài sản vô hình', en: 'Relief from royalty' },
  rnpv: { vi: 'NPV theo xác suất', en: 'Risk-adjusted NPV' },
  sensitivity: { vi: 'Độ nhạy và thống nhất kết quả', en: 'Sensitivity and reconciliation' },
  tab: { vi: 'Lợi ích thuế do khấu hao', en: 'Tax amortisation benefit' },
  tvm: { vi: 'Giá trị thời gian của tiền', en: 'Time value of money' },
}

export const familyName = (family: string): Text => names[family] ?? { vi: family, en: family }
