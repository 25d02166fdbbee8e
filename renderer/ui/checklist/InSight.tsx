import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import classes from './Answering.module.css'

interface Props {
  /** Id of what will stand here, so that links find the place before it is drawn. */
  readonly id: string
  /** Drawn at once. */
  readonly eager: boolean
  readonly children: ReactNode
}

/** Draws what it holds when the place comes near the view, and keeps it: a long checklist opens at once. */
export const InSight = ({ id, eager, children }: Props) => {
  const [near, setNear] = useState(eager)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = place.current
    if (near || element === null) return
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true)
    }, { rootMargin: '800px 0px' })
    observer.observe(element)
    return () => observer.disconnect()
  }, [near])
  return near ? children : <div ref={place} id={id} className={`${classes.question ?? ''} ${classes.ahead ?? ''}`} />
}
