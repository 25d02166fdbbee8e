import { ActionIcon, Button, Group, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { sideBySide } from '../../../../shared/checklist/comparison.ts'
import type { ChecklistResult } from '../../../../shared/checklist/result.ts'
import { checklistCompareEn } from '../../../../shared/i18n/en/checklist-compare.ts'
import { checklistCompareVi } from '../../../../shared/i18n/vi/checklist-compare.ts'
import { utf8 } from '../../../../shared/kernel/bytes.ts'
import { formatNumber } from '../../../../shared/kernel/number-text.ts'
import { radarChart } from '../../../../shared/report/checklist-charts.ts'
import type { ChecklistPack } from '../../../../shared/rulepack/schema.ts'
import { ChartView } from '../../../charts/ChartView.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { useLanguage, usePick, useT } from '../../../ui/language.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { useDossier, usePacks, useStore } from '../../../ui/store-context.tsx'
import { useFaultToast, useToast } from '../../../ui/toasts.tsx'
import classes from '../results/Results.module.css'
import { classText } from './class-text.ts'
import { DossierPicker } from './DossierPicker.tsx'
import { comparisonCsv, comparisonWorkbook } from './table-file.ts'
import type { ComparisonFile } from './table-file.ts'
import { resultOn, useDossiers } from './use-dossiers.ts'

const mostDossiers = 10

interface Props {
  readonly pack: ChecklistPack
  /** Result of the dossier on the screen. */
  readonly result: ChecklistResult
  readonly onClose: () => void
}

/** Several dossiers on one pack (so sánh nhiều hồ sơ): numbers, classes, ranks, one radar over the other, and both as files. */
export const CompareDialog = ({ pack, result, onClose }: Props) => {
  const t = useT(checklistCompareVi, checklistCompareEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { id, state } = useDossier()
  const store = useStore()
  const packs = usePacks()
  const toast = useToast()
  const showFault = useFaultToast()
  const [others, setOthers] = useState<readonly string[]>([])
  const opened = useDossiers(others)
  const found = useMemo(() => opened.map((entry) => (entry === null ? null : { state: entry.state, on: resultOn(entry.state, pack.id, packs) })), [opened, pack.id, packs])
  const here = result.checklist.pack.sha256
  const entries = [
    { id, title: `${state.profile.title === '' ? t('unnamed') : state.profile.title} ${t('thisOne')}`, result },
    ...found.flatMap((entry, index) => (entry === null || entry.on === null || entry.on.checklist.pack.sha256 !== here ? [] : [{ id: others[index] ?? '', title: entry.state.profile.title === '' ? t('unnamed') : entry.state.profile.title, result: entry.on.result }])),
  ]
  const table = sideBySide(entries.map((entry) => entry.result))
  const chart = entries.length < 2 ? null : radarChart(pack, entries.map((entry) => ({ name: { vi: entry.title, en: entry.title }, result: entry.result })))
  const classNames = table.classes.map((entry) => (entry === null ? t('classUnknown') : pick(classText(pack, entry))))
  const file: ComparisonFile = { language, item: t('item'), classLabel: t('class'), rankLabel: t('rank'), titles: entries.map(({ title }) => title), classes: classNames, table }

  const save = async (name: string, mime: string, bytes: Uint8Array): Promise<void> => {
    const done = await store.saveFile(name, mime, bytes)
    if (!done.ok) showFault(done.fault)
    else if (done.value !== null) toast({ text: t('exported', { name: done.value.name, place: done.value.place }) })
  }
  const saveWorkbook = async (): Promise<void> => {
    const { writeWorkbook, xlsxMime } = await import('../../../ui/spreadsheet/write.ts')
    await save(`${t('fileName')}-${pack.id}.xlsx`, xlsxMime, await writeWorkbook(comparisonWorkbook(t('table'), file)))
  }

  return (
    <Dialog
      opened
      onClose={onClose}
      size={1100}
      title={t('several')}
      actions={entries.length < 2 ? undefined : (
        <>
          <Button variant="default" onClick={() => void save(`${t('fileName')}-${pack.id}.csv`, 'text/csv', utf8(comparisonCsv(file)))}>{t('exportCsv')}</Button>
          <Button variant="default" onClick={() => void saveWorkbook()}>{t('exportXlsx')}</Button>
        </>
      )}
    >
      <Text size="sm" c="dimmed" mb="sm">{t('severalLead')}</Text>
      {others.length + 1 < mostDossiers ? <DossierPicker pack={pack} taken={others} onChoose={(chosen) => setOthers([...others, chosen])} /> : <Text size="sm">{t('most', { most: mostDossiers })}</Text>}
      {others.map((other, index) => {
        const entry = found[index] ?? null
        const title = entry === null || entry.state.profile.title === '' ? t('unnamed') : entry.state.profile.title
        const wrong = entry === null ? t('opening') : entry.on === null ? t('otherPack', { title: pick(pack.title) }) : entry.on.checklist.pack.sha256 === here ? '' : t('otherPackVersion', { version: entry.on.checklist.pack.version })
        return (
          <Group key={other} gap={6} mt={6} wrap="nowrap">
            <ActionIcon variant="subtle" color="gray" aria-label={t('remove', { title })} onClick={() => setOthers(others.filter((one) => one !== other))}><IconX size={16} aria-hidden /></ActionIcon>
            <Text size="sm">{title}</Text>
            {wrong !== '' && <Text size="sm" c="var(--lg-warn)" role="status">{wrong}</Text>}
          </Group>
        )
      })}
      {entries.length < 2 ? <Notice>{t('atLeastTwo')}</Notice> : (
        <>
          <div className={classes.scroll}>
            <table className={classes.table} aria-label={t('table')}>
              <thead><tr><th scope="col">{t('item')}</th>{entries.map((entry) => <th key={entry.id} scope="col" data-number>{entry.title}</th>)}</tr></thead>
              <tbody>
                {pack.scoring.by !== 'levels' && <tr data-sum><td>{t('class')}</td>{entries.map((entry, index) => <td key={entry.id} data-number style={{ whiteSpace: 'normal' }}>{classNames[index]}</td>)}</tr>}
                {table.ranks.some((rank) => rank !== null) && <tr data-sum><td>{t('rank')}</td>{entries.map((entry, index) => <td key={entry.id} data-number>{table.ranks[index] ?? '–'}</td>)}</tr>}
                {table.rows.map(({ name, values }) => (
                  <tr key={name.id} data-sum={name.kind === 'total' || name.kind === 'section' || undefined}>
                    <td>{`${pick(name.text)}${name.unit === '' ? '' : ` (${name.unit})`}`}</td>
                    {entries.map((entry, index) => {
                      const value = values[index] ?? null
                      return <td key={entry.id} data-number>{value === null ? '–' : formatNumber(value, language, { maxDecimals: name.decimals })}</td>
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {chart !== null && <ChartView model={chart} />}
        </>
      )}
    </Dialog>
  )
}
