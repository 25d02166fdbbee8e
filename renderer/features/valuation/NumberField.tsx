import { Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { valuationEn } from '../../../shared/i18n/en/valuation.ts'
import { valuationVi } from '../../../shared/i18n/vi/valuation.ts'
import { roundDecimal } from '../../../shared/kernel/number-text.ts'
import type { Unit } from '../../../shared/valuation/figure.ts'
import { moneyInWords, numberInWords } from '../../../shared/valuation/words.ts'
import { isComposing } from '../../ui/keys.ts'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { useDossier } from '../../ui/store-context.tsx'
import { draftProps, useDraft } from '../../ui/use-draft.ts'
import { fieldText, readUnit, shownValue } from './units.ts'

interface Props {
  readonly label: string
  /** The label as it is drawn when it holds more than words, for example the symbol of the formulas. */
  readonly shownLabel?: ReactNode
  readonly unit: Unit
  /** What stands at the right of the field: `%`, `triệu VND`. */
  readonly suffix: string
  readonly value: number | null
  readonly onCommit: (value: number | null) => Promise<boolean>
  readonly help?: ReactNode
  readonly required?: boolean
  readonly readOnly?: boolean
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly anchor?: string
  readonly bare?: boolean
}

/** A number typed as people write it, in Vietnamese or English, echoed as it was read; empty stays empty. */
export const NumberField = ({ label, shownLabel, unit, suffix, value, onCommit, help, required = false, readOnly = false, min, max, anchor, bare = false }: Props) => {
  const t = useT(valuationVi, valuationEn)
  const { language } = useLanguage()
  const pick = usePick()
  const { state } = useDossier()
  const [fault, setFault] = useState<string | null>(null)
  const [ambiguous, setAmbiguous] = useState(false)

  const commit = async (text: string): Promise<boolean> => {
    if (text === '') {
      setFault(null)
      setAmbiguous(false)
      return value === null ? true : onCommit(null)
    }
    const read = readUnit(text, unit, language)
    setAmbiguous(read?.ambiguous ?? false)
    if (read === null) {
      setFault(t('numberUnreadable'))
      return false
    }
    if (min !== undefined && read.value < min) {
      setFault(t('belowMin', { limit: shownValue(min, unit, language) }))
      return false
    }
    if (max !== undefined && read.value > max) {
      setFault(t('aboveMax', { limit: shownValue(max, unit, language) }))
      return false
    }
    setFault(null)
    return read.value === value ? true : onCommit(read.value)
  }
  const stored = fieldText(value, unit, language)
  const draft = useDraft(stored, commit, { rest: 900 })
  const typed = readUnit(draft.text, unit, language)
  // The program's own writing of a number is not in doubt; only what a person typed can be.
  const doubtful = typed !== null && typed.ambiguous && draft.text !== stored
  const echo = typed !== null && (doubtful || ambiguous || Math.abs(typed.value) >= 10_000) ? typed : null
  const shown = (read: number): string => `${fieldText(read, unit, language)}${unit === 'money' || unit === 'fraction' ? ` ${suffix}` : ''}`
  const words = echo === null ? null : unit === 'money' ? moneyInWords(roundDecimal(echo.value * state.profile.moneyScale, 2), state.profile.currency) : unit === 'fraction' ? null : numberInWords(echo.value)
  const inWords = words === null ? null : pick(words).replace(/^./u, (letter) => letter.toLowerCase())
  return (
    <div data-at={anchor}>
      <TextInput
        {...(bare ? { 'aria-label': label } : { label: shownLabel ?? label })}
        description={help}
        withAsterisk={required}
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
        rightSection={<Text size="xs" c="dimmed" aria-hidden>{suffix}</Text>}
        rightSectionWidth={suffix.length > 6 ? 96 : suffix.length > 1 ? 52 : 32}
        rightSectionPointerEvents="none"
      />
      {echo !== null && fault === null && !bare && !readOnly && (
        <Text size="xs" c="dimmed" mt={4}>{t(doubtful || ambiguous ? 'readAmbiguous' : 'readAs', { value: inWords === null ? shown(echo.value) : `${shown(echo.value)} (${inWords})` })}</Text>
      )}
    </div>
  )
}
