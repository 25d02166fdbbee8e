import { commonEn } from '../../../../shared/i18n/en/common.ts'
import { valuationSupportsEn } from '../../../../shared/i18n/en/valuation-supports.ts'
import { commonVi } from '../../../../shared/i18n/vi/common.ts'
import { valuationSupportsVi } from '../../../../shared/i18n/vi/valuation-supports.ts'
import type { Text } from '../../../../shared/kernel/fault-shape.ts'
import type { SupportSpec } from '../../../../shared/valuation/supports/kit.ts'
import { useLanguage, usePick, useT } from '../../../ui/language.tsx'
import { newLocalId } from '../../../ui/local-id.ts'
import { useDossier } from '../../../ui/store-context.tsx'
import { useToast } from '../../../ui/toasts.tsx'
import type { Target } from './context.ts'
import { useSupports } from './context.ts'

/** What is done with supporting computations from several places of the screen. */
export interface SupportActs {
  /** Begins one and shows it. */
  readonly begin: (spec: SupportSpec, from: Target | null) => Promise<void>
  /** Takes its figure into an input, with the way back. */
  readonly bring: (id: string, target: Target, input: Text) => Promise<boolean>
  readonly remove: (id: string, title: string) => Promise<boolean>
}

export const useSupportActs = (): SupportActs => {
  const t = useT(valuationSupportsVi, valuationSupportsEn)
  const c = useT(commonVi, commonEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { run } = useDossier()
  const { open } = useSupports()
  const toast = useToast()
  const undoable = (text: string): void => toast({ text, action: { label: c('undo'), run: () => void run({ type: 'undo' }) } })
  return {
    begin: async (spec, from) => {
      const id = newLocalId('p')
      if (await run({ type: 'valuation.setSupport', id, support: { method: spec.id, title: pick(spec.name) } })) open(id, from)
    },
    bring: async (id, { sheet, key }, input) => {
      const done = await run({ type: 'valuation.applySupport', id, sheet, key, language })
      if (done) undoable(t('brought', { input: pick(input) }))
      return done
    },
    remove: async (id, title) => {
      const done = await run({ type: 'valuation.setSupport', id, support: null })
      if (done) undoable(t('removed', { title }))
      return done
    },
  }
}
