import { Button, Text } from '@mantine/core'
import { createContext, useCallback, useContext, useState } from 'react'
import type { ReactNode } from 'react'
import { commonEn } from '../../shared/i18n/en/common.ts'
import { commonVi } from '../../shared/i18n/vi/common.ts'
import { Dialog } from './Dialog.tsx'
import { useT } from './language.tsx'

export interface Question {
  readonly title: string
  readonly text: string
  /** The verb on the button that goes ahead. */
  readonly action: string
  /** `grave` for what cannot be taken back. */
  readonly tone?: 'plain' | 'grave'
}

const Context = createContext<(question: Question) => Promise<boolean>>(() => Promise.resolve(false))

export const ConfirmProvider = ({ children }: { readonly children: ReactNode }) => {
  const t = useT(commonVi, commonEn)
  const [asked, setAsked] = useState<{ readonly question: Question; readonly answer: (yes: boolean) => void } | null>(null)
  const [opened, setOpened] = useState(false)
  const ask = useCallback((question: Question) => new Promise<boolean>((answer) => {
    setAsked({ question, answer })
    setOpened(true)
  }), [])
  const settle = (yes: boolean): void => {
    asked?.answer(yes)
    setOpened(false)
  }
  return (
    <Context value={ask}>
      {children}
      <Dialog
        above
        opened={opened}
        onClose={() => settle(false)}
        title={asked?.question.title ?? ''}
        actions={
          <>
            <Button variant="default" onClick={() => settle(false)}>{t('cancel')}</Button>
            <Button data-autofocus color={asked?.question.tone === 'grave' ? 'red' : 'pine'} onClick={() => settle(true)}>{asked?.question.action}</Button>
          </>
        }
      >
        <Text>{asked?.question.text}</Text>
      </Dialog>
    </Context>
  )
}

/** Asks before something that cannot simply be undone: `if (await confirm({…})) …`. */
export const useConfirm = (): ((question: Question) => Promise<boolean>) => useContext(Context)
