import { Badge, Button, Checkbox, Group, Text, TextInput } from '@mantine/core'
import { IconFileExport, IconFileImport, IconPlus } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { packsEn } from '../../../shared/i18n/en/packs.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { packsVi } from '../../../shared/i18n/vi/packs.ts'
import { utf8 } from '../../../shared/kernel/bytes.ts'
import { dateText } from '../../../shared/kernel/date-text.ts'
import { fold } from '../../../shared/kernel/text.ts'
import type { LegalAdditions, RegisterEntry } from '../../../shared/rulepack/registry.ts'
import { amended, numberKey, readAdditions } from '../../../shared/rulepack/registry.ts'
import { sourceMarkText, sourceName, sourceStatusText } from '../../../shared/rulepack/source-words.ts'
import { dossierKinds } from '../../../shared/schema/dossier.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { flushDrafts } from '../../ui/drafts.ts'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { FaultNotice } from '../../ui/Notice.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { PickFiles } from '../../ui/PickFiles.tsx'
import { useLive, useStore } from '../../ui/store-context.tsx'
import { useFaultToast, useToast } from '../../ui/toasts.tsx'
import { useWords } from '../../ui/words.ts'
import { blankSource } from './blank.ts'
import { Fields } from './DraftForm.tsx'
import { TargetProvider } from './editing-context.tsx'
import classes from './Packs.module.css'
import { PackTabs } from './PackTabs.tsx'
import type { Path } from './paths.ts'
import { childOf, freshId, valueAt } from './paths.ts'
import { registerFields } from './specs.ts'

const put = (root: unknown, [key, ...rest]: Path, value: unknown): unknown => {
  if (key === undefined) return value
  const members = typeof root === 'object' && root !== null ? root : {}
  const child = put(childOf(root, key), rest, value)
  return child === undefined ? Object.fromEntries(Object.entries(members).filter(([name]) => name !== key)) : { ...members, [key]: child }
}

interface EditProps {
  readonly entry: { readonly kinds: readonly string[]; readonly source: unknown }
  readonly onSave: (entry: unknown) => Promise<boolean>
  readonly onClose: () => void
}

/** One source of the register, entered or amended here. */
const EditDialog = ({ entry, onSave, onClose }: EditProps) => {
  const t = useT(packsVi, packsEn)
  const common = useT(commonVi, commonEn)
  const words = useWords()
  const [now, setNow] = useState<unknown>(entry)
  const latest = useRef<unknown>(entry)
  const change = (path: Path, value: unknown): void => {
    latest.current = put(latest.current, path, value)
    setNow(latest.current)
  }
  const kinds = valueAt(now, ['kinds'])
  const chosen = Array.isArray(kinds) ? kinds.filter((kind) => typeof kind === 'string') : []
  const read = readAdditions(JSON.stringify({ format: 'luong-gia-legal-additions/1', sources: [now] }))
  const save = async (): Promise<void> => {
    await flushDrafts()
    if (await onSave(latest.current)) onClose()
  }
  return (
    <Dialog opened onClose={onClose} title={t('sourceEdit')} size={960} actions={<><Button variant="default" onClick={onClose}>{common('cancel')}</Button><Button onClick={() => void save()}>{common('save')}</Button></>}>
      <TargetProvider target={{ root: now, pack: null, change, readOnly: false }}><Fields fields={registerFields} path={['source']} /></TargetProvider>
      <Checkbox.Group mt="lg" label={t('usedFor')} description={t('usedForHelp')} value={chosen} onChange={(next) => change(['kinds'], dossierKinds.filter((kind) => next.includes(kind)))}>
        <Group gap="lg" mt="xs">{dossierKinds.map((kind) => <Checkbox key={kind} value={kind} label={words.kind(kind)} />)}</Group>
      </Checkbox.Group>
      {!read.ok && <Text size="sm" c="dimmed" mt="md">{t('sourceIncomplete')}</Text>}
    </Dialog>
  )
}

