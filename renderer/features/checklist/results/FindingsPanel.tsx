import { Text, Title } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Finding } from '../../../../shared/checklist/findings.ts'
import { findingsOf, strongFrom, weakBelow } from '../../../../shared/checklist/findings.ts'
import { checklistResultsEn } from '../../../../shared/i18n/en/checklist-results.ts'
import { checklistResultsVi } from '../../../../shared/i18n/vi/checklist-results.ts'
import { formatNumber } from '../../../../shared/kernel/number-text.ts'
import { useLanguage, usePick, useT } from '../../../ui/language.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import type { ViewProps } from '../view.ts'
import { LinkButton } from '../LinkButton.tsx'
import classes from './Results.module.css'

const shownAtFirst = 8

interface ListProps {
  readonly title: string
  readonly findings: readonly Finding[]
  readonly goTo: (id: string) => void
  /** Says the recommendation in place of the finding. */
  readonly remedy?: boolean
}

const FindingList = ({ title, findings, goTo, remedy = false }: ListProps) => {
  const t = useT(checklistResultsVi, checklistResultsEn)
  const pick = usePick()
  const { language } = useLanguage()
  const [all, setAll] = useState(false)
  if (findings.length === 0) return null
  const shown = all ? findings : findings.slice(0, shownAtFirst)
  return (
    <div>
      <Title order={4} size="h5">{title}</Title>
      <ul className={classes.list}>
        {shown.map((finding) => (
          <li key={finding.id}>
            {remedy && finding.recommendation !== null && <Text size="sm">{pick(finding.recommendation)}</Text>}
            <LinkButton onClick={() => goTo(finding.id)}>
              {remedy ? t('goTo', { label: finding.label }) : `${finding.label}. ${pick(finding.text)}`}
            </LinkButton>
            {!remedy && <Text component="span" size="sm" c="dimmed" ml={8}>{t('share', { share: formatNumber(finding.share * 100, language, { maxDecimals: 0 }) })}</Text>}
          </li>
        ))}
      </ul>
      {shown.length < findings.length && <LinkButton onClick={() => setAll(true)}>{t('more', { count: findings.length - shown.length })}</LinkButton>}
    </div>
  )
}

/** Strengths, weaknesses and what would help, each leading to its question or criterion. */
export const FindingsPanel = ({ result, goTo }: ViewProps) => {
  const t = useT(checklistResultsVi, checklistResultsEn)
  const { strengths, gaps } = useMemo(() => findingsOf(result), [result])
  const remedies = gaps.filter(({ recommendation }) => recommendation !== null)
  return (
    <Panel title={`${t('strengths')} – ${t('gaps').toLowerCase()}`} lead={t('findingsLead', { strong: strongFrom * 100, weak: weakBelow * 100 })} anchor="findings">
      {strengths.length + gaps.length === 0 ? <Text c="dimmed" size="sm">{t('noFindings')}</Text> : (
        <div className={classes.columns}>
          <FindingList title={t('strengths')} findings={strengths} goTo={goTo} />
          <FindingList title={t('gaps')} findings={gaps} goTo={goTo} />
          <FindingList title={t('recommendations')} findings={remedies} goTo={goTo} remedy />
        </div>
      )}
    </Panel>
  )
}
