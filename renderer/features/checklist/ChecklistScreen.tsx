import { Button, Group, Tabs } from '@mantine/core'
import { IconChecklist, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { checklistOf, checklistsOf } from '../../../shared/dossier/context.ts'
import { checklistEn } from '../../../shared/i18n/en/checklist.ts'
import { checklistVi } from '../../../shared/i18n/vi/checklist.ts'
import { packRef } from '../../../shared/rulepack/load.ts'
import { PackUpdateNotice } from '../../ui/checklist/PackUpdateNotice.tsx'
import { useRoute } from '../../router.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { usePick, useT } from '../../ui/language.tsx'
import { LegalWarnings } from '../../ui/LegalWarnings.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PackOrigin } from '../../ui/PackOrigin.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useDossier, usePacks } from '../../ui/store-context.tsx'
import classes from './ChecklistScreen.module.css'
import { Guided } from './Guided.tsx'
import { placeIn } from './places.ts'
import { inList } from './use-answering.tsx'

const mainTab = 'main'

interface ChoiceProps {
  /** A further checklist is chosen, not the main one. */
  readonly beside: boolean
  readonly onChosen: (pack: string) => void
}

/** Checklist packs that may still be begun in this dossier (chọn bảng kiểm). */
const PackChoice = ({ beside, onChosen }: ChoiceProps) => {
  const t = useT(checklistVi, checklistEn)
  const pick = usePick()
  const { state, editable, run } = useDossier()
  const packs = usePacks()
  const used = checklistsOf(state).map(({ checklist }) => checklist.pack.id)
  const free = packs.checklists(state.kind).filter(({ pack }) => !used.includes(pack.id) && (pack.place === undefined || pack.place === (beside ? 'beside' : 'main')))
  const begin = async (index: number): Promise<void> => {
    const loaded = free[index]
    if (loaded === undefined) return
    const ref = packRef(loaded)
    if (await run({ type: 'checklist.usePack', pack: ref, ...inList(beside ? ref.id : undefined) })) onChosen(beside ? ref.id : mainTab)
  }
  if (free.length === 0) return <Notice>{t('addListNone')}</Notice>
  return free.map((loaded, index) => (
    <Panel
      key={loaded.sha256}
      title={pick(loaded.pack.title)}
      lead={`${pick(loaded.pack.description)} (${t('version', { version: loaded.pack.version })})`}
      actions={editable ? <Button variant="light" onClick={() => void begin(index)}>{t('usePack')}</Button> : undefined}
    >
      <PackOrigin sha256={loaded.sha256} />
    </Panel>
  ))
}

/** The guided checklists of a dossier (bảng kiểm): the main one, and further ones beside it. */
export const ChecklistScreen = () => {
  const t = useT(checklistVi, checklistEn)
  const pick = usePick()
  const { state, editable } = useDossier()
  const packs = usePacks()
  const [chosen, setChosen] = useState(mainTab)
  const [adding, setAdding] = useState(false)
  const further = Object.keys(state.checklists ?? {})
  // An address may name a question of a further checklist.
  const route = useRoute()
  const at = route.to === 'dossier' ? route.at : ''
  const [followed, setFollowed] = useState('')
  if (at !== followed) {
    setFollowed(at)
    const holder = checklistsOf(state).find(({ checklist: entry }) => {
      const own = packs.byHash(entry.pack.sha256)?.pack
      return own?.use === 'checklist' && placeIn(own, at) !== null
    })
    if (holder !== undefined) setChosen(holder.list ?? mainTab)
  }
  const tab = further.includes(chosen) ? chosen : mainTab
  const list = tab === mainTab ? undefined : tab
  const checklist = checklistOf(state, list)
  const loaded = checklist === null ? undefined : packs.byHash(checklist.pack.sha256)
  const titleOf = (id: string): string => {
    const own = packs.byHash(checklistOf(state, id)?.pack.sha256 ?? '')
    return own === undefined ? id : pick(own.pack.title)
  }

  return (
    <>
      <Group justify="space-between" align="flex-end" wrap="nowrap" mb="md">
        {further.length > 0 ? (
          <Tabs value={tab} onChange={(value) => setChosen(value ?? mainTab)} className={classes.lists ?? ''}>
            <Tabs.List aria-label={t('lists')}>
              <Tabs.Tab value={mainTab}>{t('mainList')}</Tabs.Tab>
              {further.map((id) => <Tabs.Tab key={id} value={id}>{titleOf(id)}</Tabs.Tab>)}
            </Tabs.List>
          </Tabs>
        ) : <span />}
        {editable && state.checklist !== null && <Button variant="subtle" size="compact-md" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>{t('addList')}</Button>}
      </Group>
      {checklist === null ? (
        <>
          <PageHeader order={2} title={t('title')} />
          <EmptyState icon={<IconChecklist size={36} stroke={1.4} />} title={t('noPackTitle')} text={t('noPackText')} />
          <PackChoice beside={false} onChosen={setChosen} />
        </>
      ) : loaded === undefined || loaded.pack.use !== 'checklist' ? (
        <>
          <PageHeader order={2} title={t('title')} />
          <Notice tone="warn">{t('packGone', { id: checklist.pack.id, version: checklist.pack.version })}</Notice>
        </>
      ) : (
        <>
          <div className={classes.notices}>
            <PackUpdateNotice list={list} />
            <LegalWarnings />
          </div>
          <Guided key={tab} pack={loaded.pack} checklist={checklist} list={list} />
        </>
      )}
      {adding && (
        <Dialog opened onClose={() => setAdding(false)} title={t('addList')} size="lg">
          <Notice>{t('addListLead')}</Notice>
          <PackChoice
            beside
            onChosen={(id) => {
              setAdding(false)
              setChosen(id)
            }}
          />
        </Dialog>
      )}
    </>
  )
}
