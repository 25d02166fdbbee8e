import { dossierReport } from '../../shared/pdf/dossier-report.ts'
import type { DossierReportInput } from '../../shared/pdf/dossier-report.ts'
import type { Bytes } from '../../shared/kernel/bytes.ts'
import legalText from '../../resources/legal/sources.json?raw'
import { knowledge } from '../store/knowledge.ts'
import { reportFonts } from '../store/report-resources.ts'

/** A drawn report, or null when drawing broke. */
export type DrawAnswer = Bytes | null

// Laying out and embedding fonts takes up to a second or two; here it does not hold up the screen.
addEventListener('message', (event: MessageEvent<Pick<DossierReportInput, 'state' | 'language' | 'sealed'>>) => {
  void reportFonts()
    .then((fonts) => dossierReport({ ...event.data, knowledge, legalRegister: JSON.parse(legalText), fonts }))
    .then((bytes): DrawAnswer => bytes, (): DrawAnswer => null)
    .then((answer) => postMessage(answer))
})
