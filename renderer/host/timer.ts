import type { Timer } from '../../shared/host/dispatch.ts'

export const pageTimer: Timer = (ms, run) => {
  const handle = setTimeout(run, ms)
  return () => clearTimeout(handle)
}
