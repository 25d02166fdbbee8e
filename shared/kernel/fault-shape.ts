/** A sentence in the two languages of the product; Vietnamese is the source. */
export interface Text {
  readonly vi: string
  readonly en: string
}

/**
 * One row of the fault table.
 * - `transient`: trying again may help; `action`: the user must do something first; `final`: it stays refused.
 * - `text` says what happened and what to do, in one or two calm sentences; `{name}` is filled from the fault's details.
 */
export interface FaultRow {
  readonly severity: 'transient' | 'action' | 'final'
  readonly text: Text
}
export type FaultRows = Readonly<Record<string, FaultRow>>
