import { err, ok, type Result } from '../../kernel/result.ts'
import type { CaseData } from './read.ts'
import { runFamily } from './run.ts'

/** One family of published cases as it was run. */
export interface FamilyCount {
  readonly family: string
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** A case that the engine answered differently. */
export interface FailedCase {
  readonly id: string
  /** Path of the first value that differs. */
  readonly path: string
  readonly expected: string
  readonly actual: string
}

/** What the published cases say of the engine (kết quả tự kiểm tra bộ tính). Plain data: it travels between threads. */
export interface SelfTest {
  readonly families: readonly FamilyCount[]
  readonly failures: readonly FailedCase[]
}

/** The text of one file of cases, named by its family. */
export interface CaseFile {
  readonly family: string
  readonly text: string
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Runs one file of cases. Fault `vectors-unreadable` when it is none. */
export const selfTestFile = ({ family, text }: CaseFile, data: CaseData): Result<SelfTest, 'vectors-unreadable'> => {
  const report = runFamily(family, parsed(text), data)
  if (!report.ok) return err('vectors-unreadable', { family })
  const { passed, failed, skipped, cases } = report.value
  return ok({
    families: [{ family, passed, failed, skipped }],
    failures: cases.flatMap(({ id, status, differences: [first] }) => (status === 'failed' ? [{ id, path: first?.path ?? '', expected: first?.expected ?? '', actual: first?.actual ?? '' }] : [])),
  })
}

/** Several results as one, in the order of the families' names. */
export const joinSelfTests = (parts: readonly SelfTest[]): SelfTest => ({
  families: parts.flatMap(({ families }) => families).toSorted((a, b) => (a.family < b.family ? -1 : 1)),
  failures: parts.flatMap(({ failures }) => failures).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
})

/** Runs all files of cases, one after the other (tự kiểm tra bộ tính). */
export const selfTest = (files: readonly CaseFile[], data: CaseData): Result<SelfTest, 'vectors-unreadable'> => {
  const parts: SelfTest[] = []
  for (const file of files) {
    const part = selfTestFile(file, data)
    if (!part.ok) return part
    parts.push(part.value)
  }
  return ok(joinSelfTests(parts))
}

/** Cases of all families together. */
export const countOf = ({ families }: SelfTest): Omit<FamilyCount, 'family'> & { readonly total: number } => {
  const sum = (key: 'passed' | 'failed' | 'skipped'): number => families.reduce((total, family) => total + family[key], 0)
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')]
  return { passed, failed, skipped, total: passed + failed + skipped }
}
