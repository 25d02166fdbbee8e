import { Checkbox, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { valuationEn } from '../../../shared/i18n/en/valuation.ts'
import { valuationTableEn } from '../../../shared/i18n/en/valuation-table.ts'
import { valuationVi } from '../../../shared/i18n/vi/valuation.ts'
import { valuationTableVi } from '../../../shared/i18n/vi/valuation-table.ts'
import type { Datum } from '../../../shared/schema/base.ts'
import type { InputSpec } from '../../../shared/valuation/figure.ts'
import { isAsked } from '../../../shared/valuation/methods/kit.ts'
import { ChoiceField } from '../../ui/fields/ChoiceField.tsx'
import { DateField } from '../../ui/fields/DateField.tsx'
import { FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { useSourceFacts } from '../../ui/store-context.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useMoneyUnit } from '../../ui/use-money-unit.ts'
import { ForecastTable } from './ForecastTable.tsx'
import type { DatumPatch } from './ForecastTable.tsx'
import { InputName } from './InputName.tsx'
import { NumberField } from './NumberField.tsx'
import { SourceButton } from './SourceButton.tsx'
import { tablesOf } from './tables.ts'
import { TermHelp } from './TermHelp.tsx'
import { shownValue } from './units.ts'

const emptyDatum: Datum = { value: null, unit: '', source: '', date: '', reason: '', evidence: [] }

/** An input after a change; null when nothing is left of it. */
export const patchedDatum = (now: Datum | undefined, patch: DatumPatch): Datum | null => {
  const before = now ?? emptyDatum
  const next: Datum = { ...before, ...(typeof patch === 'function' ? patch(before) : patch) }
  const bare = next.value === null && next.source === '' && next.date === '' && next.reason === '' && next.evidence.length === 0
  return bare ? null : next
}

interface Props {
  /** Id of the sheet or of the supporting computation: the places of its fields begin with it. */
  readonly id: string
  readonly specs: readonly InputSpec[]
  readonly inputs: Readonly<Record<string, Datum>>
  readonly lead: string
  readonly actions?: ReactNode
  readonly readOnly: boolean
  readonly onDatum: (key: string, patch: DatumPatch) => Promise<boolean>
  /** Several inputs in one step of the log: one undo takes all of them back. */
  readonly onData: (patches: Readonly<Record<string, DatumPatch>>) => Promise<boolean>
  /** What stands under a number, or in the head of a table for its series. */
  readonly beside: (spec: InputSpec) => ReactNode
}

/** Inputs as a guided form: help, published ranges, source and terms beside each; series in their tables. */
export const InputsForm = ({ id, specs, inputs, lead, actions, readOnly, onDatum, onData, beside }: Props) => {
  const t = useT(valuationVi, valuationEn)
  const tt = useT(valuationTableVi, valuationTableEn)
  const pick = usePick()
  const sourceFacts = useSourceFacts()
  const { language } = useLanguage()
  const money = useMoneyUnit()

  const suffixOf = (spec: InputSpec): string =>
    spec.unit === 'fraction' || spec.unit === 'percent' ? t('percentUnit') : spec.unit === 'years' ? t('yearsUnit') : spec.unit === 'money' ? money : ''
  const datumOf = (key: string): Datum => inputs[key] ?? emptyDatum

  const values = Object.fromEntries(Object.entries(inputs).map(([key, datum]) => [key, datum.value]))
  const shown = specs.filter((spec) => isAsked(spec, values))
  const tables = tablesOf(shown)
  const single = shown.filter((spec) => spec.type !== 'series')

  const field = (spec: InputSpec): ReactNode => {
    const datum = datumOf(spec.key)
    const name = pick(spec.label)
    const place = `${id}.${spec.key}`
    const text = typeof datum.value === 'string' ? datum.value : ''
    if (spec.type === 'choice' || spec.type === 'date')
      return (
        <Stack key={spec.key} gap={4}>
          {spec.type === 'date' ? (
            <DateField label={name} help={sourceFacts(pick(spec.help))} required={spec.required} readOnly={readOnly} anchor={place} value={text} onCommit={(value) => onDatum(spec.key, { value: value === '' ? null : value })} />
          ) : (
            <ChoiceField
              label={name}
              help={sourceFacts(pick(spec.help))}
              required={spec.required}
              readOnly={readOnly}
              anchor={place}
              value={text}
              choices={[{ value: '', label: t('notChosen') }, ...(spec.choices ?? []).map((choice) => ({ value: choice.value, label: pick(choice.label) }))]}
              onCommit={(value) => onDatum(spec.key, { value: value === '' ? null : value })}
            />
          )}
          <Group gap="xs" justify={datum.value === null ? 'flex-end' : 'space-between'} wrap="nowrap">
            {datum.value !== null && <SourceButton name={name} datum={datum} readOnly={readOnly} dated={spec.type === 'date'} onChange={(patch) => onDatum(spec.key, patch)} />}
            <TermHelp spec={spec} />
          </Group>
        </Stack>
      )
    if (spec.type === 'flag')
      return (
        <Group key={spec.key} gap="xs" align="flex-start" justify="space-between" wrap="nowrap">
          <Checkbox
            label={name}
            description={sourceFacts(pick(spec.help))}
            disabled={readOnly}
            data-at={place}
            checked={datum.value === 'yes'}
            onChange={(event) => void onDatum(spec.key, { value: event.currentTarget.checked ? 'yes' : null })}
          />
          <TermHelp spec={spec} />
        </Group>
      )
    const value = typeof datum.value === 'number' ? datum.value : null
    const outside = value !== null && spec.range !== undefined && (value < spec.range.low || value > spec.range.high)
    return (
      <Stack key={spec.key} gap={4}>
        <NumberField
          label={name}
          shownLabel={<InputName spec={spec} />}
          help={sourceFacts(pick(spec.help))}
          unit={spec.unit}
          suffix={suffixOf(spec)}
          required={spec.required}
          readOnly={readOnly}
          min={spec.min}
          max={spec.max}
          anchor={place}
          value={value}
          onCommit={(next) => onDatum(spec.key, { value: next })}
        />
        {spec.range !== undefined && value !== null && (
          <Text size="xs" c={outside ? 'var(--lg-warn)' : 'dimmed'}>
            {t(outside ? 'rangeOutside' : 'rangeCheck', { low: shownValue(spec.range.low, spec.unit, language), high: shownValue(spec.range.high, spec.unit, language), citation: pick(spec.range.citation) })}
          </Text>
        )}
        <Group gap="xs" justify="space-between" wrap="nowrap">
          <SourceButton name={name} datum={datum} readOnly={readOnly} onChange={(patch) => onDatum(spec.key, patch)} />
          <TermHelp spec={spec} />
        </Group>
        {beside(spec)}
      </Stack>
    )
  }

  return (
    <>
      {single.length > 0 && <Panel title={t('inputs')} lead={lead} actions={actions}><FieldGrid>{single.map(field)}</FieldGrid></Panel>}
      {tables.map((table, index) => (
        <Panel
          key={table.id}
          title={table.rows === null ? t('forecast') : tt('tableOf', { what: pick(table.rows) })}
          {...(readOnly ? {} : { lead: tt('tableLead') })}
          actions={table.specs.map((spec) => beside(spec))}
        >
          <ForecastTable specs={table.specs} rowKind={table.rows} prefix={index === 0 ? '' : `${table.id}:`} datumOf={datumOf} suffixOf={suffixOf} readOnly={readOnly} onDatum={onDatum} onData={onData} />
        </Panel>
      ))}
    </>
  )
}
