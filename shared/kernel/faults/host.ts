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
  'blob-damaged': { severity: 'action', text: { vi: 'Một phần của tệp đính kèm trên đĩa bị hỏng và đã được để riêng. Nếu còn tệp gốc, hãy thêm lại; các phần khác của hồ sơ không bị ảnh hưởng.', en: 'A part of an attachment on the disk is damaged and was set aside. Add the original file again if you still have it; the rest of the dossier is not affected.' } },
  'profile-unusable': { severity: 'final', text: { vi: 'Không mở được thư mục dữ liệu {folder}. Hãy kiểm tra quyền truy cập hoặc chọn thư mục khác.', en: 'The data folder {folder} cannot be used. Check its permissions or choose another folder.' } },
  'key-cache-absent': { severity: 'action', text: { vi: 'Máy này không có nơi cất khóa an toàn, nên mỗi lần mở cần nhập mật khẩu.', en: 'This machine has no safe place to keep a key, so the passphrase is needed each time.' } },
  'browser-missing': { severity: 'action', text: { vi: 'Không tìm thấy trình duyệt thuộc họ Chromium (Chrome, Edge, Chromium, Brave). Hãy cài một trình duyệt, hoặc mở địa chỉ được in ra.', en: 'No browser of the Chromium family was found (Chrome, Edge, Chromium, Brave). Install one, or open the printed address.' } },
  'browser-too-old': { severity: 'action', text: { vi: 'Trình duyệt {version} quá cũ; cần phiên bản {floor} trở lên. Hãy cập nhật trình duyệt.', en: 'Browser version {version} is too old; {floor} or newer is needed. Update the browser.' } },
  'not-built': { severity: 'action', text: { vi: 'Chưa có bản dựng giao diện trong {folder}. Hãy chạy "npm run build".', en: 'There is no built interface in {folder}. Run "npm run build".' } },
  'backup-damaged': { severity: 'final', text: { vi: 'Bản sao lưu này không còn nguyên vẹn nên không được dùng. Hãy chọn bản sao lưu khác.', en: 'This backup is not intact and was not used. Choose another one.' } },
  'folder-not-writable': { severity: 'action', text: { vi: 'Không ghi được vào thư mục này. Hãy chọn thư mục khác hoặc kiểm tra quyền ghi.', en: 'This folder cannot be written to. Choose another folder or check its permissions.' } },
  'file-not-written': { severity: 'transient', text: { vi: 'Tệp đọc lại không giống nội dung đã ghi nên đã bị bỏ. Hãy thử lại hoặc chọn ổ đĩa khác.', en: 'The file read back differs from what was written, so it was thrown away. Try again or choose another drive.' } },
  'file-in-use': { severity: 'action', text: { vi: 'Tệp cùng tên đang được chương trình khác mở nên không thay được. Hãy đóng tệp đó rồi lưu lại.', en: 'The file of that name is open in another program and cannot be replaced. Close it, then save again.' } },
  'certificate-missing': { severity: 'action', text: { vi: 'Tệp này có khóa nhưng không có chứng thư số đi kèm. Hãy xuất lại tệp gồm cả chứng thư số.', en: 'This file holds a key but not its certificate. Export it again together with the certificate.' } },
  'port-taken': { severity: 'action', text: { vi: 'Cổng {port} trên máy này đang được chương trình khác dùng. Hãy đóng chương trình đó rồi mở lại Lượng Giá.', en: 'Port {port} on this machine is used by another program. Close that program and start Lượng Giá again.' } },
  'cancelled': { severity: 'action', text: { vi: 'Đã dừng theo yêu cầu của bạn.', en: 'Stopped as you asked.' } },
} as const satisfies FaultRows
