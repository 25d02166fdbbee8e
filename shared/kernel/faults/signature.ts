import type { FaultRows } from '../fault-shape.ts'

export const signatureFaults = {
} as const satisfies FaultRows
