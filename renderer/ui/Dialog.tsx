import { Group, Modal } from '@mantine/core'
import { useLayoutEffect } from 'react'
import type { ReactNode } from 'react'
import { commonEn } from '../../shared/i18n/en/common.ts'
import { commonVi } from '../../shared/i18n/vi/common.ts'
import { useT } from './language.tsx'
import classes from './Dialog.module.css'

interface Props {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children: ReactNode
  /** Buttons at the foot, the main one last. */
  readonly actions?: ReactNode
  readonly size?: 'sm' | 'md' | 'lg' | 'xl' | number
  /** False while something must not be left half-done. */
  readonly closable?: boolean
  /** Drawn over other dialogues: for questions asked from inside one. */
  readonly above?: boolean
}

/** A dialogue: keeps the focus inside, gives it back, closes with Escape. */
export const Dialog = ({ opened, onClose, title, children, actions, size = 'md', closable = true, above = false }: Props) => {
  const t = useT(commonVi, commonEn)
  useLayoutEffect(() => {
    if (!opened) return
    const before = document.activeElement
    // The dialogue gives the focus back itself when it is closed, but not when it goes away together with its screen part.
    return () => void setTimeout(() => {
      if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body) before.focus({ preventScroll: true })
    }, 0)
  }, [opened])
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      withCloseButton={closable}
      closeOnEscape={closable}
      closeOnClickOutside={false}
      zIndex={above ? 300 : 200}
      closeButtonProps={{ 'aria-label': t('close') }}
      classNames={{ title: classes.title, header: classes.header, content: classes.content }}
    >
      {children}
      {actions !== undefined && <Group justify="flex-end" gap="xs" mt="lg">{actions}</Group>}
    </Modal>
  )
}
