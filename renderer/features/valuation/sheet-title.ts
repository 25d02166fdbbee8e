import type { Text } from '../../../shared/kernel/fault-shape.ts'
import type { MethodSheet } from '../../../shared/schema/dossier.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'

/** Name of a sheet: its own, or that of its method. */
export const titleOf = ({ title, method }: Pick<MethodSheet, 'title' | 'method'>): Text => (title === '' ? (methodById(method)?.name ?? { vi: method, en: method }) : { vi: title, en: title })
