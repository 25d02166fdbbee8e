import { ActionIcon, Text, VisuallyHidden } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconZoomIn, IconZoomOut, IconZoomReset } from '@tabler/icons-react'
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import { useEffect, useRef, useState } from 'react'
import { pdfEn } from '../../../shared/i18n/en/pdf.ts'
import { pdfVi } from '../../../shared/i18n/vi/pdf.ts'
import { useT } from '../language.tsx'
import { Loading } from '../Loading.tsx'
import { openPdf } from './pdf-document.ts'
import type { ReadRange } from './pdf-document.ts'
import classes from './PdfPages.module.css'

const zooms = [0.75, 1, 1.5, 2, 3] as const

type Opened = { readonly is: 'loading' | 'broken' | 'locked' } | { readonly is: 'open'; readonly pdf: PDFDocumentProxy }

const usePdf = (size: number, read: ReadRange): Opened => {
  const [opened, setOpened] = useState<Opened>({ is: 'loading' })
  useEffect(() => {
    let gone = false
    const say = (next: Opened): void => {
      if (!gone) setOpened(next)
    }
    const task = openPdf(size, read, () => say({ is: 'broken' }))
    task.promise.then((pdf) => say({ is: 'open', pdf }), (error: unknown) => say({ is: error instanceof Error && error.name === 'PasswordException' ? 'locked' : 'broken' }))
    return () => {
      gone = true
      // Closed while it is still being opened, it ends with a fault that nobody waits for.
      task.destroy().catch(() => undefined)
    }
  }, [size, read])
  return opened
}

interface Props {
  readonly size: number
  readonly read: ReadRange
  readonly title: string
}

/** A PDF, one page at a time. */
export const PdfPages = ({ size, read, title }: Props) => {
  const t = useT(pdfVi, pdfEn)
  const opened = usePdf(size, read)
  const [page, setPage] = useState(1)
  const [zoom, setZoom] = useState(1)
  if (opened.is === 'loading') return <Loading text={t('loading')} />
  if (opened.is !== 'open') return <Text size="sm" c="dimmed">{opened.is === 'locked' ? t('locked') : t('broken')}</Text>
  const { numPages } = opened.pdf
  const shown = Math.min(page, numPages)
  return (
    <div>
      <div className={classes.bar}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('previous')} disabled={shown <= 1} onClick={() => setPage(shown - 1)}><IconChevronLeft size={18} aria-hidden /></ActionIcon>
        <output>{t('page', { page: shown, pages: numPages })}</output>
        <ActionIcon variant="subtle" color="gray" aria-label={t('next')} disabled={shown >= numPages} onClick={() => setPage(shown + 1)}><IconChevronRight size={18} aria-hidden /></ActionIcon>
        <span className={classes.spacer} />
        <ActionIcon variant="subtle" color="gray" aria-label={t('zoomOut')} disabled={zoom === zooms[0]} onClick={() => setZoom(zooms.findLast((one) => one < zoom) ?? zoom)}><IconZoomOut size={18} aria-hidden /></ActionIcon>
        <ActionIcon variant="subtle" color="gray" aria-label={t('zoomFit')} disabled={zoom === 1} onClick={() => setZoom(1)}><IconZoomReset size={18} aria-hidden /></ActionIcon>
        <ActionIcon variant="subtle" color="gray" aria-label={t('zoomIn')} disabled={zoom === zooms.at(-1)} onClick={() => setZoom(zooms.find((one) => one > zoom) ?? zoom)}><IconZoomIn size={18} aria-hidden /></ActionIcon>
      </div>
      <Sheet pdf={opened.pdf} page={shown} zoom={zoom} title={title} />
    </div>
  )
}

const wordsOf = async (page: PDFPageProxy): Promise<string> => {
  const { items } = await page.getTextContent()
  return items.map((item) => ('str' in item ? item.str : '')).join(' ').replace(/\s+/g, ' ').trim()
}

const Sheet = ({ pdf, page, zoom, title }: { readonly pdf: PDFDocumentProxy; readonly page: number; readonly zoom: number; readonly title: string }) => {
  const t = useT(pdfVi, pdfEn)
  const frame = useRef<HTMLElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [words, setWords] = useState('')
  const [broken, setBroken] = useState<number | null>(null)
  useEffect(() => {
    let gone = false
    let stop = (): void => {}
    const draw = async (): Promise<void> => {
      const sheet = await pdf.getPage(page)
      if (gone || canvas.current === null || frame.current === null) return
      const natural = sheet.getViewport({ scale: 1 })
      const scale = ((frame.current.clientWidth - 26) / natural.width) * zoom
      const density = Math.min(window.devicePixelRatio, 2)
      const viewport = sheet.getViewport({ scale: scale * density })
      const target = canvas.current
      target.width = Math.floor(viewport.width)
      target.height = Math.floor(viewport.height)
      target.style.width = `${Math.floor(viewport.width / density)}px`
      const task = sheet.render({ canvas: target, viewport })
      stop = () => task.cancel()
      await task.promise
      const text = await wordsOf(sheet)
      if (!gone) setWords(text)
    }
    draw().catch((error: unknown) => {
      if (!gone && !(error instanceof Error && error.name === 'RenderingCancelledException')) setBroken(page)
    })
    return () => {
      gone = true
      stop()
    }
  }, [pdf, page, zoom])
  return (
    <section ref={frame} className={classes.sheet} aria-label={title} tabIndex={0}>
      {broken === page && <Text size="sm" c="dimmed">{t('broken')}</Text>}
      <canvas ref={canvas} aria-hidden hidden={broken === page} />
      <VisuallyHidden>{words}</VisuallyHidden>
    </section>
  )
}
