import { Button, Menu, Stack, Table, Text } from '@mantine/core'
import { IconChevronDown, IconFileExport, IconFileImport } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { checklistOf } from '../../../shared/dossier/context.ts'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { templateEn } from '../../../shared/i18n/en/template.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { templateVi } from '../../../shared/i18n/vi/template.ts'
import { faultText } from '../../../shared/kernel/faults.ts'
import { answerTemplate } from '../../../shared/report/template/build.ts'
import { readTemplate } from '../../../shared/report/template/read.ts'
import type { TemplateRead } from '../../../shared/report/template/read.ts'
import { questionsOf } from '../../../shared/rulepack/load.ts'
import type { ChecklistPack } from '../../../shared/rulepack/schema.ts'
import type { Checklist } from '../../../shared/schema/dossier.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useDossier, useStore } from '../../ui/store-context.tsx'
import { useFaultToast, useToast } from '../../ui/toasts.tsx'
import { inList } from './use-answering.tsx'

interface Props {
  readonly pack: ChecklistPack
  readonly checklist: Checklist
  readonly list: string | undefined
}

const RefusalTable = ({ read }: { readonly read: TemplateRead }) => {
  const t = useT(templateVi, templateEn)
  const pick = usePick()
  return (
    <div>
      <Text fw={560}>{t('refused', { count: read.refusals.length })}</Text>
      <Text size="sm" c="dimmed" mb="xs">{t('refusedLead')}</Text>
      <Table.ScrollContainer minWidth={600} maxHeight={320}>
        <Table fz="sm" aria-label={t('refused', { count: read.refusals.length })}>
          <Table.Thead>
            <Table.Tr>{[t('sheet'), t('line'), t('question'), t('given'), t('why')].map((title) => <Table.Th key={title}>{title}</Table.Th>)}</Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {read.refusals.map((refusal) => (
              <Table.Tr key={`${refusal.sheet}-${String(refusal.line)}-${refusal.given}-${refusal.fault.code}`}>
                <Table.Td>{refusal.sheet}</Table.Td>
                <Table.Td>{refusal.line}</Table.Td>
                <Table.Td>{refusal.label}</Table.Td>
                <Table.Td>{refusal.given}</Table.Td>
                <Table.Td>{pick(faultText(refusal.fault))}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  )
}

/** The spreadsheet that an enterprise fills in (mẫu trả lời): saved, read back, and taken over in one step after a look at the report. */
export const TemplateMenu = ({ pack, checklist, list }: Props) => {
  const t = useT(templateVi, templateEn)
  const common = useT(commonVi, commonEn)
  const { language } = useLanguage()
  const toast = useToast()
  const showFault = useFaultToast()
  const store = useStore()
  const { state, editable, run } = useDossier()
  const picker = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [read, setRead] = useState<TemplateRead | null>(null)
  const [fault, setFault] = useState<string | null>(null)

  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      const { writeWorkbook, xlsxMime } = await import('../../ui/spreadsheet/write.ts')
      const bytes = await writeWorkbook(answerTemplate(pack, checklist.pack, checklist, language))
      const done = await store.saveFile(`mau-${pack.id}-${state.id.slice(0, 8)}.xlsx`, xlsxMime, bytes)
      if (!done.ok) showFault(done.fault)
      else if (done.value !== null) toast({ text: t('exported', { name: done.value.name, place: done.value.place }) })
    } finally {
      setBusy(false)
    }
  }
  const open = async (file: File): Promise<void> => {
    setBusy(true)
    setFault(null)
    try {
      const { mostBytes, readList } = await import('../../ui/spreadsheet/read.ts')
      const sheets = file.size > mostBytes ? ({ ok: false, fault: 'badLarge' } as const) : await readList(new Uint8Array(await file.arrayBuffer()))
      if (!sheets.ok) {
        setFault(t(sheets.fault === 'badLarge' ? 'badLarge' : sheets.fault === 'badSheet' ? 'badSheet' : sheets.fault === 'badEmpty' ? 'badEmpty' : 'badKind'))
        return
      }
      const result = readTemplate(pack, checklist.pack, checklist, sheets.sheets, language)
      if (result.ok) setRead(result.value)
      else setFault(faultText(result.fault)[language])
    } finally {
      setBusy(false)
    }
  }
  const take = async (): Promise<void> => {
    if (read === null) return
    const count = Object.keys(read.answers).length
    // What was answered while the report was being read stays in force for evidence and confidence.
    const done = await run((now) => ({
      type: 'checklist.answerMany', ...inList(list),
      answers: Object.fromEntries(Object.entries(read.answers).map(([id, answer]) => {
        const present = checklistOf(now, list)?.answers[id]
        return [id, present === undefined ? answer : { ...answer, evidence: present.evidence, confidence: present.confidence }]
      })),
    }))
    if (!done) return
    setRead(null)
    toast({ text: t('imported', { count }), action: { label: common('undo'), run: () => void run({ type: 'undo' }) } })
  }
  const replaced = read === null ? [] : questionsOf(pack).filter(({ id }) => read.answers[id] !== undefined && checklist.answers[id] !== undefined).map(({ label }) => label)
  const count = read === null ? 0 : Object.keys(read.answers).length

  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" loading={busy} rightSection={<IconChevronDown size={16} aria-hidden />}>{t('menu')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFileExport size={16} aria-hidden />} onClick={() => void save()}>{t('exportDo')}</Menu.Item>
          {editable && <Menu.Item leftSection={<IconFileImport size={16} aria-hidden />} onClick={() => picker.current?.click()}>{t('importDo')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".xlsx"
        aria-label={t('importDo')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file !== undefined) void open(file)
        }}
      />
      {fault !== null && <Dialog opened onClose={() => setFault(null)} title={t('title')} actions={<Button onClick={() => setFault(null)}>{common('close')}</Button>}><Notice tone="bad">{fault}</Notice></Dialog>}
      {read !== null && (
        <Dialog
          opened
          onClose={() => setRead(null)}
          title={t('title')}
          size="xl"
          actions={
            <>
              <Button variant="default" onClick={() => setRead(null)}>{count === 0 ? common('close') : common('cancel')}</Button>
              {count > 0 && <Button onClick={() => void take()}>{t('doImport')}</Button>}
            </>
          }
        >
          <Stack gap="sm">
            {read.made === 'otherVersion' && <Notice tone="warn">{t('otherVersion', { version: read.version })}</Notice>}
            {read.made === 'otherPack' && <Notice tone="warn">{t('otherPack')}</Notice>}
            <Text fw={560}>{count === 0 ? t('takenNone') : t('taken', { count })}</Text>
            {replaced.length > 0 && <Text size="sm">{t('replaces', { count: replaced.length, labels: replaced.join(', ') })}</Text>}
            <Text size="sm" c="dimmed">{[read.unchanged.length > 0 ? t('unchanged', { count: read.unchanged.length }) : '', read.empty > 0 ? t('empty', { count: read.empty }) : ''].filter((part) => part !== '').join(' ')}</Text>
            {read.refusals.length > 0 && <RefusalTable read={read} />}
          </Stack>
        </Dialog>
      )}
    </>
  )
}
