import { Text } from '@mantine/core'
import { useMemo } from 'react'
import { valuationRisksEn } from '../../../../shared/i18n/en/valuation-risks.ts'
import { valuationRisksVi } from '../../../../shared/i18n/vi/valuation-risks.ts'
import { checkSheets } from '../../../../shared/valuation/guards/conventions.ts'
import { checkStatedConventions } from '../../../../shared/valuation/guards/stated-conventions.ts'
import { noteText } from '../../../../shared/valuation/reasons.ts'
import { usePick, useT } from '../../../ui/language.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { useDossier } from '../../../ui/store-context.tsx'
import { titleOf } from '../sheet-title.ts'
import classes from './RiskPanel.module.css'

/** What the methods say against each other and against themselves (kiểm tra quy ước). */
export const ConventionPanel = () => {
  const t = useT(valuationRisksVi, valuationRisksEn)
  const pick = usePick()
  const { valuation, profile } = useDossier().state
  const lines = useMemo(() => {
    const sheets = Object.values(valuation.sheets)
    const own = checkStatedConventions(sheets, profile.currency).flatMap(({ sheet, notes }) => {
      const found = valuation.sheets[sheet]
      return found === undefined ? [] : notes.map((note) => ({ sheet: titleOf(found), note }))
    })
    return [...checkSheets(sheets).map((note) => ({ sheet: null, note })), ...own]
  }, [valuation.sheets, profile.currency])
  return (
    <Panel title={t('conventions')} lead={t('conventionsLead')} anchor="conventions">
      <div role="status">
        {lines.length === 0 ? <Text size="sm" c="dimmed">{t('conventionsSound')}</Text> : (
          <Notice tone="warn">
            <ul className={classes.list}>
              {lines.map(({ sheet, note }, index) => {
                const text = pick(noteText(note))
                return <li key={`${note.code}.${String(index)}`}>{sheet === null ? text : t('inSheet', { name: pick(sheet), text })}</li>
              })}
            </ul>
          </Notice>
        )}
      </div>
    </Panel>
  )
}
