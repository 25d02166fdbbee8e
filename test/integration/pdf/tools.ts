import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

const millimetres = (value: number): number => (value * 72) / 25.4
const dpi = 72

/** Ink outside the printed area of any page: the margins of NĐ 30/2020 but for page number and seal line. */
export const strayInk = (shop: ReturnType<typeof workshop>, path: string, name: string): readonly string[] => {
  const folder = shop.path(name)
  mkdirSync(folder, { recursive: true })
  run('pdftoppm', ['-gray', '-r', String(dpi), path, join(folder, 'p')])
  const left = millimetres(30) - 8
  const right = millimetres(210 - 18) + 2
  const [top, bottom] = [millimetres(297 - 22), millimetres(22)]
  return readdirSync(folder).flatMap((file) => {
    const picture = readPgm(readFileSync(join(folder, file)))
    const found: string[] = []
    for (let y = 0; y < picture.height; y++) {
      const height = picture.height - y
      const inNumber = height > top && height < top + 40
      const inFoot = height < bottom - 20 && height > bottom - 45
      for (let x = 0; x < picture.width; x++) {
        if (picture.at(x, y) > 200) continue
        const outside = x < left || x > right || ((height > top + 2 || height < bottom - 2) && !inNumber && !inFoot)
        if (outside) found.push(`${file} ${String(x)},${String(y)}`)
      }
    }
    return found.slice(0, 3)
  })
}
