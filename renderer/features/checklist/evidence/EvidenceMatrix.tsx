import { Anchor, Button, Group, Switch, Text, UnstyledButton } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { isShown } from '../../../../shared/checklist/answers.ts'
import { completeness } from '../../../../shared/checklist/completeness.ts'
import { evidenceMatrix } from '../../../../shared/checklist/readiness.ts'
import { checklistEvidenceEn } from '../../../../shared/i18n/en/checklist-evidence.ts'
import { checklistEvidenceVi } from '../../../../shared/i18n/vi/checklist-evidence.ts'
import { sectionHash } from '../../../router.ts'
import { usePick, useT } from '../../../ui/language.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { useDossier } from '../../../ui/store-context.tsx'
import { rangeInSight } from '../../../ui/use-window.ts'
import type { Range } from '../../../ui/use-window.ts'
import results from '../results/Results.module.css'
import type { ViewProps } from '../view.ts'
import { LinkButton } from '../LinkButton.tsx'
import { CiteDialog } from './CiteDialog.tsx'
import classes from './EvidenceMatrix.module.css'

const rowHeight = 36
const columnWidth = 44
const nameWidth = 340

interface Sight {
  readonly rows: Range
  readonly columns: Range
}

/** Rows and columns of the frame that are in sight, with a few beyond; redraws only when they change. */
const useSight = (frame: RefObject<HTMLDivElement | null>, rows: number, columns: number): Sight => {
  const [sight, setSight] = useState<Sight>({ rows: { from: 0, to: Math.min(rows, 30) }, columns: { from: 0, to: Math.min(columns, 30) } })
  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const look = (): void => {
      const next: Sight = {
        rows: rangeInSight(rows, rowHeight, -element.scrollTop, element.clientHeight),
        columns: rangeInSight(columns, columnWidth, -element.scrollLeft, Math.max(columnWidth, element.clientWidth - nameWidth)),
      }
      setSight((now) => (JSON.stringify(now) === JSON.stringify(next) ? now : next))
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    window.addEventListener('resize', look)
    return () => {
      element.removeEventListener('scroll', look)
      window.removeEventListener('resize', look)
    }
  }, [frame, rows, columns])
  return sight
}

const inRange = <T,>(items: readonly T[], { from, to }: Range): readonly { readonly item: T; readonly index: number }[] => items.slice(from, to).map((item, place) => ({ item, index: from + place }))

