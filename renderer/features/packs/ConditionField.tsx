import { ActionIcon, Button, Checkbox, Fieldset, Group, NativeSelect, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { packFormEn } from '../../../shared/i18n/en/pack-form.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { packFormVi } from '../../../shared/i18n/vi/pack-form.ts'
import { questionsOf } from '../../../shared/rulepack/load.ts'
import { condition } from '../../../shared/rulepack/schema.ts'
import type { Condition, Question } from '../../../shared/rulepack/schema.ts'
import { FieldCell } from '../../ui/fields/FieldGrid.tsx'
import { LineField } from '../../ui/fields/LineField.tsx'
import { usePick, useT } from '../../ui/language.tsx'
import type { ConditionLine, FlatCondition } from './conditions.ts'
import { build, flatten, valuesOf } from './conditions.ts'
import { useTarget } from './editing-context.tsx'
import classes from './Packs.module.css'
import type { Path } from './paths.ts'
import { textAt, valueAt } from './paths.ts'

const tests = ['is', 'isNot', 'answered', 'notAnswered'] as const

interface LineProps {
  readonly line: ConditionLine
  readonly name: string
  readonly earlier: readonly Question[]
  readonly onChange: (line: ConditionLine) => void
  readonly onRemove: () => void
}

const Line = ({ line, name, earlier, onChange, onRemove }: LineProps) => {
  const t = useT(packFormVi, packFormEn)
  const common = useT(commonVi, commonEn)
  const pick = usePick()
  const asked = earlier.find(({ id }) => id === line.question)
  const values = valuesOf(asked)
  const typed = line.test === 'is' || line.test === 'isNot'
  const read = (text: string): readonly (number | string)[] => text.split(';').map((part) => part.trim()).filter((part) => part !== '').map((part) => (asked?.type === 'number' || asked?.type === 'money' ? Number(part.replace(',', '.')) : part))
  return (
    <div className={classes.entry} role="group" aria-label={name}>
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <NativeSelect
          size="sm" className={classes.grow ?? ''} aria-label={`${t('question')}: ${name}`} value={line.question}
          data={[...(asked === undefined ? [{ value: line.question, label: `${line.question} (?)` }] : []), ...earlier.map((question) => ({ value: question.id, label: `${question.label}. ${pick(question.text)}`.slice(0, 90) }))]}
          onChange={(event) => onChange({ ...line, question: event.currentTarget.value, values: [] })}
        />
        <NativeSelect size="sm" aria-label={`${t('test')}: ${name}`} value={line.test} data={tests.map((test) => ({ value: test, label: t(`test.${test}`) }))} onChange={(event) => onChange({ ...line, test: tests.find((test) => test === event.currentTarget.value) ?? 'is' })} />
        <ActionIcon variant="subtle" color="gray" aria-label={`${common('remove')}: ${name}`} onClick={onRemove}><IconTrash size={16} aria-hidden /></ActionIcon>
      </Group>
      {typed && (values === null ? (
        <LineField bare label={`${t('values')}: ${name}`} placeholder={t('valuesTyped')} value={line.values.join('; ')} onCommit={(text) => { onChange({ ...line, values: read(text) }); return Promise.resolve(true) }} />
      ) : (
        <Group gap="md" mt="xs">
          {values.map(({ value, text }) => (
            <Checkbox
              key={String(value)} label={pick(text)} checked={line.values.includes(value)}
              onChange={(event) => onChange({ ...line, values: event.currentTarget.checked ? values.map((one) => one.value).filter((one) => one === value || line.values.includes(one)) : line.values.filter((one) => one !== value) })}
            />
          ))}
        </Group>
      ))}
    </div>
  )
}

/** When a question is asked (điều kiện hiện câu hỏi), by answers that stand before it. */
export const ConditionField = ({ label, path }: { readonly label: string; readonly path: Path }) => {
  const t = useT(packFormVi, packFormEn)
  const { root, pack, change, readOnly } = useTarget()
  const parsed = condition.safeParse(valueAt(root, path))
  const present = valueAt(root, path) !== undefined
  // A line just begun has no value yet; the builder keeps it all the same.
  const flat = !present ? { mode: 'all' as const, lines: [] } : parsed.success ? flatten(parsed.data) : flatten(valueAt(root, path) as Condition) // written by this builder, with a line still empty
  const all = pack?.use === 'checklist' ? questionsOf(pack) : []
  const own = textAt(root, [...path.slice(0, -1), 'id'])
  const at = all.findIndex(({ id }) => id === own)
  const earlier = all.slice(0, Math.max(0, at)).filter(({ type }) => type !== 'table' && type !== 'computed')
  const put = (next: FlatCondition): void => change(path, build(next))
  return (
    <FieldCell>
      <Fieldset legend={label}>
        {flat === null ? (
          <Stack gap="xs">
            <Text size="sm">{t('conditionNested')}</Text>
            <Text component="pre" className={classes.marked}>{JSON.stringify(valueAt(root, path))}</Text>
            {!readOnly && <Button variant="light" size="compact-md" className={classes.add ?? ''} onClick={() => change(path, undefined)}>{t('conditionReplace')}</Button>}
          </Stack>
        ) : (
          <Stack gap="xs">
            {flat.lines.length === 0 && <Text size="sm" c="dimmed">{t('conditionNone')}</Text>}
            {flat.lines.length > 1 && <SegmentedControl size="xs" aria-label={t('joined')} disabled={readOnly} value={flat.mode} data={[{ value: 'all', label: t('joinedAll') }, { value: 'any', label: t('joinedAny') }]} onChange={(mode) => put({ ...flat, mode: mode === 'any' ? 'any' : 'all' })} />}
            {flat.lines.map((line, index) => (
              // A line has no lasting name of its own: its place is what the person sees.
              <Line
                key={`${index}/${flat.lines.length}`} line={line} name={`${t('conditionLine')} ${index + 1}`} earlier={earlier}
                onChange={(next) => put({ ...flat, lines: flat.lines.map((one, other) => (other === index ? next : one)) })}
                onRemove={() => put({ ...flat, lines: flat.lines.filter((_, other) => other !== index) })}
              />
            ))}
            {!readOnly && <Button variant="light" size="compact-md" className={classes.add ?? ''} leftSection={<IconPlus size={16} aria-hidden />} disabled={earlier.length === 0} onClick={() => put({ ...flat, lines: [...flat.lines, { question: earlier.at(-1)?.id ?? '', test: 'answered', values: [] }] })}>{t('addCondition')}</Button>}
          </Stack>
        )}
      </Fieldset>
    </FieldCell>
  )
}
