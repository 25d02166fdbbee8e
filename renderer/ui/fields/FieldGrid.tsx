import type { ReactNode } from 'react'
import classes from './FieldGrid.module.css'

/** Fields side by side, two or three to a row, one where the window is narrow. `wide` inside a `FieldCell` takes the whole row. */
export const FieldGrid = ({ columns = 2, children }: { readonly columns?: 1 | 2 | 3; readonly children: ReactNode }) => (
  <div className={classes.grid} data-columns={columns}>{children}</div>
)

export const FieldCell = ({ children }: { readonly children: ReactNode }) => <div className={classes.wide}>{children}</div>
