import type { FaultRows } from '../fault-shape.ts'

/** Faults of the valuation engine's doors; reasons of figures are in valuation/reasons.ts. */
export const valuationFaults = {
  'deals-full': { severity: 'action', text: { vi: 'Tủ giao dịch chứa tối đa {most} giao dịch. Hãy bỏ bớt những giao dịch không còn dùng.', en: 'The library holds at most {most} deals. Remove those no longer used.' } },
  'exchange-rate-missing': { severity: 'action', text: { vi: 'Còn thiếu tỷ giá {currency} ngày {date}.', en: 'The exchange rate of {currency} on {date} is missing.' } },
  'exchange-rate-not-positive': { severity: 'action', text: { vi: 'Tỷ giá {currency} ngày {date} phải lớn hơn 0.', en: 'The exchange rate of {currency} on {date} must be above 0.' } },
  'deal-after-valuation': { severity: 'action', text: { vi: 'Có giao dịch sau thời điểm thẩm định giá.', en: 'A deal lies after the valuation date.' } },
  'vectors-unreadable': { severity: 'final', text: { vi: 'Tệp bộ số kiểm thử “{family}” không đúng cấu trúc nên không đọc được.', en: 'The file of test cases “{family}” does not have the expected form and cannot be read.' } },
  'number-empty': { severity: 'action', text: { vi: 'Chưa nhập số.', en: 'No number has been entered.' } },
  'number-unreadable': { severity: 'action', text: { vi: 'Không đọc được đây là số. Hãy chỉ nhập chữ số, dấu phân cách và dấu thập phân.', en: 'This cannot be read as a number. Enter digits, separators and a decimal mark only.' } },
  'number-grouping': { severity: 'action', text: { vi: 'Các nhóm chữ số không đủ ba chữ số nên số này có thể bị hiểu sai. Hãy viết lại, ví dụ 1.234.567,8.', en: 'The digit groups are not groups of three, so the number could be misread. Write it again, for example 1,234,567.8.' } },
  'number-too-large': { severity: 'action', text: { vi: 'Số này lớn hơn mức chương trình tính được.', en: 'This number is larger than the program can compute with.' } },
} as const satisfies FaultRows
