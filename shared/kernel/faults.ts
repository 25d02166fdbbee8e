import type { FaultRow, Text } from './fault-shape.ts'
import { calendarFaults } from './faults/calendar.ts'
import { dossierFaults } from './faults/dossier.ts'
import { exchangeFaults } from './faults/exchange.ts'
import { expressionFaults } from './faults/expression.ts'
import { hostFaults } from './faults/host.ts'
import { numericFaults } from './faults/numeric.ts'
import { packageFaults } from './faults/package.ts'
import { referenceFaults } from './faults/reference.ts'
import { signatureFaults } from './faults/signature.ts'
import { templateFaults } from './faults/template.ts'
import { valuationFaults } from './faults/valuation.ts'
import { vaultFaults } from './faults/vault.ts'

/** The one fault table (bảng lỗi): every code the product can show, with what the user can do about it. */
export const faults = {
  ...hostFaults,
  ...vaultFaults,
  ...dossierFaults,
  ...packageFaults,
  ...signatureFaults,
  ...exchangeFaults,
  ...numericFaults,
  ...valuationFaults,
  ...expressionFaults,
  ...referenceFaults,
  ...calendarFaults,
  ...templateFaults,
} as const satisfies Readonly<Record<string, FaultRow>>

export type FaultCode = keyof typeof faults

export const isFaultCode = (code: string): code is FaultCode => Object.hasOwn(faults, code)

/** The sentence for a fault in both languages, with `{name}` filled from its details; a detail that is itself a fault code becomes that fault's sentence, filled from the same details. */
export const faultText = (fault: { readonly code: FaultCode; readonly details?: Readonly<Record<string, string | number>> }): Text => {
  const fill = (sentence: string, language: keyof Text, inner: boolean): string =>
    sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
      const detail = String(fault.details?.[name] ?? '…')
      return !inner && isFaultCode(detail) ? fill(faults[detail].text[language], language, true) : detail
    })
  const { text }: FaultRow = faults[fault.code]
  return { vi: fill(text.vi, 'vi', false), en: fill(text.en, 'en', false) }
}
