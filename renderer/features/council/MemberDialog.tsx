import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { councilEn } from '../../../shared/i18n/en/council.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { councilVi } from '../../../shared/i18n/vi/council.ts'
import { parseNumber } from '../../../shared/kernel/number-text.ts'
import { expertises } from '../../../shared/rulepack/schema.ts'
import type { CouncilMember } from '../../../shared/schema/dossier.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useLanguage, useT } from '../../ui/language.tsx'
import { newLocalId } from '../../ui/local-id.ts'
import { useDossier } from '../../ui/store-context.tsx'
import { attendances, roles, useCouncilWords } from './council-words.ts'

const blank = (): CouncilMember => ({ id: newLocalId('m'), name: '', title: '', organisation: '', role: 'member', interest: null, attendance: 'present', expertise: [], experienceYears: null, certificate: '' })

/** A member of the council: who, from where, in which role, with which expertise. */
export const MemberDialog = ({ member, onClose }: { readonly member: CouncilMember | null; readonly onClose: () => void }) => {
  const t = useT(councilVi, councilEn)
  const c = useT(commonVi, commonEn)
  const words = useCouncilWords()
  const { language } = useLanguage()
  const { run } = useDossier()
  const [draft, setDraft] = useState<CouncilMember>(() => member ?? blank())
  const [years, setYears] = useState(member?.experienceYears === null || member === null ? '' : String(member.experienceYears))
  const [asked, setAsked] = useState(false)
  const set = (patch: Partial<CouncilMember>): void => setDraft({ ...draft, ...patch })
  const keys = { stateAgency: 'expStateAgency', technology: 'expTechnology', commercialisation: 'expCommercialisation', ipLaw: 'expIpLaw', enterprise: 'expEnterprise', investment: 'expInvestment', valuation: 'expValuation', finance: 'expFinance' } as const
  const read = parseNumber(years, language)
  const yearsWrong = years.trim() !== '' && (!read.ok || read.value.value < 0 || read.value.value > 80)

  const keep = async (): Promise<void> => {
    setAsked(true)
    if (draft.name.trim() === '' || yearsWrong) return
    const { interest: _, ...facts } = draft
    if (await run({ type: 'council.setMember', member: { ...facts, experienceYears: read.ok ? read.value.value : null } })) onClose()
  }

  return (
    <Dialog
      opened
      size="lg"
      onClose={onClose}
      title={t(member === null ? 'addMember' : 'editMember')}
      actions={
        <>
          <Button variant="default" onClick={onClose}>{c('cancel')}</Button>
          <Button onClick={() => void keep()}>{c('save')}</Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void keep()
        }}
      >
        <Stack gap="md">
          <TextInput data-autofocus label={t('name')} withAsterisk maxLength={200} error={asked && draft.name.trim() === ''} value={draft.name} onChange={(event) => set({ name: event.currentTarget.value })} />
          <Group grow align="flex-start">
            <TextInput label={t('memberTitle')} maxLength={200} value={draft.title} onChange={(event) => set({ title: event.currentTarget.value })} />
            <TextInput label={t('organisation')} maxLength={300} value={draft.organisation} onChange={(event) => set({ organisation: event.currentTarget.value })} />
          </Group>
          <Group grow align="flex-start">
            <NativeSelect
              label={t('role')}
              value={draft.role}
              data={roles.map((role) => ({ value: role, label: words.role(role) }))}
              onChange={(event) => set({ role: roles.find((role) => role === event.currentTarget.value) ?? 'member' })}
            />
            <NativeSelect
              label={t('attendance')}
              value={draft.attendance}
              data={attendances.map((attendance) => ({ value: attendance, label: words.attendance(attendance) }))}
              onChange={(event) => set({ attendance: attendances.find((attendance) => attendance === event.currentTarget.value) ?? 'present' })}
            />
          </Group>
          <Checkbox.Group label={t('expertise')} value={draft.expertise} onChange={(expertise) => set({ expertise })}>
            <Group gap="sm" mt={4}>{expertises.map((field) => <Checkbox key={field} value={field} label={t(keys[field])} />)}</Group>
          </Checkbox.Group>
          <Group grow align="flex-start">
            <TextInput label={t('experienceYears')} inputMode="decimal" maxLength={10} error={yearsWrong} value={years} onChange={(event) => setYears(event.currentTarget.value)} />
            <TextInput label={t('certificate')} maxLength={300} value={draft.certificate} onChange={(event) => set({ certificate: event.currentTarget.value })} />
          </Group>
        </Stack>
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </Dialog>
  )
}
