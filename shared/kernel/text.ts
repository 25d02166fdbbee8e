/** Canonical text: user text is stored and sealed in Unicode NFC, half characters from a broken paste replaced by U+FFFD. */
export const canonicalText = (text: string): string => text.toWellFormed().normalize('NFC')

/**
 * Folds text for searching (bỏ dấu): lower case, marks stripped, `đ` → `d`, white space squeezed.
 * `cong nghe` then finds `Công nghệ`; `đ` has no decomposition, hence its own step.
 */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase().replace(/đ/g, 'd').replace(/\s+/g, ' ').trim()
