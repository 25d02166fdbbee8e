import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { emptyState } from '../../../shared/dossier/empty.ts'
import { legalWarnings, sourcesUsed } from '../../../shared/dossier/legal-warnings.ts'
import { readAdditions, readRegister, withAdditions } from '../../../shared/rulepack/registry.ts'
import type { DossierState } from '../../../shared/schema/dossier.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'
import { council15, defined, must, repoRoot, shelf, trl } from './support.ts'

const register = defined(readRegister(JSON.parse(readFileSync(path.join(repoRoot, 'resources/legal/sources.json'), 'utf8'))))
const knowledge = { packs: shelf.byHash, methods: methodById }
const blank = emptyState('11111111-2222-4333-8444-555555555555', 'valuation', '2026-10-01T01:00:00.000Z', '')
const sheet = { id: 'm1', method: 'state-investment/1', title: '', role: 'principal' as const, weight: 1, why: '', inputs: {} }
const state: DossierState = {
  ...blank,
  checklist: { pack: trl, answers: {}, waivers: {} },
  council: { ...blank.council, rule: council15 },
  valuation: { ...blank.valuation, sheets: { m1: sheet } },
}

it('looks at the sources of checklists, council and methods', () => {
  const numbers = sourcesUsed(state, knowledge, register).map(({ source }) => source.number)
  expect(numbers).toEqual(expect.arrayContaining(['15/2014/TT-BKHCN', '10/2019/TT-BTC']))
  expect(sourcesUsed(blank, knowledge, register)).toEqual([])
  expect(legalWarnings(blank, knowledge, register)).toEqual([])
})

it('compares with the valuation date, else with the date of the report, and follows the local register', () => {
  const ended = must(readAdditions(JSON.stringify({ format: 'luong-gia-legal-additions/1', sources: [{ kinds: [], source: { id: 'x', kind: 'circular', number: '10/2019/TT-BTC', title: { vi: 'T', en: 'T' }, issued: '', effectiveFrom: '2019-04-06', effectiveTo: '2026-06-30', status: 'inForce', mark: 'verified' } }] })))
  const local = withAdditions(register, ended)
  const graveOn = (valuationDate: string, reportDate: string) =>
    legalWarnings({ ...state, profile: { ...state.profile, valuationDate }, report: { ...state.report, date: reportDate } }, knowledge, local).filter(({ grave }) => grave).map(({ source, reason }) => [source.number, reason])
  expect(graveOn('2026-07-01', '')).toEqual([['10/2019/TT-BTC', 'ended']])
  expect(graveOn('2026-06-30', '2026-12-01')).toEqual([])
  expect(graveOn('', '2026-12-01')).toEqual([['10/2019/TT-BTC', 'ended']])
  expect(graveOn('2019-01-01', '')).toEqual([['10/2019/TT-BTC', 'notYet']])
})
