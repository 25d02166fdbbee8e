import { ActionIcon, Button, Group, NativeSelect, SegmentedControl, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { WeighedNode } from '../../../../shared/checklist/tree.ts'
import type { NodeWeighing } from '../../../../shared/checklist/weights.ts'
import { checklistWeightsEn } from '../../../../shared/i18n/en/checklist-weights.ts'
import { checklistWeightsVi } from '../../../../shared/i18n/vi/checklist-weights.ts'
import { formatNumber } from '../../../../shared/kernel/number-text.ts'
import type { NodeWeights } from '../../../../shared/schema/dossier.ts'
import { LineField } from '../../../ui/fields/LineField.tsx'
import { useFaultText, useLanguage, usePick, useT } from '../../../ui/language.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import results from '../results/Results.module.css'
import classes from './Weights.module.css'

type Expert = NodeWeights['experts'][number]

/** Degrees of the customary scale: positive when the first outweighs the second. */
const degrees = [9, 8, 7, 6, 5, 4, 3, 2, 1, -2, -3, -4, -5, -6, -7, -8, -9] as const

const ratioOf = (degree: number): number => (degree > 0 ? degree : 1 / -degree)
const degreeOf = (ratio: number): number => (ratio >= 1 ? Math.round(ratio) : -Math.round(1 / ratio))

/** The judgement of an expert on two criteria, seen from the first; null when not judged. */
const judgementOf = ({ judgements }: Expert, a: string, b: string): number | null => {
  const found = judgements.findLast((one) => (one.a === a && one.b === b) || (one.a === b && one.b === a))
  return found === undefined ? null : degreeOf(found.a === a ? found.ratio : 1 / found.ratio)
}

const withJudgement = (expert: Expert, a: string, b: string, degree: number | null): Expert => {
  const judgements = expert.judgements.filter((one) => !((one.a === a && one.b === b) || (one.a === b && one.b === a)))
  return { ...expert, judgements: degree === null ? judgements : [...judgements, { a, b, ratio: ratioOf(degree) }] }
}

interface Props {
  readonly node: WeighedNode
  readonly given: NodeWeights
  readonly weighing: NodeWeighing
  readonly editable: boolean
  readonly onChange: (edit: (now: NodeWeights) => Partial<NodeWeights>) => Promise<boolean>
}

/** Pairwise comparison in words (so sánh từng cặp): several experts, the consistency of each and of all, and what to look at again. */
export const AhpPart = ({ node, given, weighing, editable, onChange }: Props) => {
  const t = useT(checklistWeightsVi, checklistWeightsEn)
  const pick = usePick()
  const { language } = useLanguage()
  const [place, setPlace] = useState(0)
  const say = useFaultText()
  const { experts } = given
  const at = Math.min(place, Math.max(0, experts.length - 1))
  const expert = experts[at]
  const pairs = node.children.flatMap((a, i) => node.children.slice(i + 1).map((b) => [a, b] as const))
  const nameOf = (id: string): string => {
    const child = node.children.find((entry) => entry.id === id)
    return child === undefined ? id : pick(child.text)
  }
  const expertName = (entry: Expert, index: number): string => (entry.name === '' ? t('expertNumber', { n: index + 1 }) : entry.name)
  const degreeWords = (degree: number, a: string, b: string): string => {
    const size = Math.abs(degree)
    const over = degree > 0 ? a : b
    switch (size) {
      case 1:
        return t('r1')
      case 3:
        return t('r3', { a: over })
      case 5:
        return t('r5', { a: over })
      case 7:
        return t('r7', { a: over })
      case 9:
        return t('r9', { a: over })
      default:
        return t('rBetween', { a: over, n: size })
    }
  }
  const changeExpert = (edit: (now: Expert) => Expert): Promise<boolean> => onChange((now) => ({ experts: now.experts.map((entry, index) => (index === at ? edit(entry) : entry)) }))
  const number = (value: number): string => formatNumber(value, language, { maxDecimals: 3 })
  const { ahp } = weighing
  return (
    <div>
      <Group gap="sm" mt="md" align="flex-end">
        {experts.length > 0 && <SegmentedControl aria-label={t('experts')} size="sm" value={String(at)} onChange={(value) => setPlace(Number(value))} data={experts.map((entry, index) => ({ value: String(index), label: expertName(entry, index) }))} />}
        {editable && experts.length < 20 && (
          <Button
            variant="light"
            size="compact-md"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => {
              setPlace(experts.length)
              void onChange((now) => ({ experts: [...now.experts, { name: '', judgements: [] }] }))
            }}
          >
            {t('expertAdd')}
          </Button>
        )}
      </Group>
      {expert !== undefined && (
        <>
          <Group gap="sm" mt="sm" align="flex-end">
            <LineField key={at} label={t('expertName')} readOnly={!editable} value={expert.name} onCommit={(name) => changeExpert((now) => ({ ...now, name }))} />
            {editable && <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('expertRemove', { name: expertName(expert, at) })} onClick={() => void onChange((now) => ({ experts: now.experts.filter((_, index) => index !== at) }))}><IconTrash size={17} aria-hidden /></ActionIcon>}
            <Text size="sm" c="dimmed">{t('judged', { judged: pairs.filter(([a, b]) => judgementOf(expert, a.id, b.id) !== null).length, pairs: pairs.length })}</Text>
          </Group>
          <ul className={classes.rows}>
            {pairs.map(([a, b]) => {
              const degree = judgementOf(expert, a.id, b.id)
              const [first, second] = [pick(a.text), pick(b.text)]
              const label = t('question', { a: first, b: second })
              return (
                <li key={`${a.id} ${b.id}`} className={classes.pair}>
                  <Text size="sm">{label}</Text>
                  <NativeSelect
                    size="sm"
                    aria-label={label}
                    disabled={!editable}
                    value={degree === null ? '' : String(degree)}
                    data={[{ value: '', label: t('notJudged') }, ...degrees.map((entry) => ({ value: String(entry), label: degreeWords(entry, first, second) }))]}
                    onChange={(event) => {
                      const { value } = event.currentTarget
                      void changeExpert((now) => withJudgement(now, a.id, b.id, value === '' ? null : Number(value)))
                    }}
                  />
                </li>
              )
            })}
          </ul>
        </>
      )}
      {weighing.fault !== null && experts.length > 0 && <div className={classes.notice}><Notice tone="warn">{say(weighing.fault)}</Notice></div>}
      {ahp !== null && (
        <>
          <Text size="sm" fw={560} mt="md">{ahp.cr === null ? t('crNone') : t('cr', { cr: number(ahp.cr) })}</Text>
          {ahp.consistent === true && <Text size="sm" c="var(--lg-good)">{t('crGood')}</Text>}
          {ahp.consistent === false && ahp.worstTriad !== null && <div className={classes.notice}><Notice tone="warn">{t('crBad', { a: nameOf(ahp.worstTriad.ids[0]), b: nameOf(ahp.worstTriad.ids[1]), c: nameOf(ahp.worstTriad.ids[2]) })}</Notice></div>}
          {ahp.cycle !== null && <Text size="sm" c="var(--lg-warn)">{t('cycle', { names: ahp.cycle.map(nameOf).join(' › ') })}</Text>}
          {ahp.filled.length > 0 && <Text size="sm" c="dimmed">{t('filled', { count: ahp.filled.length })}</Text>}
          {ahp.experts.length > 1 && ahp.experts.map((entry, index) => (entry.cr === null ? null : <Text key={index} size="sm" c={entry.consistent === false ? 'var(--lg-warn)' : 'dimmed'}>{t('expertCr', { name: entry.name === '' ? t('expertNumber', { n: index + 1 }) : entry.name, cr: number(entry.cr) })}</Text>))}
          <details className={results.details}>
            <summary>{t('matrix')}</summary>
            <div className={results.scroll}>
              <table className={results.table} aria-label={t('matrix')}>
                <thead><tr><th aria-hidden />{ahp.ids.map((id) => <th key={id} scope="col" data-number>{nameOf(id)}</th>)}</tr></thead>
                <tbody>{ahp.ids.map((id, i) => <tr key={id}><th scope="row">{nameOf(id)}</th>{ahp.ids.map((other, j) => <td key={other} data-number>{number(ahp.matrix[i]?.[j] ?? 1)}</td>)}</tr>)}</tbody>
              </table>
            </div>
          </details>
        </>
      )}
    </div>
  )
}
