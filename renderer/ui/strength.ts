import { fold } from '../../shared/kernel/text.ts'

export type Strength = 'short' | 'easy' | 'fair' | 'strong'

export const shortestPassphrase = 10

const common = ['matkhau', 'password', 'passphrase', 'luonggia', 'qwerty', 'asdf', 'abc', '123', 'admin', 'vietnam', 'anhyeuem', 'iloveyou', '111', '000']

/**
 * How hard a passphrase is to guess, in words a person can act on. Counts what is left after well-known pieces and
 * repeated or consecutive characters are taken out; words typed with marks count like any others.
 */
export const strengthOf = (passphrase: string): Strength => {
  const text = passphrase.normalize('NFC')
  if (Array.from(text).length < shortestPassphrase) return 'short'
  let rest = fold(text)
  for (const piece of common) rest = rest.replaceAll(piece, '')
  let telling = 0
  let before = 0
  for (const char of rest) {
    const code = char.codePointAt(0) ?? 0
    if (Math.abs(code - before) > 1) telling += 1
    before = code
  }
  const words = rest.split(' ').filter((word) => word.length >= 2).length
  const distinct = new Set(rest.replaceAll(' ', '')).size
  if (telling < 8 || distinct < 5) return 'easy'
  if (words >= 4 || (telling >= 14 && distinct >= 9)) return 'strong'
  return telling >= 10 || words >= 3 ? 'fair' : 'easy'
}
