export interface GateResult {
  /** Highest level fully met together with all lower ones; 0 when not even the first is. */
  readonly level: number
  /** First level asked about that is not met; null when all are. */
  readonly blockedBy: number | null
}

/** Readiness gate (cổng mức sẵn sàng): a level counts only if it and all lower ones are met. `met` holds one entry per level from 1. */
export const gate = (met: readonly boolean[]): GateResult => {
  const first = met.indexOf(false)
  return first < 0 ? { level: met.length, blockedBy: null } : { level: first, blockedBy: first + 1 }
}
