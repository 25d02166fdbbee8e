import { PasswordInput } from '@mantine/core'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { useT } from '../language.tsx'

interface Props {
  readonly label: string
  readonly help?: string | undefined
  readonly error?: string | undefined
  readonly value: string
  readonly onChange: (text: string) => void
  readonly autoComplete: 'new-password' | 'current-password' | 'off'
}

/** A passphrase, with a way to look at it. */
export const SecretField = ({ label, help, error, value, onChange, autoComplete }: Props) => {
  const t = useT(commonVi, commonEn)
  return (
    <PasswordInput
      label={label}
      description={help}
      error={error}
      value={value}
      autoComplete={autoComplete}
      spellCheck={false}
      maxLength={1000}
      onChange={(event) => onChange(event.currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': t('showTyped'), tabIndex: 0 }}
    />
  )
}
