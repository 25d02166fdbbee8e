import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { readSample, replaySample } from '../../shared/dossier/samples.ts'
import type { DossierState } from '../../shared/schema/dossier.ts'
import { methodById } from '../../shared/valuation/methods/registry.ts'
import { dossierId, instant, must, repoRoot, shelf } from '../unit/dossier/support.ts'

const folder = path.join(repoRoot, 'resources/samples')

/** The sample dossiers as the program makes them, approved; in the order of their file names. */
export const sampleStates = (): readonly DossierState[] =>
  readdirSync(folder).toSorted().map((name) => must(replaySample(must(readSample(readFileSync(path.join(folder, name), 'utf8'))), { dossier: dossierId, at: instant(0), author: 'Người dùng', methods: methodById, shelf })).state)
