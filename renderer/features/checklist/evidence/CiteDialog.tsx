import { Button, Checkbox, Group, NativeSelect, ScrollArea, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { memo, useCallback, useMemo, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { citable, recited } from '../../../../shared/checklist/citations.ts'
import type { Citable, Citations } from '../../../../shared/checklist/citations.ts'
import { checklistOf } from '../../../../shared/dossier/context.ts'
import { checklistEvidenceEn } from '../../../../shared/i18n/en/checklist-evidence.ts'
import { commonEn } from '../../../../shared/i18n/en/common.ts'
import { checklistEvidenceVi } from '../../../../shared/i18n/vi/checklist-evidence.ts'
import { commonVi } from '../../../../shared/i18n/vi/common.ts'
import { fold } from '../../../../shared/kernel/text.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { isComposing } from '../../../ui/keys.ts'
import { usePick, useT } from '../../../ui/language.tsx'
import { useDossier } from '../../../ui/store-context.tsx'
import { useToast } from '../../../ui/toasts.tsx'
import { inList } from '../use-answering.tsx'
import type { ViewProps } from '../view.ts'
import classes from './CiteDialog.module.css'

const filters = {
  lacking: { label: 'filterLacking', keeps: ({ lacks }: Citable, cites: boolean) => lacks && !cites },
  demanding: { label: 'filterDemanding', keeps: ({ least }: Citable) => least > 0 },
  cited: { label: 'filterCited', keeps: (_: Citable, cites: boolean) => cites },
  all: { label: 'filterAll', keeps: () => true },
} as const
type Filter = keyof typeof filters
const filterNames: readonly Filter[] = ['lacking', 'demanding', 'cited', 'all']

interface RowProps {
  readonly entry: Citable
  readonly checked: boolean
  readonly onTick: (questions: readonly string[], cites: boolean) => void
}

/** Drawn anew only when its own mark changes: a checklist may have hundreds of questions. */
const Row = memo(({ entry, checked, onTick }: RowProps) => {
  const t = useT(checklistEvidenceVi, checklistEvidenceEn)
  const pick = usePick()
  const { question, answered, least, have, lacks } = entry
  const remark = lacks ? (have < least ? t('citeLacks', { least, have }) : t('citeSectionLacks')) : answered ? undefined : t('citeOpen')
  return (
    <li className={classes.row} data-lacks={lacks || undefined}>
      <Checkbox size="sm" label={`${question.label}. ${pick(question.text)}`} description={remark} checked={checked} onChange={(event) => onTick([question.id], event.currentTarget.checked)} />
    </li>
  )
})
Row.displayName = 'CitableRow'

/** Arrow keys, Home and End go from mark to mark. */
const walk = (event: KeyboardEvent<HTMLDivElement>): void => {
  if (!['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key)) return
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')]
  const at = boxes.findIndex((box) => box === document.activeElement)
  const to = event.key === 'Home' ? 0 : event.key === 'End' ? boxes.length - 1 : at + (event.key === 'ArrowDown' ? 1 : -1)
  event.preventDefault()
  boxes[to]?.focus()
}

interface Props extends Pick<ViewProps, 'pack' | 'checklist' | 'list'> {
  readonly pieces: readonly { readonly id: string; readonly title: string }[]
  /** The piece shown first. */
  readonly first: string
  readonly onClose: () => void
}

/** Cites pieces of evidence for many questions in one step (dẫn chứng cứ cho nhiều câu). */
export const CiteDialog = ({ pack, checklist, list, pieces, first, onClose }: Props) => {
  const t = useT(checklistEvidenceVi, checklistEvidenceEn)
  const common = useT(commonVi, commonEn)
  const pick = usePick()
  const toast = useToast()
  const { state, run } = useDossier()
  const [piece, setPiece] = useState(first)
  const [wanted, setWanted] = useState<Citations>({})
  const [search, setSearch] = useState('')
  const sections = useMemo(() => citable(pack, checklist, state.evidence), [pack, checklist, state.evidence])
  const cites = useCallback((question: string): boolean => checklist.answers[question]?.evidence.includes(piece) === true, [checklist, piece])
  const [filter, setFilter] = useState<Filter>(() => (sections.some(({ entries }) => entries.some((entry) => filters.lacking.keeps(entry, cites(entry.question.id)))) ? 'lacking' : 'all'))
  const ticked = (question: string): boolean => wanted[piece]?.[question] ?? cites(question)
  const tick = useCallback((questions: readonly string[], on: boolean): void => setWanted((now) => ({ ...now, [piece]: { ...now[piece], ...Object.fromEntries(questions.map((id) => [id, on])) } })), [piece])

  const words = fold(search)
  const countOf = (name: Filter): number => sections.reduce((sum, { entries }) => sum + entries.filter((entry) => filters[name].keeps(entry, cites(entry.question.id))).length, 0)
  const shown = sections.map(({ section, entries }) => ({
    section,
    entries: entries.filter((entry) => filters[filter].keeps(entry, cites(entry.question.id)) && (words === '' || fold(`${entry.question.label} ${pick(entry.question.text)}`).includes(words))),
  })).filter(({ entries }) => entries.length > 0)
  const idsShown = shown.flatMap(({ entries }) => entries.map(({ question }) => question.id))
  const isCited = (evidence: string, question: string): boolean => checklist.answers[question]?.evidence.includes(evidence) === true
  const changes = Object.entries(wanted).flatMap(([evidence, questions]) => Object.entries(questions).filter(([question, on]) => isCited(evidence, question) !== on).map(([, on]) => on))
  const added = changes.filter((on) => on).length
  const removed = changes.length - added

  const record = async (): Promise<void> => {
    if (changes.length === 0) return
    const count = Object.keys(recited(checklist.answers, wanted)).length
    if (!(await run((now) => ({ type: 'checklist.answerMany', answers: recited(checklistOf(now, list)?.answers ?? {}, wanted), ...inList(list) })))) return
    onClose()
    toast({ text: t('citeDone', { count }), action: { label: common('undo'), run: () => void run({ type: 'undo' }) } })
  }
  const box = (label: string, questions: readonly string[], strong: boolean) => {
    const count = questions.filter(ticked).length
    return <Checkbox size="sm" label={label} fw={strong ? 600 : undefined} checked={count === questions.length} indeterminate={count > 0 && count < questions.length} onChange={(event) => tick(questions, event.currentTarget.checked)} />
  }

  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('citeTitle')}
      size="xl"
      actions={
        <>
          <Text size="sm" c="dimmed" mr="auto" role="status">{changes.length === 0 ? t('citeNoChange') : [added > 0 ? t('citeAdds', { count: added }) : '', removed > 0 ? t('citeRemoves', { count: removed }) : ''].filter((part) => part !== '').join(' ')}</Text>
          <Button variant="default" onClick={onClose}>{common('cancel')}</Button>
          <Button disabled={changes.length === 0} onClick={() => void record()}>{t('citeDo')}</Button>
        </>
      }
    >
      <Stack
        gap="sm"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isComposing(event)) void record()
        }}
      >
        <Text size="sm" c="dimmed">{t('citeLead')}</Text>
        <NativeSelect label={t('citePiece')} value={piece} data={pieces.map(({ id, title }) => ({ value: id, label: title }))} onChange={(event) => setPiece(event.currentTarget.value)} />
        <Group grow align="flex-end" gap="sm">
          <NativeSelect label={t('citeFilter')} value={filter} data={filterNames.map((name) => ({ value: name, label: t('citeFilterOf', { filter: t(filters[name].label), count: countOf(name) }) }))} onChange={(event) => setFilter(filterNames.find((name) => name === event.currentTarget.value) ?? 'all')} />
          <TextInput label={t('citeSearch')} leftSection={<IconSearch size={16} aria-hidden />} value={search} maxLength={200} autoComplete="off" onChange={(event) => setSearch(event.currentTarget.value)} />
        </Group>
        {idsShown.length === 0 ? <Text size="sm" c="dimmed">{t('citeNoMatch')}</Text> : (
          <div onKeyDown={walk} role="presentation">
            <div className={classes.all}>{box(t('citeAll', { count: idsShown.length }), idsShown, true)}</div>
            <ScrollArea.Autosize mah="42vh" type="auto">
              {shown.map(({ section, entries }) => (
                <fieldset key={section.id} className={classes.section}>
                  <VisuallyHidden component="legend">{pick(section.title)}</VisuallyHidden>
                  <div className={classes.head}>{box(pick(section.title), entries.map(({ question }) => question.id), true)}</div>
                  <ul className={classes.rows}>{entries.map((entry) => <Row key={entry.question.id} entry={entry} checked={ticked(entry.question.id)} onTick={tick} />)}</ul>
                </fieldset>
              ))}
            </ScrollArea.Autosize>
          </div>
        )}
      </Stack>
    </Dialog>
  )
}
