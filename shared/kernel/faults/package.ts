import type { FaultRows } from '../fault-shape.ts'

export const packageFaults = {
} as const satisfies FaultRows
