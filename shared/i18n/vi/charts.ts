/** Words beside charts and trees. */
export const chartsVi = {
  treeTable: 'Các nút của cây thành bảng',
  treeTime: 'Thời điểm',
  treeNode: 'Giá trị tại nút',
  treeMeaning: 'Nên làm gì',
} as const
