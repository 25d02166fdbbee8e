import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Knowledge } from '../../shared/dossier/context.ts'
import { canonical } from '../../shared/kernel/canonical.ts'
import { dossierReport } from '../../shared/pdf/dossier-report.ts'
import { dossierText } from '../../shared/seal/seal.ts'
import { inspectPackage } from '../../shared/sync/inspect.ts'
import { root } from '../lib/tools.ts'
import { knowledgeOf, nativeHash, openFile, reportFonts, shelf, shippedSelfTest } from './files.ts'
import { faultLine, say, takeOption } from './output.ts'

export const legalRegister = (): unknown => JSON.parse(readFileSync(path.join(root, 'resources', 'legal', 'sources.json'), 'utf8'))

/** Draws the report of a sealed package after checking the package from end to end. */
export const report = async (args: readonly string[]): Promise<number> => {
  const { value: out, rest } = takeOption(args, '-o', '--out')
  const { value: language, rest: files } = takeOption(rest, '--language')
  const [file] = files
  if (file === undefined || out === null || (language !== null && language !== 'vi' && language !== 'en')) {
    say('appraise report PACKAGE -o FILE [--language vi|en]')
    return 2
  }
  const packs = shelf()
  const knowledge = knowledgeOf(packs)
  const source = await openFile(file)
  try {
    const inspected = await inspectPackage(source, { knowledge, verify: { anchors: [] }, makeHash: nativeHash })
    if (!inspected.ok) {
      say(`${file}: ${faultLine(inspected.fault)}`)
      return 1
    }
    const { manifest, seal, state, packs: sealed } = inspected.value.checked
    // The packs that were sealed come first: an officer's own are not among those of the program.
    const known: Knowledge = { ...knowledge, packs: (sha256) => sealed.find((loaded) => loaded.sha256 === sha256) ?? packs.byHash(sha256) }
    const bytes = await dossierReport({
      state, knowledge: known, legalRegister: legalRegister(), language: language ?? 'vi', fonts: reportFonts(), selfTest: shippedSelfTest(packs),
      sealed: { seal, manifest, manifestText: canonical(manifest), dossierText: dossierText(state) },
    })
    await writeFile(out, bytes)
    say(`${out}: ${String(bytes.length)} bytes`)
    return 0
  } finally {
    await source.close()
  }
}
