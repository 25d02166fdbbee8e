import { Text } from '@mantine/core'
import { useMemo } from 'react'
import { legalWarnings } from '../../shared/dossier/legal-warnings.ts'
import { packsEn } from '../../shared/i18n/en/packs.ts'
import { packsVi } from '../../shared/i18n/vi/packs.ts'
import type { SourceWarning } from '../../shared/rulepack/source-warnings.ts'
import classes from './LegalWarnings.module.css'
import { usePick, useT } from './language.tsx'
import { Notice } from './Notice.tsx'
import { useDossier, useKnowledge, useLive, useStore } from './store-context.tsx'

const Line = ({ warning }: { readonly warning: SourceWarning }) => {
  const t = useT(packsVi, packsEn)
  const pick = usePick()
  return (
    <li>
      <Text size="sm">{pick(warning.text)}</Text>
      <Text size="xs" c="dimmed">{t('warningUsedBy', { names: warning.usedBy.map(pick).join('; ') })}</Text>
    </li>
  )
}

/** What to watch in the law this dossier rests on: grave warnings at once, the others folded away. */
export const LegalWarnings = () => {
  const t = useT(packsVi, packsEn)
  const { state } = useDossier()
  const knowledge = useKnowledge()
  const { register } = useLive(useStore().library)
  const warnings = useMemo(() => legalWarnings(state, knowledge, register), [state, knowledge, register])
  const grave = warnings.filter((warning) => warning.grave)
  const rest = warnings.filter((warning) => !warning.grave)
  const count = new Set(rest.map(({ source }) => source.number)).size
  if (warnings.length === 0) return null
  return (
    <Notice tone={grave.length > 0 ? 'warn' : 'info'} title={t('warningsTitle')}>
      {grave.length > 0 && <ul className={classes.list}>{grave.map((warning) => <Line key={`${warning.source.number} ${warning.reason}`} warning={warning} />)}</ul>}
      {rest.length > 0 && (
        <details>
          <summary className={classes.more}>{t('warningsMore', { count })}</summary>
          <ul className={classes.list}>{rest.map((warning) => <Line key={`${warning.source.number} ${warning.reason}`} warning={warning} />)}</ul>
        </details>
      )}
    </Notice>
  )
}
