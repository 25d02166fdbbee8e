import { ActionIcon, TextInput } from '@mantine/core'
import { IconCalendar } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { dateText, parseDateText } from '../../../shared/kernel/date-text.ts'
import { isComposing } from '../keys.ts'
import { useT } from '../language.tsx'
import { draftProps, useDraft } from '../use-draft.ts'
import classes from './DateField.module.css'
import type { FieldProps } from './LineField.tsx'

interface Props extends FieldProps {
  /** `YYYY-MM-DD` or empty. */
  readonly value: string
  /** Gets `YYYY-MM-DD` or empty, never anything else. */
  readonly onCommit: (iso: string) => Promise<boolean>
  readonly bare?: boolean
}

/** A day typed as dd/mm/yyyy or chosen in the system's calendar. */
export const DateField = ({ label, name, help, required = false, readOnly = false, error, anchor, value, onCommit, bare = false }: Props) => {
  const t = useT(commonVi, commonEn)
  const [wrong, setWrong] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const commit = async (text: string): Promise<boolean> => {
    const iso = parseDateText(text)
    setWrong(iso === null)
    if (iso === null) return false
    return iso === value ? true : onCommit(iso)
  }
  const draft = useDraft(dateText(value), commit, { rest: 60_000 })
  return (
    <TextInput
      {...(bare ? { 'aria-label': label } : { label })}
      {...(name === undefined ? {} : { 'aria-label': name })}
      description={help}
      withAsterisk={required}
      readOnly={readOnly}
      error={wrong ? t('dateWrong') : error}
      data-at={anchor}
      placeholder={t('dateHint')}
      inputMode="numeric"
      autoComplete="off"
      maxLength={20}
      {...draftProps(draft)}
      onChange={(event) => {
        setWrong(false)
        draft.onChange(event.currentTarget.value)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !isComposing(event)) draft.onBlur()
      }}
      rightSection={readOnly ? undefined : (
        <>
          <input
            ref={picker}
            className={classes.picker}
            type="date"
            tabIndex={-1}
            aria-hidden
            value={value}
            onChange={(event) => {
              const iso = parseDateText(event.currentTarget.value)
              if (iso === null) return
              draft.onChange(dateText(iso))
              draft.onBlur()
            }}
          />
          <ActionIcon variant="subtle" color="gray" size="sm" tabIndex={-1} aria-label={t('pickDate')} onClick={() => picker.current?.showPicker()}>
            <IconCalendar size={16} aria-hidden />
          </ActionIcon>
        </>
      )}
    />
  )
}
