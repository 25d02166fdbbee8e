/*
 * Source and grounds of one row of a series (nguồn của từng ô): a line `[3] …` in the reason of the series. The dossier keeps one source
 * and one reason for a series; a row that differs says so in words, which the report and the working print with the rest.
 */

const line = /^\[(\d{1,3})\] (.*)$/

/** Notes by row, counted from 0. */
export const rowNotes = (reason: string): ReadonlyMap<number, string> => {
  const notes = new Map<number, string>()
  for (const one of reason.split('\n')) {
    const [, row, text] = line.exec(one) ?? []
    if (row !== undefined && text !== undefined && Number(row) > 0) notes.set(Number(row) - 1, notes.has(Number(row) - 1) ? `${notes.get(Number(row) - 1) ?? ''}; ${text}` : text)
  }
  return notes
}

/** The reason with the note of one row set, or taken out when the text is empty; what is said of the whole series stays first. */
export const withRowNote = (reason: string, row: number, text: string): string => {
  const notes = new Map(rowNotes(reason))
  const clean = text.replace(/\s+/g, ' ').trim()
  if (clean === '') notes.delete(row)
  else notes.set(row, clean)
  const whole = reason.split('\n').filter((one) => !line.test(one))
  const own = [...notes].toSorted(([a], [b]) => a - b).map(([at, said]) => `[${String(at + 1)}] ${said}`)
  return [...whole, ...own].join('\n').trim()
}
