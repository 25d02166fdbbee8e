/** Signs of a formula that a sentence quotes at most. */
const longest = 60

/** A part of a formula as a sentence quotes it (trích đoạn): whole characters, long parts cut. */
export const snippet = (text: string): string => {
  const letters = Array.from(text.toWellFormed())
  return letters.length > longest ? `${letters.slice(0, longest).join('')} (…)` : letters.join('')
}
