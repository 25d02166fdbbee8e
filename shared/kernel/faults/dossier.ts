import type { FaultRows } from '../fault-shape.ts'

export const dossierFaults = {
} as const satisfies FaultRows
