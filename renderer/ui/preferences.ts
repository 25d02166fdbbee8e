/** Plain preferences of this window; they say nothing about any dossier. */
export type Preference = 'language' | 'autoLockMinutes' | 'dossierSort' | 'recoveryNoted'

const prefix = 'luong-gia.'

export const readPreference = (name: Preference): string | null => {
  try {
    return window.localStorage.getItem(prefix + name)
  } catch {
    return null
  }
}

/** A browser that refuses storage keeps the preference for this run only. */
export const writePreference = (name: Preference, value: string): void => {
  try {
    window.localStorage.setItem(prefix + name, value)
  } catch {
    return
  }
}
