import { expect, it } from 'vitest'
import type { Command } from '../../../shared/dossier/commands.ts'
import { utf8 } from '../../../shared/kernel/bytes.ts'
import { figuresOf } from '../../../shared/seal/figures.ts'
import { bytesSource } from '../../../shared/seal/read-package.ts'
import { verifyPackage } from '../../../shared/seal/verify.ts'
import { sampleStates } from '../../support/samples.ts'
import { Desk, answerLevel, card, conclude, councilSetUp, create, datum, evidence, fullProfile, memberIds, reportFacts, settledAtTwo, sheet, shelf } from '../dossier/support.ts'
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

it('dossiers without supports keep the figures they were sealed with', () => {
  for (const state of sampleStates()) expect(Object.keys(figuresOf(state, shelf.byHash))).toEqual(['sheets', 'reconciliation', 'checklists'])
})

it('a dossier whose input is out of step with its support cannot be handed in', () => {
  const desk = new Desk(realKnowledge).do(create(), fullProfile, evidence('e1'), ...settledAtTwo, royalty, ...supported, conclude)
  const next = desk.do({ type: 'valuation.setSupportInput', support: 'p1', key: 'debt', datum: datum(80) })
  expect(next.try({ type: 'phase.submit' })).toBe('dossier-incomplete')
  expect(next.do({ type: 'valuation.applySupport', id: 'p1', sheet: 'rfr', key: 'rate', language: 'vi' }).try({ type: 'phase.submit' })).toBeNull()
})
