import { Button, Radio, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { packsEn } from '../../../shared/i18n/en/packs.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { packsVi } from '../../../shared/i18n/vi/packs.ts'
import type { LoadedPack } from '../../../shared/rulepack/load.ts'
import type { RulePack } from '../../../shared/rulepack/schema.ts'
import { go } from '../../router.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useT } from '../../ui/language.tsx'
import { newLocalId } from '../../ui/local-id.ts'
import { usePacks, useStore } from '../../ui/store-context.tsx'
import { useFaultToast } from '../../ui/toasts.tsx'
import { blankPack, nextVersion } from './blank.ts'

/** Begins a draft: the next version of a pack, a pack of its own from it, or (`from` null) an empty one. */
export const CopyDialog = ({ from, onClose }: { readonly from: LoadedPack | null; readonly onClose: () => void }) => {
  const t = useT(packsVi, packsEn)
  const common = useT(commonVi, commonEn)
  const store = useStore()
  const packs = usePacks()
  const showFault = useFaultToast()
  const [way, setWay] = useState<'next' | 'own'>(from === null ? 'own' : 'next')
  const [id, setId] = useState('')
  const ids = packs.all.map(({ pack }) => pack.id)
  const wellFormed = /^[a-z][a-z0-9-]{0,59}$/.test(id)
  const wrong = way === 'own' && id !== '' && (!wellFormed || ids.includes(id))
  const begin = async (): Promise<void> => {
    const taken = packs.all.filter(({ pack }) => pack.id === from?.pack.id).map(({ pack }) => pack.version)
    const format = 'luong-gia-pack/2'
    const pack: RulePack = from === null ? blankPack(id)
      : way === 'next' ? { ...from.pack, format, version: nextVersion(from.pack.version, taken) }
        : { ...from.pack, format, id, version: '1.0.0' }
    const draft = newLocalId('d')
    const saved = await store.saveDraft({ id: draft, pack })
    if (saved.ok) go({ to: 'packs', view: 'draft', id: draft })
    else showFault(saved.fault)
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={from === null ? t('newPack') : t('copyTitle')}
      actions={<><Button variant="default" onClick={onClose}>{common('cancel')}</Button><Button disabled={way === 'own' && (!wellFormed || wrong)} onClick={() => void begin()}>{t('copyGo')}</Button></>}
    >
      <Stack gap="md">
        {from !== null && (
          <Radio.Group aria-label={t('copyTitle')} value={way} onChange={(value) => setWay(value === 'own' ? 'own' : 'next')}>
            <Stack gap="xs">
              <Radio value="next" label={t('copyNext')} description={t('copyNextText')} />
              <Radio value="own" label={t('copyOwn')} description={t('copyOwnText')} />
            </Stack>
          </Radio.Group>
        )}
        {way === 'own' && (
          <TextInput
            data-autofocus
            label={t('newId')}
            description={t('newIdHelp')}
            value={id}
            maxLength={60}
            error={wrong ? (wellFormed ? t('newIdTaken') : t('newIdWrong')) : undefined}
            onChange={(event) => setId(event.currentTarget.value.trim())}
          />
        )}
      </Stack>
    </Dialog>
  )
}
