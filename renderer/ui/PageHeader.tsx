import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './PageHeader.module.css'

interface Props {
  readonly title: string
  readonly lead?: string
  /** Buttons on the right. */
  readonly actions?: ReactNode
  /** 1 for a page of its own, 2 for a section of a dossier, whose title is the page's heading. */
  readonly order?: 1 | 2
}

/** Heading of a page or of a dossier's section: title, one sentence, actions. */
export const PageHeader = ({ title, lead, actions, order = 1 }: Props) => (
  <header className={classes.header}>
    <div className={classes.words}>
      <Title order={order}>{title}</Title>
      {lead !== undefined && <Text className={classes.lead}>{lead}</Text>}
    </div>
    {actions !== undefined && <div className={classes.actions}>{actions}</div>}
  </header>
)
