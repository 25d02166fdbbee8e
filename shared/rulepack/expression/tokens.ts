import type { Result } from '../../kernel/result.ts'
import { err, ok } from '../../kernel/result.ts'
import { canonicalText } from '../../kernel/text.ts'
import { snippet } from './snippet.ts'

/** Smallest meaningful pieces of a formula. `sign` and `word` (keyword) carry their canonical writing in `text`. */
export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'bracket' | 'word' | 'sign' | 'end'
  readonly text: string
  readonly at: number
  readonly end: number
}

export type TokenFault =
  | 'expression-character' | 'expression-not-composed' | 'expression-word' | 'expression-comma-number' | 'expression-number-form'
  | 'expression-text-open' | 'expression-bracket-reference'

/** Keywords, in either language and any case, and what they stand for. */
const words: ReadonlyMap<string, string> = new Map([
  ['and', 'and'], ['và', 'and'],
  ['or', 'or'], ['hoặc', 'or'],
  ['not', 'not'], ['không', 'not'],
  ['has', 'has'], ['có', 'has'],
  ['true', 'true'], ['đúng', 'true'],
  ['false', 'false'], ['sai', 'false'],
])

/** Whether a word has its own meaning in formulas and so cannot name anything (từ khóa). */
export const isKeyword = (word: string): boolean => words.has(word.toLowerCase())

/** Other ways in which people write the signs. */
const signs: ReadonlyMap<string, string> = new Map([
  ['==', '='], ['<>', '!='], ['≠', '!='], ['≤', '<='], ['≥', '>='], ['×', '*'], ['·', '*'], ['÷', '/'], ['−', '-'],
])

const closing: ReadonlyMap<string, string> = new Map([['"', '"'], ["'", "'"], ['“', '”'], ['‘', '’']])

const pattern = {
  space: /\s+/y,
  number: /\d[\p{L}\p{M}\p{N}_.]*(?:(?<=\d[eE])[+-]\d+)?/uy,
  commaNumber: /\d+(?:\.\d+)?,\d+/y,
  word: /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy,
  bracket: /\[[ ]*([A-Za-z0-9][A-Za-z0-9.-]{0,59})[ ]*\]/y,
  sign: /<=|>=|!=|==|<>|[=<>+\-*/^(),.≠≤≥×·÷−]/uy,
} as const

const numberForm = /^\d{1,300}(?:\.\d{1,300})?(?:[eE][+-]?\d{1,3})?$/

/** `1.500` may be one and a half or fifteen hundred; nothing is guessed. */
const mayBeThousands = /^[1-9]\d{0,2}\.\d\d0$/

const matchAt = (rule: RegExp, text: string, at: number): RegExpExecArray | null => {
  rule.lastIndex = at
  return rule.exec(text)
}

const isName = /^[A-Za-z][A-Za-z0-9_]*$/

/** Cuts a formula into tokens, the last one of kind `end`. */
export const tokensOf = (text: string): Result<readonly Token[], TokenFault> => {
  const found: Token[] = []
  let at = 0
  const take = (kind: Token['kind'], value: string, end: number): void => {
    found.push({ kind, text: value, at, end })
    at = end
  }
  const refuse = (code: TokenFault, end: number) => err(code, { at: at + 1, found: snippet(text.slice(at, end)) })
  while (at < text.length) {
    const space = matchAt(pattern.space, text, at)
    if (space !== null) {
      at += space[0].length
      continue
    }
    const comma = matchAt(pattern.commaNumber, text, at)
    if (comma !== null) return refuse('expression-comma-number', at + comma[0].length)
    const number = matchAt(pattern.number, text, at)?.[0]
    if (number !== undefined) {
      if (!numberForm.test(number) || mayBeThousands.test(number) || !Number.isFinite(Number(number))) return refuse('expression-number-form', at + number.length)
      take('number', number, at + number.length)
      continue
    }
    const word = matchAt(pattern.word, text, at)?.[0]
    if (word !== undefined) {
      if (canonicalText(word) !== word) return refuse('expression-not-composed', at + word.length)
      const keyword = words.get(word.toLowerCase())
      if (keyword === undefined && !isName.test(word)) return refuse('expression-word', at + word.length)
      take(keyword === undefined ? 'name' : 'word', keyword ?? word, at + word.length)
      continue
    }
    const first = text[at] ?? ''
    if (first === '[') {
      const bracket = matchAt(pattern.bracket, text, at)
      if (bracket === null) return refuse('expression-bracket-reference', at + 1)
      take('bracket', bracket[1] ?? '', at + bracket[0].length)
      continue
    }
    const close = closing.get(first)
    if (close !== undefined) {
      const end = text.indexOf(close, at + 1)
      if (end < 0) return refuse('expression-text-open', text.length)
      const value = text.slice(at + 1, end)
      if (canonicalText(value) !== value) return refuse('expression-not-composed', end + 1)
      take('text', value, end + 1)
      continue
    }
    const sign = matchAt(pattern.sign, text, at)?.[0]
    if (sign === undefined) return refuse('expression-character', at + String.fromCodePoint(text.codePointAt(at) ?? 0).length)
    take('sign', signs.get(sign) ?? sign, at + sign.length)
  }
  take('end', '', text.length)
  return ok(found)
}
