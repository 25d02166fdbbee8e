import { ActionIcon, Button, NativeSelect, Text, TextInput } from '@mantine/core'
import { IconFilterOff, IconPlus, IconSearch, IconTrash, IconX } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { dossiersEn } from '../../../shared/i18n/en/dossiers.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { dossiersVi } from '../../../shared/i18n/vi/dossiers.ts'
import { ok } from '../../../shared/kernel/result.ts'
import type { Result } from '../../../shared/kernel/result.ts'
import { dossierKinds } from '../../../shared/schema/dossier.ts'
import { routeHash } from '../../router.ts'
import type { DossierSummary } from '../../store/api.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { isComposing, useShortcuts } from '../../ui/keys.ts'
import { useT } from '../../ui/language.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { readPreference, writePreference } from '../../ui/preferences.ts'
import { useLive, useStore } from '../../ui/store-context.tsx'
import { useFaultToast, useToast } from '../../ui/toasts.tsx'
import { useWords } from '../../ui/words.ts'
import { CreateDialog } from './CreateDialog.tsx'
import { DossierList } from './DossierList.tsx'
import classes from './DossiersScreen.module.css'
import { isKind, isOrder, selectDossiers } from './select.ts'
import type { Wanted } from './select.ts'
import { Samples, Welcome } from './Welcome.tsx'

/** All dossiers, or those in the trash. */
export const DossiersScreen = ({ view }: { readonly view: 'all' | 'trash' }) => {
  const t = useT(dossiersVi, dossiersEn)
  const common = useT(commonVi, commonEn)
  const store = useStore()
  const rows = useLive(store.list)
  const { writable } = useLive(store.info)
  const toast = useToast()
  const showFault = useFaultToast()
  const [creating, setCreating] = useState(false)
  const [sampling, setSampling] = useState(false)
  const [wanted, setWanted] = useState<Omit<Wanted, 'view'>>(() => {
    const order = readPreference('dossierSort')
    return { search: '', kind: 'all', phase: 'all', order: isOrder(order) ? order : 'updated' }
  })
  const search = useRef<HTMLInputElement>(null)
  const shown = useMemo(() => selectDossiers(rows, { ...wanted, view }), [rows, wanted, view])
  const discarded = useMemo(() => rows.reduce((count, row) => count + (row.phase === 'discarded' ? 1 : 0), 0), [rows])
  const total = view === 'trash' ? discarded : rows.length - discarded
  useShortcuts([
    { key: '/', run: () => search.current?.focus() },
    { key: 'n', run: () => writable && setCreating(true) },
  ])

  const phase = async (row: DossierSummary, type: 'phase.discard' | 'phase.restore', offerUndo: boolean): Promise<void> => {
    const returned: Result<void> = type === 'phase.discard' && row.phase !== 'draft' ? await store.run(row.id, { type: 'phase.return', reason: t('sampleReturned') }) : ok(undefined)
    const done = returned.ok ? await store.run(row.id, { type }) : returned
    if (!done.ok) {
      showFault(done.fault)
      return
    }
    const title = row.title === '' ? t('untitled') : row.title
    const away = type === 'phase.discard'
    toast({
      text: away ? t('discarded', { title }) : t('restored', { title }),
      ...(offerUndo ? { action: { label: common('undo'), run: () => void phase(row, away ? 'phase.restore' : 'phase.discard', false) } } : {}),
    })
  }

  const empty = total === 0
  const clear = (): void => setWanted({ ...wanted, search: '', kind: 'all', phase: 'all' })
  return (
    <>
      <PageHeader
        title={view === 'trash' ? t('trashTitle') : t('title')}
        {...(view === 'trash' ? { lead: t('trashLead') } : {})}
        actions={view === 'trash'
          ? <Button component="a" variant="default" href={routeHash({ to: 'dossiers', view: 'all' })}>{t('trashBack')}</Button>
          : (
            <>
              {discarded > 0 && <Button component="a" variant="subtle" color="gray" leftSection={<IconTrash size={17} aria-hidden />} href={routeHash({ to: 'dossiers', view: 'trash' })}>{t('trashCount', { count: discarded })}</Button>}
              {!empty && <Button variant="subtle" color="gray" onClick={() => setSampling(true)}>{t('samples')}</Button>}
              {!empty && <Button leftSection={<IconPlus size={17} aria-hidden />} disabled={!writable} onClick={() => setCreating(true)}>{t('create')}</Button>}
            </>
          )}
      />
      {empty && view === 'all' && <Welcome writable={writable} onCreate={() => setCreating(true)} />}
      {empty && view === 'trash' && <EmptyState icon={<IconTrash size={30} stroke={1.5} />} title={t('trashEmpty')} text={t('trashEmptyText')} />}
      {!empty && (
        <>
          <Filters wanted={wanted} view={view} onChange={setWanted} search={search} onDown={() => document.querySelector<HTMLElement>('[data-index="0"]')?.focus()} />
          <div className={classes.count}>
            <output>{shown.length === total ? t('count', { count: total }) : t('countOf', { count: shown.length, total })}</output>
            <Text span size="xs" className={classes.keys} aria-hidden>{t('keysHint')}</Text>
          </div>
          {shown.length === 0
            ? <EmptyState icon={<IconFilterOff size={30} stroke={1.5} />} title={t('noMatch')} text={t('noMatchText')} actions={<Button variant="light" onClick={clear}>{t('clearFilters')}</Button>} />
            : (
              <div className={classes.table}>
                <DossierList key={view} rows={shown} writable={writable} onDiscard={(row) => void phase(row, 'phase.discard', true)} onRestore={(row) => void phase(row, 'phase.restore', true)} />
              </div>
            )}
        </>
      )}
      {sampling && <Dialog opened onClose={() => setSampling(false)} title={t('samplesTitle')} size={1040}><Samples writable={writable} onOpened={() => setSampling(false)} /></Dialog>}
      {creating && <CreateDialog onClose={() => setCreating(false)} />}
    </>
  )
}

