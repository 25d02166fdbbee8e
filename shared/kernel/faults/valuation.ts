import type { FaultRows } from '../fault-shape.ts'

export const valuationFaults = {
} as const satisfies FaultRows
