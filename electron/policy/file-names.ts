/** Names Windows keeps for devices, with or without an ending. */
const devices = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$/i
/** Control and format characters, among them those that reverse the direction of text, and what Windows refuses. */
const refused = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"/\\|?*]/gu
/** File systems count 255 bytes; room is left for a number and for the mark of an unfinished file. */
const maxBytes = 180
const longestEnding = 16

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8')

const cut = (text: string, bytes: number): string => {
  let taken = ''
  let used = 0
  for (const { segment } of new Intl.Segmenter('vi', { granularity: 'grapheme' }).segment(text)) {
    used += bytesOf(segment)
    if (used > bytes) break
    taken += segment
  }
  return taken
}

const tidy = (text: string): string => text.replace(/\s+/gu, ' ').replace(/^[. ]+|[. ]+$/gu, '')

const split = (name: string): readonly [string, string] => {
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 ? name.slice(dot) : ''
  return /^\.[A-Za-z0-9]+$/.test(ending) && ending.length <= longestEnding ? [name.slice(0, dot), ending] : [name, '']
}

/**
 * A file name that every system takes and nobody is deceived by: one part of a path, NFC, no hidden or device name, the ending
 * kept, at most 180 bytes. A name of which nothing is left becomes `tep` (file).
 */
export const cleanFileName = (wanted: string): string => {
  const plain = tidy(wanted.normalize('NFC').replace(refused, ' '))
  const [stem, ending] = split(plain)
  const short = tidy(cut(tidy(stem), maxBytes - bytesOf(ending))) || 'tep'
  return devices.test(short) ? `_${short}${ending}` : `${short}${ending}`
}

/** The same name with a number before its ending: `Báo cáo (2).pdf`. */
export const numberedName = (name: string, number: number): string => {
  if (number < 2) return name
  const [stem, ending] = split(name)
  return `${stem} (${number})${ending}`
}
