import type { Knowledge } from '../../shared/dossier/context.ts'
import { methodById } from '../../shared/valuation/methods/registry.ts'
import { packs } from './packs.ts'

/** What this program knows besides the dossiers: the rule packs and valuation methods that come with it. */
export const knowledge: Knowledge = { packs: packs.byHash, methods: methodById }
