import type { Language } from '../../shared/i18n/text.ts'
import { formatNumber } from '../../shared/kernel/number-text.ts'

const units = ['KB', 'MB', 'GB', 'TB'] as const

/** Size of a file, one decimal below 100: `1,4 MB` in Vietnamese, `1.4 MB` in English. */
export const sizeText = (bytes: number, language: Language): string => {
  let size = bytes / 1024
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1024
    unit += 1
  }
  const shown = bytes > 0 ? Math.max(size, 0.1) : 0
  return `${formatNumber(shown, language, { maxDecimals: shown >= 100 ? 0 : 1 })} ${units[unit] ?? 'TB'}`
}
