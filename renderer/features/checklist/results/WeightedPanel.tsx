import { Text } from '@mantine/core'
import { useMemo } from 'react'
import { classTurns } from '../../../../shared/checklist/weighted-sensitivity.ts'
import { nodesOf } from '../../../../shared/checklist/tree.ts'
import { checklistResultsEn } from '../../../../shared/i18n/en/checklist-results.ts'
import { checklistResultsVi } from '../../../../shared/i18n/vi/checklist-results.ts'
import { formatNumber, formatPercent } from '../../../../shared/kernel/number-text.ts'
import type { TreeNode } from '../../../../shared/rulepack/scoring.ts'
import { Notice } from '../../../ui/Notice.tsx'
import { useFaultText, useLanguage, usePick, useT } from '../../../ui/language.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import type { ViewProps } from '../view.ts'
import { LinkButton } from '../LinkButton.tsx'
import classes from './Results.module.css'

/** Nodes of a tree from the top down, each with how deep it stands. */
const treeRows = (nodes: readonly TreeNode[], depth = 0): readonly { readonly node: TreeNode; readonly depth: number }[] =>
  nodes.flatMap((node) => [{ node, depth }, ...treeRows(node.children ?? [], depth + 1)])

/** Result of a criteria tree (kết quả theo trọng số): total, class, what each leaf brings, and how firm the class is. */
export const WeightedPanel = ({ pack, result, goTo }: ViewProps) => {
  const t = useT(checklistResultsVi, checklistResultsEn)
  const pick = usePick()
  const { language } = useLanguage()
  const say = useFaultText()
  const score = result.weighted
  const turns = useMemo(() => (score === null ? [] : classTurns(pack, score)), [pack, score])
  if (score === null || pack.scoring.by !== 'weighted') return null
  const percent = (value: number, decimals = 1): string => formatNumber(value * 100, language, { maxDecimals: decimals })
  const nodes = new Map(nodesOf(pack).flatMap(({ children }) => children).map((node) => [node.id, node.text]))
  const moving = turns.filter(({ up, down }) => up !== null || down !== null)
  const nameOf = (becomes: { readonly text: { readonly vi: string; readonly en: string } } | null): string => (becomes === null ? t('noClass') : pick(becomes.text))
  const covered = score.leaves.reduce((sum, leaf) => sum + (leaf.state === 'scored' ? leaf.weight ?? 0 : 0), 0)
  return (
    <>
      <Panel title={t('weightedTitle')} anchor="weighted">
        {score.total === null ? (score.fault === null ? <Text c="dimmed">{t('none')}</Text> : <Notice tone="warn">{say(score.fault)}</Notice>) : (
          <div className={classes.class}>
            <output className={classes.className}>{t(score.final ? 'weightedTotal' : 'weightedProvisional', { total: formatNumber(score.total, language, { maxDecimals: 2 }) })}</output>
            {score.class !== null && <Text component="span" fw={560}>{pick(score.class.text)}</Text>}
          </div>
        )}
        {score.coverage !== null && !score.final && <Text size="sm" c="var(--lg-warn)" mt={4}>{t('weightedCoverage', { share: percent(score.coverage), least: percent(pack.scoring.coverage) })}</Text>}
      </Panel>
      <Panel flush title={t('scoring')}>
        <div className={classes.scroll}>
          <table className={classes.table} aria-label={t('weightedTitle')}>
            <thead>
              <tr>
                <th scope="col">{t('leaf')}</th>
                <th scope="col" data-number>{t('weight')}</th>
                <th scope="col" data-number>{t('score')}</th>
                <th scope="col" aria-hidden />
                <th scope="col" data-number>{t('contribution')}</th>
              </tr>
            </thead>
            <tbody>
              {treeRows(pack.scoring.tree).map(({ node, depth }) => {
                const group = score.nodes.find(({ id }) => id === node.id)
                const leaf = score.leaves.find((entry) => entry.node.id === node.id)
                const indent = { paddingLeft: 24 + depth * 20 }
                if (leaf === undefined)
                  return group === undefined ? null : (
                    <tr key={node.id} data-sum>
                      <td style={indent}>{pick(node.text)}</td>
                      <td data-number>{group.weight === null ? '–' : formatPercent(group.weight, language, { maxDecimals: 1 })}</td>
                      <td data-number>{group.score === null ? '–' : formatPercent(group.score, language, { maxDecimals: 0 })}</td>
                      <td aria-hidden><span className={classes.bar}><span style={{ width: `${String((group.score ?? 0) * 100)}%` }} /></span></td>
                      <td aria-hidden />
                    </tr>
                  )
                return (
                  <tr key={node.id}>
                    <td style={indent}><LinkButton onClick={() => goTo(leaf.question.id)}>{`${leaf.question.label}. ${pick(node.text)}`}</LinkButton></td>
                    <td data-number>{leaf.weight === null ? '–' : formatPercent(leaf.weight, language, { maxDecimals: 1 })}</td>
                    <td data-number className={leaf.state === 'scored' ? undefined : classes.muted}>{leaf.state === 'open' ? t('leafOpen') : leaf.state === 'leftOut' ? t('leafOut') : formatPercent(leaf.score ?? 0, language, { maxDecimals: 0 })}</td>
                    <td aria-hidden><span className={classes.bar}><span style={{ width: `${String((leaf.score ?? 0) * 100)}%` }} /></span></td>
                    <td data-number>{leaf.score === null || leaf.weight === null || covered <= 0 ? '' : formatNumber((100 * leaf.score * leaf.weight) / covered, language, { maxDecimals: 2 })}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      </Panel>
      {score.total !== null && (
        <Panel title={t('sensitivity')} lead={t('sensitivityLead')} flush>
          {moving.length === 0 ? <Text size="sm" px={24} pb={20}>{t('stable')}</Text> : (
            <table className={classes.table} aria-label={t('sensitivity')}>
              <thead><tr><th scope="col">{t('leaf')}</th><th scope="col" data-number>{t('present')}</th><th scope="col">↑</th><th scope="col">↓</th></tr></thead>
              <tbody>
                {moving.map(({ child, weight, up, down }) => (
                  <tr key={child}>
                    <td>{pick(nodes.get(child) ?? { vi: child, en: child })}</td>
                    <td data-number>{formatPercent(weight, language, { maxDecimals: 1 })}</td>
                    <td>{up === null ? <span className={classes.muted}>{t('turnNone')}</span> : t('turnUp', { weight: percent(up.weight), class: nameOf(up.becomes) })}</td>
                    <td>{down === null ? <span className={classes.muted}>{t('turnNone')}</span> : t('turnDown', { weight: percent(down.weight), class: nameOf(down.becomes) })}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Panel>
      )}
    </>
  )
}
