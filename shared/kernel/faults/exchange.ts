import type { FaultRows } from '../fault-shape.ts'

export const exchangeFaults = {
  'exchange-address-refused': { severity: 'action', text: { vi: 'Địa chỉ sàn phải bắt đầu bằng https:// (hoặc http:// trên chính máy này).', en: 'The exchange address must start with https:// (or http:// on this machine itself).' } },
  'exchange-not-set': { severity: 'action', text: { vi: 'Chưa có địa chỉ sàn giao dịch. Hãy nhập trong phần Cài đặt.', en: 'No exchange address yet. Enter it in Settings.' } },
  'exchange-unreachable': { severity: 'transient', text: { vi: 'Chưa liên lạc được với sàn. Hồ sơ vẫn nằm trong hộp gửi và sẽ được gửi khi có mạng.', en: 'The exchange cannot be reached. The dossier stays in the outbox and goes out when there is a connection.' } },
  'exchange-nonsense': { severity: 'transient', text: { vi: 'Máy chủ trả lời không đúng quy cách nên câu trả lời bị bỏ qua. Hồ sơ vẫn nằm trong hộp gửi.', en: 'The server gave an answer that makes no sense, so it was ignored. The dossier stays in the outbox.' } },
  'exchange-busy': { severity: 'transient', text: { vi: 'Sàn đang bận. Chương trình sẽ tự gửi lại sau ít phút.', en: 'The exchange is busy. The program will try again in a few minutes.' } },
  'exchange-code-refused': { severity: 'action', text: { vi: 'Mã đăng ký không đúng hoặc đã dùng rồi. Hãy xin mã mới từ sàn.', en: 'The enrolment code is wrong or was already used. Ask the exchange for a new one.' } },
  'exchange-login-refused': { severity: 'action', text: { vi: 'Sàn không nhận thiết bị này. Hãy đăng ký lại thiết bị bằng mã mới.', en: 'The exchange does not accept this device. Enrol the device again with a new code.' } },
  'exchange-refused': { severity: 'final', text: { vi: 'Sàn từ chối hồ sơ: {reason}', en: 'The exchange refused the dossier: {reason}' } },
  'exchange-full': { severity: 'transient', text: { vi: 'Sàn tạm hết chỗ lưu. Hồ sơ vẫn nằm trong hộp gửi; sẽ gửi lại sau.', en: 'The exchange has no room at the moment. The dossier stays in the outbox and will be sent later.' } },
  'exchange-piece-refused': { severity: 'transient', text: { vi: 'Một phần dữ liệu bị sai trên đường truyền; chương trình sẽ gửi lại phần đó.', en: 'A part was damaged on the way; the program sends that part again.' } },
  'exchange-too-large': { severity: 'transient', text: { vi: 'Mạng chỉ cho gửi từng phần nhỏ; chương trình sẽ gửi phần nhỏ hơn.', en: 'The network only lets small parts through; the program sends smaller ones.' } },
  'network-sign-in': { severity: 'action', text: { vi: 'Mạng này đòi đăng nhập. Hãy mở trình duyệt, đăng nhập mạng rồi gửi lại.', en: 'This network wants you to sign in. Open a browser, sign in, then send again.' } },
  'network-filter': { severity: 'action', text: { vi: 'Bộ lọc mạng chặn liên lạc với sàn. Hãy đề nghị quản trị mạng cho phép máy chủ {host}.', en: 'A network filter blocks the exchange. Ask your network administrator to allow {host}.' } },
  'receipt-invalid': { severity: 'final', text: { vi: 'Biên nhận không đúng chữ ký của sàn nên không được công nhận. Hồ sơ chưa được coi là đã gửi.', en: 'The receipt does not carry the exchange\'s signature and is not accepted. The dossier does not count as sent.' } },
} as const satisfies FaultRows
