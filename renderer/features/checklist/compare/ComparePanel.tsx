import { Button, Text } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { changesSince, earlierOf } from '../../../../shared/checklist/comparison.ts'
import { classOf } from '../../../../shared/checklist/result.ts'
import { checklistCompareEn } from '../../../../shared/i18n/en/checklist-compare.ts'
import { checklistCompareVi } from '../../../../shared/i18n/vi/checklist-compare.ts'
import { dateText } from '../../../../shared/kernel/date-text.ts'
import { formatNumber } from '../../../../shared/kernel/number-text.ts'
import type { ChecklistPack } from '../../../../shared/rulepack/schema.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { useLanguage, usePick, useT } from '../../../ui/language.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { useDossier, usePacks } from '../../../ui/store-context.tsx'
import classes from '../results/Results.module.css'
import { inList } from '../use-answering.tsx'
import type { ViewProps } from '../view.ts'
import { classText } from './class-text.ts'
import { DossierPicker } from './DossierPicker.tsx'
import { resultOn, useDossiers } from './use-dossiers.ts'

const CompareDialog = lazy(async () => ({ default: (await import('./CompareDialog.tsx')).CompareDialog }))

interface ChooseProps {
  readonly pack: ChecklistPack
  readonly list: string | undefined
  readonly onClose: () => void
}

const ChooseEarlier = ({ pack, list, onClose }: ChooseProps) => {
  const t = useT(checklistCompareVi, checklistCompareEn)
  const pick = usePick()
  const { run } = useDossier()
  const packs = usePacks()
  const [chosen, setChosen] = useState<string | null>(null)
  const [opened] = useDossiers(chosen === null ? [] : [chosen])
  const found = opened === undefined || opened === null ? null : resultOn(opened.state, pack.id, packs)
  const take = async (): Promise<void> => {
    if (opened === undefined || opened === null || found === null) return
    if (await run({ type: 'checklist.compare', earlier: earlierOf(opened.state, found.checklist, found.result), ...inList(list) })) onClose()
  }
  return (
    <Dialog opened onClose={onClose} title={t('chooseEarlier')} actions={<Button disabled={found === null} onClick={() => void take()}>{t('chooseEarlier')}</Button>}>
      <Text size="sm" c="dimmed" mb="sm">{t('earlierLead')}</Text>
      <DossierPicker pack={pack} taken={[]} onChoose={setChosen} />
      {chosen !== null && (opened === undefined || opened === null
        ? <Text size="sm" mt="sm">{t('opening')}</Text>
        : found === null
          ? <Notice tone="warn" announce>{t('otherPack', { title: pick(pack.title) })}</Notice>
          : <Notice tone="good" announce>{t('frozen', { title: opened.state.profile.title, date: dateText(earlierOf(opened.state, found.checklist, found.result).date) })}</Notice>)}
    </Dialog>
  )
}

/** This assessment beside an earlier one, frozen in the dossier, and the way to set several dossiers side by side. */
export const ComparePanel = ({ pack, checklist, result, list }: ViewProps) => {
  const t = useT(checklistCompareVi, checklistCompareEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { editable, run } = useDossier()
  const [choosing, setChoosing] = useState(false)
  const [several, setSeveral] = useState(false)
  const { earlier } = checklist
  const now = classOf(result)
  const number = (value: number | null, decimals: number): string => (value === null ? '–' : formatNumber(value, language, { maxDecimals: decimals }))
  return (
    <>
      <Panel
        title={t('earlier')}
        {...(earlier === undefined ? { lead: t('earlierLead') } : {})}
        anchor="earlier"
        flush={earlier !== undefined}
        actions={
          <>
            {editable && earlier !== undefined && <Button variant="subtle" color="gray" onClick={() => void run({ type: 'checklist.compare', earlier: null, ...inList(list) })}>{t('dropEarlier')}</Button>}
            {editable && <Button variant="light" onClick={() => setChoosing(true)}>{t(earlier === undefined ? 'chooseEarlier' : 'changeEarlier')}</Button>}
            <Button variant="light" onClick={() => setSeveral(true)}>{t('several')}</Button>
          </>
        }
      >
        {earlier !== undefined && (
          <>
            <Text size="sm" px={24} pb="sm">{`${t('frozen', { title: earlier.title, date: dateText(earlier.date) })} (${t(earlier.seal === null ? 'unsealed' : 'sealed')})`}</Text>
            {earlier.pack.version !== pack.version && <Notice tone="warn">{t('otherVersion', { version: earlier.pack.version })}</Notice>}
            <div className={classes.scroll}>
              <table className={classes.table} aria-label={t('earlier')}>
                <thead><tr><th scope="col">{t('item')}</th><th scope="col" data-number>{t('then')}</th><th scope="col" data-number>{t('now')}</th><th scope="col" data-number>{t('change')}</th></tr></thead>
                <tbody>
                  {pack.scoring.by !== 'levels' && pack.scoring.classes.length > 0 && (
                    <tr data-sum>
                      <td>{t('class')}</td>
                      <td>{earlier.class === null ? t('classUnknown') : pick(classText(pack, earlier.class))}</td>
                      <td>{now === null ? t('classUnknown') : pick(classText(pack, now))}</td>
                      <td aria-hidden />
                    </tr>
                  )}
                  {changesSince(result, earlier).map(({ name, then, now: present, difference }) => (
                    <tr key={name.id} data-sum={name.kind === 'total' || name.kind === 'section' || undefined}>
                      <td>{`${pick(name.text)}${name.unit === '' ? '' : ` (${name.unit})`}`}</td>
                      <td data-number>{number(then, name.decimals)}</td>
                      <td data-number>{number(present, name.decimals)}</td>
                      <td data-number className={difference === null || difference === 0 ? classes.muted : undefined}>{difference === null ? '–' : `${difference > 0 ? '+' : ''}${number(difference, name.decimals)}`}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </Panel>
      {choosing && <ChooseEarlier pack={pack} list={list} onClose={() => setChoosing(false)} />}
      {several && <Suspense><CompareDialog pack={pack} result={result} onClose={() => setSeveral(false)} /></Suspense>}
    </>
  )
}
