import type { FaultRows } from '../fault-shape.ts'

export const vaultFaults = {
  'vault-changed-elsewhere': { severity: 'action', text: { vi: 'Khóa của kho hồ sơ vừa được thay đổi ở cửa sổ khác. Hãy mở khóa lại.', en: 'The key of this archive was just changed in another window. Unlock it again.' } },
  'passphrase-wrong': { severity: 'action', text: { vi: 'Mật khẩu chưa đúng. Hãy kiểm tra bộ gõ và phím Caps Lock rồi nhập lại.', en: 'That passphrase is not right. Check the keyboard input method and Caps Lock, then try again.' } },
  'recovery-code-wrong': { severity: 'action', text: { vi: 'Mã khôi phục chưa đúng. Hãy đối chiếu từng nhóm với bản in.', en: 'That recovery code is not right. Compare each group with the printed sheet.' } },
  'recovery-code-mistyped': { severity: 'action', text: { vi: 'Nhóm thứ {group} của mã khôi phục chưa đúng. Hãy đối chiếu nhóm này với bản in.', en: 'Group {group} of the recovery code is not right. Compare that group with the printed sheet.' } },
  'recovery-code-length': { severity: 'action', text: { vi: 'Mã khôi phục phải có {needed} ký tự, hiện mới có {count}. Hãy đối chiếu với bản in.', en: 'The recovery code has {needed} characters; {count} were typed. Compare it with the printed sheet.' } },
  'vault-record-damaged': { severity: 'action', text: { vi: 'Tệp khóa của kho hồ sơ bị hỏng. Hãy khôi phục từ bản sao lưu; các hồ sơ vẫn còn nguyên trên đĩa.', en: 'The key file of this archive is damaged. Restore it from a backup; the dossiers are still on the disk.' } },
  'vault-newer': { severity: 'final', text: { vi: 'Kho hồ sơ này do phiên bản mới hơn của Lượng Giá tạo ra. Hãy cập nhật chương trình để mở.', en: 'This archive was made by a newer version of Lượng Giá. Update the program to open it.' } },
  'store-newer': { severity: 'final', text: { vi: 'Dữ liệu trong máy do phiên bản mới hơn của Lượng Giá ghi. Hãy cập nhật chương trình; chưa có gì bị thay đổi.', en: 'The data on this machine was written by a newer version of Lượng Giá. Update the program; nothing was changed.' } },
  'passphrase-weak': { severity: 'action', text: { vi: 'Mật khẩu cần ít nhất 10 ký tự.', en: 'The passphrase needs at least 10 characters.' } },
  'decrypt-failed': { severity: 'final', text: { vi: 'Không giải mã được một bản ghi. Bản gốc được giữ nguyên trên đĩa; hãy khôi phục từ bản sao thứ hai.', en: 'One record could not be decrypted. It is kept as it is; restore it from the second copy.' } },
  'change-too-large': { severity: 'action', text: { vi: 'Thay đổi này quá lớn để ghi một lần nên chưa được ghi. Hãy chia nội dung thành các phần nhỏ hơn.', en: 'This change is too large to be saved in one go, so it was not saved. Split it into smaller parts.' } },
  'store-broken': { severity: 'action', text: { vi: 'Trình duyệt không mở được kho làm việc trên máy này. Hồ sơ vẫn còn nguyên trên đĩa; hãy khởi động lại chương trình.', en: 'The browser cannot open its working store on this machine. The dossiers are still on the disk; restart the program.' } },
  'vault-missing': { severity: 'action', text: { vi: 'Không thấy tệp khóa của kho hồ sơ, trong khi trên đĩa vẫn còn hồ sơ đã mã hóa. Hãy khôi phục tệp khóa từ bản sao lưu; chưa có gì bị thay đổi.', en: 'The key file of this archive is missing while encrypted dossiers are still on the disk. Restore the key file from a backup; nothing was changed.' } },
  'store-busy': { severity: 'action', text: { vi: 'Kho hồ sơ đang được chuẩn bị. Hãy đợi trong giây lát rồi thử lại.', en: 'The archive is being prepared. Wait a moment and try again.' } },
  'locked': { severity: 'action', text: { vi: 'Kho hồ sơ đang khóa. Hãy nhập mật khẩu để tiếp tục.', en: 'The archive is locked. Enter your passphrase to go on.' } },
} as const satisfies FaultRows
