import { Button, Group, Progress, Text, Title } from '@mantine/core'
import { IconChartHistogram, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { valuationUncertaintyEn } from '../../../shared/i18n/en/valuation-uncertainty.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { valuationUncertaintyVi } from '../../../shared/i18n/vi/valuation-uncertainty.ts'
import type { Text as Words } from '../../../shared/kernel/fault-shape.ts'
import { formatNumber, formatPercent } from '../../../shared/kernel/number-text.ts'
import type { MethodSheet, Uncertainty } from '../../../shared/schema/dossier.ts'
import type { Figure, MethodSpec } from '../../../shared/valuation/figure.ts'
import type { SheetModel } from '../../../shared/valuation/uncertainty/sheet-model.ts'
import { bareInputs, movableInputs } from '../../../shared/valuation/uncertainty/sheet-model.ts'
import type { SheetSummary } from '../../../shared/valuation/uncertainty/simulate-sheet.ts'
import { FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { flushDrafts } from '../../ui/drafts.ts'
import { LineField } from '../../ui/fields/LineField.tsx'
import { useLanguage, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useDossier, useStore } from '../../ui/store-context.tsx'
import { useFaultToast, useToast } from '../../ui/toasts.tsx'
import { CorrelationEditor } from './CorrelationEditor.tsx'
import { NumberField } from './NumberField.tsx'
import { SensitivityPanel } from './SensitivityPanel.tsx'
import { hireWorker, runSimulation } from './simulation-run.ts'
import type { Running } from './simulation-run.ts'
import { titleOf } from './sheet-title.ts'
import { SimulationResults } from './SimulationResults.tsx'
import { TermsHelp } from './TermHelp.tsx'
import classes from './Uncertainty.module.css'
import { UncertainInputs } from './UncertainInputs.tsx'
import { useMoneyUnit } from '../../ui/use-money-unit.ts'
import { useSetUncertainty } from './use-uncertainty.ts'

/** Results of a simulation, and what they were computed from. */
export interface Simulated {
  readonly of: string
  readonly found: SheetSummary
  readonly seed: string
}

/** Everything the numbers of a simulation depend on, as one text; results of another text are out of date. */
export const simulationKey = (sheet: MethodSheet): string => {
  const { uncertainty } = sheet
  if (uncertainty === undefined) return ''
  const { inputs, correlations, impossible, trials, seed, threshold } = uncertainty
  const shapes = Object.entries(inputs).map(([key, { kind, min, mode, max, mean, sd, points }]) => [key, kind, min, mode, max, mean, sd, points])
  return JSON.stringify([sheet.method, bareInputs(sheet.inputs), shapes, correlations, impossible, trials, seed, threshold])
}

interface Props {
  readonly sheet: MethodSheet
  readonly method: MethodSpec
  readonly figure: Figure
  readonly simulated: Simulated | undefined
  readonly onSimulated: (simulated: Simulated) => void
}

/** The uncertainty of one method's value (mức không chắc chắn): settings, simulation, sensitivity. */
export const UncertaintyPanel = ({ sheet, method, figure, simulated, onSimulated }: Props) => {
  const t = useT(valuationUncertaintyVi, valuationUncertaintyEn)
  const c = useT(commonVi, commonEn)
  const toast = useToast()
  const { editable, run } = useDossier()
  const set = useSetUncertainty(sheet.id)
  const { inputs, uncertainty, title } = sheet
  const name = useMemo(() => titleOf({ title, method: method.id }), [title, method])
  const model = useMemo((): SheetModel => ({ method, inputs: bareInputs(inputs) }), [method, inputs])
  const movable = useMemo(() => movableInputs(model), [model])
  if (uncertainty === undefined) {
    if (!editable) return null
    return (
      <Panel title={t('title')} lead={t('lead')} anchor="uncertainty">
        {figure.value === null ? <Text size="sm" c="dimmed">{t('noBase')}</Text> : <Button variant="light" leftSection={<IconChartHistogram size={16} aria-hidden />} onClick={() => void set((now) => now)}>{t('start')}</Button>}
      </Panel>
    )
  }
  const giveUp = async (): Promise<void> => {
    if (await set(() => null)) toast({ text: t('givenUp'), action: { label: c('undo'), run: () => void run({ type: 'undo' }) } })
  }
  const parts = { sheet, settings: uncertainty, readOnly: !editable, onSet: set }
  return (
    <Panel title={t('title')} lead={t('lead')} anchor="uncertainty" actions={editable ? <Button variant="subtle" color="gray" onClick={() => void giveUp()}>{t('giveUp')}</Button> : undefined}>
      <Group gap={4}><Title order={4}>{t('inputs')}</Title><TermsHelp name={t('inputs')} ids={['distribution', 'pert', 'lognormal']} /></Group>
      <UncertainInputs {...parts} movable={movable} />
      {Object.keys(uncertainty.inputs).length > 1 && (
        <section className={classes.part} aria-label={t('correlations')}>
          <Group gap={4}><Title order={4}>{t('correlations')}</Title><TermsHelp name={t('correlations')} ids={['rankCorrelation']} /></Group>
          <Text size="sm" c="dimmed">{t('correlationsLead')}</Text>
          <CorrelationEditor {...parts} />
        </section>
      )}
      <section className={classes.part} aria-label={t('settings')}>
        <Title order={4} mb="xs">{t('settings')}</Title>
        <SimulationRun sheet={sheet} settings={uncertainty} name={name} base={figure.value} readOnly={!editable} onSet={set} simulated={simulated} onSimulated={onSimulated} />
      </section>
      <SensitivityPanel {...parts} name={name} model={model} movable={movable} />
    </Panel>
  )
}

interface RunProps {
  readonly sheet: MethodSheet
  readonly settings: Uncertainty
  readonly name: Words
  readonly base: number | null
  readonly readOnly: boolean
  readonly onSet: (make: (now: Uncertainty) => Uncertainty) => Promise<boolean>
  readonly simulated: Simulated | undefined
  readonly onSimulated: (simulated: Simulated) => void
}

const SimulationRun = ({ sheet, settings, name, base, readOnly, onSet, simulated, onSimulated }: RunProps) => {
  const t = useT(valuationUncertaintyVi, valuationUncertaintyEn)
  const { language } = useLanguage()
  const toast = useToast()
  const showFault = useFaultToast()
  const money = useMoneyUnit()
  const store = useStore()
  const { id } = useDossier()
  const [share, setShare] = useState<number | null>(null)
  const [badSeed, setBadSeed] = useState(false)
  const running = useRef<Running | null>(null)
  useEffect(() => () => running.current?.cancel(), [])

  const start = async (): Promise<void> => {
    setShare(0)
    // What was typed a moment ago belongs to the run: commands are carried out in order, so this one waits for those before it.
    await flushDrafts()
    if (!readOnly) await onSet((settled) => settled)
    const now = store.dossier(id).get()?.state.valuation.sheets[sheet.id]
    const { uncertainty } = now ?? {}
    if (now === undefined || uncertainty === undefined) {
      setShare(null)
      return
    }
    const work = runSimulation({ method: now.method, inputs: bareInputs(now.inputs), uncertainty }, hireWorker, setShare)
    running.current = work
    const done = await work.outcome
    running.current = null
    setShare(null)
    if (done.ok) {
      onSimulated({ of: simulationKey(now), found: done.value, seed: uncertainty.seed })
      toast({ text: t('finished', { count: formatNumber(done.value.summary.trials, language) }) })
    } else if (done.fault.code === 'cancelled') toast({ text: t('cancelled') })
    else showFault(done.fault)
  }

  const current = simulated !== undefined && simulated.of === simulationKey(sheet)
  return (
    <>
      <FieldGrid columns={3}>
        <NumberField label={t('trials')} help={t('trialsHelp')} unit="count" suffix="" min={100} max={1_000_000} readOnly={readOnly} value={settings.trials} onCommit={(trials) => (trials === null ? Promise.resolve(false) : onSet((now) => ({ ...now, trials: Math.round(trials) })))} />
        <LineField
          label={t('seed')}
          help={t('seedHelp')}
          readOnly={readOnly}
          error={badSeed ? t('seedBad') : undefined}
          value={settings.seed}
          onCommit={(seed) => {
            const good = /^\d{1,20}$/.test(seed)
            setBadSeed(!good)
            return good ? onSet((now) => ({ ...now, seed })) : Promise.resolve(false)
          }}
        />
        <NumberField label={t('threshold')} help={t('thresholdHelp')} unit="money" suffix={money} readOnly={readOnly} value={settings.threshold} onCommit={(threshold) => onSet((now) => ({ ...now, threshold }))} />
      </FieldGrid>
      <Group mt="md" gap="md">
        {share === null
          ? <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} disabled={base === null || Object.keys(settings.inputs).length === 0} onClick={() => void start()}>{t('run')}</Button>
          : <Button variant="default" leftSection={<IconPlayerStop size={16} aria-hidden />} onClick={() => running.current?.cancel()}>{t('cancel')}</Button>}
        {share !== null && (
          <div className={classes.progress}>
            <Progress value={share * 100} aria-label={t('settings')} />
            <Text size="xs" c="dimmed" role="status">{t('progress', { share: formatPercent(share, language, { maxDecimals: 0 }) })}</Text>
          </div>
        )}
      </Group>
      {simulated !== undefined && !current && share === null && <div className={classes.note}><Notice tone="info">{t('stale')}</Notice></div>}
      {simulated !== undefined && current && (
        <section className={classes.part} aria-label={t('results')}>
          <Group gap={4}><Title order={4}>{t('results')}</Title><TermsHelp name={t('results')} ids={['standardError', 'percentile']} /></Group>
          <SimulationResults id={sheet.id} name={name} found={simulated.found} base={base} seed={simulated.seed} />
        </section>
      )}
    </>
  )
}
