import { join } from 'node:path'
import type { Handlers } from '../../shared/host/contract.ts'
import type { Mishap } from '../../shared/host/dispatch.ts'
import { ok } from '../../shared/kernel/result.ts'
import { renameRetrying } from './atomic-write.ts'
import { errorCode, isMissing, type FileSystem } from './file-system.ts'
import { createSerial } from './serial.ts'

export type LogFields = Readonly<Partial<Record<'call' | 'phase' | 'ms' | 'count' | 'bytes' | 'attempt' | 'status', string | number>>>
export type LogLevel = 'info' | 'warn' | 'error'

export interface Log {
  readonly write: (level: LogLevel, code: string, fields?: LogFields) => Promise<void>
  /** Writes down that a call went wrong: its name, what, and the error's class and system code, never its message. */
  readonly mishap: (mishap: Mishap) => Promise<void>
  /** An error outside any call. */
  readonly failure: (code: string, error: unknown) => Promise<void>
  readonly handler: Handlers['log.write']
}

interface LogOptions {
  readonly fs: FileSystem
  readonly folder: string
  readonly now: () => number
  /** A second program on the same profile writes its own file. */
  readonly name: string
  readonly maxBytes?: number
  readonly keep?: number
}

const word = /^[A-Za-z0-9._-]{0,60}$/
const codePattern = /^[a-z0-9.-]{1,60}$/
const fieldNames = ['call', 'phase', 'ms', 'count', 'bytes', 'attempt', 'status'] as const

const clean = (fields: LogFields): Record<string, string | number> =>
  Object.fromEntries(fieldNames.flatMap((name) => {
    const value = fields[name]
    const fits = typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' && word.test(value)
    return fits && value !== undefined ? [[name, value]] : []
  }))

/** Class and system code of an error: `TypeError`, `Error.EIO`. Its message may hold what a person typed. */
const kindOf = (error: unknown): string => {
  if (!(error instanceof Error)) return typeof error
  const code = errorCode(error)
  const kind = code === '' ? error.name : `${error.name}.${code}`
  return word.test(kind) ? kind : 'Error'
}

/**
 * The program's log (nhật ký chương trình): one JSON object per line, codes and allow-listed fields only, at most `keep` files of
 * `maxBytes`. A log that cannot be written never stops anything.
 */
export const createLog = ({ fs, folder, now, name, maxBytes = 1_048_576, keep = 5 }: LogOptions): Log => {
  const serial = createSerial()
  const pathOf = (age: number): string => join(folder, age === 0 ? `${name}.log` : `${name}.${age}.log`)

  const sizeOf = async (path: string): Promise<number> => {
    try {
      return (await fs.stat(path)).size
    } catch (error) {
      if (isMissing(error)) return 0
      throw error
    }
  }

  const rotate = async (): Promise<void> => {
    await fs.rm(pathOf(keep - 1), { force: true })
    for (let age = keep - 2; age >= 0; age--) {
      if ((await sizeOf(pathOf(age))) > 0) await renameRetrying(fs, pathOf(age), pathOf(age + 1))
    }
  }

  const write: Log['write'] = (level, code, fields = {}) => serial('log', async () => {
    if (!codePattern.test(code)) return
    const text = `${JSON.stringify({ at: new Date(now()).toISOString(), level, code, ...clean(fields) })}\n`
    try {
      if ((await sizeOf(pathOf(0))) + text.length > maxBytes) await rotate()
      const handle = await fs.open(pathOf(0), 'a', 0o600)
      try {
        await handle.write(text)
      } finally {
        await handle.close()
      }
    } catch {
      // A full disk is reported by the call that needed the room.
    }
  })

  return {
    write,
    mishap: ({ call, what, error }) => write('error', `call.${what}`, { call, ...(error === undefined ? {} : { status: kindOf(error) }) }),
    failure: (code, error) => write('error', code, { status: kindOf(error) }),
    handler: async ({ level, code, fields }) => {
      const given: Record<string, string | number> = {}
      for (const field of fieldNames) {
        const value = fields?.[field]
        if (value !== undefined) given[field] = value
      }
      await write(level, code, given)
      return ok({})
    },
  }
}
