import { Button, Text } from '@mantine/core'
import type { CriterionResult } from '../../../shared/council/result.ts'
import { councilResult } from '../../../shared/council/result.ts'
import { councilEn } from '../../../shared/i18n/en/council.ts'
import { councilVi } from '../../../shared/i18n/vi/council.ts'
import { formatNumber } from '../../../shared/kernel/number-text.ts'
import type { CouncilRule } from '../../../shared/rulepack/schema.ts'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useDossier } from '../../ui/store-context.tsx'
import classes from './CouncilScreen.module.css'

/** What the council decided: points with mean and spread, votes, quorum, outcome. */
export const ResultsPanel = ({ rule, editable }: { readonly rule: CouncilRule; readonly editable: boolean }) => {
  const t = useT(councilVi, councilEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { state, run } = useDossier()
  const result = councilResult(state.council, rule)
  const show = (value: number | null): string => (value === null ? '—' : formatNumber(value, language, { maxDecimals: 2 }))
  const { quorum, vote, scores } = result
  const names = new Map(rule.scoring?.criteria.map((criterion) => [criterion.id, pick(criterion.text)]))
  const row = (entry: CriterionResult, name: string, total: boolean) => (
    <tr key={entry.id} className={total ? classes.total : undefined}>
      <td>{name}</td>
      <td className={classes.number}>{show(entry.maximum)}</td>
      <td className={classes.number}>{show(entry.mean)}</td>
      <td className={classes.number}>{show(entry.sd)}</td>
      <td className={classes.number}>{entry.count === 0 ? '—' : `${show(entry.min)} – ${show(entry.max)}`}</td>
    </tr>
  )
  return (
    <Panel
      flush
      title={t('results')}
      anchor="adopted"
      actions={editable && state.council.adopted === null ? <Button disabled={result.outcome === null} onClick={() => void run({ type: 'council.adopt' })}>{t('adopt')}</Button> : undefined}
    >
      {scores !== null && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('criterion')}</th>
              <th scope="col" className={classes.number}>{t('maximum')}</th>
              <th scope="col" className={classes.number}>{t('mean')}</th>
              <th scope="col" className={classes.number}>{t('spread')}</th>
              <th scope="col" className={classes.number}>{t('lowHigh')}</th>
            </tr>
          </thead>
          <tbody>
            {scores.criteria.map((entry) => row(entry, names.get(entry.id) ?? entry.id, false))}
            {row(scores.total, t('totalRow'), true)}
          </tbody>
        </table>
      )}
      <div className={classes.footing}>
        <Text size="sm">{t(quorum.met ? 'quorumMet' : 'quorumMissing', { present: quorum.present, whole: quorum.whole, needed: quorum.needed })}</Text>
        <Text size="sm">{t('votes', { yes: vote.for, no: vote.against, abstain: vote.abstain, needed: vote.needed, base: vote.base })}</Text>
        {vote.decidedByChair && <Text size="sm">{t('tieByChair')}</Text>}
        {result.outcome !== null && <Text className={classes.outcome} mt="xs">{t(result.outcome === 'adopted' ? 'outcomeAdopted' : 'outcomeRejected')}</Text>}
        {state.council.adopted !== null && <Notice tone={state.council.adopted.outcome === 'adopted' ? 'good' : 'warn'}>{t('adopted')}</Notice>}
      </div>
    </Panel>
  )
}
