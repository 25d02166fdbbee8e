import { Text } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { evidenceEn } from '../../../shared/i18n/en/evidence.ts'
import { evidenceVi } from '../../../shared/i18n/vi/evidence.ts'
import type { Fault } from '../../../shared/kernel/result.ts'
import type { Evidence } from '../../../shared/schema/dossier.ts'
import { useT } from '../../ui/language.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { FaultNotice } from '../../ui/Notice.tsx'
import { PdfStretches } from '../../ui/PdfView.tsx'
import { useDossier, useStore } from '../../ui/store-context.tsx'
import { fileKind, textOf } from './file-kind.ts'
import classes from './Preview.module.css'
import { readPieces } from './read-pieces.ts'

const largestImage = 80 * 1_048_576
const textShown = 262_144

/** Shows a file inside the program: PDF page by page, pictures, the beginning of texts. */
export const Preview = ({ piece }: { readonly piece: Evidence }) => {
  const t = useT(evidenceVi, evidenceEn)
  const { file } = piece
  if (file === null) return null
  switch (fileKind(file.mime, file.name)) {
    case 'pdf': return <PdfPreview key={file.sha256} piece={piece} size={file.size} />
    case 'image': return file.size > largestImage ? <Text size="sm" c="dimmed">{t('previewTooLarge')}</Text> : <ImagePreview key={file.sha256} piece={piece} mime={file.mime} size={file.size} />
    case 'text': return <TextPreview key={file.sha256} piece={piece} size={file.size} />
    case 'other': return <Text size="sm" c="dimmed">{t('previewNone')}</Text>
  }
}

const PdfPreview = ({ piece, size }: { readonly piece: Evidence; readonly size: number }) => {
  const store = useStore()
  const { id } = useDossier()
  const read = useCallback((from: number, to: number) => readPieces(store, id, piece.id, from, to), [store, id, piece.id])
  return <PdfStretches size={size} read={read} title={piece.title} />
}

type Loaded<T> = { readonly is: 'loading' } | { readonly is: 'failed'; readonly fault: Fault } | { readonly is: 'there'; readonly value: T }

/** The first `length` bytes of a file, read once. */
const useBytes = (piece: Evidence, length: number): Loaded<Uint8Array<ArrayBuffer>> => {
  const store = useStore()
  const { id } = useDossier()
  const [loaded, setLoaded] = useState<Loaded<Uint8Array<ArrayBuffer>>>({ is: 'loading' })
  useEffect(() => {
    const stop = new AbortController()
    void readPieces(store, id, piece.id, 0, length, stop.signal).then((read) => {
      if (stop.signal.aborted) return
      setLoaded(read.ok ? { is: 'there', value: read.value } : { is: 'failed', fault: read.fault })
    })
    return () => stop.abort()
  }, [store, id, piece.id, length])
  return loaded
}

const ImagePreview = ({ piece, mime, size }: { readonly piece: Evidence; readonly mime: string; readonly size: number }) => {
  const t = useT(evidenceVi, evidenceEn)
  const bytes = useBytes(piece, size)
  const [broken, setBroken] = useState(false)
  const value = bytes.is === 'there' ? bytes.value : null
  const show = useCallback((image: HTMLImageElement) => {
    if (value === null) return
    const url = URL.createObjectURL(new Blob([value], { type: mime }))
    image.src = url
    return () => URL.revokeObjectURL(url)
  }, [value, mime])
  if (bytes.is === 'failed') return <FaultNotice fault={bytes.fault} />
  if (broken) return <Text size="sm" c="dimmed">{t('previewBroken')}</Text>
  if (value === null) return <Loading text={t('previewLoading')} />
  return <img ref={show} className={classes.image} alt={t('imageOf', { title: piece.title })} onError={() => setBroken(true)} />
}

const TextPreview = ({ piece, size }: { readonly piece: Evidence; readonly size: number }) => {
  const t = useT(evidenceVi, evidenceEn)
  const bytes = useBytes(piece, Math.min(size, textShown))
  if (bytes.is === 'loading') return <Loading text={t('previewLoading')} />
  if (bytes.is === 'failed') return <FaultNotice fault={bytes.fault} />
  const text = textOf(bytes.value)
  if (text === null) return <Text size="sm" c="dimmed">{t('previewNone')}</Text>
  return (
    <>
      {/* Scrolled with the keyboard, so it takes the focus. */}
      <section className={classes.text} aria-label={t('textOf', { title: piece.title })} tabIndex={0}><pre>{text}</pre></section>
      {size > textShown && <Text size="sm" c="dimmed" mt="xs">{t('previewCut')}</Text>}
    </>
  )
}
