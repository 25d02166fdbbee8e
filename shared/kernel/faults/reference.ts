import type { FaultRows } from '../fault-shape.ts'

/** Why a row of an imported reference table (bảng tham chiếu) is refused; `{vi}` and `{en}` name the column, `{found}` is what the cell says. */
export const referenceFaults = {
  'reference-column-missing': { severity: 'action', text: { vi: 'Không thấy cột “{vi}”. Hãy chỉ ra cột nào của tệp chứa nội dung này.', en: 'No column “{en}” was found. Say which column of the file holds it.' } },
  'reference-numbers-missing': { severity: 'action', text: { vi: 'Không cột nào của tệp được nhận là cột số của bảng. Hãy ghép cột trước khi nhập.', en: 'No column of the file was taken as one of the numbers of the table. Match the columns first.' } },
  'reference-key-missing': { severity: 'action', text: { vi: 'Thiếu “{vi}”, nên không biết dòng này thuộc về đâu.', en: '“{en}” is missing, so it is not known what this row belongs to.' } },
  'reference-key-as-number': { severity: 'action', text: { vi: '“{vi}” là {found} dưới dạng số lẻ hoặc ngày; bảng tính có thể đã tự đổi mã. Hãy định dạng ô là văn bản và nhập lại mã.', en: '“{en}” is {found} as a broken number or a day; the spreadsheet may have changed the code. Format the cell as text and type the code again.' } },
  'reference-row-empty': { severity: 'action', text: { vi: 'Dòng này không có con số nào.', en: 'This row has no number at all.' } },
  'reference-number-unreadable': { severity: 'action', text: { vi: '“{found}” ở cột “{vi}” không phải một số.', en: '“{found}” in the column “{en}” is not a number.' } },
  'reference-number-two-readings': { severity: 'action', text: { vi: '“{found}” ở cột “{vi}” đọc được theo hai cách. Hãy cho biết cột này viết số theo kiểu Việt Nam (1.234,5) hay kiểu Anh (1,234.5).', en: '“{found}” in the column “{en}” can be read in two ways. Say whether this column writes numbers the Vietnamese (1.234,5) or the English way (1,234.5).' } },
  'reference-number-other-style': { severity: 'action', text: { vi: '“{found}” viết số khác với các ô còn lại của cột “{vi}”.', en: '“{found}” writes numbers otherwise than the rest of the column “{en}”.' } },
  'reference-percent-unclear': { severity: 'action', text: { vi: 'Mọi số ở cột “{vi}” đều không quá 1, nên “{found}” có thể là phần trăm hoặc là tỷ lệ (0,2 = 20 %). Hãy cho biết cột này viết theo cách nào.', en: 'No number in the column “{en}” exceeds 1, so “{found}” may be per cent or a fraction (0.2 = 20%). Say which of the two this column writes.' } },
  'reference-percent-unsigned': { severity: 'action', text: { vi: '“{found}” ở cột “{vi}” không có dấu %, trong khi các ô khác có.', en: '“{found}” in the column “{en}” has no per cent sign although others have one.' } },
  'reference-percent-unexpected': { severity: 'action', text: { vi: '“{found}” có dấu %, nhưng cột “{vi}” không tính bằng phần trăm.', en: '“{found}” has a per cent sign, but the column “{en}” is not in per cent.' } },
  'reference-not-above-zero': { severity: 'action', text: { vi: '“{vi}” là {found}; giá trị này phải lớn hơn 0.', en: '“{en}” is {found}; it must be above 0.' } },
  'reference-below-least': { severity: 'action', text: { vi: '“{vi}” là {found}, nhỏ hơn mức {least} mà bảng cho phép.', en: '“{en}” is {found}, below {least}, the least that the table allows.' } },
  'reference-text-too-long': { severity: 'action', text: { vi: 'Nội dung cột “{vi}” dài quá {most} ký tự.', en: 'The text in the column “{en}” is longer than {most} characters.' } },
  'reference-repeated': { severity: 'action', text: { vi: 'Dòng này lặp lại dòng {first}.', en: 'This row repeats row {first}.' } },
  'reference-contradicts': { severity: 'action', text: { vi: 'Dòng này và dòng {first} cùng mã nhưng khác nội dung, nên không nhận dòng nào. Hãy giữ lại dòng đúng rồi nhập lại.', en: 'This row and row {first} have the same key but say different things, so neither is taken. Keep the right one and import again.' } },
} as const satisfies FaultRows
