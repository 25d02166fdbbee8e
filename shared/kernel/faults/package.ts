import type { FaultRows } from '../fault-shape.ts'

/** Faults of sealed packages and of the signatures inside them. */
export const packageFaults = {
  'signature-malformed': { severity: 'final', text: { vi: 'Chữ ký điện tử trong gói không đọc được nên không được công nhận.', en: 'The electronic signature in this package cannot be read and is not accepted.' } },
  'seal-signature-wrong': { severity: 'final', text: { vi: 'Chữ ký điện tử không khớp với nội dung. Nội dung đã bị thay đổi hoặc do người khác ký.', en: 'The electronic signature does not match the content. The content was changed, or somebody else signed it.' } },

  'package-not-ours': { severity: 'final', text: { vi: 'Tệp này không phải gói hồ sơ của Lượng Giá.', en: 'This file is not a dossier package of Lượng Giá.' } },
  'package-newer': { severity: 'final', text: { vi: 'Gói hồ sơ này do phiên bản mới hơn của Lượng Giá tạo ra. Hãy cập nhật chương trình để mở.', en: 'This package was made by a newer version of Lượng Giá. Update the program to open it.' } },
  'package-too-large': { severity: 'final', text: { vi: 'Gói hồ sơ vượt quá giới hạn về dung lượng hoặc số tệp nên không được mở.', en: 'The package exceeds the limits of size or number of files and was not opened.' } },
  'package-damaged': { severity: 'final', text: { vi: 'Gói hồ sơ bị hỏng hoặc đã bị sửa đổi. Hãy đề nghị nơi gửi gửi lại.', en: 'The package is damaged or was altered. Ask the sender to send it again.' } },
  'package-read-failed': { severity: 'transient', text: { vi: 'Chưa đọc được tệp. Hãy kiểm tra ổ đĩa hoặc thiết bị lưu trữ rồi thử lại.', en: 'The file could not be read. Check the drive and try again.' } },
  'package-signer-differs': { severity: 'final', text: { vi: 'Gói hồ sơ được ký bằng khóa khác với thiết bị ghi trong niêm phong nên không được công nhận.', en: 'The package was signed with another key than the device named in the seal and is not accepted.' } },
  'package-content-differs': { severity: 'final', text: { vi: 'Các phần trong gói không khớp nhau: {vi}. Gói không được công nhận.', en: 'The parts of the package do not agree: {en}. The package is not accepted.' } },
  'figures-differ': { severity: 'final', text: { vi: 'Kết quả tính trong gói không trùng với kết quả tính lại, tại: {where}.', en: 'The figures in the package differ from the recomputed ones, at: {where}.' } },
  'report-not-bound': { severity: 'final', text: { vi: 'Báo cáo trong gói không phải báo cáo đã được gắn với niêm phong này.', en: 'The report in the package is not the one bound to this seal.' } },
  'not-ready-to-seal': { severity: 'action', text: { vi: 'Chỉ niêm phong được hồ sơ đã được hội đồng thông qua và có đủ các bộ quy tắc đã dùng.', en: 'Only an approved dossier, with all the rule packs it used at hand, can be sealed.' } },
  'seal-too-large': { severity: 'action', text: { vi: 'Hồ sơ có quá nhiều chứng cứ hoặc số liệu cho một gói. Hãy tách bớt chứng cứ rồi niêm phong lại.', en: 'The dossier has more evidence or data than one package can hold. Take some evidence out and seal again.' } },
} as const satisfies FaultRows
