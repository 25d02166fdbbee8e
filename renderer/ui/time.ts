import { instantText, localDay } from '../../shared/kernel/date-text.ts'

const offset = (at: Date): number => -at.getTimezoneOffset()

/** An instant as `dd/mm/yyyy HH:MM` in this machine's time zone. */
export const showInstant = (instant: string): string => instantText(instant, offset(new Date(instant)))

/** Today in this machine's time zone, `YYYY-MM-DD`. */
export const today = (): string => {
  const now = new Date()
  return localDay(now.toISOString(), offset(now))
}
