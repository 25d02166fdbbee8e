import { readRegister } from '../../shared/rulepack/registry.ts'
import type { LegalRegister } from '../../shared/rulepack/registry.ts'
import text from '../../resources/legal/sources.json?raw'

const load = (): LegalRegister => {
  const register = readRegister(JSON.parse(text))
  // Checked by the unit tests; a register that cannot be read is a programmer's mistake.
  if (register === null) throw new Error('shipped legal register')
  return register
}

/** The register of legal sources that comes with the program (sổ căn cứ pháp lý đi kèm). */
export const shippedRegister: LegalRegister = load()
