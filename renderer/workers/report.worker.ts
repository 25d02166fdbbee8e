import { dossierReport } from '../../shared/pdf/dossier-report.ts'
import type { Bytes } from '../../shared/kernel/bytes.ts'
import type { SelfTest } from '../../shared/valuation/cases/self-test.ts'
import { makeShelf } from '../../shared/rulepack/shelf.ts'
import { knowledge } from '../store/knowledge.ts'
import type { DrawInput } from '../store/ports.ts'
import { reportFonts } from '../store/report-resources.ts'

/** A drawn report, or null when drawing broke. */
export type DrawAnswer = Bytes | null

/** What is to be drawn, with what the self-test of this session found. */
export type DrawOrder = DrawInput & { readonly selfTest: SelfTest | null }

const draw = async ({ packs, ...input }: DrawOrder): Promise<Bytes> => {
  const kept = makeShelf(packs)
  const fonts = await reportFonts()
  return dossierReport({ ...input, knowledge: { ...knowledge, packs: (sha256) => knowledge.packs(sha256) ?? (kept.ok ? kept.value.byHash(sha256) : undefined) }, fonts })
}

// Laying out and embedding fonts takes up to a second or two; here it does not hold up the screen.
addEventListener('message', (event: MessageEvent<DrawOrder>) => {
  void draw(event.data)
    .then((bytes): DrawAnswer => bytes, (): DrawAnswer => null)
    .then((answer) => postMessage(answer))
})
