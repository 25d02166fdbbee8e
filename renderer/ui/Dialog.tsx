import { Group, Modal } from '@mantine/core'
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
