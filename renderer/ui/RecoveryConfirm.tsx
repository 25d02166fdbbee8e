import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { lockEn } from '../../shared/i18n/en/lock.ts'
import { lockVi } from '../../shared/i18n/vi/lock.ts'
import { useT } from './language.tsx'
import { RecoverySheet, groupsOf } from './RecoverySheet.tsx'
import { useFirstFocus } from './use-first-focus.ts'

/** Letters that a printed code never has are read as what they resemble. */
export const sameGroup = (typed: string, group: string): boolean =>
  typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1') === group

/** Two different places out of `count`, in order. */
const pickTwo = (count: number): readonly [number, number] => {
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint32Array(2))
  const first = a % count
  const second = (first + 1 + (b % (count - 1))) % count
  return first < second ? [first, second] : [second, first]
}

interface Props {
  readonly code: string
  readonly name: string
  readonly heading: (title: string, lead: string, step: 1 | 2) => ReactNode
  readonly onDone: () => void
  /** Leaves without checking; absent where that must not happen. */
  readonly onLater?: () => void
}

/** Shows a recovery code once, then asks for two of its groups to be sure the copy can be read. */
export const RecoveryConfirm = ({ code, name, heading, onDone, onLater }: Props) => {
  const t = useT(lockVi, lockEn)
  const [noted, setNoted] = useState(false)
  const [asking, setAsking] = useState(false)

  if (!asking) {
    return (
      <>
        {heading(t('codeTitle'), t('codeLead'), 1)}
        <Stack gap="lg">
          <RecoverySheet code={code} name={name} />
          <Checkbox label={t('codeNoted')} checked={noted} onChange={(event) => setNoted(event.currentTarget.checked)} />
          <Group justify="space-between">
            {onLater === undefined ? <span /> : <Button variant="subtle" color="gray" onClick={onLater}>{t('skipConfirm')}</Button>}
            <Button size="md" disabled={!noted} onClick={() => setAsking(true)}>{t('confirmTitle')}</Button>
          </Group>
        </Stack>
      </>
    )
  }
  return <Check code={code} heading={heading} onDone={onDone} onBack={() => setAsking(false)} />
}

interface CheckProps extends Pick<Props, 'code' | 'heading' | 'onDone'> {
  readonly onBack: () => void
}

const Check = ({ code, heading, onDone, onBack }: CheckProps) => {
  const t = useT(lockVi, lockEn)
  const form = useFirstFocus()
  const [places] = useState(() => pickTwo(groupsOf(code).length))
  const [typed, setTyped] = useState<readonly [string, string]>(['', ''])
  const [tried, setTried] = useState(false)
  const groups = groupsOf(code)
  const right = places.map((place, index) => sameGroup(typed[index] ?? '', groups[place] ?? ''))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (right.every(Boolean)) onDone()
  }
  return (
    <>
      {heading(t('confirmTitle'), t('confirmLead'), 2)}
      <form ref={form} onSubmit={submit} noValidate>
        <Stack gap="lg">
          <Group grow align="flex-start">
            {places.map((place, index) => (
              <TextInput
                key={place}
                label={t('group', { n: place + 1 })}
                value={typed[index] ?? ''}
                maxLength={8}
                autoComplete="off"
                spellCheck={false}
                error={tried && right[index] !== true ? t('groupWrong') : undefined}
                onChange={(event) => {
                  const text = event.currentTarget.value
                  setTyped(index === 0 ? [text, typed[1]] : [typed[0], text])
                }}
              />
            ))}
          </Group>
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={onBack}>{t('confirmBack')}</Button>
            <Button type="submit" size="md">{t('confirmDone')}</Button>
          </Group>
        </Stack>
      </form>
    </>
  )
}
