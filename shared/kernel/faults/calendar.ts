import type { FaultRows } from '../fault-shape.ts'

/** Faults of the table of public holidays. */
export const calendarFaults = {
  'holidays-malformed': { severity: 'action', text: { vi: 'Tệp ngày nghỉ lễ có chỗ không dùng được: {where}. Hãy sửa chỗ đó hoặc dùng lại tệp đi cùng chương trình.', en: 'The file of public holidays cannot be used at {where}. Correct that place, or use the file that comes with the program again.' } },
} as const satisfies FaultRows
