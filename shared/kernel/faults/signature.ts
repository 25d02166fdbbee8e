import type { FaultRows } from '../fault-shape.ts'

export const signatureFaults = {
  'certificate-password-wrong': { severity: 'action', text: { vi: 'Mật khẩu của tệp chứng thư số chưa đúng. Hãy nhập lại.', en: 'The passphrase of the certificate file is not right. Try again.' } },
  'certificate-file-damaged': { severity: 'action', text: { vi: 'Tệp này không phải là tệp chứng thư số (.p12, .pfx) hoặc đã bị hỏng.', en: 'This is not a certificate file (.p12, .pfx), or it is damaged.' } },
  'certificate-without-key': { severity: 'action', text: { vi: 'Tệp chứng thư số này không có khóa bí mật nên không ký được. Hãy xuất lại tệp kèm khóa.', en: 'This certificate file has no private key, so it cannot sign. Export it again with its key.' } },
  'certificate-key-unsupported': { severity: 'final', text: { vi: 'Loại khóa của chứng thư số này chưa được hỗ trợ. Hãy dùng khóa RSA từ 2048 bit hoặc ECDSA.', en: 'The key type of this certificate is not supported. Use RSA of 2048 bits or more, or ECDSA.' } },
} as const satisfies FaultRows