/** Which document supports which answers (ma trận chứng cứ), what is missing and what supports nothing; only what is in sight is drawn. */
export const EvidenceMatrix = ({ pack, checklist, list, agreed, goTo }: ViewProps) => {
  const t = useT(checklistEvidenceVi, checklistEvidenceEn)
  const pick = usePick()
  const { id, state, editable } = useDossier()
  // The piece that is being cited for questions; null while nothing is.
  const [citing, setCiting] = useState<string | null>(null)
  const [onlyCited, setOnlyCited] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  const matrix = useMemo(() => evidenceMatrix(pack, checklist, state.evidence), [pack, checklist, state.evidence])
  const gaps = useMemo(() => completeness(pack, checklist, state.evidence).gaps.filter((gap) => gap.kind === 'evidence'), [pack, checklist, state.evidence])
  const lacking = new Map(gaps.flatMap((gap) => (gap.question === null ? [] : [[gap.question.id, gap] as const])))
  const cited = new Map(matrix.map(({ evidence, questions }) => [evidence.id, new Set(questions.map((question) => question.id))]))
  const rows = useMemo(() => pack.sections.flatMap((section) => section.questions).filter((question) => question.type !== 'computed' && isShown(question, checklist.answers)
    && (!onlyCited || (checklist.answers[question.id]?.evidence.length ?? 0) > 0)), [pack, checklist, onlyCited])
  const unused = matrix.filter(({ questions }) => questions.length === 0)
  const sight = useSight(frame, rows.length, matrix.length)
  // Slanted names of the last columns reach beyond them.
  const width = nameWidth + matrix.length * columnWidth + 120
  const left = (index: number): number => nameWidth + index * columnWidth
  const titleOf = (evidence: (typeof matrix)[number]['evidence']): string => evidence.title || evidence.file?.name || evidence.url || evidence.id
  // What an assessor cites alone stays with the question, apart from the agreed answers.
  const mayCite = editable && agreed
  const first = (unused[0] ?? matrix[0])?.evidence.id

  return (
    <>
      <Panel title={t('missing')} anchor="evidence-missing" actions={mayCite && first !== undefined ? <Button variant={gaps.length > 0 ? 'filled' : 'light'} onClick={() => setCiting(first)}>{t('citeMany')}</Button> : undefined}>
        {gaps.length === 0 ? <Text size="sm">{t('missingNone')}</Text> : (
          <ul className={results.list}>
            {gaps.map((gap) => {
              const text = gap.question === null ? t('missingSection', { section: pick(gap.section.title), least: gap.least, have: gap.have }) : t('missingItem', { label: gap.question.label, least: gap.least, have: gap.have })
              return <li key={`${gap.section.id}.${gap.question?.id ?? ''}`}><LinkButton onClick={() => goTo(gap.question?.id ?? gap.section.questions[0]?.id ?? '')}>{text}</LinkButton></li>
            })}
          </ul>
        )}
      </Panel>
      {matrix.length > 0 && (
        <Panel title={t('unused')}>
          {unused.length === 0 ? <Text size="sm">{t('unusedNone')}</Text> : <ul className={results.list}>{unused.map(({ evidence }) => (
            <li key={evidence.id}>
              <Group justify="space-between" gap="md" wrap="nowrap">
                <Anchor size="sm" href={sectionHash(id, 'evidence', evidence.id)}>{titleOf(evidence)}</Anchor>
                {mayCite && <Button variant="subtle" size="compact-sm" flex="none" aria-label={t('citeThisOf', { title: titleOf(evidence) })} onClick={() => setCiting(evidence.id)}>{t('citeThis')}</Button>}
              </Group>
            </li>
          ))}</ul>}
        </Panel>
      )}
      <Panel title={t('title')} lead={t('lead')} flush actions={<Group gap="md"><Switch size="sm" label={t('onlyCited')} checked={onlyCited} onChange={(event) => setOnlyCited(event.currentTarget.checked)} /></Group>}>
        {matrix.length === 0 ? <Text p="lg" c="dimmed">{t('none')} <Anchor href={sectionHash(id, 'evidence')}>{t('goEvidence')}</Anchor></Text> : rows.length === 0 ? <Text p="lg" c="dimmed">{t('nothing')}</Text> : (
          <div ref={frame} className={classes.frame} role="grid" aria-label={t('title')} aria-rowcount={rows.length + 1} aria-colcount={matrix.length + 1} tabIndex={0}>
            <div className={classes.head} role="row" aria-rowindex={1} style={{ width }}>
              <div className={classes.name} role="columnheader">{t('question')}</div>
              {inRange(matrix, sight.columns).map(({ item: { evidence, questions }, index }) => (
                <div key={evidence.id} className={classes.column} role="columnheader" aria-colindex={index + 2} data-unused={questions.length === 0 || undefined} style={{ left: left(index) }}>
                  <a href={sectionHash(id, 'evidence', evidence.id)} title={`${titleOf(evidence)} – ${t('count', { count: questions.length })}`}>{titleOf(evidence)}</a>
                </div>
              ))}
            </div>
            <div className={classes.grid} role="rowgroup" style={{ height: rows.length * rowHeight, width }}>
              {inRange(rows, sight.rows).map(({ item: question, index: row }) => {
                const gap = lacking.get(question.id)
                return (
                  <div key={question.id} className={classes.row} role="row" aria-rowindex={row + 2} style={{ top: row * rowHeight, height: rowHeight }}>
                    <div className={classes.name} role="rowheader">
                      <UnstyledButton fz={14} title={pick(question.text)} onClick={() => goTo(question.id)}>{`${question.label}. ${pick(question.text)}`}</UnstyledButton>
                      {gap !== undefined && <span className={classes.lacks}>{`${String(gap.have)}/${String(gap.least)}`}</span>}
                    </div>
                    {inRange(matrix, sight.columns).map(({ item: { evidence }, index }) => cited.get(evidence.id)?.has(question.id) !== true ? null : (
                      <div key={evidence.id} className={classes.cell} role="gridcell" aria-colindex={index + 2} style={{ left: left(index) }}>
                        <span role="img" aria-label={t('cites', { title: titleOf(evidence), label: question.label })} />
                      </div>
                    ))}
                  </div>
                )
              })}
            </div>
          </div>
        )}
      </Panel>
      {mayCite && citing !== null && <CiteDialog pack={pack} checklist={checklist} list={list} pieces={matrix.map(({ evidence }) => ({ id: evidence.id, title: titleOf(evidence) }))} first={citing} onClose={() => setCiting(null)} />}
    </>
  )
}
