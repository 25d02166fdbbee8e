import { Text, Title } from '@mantine/core'
import { useId } from 'react'
import type { ReactNode } from 'react'
import classes from './Panel.module.css'

interface Props {
  readonly title?: string
  /** One or two sentences under the title. */
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly children?: ReactNode
  /** For links that bring it into view; see `useAt`. */
  readonly anchor?: string
  readonly order?: 2 | 3 | 4
  /** No inner margin: for tables and lists that go to the edge. */
  readonly flush?: boolean
}

/** A quiet card: the one container of the product. */
export const Panel = ({ title, lead, actions, children, anchor, order = 3, flush = false }: Props) => {
  const id = useId()
  return (
    <section className={classes.panel} aria-labelledby={title === undefined ? undefined : id} data-at={anchor} data-flush={flush || undefined}>
      {(title !== undefined || actions !== undefined) && (
        <div className={classes.head}>
          <div className={classes.words}>
            {title !== undefined && <Title order={order} size="h3" id={id}>{title}</Title>}
            {lead !== undefined && <Text size="sm" className={classes.lead}>{lead}</Text>}
          </div>
          {actions !== undefined && <div className={classes.actions}>{actions}</div>}
        </div>
      )}
      {children !== undefined && <div className={classes.body}>{children}</div>}
    </section>
  )
}
