import type { MethodSpec } from '../figure.ts'
import { reliefFromRoyaltyMethod } from './rfr.ts'

/** Every valuation method of this version, in the order in which the picker shows them. */
export const methods: readonly MethodSpec[] = [reliefFromRoyaltyMethod]

/** The method of an id such as `rfr/1`, or undefined when this version does not have it. */
export const methodById = (id: string): MethodSpec | undefined => methods.find((method) => method.id === id)
