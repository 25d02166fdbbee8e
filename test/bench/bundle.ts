import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { fact } from './figures.ts'
import type { Row } from './figures.ts'

/** Bytes of a file as a server would send it compressed. */
export const gzipSize = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
const limit = 400_000

/** Scripts that `index.html` names: its own and those it preloads. */
export const initialScripts = (html: string): readonly string[] => {
  const scripts = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"/g)].map((match) => match[1] ?? '')
  const preloads = [...html.matchAll(/<link\b[^>]*\brel="modulepreload"[^>]*>/g)].flatMap((match) => /\bhref="([^"]+)"/.exec(match[0])?.[1] ?? [])
  return [...new Set([...scripts, ...preloads])]
}

/** Size of the JavaScript that must arrive before anything is drawn. */
export const measureBundle = (folder: string): readonly Row[] => {
  const names = initialScripts(readFileSync(path.join(folder, 'index.html'), 'utf8'))
  if (names.length === 0) throw new Error('index.html names no script')
  const total = names.reduce((sum, name) => sum + gzipSize(path.join(folder, name)), 0)
  return [{ measure: 'Initial renderer JavaScript, gzip', result: `${kilobytes(total)} in ${names.length} files`, against: 'target < 400 kB', ratio: `${(total / limit).toFixed(2)}×`, verdict: total < limit ? 'met' : 'missed' }]
}

/** What a page had fetched when its list was up. */
export const describeLoaded = (folder: string, names: readonly string[]): Row => {
  const total = names.reduce((sum, name) => sum + gzipSize(path.join(folder, name)), 0)
  return fact('All JavaScript fetched until the list is up, workers too, gzip', `${kilobytes(total)} in ${names.length} files`)
}
