import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/*
 * Independent programs that judge our PDFs from outside. Where one is missing the tests fail and say which package brings it:
 * a report that nobody else has looked at is not proved.
 */

const packages: Readonly<Record<string, string>> = {
  pdfsig: 'poppler-utils', pdftotext: 'poppler-utils', pdftoppm: 'poppler-utils', pdffonts: 'poppler-utils', pdfinfo: 'poppler-utils', pdfdetach: 'poppler-utils',
  qpdf: 'qpdf', openssl: 'openssl', certutil: 'libnss3-tools', mutool: 'mupdf-tools',
}

/** Output of a program; throws with its own words when it fails. */
export const run = (program: string, args: readonly string[], cwd?: string): string => {
  try {
    return execFileSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1_048_576, stdio: ['ignore', 'pipe', 'pipe'], ...(cwd === undefined ? {} : { cwd }) })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new Error(`The program ${program} is not installed. It comes with the package ${packages[program] ?? program}.`, { cause: error })
    const said = error instanceof Error && 'stderr' in error ? `${String('stdout' in error ? error.stdout : '')}${String(error.stderr)}` : ''
    throw new Error(`${program} ${args.join(' ')} failed: ${said}`, { cause: error })
  }
}

/** A folder of its own, removed by `done`. */
export const workshop = (): { readonly path: (name: string) => string; readonly put: (name: string, bytes: Uint8Array | string) => string; readonly folder: string; readonly done: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'luong-gia-pdf-'))
  const path = (name: string): string => join(folder, name)
  return {
    folder, path,
    put: (name, bytes) => {
      writeFileSync(path(name), bytes)
      return path(name)
    },
    done: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A grey picture: 0 is black. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly at: (x: number, y: number) => number
}

/** Reads a binary PGM as pdftoppm writes it. */
export const readPgm = (bytes: Uint8Array): Picture => {
  const head = /^P5\s+(\d+)\s+(\d+)\s+(\d+)\s/.exec(Buffer.from(bytes.subarray(0, 100)).toString('latin1'))
  if (head === null) throw new Error('not a PGM')
  const [whole, width = '0', height = '0'] = head
  const start = whole.length
  const columns = Number(width)
  return { width: columns, height: Number(height), at: (x, y) => bytes[start + y * columns + x] ?? 255 }
}
