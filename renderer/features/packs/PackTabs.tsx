import { Tabs } from '@mantine/core'
import { packsEn } from '../../../shared/i18n/en/packs.ts'
import { packsVi } from '../../../shared/i18n/vi/packs.ts'
import { go } from '../../router.ts'
import { useT } from '../../ui/language.tsx'

/** The two halves of the library: packs and legal sources. */
export const PackTabs = ({ current }: { readonly current: 'list' | 'sources' }) => {
  const t = useT(packsVi, packsEn)
  return (
    <Tabs value={current} onChange={(view) => go({ to: 'packs', view: view === 'sources' ? 'sources' : 'list', id: '' })} mb="lg">
      <Tabs.List aria-label={t('navPacks')}>
        <Tabs.Tab value="list">{t('tabPacks')}</Tabs.Tab>
        <Tabs.Tab value="sources">{t('tabSources')}</Tabs.Tab>
      </Tabs.List>
    </Tabs>
  )
}
