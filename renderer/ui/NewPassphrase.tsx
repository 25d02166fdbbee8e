import { Stack } from '@mantine/core'
import { lockEn } from '../../shared/i18n/en/lock.ts'
import { lockVi } from '../../shared/i18n/vi/lock.ts'
import { SecretField } from './fields/SecretField.tsx'
import { useT } from './language.tsx'
import classes from './NewPassphrase.module.css'
import { strengthOf } from './strength.ts'

export interface PassphrasePair {
  readonly first: string
  readonly second: string
}

/** Whether a new passphrase may be used: long enough and typed twice alike. */
export const usable = (pair: PassphrasePair): boolean => strengthOf(pair.first) !== 'short' && pair.first === pair.second

interface Props {
  readonly label: string
  readonly value: PassphrasePair
  readonly onChange: (pair: PassphrasePair) => void
  /** Shows what is missing, after the person tried to go on. */
  readonly tried: boolean
}

/** A new passphrase typed twice, with a word about how easy it is to guess. */
export const NewPassphrase = ({ label, value, onChange, tried }: Props) => {
  const t = useT(lockVi, lockEn)
  const strength = strengthOf(value.first)
  const words = { short: t('strengthShort'), easy: t('strengthEasy'), fair: t('strengthFair'), strong: t('strengthStrong') }[strength]
  const differs = value.second !== '' && !value.first.startsWith(value.second)
  return (
    <Stack gap="xs">
      <div>
        <SecretField label={label} help={t('passphraseHelp')} value={value.first} autoComplete="new-password" onChange={(first) => onChange({ ...value, first })} error={tried && strength === 'short' ? words : undefined} />
        <output className={classes.strength} data-strength={strength}>{value.first === '' || (tried && strength === 'short') ? '' : words}</output>
      </div>
      <SecretField label={t('passphraseAgain')} value={value.second} autoComplete="new-password" onChange={(second) => onChange({ ...value, second })} error={differs || (tried && value.first !== value.second) ? t('passphraseDiffers') : undefined} />
    </Stack>
  )
}
