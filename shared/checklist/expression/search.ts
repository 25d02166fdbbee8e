/** For each place of a text, how long a beginning of it ends there (Knuth, Morris, Pratt 1977). */
const borders = (part: string): Uint32Array => {
  const table = new Uint32Array(part.length)
  for (let at = 1, length = 0; at < part.length; at += 1) {
    while (length > 0 && part[at] !== part[length]) length = table[length - 1] ?? 0
    if (part[at] === part[length]) length += 1
    table[at] = length
  }
  return table
}

/**
 * Whether a text contains another (có chứa). The work grows with the sum of the two lengths, never with their product as
 * that of `String.includes` may, so that no formula takes long over long answers.
 */
export const includesText = (text: string, part: string): boolean => {
  if (part.length > text.length) return false
  const table = borders(part)
  let length = 0
  for (let at = 0; at < text.length && length < part.length; at += 1) {
    while (length > 0 && text[at] !== part[length]) length = table[length - 1] ?? 0
    if (text[at] === part[length]) length += 1
  }
  return length === part.length
}
