import { Button, Text } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { commonEn } from '../../shared/i18n/en/common.ts'
import { commonVi } from '../../shared/i18n/vi/common.ts'
import { useT } from './language.tsx'
import { bringIntoView } from './use-at.ts'
import classes from './NextStep.module.css'

interface Props {
  /** What to do, as a short order: "Nhập ngày định giá". */
  readonly title: string
  /** Why, or what it unlocks. */
  readonly detail?: string
  /** Label of the way there, and the way itself. */
  readonly label: string
  readonly href?: string
  /** What the address brings into view; done again when one is already there. */
  readonly at?: string
  readonly onGo?: () => void
}

/** The one clear next step. */
export const NextStep = ({ title, detail, label, href, at = '', onGo }: Props) => {
  const t = useT(commonVi, commonEn)
  return (
    <aside className={classes.step} aria-label={t('nextStep')}>
      <span className={classes.tag}>{t('nextStep')}</span>
      <span className={classes.words}>
        <Text span fw={600} size="sm">{title}</Text>
        {detail !== undefined && detail !== '' && <Text span size="sm" className={classes.detail}>{detail}</Text>}
      </span>
      {href === undefined
        ? onGo !== undefined && <Button size="compact-md" rightSection={<IconArrowRight size={16} aria-hidden />} onClick={onGo}>{label}</Button>
        : <Button component="a" href={href} onClick={() => at !== '' && window.location.hash === href && bringIntoView(at)} size="compact-md" rightSection={<IconArrowRight size={16} aria-hidden />}>{label}</Button>}
    </aside>
  )
}
