import type { FaultRows } from '../fault-shape.ts'

/** Faults of the valuation engine's doors; reasons of figures are in valuation/reasons.ts. */
export const valuationFaults = {
  'vectors-unreadable': { severity: 'final', text: { vi: 'Tệp bộ số kiểm thử “{family}” không đúng cấu trúc nên không đọc được.', en: 'The file of test cases “{family}” does not have the expected form and cannot be read.' } },
  'number-empty': { severity: 'action', text: { vi: 'Chưa nhập số.', en: 'No number has been entered.' } },
  'number-unreadable': { severity: 'action', text: { vi: 'Không đọc được đây là số. Hãy chỉ nhập chữ số, dấu phân cách và dấu thập phân.', en: 'This cannot be read as a number. Enter digits, separators and a decimal mark only.' } },
  'number-grouping': { severity: 'action', text: { vi: 'Các nhóm chữ số không đủ ba chữ số nên số này có thể bị hiểu sai. Hãy viết lại, ví dụ 1.234.567,8.', en: 'The digit groups are not groups of three, so the number could be misread. Write it again, for example 1,234,567.8.' } },
  'number-too-large': { severity: 'action', text: { vi: 'Số này lớn hơn mức chương trình tính được.', en: 'This number is larger than the program can compute with.' } },
} as const satisfies FaultRows
