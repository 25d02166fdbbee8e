import { Button, Group, Text } from '@mantine/core'
import { IconFileImport, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { packsEn } from '../../../shared/i18n/en/packs.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { packsVi } from '../../../shared/i18n/vi/packs.ts'
import type { LoadedPack } from '../../../shared/rulepack/load.ts'
import { compareVersions } from '../../../shared/rulepack/shelf.ts'
import { spokenThumbprint } from '../../../shared/seal/signed-pack.ts'
import { routeHash } from '../../router.ts'
import { useFaultText, usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PackOrigin } from '../../ui/PackOrigin.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { PickFiles } from '../../ui/PickFiles.tsx'
import { useLive, useStore } from '../../ui/store-context.tsx'
import { showInstant } from '../../ui/time.ts'
import { useFaultToast, useToast } from '../../ui/toasts.tsx'
import { useDrop } from '../../ui/use-drop.ts'
import { useWords } from '../../ui/words.ts'
import { CopyDialog } from './CopyDialog.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import classes from './Packs.module.css'
import { PackTabs } from './PackTabs.tsx'

/** Files larger than any pack with its signature. */
const mostBytes = 16_000_000

const PackRow = ({ versions }: { readonly versions: readonly LoadedPack[] }) => {
  const t = useT(packsVi, packsEn)
  const pick = usePick()
  const words = useWords()
  const [newest, ...older] = versions
  if (newest === undefined) return null
  const { pack } = newest
  return (
    <li className={classes.row}>
      <div>
        <Text fw={560}><a className={classes.link} href={routeHash({ to: 'packs', view: 'pack', id: newest.sha256 })}>{pick(pack.title)}</a></Text>
        <Text size="sm" c="dimmed">{pack.use === 'checklist' ? pack.kinds.map(words.kind).join(', ') : t('councilRule')}</Text>
        {older.length > 0 && (
          <Text size="sm" c="dimmed">
            {`${t('olderVersions')}: `}
            {older.map((one, index) => <span key={one.sha256}>{index > 0 && ', '}<a className={classes.link} href={routeHash({ to: 'packs', view: 'pack', id: one.sha256 })}>{one.pack.version}</a></span>)}
          </Text>
        )}
      </div>
      <Group gap="sm" wrap="nowrap"><PackOrigin sha256={newest.sha256} /><Text size="sm" className={classes.version}>{pack.version}</Text></Group>
    </li>
  )
}

const Drafts = () => {
  const t = useT(packsVi, packsEn)
  const common = useT(commonVi, commonEn)
  const pick = usePick()
  const store = useStore()
  const { drafts } = useLive(store.library)
  const toast = useToast()
  const showFault = useFaultToast()
  if (drafts.length === 0) return null
  const drop = async (id: string): Promise<void> => {
    const draft = drafts.find((one) => one.id === id)
    const done = await store.dropDraft(id)
    if (!done.ok) showFault(done.fault)
    else if (draft !== undefined) toast({ text: t('draftDropped'), action: { label: common('undo'), run: () => void store.saveDraft(draft) } })
  }
  return (
    <Panel flush order={2} title={t('drafts')}>
      <ul className={classes.rows}>
        {drafts.map(({ id, pack, updatedAt }) => (
          <li key={id} className={classes.row}>
            <div>
              <Text fw={560}><a className={classes.link} href={routeHash({ to: 'packs', view: 'draft', id })}>{pick(pack.title) || t('untitledPack')}</a></Text>
              <Text size="sm" c="dimmed">{`${t('packFacts', { id: pack.id, version: pack.version })} · ${t('changedAt', { when: showInstant(updatedAt) })}`}</Text>
            </div>
            <Button variant="subtle" color="gray" size="compact-sm" aria-label={`${common('remove')}: ${pick(pack.title)}`} onClick={() => void drop(id)}>{common('remove')}</Button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const Issuers = () => {
  const t = useT(packsVi, packsEn)
  const common = useT(commonVi, commonEn)
  const store = useStore()
  const { issuers } = useLive(store.library)
  const toast = useToast()
  const showFault = useFaultToast()
  const forget = async (key: string): Promise<void> => {
    const issuer = issuers.find((one) => one.key === key)
    const done = await store.forgetIssuer(key)
    if (!done.ok) showFault(done.fault)
    else if (issuer !== undefined) toast({ text: t('forgotten', { name: issuer.name }), action: { label: common('undo'), run: () => void store.trustIssuer({ ...issuer, at: issuer.since }) } })
  }
  return (
    <Panel order={2} title={t('issuers')} lead={t('issuersLead')}>
      <Text size="sm" className={classes.print}>{t('ownFingerprint', { key: spokenThumbprint(store.ownKey()) })}</Text>
      {issuers.length > 0 && (
        <ul className={classes.plain}>
          {issuers.map(({ key, name, organisation, since }) => (
            <li key={key} className={classes.issuer}>
              <div>
                <Text size="sm" fw={560}>{organisation === '' ? name : `${name}, ${organisation}`}</Text>
                <Text size="sm" className={classes.print}>{t('fingerprint', { key: spokenThumbprint(key) })}</Text>
                <Text size="xs" c="dimmed">{t('trustedSince', { when: showInstant(since) })}</Text>
              </div>
              <Button variant="subtle" color="gray" size="compact-sm" aria-label={`${t('forget')}: ${name}`} onClick={() => void forget(key)}>{t('forget')}</Button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** The rule packs at hand, drafts, and whose signatures are believed (tủ bộ quy tắc). */
export const PackList = () => {
  const t = useT(packsVi, packsEn)
  const say = useFaultText()
  const store = useStore()
  const { writable } = useLive(store.info)
  const { shelf } = useLive(store.library)
  const showFault = useFaultToast()
  const [file, setFile] = useState<string | null>(null)
  const [beginning, setBeginning] = useState(false)
  const read = async (files: readonly File[]): Promise<void> => {
    const [chosen] = files
    if (chosen === undefined) return
    if (chosen.size > mostBytes) showFault({ code: 'pack-unreadable' })
    else setFile(await chosen.text())
  }
  const over = useDrop(writable, (files) => void read(files))
  const ids = [...new Set(shelf.all.map(({ pack }) => pack.id))]
  const groups = ids.map((id) => shelf.all.filter(({ pack }) => pack.id === id).toSorted((a, b) => compareVersions(b.pack.version, a.pack.version)))
  const checklists = groups.filter(([first]) => first?.pack.use === 'checklist')
  const councils = groups.filter(([first]) => first?.pack.use === 'council')
  return (
    <div data-over={over || undefined}>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={writable ? (
          <>
            <PickFiles accept=".lgpack,.json,application/json" onPick={(files) => void read(files)}>{(props) => <Button {...props} variant="default" leftSection={<IconFileImport size={16} aria-hidden />}>{t('import')}</Button>}</PickFiles>
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setBeginning(true)}>{t('newPack')}</Button>
          </>
        ) : undefined}
      />
      <PackTabs current="list" />
      {shelf.unusable.map(({ sha256, title, fault }) => <Notice key={sha256} tone="warn" title={t('unusable', { title: title === '' ? sha256.slice(0, 12) : title })}>{say(fault)}</Notice>)}
      <Drafts />
      <Panel flush order={2} title={t('checklists')}><ul className={classes.rows}>{checklists.map((versions) => <PackRow key={versions[0]?.pack.id} versions={versions} />)}</ul></Panel>
      <Panel flush order={2} title={t('councils')}><ul className={classes.rows}>{councils.map((versions) => <PackRow key={versions[0]?.pack.id} versions={versions} />)}</ul></Panel>
      <Issuers />
      {file !== null && <ImportDialog text={file} onClose={() => setFile(null)} />}
      {beginning && <CopyDialog from={null} onClose={() => setBeginning(false)} />}
    </div>
  )
}
