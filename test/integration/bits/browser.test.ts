import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureBrowser } from '../../../scripts/lib/tools.ts'
import { canonical } from '../../../shared/kernel/canonical.ts'
import { figuresOf } from '../../../shared/seal/figures.ts'
import { methods } from '../../../shared/valuation/methods/registry.ts'
import { sampleStates } from '../../support/samples.ts'
import { packTexts, shelf } from '../../unit/dossier/support.ts'
import type {} from './browser-entry.ts'
import type { Desk } from './works.ts'
import { bitsOf, digests, randomDossiers, works } from './works.ts'

let browser: Awaited<ReturnType<typeof chromium.launch>>
let page: Page

beforeAll(async () => {
  const built = await build({
    configFile: false, logLevel: 'silent', root: new URL('.', import.meta.url).pathname,
    build: { write: false, minify: false, target: 'es2024', rollupOptions: { input: new URL('browser-entry.ts', import.meta.url).pathname, output: { format: 'iife' } } },
  })
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((result) => ('output' in result ? result.output : []))
  const script = outputs.find((output) => output.type === 'chunk')?.code ?? ''
  browser = await chromium.launch({ executablePath: await ensureBrowser(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  page = await browser.newPage()
  await page.addScriptTag({ content: script })
})
afterAll(async () => {
  await browser.close()
})

const isList = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

/** The first place at which two results part, with both values; null when they do not. */
const firstDifference = (here: unknown, there: unknown, path = ''): string | null => {
  if (Object.is(here, there)) return null
  if (!isList(here) || !isList(there)) return `${path}: ${JSON.stringify(here)} in Node, ${JSON.stringify(there)} in Chromium`
  for (const key of new Set([...Object.keys(here), ...Object.keys(there)])) {
    const found = firstDifference(here[key], there[key], `${path}/${key}`)
    if (found !== null) return found
  }
  return null
}

describe('the same dossier in Node and in Chromium', () => {
  // As they come out of a file: the page gets them through JSON as well.
  const samples = sampleStates()
  const desk: Desk = { samples, packTexts }

  it('has the same bits in every figure, simulation, sensitivity, option and weight', async () => {
    const here = digests(desk)
    const there = await page.evaluate((given) => globalThis.engine.digests(given), desk)
    expect(there.map(({ name }) => name)).toEqual(here.map(({ name }) => name))
    const apart = here.find(({ hash }, index) => hash !== there[index]?.hash)
    if (apart !== undefined) {
      const bits = await page.evaluate((what) => globalThis.engine.bits(what), { desk, name: apart.name })
      expect.fail(`${apart.name} ${firstDifference(JSON.parse(bitsOf(works(desk).find(({ name }) => name === apart.name)?.run())), JSON.parse(bits)) ?? 'differs in its text only'}`)
    }
    expect(here).toHaveLength(samples.length + randomDossiers + 2 * methods.length + 60 + 40)
    expect(new Set(here.map(({ hash }) => hash)).size).toBe(here.length)
  })

  it('compares what matters: values of every method, conclusions, finished simulations', () => {
    const texts = works(desk).map(({ name, run }) => [name, bitsOf(run())] as const)
    const dossiers = texts.filter(([name]) => name.startsWith('dossier'))
    for (const { id } of methods) expect(dossiers.filter(([, text]) => text.includes(`\\"method\\":\\"${id}\\"`)).length, id).toBeGreaterThan(20)
    expect(dossiers.filter(([, text]) => !text.includes('\\"reconciliation\\":{\\"high\\":null')).length).toBeGreaterThan(randomDossiers / 2)
    const simulated = texts.filter(([name]) => name.startsWith('uncertainty'))
    expect(simulated.filter(([, text]) => text.startsWith('{"simulation":{"ok":true')).length).toBe(simulated.length)
    expect(simulated.filter(([, text]) => text.includes('"repair":{')).length).toBeGreaterThan(5)
    for (const [name, text] of texts.slice(0, samples.length)) expect([name, text.includes('"simulations":[{"ok":true'), text.includes('\\"checklists\\":{\\"main\\"')]).toEqual([name, true, true])
    expect(texts.find(([name]) => name.includes('Avonex'))?.[1]).toContain(JSON.stringify(canonical(figuresOf(samples[0] ?? expect.fail('no sample'), shelf.byHash))).slice(1, -1))
  })

  it('would see one bit', async () => {
    const off = samples.map((state) => structuredClone(state))
    const datum = off[0]?.valuation.sheets['quyen-chon']?.inputs['volatility']
    if (datum === undefined || typeof datum.value !== 'number') throw new Error('the sample has no volatility')
    datum.value += Number.EPSILON / 4
    const name = works(desk)[0]?.name ?? ''
    const bits = await page.evaluate((what) => globalThis.engine.bits(what), { desk: { samples: off, packTexts }, name })
    expect(bits).not.toBe(bitsOf(works(desk)[0]?.run()))
    expect(bits).toBe(bitsOf(works({ samples: off, packTexts })[0]?.run()))
  })
})
