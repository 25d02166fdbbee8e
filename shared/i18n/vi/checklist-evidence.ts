/** Words of the evidence matrix. */
export const checklistEvidenceVi = {
  title: 'Ma trận chứng cứ',
  lead: 'Chứng cứ nào làm căn cứ cho câu trả lời nào. Bấm vào chứng cứ hoặc câu hỏi để mở.',
  question: 'Câu hỏi',
  cites: '{title} làm căn cứ cho câu {label}',
  missing: 'Chứng cứ còn thiếu',
  missingItem: 'Câu {label}: cần {least}, mới có {have}',
  missingSection: '{section}: cần {least}, mới có {have}',
  missingNone: 'Mọi câu đã trả lời đều có đủ chứng cứ được yêu cầu.',
  unused: 'Chứng cứ chưa làm căn cứ cho câu nào',
  unusedNone: 'Chứng cứ nào cũng đã được dẫn.',
  none: 'Hồ sơ chưa có chứng cứ. Hãy thêm ở phần Chứng cứ.',
  goEvidence: 'Sang phần Chứng cứ',
  count: '{count} câu',
  onlyCited: 'Chỉ hiện câu có dẫn chứng cứ',
  nothing: 'Chưa câu trả lời nào dẫn chứng cứ.',
} as const
