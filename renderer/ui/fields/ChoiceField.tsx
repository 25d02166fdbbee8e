import { NativeSelect } from '@mantine/core'
import type { FieldProps } from './LineField.tsx'

interface Props<V extends string> extends FieldProps {
  readonly value: V
  readonly choices: readonly { readonly value: V; readonly label: string }[]
  readonly onCommit: (value: V) => Promise<boolean>
  readonly bare?: boolean
}

/** One of a few: the system's own list, which every keyboard and screen reader knows. */
export const ChoiceField = <V extends string>({ label, name, help, required = false, readOnly = false, error, anchor, value, choices, onCommit, bare = false }: Props<V>) => (
  <NativeSelect
    {...(bare ? { 'aria-label': label } : { label })}
    {...(name === undefined ? {} : { 'aria-label': name })}
    size="sm"
    description={help}
    withAsterisk={required}
    disabled={readOnly}
    error={error}
    data-at={anchor}
    value={value}
    onChange={(event) => {
      const chosen = choices.find((choice) => choice.value === event.currentTarget.value)
      if (chosen !== undefined) void onCommit(chosen.value)
    }}
  >
    {choices.map((choice) => <option key={choice.value} value={choice.value}>{choice.label}</option>)}
  </NativeSelect>
)
