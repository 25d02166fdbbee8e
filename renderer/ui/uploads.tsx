import { createContext, useCallback, useContext, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import type { Evidence } from '../../shared/schema/dossier.ts'
import type { Fault } from '../../shared/kernel/result.ts'
import { parseRoute } from '../router.ts'
import type { Progress } from '../store/api.ts'
import { useStore } from './store-context.tsx'
import { useFaultToast } from './toasts.tsx'

export interface Upload {
  readonly key: number
  readonly dossier: string
  readonly name: string
  readonly size: number
  readonly progress: Progress
  readonly fault: Fault | null
  readonly cancel: () => void
  readonly dismiss: () => void
}
export type Facts = Pick<Evidence, 'title' | 'note' | 'source' | 'date'>

interface Uploads {
  readonly list: readonly Upload[]
  readonly attach: (dossier: string, file: File, facts?: Partial<Facts>) => Promise<string | null>
}
const Context = createContext<Uploads>({ list: [], attach: () => Promise.resolve(null) })

const inEvidence = (dossier: string): boolean => {
  const route = parseRoute(window.location.hash)
  return route.to === 'dossier' && route.id === dossier && route.section === 'evidence'
}

/** A file's name without its ending, as a first title. */
export const titleFromName = (name: string): string => name.normalize('NFC').replace(/\.[A-Za-z0-9]{1,5}$/, '').slice(0, 500)

/** Keeps the files being brought in going while the person moves about the program. */
export const UploadsProvider = ({ children }: { readonly children: ReactNode }) => {
  const store = useStore()
  const showFault = useFaultToast()
  const [list, setList] = useState<readonly Upload[]>([])
  const next = useRef(1)
  // One file after the other: hashing and encrypting two at once only makes both slower.
  const queue = useRef<Promise<unknown>>(Promise.resolve())

  const attach = useCallback((dossier: string, file: File, facts: Partial<Facts> = {}): Promise<string | null> => {
    const key = next.current++
    const stop = new AbortController()
    const drop = (): void => setList((now) => now.filter((upload) => upload.key !== key))
    const patch = (part: Partial<Upload>): void => setList((now) => now.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)))
    setList((now) => [...now, { key, dossier, name: file.name, size: file.size, progress: { done: 0, total: file.size }, fault: null, cancel: () => { stop.abort(); drop() }, dismiss: drop }])
    const work = queue.current.then(async (): Promise<string | null> => {
      if (stop.signal.aborted) return null
      const done = await store.attach(dossier, file, { title: titleFromName(file.name), note: '', source: '', date: '', ...facts }, { onProgress: (progress) => patch({ progress }), signal: stop.signal })
      if (done.ok) {
        drop()
        return done.value
      }
      if (done.fault.code === 'cancelled') drop()
      else {
        patch({ fault: done.fault })
        // The evidence section shows it beside the file's name already.
        if (!inEvidence(dossier)) showFault(done.fault)
      }
      return null
    })
    queue.current = work.catch(() => null)
    return work
  }, [store, showFault])

  const value = useMemo(() => ({ list, attach }), [list, attach])
  return <Context value={value}>{children}</Context>
}

export const useUploads = (): Uploads => useContext(Context)
