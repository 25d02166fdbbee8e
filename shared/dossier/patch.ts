/** A patch whose members may be left out. */
export type Patch<T> = { readonly [K in keyof T]?: T[K] | undefined }

/** `value` with the members of the patch that are given. */
export const patched = <T extends object>(value: T, patch: Patch<T>): T => ({
  ...value,
  ...Object.fromEntries(Object.entries(patch).filter(([, member]) => member !== undefined)),
})

/** `record` without one key. */
export const without = <T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> => Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))