/** The register of legal sources (sổ căn cứ pháp lý): what the program came with, and what the officer added or amended. */
export const SourcesScreen = () => {
  const t = useT(packsVi, packsEn)
  const common = useT(commonVi, commonEn)
  const pick = usePick()
  const { language } = useLanguage()
  const store = useStore()
  const { writable } = useLive(store.info)
  const { register, additions } = useLive(store.library)
  const toast = useToast()
  const showFault = useFaultToast()
  const [search, setSearch] = useState('')
  const [editing, setEditing] = useState<EditProps['entry'] | null>(null)
  const [refused, setRefused] = useState<Parameters<typeof FaultNotice>[0]['fault'] | null>(null)
  const own = new Set(additions.sources.map(({ source }) => numberKey(source.number)))
  const wanted = fold(search)
  const shown = register.sources.filter(({ source }) => fold(`${source.number} ${source.title.vi} ${source.title.en}`).includes(wanted))
  const keep = async (next: LegalAdditions): Promise<boolean> => {
    const done = await store.setAdditions(next)
    if (!done.ok) showFault(done.fault)
    return done.ok
  }
  const save = async (entry: unknown): Promise<boolean> => {
    const read = readAdditions(JSON.stringify({ format: 'luong-gia-legal-additions/1', sources: [entry] }))
    if (!read.ok) {
      showFault(read.fault)
      return false
    }
    return keep({ ...additions, sources: amended(additions.sources, read.value.sources) })
  }
  const withdraw = async ({ source }: RegisterEntry): Promise<void> => {
    if (await keep({ ...additions, sources: additions.sources.filter((one) => numberKey(one.source.number) !== numberKey(source.number)) })) toast({ text: t('withdrawn', { number: source.number }), action: { label: common('undo'), run: () => void store.setAdditions(additions) } })
  }
  const take = async (files: readonly File[]): Promise<void> => {
    const [file] = files
    if (file === undefined) return
    const read = readAdditions(await file.text())
    setRefused(read.ok ? null : read.fault)
    if (read.ok && await keep({ ...additions, sources: amended(additions.sources, read.value.sources) })) toast({ text: t('sourcesImported', { count: read.value.sources.length }) })
  }
  const give = async (): Promise<void> => {
    const saved = await store.saveFile('can-cu-phap-ly.json', 'application/json', utf8(`${JSON.stringify(additions, null, 2)}\n`))
    if (!saved.ok) showFault(saved.fault)
    else if (saved.value !== null) toast({ text: t('exported', { name: saved.value.name }) })
  }
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('sourcesScreenLead', { version: register.version })}
        actions={
          <>
            {additions.sources.length > 0 && <Button variant="default" leftSection={<IconFileExport size={16} aria-hidden />} onClick={() => void give()}>{t('exportSources')}</Button>}
            {writable && <PickFiles accept=".json,application/json" onPick={(files) => void take(files)}>{(props) => <Button {...props} variant="default" leftSection={<IconFileImport size={16} aria-hidden />}>{t('importSources')}</Button>}</PickFiles>}
            {writable && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing({ kinds: [], source: { ...blankSource(0), id: freshId('them-1', register.sources.map(({ source }) => source.id)) } })}>{t('newSource')}</Button>}
          </>
        }
      />
      <PackTabs current="sources" />
      {refused !== null && <FaultNotice fault={refused} />}
      <TextInput mb="md" label={t('sourceSearch')} value={search} maxLength={200} onChange={(event) => setSearch(event.currentTarget.value)} />
      <Panel flush>
        <ul className={classes.rows}>
          {shown.map((entry) => {
            const { source } = entry
            const span = [source.effectiveFrom, source.effectiveTo].map(dateText)
            return (
              <li key={source.id} className={classes.row}>
                <div>
                  <Text fw={560}>{sourceName(source, language)}</Text>
                  <Text size="sm">{pick(source.title)}</Text>
                  <Text size="sm" c="dimmed">
                    {[span[0] === '' ? '' : t('from', { date: span[0] ?? '' }), span[1] === '' ? '' : t('until', { date: span[1] ?? '' }), (source.replacedBy ?? '') === '' ? '' : t('replacedBy', { number: source.replacedBy ?? '' }), source.note === undefined ? '' : pick(source.note)].filter((part) => part !== '').join(' · ')}
                  </Text>
                </div>
                <Group gap="xs" wrap="nowrap">
                  {own.has(numberKey(source.number)) && <Badge variant="light" tt="none" fw={500}>{t('ownSource')}</Badge>}
                  <Badge variant="light" tt="none" fw={500} color={source.status === 'inForce' || source.status === 'voluntary' ? 'pine' : source.status === 'replaced' ? 'red' : 'gray'}>{pick(sourceStatusText[source.status])}</Badge>
                  <Badge variant="light" tt="none" fw={500} color="gray">{pick(sourceMarkText[source.mark])}</Badge>
                  {writable && <Button variant="subtle" size="compact-sm" aria-label={`${common('edit')}: ${source.number}`} onClick={() => setEditing(entry)}>{common('edit')}</Button>}
                  {writable && own.has(numberKey(source.number)) && <Button variant="subtle" color="gray" size="compact-sm" aria-label={`${t('withdraw')}: ${source.number}`} onClick={() => void withdraw(entry)}>{t('withdraw')}</Button>}
                </Group>
              </li>
            )
          })}
        </ul>
      </Panel>
      {editing !== null && <EditDialog entry={editing} onSave={save} onClose={() => setEditing(null)} />}
    </>
  )
}
