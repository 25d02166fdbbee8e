import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { translator } from '../../shared/i18n/text.ts'
import type { Language, Sentences, Translate, Translation } from '../../shared/i18n/text.ts'
import type { Text } from '../../shared/kernel/fault-shape.ts'
import { faultText } from '../../shared/kernel/faults.ts'
import type { Fault } from '../../shared/kernel/result.ts'
import { readPreference, writePreference } from './preferences.ts'

interface LanguageContext {
  readonly language: Language
  readonly setLanguage: (language: Language) => void
}
const Context = createContext<LanguageContext>({ language: 'vi', setLanguage: () => {} })

export const LanguageProvider = ({ children }: { readonly children: ReactNode }) => {
  const [language, setState] = useState<Language>(() => (readPreference('language') === 'en' ? 'en' : 'vi'))
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const value = useMemo(() => ({ language, setLanguage: (next: Language) => { writePreference('language', next); setState(next) } }), [language])
  return <Context value={value}>{children}</Context>
}

export const useLanguage = (): LanguageContext => useContext(Context)

/** The sentences of one feature in the language of the moment: `const t = useT(dossiersVi, dossiersEn)`. */
export const useT = <S extends Sentences>(vi: S, en: Translation<S>): Translate<S> => {
  const { language } = useLanguage()
  return useMemo(() => translator(language, vi, en), [language, vi, en])
}

/** Picks the language of a text that carries both (rule packs, methods, samples). */
export const usePick = (): ((text: Text) => string) => {
  const { language } = useLanguage()
  return useCallback((text: Text) => text[language], [language])
}

/** The sentence for a fault. */
export const useFaultText = (): ((fault: Fault) => string) => {
  const { language } = useLanguage()
  return useCallback((fault: Fault) => faultText(fault)[language], [language])
}
