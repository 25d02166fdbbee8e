import { NativeSelect, Text, TextInput } from '@mantine/core'
import { IconFile, IconFileTypePdf, IconLink, IconMessages, IconPhoto, IconRuler2, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { evidenceEn } from '../../../shared/i18n/en/evidence.ts'
import { evidenceVi } from '../../../shared/i18n/vi/evidence.ts'
import { fold } from '../../../shared/kernel/text.ts'
import type { Evidence } from '../../../shared/schema/dossier.ts'
import { sectionHash } from '../../router.ts'
import { useT } from '../../ui/language.tsx'
import { useDossier } from '../../ui/store-context.tsx'
import type { Citation } from './citations.ts'
import classes from './EvidenceList.module.css'
import { fileKind } from './file-kind.ts'

const kinds = ['file', 'link', 'interview', 'measurement'] as const

const iconOf = (piece: Evidence): typeof IconFile => {
  if (piece.file === null) return piece.kind === 'link' ? IconLink : piece.kind === 'interview' ? IconMessages : IconRuler2
  const kind = fileKind(piece.file.mime, piece.file.name)
  return kind === 'pdf' ? IconFileTypePdf : kind === 'image' ? IconPhoto : IconFile
}

interface Props {
  /** Newest first. */
  readonly pieces: readonly Evidence[]
  readonly chosen: string
  readonly citations: ReadonlyMap<string, readonly Citation[]>
}

/** The list of evidence with search and filter; arrow keys go up and down. */
export const EvidenceList = ({ pieces, chosen, citations }: Props) => {
  const t = useT(evidenceVi, evidenceEn)
  const { id } = useDossier()
  const [search, setSearch] = useState('')
  const [kind, setKind] = useState<Evidence['kind'] | 'all'>('all')
  const words = fold(search).split(' ').filter((word) => word !== '')
  const shown = pieces.filter((piece) => {
    const text = fold(`${piece.title} ${piece.source} ${piece.note} ${piece.file?.name ?? ''}`)
    return (kind === 'all' || piece.kind === kind) && words.every((word) => text.includes(word))
  })
  const kindNames = { file: t('kindFile'), link: t('kindLink'), interview: t('kindInterview'), measurement: t('kindMeasurement') }
  const step = (event: KeyboardEvent<HTMLAnchorElement>): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const item = event.currentTarget.parentElement
    const next = event.key === 'ArrowDown' ? item?.nextElementSibling : item?.previousElementSibling
    next?.querySelector<HTMLElement>('a')?.focus()
  }
  return (
    <section className={classes.side} aria-label={t('list')}>
      <search className={classes.filters}>
        <TextInput aria-label={t('search')} placeholder={t('search')} leftSection={<IconSearch size={16} aria-hidden />} value={search} autoComplete="off" onChange={(event) => setSearch(event.currentTarget.value)} />
        <NativeSelect aria-label={t('kindFilter')} value={kind} onChange={(event) => setKind(kinds.find((one) => one === event.currentTarget.value) ?? 'all')}>
          <option value="all">{t('kindAll')}</option>
          {kinds.map((one) => <option key={one} value={one}>{kindNames[one]}</option>)}
        </NativeSelect>
      </search>
      <output className={classes.count}>{t('count', { count: shown.length })}</output>
      <ul className={classes.list}>
        {shown.map((piece) => {
          const Icon = iconOf(piece)
          const times = citations.get(piece.id)?.length ?? 0
          return (
            <li key={piece.id}>
              <a href={sectionHash(id, 'evidence', piece.id)} data-at={piece.id} aria-current={piece.id === chosen || undefined} onKeyDown={step}>
                <Icon size={19} stroke={1.5} aria-hidden />
                <span className={classes.words}>
                  <span className={classes.title}>{piece.title}</span>
                  <span className={classes.facts}>{[times === 0 ? t('notCited') : t('citedTimes', { count: times }), piece.source].filter((text) => text !== '').join(' · ')}</span>
                </span>
              </a>
            </li>
          )
        })}
      </ul>
      {shown.length === 0 && <Text size="sm" c="dimmed" p="md">{t('noMatch')}</Text>}
    </section>
  )
}
