import type { Language } from '../../shared/i18n/text.ts'

const units = ['KB', 'MB', 'GB', 'TB'] as const

/** Size of a file, one decimal below 100: `1,4 MB` in Vietnamese, `1.4 MB` in English. */
export const sizeText = (bytes: number, language: Language): string => {
  let size = bytes / 1024
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1024
    unit += 1
  }
  const figure = size >= 100 ? String(Math.round(size)) : (Math.max(size, bytes > 0 ? 0.1 : 0)).toFixed(1)
  return `${language === 'vi' ? figure.replace('.', ',') : figure} ${units[unit] ?? 'TB'}`
}
