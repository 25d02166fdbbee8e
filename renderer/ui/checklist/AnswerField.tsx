import { Checkbox, Group, Radio, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { chosenOf } from '../../../shared/checklist/answers.ts'
import { valueWords } from '../../../shared/checklist/value-words.ts'
import { answeringEn } from '../../../shared/i18n/en/answering.ts'
import { answeringVi } from '../../../shared/i18n/vi/answering.ts'
import { formatNumber, parseNumber } from '../../../shared/kernel/number-text.ts'
import type { Value } from '../../../shared/rulepack/expression/types.ts'
import type { Question } from '../../../shared/rulepack/schema.ts'
import type { Answer } from '../../../shared/schema/dossier.ts'
import { DateField } from '../fields/DateField.tsx'
import { ProseField } from '../fields/ProseField.tsx'
import { isComposing } from '../keys.ts'
import { useLanguage, usePick, useT } from '../language.tsx'
import { draftProps, useDraft } from '../use-draft.ts'
import classes from './Answering.module.css'

interface NumberProps {
  readonly label: string
  readonly unit: string
  readonly value: number | null
  readonly min: number | undefined
  readonly max: number | undefined
  readonly readOnly: boolean
  readonly onValue: (value: number | null) => Promise<boolean>
}

/** A number with its unit, read as people write it; a sentence under it when it cannot stand. */
const NumberAnswer = ({ label, unit, value, min, max, readOnly, onValue }: NumberProps) => {
  const t = useT(answeringVi, answeringEn)
  const { language } = useLanguage()
  const [fault, setFault] = useState<string | null>(null)
  const stored = value === null ? '' : formatNumber(value, language)
  const draft = useDraft(stored, async (text) => {
    if (text === '') return value === null ? true : onValue(null)
    const read = parseNumber(text, language)
    const refuse = (sentence: string): boolean => {
      setFault(sentence)
      return false
    }
    if (!read.ok) return refuse(t('numberWrong'))
    const number = read.value.value
    if (min !== undefined && number < min) return refuse(t('belowMin', { limit: formatNumber(min, language) }))
    if (max !== undefined && number > max) return refuse(t('aboveMax', { limit: formatNumber(max, language) }))
    return number === value ? true : onValue(number)
  }, { rest: 900 })
  const typed = draft.text === stored ? null : parseNumber(draft.text, language)
  const echo = typed?.ok === true && (typed.value.ambiguous || Math.abs(typed.value.value) >= 10_000) ? formatNumber(typed.value.value, language) : null
  return (
    <div>
      <TextInput
        className={classes.number}
        aria-label={label}
        rightSection={unit === '' ? undefined : <span className={classes.unit}>{unit}</span>}
        rightSectionWidth={Math.max(36, unit.length * 8 + 16)}
        rightSectionPointerEvents="none"
        readOnly={readOnly}
        error={fault ?? undefined}
        inputMode="decimal"
        autoComplete="off"
        maxLength={60}
        {...draftProps(draft)}
        onChange={(event) => {
          setFault(null)
          draft.onChange(event.currentTarget.value)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !isComposing(event)) draft.onBlur()
        }}
      />
      {echo !== null && <Text size="sm" c="dimmed" mt={4}>{t('readAs', { number: `${echo}${unit === '' ? '' : ` ${unit}`}` })}</Text>}
    </div>
  )
}

interface Props {
  readonly question: Exclude<Question, { type: 'table' }>
  readonly answer: Answer
  /** What the question is called and asks, for screen readers. */
  readonly label: string
  readonly readOnly: boolean
  /** Value of a computed question. */
  readonly computed: Value | null
  readonly moneyUnit: string
  readonly onValue: (value: Answer['value']) => Promise<boolean>
}

/** What was chosen and is being kept: marked at once, shown as the answer only when it is. A quick second choice builds on the first. */
const useChoosing = (onValue: Props['onValue']): { readonly chosen: Answer['value'] | undefined; readonly choose: (value: Answer['value']) => void } => {
  const [chosen, setChosen] = useState<Answer['value'] | undefined>(undefined)
  return {
    chosen,
    choose: (value) => {
      setChosen(value)
      void onValue(value).finally(() => setChosen((now) => (now === value ? undefined : now)))
    },
  }
}

