import type { Translation } from '../text.ts'
import type { pdfVi } from '../vi/pdf.ts'

export const pdfEn = {
  loading: 'Reading the file…',
  broken: 'The file cannot be read. It may have been damaged before it was brought in.',
  locked: 'This PDF has a password and cannot be shown.',
  page: 'Page {page} of {pages}',
  previous: 'Previous page',
  next: 'Next page',
  zoomIn: 'Larger',
  zoomOut: 'Smaller',
  zoomFit: 'Fit',
} as const satisfies Translation<typeof pdfVi>
