import { useEffect } from 'react'
import { flushDrafts } from './drafts.ts'
import { readPreference } from './preferences.ts'
import { useStore } from './store-context.tsx'

export const autoLockChoices = [5, 15, 30, 60] as const
export const defaultAutoLock = 15

/** Minutes of rest after which the archive locks itself. */
export const autoLockMinutes = (): number => {
  const kept = Number(readPreference('autoLockMinutes'))
  return autoLockChoices.some((choice) => choice === kept) ? kept : defaultAutoLock
}

const checkMs = 5_000
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'input'] as const

/**
 * Locks the archive when nobody has touched it for a while. The clock is compared rather than a long timer trusted,
 * because timers stand still while the machine sleeps.
 */
export const AutoLock = () => {
  const store = useStore()
  useEffect(() => {
    let last = Date.now()
    const touched = (): void => {
      last = Date.now()
    }
    const lockNow = async (): Promise<void> => {
      await flushDrafts()
      await store.lock('idle')
    }
    const check = (): void => {
      if (Date.now() - last < autoLockMinutes() * 60_000) return
      last = Date.now()
      void lockNow()
    }
    const timer = window.setInterval(check, checkMs)
    document.addEventListener('visibilitychange', check)
    for (const sign of signs) window.addEventListener(sign, touched, { passive: true, capture: true })
    return () => {
      window.clearInterval(timer)
      document.removeEventListener('visibilitychange', check)
      for (const sign of signs) window.removeEventListener(sign, touched, { capture: true })
    }
  }, [store])
  return null
}
