import { useCallback } from 'react'
import { reportEn } from '../../../shared/i18n/en/report.ts'
import { reportVi } from '../../../shared/i18n/vi/report.ts'
import { useT } from '../../ui/language.tsx'
import { useStore } from '../../ui/store-context.tsx'
import { useFaultToast, useToast } from '../../ui/toasts.tsx'

/** Saves bytes through the host and says where they went. */
export const useSaved = (): ((name: string, mime: string, bytes: Uint8Array) => Promise<void>) => {
  const t = useT(reportVi, reportEn)
  const store = useStore()
  const toast = useToast()
  const showFault = useFaultToast()
  return useCallback(async (name, mime, bytes) => {
    const done = await store.saveFile(name, mime, bytes)
    if (!done.ok) showFault(done.fault)
    else if (done.value !== null) toast({ text: t('saved', done.value) })
  }, [store, showFault, toast, t])
}
