import { Textarea } from '@mantine/core'
import { draftProps, useDraft } from '../use-draft.ts'
import type { Commit } from '../draft-keeper.ts'
import type { FieldProps } from './LineField.tsx'

interface Props extends FieldProps {
  readonly value: string
  readonly onCommit: Commit
  readonly placeholder?: string
  readonly minRows?: number
  readonly maxRows?: number
  readonly bare?: boolean
}

/** Text of several lines, growing with what is written, saved by itself. */
export const ProseField = ({ label, name, help, required = false, readOnly = false, error, anchor, value, onCommit, placeholder, minRows = 3, maxRows = 16, bare = false }: Props) => {
  const draft = useDraft(value, onCommit, { rest: 1000 })
  return (
    <Textarea
      {...(bare ? { 'aria-label': label } : { label })}
      {...(name === undefined ? {} : { 'aria-label': name })}
      description={help}
      withAsterisk={required}
      readOnly={readOnly}
      error={error}
      data-at={anchor}
      placeholder={placeholder}
      maxLength={50_000}
      autosize
      minRows={minRows}
      maxRows={maxRows}
      {...draftProps(draft)}
      onChange={(event) => draft.onChange(event.currentTarget.value)}
    />
  )
}
