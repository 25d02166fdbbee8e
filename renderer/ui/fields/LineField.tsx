import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { isComposing } from '../keys.ts'
import { draftProps, useDraft } from '../use-draft.ts'
import type { Commit } from '../draft-keeper.ts'

/** What every field of a form shares. */
export interface FieldProps {
  readonly label: string
  /** Fuller name for screen readers, beginning with the label, where the same label stands several times on a screen. */
  readonly name?: string
  readonly help?: ReactNode
  /** Marks what the dossier cannot do without. */
  readonly required?: boolean
  readonly readOnly?: boolean
  readonly error?: string | undefined
  /** For links that bring it into view; see `useAt`. */
  readonly anchor?: string
}

interface Props extends FieldProps {
  readonly value: string
  readonly onCommit: Commit
  readonly placeholder?: string
  readonly maxLength?: number
  /** Label for the eye is elsewhere (a table's heading): only screen readers get it. */
  readonly bare?: boolean
  /** Words to choose from while typing, any other text is fine too. */
  readonly listId?: string
}

/** One line of text, saved by itself. */
export const LineField = ({ label, name, help, required = false, readOnly = false, error, anchor, value, onCommit, placeholder, maxLength = 500, bare = false, listId }: Props) => {
  const draft = useDraft(value, onCommit)
  return (
    <TextInput
      {...(bare ? { 'aria-label': label } : { label })}
      {...(name === undefined ? {} : { 'aria-label': name })}
      description={help}
      withAsterisk={required}
      readOnly={readOnly}
      error={error}
      data-at={anchor}
      list={listId}
      placeholder={placeholder}
      maxLength={maxLength}
      autoComplete="off"
      {...draftProps(draft)}
      onChange={(event) => draft.onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !isComposing(event)) draft.onBlur()
      }}
    />
  )
}
