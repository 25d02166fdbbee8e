import type { FaultRows } from '../fault-shape.ts'

export const vaultFaults = {
} as const satisfies FaultRows
