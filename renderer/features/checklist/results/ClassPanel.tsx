import { Anchor, Stack, Text } from '@mantine/core'
import { useMemo } from 'react'
import type { RulesOutcome } from '../../../../shared/checklist/outcome.ts'
import type { Reason } from '../../../../shared/checklist/reasons.ts'
import { classReasons } from '../../../../shared/checklist/reasons.ts'
import { checklistEn } from '../../../../shared/i18n/en/checklist.ts'
import { checklistResultsEn } from '../../../../shared/i18n/en/checklist-results.ts'
import { checklistVi } from '../../../../shared/i18n/vi/checklist.ts'
import { checklistResultsVi } from '../../../../shared/i18n/vi/checklist-results.ts'
import { dateText } from '../../../../shared/kernel/date-text.ts'
import { formatNumber } from '../../../../shared/kernel/number-text.ts'
import { sectionHash } from '../../../router.ts'
import { useLanguage, usePick, useT } from '../../../ui/language.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { useDossier } from '../../../ui/store-context.tsx'
import { isWhole } from '../places.ts'
import type { ViewProps } from '../view.ts'
import classes from './Results.module.css'

const marks = { true: '✓', false: '✕', null: '?' } as const

const ReasonLine = ({ reason }: { readonly reason: Reason }) => {
  const t = useT(checklistResultsVi, checklistResultsEn)
  const pick = usePick()
  const { kind, holds, parts } = reason
  return (
    <li>
      <div className={classes.reason}>
        <span className={classes.mark} data-holds={holds} role="img" aria-label={t(holds === null ? 'undecided' : holds ? 'holds' : 'holdsNot')}>{marks[`${holds}`]}</span>
        <span>{kind === 'one' ? pick(reason.text) : t(kind === 'all' ? 'allOf' : 'anyOf')}</span>
      </div>
      {parts.length > 0 && <ul className={classes.reasons}>{parts.map((part, index) => <ReasonLine key={index} reason={part} />)}</ul>}
    </li>
  )
}

/** The class, the conditions it rests on in words, and the gaps that go to the council. */
export const ClassPanel = ({ pack, list, rules }: ViewProps & { readonly rules: RulesOutcome }) => {
  const t = useT(checklistResultsVi, checklistResultsEn)
  const words = useT(checklistVi, checklistEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { id } = useDossier()
  const reasons = useMemo(() => classReasons(pack, rules), [pack, rules])
  const ruled = rules.gaps.some(({ ruling }) => ruling !== null)
  const nameOf = (wanted: string): string => {
    const found = reasons.find((entry) => entry.class.id === wanted)
    return found === undefined ? wanted : pick(found.class.text)
  }
  if (reasons.length === 0) return null
  return (
    <Panel title={t('classTitle')} anchor="class">
      <div className={classes.class}>
        <output className={classes.className} data-tone={rules.class?.tone}>{rules.class !== null ? pick(rules.class.text) : words(isWhole(rules) ? 'classNone' : 'classOpen')}</output>
        {rules.maximum !== null && <Text component="span">{words(rules.final ? 'total' : 'totalSoFar', { points: formatNumber(rules.total, language), max: formatNumber(rules.maximum, language) })}</Text>}
      </div>
      {ruled && rules.proposed !== null && rules.proposed.id !== rules.class?.id && <Text size="sm" c="dimmed" mt={4}>{t('proposed', { class: pick(rules.proposed.text) })}</Text>}
      {rules.gaps.length > 0 && <Stack gap="sm" my="sm">{rules.gaps.map(({ gap, ruling }) => (
        <Notice key={gap.id} tone={ruling === null ? 'warn' : 'info'} title={t('gapTitle')} actions={ruling === null ? <Anchor size="sm" href={sectionHash(id, 'council', `ruling.${list ?? 'main'}.${gap.id}`)}>{t('goCouncil')}</Anchor> : undefined}>
          <Text size="sm">{pick(gap.text)}</Text>
          <Text size="sm" mt={4}>{ruling === null ? t('gapSent') : t('gapRuled', { class: nameOf(ruling.class), reason: ruling.reason, by: ruling.by, date: dateText(ruling.date) })}</Text>
        </Notice>
      ))}</Stack>}
      <details className={classes.details} open={isWhole(rules)}>
        <summary>{t('why')}</summary>
        <Text size="sm" c="dimmed" mb={6}>{t('whyLead')}</Text>
        {reasons.map(({ class: entry, reason }) => (
          <details key={entry.id} className={classes.classLine} open={rules.final ? entry.id === rules.proposed?.id : reason.holds === null}>
            <summary>
              <span className={classes.mark} data-holds={reason.holds} role="img" aria-label={t(reason.holds === null ? 'undecided' : reason.holds ? 'holds' : 'holdsNot')}>{marks[`${reason.holds}`]}</span>
              {` ${pick(entry.text)}`}
            </summary>
            <ul className={classes.reasons}><ReasonLine reason={reason} /></ul>
          </details>
        ))}
      </details>
    </Panel>
  )
}
