type Flush = () => Promise<unknown>

const waiting = new Set<Flush>()

/** A field with text not yet handed to the store puts its flush here, and takes it away when it has none. */
export const holdDraft = (flush: Flush): (() => void) => {
  waiting.add(flush)
  return () => {
    waiting.delete(flush)
  }
}

/** Hands every text still being typed to the store: before locking, before closing, when the window is hidden. */
export const flushDrafts = async (): Promise<void> => {
  await Promise.all([...waiting].map((flush) => flush()))
}

/** Flushes whenever the window is hidden or left, the last moments a page is told about. */
export const watchForLeaving = (): (() => void) => {
  const onHidden = (): void => {
    if (document.visibilityState === 'hidden') void flushDrafts()
  }
  const onLeave = (): void => void flushDrafts()
  document.addEventListener('visibilitychange', onHidden)
  window.addEventListener('pagehide', onLeave)
  return () => {
    document.removeEventListener('visibilitychange', onHidden)
    window.removeEventListener('pagehide', onLeave)
  }
}
