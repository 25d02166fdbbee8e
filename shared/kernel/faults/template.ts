import type { FaultRows } from '../fault-shape.ts'

/** Faults of answers read back from a spreadsheet. */
export const templateFaults = {
  'template-foreign': { severity: 'action', text: { vi: 'Tệp này không phải mẫu trả lời do chương trình tạo. Hãy xuất mẫu từ bảng kiểm, điền rồi nhập lại.', en: 'This file is no answer template of the program. Export the template from the checklist, fill it in and import it again.' } },
  'template-number-unreadable': { severity: 'action', text: { vi: 'Không đọc được “{given}” là con số.', en: '“{given}” cannot be read as a number.' } },
  'template-number-doubtful': { severity: 'action', text: { vi: '“{given}” là chữ và có thể hiểu theo hai cách. Hãy nhập dạng số của bảng tính.', en: '“{given}” is text and can be read in two ways. Enter it as a number of the spreadsheet.' } },
  'template-date-unreadable': { severity: 'action', text: { vi: 'Không đọc được “{given}” là ngày. Hãy nhập dạng nn/tt/nnnn.', en: '“{given}” cannot be read as a date. Enter it as dd/mm/yyyy.' } },
  'template-choice-unknown': { severity: 'action', text: { vi: '“{given}” không có trong danh sách: {options}.', en: '“{given}” is not in the list: {options}.' } },
  'template-truth-unreadable': { severity: 'action', text: { vi: '“{given}” không phải Có, Không hoặc x.', en: '“{given}” is not Yes, No or x.' } },
  'template-out-of-range': { severity: 'action', text: { vi: '“{given}” nằm ngoài khoảng cho phép.', en: '“{given}” is outside the range allowed.' } },
  'template-question-unknown': { severity: 'action', text: { vi: 'Bảng kiểm không có câu hỏi mang mã “{id}”.', en: 'The checklist has no question with the id “{id}”.' } },
  'template-too-many-rows': { severity: 'action', text: { vi: 'Bảng có quá nhiều dòng; tối đa {max} dòng.', en: 'The table has too many rows; at most {max}.' } },
  'template-text-too-long': { severity: 'action', text: { vi: 'Nội dung quá dài; tối đa {max} ký tự.', en: 'The text is too long; at most {max} characters.' } },
  'template-none-and-some': { severity: 'action', text: { vi: 'Câu {label} vừa chọn mục vừa ghi là không có mục nào.', en: 'Question {label} has entries chosen and “none” as well.' } },
  'template-twice': { severity: 'action', text: { vi: 'Câu {label} được trả lời hai lần trong tệp; chỉ lấy lần đầu.', en: 'Question {label} is answered twice in the file; only the first is taken.' } },
} as const satisfies FaultRows
