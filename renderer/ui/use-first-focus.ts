import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'

/** Puts the focus into the first field of a form that has just appeared in answer to the person. */
export const useFirstFocus = (): RefObject<HTMLFormElement | null> => {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, textarea')?.focus()
  }, [])
  return form
}
