import { faultText } from '../../shared/kernel/faults.ts'
import type { Fault } from '../../shared/kernel/result.ts'

export const say = (text: string): boolean => process.stdout.write(`${text}\n`)

/** A fault in the language of the terminal: Vietnamese, unless the locale says otherwise. */
export const faultLine = (fault: Fault): string => {
  const locale = process.env['LC_ALL'] ?? process.env['LANG'] ?? ''
  const text = faultText(fault)
  return `${locale.startsWith('en') ? text.en : text.vi} [${fault.code}]`
}

/** Stops a command with a sentence and an exit code. */
export class Stop extends Error {
  readonly code: number
  constructor(message: string, code = 1) {
    super(message)
    this.code = code
  }
}

/** Value of an option such as `--out DIR`, and the arguments without it. */
export const takeOption = (args: readonly string[], ...names: readonly string[]): { readonly value: string | null; readonly rest: readonly string[] } => {
  const at = args.findIndex((arg) => names.includes(arg))
  if (at < 0) return { value: null, rest: args }
  return { value: args[at + 1] ?? null, rest: [...args.slice(0, at), ...args.slice(at + 2)] }
}
