/** A fresh id for a thing inside a dossier (evidence, right, member, method sheet): short, lower case, never shown. */
export const newLocalId = (prefix: string): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(6))
  return `${prefix}-${[...bytes].map((byte) => byte.toString(36).padStart(2, '0')).join('')}`
}
