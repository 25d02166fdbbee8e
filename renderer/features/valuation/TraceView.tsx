import { Button, Group, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { valuationEn } from '../../../shared/i18n/en/valuation.ts'
import { valuationVi } from '../../../shared/i18n/vi/valuation.ts'
import { dateText } from '../../../shared/kernel/date-text.ts'
import type { Datum } from '../../../shared/schema/base.ts'
import type { TraceNode } from '../../../shared/valuation/figure.ts'
import { noteText } from '../../../shared/valuation/reasons.ts'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { useSourceFacts } from '../../ui/store-context.tsx'
import classes from './TraceView.module.css'
import { shownValue } from './units.ts'

interface Props {
  readonly trace: TraceNode
  readonly inputs: Readonly<Record<string, Datum>>
}

const paths = (node: TraceNode, path: string): readonly string[] => [path, ...(node.children ?? []).flatMap((child, i) => paths(child, `${path}.${String(i)}`))]

/** The working of a figure as a tree that unfolds to formula, data with source, intermediate values and clause. */
export const TraceView = ({ trace, inputs }: Props) => {
  const t = useT(valuationVi, valuationEn)
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(['0']))
  const all = paths(trace, '0')
  const toggle = (path: string): void => {
    const next = new Set(open)
    if (!next.delete(path)) next.add(path)
    setOpen(next)
  }
  return (
    <>
      <Group gap="xs" mb="xs">
        <Button variant="subtle" size="compact-sm" onClick={() => setOpen(new Set(all))}>{t('unfoldAll')}</Button>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setOpen(new Set(['0']))}>{t('foldAll')}</Button>
      </Group>
      <ul className={classes.tree}><Row node={trace} path="0" open={open} toggle={toggle} inputs={inputs} /></ul>
    </>
  )
}

interface RowProps {
  readonly node: TraceNode
  readonly path: string
  readonly open: ReadonlySet<string>
  readonly toggle: (path: string) => void
  readonly inputs: Readonly<Record<string, Datum>>
}

const Row = ({ node, path, open, toggle, inputs }: RowProps) => {
  const t = useT(valuationVi, valuationEn)
  const sourceFacts = useSourceFacts()
  const pick = usePick()
  const { language } = useLanguage()
  const datum = node.input === undefined ? undefined : inputs[node.input]
  const series = typeof node.value === 'number' || node.value === null ? null : node.value
  const hasDetail = node.formula !== undefined || node.words !== undefined || node.source !== undefined || datum !== undefined || series !== null || (node.notes?.length ?? 0) > 0
  const folds = hasDetail || (node.children?.length ?? 0) > 0
  const shown = open.has(path)
  return (
    <li>
      <div className={classes.row}>
        <UnstyledButton className={classes.toggle} data-leaf={!folds || undefined} aria-expanded={folds ? shown : undefined} aria-label={pick(node.label)} tabIndex={folds ? 0 : -1} onClick={() => toggle(path)}>
          {shown ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
        </UnstyledButton>
        <span className={classes.label}>{pick(node.label)}</span>
        <span className={classes.value}>{series === null && !(node.value === null && node.unit === 'none') ? shownValue(typeof node.value === 'number' ? node.value : null, node.unit, language) : null}</span>
      </div>
      {shown && hasDetail && (
        <div className={classes.detail}>
          {node.words !== undefined && <div>{pick(node.words)}</div>}
          {node.formula !== undefined && <div className={classes.formula}>{node.formula}</div>}
          {series !== null && (
            // A scrolling region must be reachable by keyboard.
            <section className={classes.series} aria-label={pick(node.label)} tabIndex={series.length > 6 ? 0 : undefined}>
              <table>
                <thead><tr>{series.map((_, i) => <th key={i} scope="col">{node.periods?.[i] ?? String(i + 1)}</th>)}</tr></thead>
                <tbody><tr>{series.map((value, i) => <td key={i}>{shownValue(value, node.unit, language)}</td>)}</tr></tbody>
              </table>
            </section>
          )}
          {datum !== undefined && (
            <div className={classes.muted}>
              {datum.source === '' ? (typeof datum.value === 'string' ? null : t('noSource')) : `${t('source')}: ${[datum.source, dateText(datum.date)].filter((part) => part !== '').join(' · ')}`}
              {datum.reason !== '' && <div>{datum.reason}</div>}
            </div>
          )}
          {node.source !== undefined && <div className={classes.muted}>{`${t('basis')}: ${sourceFacts(typeof node.source === 'string' ? node.source : pick(node.source))}`}</div>}
          {node.notes?.map((note) => <div key={note.code}>{pick(noteText(note))}</div>)}
        </div>
      )}
      {shown && node.children !== undefined && node.children.length > 0 && (
        <ul>{node.children.map((child, i) => <Row key={`${child.id}-${String(i)}`} node={child} path={`${path}.${String(i)}`} open={open} toggle={toggle} inputs={inputs} />)}</ul>
      )}
    </li>
  )
}
