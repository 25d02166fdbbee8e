import { dossierReport } from '../../shared/pdf/dossier-report.ts'
import type { Bytes } from '../../shared/kernel/bytes.ts'
import type { SelfTest } from '../../shared/valuation/cases/self-test.ts'
import { makeShelf } from '../../shared/rulepack/shelf.ts'
import { methodById } from '../../shared/valuation/methods/registry.ts'
import type { DrawInput } from '../store/ports.ts'
import { reportFonts } from '../store/report-resources.ts'

/** A drawn report, or null when drawing broke. */
export type DrawAnswer = Bytes | null

/** What is to be drawn, with what the self-test of this session found. */
export type DrawOrder = DrawInput & { readonly selfTest: SelfTest | null }

const draw = async ({ packs, ...input }: DrawOrder): Promise<Bytes> => {
  const shelf = makeShelf(packs)
  const fonts = await reportFonts()
  return dossierReport({ ...input, knowledge: { packs: (sha256) => (shelf.ok ? shelf.value.byHash(sha256) : undefined), methods: methodById }, fonts })
}

// Laying out and embedding fonts takes up to a second or two; here it does not hold up the screen.
addEventListener('message', (event: MessageEvent<DrawOrder>) => {
  void draw(event.data)
    .then((bytes): DrawAnswer => bytes, (): DrawAnswer => null)
    .then((answer) => postMessage(answer))
})
