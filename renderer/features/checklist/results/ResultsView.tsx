import { classMoves } from '../../../../shared/checklist/outcome.ts'
import { checklistResultsEn } from '../../../../shared/i18n/en/checklist-results.ts'
import { checklistResultsVi } from '../../../../shared/i18n/vi/checklist-results.ts'
import { readinessChart, sectionsChart } from '../../../../shared/report/charts.ts'
import { radarChart } from '../../../../shared/report/checklist-charts.ts'
import { useMemo } from 'react'
import { ChartView } from '../../../charts/ChartView.tsx'
import { useT } from '../../../ui/language.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { ComparePanel } from '../compare/ComparePanel.tsx'
import type { ViewProps } from '../view.ts'
import { ClassPanel } from './ClassPanel.tsx'
import { ConsentPanel } from './ConsentPanel.tsx'
import { FiguresPanel } from './FiguresPanel.tsx'
import { FindingsPanel } from './FindingsPanel.tsx'
import classes from './Results.module.css'
import { ScorePanel } from './ScorePanel.tsx'
import { WeightedPanel } from './WeightedPanel.tsx'
import { WhatIfPanel } from './WhatIfPanel.tsx'

/** What the checklist comes to (kết quả): class and why, pictures, numbers, scores, findings, what-if, comparison, consent. */
export const ResultsView = (props: ViewProps) => {
  const t = useT(checklistResultsVi, checklistResultsEn)
  const { pack, checklist, result, agreed } = props
  const { readiness, rules } = result
  const charts = useMemo(() => [
    radarChart(pack, [{ name: { vi: 'Kết quả', en: 'Result' }, result }]),
    rules === null ? null : sectionsChart(pack, rules),
    readiness === null ? null : readinessChart(readiness),
  ].filter((chart) => chart !== null), [pack, result, rules, readiness])
  const moves = useMemo(() => (rules === null ? [] : classMoves(pack, checklist)), [pack, checklist, rules])
  return (
    <>
      {rules !== null && <ClassPanel {...props} rules={rules} />}
      {pack.scoring.by === 'weighted' && <WeightedPanel {...props} />}
      {charts.length > 0 && (
        <Panel title={t('charts')}>
          <div className={classes.charts}>{charts.map((chart) => <ChartView key={chart.id} model={chart} />)}</div>
        </Panel>
      )}
      <FiguresPanel {...props} />
      <ScorePanel {...props} />
      {rules !== null && rules.criteria.length > 0 && <WhatIfPanel {...props} rules={rules} moves={moves} />}
      <FindingsPanel {...props} />
      {agreed && <ComparePanel {...props} />}
      {agreed && <ConsentPanel pack={pack} />}
    </>
  )
}
