import type { DossierState } from '../../../shared/schema/dossier.ts'
import { bitsOf, digests, works } from './works.ts'
import type { Digest } from './works.ts'

/** In the page: the digests of everything, or the bits of one thing. */
const compute = {
  digests: (samples: readonly DossierState[]): readonly Digest[] => digests(samples),
  bits: ({ samples, name }: { readonly samples: readonly DossierState[]; readonly name: string }): string => bitsOf(works(samples).find((work) => work.name === name)?.run()),
}

declare global {
  var engine: typeof compute
}
globalThis.engine = compute
