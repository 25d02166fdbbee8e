import { describe, expect, it } from 'vitest'
import { targetsFor } from '../../../../renderer/features/valuation/supports/targets.ts'
import { citationsOf } from '../../../../renderer/features/evidence/citations.ts'
import { evaluateSupport } from '../../../../shared/valuation/supports/links.ts'
import { methods, methodById } from '../../../../shared/valuation/methods/registry.ts'
import { supportById, supports, supportsFor } from '../../../../shared/valuation/supports/registry.ts'
import type { Support } from '../../../../shared/schema/dossier.ts'
import { Desk, create, datum, defined, evidence, sheet, shelf } from '../../dossier/support.ts'

const know = { packs: shelf.byHash, methods: methodById }
const venture: Support = { method: 'venture-rate/1', title: 'Mạo hiểm', inputs: { multiple: datum(5, { evidence: ['e1'] }), dilution: datum(0), years: datum(5) }, for: null }
const desk = new Desk(know).do(create(), evidence('e1'), sheet('rfr', { method: 'rfr/1', title: 'Tiền sử dụng', inputs: { royaltyKind: datum('flat'), tabMode: datum('none') } }),
  { type: 'valuation.setSupport', id: 'p1', support: venture }, { type: 'valuation.setSupport', id: 'p2', support: { method: 'wacc/1', title: 'WACC', inputs: { equityFrom: datum('given') } } })

describe('where a figure may go', () => {
  const targets = targetsFor(desk.now.valuation, 'p1', defined(supportById('venture-rate/1')), evaluateSupport(venture))
  const names = targets.map(({ sheet: place, key }) => `${place}.${key}`)

  it('first to the inputs its kind is made for, then to others of its unit, of sheets and of other supports', () => {
    expect(names.slice(0, 2)).toEqual(['rfr.rate', 'p2.costOfEquity'])
    expect(names).toContain('rfr.royaltyRate')
    expect(names).toContain('p2.costOfDebt')
  })

  it('not to other units, to what is not asked for, nor to itself', () => {
    for (const wrong of ['rfr.life', 'rfr.revenues', 'rfr.tabRate', 'p2.beta', 'p1.dilution']) expect(names).not.toContain(wrong)
  })

  it('nowhere without a figure', () => {
    expect(targetsFor(desk.now.valuation, 'p1', defined(supportById('venture-rate/1')), evaluateSupport({ ...venture, inputs: {} }))).toEqual([])
  })
})

describe('what is offered', () => {
  it('beside the rates, lives, royalties, obsolescence and depreciation of the methods there is a computation', () => {
    for (const key of ['rate', 'tabRate', 'life', 'royaltyRate', 'functional', 'economic', 'depreciation', 'volatility', 'directCost']) expect([key, supportsFor(key).length > 0]).toEqual([key, true])
  })

  it('every computation is offered beside some input of a method or of another one', () => {
    const keys = new Set([...methods, ...supports].flatMap(({ inputs }) => inputs.map(({ key }) => key)))
    for (const { id, feeds } of supports) expect([id, feeds.some((key) => keys.has(key))]).toEqual([id, true])
  })
})

it('evidence cited in a supporting computation shows where', () => {
  expect(citationsOf(desk.now, know).get('e1')).toEqual([{ in: 'valuation', at: 'p1.multiple', sheet: 'Mạo hiểm', input: { vi: 'Hệ số nhân vốn', en: 'Multiple of capital' } }])
})
