import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate/browser'
import type { Unzipped, Zippable } from 'fflate/browser'

export { strFromU8, strToU8, unzipSync, zipSync }

/** Largest spreadsheet part read, unpacked: a small file that unpacks to more is no list of deals. */
export const mostUnpacked = 128 * 1024 * 1024

type Done<T> = (fault: Error | null, value: T) => void
interface Entry {
  readonly name: string
  readonly size: number
  readonly originalSize: number
}

/** As the library's `zip`, but on this thread: its workers are made of text, which the content policy of the page forbids. */
export const zip = (files: Zippable, done: Done<Uint8Array>): void => done(null, zipSync(files))

/** Cells that a sheet may span, empty ones between its own included: the library makes all of them. */
const mostSpanned = 16_000_000

const columnOf = (letters: string): number => Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)

/** Whether the addresses of a sheet stay so close together that its rows can be laid out; any address written otherwise is refused. */
const staysSmall = (xml: string): boolean => {
  let [rows, columns, addressed] = [0, 0, 0]
  for (const [, address = ''] of xml.matchAll(/(?<![\w:.-])r\s*=\s*["']([^"']{0,60})/g)) {
    const [, letters, row] = /^([A-Z]{0,3})(\d{1,7})$/.exec(address) ?? []
    if (letters === undefined || row === undefined) return false
    rows = Math.max(rows, Number(row))
    columns = Math.max(columns, columnOf(letters))
    if (letters !== '') addressed++
  }
  const count = (tag: RegExp): number => xml.match(tag)?.length ?? 0
  const loose = Math.max(0, count(/<(?:[\w.-]{1,40}:)?c[\s/>]/g) - addressed)
  return (rows + count(/<(?:[\w.-]{1,40}:)?row(?![^<>]*\sr\s*=)[\s/>]/g)) * Math.max(1, columns + loose) <= mostSpanned
}

interface Options {
  readonly filter?: (entry: Entry) => boolean
}

/** As the library's `unzip`, with options or without, but on this thread and with a limit to what the parts unpack to. */
export const unzip = (archive: Uint8Array, ...rest: readonly [Done<Unzipped>] | readonly [Options, Done<Unzipped>]): void => {
  const [options, done] = rest.length === 1 ? [{}, rest[0]] : rest
  let total = 0
  const filter = (entry: Entry): boolean => {
    if (options.filter?.(entry) === false) return false
    total += entry.originalSize
    if (total > mostUnpacked) throw new Error('spreadsheet unpacks to too much')
    return true
  }
  let files: Unzipped
  try {
    files = unzipSync(archive, { filter })
    for (const [name, part] of Object.entries(files)) {
      const xml = strFromU8(part)
      if (!xml.includes('<sheetData') && !/<[\w.-]{1,40}:sheetData/.test(xml)) continue
      if (!staysSmall(xml)) throw new Error('spreadsheet spans too much')
      // The library takes a formula that failed for an empty cell; as text it is refused where a number is wanted.
      if (/\st=["']e["']/.test(xml)) files[name] = strToU8(xml.replace(/(<c\s(?:[^<>]*\s)?)t=["']e["']/g, '$1t="str"'))
    }
  } catch (fault) {
    done(fault instanceof Error ? fault : new Error('spreadsheet cannot be unpacked'), {})
    return
  }
  done(null, files)
}
