import { Button, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { profileEn } from '../../../shared/i18n/en/profile.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { profileVi } from '../../../shared/i18n/vi/profile.ts'
import { dateText } from '../../../shared/kernel/date-text.ts'
import { ipRightStates, ipRightTypes } from '../../../shared/schema/dossier.ts'
import type { IpRight } from '../../../shared/schema/dossier.ts'
import { ChoiceField } from '../../ui/fields/ChoiceField.tsx'
import { DateField } from '../../ui/fields/DateField.tsx'
import { FieldCell, FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { LineField } from '../../ui/fields/LineField.tsx'
import { useT } from '../../ui/language.tsx'
import { newLocalId } from '../../ui/local-id.ts'
import { Panel } from '../../ui/Panel.tsx'
import { useProfileWords } from '../../ui/profile-words.ts'
import { useDossier } from '../../ui/store-context.tsx'
import { useToast } from '../../ui/toasts.tsx'
import classes from './RightsPart.module.css'
import { useProfile } from './use-profile.ts'

/** The intellectual property rights: a table whose rows unfold into fields. */
export const RightsPart = () => {
  const t = useT(profileVi, profileEn)
  const common = useT(commonVi, commonEn)
  const toast = useToast()
  const { run } = useDossier()
  const { profile, editable, set } = useProfile()
  const [open, setOpen] = useState<string | null>(null)
  const add = async (): Promise<void> => {
    const id = newLocalId('r')
    const fresh: IpRight = { id, type: 'patent', state: 'pending', number: '', title: '', territory: 'Việt Nam', filed: '', expires: '', holder: profile.owner.name }
    if (await set((now) => ({ ipRights: [...now.ipRights, fresh] }))) setOpen(id)
  }
  const remove = async (right: IpRight): Promise<void> => {
    if (!(await set((now) => ({ ipRights: now.ipRights.filter((other) => other.id !== right.id) })))) return
    toast({ text: t('rightRemoved', { title: right.title === '' ? t('rightUntitled') : right.title }), action: { label: common('undo'), run: () => void run({ type: 'undo' }) } })
  }
  return (
    <Panel
      anchor="profile.ipRights"
      title={t('partRights')}
      lead={t('partRightsLead')}
      actions={editable ? <Button variant="light" leftSection={<IconPlus size={17} aria-hidden />} onClick={() => void add()}>{t('rightAdd')}</Button> : undefined}
    >
      {profile.ipRights.length === 0
        ? <Text size="sm" c="dimmed">{t('rightsNone')}</Text>
        : (
          <ul className={classes.rights}>
            {profile.ipRights.map((right) => (
              <li key={right.id}>
                <RightHead right={right} opened={open === right.id} onToggle={() => setOpen(open === right.id ? null : right.id)} />
                {open === right.id && (
                  <div className={classes.body} id={`right-${right.id}`}>
                    <RightFields right={right} />
                    {editable && <Button variant="subtle" color="red" size="compact-sm" leftSection={<IconTrash size={15} aria-hidden />} onClick={() => void remove(right)}>{t('rightRemove')}</Button>}
                  </div>
                )}
              </li>
            ))}
          </ul>
        )}
    </Panel>
  )
}

const RightHead = ({ right, opened, onToggle }: { readonly right: IpRight; readonly opened: boolean; readonly onToggle: () => void }) => {
  const t = useT(profileVi, profileEn)
  const words = useProfileWords()
  const title = right.title === '' ? t('rightUntitled') : right.title
  return (
    <UnstyledButton className={classes.head} aria-expanded={opened} aria-controls={`right-${right.id}`} onClick={onToggle}>
      <span className={classes.type}>{words.rightType(right.type)}</span>
      <span className={classes.title} data-empty={right.title === '' || undefined}>{title}</span>
      <span>{right.number}</span>
      <span>{words.rightState(right.state)}</span>
      <span className={classes.until}>{right.expires === '' ? '' : t('rightUntil', { date: dateText(right.expires) })}</span>
      <IconChevronDown size={18} className={classes.chevron} aria-hidden />
    </UnstyledButton>
  )
}

const RightFields = ({ right }: { readonly right: IpRight }) => {
  const t = useT(profileVi, profileEn)
  const words = useProfileWords()
  const { profile, editable, set } = useProfile()
  const setRight = (part: Partial<IpRight>): Promise<boolean> =>
    set((now) => ({ ipRights: now.ipRights.map((other) => (other.id === right.id ? { ...other, ...part } : other)) }))
  const wrongOrder = right.filed !== '' && right.expires !== '' && right.expires < right.filed
  const over = right.state === 'granted' && right.expires !== '' && profile.valuationDate !== '' && right.expires < profile.valuationDate
  return (
    <FieldGrid columns={3}>
      <ChoiceField label={t('rightType')} readOnly={!editable} value={right.type} choices={ipRightTypes.map((value) => ({ value, label: words.rightType(value) }))} onCommit={(type) => setRight({ type })} />
      <ChoiceField label={t('rightState')} readOnly={!editable} value={right.state} choices={ipRightStates.map((value) => ({ value, label: words.rightState(value) }))} onCommit={(state) => setRight({ state })} />
      <LineField label={t('rightNumber')} readOnly={!editable} value={right.number} onCommit={(number) => setRight({ number })} />
      <FieldCell>
        <LineField label={t('rightTitle')} readOnly={!editable} value={right.title} onCommit={(title) => setRight({ title })} />
      </FieldCell>
      <DateField label={t('rightFiled')} readOnly={!editable} value={right.filed} onCommit={(filed) => setRight({ filed })} />
      <DateField label={t('rightExpires')} readOnly={!editable} value={right.expires} error={wrongOrder ? t('rightOver') : over ? t('rightExpired') : undefined} onCommit={(expires) => setRight({ expires })} />
      <LineField label={t('rightTerritory')} placeholder={t('rightTerritoryHelp')} readOnly={!editable} value={right.territory} onCommit={(territory) => setRight({ territory })} />
      <FieldCell>
        <LineField label={t('rightHolder')} readOnly={!editable} value={right.holder} onCommit={(holder) => setRight({ holder })} />
      </FieldCell>
    </FieldGrid>
  )
}
