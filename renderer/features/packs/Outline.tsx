import { Text, UnstyledButton } from '@mantine/core'
import { useMemo } from 'react'
import { packsEn } from '../../../shared/i18n/en/packs.ts'
import { packsVi } from '../../../shared/i18n/vi/packs.ts'
import type { PackProblem } from '../../../shared/rulepack/contradictions.ts'
import type { RulePack } from '../../../shared/rulepack/schema.ts'
import { usePick, useT } from '../../ui/language.tsx'
import classes from './Packs.module.css'
import type { Path } from './paths.ts'
import { samePath } from './paths.ts'

/** The part of the editor that a place belongs to: a section, a question, a criterion, a reference table, or one of the fixed parts. */
export const partOf = (path: Path): Path => {
  const [first, at, list, index] = path
  if (first === 'sections' && typeof at === 'number') return (list === 'questions' || list === 'criteria') && typeof index === 'number' ? [first, at, list, index] : [first, at]
  if (first === 'references' && typeof at === 'number') return [first, at]
  return first === 'sources' || first === 'scoring' || first === 'references' || first === 'rule' ? [first] : []
}

interface Props {
  readonly pack: RulePack
  readonly problems: readonly PackProblem[]
  readonly chosen: Path
  readonly onChoose: (path: Path) => void
  /** Moves the entry at a path; undefined where nothing may be moved. */
  readonly onMove: ((path: Path, by: -1 | 1) => void) | undefined
}

/** The parts of a pack, to be gone through with mouse or keyboard; Alt with ↑ and ↓ moves an entry. */
export const Outline = ({ pack, problems, chosen, onChoose, onMove }: Props) => {
  const t = useT(packsVi, packsEn)
  const pick = usePick()
  const wrong = useMemo(() => new Set(problems.map(({ path }) => partOf(path).join('/'))), [problems])
  const item = (path: Path, text: string, level: 1 | 2) => (
    <li key={path.join('/')}>
      <UnstyledButton
        className={classes.outlineItem}
        data-level={level}
        aria-current={samePath(path, chosen)}
        onClick={() => onChoose(path)}
        onKeyDown={(event) => {
          if (onMove === undefined || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || typeof path.at(-1) !== 'number') return
          event.preventDefault()
          onMove(path, event.key === 'ArrowUp' ? -1 : 1)
        }}
      >
        <Text span size="sm" lineClamp={2}>{text}</Text>
        {wrong.has(path.join('/')) && <span className={classes.wrong} role="img" aria-label={t('hasProblems')} />}
      </UnstyledButton>
    </li>
  )
  return (
    <nav className={classes.outline} aria-label={t('outline')}>
      <ul>
        {item([], t('partHead'), 1)}
        {item(['sources'], t('partSources', { count: pack.sources.length }), 1)}
        {pack.use === 'council' && item(['rule'], t('councilRule'), 1)}
        {pack.use === 'checklist' && pack.sections.flatMap((section, at) => [
          item(['sections', at], pick(section.title) || t('untitledSection', { index: at + 1 }), 1),
          ...section.questions.map((question, index) => item(['sections', at, 'questions', index], `${question.label}. ${pick(question.text) || t('untitledQuestion')}`, 2)),
          ...(section.criteria ?? []).map((criterion, index) => item(['sections', at, 'criteria', index], `${criterion.label}. ${pick(criterion.text) || t('untitledCriterion')}`, 2)),
        ])}
        {pack.use === 'checklist' && (pack.references ?? []).map((reference, at) => item(['references', at], `${t('reference')}: ${pick(reference.title) || reference.id}`, 1))}
        {pack.use === 'checklist' && item(['scoring'], t('partScoring'), 1)}
      </ul>
    </nav>
  )
}
