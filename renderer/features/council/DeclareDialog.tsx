import { Button, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { councilEn } from '../../../shared/i18n/en/council.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { councilVi } from '../../../shared/i18n/vi/council.ts'
import type { CouncilMember } from '../../../shared/schema/dossier.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useT } from '../../ui/language.tsx'
import { useDossier } from '../../ui/store-context.tsx'

/** A member declares interests (kê khai lợi ích) before scoring. */
export const DeclareDialog = ({ member, onClose }: { readonly member: CouncilMember; readonly onClose: () => void }) => {
  const t = useT(councilVi, councilEn)
  const c = useT(commonVi, commonEn)
  const { run } = useDossier()
  const [choice, setChoice] = useState(member.interest === null ? '' : member.interest.conflict ? 'yes' : 'no')
  const [text, setText] = useState(member.interest?.text ?? '')
  const [asked, setAsked] = useState(false)
  const lacksText = choice === 'yes' && text.trim() === ''

  const declare = async (): Promise<void> => {
    setAsked(true)
    if (choice === '' || lacksText) return
    if (await run({ type: 'council.declare', member: member.id, conflict: choice === 'yes', text: text.trim() })) onClose()
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('declareTitle', { name: member.name })}
      actions={
        <>
          <Button variant="default" onClick={onClose}>{c('cancel')}</Button>
          <Button disabled={choice === ''} onClick={() => void declare()}>{t('declareDo')}</Button>
        </>
      }
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">{t('declareLead')}</Text>
        <Radio.Group aria-label={t('interest')} value={choice} onChange={setChoice}>
          <Stack gap="sm">
            <Radio value="no" label={t('declareNo')} data-autofocus />
            <Radio value="yes" label={t('declareYes')} />
          </Stack>
        </Radio.Group>
        <Textarea label={t('declareText')} withAsterisk={choice === 'yes'} autosize minRows={2} maxLength={5000} value={text} error={asked && lacksText ? t('declareNeedsText') : undefined} onChange={(event) => setText(event.currentTarget.value)} />
      </Stack>
    </Dialog>
  )
}
