import { Text } from '@mantine/core'
import { Fragment } from 'react'
import { explain } from '../../../../shared/checklist/expression/explain.ts'
import type { CriterionOutcome } from '../../../../shared/checklist/outcome.ts'
import { checklistResultsEn } from '../../../../shared/i18n/en/checklist-results.ts'
import { checklistResultsVi } from '../../../../shared/i18n/vi/checklist-results.ts'
import { formatNumber } from '../../../../shared/kernel/number-text.ts'
import { packNames } from '../../../../shared/rulepack/scope.ts'
import { useLanguage, usePick, useT } from '../../../ui/language.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import type { ViewProps } from '../view.ts'
import { LinkButton } from '../LinkButton.tsx'
import classes from './Results.module.css'

const states = { scored: 'stateScored', open: 'stateOpen', blocked: 'stateBlocked' } as const

const Working = ({ outcome, result }: { readonly outcome: CriterionOutcome; readonly result: ViewProps['result'] }) => {
  const t = useT(checklistResultsVi, checklistResultsEn)
  const pick = usePick()
  const { language } = useLanguage()
  const lines = outcome.figures.flatMap((question) => {
    const formula = packNames(result.pack).formula(question.expression)
    return formula === undefined ? [] : explain(formula, result.values.environment, { language, symbol: question.symbol ?? question.label, unit: question.unit, ...(question.decimals === undefined ? {} : { decimals: question.decimals }) })
  })
  const counted = outcome.parts.flatMap(({ rows }) => rows.filter(({ counts }) => counts))
  return (
    <details className={classes.details}>
      <summary>{t('working')}</summary>
      {lines.map((line) => <Text key={line} size="sm">{line}</Text>)}
      {counted.map(({ row }) => <Text key={row.when + row.text.vi} size="sm">{`${pick(row.text)}: ${formatNumber(row.points, language)}`}</Text>)}
      {outcome.blockedBy.map((reference) => <Text key={reference.id} size="sm" c="var(--lg-warn)">{pick(reference.missing)}</Text>)}
    </details>
  )
}

/** Every scored section and criterion with its points and working (bảng chấm điểm), and how much of the checklist is answered. */
export const ScorePanel = ({ result, goTo }: ViewProps) => {
  const t = useT(checklistResultsVi, checklistResultsEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { rules, points, pack } = result
  const number = (value: number): string => formatNumber(value, language, { maxDecimals: 2 })
  const sections = rules?.sections ?? points?.sections.flatMap((entry) => {
    const section = pack.sections.find(({ id }) => id === entry.id)
    return section === undefined ? [] : [{ section, points: entry.points, final: entry.answered === entry.asked, maximum: section.cap ?? null, answered: entry.answered, asked: entry.asked }]
  }) ?? []
  if (sections.length === 0) return null
  const scored = rules === null || rules.criteria.length > 0 || rules.maximum !== null
  return (
    <Panel title={t(scored ? 'scoring' : 'coverage')} {...(scored && rules !== null ? { lead: t('scoringLead') } : {})} flush anchor="scores">
      <div className={classes.scroll}>
        <table className={classes.table} aria-label={t(scored ? 'scoring' : 'coverage')}>
          <thead>
            <tr>
              <th scope="col">{t(scored ? 'criterion' : 'section')}</th>
              {scored && <th scope="col">{t('state')}</th>}
              <th scope="col">{t('answered')}</th>
              {scored && <th scope="col" data-number>{t('points')}</th>}
              {scored && <th scope="col" data-number>{t('maximum')}</th>}
            </tr>
          </thead>
          <tbody>
            {sections.map((entry) => {
              const criteria = rules?.criteria.filter(({ section }) => section.id === entry.section.id) ?? []
              const carries = entry.maximum !== null || criteria.length > 0
              return (
                <Fragment key={entry.section.id}>
                  <tr data-sum>
                    <td>{pick(entry.section.title)}</td>
                    {scored && <td className={entry.final ? undefined : classes.warn}>{!carries ? '' : t(entry.final ? 'stateScored' : 'stateOpen')}</td>}
                    <td>{t('coverageOf', { done: entry.answered, total: entry.asked })}</td>
                    {scored && <td data-number>{carries || points !== null ? number(entry.points) : ''}</td>}
                    {scored && <td data-number>{entry.maximum === null ? '' : number(entry.maximum)}</td>}
                  </tr>
                  {criteria.map((outcome) => (
                    <tr key={outcome.criterion.id}>
                      <td>
                        <LinkButton onClick={() => goTo(outcome.criterion.id)}>{`${outcome.criterion.label}. ${pick(outcome.criterion.text)}`}</LinkButton>
                        <Working outcome={outcome} result={result} />
                      </td>
                      <td className={outcome.state === 'scored' ? classes.muted : classes.warn}>{t(states[outcome.state])}</td>
                      <td className={classes.muted}>{t('coverageOf', { done: outcome.inputs.length - outcome.waitsFor.length, total: outcome.inputs.length })}</td>
                      <td data-number>{outcome.points === null ? '–' : number(outcome.points)}</td>
                      <td data-number>{number(outcome.criterion.maximum)}</td>
                    </tr>
                  ))}
                </Fragment>
              )
            })}
            {scored && rules !== null && rules.maximum !== null && (
              <tr data-sum>
                <td>{t('total')}</td>
                <td className={rules.final ? undefined : classes.warn}>{t(rules.final ? 'stateScored' : 'stateOpen')}</td>
                <td aria-hidden />
                <td data-number>{number(rules.total)}</td>
                <td data-number>{number(rules.maximum)}</td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
