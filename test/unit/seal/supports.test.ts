import { expect, it } from 'vitest'
import type { Command } from '../../../shared/dossier/commands.ts'
import { utf8 } from '../../../shared/kernel/bytes.ts'
import { figuresOf } from '../../../shared/seal/figures.ts'
import { bytesSource } from '../../../shared/seal/read-package.ts'
import { verifyPackage } from '../../../shared/seal/verify.ts'
import { canonical } from '../../../shared/kernel/canonical.ts'
import { datum as datumSchema } from '../../../shared/schema/base.ts'
import type { DossierState, Support } from '../../../shared/schema/dossier.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'
import { linksOf, supportFigures } from '../../../shared/valuation/supports/links.ts'
import { supports } from '../../../shared/valuation/supports/registry.ts'
import { hostileInputs, listOf, lottery, wholeBetween } from '../../support/random-inputs.ts'
import { sampleStates } from '../../support/samples.ts'
import { Desk, answerLevel, card, conclude, councilSetUp, create, datum, defined, evidence, fullProfile, memberIds, reportFacts, settledAtTwo, sheet, shelf } from '../dossier/support.ts'
import { evidenceFile, makeDevice, packageBytes, realKnowledge, samplePdf, sealOn, signOn } from './support.ts'

const content = utf8('Số liệu thử nghiệm')
const inputs = { equity: datum(60), debt: datum(40), equityFrom: datum('given'), costOfEquity: datum(0.15), costOfDebt: datum(0.1), taxRate: datum(0.2) }
const royalty = sheet('rfr', {
  method: 'rfr/1', title: 'Tiền sử dụng',
  inputs: { revenues: datum([1000, 1100, 1210]), life: datum(3), royaltyKind: datum('flat'), royaltyRate: datum(0.05), taxRate: datum(0.2), timing: datum('end'), tabMode: datum('none') },
})
const supported: readonly Command[] = [
  { type: 'valuation.setSupport', id: 'p1', support: { method: 'wacc/1', title: 'WACC', inputs } },
  { type: 'valuation.applySupport', id: 'p1', sheet: 'rfr', key: 'rate', language: 'vi' },
]
const approved = (): Desk => new Desk(realKnowledge).do(
  create(), fullProfile, evidence('e1'), evidence('e2', { kind: 'file', file: evidenceFile(content) }), ...settledAtTwo, ...answerLevel(2, 4, true, ['e1', 'e2']),
  royalty, ...supported, conclude, { type: 'phase.submit' }, ...councilSetUp, { type: 'council.openRound' }, ...memberIds.map((id) => card(id)), { type: 'council.closeRound' },
  { type: 'council.describe', patch: { minutes: 'Biên bản họp.' } }, { type: 'council.adopt' }, { type: 'phase.approve' }, reportFacts)

it('supports are sealed with their figures, recomputed at verification, and a wrong one is named', async () => {
  const [device, desk] = [await makeDevice(), approved()]
  const figures = figuresOf(desk.now, shelf.byHash)
  expect(figures['supports']).toMatchObject({ p1: { method: 'wacc/1', figure: { value: 0.6 * 0.15 + 0.4 * 0.1 * 0.8, unit: 'fraction' } } })
  await sealOn(desk, device)
  await signOn(desk, device, samplePdf)
  const source = bytesSource(await packageBytes(desk, content, samplePdf))
  expect((await verifyPackage(source, { recompute: figuresOf, packs: shelf.byHash })).ok).toBe(true)
  const tampered = await verifyPackage(source, {
    packs: shelf.byHash,
    recompute: (state, packs) => ({ ...figuresOf(state, packs), supports: { p1: { method: 'wacc/1', figure: null } } }),
  })
  expect(tampered).toMatchObject({ ok: false, fault: { code: 'figures-differ', details: { where: 'supports.p1.figure' } } })
})

it('figures of 2,000 dossiers with supports of any inputs can be sealed, twice the same', () => {
  const draw = lottery(2026)
  const [base] = sampleStates()
  const given = defined(base)
  const states = new Set<string>()
  for (let run = 0; run < 2_000; run += 1) {
    const made = listOf(wholeBetween(draw, 1, 4), (index): [string, Support] => {
      const spec = defined(supports[wholeBetween(draw, 0, supports.length - 1)])
      const drawn = Object.entries(hostileInputs(spec.inputs, draw)).flatMap(([key, value]) => {
        const storable = datumSchema.safeParse({ value, source: 'Bảng tính phụ' })
        return storable.success ? [[key, storable.data] as const] : []
      })
      const target = defined(supports[wholeBetween(draw, 0, supports.length - 1)]).inputs[0]
      return [`p${String(index)}`, { method: draw() < 0.02 ? 'gone/1' : spec.id, title: '', inputs: Object.fromEntries(drawn), for: draw() < 0.5 ? null : { sheet: `p${String((index + 1) % 4)}`, key: target?.key ?? '', source: 'Bảng tính phụ' } }]
    })
    const state = { ...given, valuation: { ...given.valuation, supports: Object.fromEntries(made) } }
    const sealed = canonical(figuresOf(state, shelf.byHash))
    expect(canonical(figuresOf(JSON.parse(canonical(state)) as DossierState, shelf.byHash))).toBe(sealed)
    for (const { state: one } of linksOf(state.valuation, supportFigures(state.valuation), methodById)) states.add(one)
  }
  expect(states).toContain('differs')
})

it('dossiers without supports keep the figures they were sealed with', () => {
  for (const state of sampleStates()) expect(Object.keys(figuresOf(state, shelf.byHash))).toEqual(['sheets', 'reconciliation', 'checklists'])
})

it('a dossier whose input is out of step with its support cannot be handed in', () => {
  const desk = new Desk(realKnowledge).do(create(), fullProfile, evidence('e1'), ...settledAtTwo, royalty, ...supported, conclude)
  const next = desk.do({ type: 'valuation.setSupportInput', support: 'p1', key: 'debt', datum: datum(80) })
  expect(next.try({ type: 'phase.submit' })).toBe('dossier-incomplete')
  expect(next.do({ type: 'valuation.applySupport', id: 'p1', sheet: 'rfr', key: 'rate', language: 'vi' }).try({ type: 'phase.submit' })).toBeNull()
})
