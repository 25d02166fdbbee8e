import { useCallback } from 'react'
import { valuationEn } from '../../../shared/i18n/en/valuation.ts'
import { valuationVi } from '../../../shared/i18n/vi/valuation.ts'
import type { MethodSheet, Uncertainty } from '../../../shared/schema/dossier.ts'
import type { InputSpec, Unit } from '../../../shared/valuation/figure.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'
import { usePick, useT } from '../../ui/language.tsx'
import { useDossier } from '../../ui/store-context.tsx'
import { useMoneyUnit } from '../../ui/use-money-unit.ts'

/** Customary number of trials, shown in its field from the start. */
export const customaryTrials = 10_000

/** Settings before anything has been chosen; the seed is drawn once and shown. */
export const freshUncertainty = (): Uncertainty => ({
  inputs: {}, correlations: [], impossible: 'refuse', trials: customaryTrials, seed: String(crypto.getRandomValues(new Uint32Array(1))[0] ?? 1), threshold: null, twoWay: null, breakEven: null,
})

/** Changes settings of a sheet's analysis, built on the dossier as it stands; `null` gives the analysis up. */
export const useSetUncertainty = (sheet: string): ((make: (now: Uncertainty) => Uncertainty | null) => Promise<boolean>) => {
  const { run } = useDossier()
  return useCallback((make) => run((state) => ({ type: 'valuation.setUncertainty', sheet, uncertainty: make(state.valuation.sheets[sheet]?.uncertainty ?? freshUncertainty()) })), [run, sheet])
}

/** Unit in which an input is moved: its own, or a factor for a series. */
export const movedUnit = (spec: InputSpec): Unit => (spec.type === 'series' ? 'factor' : spec.unit)

/** Words for the inputs of a sheet: name and what stands at the right of a field. */
export const useInputWords = (sheet: MethodSheet): { readonly nameOf: (key: string) => string; readonly suffixOf: (spec: InputSpec) => string } => {
  const t = useT(valuationVi, valuationEn)
  const pick = usePick()
  const money = useMoneyUnit()
  const specs = methodById(sheet.method)?.inputs ?? []
  return {
    nameOf: (key) => {
      const label = specs.find((spec) => spec.key === key)?.label
      return label === undefined ? key : pick(label)
    },
    suffixOf: (spec) => {
      const unit = movedUnit(spec)
      return unit === 'fraction' || unit === 'percent' ? t('percentUnit') : unit === 'years' ? t('yearsUnit') : unit === 'money' ? money : unit === 'factor' ? '×' : ''
    },
  }
}
