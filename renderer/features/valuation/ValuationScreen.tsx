import { Button, UnstyledButton } from '@mantine/core'
import { IconCalculator, IconPlus, IconTrash } from '@tabler/icons-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { valuationEn } from '../../../shared/i18n/en/valuation.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { valuationVi } from '../../../shared/i18n/vi/valuation.ts'
import type { MethodSheet } from '../../../shared/schema/dossier.ts'
import { evaluate } from '../../../shared/valuation/evaluate.ts'
import type { MethodSpec } from '../../../shared/valuation/figure.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'
import { linksOf } from '../../../shared/valuation/supports/links.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ChoiceField } from '../../ui/fields/ChoiceField.tsx'
import { FieldCell, FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { LineField } from '../../ui/fields/LineField.tsx'
import { ProseField } from '../../ui/fields/ProseField.tsx'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { newLocalId } from '../../ui/local-id.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useDossier, useSourceFacts } from '../../ui/store-context.tsx'
import { useToast } from '../../ui/toasts.tsx'
import { bringIntoView } from '../../ui/use-at.ts'
import { methodsChart } from '../../../shared/report/charts.ts'
import { footballField, simulatedRange } from '../../../shared/report/uncertainty-charts.ts'
import { ChartView } from '../../charts/ChartView.tsx'
import { ConclusionPanel } from './ConclusionPanel.tsx'
import { FigurePanel } from './FigurePanel.tsx'
import { MethodPicker } from './MethodPicker.tsx'
import { NumberField } from './NumberField.tsx'
import { ConventionPanel } from './risks/ConventionPanel.tsx'
import { RiskPanel } from './risks/RiskPanel.tsx'
import { SheetForm } from './SheetForm.tsx'
import { SupportsContext } from './supports/context.ts'
import type { Target } from './supports/context.ts'
import { SupportsPanel } from './supports/SupportsPanel.tsx'
import { SupportView } from './supports/SupportView.tsx'
import { simulationKey, UncertaintyPanel } from './UncertaintyPanel.tsx'
import type { Simulated } from './UncertaintyPanel.tsx'
import { titleOf } from './sheet-title.ts'
import { ExportButton } from './spreadsheet/ExportButton.tsx'
import { shownValue } from './units.ts'
import classes from './ValuationScreen.module.css'

/** The valuation of a dossier (định giá): methods, inputs, figures with their working, conclusion. */
export const ValuationScreen = () => {
  const t = useT(valuationVi, valuationEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { state, editable, run } = useDossier()
  const [picking, setPicking] = useState(false)
  const [chosen, setChosen] = useState('')
  const [simulations, setSimulations] = useState<Readonly<Record<string, Simulated>>>({})
  // Typing must never wait for a figure: the evaluation follows the text at lower priority.
  const valuation = useDeferredValue(state.valuation)
  const evaluation = useMemo(() => evaluate(valuation, state.profile), [valuation, state.profile])
  // One may be opened from an input of another: the way back leads through them.
  const [trail, setTrail] = useState<readonly { readonly id: string; readonly from: Target | null }[]>([])
  const supports = useMemo(() => ({
    figures: evaluation.supports, links: linksOf(valuation, evaluation.supports, methodById),
    open: (id: string, from: Target | null): void => {
      setTrail((now) => [...now, { id, from }])
      document.getElementById('content')?.scrollTo({ top: 0 })
    },
  }), [valuation, evaluation])
  const opened = trail.at(-1)
  const support = opened === undefined ? undefined : state.valuation.supports?.[opened.id]
  const sheets = Object.values(state.valuation.sheets)
  const sheet = state.valuation.sheets[chosen] ?? sheets[0]
  const method = sheet === undefined ? undefined : methodById(sheet.method)
  const figure = sheet === undefined ? undefined : evaluation.figures[sheet.id]
  const nameOf = (entry: MethodSheet): string => pick(titleOf(entry))

  const comparison = useMemo(() => {
    const names = Object.values(valuation.sheets).map((entry) => ({ id: entry.id, name: titleOf(entry) }))
    const ranges = Object.fromEntries(Object.values(valuation.sheets).flatMap((entry) => {
      const simulated = simulations[entry.id]
      const range = simulated === undefined || simulated.of !== simulationKey(entry) ? null : simulatedRange(simulated.found.summary)
      return range === null ? [] : [[entry.id, range] as const]
    }))
    return Object.keys(ranges).length > 0 ? footballField(evaluation, names, ranges, valuation.conclusion, state.profile) : methodsChart(evaluation, names, valuation.conclusion, state.profile)
  }, [valuation, evaluation, simulations, state.profile])
  const add = async (spec: MethodSpec): Promise<void> => {
    const id = newLocalId('s')
    const first = sheets.length === 0
    if (!(await run({ type: 'valuation.addSheet', sheet: { id, method: spec.id, title: pick(spec.name), role: first ? 'principal' : 'check', weight: first ? 1 : 0, why: '', inputs: {} } }))) return
    setChosen(id)
    setPicking(false)
  }

  if (opened !== undefined && support !== undefined) {
    const close = (): void => {
      setTrail(trail.slice(0, -1))
      bringIntoView(opened.from === null ? `support.${opened.id}` : `${opened.from.sheet}.${opened.from.key}`)
    }
    return <SupportsContext value={supports}><SupportView key={opened.id} id={opened.id} support={support} from={opened.from} onClose={close} /></SupportsContext>
  }
  return (
    <SupportsContext value={supports}>
      <PageHeader order={2} title={t('title')} lead={t('lead')} actions={sheets.length === 0 ? undefined : (
        <>
          <ExportButton />
          {editable && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setPicking(true)}>{t('addMethod')}</Button>}
        </>
      )} />
      {sheets.length === 0 ? (
        <EmptyState
          icon={<IconCalculator size={36} stroke={1.4} />}
          title={t('emptyTitle')}
          text={t('emptyText')}
          actions={editable ? <Button onClick={() => setPicking(true)}>{t('pickMethod')}</Button> : undefined}
        />
      ) : (
        <nav className={classes.sheets} aria-label={t('methods')}>
          {sheets.map((entry) => (
            <UnstyledButton key={entry.id} className={classes.sheet} aria-current={entry.id === sheet?.id} onClick={() => setChosen(entry.id)}>
              <span>{nameOf(entry)}</span>
              <span className={classes.small}>{`${t(entry.role)} · ${shownValue(evaluation.figures[entry.id]?.value ?? null, 'money', language)}`}</span>
            </UnstyledButton>
          ))}
        </nav>
      )}
      {sheet !== undefined && (
        <div key={sheet.id} data-at={sheet.id}>
          <SheetFacts sheet={sheet} method={method} name={nameOf(sheet)} />
          {method !== undefined && <SheetForm sheet={sheet} method={method} />}
          {figure !== undefined && <FigurePanel sheet={sheet} figure={figure} />}
          {figure !== undefined && method !== undefined && figure.unit === 'money' && (
            <UncertaintyPanel sheet={sheet} method={method} figure={figure} simulated={simulations[sheet.id]} onSimulated={(simulated) => setSimulations((now) => ({ ...now, [sheet.id]: simulated }))} />
          )}
        </div>
      )}
      {(sheets.length > 0 || Object.keys(state.valuation.supports ?? {}).length > 0) && <SupportsPanel />}
      {sheets.length > 0 && <RiskPanel />}
      {sheets.length > 0 && <ConventionPanel />}
      {comparison !== null && <Panel title={t('comparison')}><ChartView model={comparison} /></Panel>}
      {sheets.length > 0 && <ConclusionPanel reconciliation={evaluation.reconciliation} />}
      <Panel>
        <ProseField label={t('narrative')} help={t('narrativeHelp')} anchor="narrative" readOnly={!editable} value={state.valuation.narrative} onCommit={(narrative) => run({ type: 'valuation.narrate', narrative })} />
      </Panel>
      {picking && <MethodPicker onClose={() => setPicking(false)} onPick={(spec) => void add(spec)} />}
    </SupportsContext>
  )
}

const SheetFacts = ({ sheet, method, name }: { readonly sheet: MethodSheet; readonly method: MethodSpec | undefined; readonly name: string }) => {
  const t = useT(valuationVi, valuationEn)
  const c = useT(commonVi, commonEn)
  const pick = usePick()
  const sourceFacts = useSourceFacts()
  const confirm = useConfirm()
  const toast = useToast()
  const { editable, run } = useDossier()
  const describe = (patch: Partial<Pick<MethodSheet, 'title' | 'role' | 'weight' | 'why'>>): Promise<boolean> => run({ type: 'valuation.describeSheet', id: sheet.id, patch })
  const remove = async (): Promise<void> => {
    if (!(await confirm({ title: t('removeTitle', { title: name }), text: t('removeText'), action: t('removeMethod') }))) return
    if (await run({ type: 'valuation.removeSheet', id: sheet.id })) toast({ text: t('removed', { title: name }), action: { label: c('undo'), run: () => void run({ type: 'undo' }) } })
  }
  return (
    <Panel
      title={name}
      {...(method === undefined ? {} : { lead: `${pick(method.summary)} ${sourceFacts(pick(method.clause))}` })}
      actions={editable ? <Button variant="subtle" color="gray" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => void remove()}>{t('removeMethod')}</Button> : undefined}
    >
      <FieldGrid columns={3}>
        <LineField label={t('sheetName')} placeholder={method === undefined ? sheet.method : pick(method.name)} readOnly={!editable} value={sheet.title} onCommit={(title) => describe({ title })} />
        <ChoiceField label={t('role')} readOnly={!editable} value={sheet.role} choices={[{ value: 'principal', label: t('principal') }, { value: 'check', label: t('check') }]} onCommit={(role) => describe({ role })} />
        <NumberField label={t('weight')} unit="fraction" suffix="%" min={0} max={1} readOnly={!editable} value={sheet.weight} onCommit={(weight) => describe({ weight: weight ?? 0 })} />
        <FieldCell><ProseField label={t('why')} help={t('whyHelp')} minRows={2} readOnly={!editable} anchor="why" value={sheet.why} onCommit={(why) => describe({ why })} /></FieldCell>
      </FieldGrid>
    </Panel>
  )
}
