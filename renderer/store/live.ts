import type { Live } from './api.ts'

/** A subscribable value that its owner may set. */
export interface Source<T> extends Live<T> {
  /** Tells the listeners unless the value is the same object. */
  readonly set: (next: T) => void
  readonly update: (step: (now: T) => T) => void
  /** Whether anybody looks at it. */
  readonly watched: () => boolean
}

export const source = <T>(initial: T): Source<T> => {
  let value = initial
  const listeners = new Set<() => void>()
  const set = (next: T): void => {
    if (Object.is(value, next)) return
    value = next
    for (const listener of new Set(listeners)) listener()
  }
  return {
    get: () => value,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set,
    update: (step) => set(step(value)),
    watched: () => listeners.size > 0,
  }
}
