import { useCallback, useEffect, useState } from 'react'
import type { RefObject } from 'react'

export interface Range {
  /** First row drawn. */
  readonly from: number
  /** One past the last row drawn. */
  readonly to: number
}

/** Rows of equal height that are in sight, and a few beyond. `top` is where the list begins against the scrolled view. */
export const rangeInSight = (count: number, rowHeight: number, top: number, viewHeight: number, beyond = 8): Range => {
  const from = Math.max(0, Math.floor(-top / rowHeight) - beyond)
  const to = Math.min(count, Math.ceil((viewHeight - top) / rowHeight) + beyond)
  return from >= to ? { from: Math.max(0, Math.min(from, count - 1)), to: Math.min(count, from + 1) } : { from, to }
}

/**
 * Draws only the rows in sight of a long list whose rows have one height, scrolled by the page. Redraws when the range
 * changes, not at every pixel.
 */
export const useWindow = (list: RefObject<HTMLElement | null>, count: number, rowHeight: number): Range & { readonly reveal: (index: number) => void } => {
  const [range, setRange] = useState<Range>({ from: 0, to: Math.min(count, 24) })
  useEffect(() => {
    const scroller = document.getElementById('content')
    if (scroller === null) return
    const look = (): void => {
      if (list.current === null) return
      const top = list.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top
      const next = rangeInSight(count, rowHeight, top, scroller.clientHeight)
      setRange((now) => (now.from === next.from && now.to === next.to ? now : next))
    }
    look()
    scroller.addEventListener('scroll', look, { passive: true })
    window.addEventListener('resize', look)
    return () => {
      scroller.removeEventListener('scroll', look)
      window.removeEventListener('resize', look)
    }
  }, [list, count, rowHeight])
  const reveal = useCallback((index: number): void => {
    const scroller = document.getElementById('content')
    if (scroller === null || list.current === null) return
    const top = list.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top + index * rowHeight
    const margin = 24
    if (top < margin) scroller.scrollBy({ top: top - margin })
    else if (top + rowHeight > scroller.clientHeight - margin) scroller.scrollBy({ top: top + rowHeight - scroller.clientHeight + margin })
  }, [list, rowHeight])
  return { from: Math.min(range.from, Math.max(0, count - 1)), to: Math.min(range.to, count), reveal }
}
