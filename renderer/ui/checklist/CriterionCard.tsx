import { Text } from '@mantine/core'
import { memo } from 'react'
import type { CriterionOutcome } from '../../../shared/checklist/outcome.ts'
import { answeringEn } from '../../../shared/i18n/en/answering.ts'
import { answeringVi } from '../../../shared/i18n/vi/answering.ts'
import { formatNumber } from '../../../shared/kernel/number-text.ts'
import { useLanguage, usePick, useT } from '../language.tsx'
import classes from './Answering.module.css'

interface Props {
  readonly outcome: CriterionOutcome
  readonly basis: string
  /** Working of the computed numbers it was judged by, one line each. */
  readonly working: readonly string[]
}

/** What the card shows of an outcome: outcomes are made anew after every answer. */
const shownOf = ({ outcome: { criterion, points, state, parts, waitsFor, blockedBy }, basis, working }: Props): string =>
  JSON.stringify([criterion.id, points, state, parts.map(({ rows }) => rows.map(({ holds, counts }) => [holds, counts])), waitsFor.map(({ id }) => id), blockedBy.map(({ id }) => id), basis, working])

/** A scored criterion (tiêu chí chấm điểm): its points, the scale with the rows that count, and what it still waits for. */
export const CriterionCard = memo(({ outcome, basis, working }: Props) => {
  const t = useT(answeringVi, answeringEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { criterion, points, state, waitsFor, blockedBy, parts } = outcome
  return (
    <div className={classes.question} data-at={criterion.id} id={`c-${criterion.id}`} tabIndex={-1}>
      <div className={classes.criterionHead}>
        <Text className={classes.words} fw={600}>{`${criterion.label}. ${pick(criterion.text)}`}</Text>
        <span className={classes.criterionPoints}>{t('criterionPoints', { points: points === null ? '–' : formatNumber(points, language), max: formatNumber(criterion.maximum, language) })}</span>
      </div>
      <Text className={classes.guidance} size="sm">{pick(criterion.guidance)}</Text>
      {basis !== '' && <Text className={classes.basis}>{`${t('basis')}: ${basis}`}</Text>}
      {blockedBy.map((reference) => <Text key={reference.id} size="sm" c="var(--lg-warn)" mt={6}>{`${t('criterionBlocked')}: ${pick(reference.missing)}`}</Text>)}
      {state === 'open' && waitsFor.length > 0 && <Text size="sm" c="dimmed" mt={6}>{t('criterionOpen', { questions: waitsFor.map(({ label }) => label).join(', ') })}</Text>}
      {working.map((line) => <Text key={line} size="sm" mt={4}>{line}</Text>)}
      {parts.map(({ part, rows }) => (
        <table key={part.id} className={classes.scale} aria-label={part.text === undefined ? t('scale') : pick(part.text)}>
          <tbody>
            {rows.map(({ row, holds, counts }) => (
              <tr key={row.when + row.text.vi} data-counts={counts}>
                <td>{pick(row.text)}</td>
                <td>{t('pointsOf', { points: formatNumber(row.points, language) })}</td>
                <td>{counts ? t('counts') : holds === null ? t('undecided') : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  )
}, (before, after) => before.outcome.criterion === after.outcome.criterion && shownOf(before) === shownOf(after))
CriterionCard.displayName = 'CriterionCard'
