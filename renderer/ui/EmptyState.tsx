import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './EmptyState.module.css'

interface Props {
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  readonly actions?: ReactNode
  readonly children?: ReactNode
}

/** What a list says while it is empty: what belongs here and how to begin. */
export const EmptyState = ({ icon, title, text, actions, children }: Props) => (
  <div className={classes.empty}>
    <div className={classes.icon} aria-hidden>{icon}</div>
    <Title order={2} size="h2">{title}</Title>
    <Text className={classes.text}>{text}</Text>
    {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    {children}
  </div>
)
