import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { demandedReferences } from '../../../../shared/checklist/completeness.ts'
import { referenceFits } from '../../../../shared/checklist/migrate.ts'
import { checklistReferencesEn } from '../../../../shared/i18n/en/checklist-references.ts'
import { commonEn } from '../../../../shared/i18n/en/common.ts'
import { checklistReferencesVi } from '../../../../shared/i18n/vi/checklist-references.ts'
import { commonVi } from '../../../../shared/i18n/vi/common.ts'
import { dateText } from '../../../../shared/kernel/date-text.ts'
import type { ChecklistPack } from '../../../../shared/rulepack/schema.ts'
import type { Reference } from '../../../../shared/rulepack/scoring.ts'
import { citationText } from '../../../../shared/rulepack/source-words.ts'
import type { Checklist } from '../../../../shared/schema/dossier.ts'
import type { KeptTable } from '../../../../shared/schema/reference.ts'
import { useLanguage, usePick, useT } from '../../../ui/language.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { useDossier, useLive, useStore } from '../../../ui/store-context.tsx'
import { useFaultToast, useToast } from '../../../ui/toasts.tsx'
import results from '../results/Results.module.css'
import { inList } from '../use-answering.tsx'
import classes from './Reference.module.css'
import { cellWords } from './RowChoice.tsx'

const ReferenceDialog = lazy(async () => ({ default: (await import('./ReferenceDialog.tsx')).ReferenceDialog }))

interface Props {
  readonly pack: ChecklistPack
  readonly checklist: Checklist
  readonly list: string | undefined
  readonly readOnly: boolean
}

const OneReference = ({ pack, checklist, list, readOnly, reference, demanded }: Props & { readonly reference: Reference; readonly demanded: boolean }) => {
  const t = useT(checklistReferencesVi, checklistReferencesEn)
  const common = useT(commonVi, commonEn)
  const pick = usePick()
  const { language } = useLanguage()
  const toast = useToast()
  const showFault = useFaultToast()
  const store = useStore()
  const { tables } = useLive(store.library)
  const { editable: mayEdit, run } = useDossier()
  const [dialog, setDialog] = useState<{ readonly kept?: KeptTable } | null>(null)
  const editable = mayEdit && !readOnly
  const choice = checklist.references?.[reference.id]
  const usable = tables.filter((table) => table.pack === pack.id && table.reference === reference.id && referenceFits(reference, table.rows.slice(0, 1)))
  const sameFile = usable.find((table) => table.sha256 === choice?.sha256)
  const basis = reference.basis.map((entry) => citationText(entry, pack.sources, language)).join('; ')
  const remove = async (): Promise<void> => {
    if (!(await run({ type: 'checklist.setReference', reference: reference.id, choice: null, ...inList(list) }))) return
    toast({ text: t('removed', { title: pick(reference.title) }), action: { label: common('undo'), run: () => void run({ type: 'undo' }) } })
  }
  const forget = async (table: KeptTable): Promise<void> => {
    const done = await store.forgetTable(table.sha256)
    if (done.ok) toast({ text: t('keptForgotten', { file: table.table }) })
    else showFault(done.fault)
  }
  const describe = (table: KeptTable): string => t('keptItem', { source: table.source, date: dateText(table.date), file: table.table, count: table.rows.length })
  return (
    <section className={classes.reference} data-at={`reference.${reference.id}`} aria-label={pick(reference.title)}>
      <div className={classes.head}>
        <Text fw={560}>{pick(reference.title)}</Text>
        {editable && (
          <Group gap="xs">
            {choice !== undefined && <Button variant="subtle" color="gray" size="compact-md" onClick={() => void remove()}>{t('remove')}</Button>}
            {sameFile !== undefined && <Button variant="light" size="compact-md" onClick={() => setDialog({ kept: sameFile })}>{t('changeRow')}</Button>}
            {usable.length > 0 && (
              <Menu position="bottom-end" width={420}>
                <Menu.Target><Button variant="light" size="compact-md">{t('useKept')}</Button></Menu.Target>
                <Menu.Dropdown>
                  {usable.map((table) => (
                    <Group key={table.sha256} gap={4} wrap="nowrap">
                      <Menu.Item onClick={() => setDialog({ kept: table })}>{describe(table)}</Menu.Item>
                      <ActionIcon variant="subtle" color="gray" aria-label={t('keptForget', { file: table.table })} onClick={() => void forget(table)}><IconTrash size={16} aria-hidden /></ActionIcon>
                    </Group>
                  ))}
                </Menu.Dropdown>
              </Menu>
            )}
            <Button variant={choice === undefined && demanded ? 'filled' : 'light'} size="compact-md" aria-label={`${t(choice === undefined ? 'importTable' : 'importOther')}: ${pick(reference.title)}`} onClick={() => setDialog({})}>{t(choice === undefined ? 'importTable' : 'importOther')}</Button>
          </Group>
        )}
      </div>
      {choice === undefined ? (demanded ? <Notice tone="warn">{pick(reference.missing)}</Notice> : <Text size="sm" c="dimmed">{pick(reference.missing)}</Text>) : (
        <>
          {choice.rows.length === 0 ? <Text size="sm">{t('noneApplies')}</Text> : (
            <div className={results.scroll}>
              <table className={results.table} aria-label={`${t('chosen')}: ${pick(reference.title)}`}>
                <thead><tr>{reference.columns.map((column) => <th key={column.id} scope="col" data-number={(column.type === 'number' && !column.key) || undefined}>{`${pick(column.text)}${column.unit === '' ? '' : ` (${column.unit})`}`}</th>)}</tr></thead>
                <tbody>{choice.rows.map((row, index) => <tr key={index}>{reference.columns.map((column) => <td key={column.id} data-number={(column.type === 'number' && !column.key) || undefined}>{cellWords(row[column.id], column.key, language)}</td>)}</tr>)}</tbody>
              </table>
            </div>
          )}
          <Text size="sm" c="dimmed" mt={8}>{choice.date === '' ? t('fromUndated', { source: choice.source, file: choice.table, hash: `${choice.sha256.slice(0, 16)}…` }) : t('from', { source: choice.source, date: dateText(choice.date), file: choice.table, hash: `${choice.sha256.slice(0, 16)}…` })}</Text>
        </>
      )}
      <details className={results.details}>
        <summary>{t('about')}</summary>
        <Text size="sm">{pick(reference.guidance)}</Text>
        {basis !== '' && <Text size="sm" c="dimmed" mt={4}>{basis}</Text>}
      </details>
      {dialog !== null && (
        <Suspense>
          <ReferenceDialog
            packId={pack.id}
            reference={reference}
            kept={dialog.kept}
            onClose={() => setDialog(null)}
            onChoose={(next) => run({ type: 'checklist.setReference', reference: reference.id, choice: next, ...inList(list) })}
          />
        </Suspense>
      )}
    </section>
  )
}

/** Reference tables of the pack (bảng tham chiếu): which rows are used, from which edition, and how to bring one in. */
export const ReferencePanels = (props: Props) => {
  const t = useT(checklistReferencesVi, checklistReferencesEn)
  const { pack } = props
  const demanded = useMemo(() => demandedReferences(pack), [pack])
  if (pack.references === undefined || pack.references.length === 0) return null
  return <Panel title={t('title')} anchor="references">{pack.references.map((reference) => <OneReference key={reference.id} {...props} reference={reference} demanded={demanded.has(reference.id)} />)}</Panel>
}
