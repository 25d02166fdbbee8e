import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync, Visitor } from 'vite'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

export interface Source {
  /** Path from the root with forward slashes. */
  readonly file: string
  readonly text: string
  readonly program: ReturnType<typeof parseSync>['program']
  readonly imports: readonly { readonly from: string; readonly typeOnly: boolean }[]
  /** `export … from` statements: what a barrel is made of. */
  readonly reExports: number
}

const walk = (folder: string, files: string[]): void => {
  for (const name of readdirSync(folder).sort()) {
    const full = path.join(folder, name)
    if (statSync(full).isDirectory()) walk(full, files)
    else if (/\.tsx?$/.test(name) && !name.endsWith('.d.ts')) files.push(full)
  }
}

const read = (file: string): Source => {
  const text = readFileSync(file, 'utf8')
  const parsed = parseSync(file, text)
  if (parsed.errors.length > 0) throw new Error(`${file} does not parse: ${parsed.errors[0]?.message ?? ''}`)
  const imports = [
    ...parsed.module.staticImports.map((entry) => ({ from: entry.moduleRequest.value, typeOnly: entry.entries.length > 0 && entry.entries.every((name) => name.isType) })),
    ...parsed.module.staticExports.flatMap((statement) => statement.entries.flatMap((entry) => (entry.moduleRequest ? [{ from: entry.moduleRequest.value, typeOnly: entry.isType }] : []))),
    ...parsed.module.dynamicImports.map((entry) => ({ from: text.slice(entry.moduleRequest.start + 1, entry.moduleRequest.end - 1), typeOnly: false })),
  ]
  const reExports = parsed.module.staticExports.filter((statement) => statement.entries.some((entry) => entry.moduleRequest)).length
  return { file: path.relative(root, file).split(path.sep).join('/'), text, program: parsed.program, imports, reExports }
}

/** Every TypeScript source below these folders, parsed. */
export const sourcesOf = (...folders: readonly string[]): readonly Source[] => {
  const files: string[] = []
  for (const folder of folders) walk(path.join(root, folder), files)
  return files.map(read)
}

/** The file an import points to, from the root, or null for a package. */
export const target = (source: Source, from: string): string | null =>
  from.startsWith('.') ? path.posix.normalize(path.posix.join(path.posix.dirname(source.file), from.replace(/\?.*$/, ''))) : null

/** Calls `visit` for every node of these types. */
export const eachNode = (source: Source, visitors: ConstructorParameters<typeof Visitor>[0]): void => {
  new Visitor(visitors).visit(source.program)
}
