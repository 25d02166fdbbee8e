import { Button, Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { isPermitted } from '../../../../shared/dossier/phases.ts'
import { checklistCompareEn } from '../../../../shared/i18n/en/checklist-compare.ts'
import { commonEn } from '../../../../shared/i18n/en/common.ts'
import { checklistCompareVi } from '../../../../shared/i18n/vi/checklist-compare.ts'
import { commonVi } from '../../../../shared/i18n/vi/common.ts'
import { dateText, parseDateText } from '../../../../shared/kernel/date-text.ts'
import type { ChecklistPack } from '../../../../shared/rulepack/schema.ts'
import { citationText } from '../../../../shared/rulepack/source-words.ts'
import type { Consent } from '../../../../shared/schema/dossier.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { EvidenceLinks } from '../../../ui/EvidenceLinks.tsx'
import { useLanguage, useT } from '../../../ui/language.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { useDossier } from '../../../ui/store-context.tsx'
import { today } from '../../../ui/time.ts'
import { useToast } from '../../../ui/toasts.tsx'

/** The enterprise's consent to its results going to third parties (văn bản đồng ý), where the rules ask for it. */
export const ConsentPanel = ({ pack }: { readonly pack: ChecklistPack }) => {
  const t = useT(checklistCompareVi, checklistCompareEn)
  const common = useT(commonVi, commonEn)
  const { language } = useLanguage()
  const toast = useToast()
  const { state, writable, run } = useDossier()
  const [editing, setEditing] = useState(false)
  if (pack.needsConsent === undefined) return null
  const { consent } = state
  const editable = writable && isPermitted('consent.set', state.phase)
  const basis = pack.needsConsent.basis.map((entry) => citationText(entry, pack.sources, language)).join('; ')
  const takeBack = async (): Promise<void> => {
    if (await run({ type: 'consent.set', consent: null })) toast({ text: t('takenBack'), action: { label: common('undo'), run: () => void run({ type: 'undo' }) } })
  }
  return (
    <Panel
      title={t('consent')}
      lead={t('consentLead', { basis })}
      anchor="consent"
      actions={editable ? (
        <>
          {consent !== undefined && <Button variant="subtle" color="gray" onClick={() => void takeBack()}>{t('takeBack')}</Button>}
          <Button variant={consent === undefined ? 'filled' : 'light'} onClick={() => setEditing(true)}>{t(consent === undefined ? 'record' : 'edit')}</Button>
        </>
      ) : undefined}
    >
      {consent === undefined ? <Notice tone="warn">{t('consentNone')}</Notice> : (
        <Notice tone={consent.given ? 'good' : 'bad'}>
          {t(consent.given ? 'consentGiven' : 'consentRefused', { by: [consent.by, consent.position].filter((part) => part !== '').join(', '), date: dateText(consent.date) })}
          {consent.scope !== '' && <Text size="sm" mt={4}>{consent.scope}</Text>}
        </Notice>
      )}
      {consent !== undefined && (
        <Group mt="sm" gap="sm">
          <Text size="sm" c="dimmed">{t('consentEvidence')}</Text>
          <EvidenceLinks value={consent.evidence} subject={t('consentSubject')} readOnly={!editable} onChange={(evidence) => void run((now) => ({ type: 'consent.set', consent: now.consent === undefined ? null : { ...now.consent, evidence } }))} />
        </Group>
      )}
      {editing && <ConsentDialog consent={consent} onClose={() => setEditing(false)} onSave={(next) => run({ type: 'consent.set', consent: next })} />}
    </Panel>
  )
}

interface DialogProps {
  readonly consent: Consent | undefined
  readonly onClose: () => void
  readonly onSave: (consent: Consent) => Promise<boolean>
}

const ConsentDialog = ({ consent, onClose, onSave }: DialogProps) => {
  const t = useT(checklistCompareVi, checklistCompareEn)
  const c = useT(commonVi, commonEn)
  const [given, setGiven] = useState<boolean | null>(consent?.given ?? null)
  const [by, setBy] = useState(consent?.by ?? '')
  const [position, setPosition] = useState(consent?.position ?? '')
  const [date, setDate] = useState(() => dateText(consent?.date ?? today()))
  const [scope, setScope] = useState(consent?.scope ?? '')
  const [asked, setAsked] = useState(false)
  const iso = parseDateText(date)
  const complete = given !== null && by.trim() !== '' && iso !== null && iso !== ''
  const save = async (): Promise<void> => {
    setAsked(true)
    if (given === null || !complete || iso === null) return
    if (await onSave({ given, by: by.trim(), position: position.trim(), date: iso, scope: scope.trim(), evidence: consent?.evidence ?? [] })) onClose()
  }
  return (
    <Dialog opened onClose={onClose} title={t('consent')} actions={<><Button variant="default" onClick={onClose}>{c('cancel')}</Button><Button onClick={() => void save()}>{t('save')}</Button></>}>
      <Stack gap="md">
        <Radio.Group label={t('answer')} withAsterisk value={given === null ? '' : given ? 'given' : 'refused'} onChange={(value) => setGiven(value === 'given')}>
          <Stack gap={6} mt={6}>
            <Radio value="given" label={t('given')} data-autofocus />
            <Radio value="refused" label={t('refused')} />
          </Stack>
        </Radio.Group>
        <TextInput label={t('by')} withAsterisk maxLength={500} value={by} onChange={(event) => setBy(event.currentTarget.value)} />
        <TextInput label={t('position')} maxLength={500} value={position} onChange={(event) => setPosition(event.currentTarget.value)} />
        <TextInput label={t('date')} withAsterisk placeholder={c('dateHint')} maxLength={20} value={date} error={iso === null ? c('dateWrong') : undefined} onChange={(event) => setDate(event.currentTarget.value)} />
        <Textarea label={t('scope')} autosize minRows={2} maxRows={8} maxLength={5000} value={scope} onChange={(event) => setScope(event.currentTarget.value)} />
        {asked && !complete && <Text size="sm" c="var(--lg-bad)" role="alert">{t('incomplete')}</Text>}
      </Stack>
    </Dialog>
  )
}
