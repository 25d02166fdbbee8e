import { useId } from 'react'
import { chartsEn } from '../../shared/i18n/en/charts.ts'
import { chartsVi } from '../../shared/i18n/vi/charts.ts'
import type { TreeChart, TreeChartNode } from '../../shared/report/tree-chart.ts'
import { useLanguage, useT } from '../ui/language.tsx'
import classes from './TreeView.module.css'

const columnWidth = 164
const nodeWidth = 102
const lineHeight = 16
const head = 30
const margin = 8

/** A tree drawn as vectors in the colours of the scheme, with its nodes as a table for those who cannot see it. */
export const TreeView = ({ model }: { readonly model: TreeChart }) => {
  const t = useT(chartsVi, chartsEn)
  const { language } = useLanguage()
  const id = useId()
  const mostLines = Math.max(...model.nodes.map(({ lines }) => lines.length))
  const nodeHeight = mostLines * lineHeight + 12
  const laneHeight = nodeHeight + 16
  const width = (model.columns.length - 1) * columnWidth + nodeWidth + 2 * margin + (model.goesOn ? 34 : 0)
  const height = head + model.lanes * laneHeight
  const left = (node: TreeChartNode): number => margin + node.column * columnWidth
  const middle = (node: TreeChartNode): number => head + (node.lane + 0.5) * laneHeight
  const byId = new Map(model.nodes.map((node) => [node.id, node]))
  const toneName = (tone: TreeChartNode['tone']): string => model.legend.find((one) => one.tone === tone)?.label[language] ?? ''
  const lastColumn = model.columns.length - 1
  return (
    <figure className={classes.figure} aria-labelledby={id}>
      <section className={classes.scroll} aria-label={model.title[language]} tabIndex={0}>
        <svg viewBox={`0 0 ${String(width)} ${String(height)}`} width={width} height={height} role="img" aria-label={`${model.title[language]}. ${model.description[language]}`}>
          {model.columns.map((column, index) => (
            <text key={index} className={classes.column} x={margin + index * columnWidth + nodeWidth / 2} y={16} textAnchor="middle">{column[language]}</text>
          ))}
          {model.branches.map(({ from, to, label }) => {
            const [a, b] = [byId.get(from), byId.get(to)]
            if (a === undefined || b === undefined) return null
            const [x1, y1, x2, y2] = [left(a) + nodeWidth, middle(a), left(b), middle(b)]
            const text = label?.[language] ?? ''
            return (
              <g key={`${from}>${to}`}>
                <line className={classes.branch} x1={x1} y1={y1} x2={x2} y2={y2} />
                {text !== '' && <text className={classes.label} x={x1 + (x2 - x1) * 0.5} y={y1 + (y2 - y1) * 0.5 + (y2 < y1 ? -10 : y2 > y1 ? 18 : -5)} textAnchor="middle">{text}</text>}
              </g>
            )
          })}
          {model.goesOn && model.nodes.filter(({ column }) => column === lastColumn).map((node) => (
            <text key={node.id} className={classes.more} x={left(node) + nodeWidth + 14} y={middle(node) + 4} textAnchor="middle">…</text>
          ))}
          {model.nodes.map((node) => (
            <g key={node.id} className={classes.node} data-tone={node.tone}>
              <rect x={left(node)} y={middle(node) - nodeHeight / 2} width={nodeWidth} height={nodeHeight} rx={7} />
              {node.lines.map((line, index) => (
                <text key={index} x={left(node) + nodeWidth / 2} y={middle(node) + (index - (node.lines.length - 1) / 2) * lineHeight + 4} textAnchor="middle" data-first={index === 0 || undefined}>{line[language]}</text>
              ))}
            </g>
          ))}
        </svg>
      </section>
      <figcaption className={classes.caption}>
        <span id={id}>{model.title[language]}</span>
        <span>{model.description[language]}</span>
        <span>{model.reading[language]}</span>
        <span className={classes.legend}>
          {model.legend.map(({ tone, label }) => <span key={tone} className={classes.key}><span className={classes.swatch} data-tone={tone} aria-hidden />{label[language]}</span>)}
        </span>
      </figcaption>
      <details className={classes.details}>
        <summary>{t('treeTable')}</summary>
        <table>
          <thead><tr><th scope="col">{t('treeTime')}</th><th scope="col">{t('treeNode')}</th><th scope="col">{t('treeMeaning')}</th></tr></thead>
          <tbody>
            {model.nodes.map((node) => (
              <tr key={node.id}><td>{model.columns[node.column]?.[language]}</td><td>{node.lines.map((line) => line[language]).join('; ')}</td><td>{toneName(node.tone)}</td></tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
