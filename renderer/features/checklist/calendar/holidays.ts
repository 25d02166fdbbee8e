import { readHolidays } from '../../../../shared/rulepack/holidays.ts'
import type { HolidaySet } from '../../../../shared/rulepack/holidays.ts'
import text from '../../../../resources/calendar/vn-holidays.json?raw'

const load = (): HolidaySet => {
  const read = readHolidays(JSON.parse(text))
  // Checked by the unit tests; holidays that cannot be read are a programmer's mistake.
  if (!read.ok) throw new Error('shipped holidays')
  return read.value
}

/** The public holidays that come with the program (ngày nghỉ lễ, tết đi kèm). */
export const shippedHolidays: HolidaySet = load()
