import { Text } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Fault } from '../../shared/kernel/result.ts'
import { useFaultText } from './language.tsx'
import classes from './Notice.module.css'

interface Props {
  readonly tone?: 'info' | 'good' | 'warn' | 'bad'
  readonly title?: string
  readonly children?: ReactNode
  /** Buttons beside the words. */
  readonly actions?: ReactNode
  /** Set when the notice appears in answer to something the person just did. */
  readonly announce?: boolean
}

const icons = { info: IconInfoCircle, good: IconCircleCheck, warn: IconAlertTriangle, bad: IconAlertCircle }

/** A notice that stays on the page: information, success, warning or refusal. */
export const Notice = ({ tone = 'info', title, children, actions, announce = false }: Props) => {
  const Icon = icons[tone]
  return (
    <div className={classes.notice} data-tone={tone} role={announce ? (tone === 'bad' ? 'alert' : 'status') : undefined}>
      <Icon size={20} className={classes.icon} aria-hidden />
      <div className={classes.words}>
        {title !== undefined && <Text fw={600} size="sm">{title}</Text>}
        {children !== undefined && <Text size="sm" component="div">{children}</Text>}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </div>
  )
}

/** The sentence of a fault, with what can be done about it as actions. */
export const FaultNotice = ({ fault, actions }: { readonly fault: Fault; readonly actions?: ReactNode }) => {
  const say = useFaultText()
  return <Notice tone="bad" announce {...(actions === undefined ? {} : { actions })}>{say(fault)}</Notice>
}
