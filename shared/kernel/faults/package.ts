import type { FaultRows } from '../fault-shape.ts'

/** Faults of sealed packages and of the signatures inside them. */
export const packageFaults = {
  'signature-malformed': { severity: 'final', text: { vi: 'Chữ ký điện tử trong gói không đọc được nên không được công nhận.', en: 'The electronic signature in this package cannot be read and is not accepted.' } },
  'signature-wrong': { severity: 'final', text: { vi: 'Chữ ký điện tử không khớp với nội dung. Nội dung đã bị thay đổi hoặc do người khác ký.', en: 'The electronic signature does not match the content. The content was changed, or somebody else signed it.' } },
} as const satisfies FaultRows
