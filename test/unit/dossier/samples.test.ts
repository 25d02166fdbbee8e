import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { councilResult } from '../../../shared/council/result.ts'
import { draftMinutes } from '../../../shared/council/minutes.ts'
import { evaluateReadiness } from '../../../shared/checklist/readiness.ts'
import { checklistPackOf, councilPackOf } from '../../../shared/dossier/context.ts'
import { replay } from '../../../shared/dossier/log.ts'
import { nextStep } from '../../../shared/dossier/next-step.ts'
import { progress } from '../../../shared/dossier/progress.ts'
import { readSample, replaySample } from '../../../shared/dossier/samples.ts'
import { evaluate } from '../../../shared/valuation/evaluate.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'
import { defined, dossierId, instant, must, repoRoot, shelf } from './support.ts'

const folder = path.join(repoRoot, 'resources/samples')
const ids = readdirSync(folder).map((name) => path.basename(name, '.json')).sort()
const read = (id: string) => must(readSample(readFileSync(path.join(folder, `${id}.json`), 'utf8')))
const context = { dossier: dossierId, at: instant(0), author: 'Người dùng', methods: methodById, shelf }
const knowledge = { packs: shelf.byHash, methods: methodById }
const made = (id: string, through?: 'draft' | 'inReview' | 'approved') => must(replaySample(read(id), context, through))

/** Every sentence of a value, with its path. */
const sentences = (value: unknown, at = ''): (readonly [string, string])[] => {
  if (typeof value === 'string') return [[at, value]]
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, member]) => sentences(member, `${at}.${key}`)) : []
}

describe('sample dossiers', () => {
  it('are the three of the product', () => {
    expect(ids).toEqual(['avonex', 'han-quoc', 'say-bom-nhiet'])
  })

  it.each(ids)('%s is made by ordinary commands up to approval, and its log replays', (id) => {
    const { log, state } = made(id)
    expect(state.phase).toBe('approved')
    expect(must(replay(log))).toEqual(state)
    expect(progress(state, knowledge).missing.filter(({ blocking }) => blocking)).toEqual([])
    expect(nextStep(state, knowledge)).toMatchObject({ kind: 'command', command: 'phase.seal' })
    expect(state.sample).toEqual({ id, source: read(id).source })
    expect(made(id, 'draft').state.phase).toBe('draft')
    expect(nextStep(made(id, 'draft').state, knowledge)).toMatchObject({ kind: 'command', command: 'phase.submit' })
    expect(made(id, 'inReview').state.phase).toBe('inReview')
  })

  it.each(ids)('%s has seven members who scored independently, and minutes drawn from the facts', (id) => {
    const { state } = made(id)
    const pack = defined(councilPackOf(state, knowledge)).pack
    const result = councilResult(state.council, pack.rule)
    expect(result.members).toHaveLength(7)
    expect(result.members.every(({ card }) => card !== null)).toBe(true)
    expect(result.problems).toEqual([])
    expect(result.outcome).toBe('adopted')
    expect(state.council.minutes).toBe(draftMinutes(state, pack).vi)
  })

  it.each(ids)('%s cites a source for every number and is written in whole Vietnamese', (id) => {
    const { state } = made(id)
    for (const sheet of Object.values(state.valuation.sheets))
      for (const datum of Object.values(sheet.inputs)) expect(typeof datum.value === 'string' ? datum.reason : datum.source).not.toBe('')
    const words = sentences(read(id))
    expect(words.filter(([, text]) => text !== text.normalize('NFC') || / {2,}|\s$|^\s| [,.;:!?]/.test(text))).toEqual([])
    expect(read(id).source.vi).not.toBe(read(id).source.en)
    // A phrase: the report puts it into a sentence of its own.
    expect([read(id).source.vi, read(id).source.en].filter((text) => text.endsWith('.'))).toEqual([])
  })

  it('reproduce the published figures', () => {
    const korea = made('han-quoc').state
    const figures = evaluate(korea.valuation, korea.profile).figures
    const inHundredMillion = (sheet: string): number => defined(figures[sheet]?.value) * 10
    expect(Math.abs(inHundredMillion('muc-thap') - 22_589)).toBeLessThan(1)
    expect(Math.abs(inHundredMillion('muc-cao') - 25_503)).toBeLessThan(1)
    expect(Math.abs(inHundredMillion('muc-cao') / 0.35 - 72_868)).toBeLessThan(1.5)
    const avonex = made('avonex').state
    expect(defined(evaluate(avonex.valuation, avonex.profile).figures['quyen-chon']?.value)).toBeCloseTo(906.9, 1)
    expect(avonex.valuation.conclusion.value).toBe(907)
  })

  it('reach the level that their answers support', () => {
    const levels = ids.map((id) => {
      const { state } = made(id)
      const readiness = defined(evaluateReadiness(defined(checklistPackOf(state, knowledge)).pack, defined(state.checklist), state.evidence))
      return [id, readiness.level, readiness.settled]
    })
    expect(levels).toEqual([['avonex', 8, true], ['han-quoc', 6, true], ['say-bom-nhiet', 7, true]])
  })

  it('conclude on what the sheets compute', () => {
    const { state } = made('say-bom-nhiet')
    const { figures, reconciliation } = evaluate(state.valuation, state.profile)
    // Relief from royalty by hand: mid-year flows, life 5.7 years, TAB over 10 years at 20 %.
    const revenues = [18_000, 27_000, 36_000, 42_000, 45_000, 45_000 * 0.7]
    const before = revenues.reduce((sum, revenue, index) => sum + (revenue * 0.037 * 0.8) / 1.16 ** (index === 5 ? 5 + 0.35 : index + 0.5), 0)
    const annuity = ((1 - 1.16 ** -10) / 0.16) * Math.sqrt(1.16)
    expect(defined(figures['tien-su-dung']?.value)).toBeCloseTo(before / (1 - (0.2 / 10) * annuity), 6)
    expect(state.valuation.conclusion.value).toBe(reconciliation.rounded)
  })

  it('are refused when they are none', () => {
    for (const text of ['', '{}', '[]', 'nope', JSON.stringify({ ...read('avonex'), format: 'luong-gia-sample/2' }), JSON.stringify({ ...read('avonex'), commands: [] })])
      expect(readSample(text)).toEqual({ ok: false, fault: { code: 'sample-unreadable' } })
    const sample = read('avonex')
    expect(replaySample({ ...sample, commands: [...sample.commands, { type: 'nonsense' }] }, context)).toEqual({ ok: false, fault: { code: 'sample-unreadable' } })
    expect(replaySample({ ...sample, commands: sample.commands.slice(1) }, context)).toEqual({ ok: false, fault: { code: 'dossier-not-created' } })
  })
})
