import { ActionIcon, Button, Checkbox, Text, Title } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { profileEn } from '../../../shared/i18n/en/profile.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { profileVi } from '../../../shared/i18n/vi/profile.ts'
import type { Profile } from '../../../shared/schema/dossier.ts'
import { DateField } from '../../ui/fields/DateField.tsx'
import { FieldCell, FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { LineField } from '../../ui/fields/LineField.tsx'
import { useT } from '../../ui/language.tsx'
import { newLocalId } from '../../ui/local-id.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useDossier } from '../../ui/store-context.tsx'
import { useToast } from '../../ui/toasts.tsx'
import { LicencesPart } from './LicencesPart.tsx'
import classes from './ProfileScreen.module.css'
import { useProfile } from './use-profile.ts'

type Body = Profile['body']

/** The appraising body, its licence, which gates the title of the report, and its people. */
export const BodyPart = () => {
  const t = useT(profileVi, profileEn)
  const { state } = useDossier()
  const { profile, editable, set } = useProfile()
  const { body } = profile
  const valuation = state.kind === 'valuation'
  const setBody = (part: Partial<Body>): Promise<boolean> => set((now) => ({ body: { ...now.body, ...part } }))
  // Other kinds have a certificate for their own service; one entered here before stays in sight.
  const general = valuation || body.licenceNumber !== '' || body.licenceDate !== '' || body.licenceIssuer !== ''
  const licenceNeeded = valuation && body.licensedForValuation
  return (
    <Panel title={t('partBody')} lead={t('partBodyLead')} anchor="part-body">
      <FieldGrid>
        <LineField anchor="profile.body" label={t('bodyName')} required readOnly={!editable} value={body.name} onCommit={(name) => setBody({ name })} />
        <LineField label={t('bodyAddress')} readOnly={!editable} value={body.address} onCommit={(address) => setBody({ address })} />
        <LineField anchor="profile.representative" label={t('representative')} required readOnly={!editable} value={body.legalRepresentative} onCommit={(legalRepresentative) => setBody({ legalRepresentative })} />
        <LineField label={t('representativeTitle')} readOnly={!editable} value={body.legalRepresentativeTitle} onCommit={(legalRepresentativeTitle) => setBody({ legalRepresentativeTitle })} />
        {valuation && (
          <FieldCell>
            <div className={classes.licence}>
              <Checkbox label={t('licensed')} checked={body.licensedForValuation} disabled={!editable} onChange={(event) => void setBody({ licensedForValuation: event.currentTarget.checked })} />
              <Notice>{body.licensedForValuation ? t('licensedYes') : t('licensedNo')}</Notice>
            </div>
          </FieldCell>
        )}
      </FieldGrid>
      {!valuation && <LicencesPart />}
      {general && <div className={classes.gap} />}
      {general && <FieldGrid columns={3}>
        <LineField anchor="profile.licence" label={t('licenceNumber')} required={licenceNeeded} readOnly={!editable} value={body.licenceNumber} onCommit={(licenceNumber) => setBody({ licenceNumber })} />
        <DateField label={t('licenceDate')} required={licenceNeeded} readOnly={!editable} value={body.licenceDate} onCommit={(licenceDate) => setBody({ licenceDate })} />
        <LineField label={t('licenceIssuer')} readOnly={!editable} value={body.licenceIssuer} onCommit={(licenceIssuer) => setBody({ licenceIssuer })} />
      </FieldGrid>}
      <Appraisers />
    </Panel>
  )
}

const Appraisers = () => {
  const t = useT(profileVi, profileEn)
  const common = useT(commonVi, commonEn)
  const toast = useToast()
  const { state, run } = useDossier()
  const { profile, editable, set } = useProfile()
  const valuation = state.kind === 'valuation'
  const { appraisers } = profile.body
  const change = (edit: (list: Body['appraisers']) => Body['appraisers']): Promise<boolean> => set((now) => ({ body: { ...now.body, appraisers: edit(now.body.appraisers) } }))
  const remove = async (person: Body['appraisers'][number]): Promise<void> => {
    if (!(await change((list) => list.filter((other) => other.id !== person.id)))) return
    toast({ text: t('appraiserRemoved', { name: person.name === '' ? t('appraiserUnnamed') : person.name }), action: { label: common('undo'), run: () => void run({ type: 'undo' }) } })
  }
  return (
    <div data-at="profile.appraisers">
      <div className={classes.subRow}>
        <Title order={4} className={classes.sub}>{valuation ? t('appraisersValuation') : t('appraisers')}</Title>
        {editable && <Button variant="light" size="compact-sm" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => void change((list) => [...list, { id: newLocalId('a'), name: '', card: '' }])}>{t('appraiserAdd')}</Button>}
      </div>
      <Text size="sm" c="dimmed" mb="sm">{valuation ? t('appraisersLeadValuation') : t('appraisersLead')}</Text>
      <ul className={classes.people} data-at="profile.cards">
        {appraisers.map((person, index) => {
          const name = person.name === '' ? t('appraiserUnnamed') : person.name
          const setPerson = (part: Partial<typeof person>): Promise<boolean> => change((list) => list.map((other) => (other.id === person.id ? { ...other, ...part } : other)))
          return (
            <li key={person.id}>
              <LineField label={index === 0 ? t('appraiserName') : `${t('appraiserName')} ${index + 1}`} bare={index > 0} readOnly={!editable} value={person.name} onCommit={(text) => setPerson({ name: text })} />
              <LineField label={index === 0 ? (valuation ? t('appraiserCard') : t('appraiserQualification')) : `${valuation ? t('appraiserCard') : t('appraiserQualification')} ${index + 1}`} bare={index > 0} readOnly={!editable} value={person.card} onCommit={(card) => setPerson({ card })} />
              {editable && <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('appraiserRemove', { name })} onClick={() => void remove(person)}><IconTrash size={17} aria-hidden /></ActionIcon>}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
