import type { FaultRows } from '../fault-shape.ts'

export const exchangeFaults = {
} as const satisfies FaultRows
