import { Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { checklistCompareEn } from '../../../../shared/i18n/en/checklist-compare.ts'
import { checklistCompareVi } from '../../../../shared/i18n/vi/checklist-compare.ts'
import { fold } from '../../../../shared/kernel/text.ts'
import type { ChecklistPack } from '../../../../shared/rulepack/schema.ts'
import { useT } from '../../../ui/language.tsx'
import { useDossier, useLive, useStore } from '../../../ui/store-context.tsx'
import { showInstant } from '../../../ui/time.ts'
import { LinkButton } from '../LinkButton.tsx'
import classes from '../results/Results.module.css'

const mostShown = 12

interface Props {
  readonly pack: ChecklistPack
  /** Dossiers that are not offered any more. */
  readonly taken: readonly string[]
  readonly onChoose: (id: string) => void
}

/** Finds another dossier of the archive that may use the pack: those of the same owner first. */
export const DossierPicker = ({ pack, taken, onChoose }: Props) => {
  const t = useT(checklistCompareVi, checklistCompareEn)
  const { id, state } = useDossier()
  const all = useLive(useStore().list)
  const [search, setSearch] = useState('')
  const owner = fold(state.profile.owner.name)
  const found = useMemo(() => {
    const words = fold(search).split(' ').filter((word) => word !== '')
    return all
      .filter((row) => row.id !== id && row.phase !== 'discarded' && pack.kinds.includes(row.kind) && !taken.includes(row.id) && words.every((word) => row.search.includes(word)))
      .toSorted((a, b) => Number(fold(b.owner) === owner) - Number(fold(a.owner) === owner))
      .slice(0, mostShown)
  }, [all, id, pack, taken, search, owner])
  return (
    <div>
      <TextInput data-autofocus label={t('search')} leftSection={<IconSearch size={16} aria-hidden />} maxLength={200} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
      {found.length === 0 ? <Text size="sm" c="dimmed" mt="sm">{t('none')}</Text> : (
        <ul className={classes.list}>
          {found.map((row) => {
            const title = row.title === '' ? t('unnamed') : row.title
            return (
              <li key={row.id}>
                <LinkButton label={t('choose', { title })} onClick={() => onChoose(row.id)}>{title}</LinkButton>
                <Text size="sm" c="dimmed">{[row.owner, showInstant(row.updatedAt)].filter((part) => part !== '').join(' – ')}</Text>
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}
