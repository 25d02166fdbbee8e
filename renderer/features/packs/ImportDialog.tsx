import { Button, Checkbox, Stack, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { packsEn } from '../../../shared/i18n/en/packs.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { packsVi } from '../../../shared/i18n/vi/packs.ts'
import { ok } from '../../../shared/kernel/result.ts'
import { questionsOf } from '../../../shared/rulepack/load.ts'
import { mayJoin } from '../../../shared/rulepack/shelf.ts'
import { readPackFile, spokenThumbprint } from '../../../shared/seal/signed-pack.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { usePick, useT } from '../../ui/language.tsx'
import { FaultNotice, Notice } from '../../ui/Notice.tsx'
import { useLive, useStore } from '../../ui/store-context.tsx'
import { showInstant } from '../../ui/time.ts'
import { useFaultToast, useToast } from '../../ui/toasts.tsx'
import { useWords } from '../../ui/words.ts'
import classes from './Packs.module.css'

/** Shows what a file holds and who signed it, before it is taken in. */
export const ImportDialog = ({ text, onClose }: { readonly text: string; readonly onClose: () => void }) => {
  const t = useT(packsVi, packsEn)
  const common = useT(commonVi, commonEn)
  const pick = usePick()
  const words = useWords()
  const store = useStore()
  const { shelf, issuers } = useLive(store.library)
  const toast = useToast()
  const showFault = useFaultToast()
  const [compared, setCompared] = useState(false)
  const [busy, setBusy] = useState(false)
  const file = useMemo(() => readPackFile(text), [text])
  const joined = useMemo(() => {
    if (!file.ok) return null
    const origin = shelf.origin(file.value.loaded.sha256)
    // Here already without a signature: the file adds who signed it.
    return file.value.signer !== null && origin?.from === 'elsewhere' && origin.signer === null ? ok(undefined) : mayJoin(shelf, file.value.loaded)
  }, [file, shelf])
  const close = <Button variant="default" onClick={onClose}>{common('cancel')}</Button>
  if (!file.ok) return <Dialog opened onClose={onClose} title={t('importTitle')} actions={<Button onClick={onClose}>{common('close')}</Button>}><FaultNotice fault={file.fault} /></Dialog>
  const { loaded: { pack }, signer } = file.value
  const own = signer?.key === store.ownKey()
  const issuer = issuers.find(({ key }) => key === signer?.key)
  const known = own || issuer !== undefined
  // A trusted key is told by the name under which it was compared, whatever name the file bears.
  const named = issuer ?? signer
  const take = async (): Promise<void> => {
    setBusy(true)
    const done = await store.importPack(text, compared)
    setBusy(false)
    if (!done.ok) {
      showFault(done.fault)
      return
    }
    toast({ text: t('imported', { title: pick(pack.title), version: pack.version }) })
    onClose()
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('importTitle')}
      size="lg"
      actions={joined?.ok === true ? <>{close}<Button loading={busy} onClick={() => void take()}>{t('importGo')}</Button></> : <Button onClick={onClose}>{common('close')}</Button>}
    >
      <Stack gap="md">
        <div>
          <Text fw={600}>{pick(pack.title)}</Text>
          <Text size="sm" c="dimmed">{pick(pack.description)}</Text>
          <Text size="sm" mt="xs">{t('packFacts', { id: pack.id, version: pack.version })}{pack.use === 'checklist' ? ` · ${pack.kinds.map(words.kind).join(', ')} · ${t('questionCount', { count: questionsOf(pack).length })}` : ` · ${t('councilRule')}`}</Text>
        </div>
        {joined?.ok === false && <FaultNotice fault={joined.fault} />}
        {signer === null ? <Notice tone="warn" title={t('unsigned')}>{t('unsignedText')}</Notice> : (
          <Notice tone={known ? 'good' : 'warn'} title={known ? t('signerKnown') : t('signerUnknown')}>
            <Text size="sm">{t('signedLine', { name: named?.name ?? '', organisation: named === null || named.organisation === '' ? '—' : named.organisation, when: showInstant(signer.at) })}</Text>
            <Text size="sm" className={classes.print}>{t('fingerprint', { key: spokenThumbprint(signer.key) })}</Text>
            {!known && (
              <>
                <Text size="sm" mt="xs">{t('compareText')}</Text>
                <Checkbox mt="xs" label={t('compared')} checked={compared} onChange={(event) => setCompared(event.currentTarget.checked)} />
              </>
            )}
          </Notice>
        )}
      </Stack>
    </Dialog>
  )
}
