import { Badge, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconPencil, IconSignature, IconStack2 } from '@tabler/icons-react'
import { packsEn } from '../../shared/i18n/en/packs.ts'
import { packsVi } from '../../shared/i18n/vi/packs.ts'
import { spokenThumbprint } from '../../shared/seal/signed-pack.ts'
import { useT } from './language.tsx'
import { usePacks } from './store-context.tsx'
import { showInstant } from './time.ts'

/** Where a pack came from and who signed it; shown wherever a pack is chosen. */
export const PackOrigin = ({ sha256 }: { readonly sha256: string }) => {
  const t = useT(packsVi, packsEn)
  const origin = usePacks().origin(sha256)
  if (origin === undefined) return null
  if (origin.from === 'program') return <Badge variant="light" color="gray" tt="none" fw={500} leftSection={<IconStack2 size={13} aria-hidden />}>{t('fromProgram')}</Badge>
  if (origin.from === 'here') return <Badge variant="light" tt="none" fw={500} leftSection={<IconPencil size={13} aria-hidden />}>{t('fromHere')}</Badge>
  const { signer, trusted } = origin
  if (signer === null) return <Badge variant="light" color="red" tt="none" fw={500} leftSection={<IconAlertTriangle size={13} aria-hidden />}>{t('unsigned')}</Badge>
  const who = signer.organisation === '' ? signer.name : `${signer.name}, ${signer.organisation}`
  return (
    <Tooltip multiline label={t('signedDetails', { when: showInstant(signer.at), key: spokenThumbprint(signer.key) })}>
      <Badge variant="light" color={trusted ? 'pine' : 'red'} tt="none" fw={500} leftSection={<IconSignature size={13} aria-hidden />}>{trusted ? t('signedBy', { who }) : t('signedByUnknown', { who })}</Badge>
    </Tooltip>
  )
}