interface FilterProps {
  readonly wanted: Omit<Wanted, 'view'>
  readonly view: 'all' | 'trash'
  readonly onChange: (wanted: Omit<Wanted, 'view'>) => void
  readonly search: RefObject<HTMLInputElement | null>
  readonly onDown: () => void
}

const Filters = ({ wanted, view, onChange, search, onDown }: FilterProps) => {
  const t = useT(dossiersVi, dossiersEn)
  const words = useWords()
  return (
    <search className={classes.filters}>
      <TextInput
        ref={search}
        className={classes.search}
        aria-label={t('search')}
        placeholder={t('searchHint')}
        leftSection={<IconSearch size={17} aria-hidden />}
        rightSection={wanted.search === '' ? undefined : <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('searchClear')} onClick={() => onChange({ ...wanted, search: '' })}><IconX size={15} aria-hidden /></ActionIcon>}
        value={wanted.search}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        onChange={(event) => onChange({ ...wanted, search: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (isComposing(event)) return
          if (event.key === 'ArrowDown') {
            event.preventDefault()
            onDown()
          }
          if (event.key === 'Escape' && wanted.search !== '') onChange({ ...wanted, search: '' })
        }}
      />
      <NativeSelect aria-label={t('kindFilter')} value={wanted.kind} onChange={(event) => onChange({ ...wanted, kind: isKind(event.currentTarget.value) ? event.currentTarget.value : 'all' })}>
        <option value="all">{t('kindAll')}</option>
        {dossierKinds.map((kind) => <option key={kind} value={kind}>{words.kind(kind)}</option>)}
      </NativeSelect>
      {view === 'all' && (
        <NativeSelect aria-label={t('phaseFilter')} value={wanted.phase} onChange={(event) => onChange({ ...wanted, phase: event.currentTarget.value === 'open' ? 'open' : event.currentTarget.value === 'closed' ? 'closed' : 'all' })}>
          <option value="all">{t('phaseAll')}</option>
          <option value="open">{t('phaseOpen')}</option>
          <option value="closed">{t('phaseClosed')}</option>
        </NativeSelect>
      )}
      <NativeSelect
        aria-label={t('sort')}
        value={wanted.order}
        onChange={(event) => {
          const order = event.currentTarget.value
          if (!isOrder(order)) return
          writePreference('dossierSort', order)
          onChange({ ...wanted, order })
        }}
      >
        <option value="updated">{t('sortUpdated')}</option>
        <option value="title">{t('sortTitle')}</option>
        <option value="progress">{t('sortProgress')}</option>
      </NativeSelect>
    </search>
  )
}
