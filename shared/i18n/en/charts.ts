import type { Translation } from '../text.ts'
import type { chartsVi } from '../vi/charts.ts'

export const chartsEn: Translation<typeof chartsVi> = {
  treeTable: 'The nodes of the tree as a table',
  treeTime: 'Time',
  treeNode: 'Values at the node',
  treeMeaning: 'What to do',
}
