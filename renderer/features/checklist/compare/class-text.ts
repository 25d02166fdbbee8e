import type { ChecklistPack } from '../../../../shared/rulepack/schema.ts'

/** Name of a class of a pack by its id; the id itself when the pack does not know it. */
export const classText = ({ scoring }: ChecklistPack, id: string): { readonly vi: string; readonly en: string } => {
  const found = scoring.by === 'levels' ? undefined : scoring.classes.find((entry) => entry.id === id)
  return found?.text ?? { vi: id, en: id }
}
