import { Button, Title } from '@mantine/core'
import { profileEn } from '../../../shared/i18n/en/profile.ts'
import { profileVi } from '../../../shared/i18n/vi/profile.ts'
import type { Party } from '../../../shared/schema/dossier.ts'
import { FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { LineField } from '../../ui/fields/LineField.tsx'
import { useT } from '../../ui/language.tsx'
import { Panel } from '../../ui/Panel.tsx'
import classes from './ProfileScreen.module.css'
import { useProfile } from './use-profile.ts'

const PartyFields = ({ who }: { readonly who: 'owner' | 'client' }) => {
  const t = useT(profileVi, profileEn)
  const { profile, editable, set } = useProfile()
  const party = profile[who]
  const setParty = (part: Partial<Party>): Promise<boolean> => set((now) => (who === 'owner' ? { owner: { ...now.owner, ...part } } : { client: { ...now.client, ...part } }))
  return (
    <FieldGrid>
      <LineField anchor={`profile.${who}`} label={t('partyName')} required readOnly={!editable} value={party.name} onCommit={(name) => setParty({ name })} />
      <LineField label={t('partyTax')} readOnly={!editable} value={party.taxCode} onCommit={(taxCode) => setParty({ taxCode })} />
      <LineField label={t('partyAddress')} readOnly={!editable} value={party.address} onCommit={(address) => setParty({ address })} />
      <LineField label={t('partyContact')} readOnly={!editable} value={party.contact} onCommit={(contact) => setParty({ contact })} />
    </FieldGrid>
  )
}

/** Owner, client and the contract between them and the body. */
export const PartiesPart = () => {
  const t = useT(profileVi, profileEn)
  const { profile, editable, set } = useProfile()
  const { client, owner } = profile
  const clientEmpty = [client.name, client.address, client.taxCode, client.contact].every((text) => text === '')
  return (
    <Panel title={t('partParties')} lead={t('partPartiesLead')} anchor="part-parties">
      <Title order={4} className={classes.sub}>{t('owner')}</Title>
      <PartyFields who="owner" />
      <div className={classes.subRow}>
        <Title order={4} className={classes.sub}>{t('client')}</Title>
        {editable && clientEmpty && owner.name !== '' && <Button variant="light" size="compact-sm" onClick={() => void set((now) => ({ client: now.owner }))}>{t('clientSame')}</Button>}
      </div>
      <PartyFields who="client" />
      <div className={classes.gap} />
      <LineField anchor="profile.contract" label={t('contract')} help={t('contractHelp')} readOnly={!editable} value={profile.contract} onCommit={(contract) => set(() => ({ contract }))} />
    </Panel>
  )
}
