import { Text, Title } from '@mantine/core'
import { useDeferredValue, useMemo } from 'react'
import { valuationUncertaintyEn } from '../../../shared/i18n/en/valuation-uncertainty.ts'
import { valuationUncertaintyVi } from '../../../shared/i18n/vi/valuation-uncertainty.ts'
import type { Text as Words } from '../../../shared/kernel/fault-shape.ts'
import { formatPercent } from '../../../shared/kernel/number-text.ts'
import { tornadoChart } from '../../../shared/report/uncertainty-charts.ts'
import type { MethodSheet, Uncertainty } from '../../../shared/schema/dossier.ts'
import type { InputSpec } from '../../../shared/valuation/figure.ts'
import { noteText } from '../../../shared/valuation/reasons.ts'
import { sheetBreakEven, sheetTornado, sheetTwoWay } from '../../../shared/valuation/uncertainty/sensitivity.ts'
import type { SheetModel } from '../../../shared/valuation/uncertainty/sheet-model.ts'
import { ChartView } from '../../charts/ChartView.tsx'
import { ChoiceField } from '../../ui/fields/ChoiceField.tsx'
import { FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useDossier } from '../../ui/store-context.tsx'
import { NumberField } from './NumberField.tsx'
import classes from './Uncertainty.module.css'
import { shownValue } from './units.ts'
import { useMoneyUnit } from '../../ui/use-money-unit.ts'
import { movedUnit, useInputWords } from './use-uncertainty.ts'
import screen from './ValuationScreen.module.css'

interface Props {
  readonly sheet: MethodSheet
  readonly name: Words
  readonly model: SheetModel
  readonly settings: Uncertainty
  readonly movable: readonly InputSpec[]
  readonly readOnly: boolean
  readonly onSet: (make: (now: Uncertainty) => Uncertainty) => Promise<boolean>
}

/** Tornado, two-way table and break-even of a sheet; recomputed while the settings change, behind the typing. */
export const SensitivityPanel = (props: Props) => {
  const t = useT(valuationUncertaintyVi, valuationUncertaintyEn)
  return (
    <>
      {Object.keys(props.settings.inputs).length > 0 && (
        <section className={classes.part} aria-label={t('tornado')}>
          <Title order={4}>{t('tornado')}</Title>
          <Text size="sm" c="dimmed" mb="xs">{t('tornadoLead')}</Text>
          <TornadoPart {...props} />
        </section>
      )}
      <section className={classes.part} aria-label={t('twoWay')}>
        <Title order={4}>{t('twoWay')}</Title>
        <Text size="sm" c="dimmed" mb="xs">{t('twoWayLead')}</Text>
        <TwoWayPart {...props} />
      </section>
      <section className={classes.part} aria-label={t('breakEven')}>
        <Title order={4}>{t('breakEven')}</Title>
        <Text size="sm" c="dimmed" mb="xs">{t('breakEvenLead')}</Text>
        <BreakEvenPart {...props} />
      </section>
    </>
  )
}

