import { describe, expect, it } from 'vitest'
import { datum } from '../../../../shared/schema/base.ts'
import type { Datum } from '../../../../shared/schema/base.ts'
import { licencesInputs } from '../../../../shared/valuation/library/fill.ts'
import { supportById } from '../../../../shared/valuation/supports/registry.ts'
import { defined } from '../../dossier/support.ts'

const support = defined(supportById('royalty-from-comparables/1'))
const facts = { file: 'li-xang.csv', evidence: 'e1', language: 'vi' as const }
const licence = (index: number, numbers: Readonly<Record<string, number>>) => ({ line: index, deal: `L${String(index)}`, date: `2024-0${String(index)}-01`, source: 'KtMINE', currency: 'USD', terms: '', numbers })
const values = (inputs: Readonly<Record<string, Datum | null>>) => Object.fromEntries(Object.entries(inputs).map(([key, one]) => [key, one?.value ?? null]))

describe('licences taken into the computation of a royalty rate', () => {
  it('each is a row with source, newest day, list and file; the statistic is then the appraiser’s', () => {
    const inputs = licencesInputs([licence(1, { royalty: 0.03 }), licence(2, { royalty: 0.05 }), licence(3, { royalty: 0.1 })], facts)
    expect(inputs['runningRates']).toMatchObject({ value: [0.03, 0.05, 0.1], source: 'li-xang.csv (3 giao dịch): KtMINE', date: '2024-03-01', evidence: ['e1'] })
    expect(inputs['runningRates']?.reason).toContain('2. L2 · 01/02/2024 · KtMINE · 5 %')
    expect(support.compute({ ...values(inputs), statistic: 'median', quartileRule: 'inclusive' }).value).toBe(0.05)
    const keys = new Set(support.inputs.map(({ key }) => key))
    expect(Object.keys(inputs).filter((key) => !keys.has(key))).toEqual([])
    for (const one of Object.values(inputs)) if (one !== null) expect(datum.safeParse(one).success).toBe(true)
  })

  it('an upfront payment is told in its own money and asked for in the dossier’s, never left out silently', () => {
    const inputs = licencesInputs([licence(1, { royalty: 0.03 }), licence(2, { royalty: 0.05, upfront: 250_000 })], facts)
    expect(inputs['hasUpfront']?.value).toBe('yes')
    expect(inputs['upfronts']).toBeNull()
    expect(inputs['runningRates']?.reason).toContain('5 %, trả trước 250.000 USD')
    expect(support.compute({ ...values(inputs), statistic: 'median', quartileRule: 'inclusive', conversionRate: 0.12, timing: 'end' }).reason?.code).toBe('input-missing')
  })

  it('rows without a rate are no licences; without any, the table is cleared', () => {
    expect(licencesInputs([licence(1, { upfront: 5 }), licence(2, { royalty: 0.05 })], facts)['runningRates']?.value).toEqual([0.05])
    expect(licencesInputs([], facts)['runningRates']).toBeNull()
  })
})
