import { dossierReport } from '../../shared/pdf/dossier-report.ts'
import type { Bytes } from '../../shared/kernel/bytes.ts'
import { makeShelf } from '../../shared/rulepack/shelf.ts'
import { knowledge } from '../store/knowledge.ts'
import type { DrawInput } from '../store/ports.ts'
import { reportFonts } from '../store/report-resources.ts'

/** A drawn report, or null when drawing broke. */
export type DrawAnswer = Bytes | null

const draw = async ({ packs, ...input }: DrawInput): Promise<Bytes> => {
  const kept = makeShelf(packs)
  const fonts = await reportFonts()
  return dossierReport({ ...input, knowledge: { ...knowledge, packs: (sha256) => knowledge.packs(sha256) ?? (kept.ok ? kept.value.byHash(sha256) : undefined) }, fonts })
}

// Laying out and embedding fonts takes up to a second or two; here it does not hold up the screen.
addEventListener('message', (event: MessageEvent<DrawInput>) => {
  void draw(event.data)
    .then((bytes): DrawAnswer => bytes, (): DrawAnswer => null)
    .then((answer) => postMessage(answer))
})
