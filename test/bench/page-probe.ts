/** One key and the frame that answered it. */
export interface KeyNote {
  readonly ms: number
  /** What the list then said about its length. */
  readonly said: string
}

/** What the probe notes inside the page, in milliseconds since navigation. */
export interface PageNotes {
  /** From each key that changed a field to the next painted frame. */
  readonly keys: KeyNote[]
  /** From each click on an answer to the moment the badge says `here` or `disk`. */
  readonly saves: { here: number; disk: number }[]
  readonly tasks: { readonly start: number; readonly end: number }[]
  readonly workers: { readonly name: string; readonly asked: number; readonly answered: number }[]
  /** When the lock screen's field was painted, the passphrase was handed in, the first row was painted. */
  lock: number
  unlock: number
  rows: number
}

/**
 * Runs in the page before its own scripts: notes long tasks, answers of workers and the moments of the start. It changes nothing
 * the program does.
 */
export const probe = (): void => {
  const notes: PageNotes = { keys: [], saves: [], tasks: [], workers: [], lock: 0, unlock: 0, rows: 0 }
  Object.defineProperty(window, 'benchNotes', { value: notes })
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) notes.tasks.push({ start: startTime, end: startTime + duration })
  }).observe({ type: 'longtask', buffered: true })
  const Plain = window.Worker
  window.Worker = class extends Plain {
    private readonly named: string
    private asked = 0
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options)
      this.named = String(url)
      this.addEventListener('message', () => {
        if (this.asked > 0) notes.workers.push({ name: this.named, asked: this.asked, answered: performance.now() })
      })
    }

    override postMessage(message: unknown, transfer?: StructuredSerializeOptions | Transferable[]): void {
      this.asked = performance.now()
      if (Array.isArray(transfer)) super.postMessage(message, transfer)
      else super.postMessage(message, transfer)
    }
  }
  /** After the next frame is on the screen. */
  const painted = (then: () => void): void => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = then
      channel.port2.postMessage(null)
    })
  }
  document.addEventListener('submit', () => {
    notes.unlock = performance.now()
  }, true)

  let pressed = 0
  document.addEventListener('keydown', ({ timeStamp }) => {
    pressed = timeStamp
  }, true)
  document.addEventListener('input', () => {
    const from = pressed
    painted(() => notes.keys.push({ ms: performance.now() - from, said: document.querySelector('main output')?.textContent ?? '' }))
  }, true)

  let clicked = 0
  let saving = false
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== 'radio') return
    clicked = event.timeStamp
    saving = false
    notes.saves.push({ here: 0, disk: 0 })
  }, true)
  new MutationObserver(() => {
    const last = notes.saves.at(-1)
    const state = document.querySelector<HTMLElement>('output[data-state]')?.dataset['state']
    if (last === undefined || last.disk > 0 || state === undefined) return
    // Until the write begins the badge still tells of the change before.
    if (state === 'saving') saving = true
    if (!saving || (state !== 'here' && state !== 'disk')) return
    const now = performance.now() - clicked
    if (last.here === 0) last.here = now
    if (state === 'disk') last.disk = now
  }).observe(document, { attributes: true, attributeFilter: ['data-state'], childList: true, subtree: true })
  const watcher = new MutationObserver(() => {
    if (notes.lock === 0 && document.querySelector('form input[autocomplete="current-password"]') !== null) {
      notes.lock = -1
      painted(() => {
        notes.lock = performance.now()
      })
    }
    if (document.querySelector('[data-index="0"]') === null) return
    watcher.disconnect()
    painted(() => {
      notes.rows = performance.now()
    })
  })
  watcher.observe(document, { childList: true, subtree: true })
}

/** Quiet that must follow before the page counts as ready for the person. */
export const quietMs = 500

/** Rows painted, and every long task over that began before the first quiet of half a second. */
export const interactiveAt = ({ rows, tasks }: PageNotes): number => {
  let at = rows
  for (const task of tasks.toSorted((a, b) => a.start - b.start)) {
    if (task.end <= at) continue
    if (task.start > at + quietMs) break
    at = task.end
  }
  return at
}
