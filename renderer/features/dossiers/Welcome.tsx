import { Button, Text, Title } from '@mantine/core'
import { IconFolderPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { dossiersEn } from '../../../shared/i18n/en/dossiers.ts'
import { dossiersVi } from '../../../shared/i18n/vi/dossiers.ts'
import { sectionHash } from '../../router.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { usePick, useT } from '../../ui/language.tsx'
import { useStore } from '../../ui/store-context.tsx'
import { useFaultToast } from '../../ui/toasts.tsx'
import { useWords } from '../../ui/words.ts'
import { samples } from './samples.ts'
import classes from './Welcome.module.css'

/** The empty archive: make the first dossier, or look at one built from a published case. */
export const Welcome = ({ onCreate, writable }: { readonly onCreate: () => void; readonly writable: boolean }) => {
  const t = useT(dossiersVi, dossiersEn)
  return (
    <EmptyState
      icon={<IconFolderPlus size={30} stroke={1.5} />}
      title={t('emptyTitle')}
      text={t('emptyText')}
      actions={<Button size="md" disabled={!writable} onClick={onCreate}>{t('createFirst')}</Button>}
    >
      <section className={classes.samples} aria-labelledby="samples-title">
        <Title order={3} size="h4" id="samples-title">{t('orSample')}</Title>
        <Samples writable={writable} />
      </section>
    </EmptyState>
  )
}

/** The samples as cards. */
export const Samples = ({ writable, onOpened }: { readonly writable: boolean; readonly onOpened?: () => void }) => {
  const t = useT(dossiersVi, dossiersEn)
  const pick = usePick()
  const words = useWords()
  const store = useStore()
  const showFault = useFaultToast()
  const [opening, setOpening] = useState<string | null>(null)
  const open = async (id: string): Promise<void> => {
    setOpening(id)
    const made = await store.openSample(id)
    setOpening(null)
    if (!made.ok) {
      showFault(made.fault)
      return
    }
    onOpened?.()
    window.location.hash = sectionHash(made.value, 'overview')
  }
  return (
    <ul className={classes.cards}>
      {samples.map((sample) => (
        <li key={sample.id}>
          <Text size="xs" className={classes.kind}>{words.kind(sample.kind)}</Text>
          <Text fw={600} size="sm">{pick(sample.title)}</Text>
          <Text size="sm">{pick(sample.summary)}</Text>
          <Text size="xs" className={classes.source}>{t('sampleSource', { source: pick(sample.source) })}</Text>
          <Button variant="light" size="compact-md" loading={opening === sample.id} disabled={!writable || opening !== null} onClick={() => void open(sample.id)} aria-label={`${t('openSample')}: ${pick(sample.title)}`}>{t('openSample')}</Button>
        </li>
      ))}
    </ul>
  )
}
