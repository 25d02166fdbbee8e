import type { Scalar } from './types.ts'

/**
 * How the arguments of a function are typed.
 * - `each`: single values, or columns taken row by row;
 * - `fold`: one column, or single values side by side;
 * - `reference`: the name of a question, read through a port;
 * - `own`: a rule of its own in check.ts.
 */
export type Signature = { readonly least: number; readonly most: number } & (
  | { readonly style: 'each'; readonly params: readonly Scalar[]; readonly result: Scalar }
  | { readonly style: 'fold'; readonly over: readonly Scalar[]; readonly result: Scalar | 'same' }
  | { readonly style: 'reference'; readonly of: 'stands' | 'points' }
  | { readonly style: 'own'; readonly name: 'if' | 'coalesce' | 'answered' | 'count' | 'known' | 'contains' | 'date' | 'systemLevel' | 'systemReadiness' | 'componentReadiness' })

const each = (params: readonly Scalar[], result: Scalar): Signature => ({ least: params.length, most: params.length, style: 'each', params, result })
const fold = (over: readonly Scalar[], result: Scalar | 'same'): Signature => ({ least: 1, most: Infinity, style: 'fold', over, result })

const signatures: ReadonlyMap<string, Signature> = new Map<string, Signature>([
  ['abs', each(['number'], 'number')],
  ['round', { least: 1, most: 2, style: 'each', params: ['number', 'number'], result: 'number' }],
  ['floor', each(['number'], 'number')],
  ['ceil', each(['number'], 'number')],
  ['sqrt', each(['number'], 'number')],
  ['exp', each(['number'], 'number')],
  ['ln', each(['number'], 'number')],
  ['pow', each(['number', 'number'], 'number')],
  ['length', each(['text'], 'number')],
  ['days', each(['date', 'date'], 'number')],
  ['years', each(['date', 'date'], 'number')],
  ['workingDays', each(['date', 'date'], 'number')],
  ['addDays', each(['date', 'number'], 'date')],
  ['addWorkingDays', each(['date', 'number'], 'date')],
  ['min', fold(['number', 'date'], 'same')],
  ['max', fold(['number', 'date'], 'same')],
  ['sum', fold(['number'], 'number')],
  ['mean', fold(['number'], 'number')],
  ['all', fold(['boolean'], 'boolean')],
  ['any', fold(['boolean'], 'boolean')],
  ['countTrue', fold(['boolean'], 'number')],
  ['stands', { least: 1, most: 1, style: 'reference', of: 'stands' }],
  ['points', { least: 1, most: 1, style: 'reference', of: 'points' }],
  ['if', { least: 3, most: 3, style: 'own', name: 'if' }],
  ['coalesce', { least: 2, most: Infinity, style: 'own', name: 'coalesce' }],
  ['answered', { least: 1, most: 1, style: 'own', name: 'answered' }],
  ['count', { least: 1, most: 1, style: 'own', name: 'count' }],
  ['known', { least: 1, most: 1, style: 'own', name: 'known' }],
  ['contains', { least: 2, most: 2, style: 'own', name: 'contains' }],
  ['date', { least: 1, most: 1, style: 'own', name: 'date' }],
  ['systemLevel', { least: 1, most: 2, style: 'own', name: 'systemLevel' }],
  ['systemReadiness', { least: 5, most: 5, style: 'own', name: 'systemReadiness' }],
  ['componentReadiness', { least: 5, most: 5, style: 'own', name: 'componentReadiness' }],
])

/** Functions (hàm) of the language, in the order of the guide. */
export const functionNames: readonly string[] = [...signatures.keys()]

export const signatureOf = (name: string): Signature | undefined => signatures.get(name)
