import { ActionIcon, Button, Group, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { valuationUncertaintyEn } from '../../../shared/i18n/en/valuation-uncertainty.ts'
import { valuationUncertaintyVi } from '../../../shared/i18n/vi/valuation-uncertainty.ts'
import type { MethodSheet, UncertainInput, Uncertainty } from '../../../shared/schema/dossier.ts'
import { distributionKinds } from '../../../shared/schema/dossier.ts'
import type { InputSpec } from '../../../shared/valuation/figure.ts'
import { fixedValue, prepareDistribution } from '../../../shared/valuation/simulation/distribution.ts'
import { distributionOf, emptyUncertainInput, parametersOf } from '../../../shared/valuation/uncertainty/distribution-of.ts'
import { ChoiceField } from '../../ui/fields/ChoiceField.tsx'
import { FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { LineField } from '../../ui/fields/LineField.tsx'
import { ProseField } from '../../ui/fields/ProseField.tsx'
import { useFaultText, useLanguage, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { NumberField } from './NumberField.tsx'
import classes from './Uncertainty.module.css'
import { shownValue } from './units.ts'
import { movedUnit, useInputWords } from './use-uncertainty.ts'

interface Props {
  readonly sheet: MethodSheet
  readonly settings: Uncertainty
  /** Inputs that can be moved. */
  readonly movable: readonly InputSpec[]
  readonly readOnly: boolean
  readonly onSet: (make: (now: Uncertainty) => Uncertainty) => Promise<boolean>
}

const without = (now: Uncertainty, key: string): Uncertainty => ({
  ...now,
  inputs: Object.fromEntries(Object.entries(now.inputs).filter(([name]) => name !== key)),
  correlations: now.correlations.filter(({ a, b }) => a !== key && b !== key),
})

/** The uncertain inputs of a sheet, each with its distribution, source and reason. */
export const UncertainInputs = ({ sheet, settings, movable, readOnly, onSet }: Props) => {
  const t = useT(valuationUncertaintyVi, valuationUncertaintyEn)
  const { nameOf } = useInputWords(sheet)
  const chosen = Object.keys(settings.inputs)
  const left = movable.filter(({ key }) => !chosen.includes(key))
  const specOf = (key: string): InputSpec | undefined => movable.find((spec) => spec.key === key)
  const setInput = (key: string, patch: Partial<UncertainInput>): Promise<boolean> =>
    onSet((now) => ({ ...now, inputs: { ...now.inputs, [key]: { ...(now.inputs[key] ?? emptyUncertainInput('pert')), ...patch } } }))
  return (
    <>
      {chosen.length === 0 && <Text size="sm" c="dimmed">{t('noInputs')}</Text>}
      {chosen.map((key) => {
        const input = settings.inputs[key]
        return input === undefined ? null : (
          <OneInput
            key={key} sheet={sheet} name={nameOf(key)} spec={specOf(key)} input={input} readOnly={readOnly}
            onChange={(patch) => setInput(key, patch)} onRemove={() => void onSet((now) => without(now, key))}
          />
        )
      })}
      {!readOnly && left.length > 0 && (
        <ChoiceField
          label={t('addInput')}
          value=""
          choices={[{ value: '', label: t('chooseInput') }, ...left.map(({ key }) => ({ value: key, label: nameOf(key) }))]}
          onCommit={(key) => (key === '' ? Promise.resolve(true) : setInput(key, {}))}
        />
      )}
    </>
  )
}

interface OneProps {
  readonly sheet: MethodSheet
  readonly name: string
  /** Undefined when the input is no longer given: its distribution then waits. */
  readonly spec: InputSpec | undefined
  readonly input: UncertainInput
  readonly readOnly: boolean
  readonly onChange: (patch: Partial<UncertainInput>) => Promise<boolean>
  readonly onRemove: () => void
}

const OneInput = ({ sheet, name, spec, input, readOnly, onChange, onRemove }: OneProps) => {
  const t = useT(valuationUncertaintyVi, valuationUncertaintyEn)
  const faultText = useFaultText()
  const { language } = useLanguage()
  const { suffixOf } = useInputWords(sheet)
  const unit = spec === undefined ? 'none' : movedUnit(spec)
  const suffix = spec === undefined ? '' : suffixOf(spec)
  const entered = spec === undefined ? null : sheet.inputs[spec.key]?.value
  const distribution = distributionOf(input)
  const prepared = distribution.ok && fixedValue(distribution.value) === null ? prepareDistribution(distribution.value) : null
  const setPoint = (k: number, patch: Partial<UncertainInput['points'][number]>): Promise<boolean> => onChange({ points: input.points.map((point, i) => (i === k ? { ...point, ...patch } : point)) })
  return (
    <section className={classes.input} aria-label={name}>
      <div className={classes.head}>
        <div>
          <Text fw={560} span>{name}</Text>
          <Text size="sm" c="dimmed" span>{` · ${typeof entered === 'number' ? t('entered', { value: `${shownValue(entered, unit, language)}${unit === 'money' ? ` ${suffix}` : ''}` }) : t('seriesFactor')}`}</Text>
        </div>
        {!readOnly && <ActionIcon variant="subtle" color="gray" aria-label={t('removeInput', { name })} onClick={onRemove}><IconX size={16} aria-hidden /></ActionIcon>}
      </div>
      <div className={classes.parameters}>
        <ChoiceField label={t('kind')} readOnly={readOnly} value={input.kind} choices={distributionKinds.map((kind) => ({ value: kind, label: t(kind) }))} onCommit={(kind) => onChange({ kind })} />
        {parametersOf[input.kind].map((parameter) => (
          <NumberField key={parameter} label={t(parameter)} unit={unit} suffix={suffix} readOnly={readOnly} value={input[parameter]} onCommit={(value) => onChange({ [parameter]: value })} />
        ))}
      </div>
      {input.kind === 'discrete' && (
        <>
          {input.points.map((point, k) => (
            // Points have no names of their own: their place is what they are.
            <Group key={k} gap="sm" mt="xs" grow>
              <NumberField label={t('point', { n: k + 1 })} unit={unit} suffix={suffix} readOnly={readOnly} value={point.value} onCommit={(value) => setPoint(k, { value })} />
              <NumberField label={t('probability', { n: k + 1 })} unit="fraction" suffix="%" min={0} max={1} readOnly={readOnly} value={point.probability} onCommit={(probability) => setPoint(k, { probability })} />
            </Group>
          ))}
          {!readOnly && (
            <Group gap="xs" mt="xs">
              <Button variant="subtle" size="compact-sm" disabled={input.points.length >= 50} onClick={() => void onChange({ points: [...input.points, { value: null, probability: null }] })}>{t('addPoint')}</Button>
              {input.points.length > 0 && <Button variant="subtle" color="gray" size="compact-sm" onClick={() => void onChange({ points: input.points.slice(0, -1) })}>{t('removePoint')}</Button>}
            </Group>
          )}
        </>
      )}
      {prepared !== null && !prepared.ok && <div className={classes.note}><Notice tone="warn">{faultText(prepared.fault)}</Notice></div>}
      <div className={classes.note}>
        <FieldGrid columns={2}>
          <LineField label={t('source')} readOnly={readOnly} value={input.source} onCommit={(source) => onChange({ source })} />
          <ProseField label={t('reason')} minRows={1} readOnly={readOnly} value={input.reason} onCommit={(reason) => onChange({ reason })} />
        </FieldGrid>
      </div>
    </section>
  )
}
