import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  readonly onClick: () => void
  /** What screen readers say in place of the words. */
  readonly label?: string
  readonly children: ReactNode
}

/** Words that lead somewhere on the same screen. */
export const LinkButton = ({ onClick, label, children }: Props) => (
  <Anchor component="button" type="button" size="sm" fw={560} ta="left" {...(label === undefined ? {} : { 'aria-label': label })} onClick={onClick}>{children}</Anchor>
)
