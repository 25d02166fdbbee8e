import { Suspense, lazy, useCallback } from 'react'
import { pdfEn } from '../../shared/i18n/en/pdf.ts'
import { pdfVi } from '../../shared/i18n/vi/pdf.ts'
import { ok } from '../../shared/kernel/result.ts'
import { useT } from './language.tsx'
import { Loading } from './Loading.tsx'
import type { ReadRange } from './pdf/pdf-document.ts'

const PdfPages = lazy(() => import('./pdf/PdfPages.tsx').then((m) => ({ default: m.PdfPages })))

interface StretchProps {
  readonly size: number
  /** Reads a stretch of the file; must stay the same function while the file does. */
  readonly read: ReadRange
  readonly title: string
}

/** A PDF read in stretches, so that a large file is never wholly in memory. The viewer is loaded when first needed. */
export const PdfStretches = ({ size, read, title }: StretchProps) => {
  const t = useT(pdfVi, pdfEn)
  return <Suspense fallback={<Loading text={t('loading')} />}><PdfPages size={size} read={read} title={title} /></Suspense>
}

/** A PDF already in memory, page by page, with its text for screen readers. */
export const PdfView = ({ bytes, title }: { readonly bytes: Uint8Array<ArrayBuffer>; readonly title: string }) => {
  const read = useCallback<ReadRange>((from, to) => Promise.resolve(ok(bytes.slice(from, to))), [bytes])
  return <PdfStretches size={bytes.length} read={read} title={title} />
}
