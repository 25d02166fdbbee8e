/** Words of the engine's self-test. */
export const selfTestVi = {
  title: 'Tự kiểm tra bộ tính',
  lead: 'Chạy lại các ca tính đã công bố, có lời giải biết trước, bằng chính bộ tính của máy này. Số liệu hồ sơ không bị đụng tới.',
  run: 'Chạy kiểm tra',
  again: 'Chạy lại',
  running: 'Đang kiểm tra…',
  broke: 'Không chạy được phép tự kiểm tra. Hãy khởi động lại chương trình rồi thử lại.',
  allRight: 'Đúng cả {total} ca. Bộ tính phiên bản {version}.',
  someWrong: 'Đúng {passed} trong {total} ca. Đừng dùng kết quả của nhóm có ca sai trước khi tìm ra nguyên nhân. Bộ tính phiên bản {version}.',
  table: 'Kết quả theo nhóm',
  family: 'Nhóm',
  right: 'Đúng',
  wrong: 'Sai',
  skipped: 'Không tính được',
  failures: 'Các ca không đúng',
  failure: 'Ca {id}, {path}: phải là {expected}, tính ra {actual}.',
  sources: 'Mỗi ca kèm nguồn trong tệp của nó: sách, bài báo, văn bản, tiêu chuẩn, hoặc bộ kiểm thử cho phép dùng lại.',
} as const
