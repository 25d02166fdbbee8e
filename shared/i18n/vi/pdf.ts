/** The viewer of PDF files. */
export const pdfVi = {
  loading: 'Đang đọc tệp…',
  broken: 'Không đọc được tệp này. Có thể tệp đã hỏng từ trước khi đưa vào.',
  locked: 'Tệp PDF này có mật khẩu nên không xem trước được.',
  page: 'Trang {page} / {pages}',
  previous: 'Trang trước',
  next: 'Trang sau',
  zoomIn: 'Phóng to',
  zoomOut: 'Thu nhỏ',
  zoomFit: 'Vừa khung',
} as const
