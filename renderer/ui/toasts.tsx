import { Button, CloseButton, Text } from '@mantine/core'
import { IconAlertCircle, IconCheck } from '@tabler/icons-react'
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { commonEn } from '../../shared/i18n/en/common.ts'
import { commonVi } from '../../shared/i18n/vi/common.ts'
import type { Fault } from '../../shared/kernel/result.ts'
import { useFaultText, useT } from './language.tsx'
import classes from './toasts.module.css'

export interface Toast {
  readonly text: string
  /** Faults stay until they are dismissed; what went well goes away by itself. */
  readonly tone?: 'good' | 'fault'
  readonly action?: { readonly label: string; readonly run: () => void }
}
interface Shown extends Toast {
  readonly id: number
  /** Milliseconds of the page's clock. */
  readonly since: number
}

const Context = createContext<(toast: Toast) => void>(() => {})
const restMs = 6_000
/** Longer where something can be taken back. */
const restWithActionMs = 12_000
/** Whoever goes to another screen has seen what stood there this long. */
const seenMs = 1_000

const Note = ({ toast, drop }: { readonly toast: Shown; readonly drop: (id: number) => void }) => {
  const t = useT(commonVi, commonEn)
  const [held, setHeld] = useState(false)
  const fault = toast.tone === 'fault'
  useEffect(() => {
    if (fault || held) return
    const timer = window.setTimeout(() => drop(toast.id), toast.action === undefined ? restMs : restWithActionMs)
    return () => window.clearTimeout(timer)
  }, [fault, held, drop, toast.id, toast.action])
  const { action } = toast
  return (
    <div className={classes.note} data-fault={fault || undefined} onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      {fault ? <IconAlertCircle className={classes.icon} size={20} aria-hidden /> : <IconCheck className={classes.icon} size={20} aria-hidden />}
      <Text size="sm" className={classes.text}>{toast.text}</Text>
      {action !== undefined && (
        <Button variant="subtle" size="compact-sm" onClick={() => { drop(toast.id); action.run() }}>{action.label}</Button>
      )}
      <CloseButton size="sm" aria-label={t('dismiss')} onClick={() => drop(toast.id)} />
    </div>
  )
}

/** Short notices at the head of the window, read aloud by screen readers. `quiet` hides them: they may name dossiers. */
export const ToastProvider = ({ quiet, children }: { readonly quiet: boolean; readonly children: ReactNode }) => {
  const t = useT(commonVi, commonEn)
  const [shown, setShown] = useState<readonly Shown[]>([])
  const next = useRef(1)
  const drop = useCallback((id: number) => setShown((list) => list.filter((toast) => toast.id !== id)), [])
  const show = useCallback((toast: Toast) => {
    const id = next.current++
    setShown((list) => [...list.filter((old) => old.text !== toast.text), { ...toast, id, since: performance.now() }].slice(-3))
  }, [])
  useEffect(() => {
    const onMove = (): void => setShown((list) => list.filter((toast) => toast.tone === 'fault' || performance.now() - toast.since < seenMs))
    window.addEventListener('hashchange', onMove)
    return () => window.removeEventListener('hashchange', onMove)
  }, [])
  const good = useMemo(() => (quiet ? [] : shown.filter((toast) => toast.tone !== 'fault')), [shown, quiet])
  const bad = useMemo(() => (quiet ? [] : shown.filter((toast) => toast.tone === 'fault')), [shown, quiet])
  return (
    <Context value={show}>
      {children}
      <section className={classes.region} aria-label={t('notices')}>
        <div role="alert">{bad.map((toast) => <Note key={toast.id} toast={toast} drop={drop} />)}</div>
        <output className={classes.stack}>{good.map((toast) => <Note key={toast.id} toast={toast} drop={drop} />)}</output>
      </section>
    </Context>
  )
}

/** Shows a notice; with `action` for taking back what was just done. */
export const useToast = (): ((toast: Toast) => void) => useContext(Context)

/** Shows the sentence of a fault. What the person stopped is not announced as a fault. */
export const useFaultToast = (): ((fault: Fault) => void) => {
  const show = useToast()
  const say = useFaultText()
  return useCallback((fault: Fault) => {
    if (fault.code !== 'cancelled') show({ text: say(fault), tone: 'fault' })
  }, [show, say])
}
