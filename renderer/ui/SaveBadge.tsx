import { Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconChecks, IconLoader2 } from '@tabler/icons-react'
import { commonEn } from '../../shared/i18n/en/common.ts'
import { commonVi } from '../../shared/i18n/vi/common.ts'
import type { SaveState } from '../store/api.ts'
import { useT } from './language.tsx'
import classes from './SaveBadge.module.css'

/** Where the latest change is: being written, in the archive, on the disk too, or not saved. */
export const SaveBadge = ({ state }: { readonly state: SaveState }) => {
  const t = useT(commonVi, commonEn)
  const shown = {
    saving: { Icon: IconLoader2, text: t('saveMemory'), why: t('saveMemory') },
    here: { Icon: IconCheck, text: t('saveHere'), why: t('saveHereWhy') },
    disk: { Icon: IconChecks, text: t('saveDisk'), why: t('saveDiskWhy') },
    failed: { Icon: IconAlertTriangle, text: t('saveFailed'), why: t('saveFailedWhy') },
  }[state]
  return (
    <Tooltip label={shown.why} multiline maw={320}>
      <output className={classes.badge} data-state={state}>
        <shown.Icon size={16} aria-hidden />
        {shown.text}
      </output>
    </Tooltip>
  )
}
