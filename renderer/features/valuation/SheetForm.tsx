import { Checkbox, Group, Stack, Text } from '@mantine/core'
import { useCallback } from 'react'
import { valuationEn } from '../../../shared/i18n/en/valuation.ts'
import { valuationTableEn } from '../../../shared/i18n/en/valuation-table.ts'
import { valuationVi } from '../../../shared/i18n/vi/valuation.ts'
import { valuationTableVi } from '../../../shared/i18n/vi/valuation-table.ts'
import type { Datum } from '../../../shared/schema/base.ts'
import type { DossierState, MethodSheet } from '../../../shared/schema/dossier.ts'
import type { InputSpec, MethodSpec } from '../../../shared/valuation/figure.ts'
import { isAsked } from '../../../shared/valuation/methods/kit.ts'
import { ChoiceField } from '../../ui/fields/ChoiceField.tsx'
import { FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useDossier } from '../../ui/store-context.tsx'
import { ForecastTable } from './ForecastTable.tsx'
import type { DatumPatch } from './ForecastTable.tsx'
import { ImportButton } from './import/ImportButton.tsx'
import { InputName } from './InputName.tsx'
import { NumberField } from './NumberField.tsx'
import { SourceButton } from './SourceButton.tsx'
import { tablesOf } from './tables.ts'
import { TermHelp } from './TermHelp.tsx'
import { shownValue } from './units.ts'
import { useMoneyUnit } from '../../ui/use-money-unit.ts'

const emptyDatum: Datum = { value: null, unit: '', source: '', date: '', reason: '', evidence: [] }

/** An input after a change; null when nothing is left of it. */
const patched = (state: DossierState, sheet: string, key: string, patch: DatumPatch): Datum | null => {
  const now = state.valuation.sheets[sheet]?.inputs[key] ?? emptyDatum
  const next: Datum = { ...now, ...(typeof patch === 'function' ? patch(now) : patch) }
  const bare = next.value === null && next.source === '' && next.date === '' && next.reason === '' && next.evidence.length === 0
  return bare ? null : next
}

/** The inputs of one method as a guided form; every number with its source. */
export const SheetForm = ({ sheet, method }: { readonly sheet: MethodSheet; readonly method: MethodSpec }) => {
  const t = useT(valuationVi, valuationEn)
  const tt = useT(valuationTableVi, valuationTableEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { editable, run } = useDossier()
  const money = useMoneyUnit()

  const suffixOf = (spec: InputSpec): string =>
    spec.unit === 'fraction' || spec.unit === 'percent' ? t('percentUnit') : spec.unit === 'years' ? t('yearsUnit') : spec.unit === 'money' ? money : ''
  const datumOf = (key: string): Datum => sheet.inputs[key] ?? emptyDatum
  // Built on the dossier as it stands when the change is made: two cells left one after the other must not undo each other.
  const onDatum = useCallback((key: string, patch: DatumPatch): Promise<boolean> => run((state) => ({ type: 'valuation.setInput', sheet: sheet.id, key, datum: patched(state, sheet.id, key, patch) })), [run, sheet.id])
  const onData = useCallback((patches: Readonly<Record<string, DatumPatch>>): Promise<boolean> => {
    const [only, ...others] = Object.entries(patches)
    if (only !== undefined && others.length === 0) return onDatum(...only)
    return run((state) => ({ type: 'valuation.setInputs', sheet: sheet.id, data: Object.fromEntries(Object.entries(patches).map(([key, patch]) => [key, patched(state, sheet.id, key, patch)])) }))
  }, [run, onDatum, sheet.id])

  const values = Object.fromEntries(Object.entries(sheet.inputs).map(([key, datum]) => [key, datum.value]))
  const shown = method.inputs.filter((spec) => isAsked(spec, values))
  const tables = tablesOf(shown)
  const single = shown.filter((spec) => spec.type !== 'series')

  return (
    <>
      <Panel title={t('inputs')} lead={t('inputsLead')} actions={<ImportButton sheet={sheet} />}>
        <FieldGrid>
          {single.map((spec) => {
            const datum = datumOf(spec.key)
            const name = pick(spec.label)
            if (spec.type === 'choice')
              return (
                <Stack key={spec.key} gap={4}>
                  <ChoiceField
                    label={name}
                    help={pick(spec.help)}
                    required={spec.required}
                    readOnly={!editable}
                    anchor={`${sheet.id}.${spec.key}`}
                    value={typeof datum.value === 'string' ? datum.value : ''}
                    choices={[{ value: '', label: t('notChosen') }, ...(spec.choices ?? []).map((choice) => ({ value: choice.value, label: pick(choice.label) }))]}
                    onCommit={(value) => onDatum(spec.key, { value: value === '' ? null : value })}
                  />
                  <Group gap="xs" justify={datum.value === null ? 'flex-end' : 'space-between'} wrap="nowrap">
                    {datum.value !== null && <SourceButton name={name} datum={datum} readOnly={!editable} onChange={(patch) => onDatum(spec.key, patch)} />}
                    <TermHelp spec={spec} />
                  </Group>
                </Stack>
              )
            if (spec.type === 'flag')
              return (
                <Group key={spec.key} gap="xs" align="flex-start" justify="space-between" wrap="nowrap">
                  <Checkbox
                    label={name}
                    description={pick(spec.help)}
                    disabled={!editable}
                    data-at={`${sheet.id}.${spec.key}`}
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
                  help={pick(spec.help)}
                  unit={spec.unit}
                  suffix={suffixOf(spec)}
                  required={spec.required}
                  readOnly={!editable}
                  min={spec.min}
                  max={spec.max}
                  anchor={`${sheet.id}.${spec.key}`}
                  value={value}
                  onCommit={(next) => onDatum(spec.key, { value: next })}
                />
                {spec.range !== undefined && value !== null && (
                  <Text size="xs" c={outside ? 'var(--lg-warn)' : 'dimmed'}>
                    {t(outside ? 'rangeOutside' : 'rangeCheck', { low: shownValue(spec.range.low, spec.unit, language), high: shownValue(spec.range.high, spec.unit, language), citation: pick(spec.range.citation) })}
                  </Text>
                )}
                <Group gap="xs" justify="space-between" wrap="nowrap">
                  <SourceButton name={name} datum={datum} readOnly={!editable} onChange={(patch) => onDatum(spec.key, patch)} />
                  <TermHelp spec={spec} />
                </Group>
              </Stack>
            )
          })}
        </FieldGrid>
      </Panel>
      {tables.map((table, index) => (
        <Panel
          key={table.id}
          title={table.rows === null ? t('forecast') : tt('tableOf', { what: pick(table.rows) })}
          {...(editable ? { lead: tt('tableLead') } : {})}
        >
          <ForecastTable specs={table.specs} rowKind={table.rows} prefix={index === 0 ? '' : `${table.id}:`} datumOf={datumOf} suffixOf={suffixOf} readOnly={!editable} onDatum={onDatum} onData={onData} />
        </Panel>
      ))}
    </>
  )
}
