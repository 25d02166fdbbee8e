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
  } catch (fault) {
    done(fault instanceof Error ? fault : new Error('spreadsheet cannot be unpacked'), {})
    return
  }
  done(null, files)
}
