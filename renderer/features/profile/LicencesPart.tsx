import { Text, Title } from '@mantine/core'
import { profileEn } from '../../../shared/i18n/en/profile.ts'
import { profileVi } from '../../../shared/i18n/vi/profile.ts'
import type { Profile } from '../../../shared/schema/dossier.ts'
import { DateField } from '../../ui/fields/DateField.tsx'
import { FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { LineField } from '../../ui/fields/LineField.tsx'
import { useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useDossier } from '../../ui/store-context.tsx'
import classes from './ProfileScreen.module.css'
import { useProfile } from './use-profile.ts'

type Licence = NonNullable<Profile['body']['licences']>[number]

const empty = { number: '', date: '', issuer: '' } as const
const isEmpty = ({ number, date, issuer }: Licence): boolean => number === '' && date === '' && issuer === ''

/** Certificate of eligibility for the service of this kind of dossier (đánh giá, giám định công nghệ), which gates the title of its report. */
export const LicencesPart = () => {
  const t = useT(profileVi, profileEn)
  const { state } = useDossier()
  const { profile, editable, set } = useProfile()
  const service: Licence['service'] = state.kind === 'inspection' ? 'inspection' : 'assessment'
  const licence: Licence = profile.body.licences?.find((entry) => entry.service === service) ?? { service, ...empty }
  const held = licence.number.trim() !== '' && licence.date !== ''
  const change = (part: Partial<Licence>): Promise<boolean> => set(({ body }) => {
    const others = (body.licences ?? []).filter((entry) => entry.service !== service)
    const next: Licence = { ...(body.licences?.find((entry) => entry.service === service) ?? { service, ...empty }), ...part }
    return { body: { ...body, licences: isEmpty(next) ? others : [...others, next] } }
  })
  return (
    <div data-at="profile.licences">
      <Title order={4} className={classes.sub} mt="lg">{t(service === 'inspection' ? 'licenceInspection' : 'licenceAssessment')}</Title>
      <Text size="sm" c="dimmed" mb="sm">{t('licenceLevelNote')}</Text>
      <FieldGrid columns={3}>
        <LineField label={t('licenceNumber')} readOnly={!editable} value={licence.number} onCommit={(number) => change({ number })} />
        <DateField label={t('licenceDate')} readOnly={!editable} value={licence.date} onCommit={(date) => change({ date })} />
        <LineField label={t('licenceIssuer')} readOnly={!editable} value={licence.issuer} onCommit={(issuer) => change({ issuer })} />
      </FieldGrid>
      <Notice>{t(held ? 'licenceHeld' : 'licenceNotHeld')}</Notice>
    </div>
  )
}
