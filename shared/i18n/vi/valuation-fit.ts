/** Words of the choice of a method. */
export const valuationFitVi = {
  facts: 'Căn cứ để chọn',
  judgedBy: 'Xét theo mức sẵn sàng {level}, mục đích: {purpose}.',
  levelUnknown: 'chưa đánh giá',
  purposeUnknown: 'chưa chọn',
  dataAsk: 'Số liệu đang có hoặc chắc chắn lấy được',
  suits: 'Phù hợp với hồ sơ này',
  possible: 'Dùng được khi có thêm số liệu',
  unlikely: 'Có lý do không nên dùng',
} as const
