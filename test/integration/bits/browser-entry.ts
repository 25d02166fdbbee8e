import { bitsOf, digests, works } from './works.ts'
import type { Desk, Digest } from './works.ts'

/** In the page: the digests of everything, or the bits of one thing. */
const compute = {
  digests: (desk: Desk): readonly Digest[] => digests(desk),
  bits: ({ desk, name }: { readonly desk: Desk; readonly name: string }): string => bitsOf(works(desk).find((work) => work.name === name)?.run()),
}

declare global {
  var engine: typeof compute
}
globalThis.engine = compute
