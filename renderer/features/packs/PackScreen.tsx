import { Button, NativeSelect, Tabs, Text } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useState } from 'react'
import { packsEn } from '../../../shared/i18n/en/packs.ts'
import { packsVi } from '../../../shared/i18n/vi/packs.ts'
import type { LoadedPack } from '../../../shared/rulepack/load.ts'
import { isChecklistPack } from '../../../shared/rulepack/load.ts'
import { compareVersions } from '../../../shared/rulepack/shelf.ts'
import { spokenThumbprint } from '../../../shared/seal/signed-pack.ts'
import { routeHash } from '../../router.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PackOrigin } from '../../ui/PackOrigin.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useLive, usePacks, useStore } from '../../ui/store-context.tsx'
import { useFaultToast, useToast } from '../../ui/toasts.tsx'
import { CopyDialog } from './CopyDialog.tsx'
import { DiffList } from './DiffList.tsx'
import { Fields } from './DraftForm.tsx'
import { TargetProvider } from './editing-context.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { Outline } from './Outline.tsx'
import classes from './Packs.module.css'
import type { Path } from './paths.ts'
import { valueAt } from './paths.ts'
import { councilFields, councilHeadFields, criterionFields, headFields, questionFields, referenceFields, scoringFields, sectionFields, sourcesFields } from './specs.ts'
import { TryPanel } from './TryPanel.tsx'

/** Unchanging content, part by part. */
const Contents = ({ loaded }: { readonly loaded: LoadedPack }) => {
  const [path, setPath] = useState<Path>([])
  const { pack } = loaded
  const fields = path.length === 0 ? (pack.use === 'council' ? councilHeadFields : headFields) : path[0] === 'sources' ? sourcesFields : path[0] === 'rule' ? councilFields : path[0] === 'scoring' && pack.use === 'checklist' ? scoringFields(pack.scoring.by)
    : path[2] === 'questions' ? questionFields(valueAt(pack, path)) : path[2] === 'criteria' ? criterionFields : path[0] === 'references' ? referenceFields : sectionFields
  return (
    <div className={classes.editor}>
      <Outline pack={pack} problems={[]} chosen={path} onChoose={setPath} onMove={undefined} />
      <TargetProvider target={{ root: pack, pack, change: () => undefined, readOnly: true }}>
        <Panel><Fields key={path.join('/')} fields={fields} path={path[0] === 'sources' ? [] : path} /></Panel>
      </TargetProvider>
    </div>
  )
}

/** One version of a pack: what it holds, how it looks to an evaluator, what changed, who signed it. */
export const PackScreen = ({ loaded }: { readonly loaded: LoadedPack }) => {
  const t = useT(packsVi, packsEn)
  const pick = usePick()
  const store = useStore()
  const { writable } = useLive(store.info)
  const packs = usePacks()
  const confirm = useConfirm()
  const toast = useToast()
  const showFault = useFaultToast()
  const [asked, setAsked] = useState<'copy' | 'export' | null>(null)
  const others = packs.all.filter(({ pack, sha256 }) => pack.id === loaded.pack.id && sha256 !== loaded.sha256).toSorted((a, b) => compareVersions(b.pack.version, a.pack.version))
  const older = others.find(({ pack }) => compareVersions(pack.version, loaded.pack.version) < 0) ?? others[0]
  const [against, setAgainst] = useState(older?.sha256 ?? '')
  const other = others.find(({ sha256 }) => sha256 === against)
  const { pack } = loaded
  const origin = packs.origin(loaded.sha256)
  const stranger = origin?.from === 'elsewhere' && !origin.trusted ? origin.signer : null
  const trust = async (): Promise<void> => {
    if (stranger === null || !(await confirm({ title: t('trustTitle'), text: t('trustText', { name: stranger.name, key: spokenThumbprint(stranger.key) }), action: t('trust') }))) return
    const done = await store.trustIssuer(stranger)
    if (done.ok) toast({ text: t('trusted', { name: stranger.name }) })
    else showFault(done.fault)
  }
  return (
    <>
      <Button component="a" href={routeHash({ to: 'packs', view: 'list', id: '' })} variant="subtle" color="gray" size="compact-sm" mb="xs" leftSection={<IconArrowLeft size={16} aria-hidden />}>{t('title')}</Button>
      <PageHeader
        title={pick(pack.title)}
        lead={pick(pack.description)}
        actions={
          <>
            {writable && <Button variant="default" onClick={() => setAsked('copy')}>{t('copy')}</Button>}
            <Button variant="default" onClick={() => setAsked('export')}>{t('export')}</Button>
          </>
        }
      />
      <div className={classes.facts}><Text size="sm">{t('packFacts', { id: pack.id, version: pack.version })}</Text><PackOrigin sha256={loaded.sha256} /></div>
      {stranger !== null && <Notice tone="warn" title={t('signerUnknown')} actions={writable ? <Button size="compact-sm" variant="default" onClick={() => void trust()}>{t('trust')}</Button> : undefined}>{t('compareText')}</Notice>}
      {origin?.from === 'elsewhere' && origin.signer === null && <Notice tone="warn" title={t('unsigned')}>{t('unsignedText')}</Notice>}
      <Tabs defaultValue={isChecklistPack(loaded) ? 'try' : 'contents'} keepMounted={false}>
        <Tabs.List mb="md">
          {isChecklistPack(loaded) && <Tabs.Tab value="try">{t('tabTry')}</Tabs.Tab>}
          <Tabs.Tab value="contents">{t('tabContents')}</Tabs.Tab>
          {others.length > 0 && <Tabs.Tab value="diff">{t('tabCompare')}</Tabs.Tab>}
        </Tabs.List>
        {isChecklistPack(loaded) && <Tabs.Panel value="try"><TryPanel pack={loaded.pack} /></Tabs.Panel>}
        <Tabs.Panel value="contents"><Contents loaded={loaded} /></Tabs.Panel>
        <Tabs.Panel value="diff">
          <NativeSelect mb="md" label={t('compareWith')} value={against} data={others.map((one) => ({ value: one.sha256, label: one.pack.version }))} onChange={(event) => setAgainst(event.currentTarget.value)} />
          {other !== undefined && (compareVersions(other.pack.version, pack.version) < 0 ? <DiffList before={other.pack} after={pack} /> : <DiffList before={pack} after={other.pack} />)}
        </Tabs.Panel>
      </Tabs>
      {asked === 'copy' && <CopyDialog from={loaded} onClose={() => setAsked(null)} />}
      {asked === 'export' && <ExportDialog loaded={loaded} onClose={() => setAsked(null)} />}
    </>
  )
}
