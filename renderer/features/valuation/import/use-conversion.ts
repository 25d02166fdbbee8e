import { useMemo, useState } from 'react'
import { err, ok } from '../../../../shared/kernel/result.ts'
import type { Result } from '../../../../shared/kernel/result.ts'
import { changesNeeded, convertDeals, ratesNeeded, type Conversion, type Target } from '../../../../shared/valuation/library/convert.ts'
import type { Deal } from '../../../../shared/valuation/library/read-deals.ts'
import { useLanguage } from '../../../ui/language.tsx'

/** A number with its source while it is being entered. */
export interface Sourced {
  readonly value: number | null
  readonly source: string
}

const nothing: Sourced = { value: null, source: '' }
export const rateKey = (need: { readonly currency: string; readonly date: string }): string => `${need.currency} ${need.date}`

/** What the person says about currency and time, and the deals that come of it; `price` of the deals given is in whole units of their currency. */
export const useConversion = (deals: readonly Deal[], target: Target) => {
  const { language } = useLanguage()
  const [basis, setBasis] = useState<Conversion['basis']>('deal')
  const [rates, setRates] = useState<Readonly<Record<string, Sourced>>>({})
  const [changes, setChanges] = useState<Readonly<Record<string, Sourced>>>({})
  const [timed, setTimed] = useState(false)
  const [baseIsMoney, setBaseIsMoney] = useState(false)
  const neededRates = useMemo(() => ratesNeeded(deals, target, basis), [deals, target, basis])
  const neededChanges = useMemo(() => (timed && target.date !== '' ? changesNeeded(deals, target, basis) : []), [deals, target, basis, timed])
  const rateOf = (key: string): Sourced => rates[key] ?? nothing
  const changeOf = (currency: string): Sourced => changes[currency] ?? nothing

  const converted = useMemo((): Result<readonly Deal[]> => {
    const given: Conversion = {
      basis, baseIsMoney,
      rates: neededRates.flatMap((need) => {
        const { value, source } = rates[rateKey(need)] ?? nothing
        return value === null || source.trim() === '' ? [] : [{ ...need, rate: value, source: source.trim() }]
      }),
      changes: neededChanges.flatMap((currency) => {
        const { value, source } = changes[currency] ?? nothing
        return value === null || source.trim() === '' ? [] : [{ currency, annual: value, source: source.trim() }]
      }),
    }
    if (given.changes.length < neededChanges.length) return err('number-empty')
    const done = convertDeals(deals, target, given, language)
    return done.ok ? ok(done.value) : done
  }, [deals, target, basis, baseIsMoney, rates, changes, neededRates, neededChanges, language])

  return {
    basis, setBasis, timed, setTimed, baseIsMoney, setBaseIsMoney, neededRates, neededChanges, rateOf, changeOf, converted,
    setRate: (key: string, patch: Partial<Sourced>): void => setRates((now) => ({ ...now, [key]: { ...(now[key] ?? nothing), ...patch } })),
    setChange: (currency: string, patch: Partial<Sourced>): void => setChanges((now) => ({ ...now, [currency]: { ...(now[currency] ?? nothing), ...patch } })),
  }
}
