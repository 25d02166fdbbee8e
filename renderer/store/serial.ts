/** Runs work one after the other per key, in the order of asking; a failure does not stop what follows. */
export interface Serial {
  readonly run: <T>(key: string, work: () => Promise<T>) => Promise<T>
  /** Resolves when nothing asked for until now is left. */
  readonly idle: () => Promise<void>
}

export const createSerial = (): Serial => {
  const tails = new Map<string, Promise<unknown>>()
  return {
    run: (key, work) => {
      const before = tails.get(key) ?? Promise.resolve()
      const own = before.then(work, work)
      const tail = own.catch(() => undefined).then(() => {
        if (tails.get(key) === tail) tails.delete(key)
      })
      tails.set(key, tail)
      return own
    },
    idle: async () => {
      await Promise.all(tails.values())
    },
  }
}
