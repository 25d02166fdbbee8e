import { NativeSelect } from '@mantine/core'
import { packsEn } from '../../../shared/i18n/en/packs.ts'
import { packsVi } from '../../../shared/i18n/vi/packs.ts'
import type { LegalSource } from '../../../shared/rulepack/parts.ts'
import { numberKey } from '../../../shared/rulepack/registry.ts'
import { sourceName } from '../../../shared/rulepack/source-words.ts'
import { useLanguage, useT } from '../../ui/language.tsx'
import { useLive, useStore } from '../../ui/store-context.tsx'

/** Takes a source out of the register into a pack, as the register knows it today. */
export const RegisterPick = ({ taken, onPick }: { readonly taken: readonly string[]; readonly onPick: (source: LegalSource) => void }) => {
  const t = useT(packsVi, packsEn)
  const { language } = useLanguage()
  const { register } = useLive(useStore().library)
  const left = register.sources.filter(({ source }) => !taken.some((number) => numberKey(number) === numberKey(source.number)))
  return (
    <NativeSelect
      aria-label={t('fromRegister')}
      value=""
      data={[{ value: '', label: t('fromRegister') }, ...left.map(({ source }) => ({ value: source.id, label: sourceName(source, language) }))]}
      onChange={(event) => {
        const found = left.find(({ source }) => source.id === event.currentTarget.value)?.source
        if (found === undefined) return
        const { replacedBy: _, ...source } = found
        onPick(source)
      }}
    />
  )
}
