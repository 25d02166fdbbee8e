import type { FaultRows } from '../fault-shape.ts'

/** Faults of the platform: files, journal, doors. */
export const hostFaults = {
  'internal': { severity: 'transient', text: { vi: 'Chương trình gặp sự cố không lường trước. Dữ liệu của bạn vẫn an toàn; hãy thử lại.', en: 'Something unexpected happened. Your data is safe; please try again.' } },
  'timeout': { severity: 'transient', text: { vi: 'Thao tác mất quá lâu nên đã dừng. Hãy thử lại.', en: 'This took too long and was stopped. Please try again.' } },
  'bad-request': { severity: 'final', text: { vi: 'Yêu cầu không hợp lệ nên không được thực hiện.', en: 'The request was not valid and was not carried out.' } },
  'host-gone': { severity: 'transient', text: { vi: 'Phần chạy nền của chương trình không trả lời. Những gì bạn nhập vẫn được giữ; hãy khởi động lại chương trình.', en: 'The background part of the program does not answer. What you typed is kept; please restart the program.' } },
  'disk-full': { severity: 'action', text: { vi: 'Ổ đĩa đã đầy. Hãy giải phóng chỗ trống rồi thử lại; chưa có gì bị mất.', en: 'The disk is full. Free some space and try again; nothing was lost.' } },
  'not-found': { severity: 'final', text: { vi: 'Không tìm thấy dữ liệu được yêu cầu.', en: 'The requested data was not found.' } },
  'read-only': { severity: 'action', text: { vi: 'Một cửa sổ khác đang mở kho hồ sơ này nên ở đây chỉ xem được. Hãy đóng cửa sổ kia rồi mở lại.', en: 'Another window has this archive open, so this one can only read. Close the other window and open this one again.' } },
  'journal-diverged': { severity: 'action', text: { vi: 'Hồ sơ này có hai bản khác nhau trên máy. Chương trình giữ cả hai và mở ở chế độ chỉ xem để bạn xuất ra.', en: 'This dossier has two different copies on this machine. Both are kept; it opens read-only so that you can export them.' } },
  'journal-damaged': { severity: 'action', text: { vi: 'Bản ghi của hồ sơ này trên đĩa bị hỏng một phần. Phần còn đọc được vẫn được giữ nguyên.', en: 'The copy of this dossier on the disk is partly damaged. What can be read is kept untouched.' } },
  'folder-not-writable': { severity: 'action', text: { vi: 'Không ghi được vào thư mục này. Hãy chọn thư mục khác hoặc kiểm tra quyền ghi.', en: 'This folder cannot be written to. Choose another folder or check its permissions.' } },
  'file-not-written': { severity: 'transient', text: { vi: 'Tệp đọc lại không giống nội dung đã ghi nên đã bị bỏ. Hãy thử lại hoặc chọn ổ đĩa khác.', en: 'The file read back differs from what was written, so it was thrown away. Try again or choose another drive.' } },
  'port-taken': { severity: 'action', text: { vi: 'Cổng {port} trên máy này đang được chương trình khác dùng. Hãy đóng chương trình đó rồi mở lại Lượng Giá.', en: 'Port {port} on this machine is used by another program. Close that program and start Lượng Giá again.' } },
  'cancelled': { severity: 'action', text: { vi: 'Đã dừng theo yêu cầu của bạn.', en: 'Stopped as you asked.' } },
} as const satisfies FaultRows
