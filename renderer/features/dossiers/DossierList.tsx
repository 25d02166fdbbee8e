import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowBackUp, IconDots, IconTrash } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { dossiersEn } from '../../../shared/i18n/en/dossiers.ts'
import { dossiersVi } from '../../../shared/i18n/vi/dossiers.ts'
import { sectionHash } from '../../router.ts'
import type { DossierSummary } from '../../store/api.ts'
import { isComposing } from '../../ui/keys.ts'
import { useT } from '../../ui/language.tsx'
import { PhaseBadge } from '../../ui/PhaseBadge.tsx'
import { showInstant } from '../../ui/time.ts'
import { useWindow } from '../../ui/use-window.ts'
import { useWords } from '../../ui/words.ts'
import { canDiscard } from './select.ts'
import classes from './DossierList.module.css'

const rowHeight = 68

interface Props {
  readonly rows: readonly DossierSummary[]
  readonly onDiscard: (row: DossierSummary) => void
  readonly onRestore: (row: DossierSummary) => void
  readonly writable: boolean
}

/** The rows of the list; only those in sight exist. Arrow keys move, Enter opens. */
export const DossierList = ({ rows, onDiscard, onRestore, writable }: Props) => {
  const t = useT(dossiersVi, dossiersEn)
  const list = useRef<HTMLUListElement>(null)
  const [active, setActive] = useState(0)
  const wantsFocus = useRef(false)
  const { from, to, reveal } = useWindow(list, rows.length, rowHeight)
  const current = Math.min(active, Math.max(0, rows.length - 1))

  const move = (to: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, to))
    wantsFocus.current = true
    setActive(next)
    reveal(next)
  }
  useEffect(() => {
    if (!wantsFocus.current) return
    const link = list.current?.querySelector<HTMLElement>(`[data-index="${current}"]`)
    if (link === null || link === undefined) return
    wantsFocus.current = false
    link.focus({ preventScroll: true })
  })
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event) || event.altKey || event.ctrlKey || event.metaKey) return
    const to = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: rows.length - 1, PageDown: current + 8, PageUp: current - 8 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    move(to)
  }

  return (
    <ul ref={list} className={classes.list} aria-label={t('list')} style={{ height: rows.length * rowHeight }}>
      {rows.slice(from, to).map((row, offset) => {
        const index = from + offset
        return (
          <li key={row.id} className={classes.item} style={{ transform: `translateY(${index * rowHeight}px)` }} aria-setsize={rows.length} aria-posinset={index + 1}>
            <Row row={row} index={index} tabbable={index === current} onFocus={() => setActive(index)} onKeyDown={onKeyDown} />
            <RowMenu row={row} writable={writable} onDiscard={onDiscard} onRestore={onRestore} />
          </li>
        )
      })}
    </ul>
  )
}

interface RowProps {
  readonly row: DossierSummary
  readonly index: number
  /** Only one row is reached by Tab; the arrow keys reach the others. */
  readonly tabbable: boolean
  readonly onFocus: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

const Row = ({ row, index, tabbable, onFocus, onKeyDown }: RowProps) => {
  const t = useT(dossiersVi, dossiersEn)
  const words = useWords()
  const percent = Math.round(row.progress * 100)
  return (
    <a className={classes.row} href={sectionHash(row.id, 'overview')} data-index={index} tabIndex={tabbable ? 0 : -1} onFocus={onFocus} onKeyDown={onKeyDown}>
      <span className={classes.names}>
        <span className={classes.title}>
          <span>{row.title === '' ? t('untitled') : row.title}</span>
          {row.sample && <span className={classes.sample}>{t('sample')}</span>}
        </span>
        <span className={classes.parties}>{[row.owner, row.client].filter((name) => name !== '').join(' · ')}</span>
      </span>
      <span className={classes.kind}>{words.kind(row.kind)}</span>
      <PhaseBadge phase={row.phase} />
      <span className={classes.progress} data-figures>
        <span className={classes.track} aria-hidden><span style={{ width: `${percent}%` }} /></span>
        <span className={classes.percent} aria-label={t('progress', { percent })}>{percent}%</span>
      </span>
      <span className={classes.when} data-figures>{showInstant(row.updatedAt)}</span>
    </a>
  )
}

const RowMenu = ({ row, writable, onDiscard, onRestore }: { readonly row: DossierSummary } & Pick<Props, 'writable' | 'onDiscard' | 'onRestore'>) => {
  const t = useT(dossiersVi, dossiersEn)
  if (!writable || (row.phase !== 'discarded' && !canDiscard(row))) return null
  const title = row.title === '' ? t('untitled') : row.title
  return (
    <div className={classes.menu}>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('more', { title })}><IconDots size={18} aria-hidden /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {row.phase !== 'discarded'
            ? <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => onDiscard(row)}>{t('discard')}</Menu.Item>
            : <Menu.Item leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => onRestore(row)}>{t('restore')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
