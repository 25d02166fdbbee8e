import { createContext, useCallback, useContext, useMemo, useRef, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import type { Command } from '../../shared/dossier/commands.ts'
import type { Knowledge } from '../../shared/dossier/context.ts'
import { err } from '../../shared/kernel/result.ts'
import { withSourceFacts } from '../../shared/rulepack/source-words.ts'
import type { PackShelf } from '../../shared/rulepack/shelf.ts'
import type { DossierState } from '../../shared/schema/dossier.ts'
import type { Live, OpenDossier, Store } from '../store/api.ts'
import { useLanguage } from './language.tsx'
import { useFaultToast } from './toasts.tsx'

const Context = createContext<Store | null>(null)

export const StoreProvider = ({ store, children }: { readonly store: Store; readonly children: ReactNode }) => <Context value={store}>{children}</Context>

export const useStore = (): Store => {
  const store = useContext(Context)
  if (store === null) throw new Error('useStore outside StoreProvider')
  return store
}

/** The value of the moment; redraws when it changes. */
export const useLive = <T,>(live: Live<T>): T => useSyncExternalStore(live.subscribe, live.get)

/** What this program and this archive know besides the dossiers; redraws when a pack joins the shelf. */
export const useKnowledge = (): Knowledge => {
  const store = useStore()
  const { shelf } = useLive(store.library)
  return useMemo(() => ({ packs: shelf.byHash, methods: store.knowledge.methods }), [shelf, store])
}

/** The rule packs at hand. */
export const usePacks = (): PackShelf => useLive(useStore().library).shelf

/** Adds date and status to the legal sources that a text cites by number. */
export const useSourceFacts = (): ((text: string) => string) => {
  const { register } = useLive(useStore().library)
  const { language } = useLanguage()
  return useCallback((text) => withSourceFacts(text, register.sources.map(({ source }) => source), language), [register, language])
}

/** The dossier on the screen and what may be done to it. */
export interface CurrentDossier {
  readonly id: string
  readonly state: DossierState
  /** This window may write and the two copies agree; phases that allow changes besides drafting look at this. */
  readonly writable: boolean
  /** `writable`, and the dossier is being drafted: facts, evidence, answers and figures may change. */
  readonly editable: boolean
  /**
   * Runs a command; a fault is shown to the person and gives false. Commands of one screen run one after the other;
   * one that builds on the present state (a list with one row changed) is given as a function of it.
   */
  readonly run: (command: Command | ((state: DossierState) => Command)) => Promise<boolean>
}

const DossierContext = createContext<CurrentDossier | null>(null)
const OpenContext = createContext<OpenDossier | null>(null)

export const DossierProvider = ({ open, children }: { readonly open: OpenDossier; readonly children: ReactNode }) => {
  const store = useStore()
  const info = useLive(store.info)
  const showFault = useFaultToast()
  const { id, state, diverged } = open
  const last = useRef<Promise<unknown>>(Promise.resolve())
  const run = useCallback((command: Command | ((state: DossierState) => Command)): Promise<boolean> => {
    const next = last.current.then(async (): Promise<boolean> => {
      const now = store.dossier(id).get()
      const built = typeof command !== 'function' ? command : now === null ? null : command(now.state)
      if (built === null) return false
      const done = await store.run(id, built).catch(() => err('internal'))
      if (!done.ok) showFault(done.fault)
      return done.ok
    })
    last.current = next.catch(() => false)
    return next
  }, [store, id, showFault])
  const value = useMemo((): CurrentDossier => {
    const writable = info.writable && !diverged
    return { id, state, writable, editable: writable && state.phase === 'draft', run }
  }, [id, state, diverged, info.writable, run])
  return <OpenContext value={open}><DossierContext value={value}>{children}</DossierContext></OpenContext>
}

/** The dossier with its log and with where its last change is: redraws at every step of saving, so most screens ask `useDossier`. */
export const useOpenDossier = (): OpenDossier => {
  const open = useContext(OpenContext)
  if (open === null) throw new Error('useOpenDossier outside a dossier')
  return open
}

/** The dossier of the screen; only inside a section of a dossier. Redraws when its content changes. */
export const useDossier = (): CurrentDossier => {
  const dossier = useContext(DossierContext)
  if (dossier === null) throw new Error('useDossier outside a dossier')
  return dossier
}
