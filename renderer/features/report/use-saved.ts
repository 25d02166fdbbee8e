import { useCallback } from 'react'
import { mayGoOut } from '../../../shared/dossier/release.ts'
import { reportEn } from '../../../shared/i18n/en/report.ts'
import { reportVi } from '../../../shared/i18n/vi/report.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { useT } from '../../ui/language.tsx'
import { useDossier, useKnowledge, useStore } from '../../ui/store-context.tsx'
import { useFaultToast, useToast } from '../../ui/toasts.tsx'

/**
 * Saves bytes through the host and says where they went. A report that may not go to third parties is saved only after the person
 * confirmed that it is for the enterprise itself.
 */
export const useSaved = (): ((name: string, mime: string, bytes: Uint8Array) => Promise<void>) => {
  const t = useT(reportVi, reportEn)
  const store = useStore()
  const toast = useToast()
  const showFault = useFaultToast()
  const confirm = useConfirm()
  const knowledge = useKnowledge()
  const { state } = useDossier()
  const held = !mayGoOut(state, knowledge).ok
  return useCallback(async (name, mime, bytes) => {
    if (held && !(await confirm({ title: t('heldTitle'), text: t('heldText'), action: t('heldDo') }))) return
    const done = await store.saveFile(name, mime, bytes)
    if (!done.ok) showFault(done.fault)
    else if (done.value !== null) toast({ text: t('saved', done.value) })
  }, [store, showFault, confirm, held, toast, t])
}
