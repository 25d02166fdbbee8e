import { faultText } from '../kernel/faults.ts'
import { dateText } from '../kernel/date-text.ts'
import type { Text } from '../kernel/fault-shape.ts'
import { formatNumber } from '../kernel/number-text.ts'
import type { NumberLanguage } from '../kernel/number-text.ts'
import type { Value } from '../rulepack/expression/types.ts'

const truthWords: Readonly<Record<'true' | 'false', Text>> = { true: { vi: 'Có', en: 'Yes' }, false: { vi: 'Không', en: 'No' } }

/** How a value is written for people. */
export interface ValueFormat {
  readonly language: NumberLanguage
  readonly unit?: string | undefined
  readonly decimals?: number | undefined
  readonly options?: readonly { readonly value: string; readonly text: Text }[] | undefined
}

/** A value as people read it (giá trị bằng chữ): numbers with their unit, named options by name, a missing one by its reason. */
export const valueWords = (value: Value, format: ValueFormat): string => {
  const { language, unit, decimals, options } = format
  switch (value.kind) {
    case 'number':
      return `${formatNumber(value.value, language, decimals === undefined ? {} : { maxDecimals: decimals })}${unit === undefined || unit === '' ? '' : ` ${unit}`}`
    case 'boolean':
      return truthWords[value.value ? 'true' : 'false'][language]
    case 'text':
      return options?.find((option) => option.value === value.value)?.text[language] ?? value.value
    case 'date':
      return dateText(value.value)
    case 'set':
      return value.value.map((item) => options?.find((option) => option.value === item)?.text[language] ?? item).join('; ')
    case 'list':
      return value.cells.map((cell) => valueWords(cell, format)).join('; ')
    case 'missing':
      return faultText(value.reason)[language]
  }
}
