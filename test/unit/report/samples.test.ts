import { describe, expect, it } from 'vitest'
import { progress } from '../../../shared/dossier/progress.ts'
import { buildReport } from '../../../shared/report/build.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'
import { simulationOfSheet } from '../../../shared/valuation/uncertainty/remembered.ts'
import { reportInput } from '../../support/report-dossier.ts'
import { sampleStates } from '../../support/samples.ts'
import { defined, must, shelf } from '../dossier/support.ts'

const states = new Map(sampleStates().map((state) => [state.sample?.id ?? '', state]))

describe.each(['vi', 'en'] as const)('the report of a sample, in %s', (language) => {
  const number = (vi: string): string => (language === 'vi' ? vi : vi.replaceAll('.', ' ').replaceAll(',', '.').replaceAll(' ', ','))

  it.each([
    // A. Damodaran: 907 million US dollars; invested now 547.
    ['avonex', ['906,87', '907', '547'], 6],
    // Webbook_j_05: business 72,868, technology 22,589 to 25,503, in units of a hundred million won.
    ['han-quoc', ['2.258,89', '2.404,63', '2.550,36', '7.286,75', '2.404,6', '2.258,9', '2.550,4'], 10],
    ['say-bom-nhiet', ['4.145,21', '3.975,46', '4.150', '3.980'], 8],
  ] as const)('%s shows the published figures and all its charts', (id, figures, charts) => {
    const model = buildReport(reportInput(defined(states.get(id)), language))
    const text = JSON.stringify(model.blocks)
    for (const figure of figures) expect(text, figure).toContain(number(figure))
    const drawn = model.blocks.flatMap((block) => (block.kind === 'chart' ? [block] : []))
    expect(drawn).toHaveLength(charts)
    expect(new Set(drawn.map(({ caption }) => caption)).size).toBe(charts)
  })
})

describe('the samples', () => {
  it.each([...states])('%s leaves nothing open and analyses its uncertainty with a source for every range', (_, state) => {
    expect(progress(state, { packs: shelf.byHash, methods: methodById }).missing.map(({ id }) => id)).toEqual([])
    const analysed = Object.values(state.valuation.sheets).filter(({ uncertainty }) => uncertainty !== undefined)
    expect(analysed).toHaveLength(1)
    for (const sheet of analysed) {
      const inputs = Object.values(defined(sheet.uncertainty).inputs)
      expect(inputs.length).toBeGreaterThan(0)
      for (const { source, reason } of inputs) expect([source, reason]).not.toContain('')
      const { summary } = must(simulationOfSheet(sheet))
      expect([summary.failed, summary.succeeded]).toEqual([0, 10_000])
    }
  })
})
