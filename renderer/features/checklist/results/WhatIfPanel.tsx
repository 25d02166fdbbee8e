import { Button, Group, Slider, Text, Title } from '@mantine/core'
import { useDeferredValue, useMemo, useState } from 'react'
import type { ClassMove, RulesOutcome, Supposed } from '../../../../shared/checklist/outcome.ts'
import { evaluateRules } from '../../../../shared/checklist/outcome.ts'
import { checklistResultsEn } from '../../../../shared/i18n/en/checklist-results.ts'
import { checklistResultsVi } from '../../../../shared/i18n/vi/checklist-results.ts'
import { formatNumber } from '../../../../shared/kernel/number-text.ts'
import { useLanguage, usePick, useT } from '../../../ui/language.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import type { ViewProps } from '../view.ts'
import { LinkButton } from '../LinkButton.tsx'
import classes from './Results.module.css'

interface Props extends ViewProps {
  readonly rules: RulesOutcome
  readonly moves: readonly ClassMove[]
}

/** Points of criteria supposed for a moment; nothing of it reaches the dossier. */
const Suppose = ({ pack, checklist, rules }: Props) => {
  const t = useT(checklistResultsVi, checklistResultsEn)
  const pick = usePick()
  const { language } = useLanguage()
  const [supposed, setSupposed] = useState<Supposed>(new Map())
  const settled = useDeferredValue(supposed)
  const outcome = useMemo(() => evaluateRules(pack, checklist, settled), [pack, checklist, settled])
  const number = (value: number): string => formatNumber(value, language, { maxDecimals: 2 })
  return (
    <div>
      <Text size="sm" c="dimmed">{t('supposeLead')}</Text>
      <Group mt={8} gap="md">
        <output>
          <Text fw={600}>{outcome === null ? '' : t('supposeResult', { points: number(outcome.total), max: number(outcome.maximum ?? 0), class: outcome.proposed === null ? t('supposeNone') : pick(outcome.proposed.text) })}</Text>
        </output>
        {supposed.size > 0 && <Button variant="light" size="compact-sm" onClick={() => setSupposed(new Map())}>{t('reset')}</Button>}
      </Group>
      {outcome?.figures.map(({ figure, value }) => value.kind !== 'number' ? null : <Text key={figure.id} size="sm" c="dimmed">{`${pick(figure.text)}: ${formatNumber(value.value, language, { maxDecimals: figure.decimals })}`}</Text>)}
      <div className={classes.suppose}>
        {rules.criteria.map(({ criterion, points }) => {
          const value = supposed.get(criterion.id) ?? points ?? 0
          const name = `${criterion.label}. ${pick(criterion.text)}`
          return (
            <div key={criterion.id} className={classes.slider}>
              <div className={classes.sliderHead}>
                <span className={classes.sliderName} title={name}>{name}</span>
                <span>{t('pointsOf', { points: number(value), max: number(criterion.maximum) })}</span>
              </div>
              <Slider
                size="sm"
                min={0}
                max={criterion.maximum}
                step={0.5}
                label={null}
                thumbLabel={name}
                value={value}
                onChange={(next) => setSupposed((now) => new Map([...now, [criterion.id, next]]))}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Which criteria move the class (tiêu chí nào làm thay đổi mức), and a place to try other points. */
export const WhatIfPanel = (props: Props) => {
  const t = useT(checklistResultsVi, checklistResultsEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { rules, moves, goTo } = props
  const [trying, setTrying] = useState(false)
  const number = (value: number): string => formatNumber(value, language, { maxDecimals: 2 })
  return (
    <Panel title={t('whatIf')} anchor="what-if" actions={<Button variant="light" aria-expanded={trying} onClick={() => setTrying(!trying)}>{t('suppose')}</Button>}>
      {trying && <Suppose {...props} />}
      <Title order={4} size="h5" mt={trying ? 'lg' : 0}>{t('whatIfLead')}</Title>
      {!rules.final ? <Text size="sm" c="dimmed">{t('notFinal')}</Text> : moves.length === 0 ? <Text size="sm" c="dimmed">{t('noMoves')}</Text> : (
        <ul className={classes.list}>
          {moves.map(({ criterion, from, to, class: next }) => (
            <li key={`${criterion.id}.${String(to)}`}>
              <LinkButton onClick={() => goTo(criterion.id)}>{`${criterion.label}. ${pick(criterion.text)}`}</LinkButton>
              <Text size="sm">{t(to > from ? 'moveUp' : 'moveDown', { from: number(from), to: number(to), class: pick(next.text) })}</Text>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
