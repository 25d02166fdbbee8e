import { ActionIcon, Button, Fieldset, NativeSelect, Stack, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { packFormEn } from '../../../shared/i18n/en/pack-form.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { packFormVi } from '../../../shared/i18n/vi/pack-form.ts'
import { FieldCell } from '../../ui/fields/FieldGrid.tsx'
import { LineField } from '../../ui/fields/LineField.tsx'
import { useT } from '../../ui/language.tsx'
import { useTarget } from './editing-context.tsx'
import classes from './Packs.module.css'
import type { Path } from './paths.ts'
import { listAt, textAt } from './paths.ts'

/** Where a rule rests: sources of the pack with their clauses. */
export const BasisField = ({ label, path }: { readonly label: string; readonly path: Path }) => {
  const t = useT(packFormVi, packFormEn)
  const common = useT(commonVi, commonEn)
  const { root, pack, change, readOnly } = useTarget()
  const entries = listAt(root, path)
  const sources = (pack?.sources ?? []).map(({ id, number }) => ({ value: id, label: number === '' ? id : number }))
  return (
    <FieldCell>
      <Fieldset legend={label}>
        <Stack gap="xs">
          {sources.length === 0 && <Text size="sm" c="dimmed">{t('noSources')}</Text>}
          {entries.map((_, index) => {
            const name = `${label} ${index + 1}`
            const source = textAt(root, [...path, index, 'source'])
            return (
              // A citation has no lasting name of its own: its place is what the person sees.
              <div key={`${index}/${entries.length}`} className={classes.citation}>
                <NativeSelect aria-label={`${t('source')}: ${name}`} size="sm" disabled={readOnly} value={source} data={sources.some(({ value }) => value === source) ? sources : [{ value: source, label: `${source} (?)` }, ...sources]} onChange={(event) => change([...path, index, 'source'], event.currentTarget.value)} />
                <LineField bare label={`${t('clause')}: ${name}`} placeholder={t('clause')} readOnly={readOnly} value={textAt(root, [...path, index, 'clause'])} onCommit={(clause) => { change([...path, index, 'clause'], clause); return Promise.resolve(true) }} />
                {!readOnly && <ActionIcon variant="subtle" color="gray" aria-label={`${common('remove')}: ${name}`} onClick={() => change(path, entries.filter((__, other) => other !== index))}><IconTrash size={16} aria-hidden /></ActionIcon>}
              </div>
            )
          })}
          {!readOnly && sources.length > 0 && <Button variant="light" size="compact-md" className={classes.add ?? ''} leftSection={<IconPlus size={16} aria-hidden />} onClick={() => change(path, [...entries, { source: sources[0]?.value ?? '', clause: '' }])}>{t('addBasis')}</Button>}
        </Stack>
      </Fieldset>
    </FieldCell>
  )
}
