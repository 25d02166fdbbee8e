import { Text } from '@mantine/core'
import { useMemo } from 'react'
import { packsEn } from '../../../shared/i18n/en/packs.ts'
import { packsVi } from '../../../shared/i18n/vi/packs.ts'
import { packDiff } from '../../../shared/rulepack/diff.ts'
import type { RulePack } from '../../../shared/rulepack/schema.ts'
import { usePick, useT } from '../../ui/language.tsx'
import { Panel } from '../../ui/Panel.tsx'
import classes from './Packs.module.css'

const changes = { added: 'diffAdded', removed: 'diffRemoved', changed: 'diffChanged', moved: 'diffMoved' } as const

/** What one version has other than another, in words. */
export const DiffList = ({ before, after }: { readonly before: RulePack; readonly after: RulePack }) => {
  const t = useT(packsVi, packsEn)
  const pick = usePick()
  const differences = useMemo(() => packDiff(before, after), [before, after])
  return (
    <Panel title={t('diffTitle', { before: before.version, after: after.version })} lead={t('diffLead', { count: differences.length })}>
      <ul className={classes.differences}>
        {differences.map(({ change, subject, details }) => (
          <li key={`${change} ${subject.vi}`} data-change={change}>
            <Text size="sm"><b>{t(changes[change])}</b> {pick(subject)}</Text>
            {details.length > 0 && <ul>{details.map((detail) => <li key={detail.vi}><Text size="sm" c="dimmed">{pick(detail)}</Text></li>)}</ul>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
