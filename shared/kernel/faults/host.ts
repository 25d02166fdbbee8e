import type { FaultRows } from '../fault-shape.ts'

/** Faults of the platform: files, journal, doors. */
export const hostFaults = {
  'internal': { severity: 'transient', text: { vi: 'Chương trình gặp sự cố không lường trước. Dữ liệu của bạn vẫn an toàn; hãy thử lại.', en: 'Something unexpected happened. Your data is safe; please try again.' } },
  'timeout': { severity: 'transient', text: { vi: 'Thao tác mất quá lâu nên đã dừng. Hãy thử lại.', en: 'This took too long and was stopped. Please try again.' } },
  'bad-request': { severity: 'final', text: { vi: 'Yêu cầu không hợp lệ nên không được thực hiện.', en: 'The request was not valid and was not carried out.' } },
  'host-gone': { severity: 'transient', text: { vi: 'Phần chạy nền của chương trình không trả lời. Những gì bạn nhập vẫn được giữ; hãy khởi động lại chương trình.', en: 'The background part of the program does not answer. What you typed is kept; please restart the program.' } },
  'disk-full': { severity: 'action', text: { vi: 'Ổ đĩa đã đầy. Hãy giải phóng chỗ trống rồi thử lại; chưa có gì bị mất.', en: 'The disk is full. Free some space and try again; nothing was lost.' } },
  'not-found': { severity: 'final', text: { vi: 'Không tìm thấy dữ liệu được yêu cầu.', en: 'The requested data was not found.' } },
  'cancelled': { severity: 'action', text: { vi: 'Đã dừng theo yêu cầu của bạn.', en: 'Stopped as you asked.' } },
} as const satisfies FaultRows