/** The field that takes the answer to a question, by its kind. Digits choose among options while the question has the focus. */
export const AnswerField = ({ question, answer, label, readOnly, computed, moneyUnit, onValue }: Props) => {
  const t = useT(answeringVi, answeringEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { value } = answer
  const { chosen: choosing, choose } = useChoosing(onValue)
  const mark = (option: Answer['value']): { readonly className?: string } => (choosing === option && value !== option && classes.choosing !== undefined ? { className: classes.choosing } : {})
  switch (question.type) {
    case 'yesNo':
      return (
        <Radio.Group aria-label={label} value={value === true ? 'yes' : value === false ? 'no' : ''} onChange={(chosen) => choose(chosen === 'yes')}>
          <Group gap="lg">
            <Radio value="yes" label={t('yes')} disabled={readOnly} {...mark(true)} />
            <Radio value="no" label={t('no')} disabled={readOnly} {...mark(false)} />
          </Group>
        </Radio.Group>
      )
    case 'level':
      return (
        <Radio.Group aria-label={label} value={typeof value === 'number' ? String(value) : ''} onChange={(chosen) => choose(Number(chosen))}>
          <div className={classes.options}>
            {question.levels.map((level) => <Radio key={level.value} value={String(level.value)} label={`${String(level.value)}. ${pick(level.text)}`} disabled={readOnly} {...mark(level.value)} />)}
          </div>
        </Radio.Group>
      )
    case 'choice': {
      const kept = chosenOf(value)
      const meant = choosing === undefined ? kept : chosenOf(choosing)
      const toggle = (option: string): void => {
        const next = question.options.map((entry) => entry.value).filter((entry) => meant.includes(entry) !== (entry === option))
        choose(next.length === 0 ? null : next)
      }
      const changing = (option: string): { readonly className?: string } => (meant.includes(option) !== kept.includes(option) && classes.choosing !== undefined ? { className: classes.choosing } : {})
      return question.multiple ? (
        <fieldset className={classes.options} aria-label={label}>
          {question.options.map((option) => <Checkbox key={option.value} label={pick(option.text)} disabled={readOnly} checked={kept.includes(option.value)} onChange={() => toggle(option.value)} {...changing(option.value)} />)}
          <Checkbox label={t('noneOfThese')} disabled={readOnly} checked={Array.isArray(value) && value.length === 0} onChange={(event) => choose(event.currentTarget.checked ? [] : null)} />
        </fieldset>
      ) : (
        <Radio.Group aria-label={label} value={typeof value === 'string' ? value : ''} onChange={choose}>
          <div className={classes.options}>
            {question.options.map((option) => <Radio key={option.value} value={option.value} label={pick(option.text)} disabled={readOnly} {...mark(option.value)} />)}
          </div>
        </Radio.Group>
      )
    }
    case 'number':
    case 'money':
      return (
        <div>
          <NumberAnswer
            label={label}
            unit={question.unit === '' && question.type === 'money' ? moneyUnit : question.unit}
            value={typeof value === 'number' ? value : null}
            min={question.min}
            max={question.max}
            readOnly={readOnly}
            onValue={onValue}
          />
          {question.period !== undefined && <Text size="sm" c="dimmed" mt={4}>{t('period', { period: pick(question.period) })}</Text>}
        </div>
      )
    case 'date':
      return <div className={classes.date}><DateField bare label={label} readOnly={readOnly} value={typeof value === 'string' ? value : ''} onCommit={(iso) => onValue(iso === '' ? null : iso)} /></div>
    case 'text':
      return <div className={classes.prose}><ProseField bare label={label} minRows={2} readOnly={readOnly} value={typeof value === 'string' ? value : ''} onCommit={(text) => onValue(text === '' ? null : text.slice(0, question.maxLength))} /></div>
    case 'computed':
      return (
        <output className={classes.computed} data-missing={computed === null || computed.kind === 'missing' || undefined} aria-label={label}>
          {computed === null ? '–' : valueWords(computed, { language, unit: question.unit, decimals: question.decimals, options: question.options })}
        </output>
      )
  }
}
