import { fold } from '../../../shared/kernel/text.ts'
import { dossierKinds } from '../../../shared/schema/dossier.ts'
import type { DossierKind, DossierPhase } from '../../../shared/schema/dossier.ts'
import type { DossierSummary } from '../../store/api.ts'

export const orders = ['updated', 'title', 'progress'] as const
export type Order = (typeof orders)[number]
export const isOrder = (text: string | null): text is Order => orders.some((order) => order === text)
export const isKind = (text: string): text is DossierKind => dossierKinds.some((kind) => kind === text)

export interface Wanted {
  readonly view: 'all' | 'trash'
  readonly search: string
  readonly kind: DossierKind | 'all'
  readonly phase: 'all' | 'open' | 'closed'
  readonly order: Order
}

/** What may go into the trash: a draft, and a sample until it is sealed, however far its case was taken. */
export const canDiscard = (row: Pick<DossierSummary, 'phase' | 'sample'>): boolean => row.phase === 'draft' || (row.sample && (row.phase === 'inReview' || row.phase === 'approved'))

const open: readonly DossierPhase[] = ['draft', 'inReview', 'approved']

const titles = new WeakMap<DossierSummary, string>()
const foldedTitle = (row: DossierSummary): string => {
  const known = titles.get(row)
  if (known !== undefined) return known
  const folded = fold(row.title)
  titles.set(row, folded)
  return folded
}
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const latestFirst = (a: DossierSummary, b: DossierSummary): number => compare(b.updatedAt, a.updatedAt)
const byOrder: Readonly<Record<Order, (a: DossierSummary, b: DossierSummary) => number>> = {
  updated: latestFirst,
  title: (a, b) => compare(foldedTitle(a), foldedTitle(b)) || compare(a.title, b.title) || latestFirst(a, b),
  progress: (a, b) => b.progress - a.progress || latestFirst(a, b),
}

/** Rows the person asked for, in the order asked for. Every word of the search must occur, marks and case aside. */
export const selectDossiers = (rows: readonly DossierSummary[], wanted: Wanted): readonly DossierSummary[] => {
  const words = fold(wanted.search).split(' ').filter((word) => word !== '')
  return rows
    .filter((row) => (row.phase === 'discarded') === (wanted.view === 'trash')
      && (wanted.kind === 'all' || row.kind === wanted.kind)
      && (wanted.phase === 'all' || wanted.view === 'trash' || open.includes(row.phase) === (wanted.phase === 'open'))
      && words.every((word) => row.search.includes(word)))
    .toSorted(byOrder[wanted.order])
}
