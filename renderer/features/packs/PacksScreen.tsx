import { Button } from '@mantine/core'
import { IconBooks } from '@tabler/icons-react'
import { packsEn } from '../../../shared/i18n/en/packs.ts'
import { packsVi } from '../../../shared/i18n/vi/packs.ts'
import { routeHash } from '../../router.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useT } from '../../ui/language.tsx'
import { useLive, useStore } from '../../ui/store-context.tsx'
import { DraftScreen } from './DraftScreen.tsx'
import { PackList } from './PackList.tsx'
import { PackScreen } from './PackScreen.tsx'
import { SourcesScreen } from './SourcesScreen.tsx'

/** The library: rule packs, drafts, legal sources. */
export const PacksScreen = ({ view, id }: { readonly view: 'list' | 'sources' | 'pack' | 'draft'; readonly id: string }) => {
  const t = useT(packsVi, packsEn)
  const { shelf, drafts } = useLive(useStore().library)
  if (view === 'list') return <PackList />
  if (view === 'sources') return <SourcesScreen />
  const draft = view === 'draft' ? drafts.find((one) => one.id === id) : undefined
  if (draft !== undefined) return <DraftScreen key={id} draft={draft} />
  const loaded = view === 'pack' ? shelf.byHash(id) : undefined
  if (loaded !== undefined) return <PackScreen key={id} loaded={loaded} />
  return <EmptyState icon={<IconBooks size={30} stroke={1.5} />} title={t('gone')} text={t('goneText')} actions={<Button component="a" href={routeHash({ to: 'packs', view: 'list', id: '' })}>{t('title')}</Button>} />
}
