import { FileButton } from '@mantine/core'
import { useRef } from 'react'
import type { ReactNode } from 'react'

interface Props {
  readonly accept?: string
  readonly multiple?: boolean
  readonly onPick: (files: readonly File[]) => void
  readonly children: (props: { readonly onClick: () => void }) => ReactNode
}

/** A button that opens the system's file picker. The same file can be picked again: a browser says nothing of a choice that did not change. */
export const PickFiles = ({ accept, multiple = false, onPick, children }: Props) => {
  const reset = useRef<() => void>(null)
  const pick = (chosen: File | null | File[]): void => {
    reset.current?.()
    const files = Array.isArray(chosen) ? chosen : chosen === null ? [] : [chosen]
    if (files.length > 0) onPick(files)
  }
  return <FileButton multiple={multiple} resetRef={reset} onChange={pick} {...(accept === undefined ? {} : { accept })}>{children}</FileButton>
}
