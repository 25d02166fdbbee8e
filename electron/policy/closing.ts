/** How long the page may take to save before the person is asked. */
export const closingLimitMs = 10_000

interface ClosingPorts {
  /** Tells the page that the window is about to close. */
  readonly tellPage: () => void
  /** Asks the person whether to close although not everything is saved. */
  readonly ask: (why: 'not-saved' | 'no-answer') => Promise<'close' | 'stay'>
  readonly closeNow: () => void
  /** Runs after `ms` unless the returned function is called. */
  readonly timer: (ms: number, run: () => void) => () => void
}

export interface Closing {
  /** The page is up; before that there is nothing to save. */
  readonly pageReady: () => void
  /** The page is gone (crash, reload). */
  readonly pageGone: () => void
  /** The person wants the window closed: true when it may close at once. */
  readonly requested: () => boolean
  /** The page's answer. */
  readonly answered: (saved: boolean) => void
}

/** The closing handshake (bắt tay khi đóng): the page saves first; when it cannot or does not answer, the person decides. */
export const createClosing = ({ tellPage, ask, closeNow, timer }: ClosingPorts): Closing => {
  let state: 'no-page' | 'open' | 'waiting' | 'asking' | 'closing' = 'no-page'
  let stopTimer = (): void => undefined

  const decide = async (why: 'not-saved' | 'no-answer'): Promise<void> => {
    stopTimer()
    state = 'asking'
    const choice = await ask(why)
    if (choice === 'close') {
      state = 'closing'
      closeNow()
    } else if (state === 'asking') state = 'open'
  }

  return {
    pageReady: () => {
      if (state === 'no-page') state = 'open'
    },
    pageGone: () => {
      stopTimer()
      if (state !== 'closing') state = 'no-page'
    },
    requested: () => {
      if (state === 'no-page' || state === 'closing') return true
      if (state === 'open') {
        state = 'waiting'
        stopTimer = timer(closingLimitMs, () => {
          if (state === 'waiting') void decide('no-answer')
        })
        tellPage()
      }
      return false
    },
    answered: (saved) => {
      if (state !== 'waiting') return
      if (!saved) return void decide('not-saved')
      stopTimer()
      state = 'closing'
      closeNow()
    },
  }
}
