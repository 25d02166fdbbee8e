import { Text } from '@mantine/core'
import { explain } from '../../../../shared/checklist/expression/explain.ts'
import { valueWords } from '../../../../shared/checklist/value-words.ts'
import { checklistResultsEn } from '../../../../shared/i18n/en/checklist-results.ts'
import { checklistResultsVi } from '../../../../shared/i18n/vi/checklist-results.ts'
import { packNames } from '../../../../shared/rulepack/scope.ts'
import { citationText } from '../../../../shared/rulepack/source-words.ts'
import { useLanguage, usePick, useT } from '../../../ui/language.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import type { ViewProps } from '../view.ts'
import classes from './Results.module.css'

/** Numbers that the pack derives from points and answers (các chỉ số), each with its working and clause. */
export const FiguresPanel = ({ pack, result }: ViewProps) => {
  const t = useT(checklistResultsVi, checklistResultsEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { rules } = result
  if (rules === null || rules.figures.length === 0) return null
  return (
    <Panel title={t('figures')} flush>
      <table className={classes.table} aria-label={t('figures')}>
        <tbody>
          {rules.figures.map(({ figure, value }) => {
            const formula = packNames(pack).formula(figure.expression)
            const { unit, decimals } = figure
            const working = formula === undefined ? [] : explain(formula, rules.values.environment, { language, symbol: figure.symbol, unit, decimals })
            const basis = figure.basis.map((entry) => citationText(entry, pack.sources, language)).join('; ')
            return (
              <tr key={figure.id}>
                <td>
                  <Text size="sm" fw={560}>{pick(figure.text)}</Text>
                  {figure.note !== undefined && <Text size="sm" c="dimmed">{pick(figure.note)}</Text>}
                  <details className={classes.details}>
                    <summary>{t('working')}</summary>
                    {working.map((line) => <Text key={line} size="sm">{line}</Text>)}
                    {basis !== '' && <Text size="sm" c="dimmed">{basis}</Text>}
                  </details>
                </td>
                <td data-number={value.kind !== 'missing' || undefined} className={value.kind === 'missing' ? classes.muted : undefined}>{valueWords(value, { language, unit, decimals })}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Panel>
  )
}
