import { Button, NativeSelect, Text, TextInput, Title } from '@mantine/core'
import { IconArrowRight, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { historyEn } from '../../../shared/i18n/en/history.ts'
import { historyVi } from '../../../shared/i18n/vi/history.ts'
import { fold } from '../../../shared/kernel/text.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useT } from '../../ui/language.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useWords } from '../../ui/words.ts'
import classes from './HistoryScreen.module.css'
import { useEntries } from './entries.ts'
import type { Entry } from './entries.ts'
import type { Area } from './sentences.ts'

const pageSize = 150
const areas = ['profile', 'evidence', 'checklist', 'valuation', 'council', 'report', 'phase'] as const satisfies readonly Area[]
const linesShown = 4

/** The log of a dossier, newest first, by day. */
export const HistoryScreen = () => {
  const t = useT(historyVi, historyEn)
  const entries = useEntries()
  return (
    <>
      <PageHeader order={2} title={t('title')} lead={t('lead')} />
      <Entries entries={entries} />
    </>
  )
}

/** Apart from the screen, so that typing in the search does not put the whole log into words again. */
const Entries = ({ entries }: { readonly entries: readonly Entry[] }) => {
  const t = useT(historyVi, historyEn)
  const words = useWords()
  const [search, setSearch] = useState('')
  const [area, setArea] = useState<Area | 'all'>('all')
  const [pages, setPages] = useState(1)
  const wanted = fold(search).split(' ').filter((word) => word !== '')
  const found = entries.filter((entry) => (area === 'all' || entry.area === area) && wanted.every((word) => entry.search.includes(word)))
  const shown = found.slice(0, pages * pageSize)
  const days = [...Map.groupBy(shown, (entry) => entry.day)]
  return (
    <>
      <search className={classes.filters}>
        <TextInput className={classes.search} aria-label={t('search')} placeholder={t('search')} leftSection={<IconSearch size={16} aria-hidden />} value={search} autoComplete="off" onChange={(event) => setSearch(event.currentTarget.value)} />
        <NativeSelect aria-label={t('area')} value={area} onChange={(event) => setArea(areas.find((one) => one === event.currentTarget.value) ?? 'all')}>
          <option value="all">{t('areaAll')}</option>
          {areas.map((one) => <option key={one} value={one}>{one === 'phase' ? t('areaPhase') : words.section(one)}</option>)}
        </NativeSelect>
        <output className={classes.count}>{t('count', { count: found.length })}</output>
      </search>
      {found.length === 0 && <EmptyState icon={<IconSearch size={28} stroke={1.5} />} title={t('none')} text="" />}
      {days.map(([day, rows]) => (
        <section key={day} className={classes.day} aria-label={day}>
          <Title order={3} size="h4" className={classes.heading}>{day}</Title>
          <ol>
            {rows.map((entry) => <Row key={entry.seq} entry={entry} />)}
          </ol>
        </section>
      ))}
      {shown.length < found.length && <Button variant="light" onClick={() => setPages(pages + 1)}>{t('more')}</Button>}
    </>
  )
}

const Row = ({ entry }: { readonly entry: Entry }) => {
  const t = useT(historyVi, historyEn)
  const [all, setAll] = useState(false)
  const lines = all ? entry.lines : entry.lines.slice(0, linesShown)
  const hidden = entry.lines.length - lines.length
  return (
    <li className={classes.entry}>
      <span className={classes.time} data-figures>{entry.time}</span>
      <div className={classes.body}>
        <Text fw={560}>{entry.sentence}</Text>
        {entry.note !== '' && <Text size="sm">{t('note', { note: entry.note })}</Text>}
        {lines.length > 0 && (
          <dl className={classes.lines}>
            {lines.map((line, index) => (
              <div key={`${index + 1} ${line.label}`}>
                <dt>{line.label}</dt>
                <dd>
                  {line.before !== null && <span className={classes.before}>{line.before}</span>}
                  {line.before !== null && <IconArrowRight size={14} aria-hidden />}
                  <span>{line.after ?? t('empty')}</span>
                </dd>
              </div>
            ))}
          </dl>
        )}
        {hidden > 0 && <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>{t('moreChanges', { count: hidden })}</Button>}
      </div>
      <span className={classes.who}>
        {entry.author}
        <span className={classes.seq}>{t('seq', { seq: entry.seq })}</span>
      </span>
    </li>
  )
}
