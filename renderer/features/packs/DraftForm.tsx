import { ActionIcon, Button, Checkbox, Fieldset, Group, Stack, Text, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { packFormEn } from '../../../shared/i18n/en/pack-form.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { packFormVi } from '../../../shared/i18n/vi/pack-form.ts'
import { formatNumber, parseNumber } from '../../../shared/kernel/number-text.ts'
import { questionsOf } from '../../../shared/rulepack/load.ts'
import { dossierKinds } from '../../../shared/schema/dossier.ts'
import { ChoiceField } from '../../ui/fields/ChoiceField.tsx'
import { DateField } from '../../ui/fields/DateField.tsx'
import { FieldCell, FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { LineField } from '../../ui/fields/LineField.tsx'
import { ProseField } from '../../ui/fields/ProseField.tsx'
import { useLanguage, useT } from '../../ui/language.tsx'
import { useToast } from '../../ui/toasts.tsx'
import { useWords } from '../../ui/words.ts'
import { BasisField } from './BasisField.tsx'
import { ConditionField } from './ConditionField.tsx'
import { useTarget } from './editing-context.tsx'
import { FormulaField } from './FormulaField.tsx'
import classes from './Packs.module.css'
import type { Path } from './paths.ts'
import { listAt, moved, textAt, valueAt } from './paths.ts'
import type { FieldSpec } from './specs.ts'

const done = (): Promise<boolean> => Promise.resolve(true)

interface Props<S extends FieldSpec = FieldSpec> {
  readonly spec: S
  readonly path: Path
  /** Name of the entry the field belongs to, for screen readers where several stand below each other. */
  readonly within: string
}

const label = (within: string, own: string): string => (within === '' ? own : `${own} – ${within}`)
/** Label for the eye, and with the entry it belongs to for screen readers. */
const labels = (within: string, own: string): { readonly label: string; readonly name?: string } => (within === '' ? { label: own } : { label: own, name: label(within, own) })

/** A text in both languages, side by side. */
const TextPair = ({ spec, path, within }: Props<Extract<FieldSpec, { type: 'text' }>>) => {
  const t = useT(packFormVi, packFormEn)
  const { root, change, readOnly } = useTarget()
  const value = valueAt(root, path)
  const set = (language: 'vi' | 'en') => (text: string): Promise<boolean> => {
    const next = { vi: textAt(root, [...path, 'vi']), en: textAt(root, [...path, 'en']), [language]: text }
    if (spec.optional === true && next.vi === '' && next.en === '') change(path, undefined)
    else if (value === undefined) change(path, next)
    else change([...path, language], text)
    return done()
  }
  return (
    <FieldCell>
      <div className={classes.pair}>
        {(['vi', 'en'] as const).map((language) => (
          <ProseField key={language} {...(within === '' ? {} : { name: `${label(within, t(spec.label))} (${t(language)})` })} label={`${t(spec.label)} (${t(language)})`} minRows={spec.lines ?? 1} readOnly={readOnly} value={textAt(root, [...path, language])} onCommit={set(language)} />
        ))}
      </div>
    </FieldCell>
  )
}

const NumberLine = ({ spec, path, within }: Props) => {
  const t = useT(packFormVi, packFormEn)
  const { language } = useLanguage()
  const { root, change, readOnly } = useTarget()
  const value = valueAt(root, path)
  const commit = (text: string): Promise<boolean> => {
    if (text === '') {
      if (spec.type === 'openNumber') change(path, null)
      else if (spec.type === 'number' && spec.optional === true) change(path, undefined)
      else return Promise.resolve(false)
      return done()
    }
    const read = parseNumber(text, language)
    if (!read.ok) return Promise.resolve(false)
    change(path, read.value.value)
    return done()
  }
  return <LineField {...labels(within, t(spec.label))} help={spec.help === undefined ? undefined : t(spec.help)} readOnly={readOnly} value={typeof value === 'number' ? formatNumber(value, language) : ''} onCommit={commit} />
}

const KindsField = ({ spec, path }: Props) => {
  const t = useT(packFormVi, packFormEn)
  const words = useWords()
  const { root, change, readOnly } = useTarget()
  const chosen = listAt(root, path).filter((kind) => typeof kind === 'string')
  return (
    <FieldCell>
      <Checkbox.Group label={t(spec.label)} value={[...chosen]} onChange={(next) => change(path, dossierKinds.filter((kind) => next.includes(kind)))}>
        <Group gap="lg" mt={6}>{dossierKinds.map((kind) => <Checkbox key={kind} value={kind} label={words.kind(kind)} disabled={readOnly} />)}</Group>
      </Checkbox.Group>
    </FieldCell>
  )
}

const SetField = ({ spec, path, within }: Props<Extract<FieldSpec, { type: 'set' }>>) => {
  const t = useT(packFormVi, packFormEn)
  const { root, change, readOnly } = useTarget()
  const chosen = listAt(root, path).filter((one) => typeof one === 'string')
  const put = (next: readonly string[]): void => {
    const kept = spec.choices.map(({ value }) => value).filter((value) => next.includes(value))
    change(path, kept.length === 0 ? undefined : kept)
  }
  return (
    <FieldCell>
      <Checkbox.Group label={t(spec.label)} aria-label={label(within, t(spec.label))} value={[...chosen]} onChange={put}>
        <Group gap="lg" mt={6}>{spec.choices.map(({ value, label: word }) => <Checkbox key={value} value={value} label={t(word)} disabled={readOnly} />)}</Group>
      </Checkbox.Group>
    </FieldCell>
  )
}

const numbersIn = (text: string): Readonly<Record<string, number>> | null => {
  const lines = text.split('\n').map((one) => one.trim()).filter((one) => one !== '')
  const pairs = lines.map((one) => /^([^=]{1,40})=\s*(-?\d+(?:[.,]\d+)?)$/.exec(one))
  if (pairs.some((pair) => pair === null)) return null
  return Object.fromEntries(pairs.map((pair) => [(pair?.[1] ?? '').trim(), Number((pair?.[2] ?? '').replace(',', '.'))]))
}

/** Some numbers by name, a line each. */
const RecordField = ({ spec, path, within }: Props) => {
  const t = useT(packFormVi, packFormEn)
  const { root, change, readOnly } = useTarget()
  const value = valueAt(root, path)
  const text = typeof value === 'object' && value !== null ? Object.entries(value).map(([name, least]) => `${name} = ${String(least)}`).join('\n') : ''
  return (
    <FieldCell>
      <ProseField
        {...labels(within, t(spec.label))} help={spec.help === undefined ? undefined : t(spec.help)} minRows={1} readOnly={readOnly} value={text}
        onCommit={(typed) => {
          const read = numbersIn(typed)
          if (read === null) return Promise.resolve(false)
          change(path, Object.keys(read).length === 0 ? undefined : read)
          return done()
        }}
      />
    </FieldCell>
  )
}

const QuestionChoice = ({ spec, path, within }: Props) => {
  const t = useT(packFormVi, packFormEn)
  const { root, pack, change, readOnly } = useTarget()
  const choices = [{ value: '', label: t('none') }, ...(pack?.use === 'checklist' ? questionsOf(pack) : []).map(({ id, label: own, text }) => ({ value: id, label: `${own}. ${text.vi}`.slice(0, 90) }))]
  return <ChoiceField {...labels(within, t(spec.label))} readOnly={readOnly} value={textAt(root, path)} choices={choices} onCommit={(value) => { change(path, value === '' ? undefined : value); return done() }} />
}

const GroupField = ({ spec, path, within }: Props<Extract<FieldSpec, { type: 'group' }>>) => {
  const t = useT(packFormVi, packFormEn)
  const { root, change, readOnly } = useTarget()
  const value = valueAt(root, path)
  const there = value !== undefined && value !== null
  const { optional } = spec
  return (
    <FieldCell>
      {optional !== undefined && <Checkbox mb={there ? 'sm' : 0} label={t(spec.label)} checked={there} disabled={readOnly} onChange={(event) => change(path, event.currentTarget.checked ? optional() : spec.absent)} />}
      {there && <Fieldset {...(optional === undefined ? { legend: t(spec.label) } : { 'aria-label': t(spec.label) })}><Fields fields={spec.fields} path={path} within={within} /></Fieldset>}
    </FieldCell>
  )
}

/** Entries one below the other: add, move, remove, all of it undone by the editor's undo. */
const ListField = ({ spec, path, within }: Props<Extract<FieldSpec, { type: 'list' }>>) => {
  const t = useT(packFormVi, packFormEn)
  const common = useT(commonVi, commonEn)
  const toast = useToast()
  const { root, change, readOnly } = useTarget()
  const entries = listAt(root, path)
  const put = (next: readonly unknown[]): void => change(path, next.length === 0 && spec.optional === true ? undefined : next)
  const remove = (index: number, name: string): void => {
    put(entries.filter((_, other) => other !== index))
    toast({ text: t('removed', { name }), action: { label: common('undo'), run: () => change(path, entries) } })
  }
  return (
    <FieldCell>
      <Fieldset legend={t(spec.label)}>
        {spec.help !== undefined && <Text size="xs" c="dimmed" mb="xs">{t(spec.help)}</Text>}
        <Stack gap="sm">
          {entries.map((entry, index) => {
            const name = `${t(spec.entry)} ${index + 1}`
            return (
              // Entries have no lasting name of their own: their place is what the person sees.
              <div key={`${index}/${entries.length}`} className={classes.entry} role="group" aria-label={label(within, name)}>
                <div className={classes.entryHead}>
                  <Text size="sm" fw={560}>{name}</Text>
                  {!readOnly && (
                    <Group gap={2}>
                      <Tooltip label={t('up')}><ActionIcon variant="subtle" color="gray" aria-label={`${t('up')}: ${label(within, name)}`} disabled={index === 0} onClick={() => put(moved(entries, index, -1))}><IconArrowUp size={16} aria-hidden /></ActionIcon></Tooltip>
                      <Tooltip label={t('down')}><ActionIcon variant="subtle" color="gray" aria-label={`${t('down')}: ${label(within, name)}`} disabled={index === entries.length - 1} onClick={() => put(moved(entries, index, 1))}><IconArrowDown size={16} aria-hidden /></ActionIcon></Tooltip>
                      <Tooltip label={common('remove')}><ActionIcon variant="subtle" color="gray" aria-label={`${common('remove')}: ${label(within, name)}`} onClick={() => remove(index, name)}><IconTrash size={16} aria-hidden /></ActionIcon></Tooltip>
                    </Group>
                  )}
                </div>
                <Fields fields={spec.fields(entry)} path={[...path, index]} within={within === '' ? name : `${name}, ${within}`} />
              </div>
            )
          })}
          {!readOnly && <Button variant="light" size="compact-md" className={classes.add ?? ''} leftSection={<IconPlus size={16} aria-hidden />} onClick={() => put([...entries, spec.blank(entries.length)])}>{t(spec.add)}</Button>}
        </Stack>
      </Fieldset>
    </FieldCell>
  )
}

/** Sentences in both languages: each entry is the pair itself. */
const TextsField = ({ spec, path, within }: Props) => (
  <ListField
    spec={{ key: spec.key, label: spec.label, type: 'list', fields: () => [{ key: '', label: 'text', type: 'text', lines: 1 }], blank: () => ({ vi: '', en: '' }), add: 'addText', entry: 'textEntry' }}
    path={path}
    within={within}
  />
)

const Field = ({ spec, path, within }: Props) => {
  const t = useT(packFormVi, packFormEn)
  const { root, change, readOnly } = useTarget()
  const own = label(within, t(spec.label))
  const help = spec.help === undefined ? undefined : t(spec.help)
  switch (spec.type) {
    case 'text':
      return <TextPair spec={spec} path={path} within={within} />
    case 'line':
      return <LineField {...labels(within, t(spec.label))} help={help} readOnly={readOnly} value={textAt(root, path)} onCommit={(value) => { change(path, value === '' && spec.optional === true ? undefined : value); return done() }} />
    case 'number':
    case 'openNumber':
      return <NumberLine spec={spec} path={path} within={within} />
    case 'date':
      return <DateField {...labels(within, t(spec.label))} readOnly={readOnly} value={textAt(root, path)} onCommit={(value) => { change(path, value); return done() }} />
    case 'flag':
    case 'optionalFlag':
      return <Checkbox label={t(spec.label)} {...(within === '' ? {} : { 'aria-label': own })} disabled={readOnly} checked={valueAt(root, path) === true} onChange={(event) => change(path, event.currentTarget.checked ? true : spec.type === 'flag' ? false : undefined)} />
    case 'choice': {
      const choices = [...(spec.optional === true ? [{ value: '', label: t('notChosen') }] : []), ...spec.choices.map(({ value, label: word }) => ({ value, label: t(word) }))]
      return (
        <ChoiceField
          {...labels(within, t(spec.label))} readOnly={readOnly} value={textAt(root, path)} choices={choices}
          onCommit={(value) => {
            if (spec.becomes !== undefined) change(path.slice(0, -1), spec.becomes(valueAt(root, path.slice(0, -1)), value))
            else change(path, value === '' ? undefined : value)
            return done()
          }}
        />
      )
    }
    case 'formula':
      return <FormulaField {...labels(within, t(spec.label))} path={path} />
    case 'basis':
      return <BasisField label={own} path={path} />
    case 'condition':
      return <ConditionField label={own} path={path} />
    case 'kinds':
      return <KindsField spec={spec} path={path} within={within} />
    case 'set':
      return <SetField spec={spec} path={path} within={within} />
    case 'record':
      return <RecordField spec={spec} path={path} within={within} />
    case 'question':
      return <QuestionChoice spec={spec} path={path} within={within} />
    case 'group':
      return <GroupField spec={spec} path={path} within={within} />
    case 'texts':
      return <TextsField spec={spec} path={path} within={within} />
    case 'list':
      return <ListField spec={spec} path={path} within={within} />
  }
}

/** The fields of one part of a draft. */
export const Fields = ({ fields, path, within = '' }: { readonly fields: readonly FieldSpec[]; readonly path: Path; readonly within?: string }) => (
  <FieldGrid columns={3}>
    {fields.map((spec) => <Field key={spec.key} spec={spec} path={spec.key === '' ? path : [...path, spec.key]} within={within} />)}
  </FieldGrid>
)
