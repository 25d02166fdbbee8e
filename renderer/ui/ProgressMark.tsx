import { VisuallyHidden } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { commonEn } from '../../shared/i18n/en/common.ts'
import { commonVi } from '../../shared/i18n/vi/common.ts'
import { useT } from './language.tsx'
import classes from './ProgressMark.module.css'

interface Props {
  /** 0..1; 1 only when nothing is missing. */
  readonly share: number
  readonly size?: number
}

/** How far something is: an empty ring, a part of a ring, a tick. */
export const ProgressMark = ({ share, size = 16 }: Props) => {
  const t = useT(commonVi, commonEn)
  const label = share >= 1 ? t('sectionDone') : share <= 0 ? t('sectionEmpty') : t('sectionStarted', { percent: Math.floor(share * 100) })
  const radius = size / 2 - 1.5
  const around = 2 * Math.PI * radius
  return (
    <span className={classes.mark} title={label}>
      <VisuallyHidden>{label}</VisuallyHidden>
      {share >= 1 ? (
        <IconCheck size={size} stroke={2.4} aria-hidden />
      ) : (
        <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} aria-hidden>
          <circle className={classes.track} cx={size / 2} cy={size / 2} r={radius} />
          {share > 0 && <circle className={classes.arc} cx={size / 2} cy={size / 2} r={radius} strokeDasharray={`${around * share} ${around}`} transform={`rotate(-90 ${size / 2} ${size / 2})`} />}
        </svg>
      )}
    </span>
  )
}
