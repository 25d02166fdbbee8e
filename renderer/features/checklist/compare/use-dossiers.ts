import { useMemo } from 'react'
import { checklistResult } from '../../../../shared/checklist/result.ts'
import type { ChecklistResult } from '../../../../shared/checklist/result.ts'
import { checklistsOf } from '../../../../shared/dossier/context.ts'
import type { PackShelf } from '../../../../shared/rulepack/shelf.ts'
import type { Checklist, DossierState } from '../../../../shared/schema/dossier.ts'
import type { Live, OpenDossier } from '../../../store/api.ts'
import { useLive, useStore } from '../../../ui/store-context.tsx'

/** Several live values as one; the same array until one of them changes. */
const together = <T>(lives: readonly Live<T>[]): Live<readonly T[]> => {
  let last: readonly T[] = []
  return {
    get: () => {
      const next = lives.map((live) => live.get())
      if (next.length !== last.length || next.some((entry, index) => entry !== last[index])) last = next
      return last
    },
    subscribe: (listener) => {
      const stops = lives.map((live) => live.subscribe(listener))
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}

/** Several dossiers of this archive as they stand; null while one is being opened. */
export const useDossiers = (ids: readonly string[]): readonly (OpenDossier | null)[] => {
  const store = useStore()
  const key = ids.join()
  const joined = useMemo(() => together(key === '' ? [] : key.split(',').map((id) => store.dossier(id))), [key, store])
  return useLive(joined)
}

/** The checklist of a dossier on a pack, and what it comes to; null when the dossier does not use the pack or it is not here. */
export const resultOn = (state: DossierState, packId: string, packs: Pick<PackShelf, 'byHash'>): { readonly checklist: Checklist; readonly result: ChecklistResult } | null => {
  const checklist = checklistsOf(state).find((entry) => entry.checklist.pack.id === packId)?.checklist
  const loaded = checklist === undefined ? undefined : packs.byHash(checklist.pack.sha256)
  if (checklist === undefined || loaded?.pack.use !== 'checklist') return null
  return { checklist, result: checklistResult(loaded.pack, checklist, state.evidence) }
}
