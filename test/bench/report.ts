import { readFileSync } from 'node:fs'
import path from 'node:path'
import { knowledgeOf, reportFonts, shelf } from '../../scripts/appraise/files.ts'
import { legalRegister } from '../../scripts/appraise/report.ts'
import { root } from '../../scripts/lib/tools.ts'
import { readSample, replaySample } from '../../shared/dossier/samples.ts'
import { dossierReport } from '../../shared/pdf/dossier-report.ts'
import { shown, timed } from './figures.ts'
import type { Row } from './figures.ts'

export const vietnameseSample = 'say-bom-nhiet'

/** Building the report of the Vietnamese sample in Node: model, layout, fonts, PDF. */
export const measureReport = async (): Promise<readonly Row[]> => {
  const packs = shelf()
  const knowledge = knowledgeOf(packs)
  const sample = readSample(readFileSync(path.join(root, 'resources', 'samples', `${vietnameseSample}.json`), 'utf8'))
  if (!sample.ok) throw new Error(sample.fault.code)
  const made = replaySample(sample.value, { dossier: '00000000-0000-4000-8000-000000000002', at: '2026-06-30T01:02:03.000Z', author: 'Nguyễn Thị Ánh', methods: knowledge.methods, shelf: packs })
  if (!made.ok) throw new Error(made.fault.code)
  const { state } = made.value
  let size = 0
  const found = await timed(7, async () => {
    size = (await dossierReport({ state, knowledge, legalRegister: legalRegister(), language: 'vi', fonts: reportFonts(), sealed: null, selfTest: null })).length
  }, 2)
  return [shown(`Report of the Vietnamese sample, in Node (${(size / 1000).toFixed(0)} kB)`, found)]
}
