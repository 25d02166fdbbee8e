import { checklistResult } from '../checklist/result.ts'
import { councilResult } from '../council/result.ts'
import type { Knowledge } from '../dossier/context.ts'
import { checklistsOf, councilPackOf, packOf } from '../dossier/context.ts'
import { legalWarnings, sourcesUsed } from '../dossier/legal-warnings.ts'
import type { Bytes } from '../kernel/bytes.ts'
import { utf8 } from '../kernel/bytes.ts'
import type { NumberLanguage } from '../kernel/number-text.ts'
import { readRegister, sourceByNumber } from '../rulepack/registry.ts'
import { buildReport } from '../report/build.ts'
import { legalSourcesOf } from '../report/input.ts'
import type { DossierState } from '../schema/dossier.ts'
import type { Manifest } from '../schema/sealed.ts'
import type { SelfTest } from '../valuation/cases/self-test.ts'
import { evaluate } from '../valuation/evaluate.ts'
import { drawReport } from './draw.ts'
import type { ReportFonts } from './drawing.ts'
import { reportAttachments } from './drawing.ts'

/** The sealed texts that go into the report, exactly as they were sealed. */
export interface SealedTexts {
  readonly seal: string
  readonly manifest: Manifest
  readonly manifestText: string
  /** Payload `dossier` of the package. */
  readonly dossierText: string
}

export interface DossierReportInput {
  readonly state: DossierState
  readonly knowledge: Knowledge
  /** Content of `resources/legal/sources.json`, or the register with an officer's additions. */
  readonly legalRegister: unknown
  readonly language: NumberLanguage
  readonly fonts: ReportFonts
  /** null before sealing: the report is then a draft, without the dossier inside and without places to sign. */
  readonly sealed: SealedTexts | null
  /** Result of the engine's self-test, printed as an annex; null when it was not run. */
  readonly selfTest: SelfTest | null
}

/**
 * The report of a dossier as PDF bytes (báo cáo của hồ sơ): everything computed again from the state, drawn, with the sealed dossier
 * inside. Depends on its input alone, so the screen, the command line and a later check draw the same file.
 */
export const dossierReport = ({ state, knowledge, legalRegister, language, fonts, sealed, selfTest }: DossierReportInput): Promise<Bytes> => {
  const council = councilPackOf(state, knowledge)?.pack
  const register = readRegister(legalRegister)
  const model = buildReport({
    state,
    evaluation: evaluate(state.valuation, state.profile),
    checklists: checklistsOf(state).flatMap(({ checklist }) => {
      const pack = packOf(checklist, knowledge)?.pack
      return pack === undefined ? [] : [checklistResult(pack, checklist, state.evidence)]
    }),
    council: council === undefined ? null : { pack: council, result: councilResult(state.council, council.rule) },
    seal: sealed === null ? null : { hash: sealed.seal, sealedAt: sealed.manifest.sealedAt, sealedBy: sealed.manifest.sealedBy, program: sealed.manifest.program },
    legal: [...legalSourcesOf(legalRegister, state.kind), ...(register === null ? [] : sourcesUsed(state, knowledge, register).map(({ source }) => sourceByNumber(register, source.number) ?? source))],
    legalWarnings: register === null ? [] : legalWarnings(state, knowledge, register).filter(({ reason }) => reason !== 'unverified').map(({ text }) => text),
    language,
    ...(selfTest === null ? {} : { selfTest }),
  })
  return drawReport(model, {
    fonts,
    attachments: sealed === null ? [] : [
      { name: reportAttachments.manifest, mime: 'application/json', bytes: utf8(sealed.manifestText), relationship: 'Data', description: 'Manifest of the sealed dossier' },
      { name: reportAttachments.dossier, mime: 'application/json', bytes: utf8(sealed.dossierText), relationship: 'Source', description: 'The sealed dossier' },
    ],
    date: sealed === null ? state.createdAt : sealed.manifest.sealedAt,
    fileId: sealed === null ? state.id.replaceAll('-', '') : sealed.seal.slice(0, 32),
  })
}
