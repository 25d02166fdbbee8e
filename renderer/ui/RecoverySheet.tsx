import { Button, Group, Text } from '@mantine/core'
import { IconCopy, IconPrinter } from '@tabler/icons-react'
import { createPortal } from 'react-dom'
import { useState } from 'react'
import { lockEn } from '../../shared/i18n/en/lock.ts'
import { lockVi } from '../../shared/i18n/vi/lock.ts'
import { dateText } from '../../shared/kernel/date-text.ts'
import { useT } from './language.tsx'
import classes from './RecoverySheet.module.css'
import { today } from './time.ts'

/** The groups of a recovery code as it is printed. */
export const groupsOf = (code: string): readonly string[] => code.split(/[\s-]+/).filter((group) => group !== '')

/** The recovery code, to be printed or copied. The printed sheet is a page of its own. */
export const RecoverySheet = ({ code, name }: { readonly code: string; readonly name: string }) => {
  const t = useT(lockVi, lockEn)
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no')
  const groups = groupsOf(code)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(groups.join('-'))
      setCopied('yes')
    } catch {
      setCopied('failed')
    }
  }
  const list = (
    <ol className={classes.groups} aria-label={t('code')}>
      {groups.map((group, index) => <li key={`${index + 1}-${group}`}><span className={classes.number}>{index + 1}</span>{group}</li>)}
    </ol>
  )
  return (
    <div>
      {list}
      <Group gap="xs" mt="md">
        <Button variant="light" leftSection={<IconPrinter size={17} aria-hidden />} onClick={() => window.print()}>{t('codePrint')}</Button>
        <Button variant="light" leftSection={<IconCopy size={17} aria-hidden />} onClick={() => void copy()}>{t('codeCopy')}</Button>
      </Group>
      <output className={classes.copied}>{copied === 'yes' ? t('codeCopied') : copied === 'failed' ? t('codeCopyFailed') : ''}</output>
      {createPortal(
        <div className={classes.sheet} aria-hidden>
          <h1>{t('sheetTitle')}</h1>
          {list}
          <p>{t('sheetText')}</p>
          <Text>{t('sheetFor', { name })}</Text>
          <Text>{t('sheetDate', { date: dateText(today()) })}</Text>
        </div>,
        document.body,
      )}
    </div>
  )
}