const TornadoPart = ({ sheet, name, model, settings, movable }: Props) => {
  const t = useT(valuationUncertaintyVi, valuationUncertaintyEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { nameOf } = useInputWords(sheet)
  const { currency, moneyScale } = useDossier().state.profile
  const inputs = useDeferredValue(settings.inputs)
  const moved = useDeferredValue(model)
  const found = useMemo(() => sheetTornado(moved, { inputs }), [moved, inputs])
  const chart = useMemo(() => {
    const label = (key: string): Words => movable.find((spec) => spec.key === key)?.label ?? { vi: key, en: key }
    return found.ok ? tornadoChart(sheet.id, name, found.value, label, { currency, moneyScale }) : null
  }, [found, sheet.id, name, movable, currency, moneyScale])
  if (!found.ok) return <Notice tone="info">{pick(noteText(found.reason))}</Notice>
  return (
    <>
      {chart !== null && <ChartView model={chart} />}
      <table className={screen.table}>
        <thead><tr><th scope="col">{t('input')}</th><th scope="col" className={screen.number}>{t('lowValue')}</th><th scope="col" className={screen.number}>{t('highValue')}</th><th scope="col" className={screen.number}>{t('shareOf')}</th></tr></thead>
        <tbody>
          {found.value.bars.map((bar, k) => (
            <tr key={bar.name}>
              <td>{nameOf(bar.name)}</td>
              <td className={screen.number}>{shownValue(bar.low, 'money', language)}</td>
              <td className={screen.number}>{shownValue(bar.high, 'money', language)}</td>
              <td className={screen.number}>{formatPercent(found.value.varianceShares[k] ?? 0, language, { maxDecimals: 1 })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.value.leftOut.length > 0 && <Text size="sm" c="dimmed" mt="xs">{t('leftOut', { names: found.value.leftOut.map(nameOf).join('; ') })}</Text>}
    </>
  )
}

const TwoWayPart = ({ sheet, model, settings, movable, readOnly, onSet }: Props) => {
  const t = useT(valuationUncertaintyVi, valuationUncertaintyEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { nameOf } = useInputWords(sheet)
  const { twoWay } = settings
  const moved = useDeferredValue(model)
  const found = useMemo(() => (twoWay === null ? null : sheetTwoWay(moved, twoWay)), [moved, twoWay])
  const named = movable.map(({ key }) => ({ value: key, label: nameOf(key) }))
  const level = (key: string, value: number): string => {
    const spec = movable.find((one) => one.key === key)
    return spec === undefined ? '' : spec.type === 'series' ? `× ${shownValue(value, 'none', language)}` : shownValue(value, movedUnit(spec), language)
  }
  const choose = (side: 'rows' | 'columns', key: string): Promise<boolean> => onSet((now) => {
    if (key === '') return { ...now, twoWay: null }
    const other = (side === 'rows' ? now.twoWay?.columns : now.twoWay?.rows) ?? ''
    const partner = other !== '' && other !== key ? other : (movable.find((spec) => spec.key !== key)?.key ?? '')
    return partner === '' ? now : { ...now, twoWay: { rows: side === 'rows' ? key : partner, columns: side === 'rows' ? partner : key, share: now.twoWay?.share ?? 0.2 } }
  })
  return (
    <>
      <FieldGrid columns={3}>
        <ChoiceField label={t('twoWayRows')} readOnly={readOnly} value={twoWay?.rows ?? ''} choices={[{ value: '', label: t('notUsed') }, ...named]} onCommit={(key) => choose('rows', key)} />
        <ChoiceField label={t('twoWayColumns')} readOnly={readOnly} value={twoWay?.columns ?? ''} choices={[{ value: '', label: t('notUsed') }, ...named]} onCommit={(key) => choose('columns', key)} />
        {twoWay !== null && <NumberField label={t('twoWayShare')} unit="fraction" suffix="%" min={0.001} max={1} readOnly={readOnly} value={twoWay.share} onCommit={(share) => onSet((now) => (now.twoWay === null || share === null ? now : { ...now, twoWay: { ...now.twoWay, share } }))} />}
      </FieldGrid>
      {found !== null && !found.ok && <div className={classes.note}><Notice tone="info">{pick(noteText(found.reason))}</Notice></div>}
      {found !== null && found.ok && (
        <table className={screen.table}>
          <thead>
            <tr>
              <th scope="col">{`${nameOf(found.value.rows.key)} ↓ · ${nameOf(found.value.columns.key)} →`}</th>
              {found.value.columns.levels.map((value, k) => <th key={k} scope="col" className={screen.number}>{level(found.value.columns.key, value)}</th>)}
            </tr>
          </thead>
          <tbody>
            {found.value.rows.levels.map((value, i) => (
              <tr key={i}>
                <th scope="row">{level(found.value.rows.key, value)}</th>
                {found.value.cells[i]?.map((cell, k) => <td key={k} className={screen.number}>{i === 2 && k === 2 ? <strong>{shownValue(cell, 'money', language)}</strong> : shownValue(cell, 'money', language)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

const BreakEvenPart = ({ sheet, model, settings, movable, readOnly, onSet }: Props) => {
  const t = useT(valuationUncertaintyVi, valuationUncertaintyEn)
  const { language } = useLanguage()
  const { nameOf, suffixOf } = useInputWords(sheet)
  const money = useMoneyUnit()
  const { breakEven } = settings
  const moved = useDeferredValue(model)
  const found = useMemo(() => (breakEven === null ? null : sheetBreakEven(moved, breakEven)), [moved, breakEven])
  const spec = movable.find((one) => one.key === breakEven?.input)
  const unit = spec === undefined ? 'none' : movedUnit(spec)
  const suffix = spec === undefined ? '' : suffixOf(spec)
  const set = (patch: Partial<NonNullable<Uncertainty['breakEven']>>): Promise<boolean> => onSet((now) => (now.breakEven === null ? now : { ...now, breakEven: { ...now.breakEven, ...patch } }))
  const level = (value: number): string => (spec?.type === 'series' ? t('times', { value: shownValue(value, 'none', language) }) : `${shownValue(value, unit, language)}${unit === 'money' || unit === 'years' ? ` ${suffix}` : ''}`)
  return (
    <>
      <FieldGrid columns={2}>
        <ChoiceField
          label={t('breakEvenInput')}
          readOnly={readOnly}
          value={breakEven?.input ?? ''}
          choices={[{ value: '', label: t('notUsed') }, ...movable.map(({ key }) => ({ value: key, label: nameOf(key) }))]}
          onCommit={(key) => onSet((now) => ({ ...now, breakEven: key === '' ? null : { input: key, target: now.breakEven?.target ?? null, low: null, high: null } }))}
        />
        {breakEven !== null && <NumberField label={t('target')} unit="money" suffix={money} readOnly={readOnly} value={breakEven.target} onCommit={(target) => set({ target })} />}
        {breakEven !== null && <NumberField label={t('low')} unit={unit} suffix={suffix} readOnly={readOnly} value={breakEven.low} onCommit={(low) => set({ low })} />}
        {breakEven !== null && <NumberField label={t('high')} unit={unit} suffix={suffix} readOnly={readOnly} value={breakEven.high} onCommit={(high) => set({ high })} />}
      </FieldGrid>
      {found !== null && breakEven !== null && (
        <div className={classes.note}>
          <Notice tone={found.root.ok ? 'good' : 'info'}>
            {found.root.ok ? t('breakEvenFound', { name: nameOf(breakEven.input), value: level(found.root.value) }) : t('breakEvenNone')}
            {!found.root.ok && found.maximumReachable !== null && <div>{t('breakEvenMost', { value: `${shownValue(found.maximumReachable, 'money', language)} ${money}` })}</div>}
          </Notice>
        </div>
      )}
    </>
  )
}
