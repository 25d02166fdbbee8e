import { Group, NativeSelect, Text, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { nodesOf, rootNode } from '../../../../shared/checklist/tree.ts'
import type { WeighedNode } from '../../../../shared/checklist/tree.ts'
import type { NodeWeighing } from '../../../../shared/checklist/weights.ts'
import { weighNode } from '../../../../shared/checklist/weights.ts'
import { checklistOf } from '../../../../shared/dossier/context.ts'
import { answeringEn } from '../../../../shared/i18n/en/answering.ts'
import { checklistWeightsEn } from '../../../../shared/i18n/en/checklist-weights.ts'
import { answeringVi } from '../../../../shared/i18n/vi/answering.ts'
import { checklistWeightsVi } from '../../../../shared/i18n/vi/checklist-weights.ts'
import { formatNumber, formatPercent, parseNumber } from '../../../../shared/kernel/number-text.ts'
import type { ChecklistPack } from '../../../../shared/rulepack/schema.ts'
import type { Checklist, NodeWeights } from '../../../../shared/schema/dossier.ts'
import { ProseField } from '../../../ui/fields/ProseField.tsx'
import { isComposing } from '../../../ui/keys.ts'
import { useFaultText, useLanguage, usePick, useT } from '../../../ui/language.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { useDossier } from '../../../ui/store-context.tsx'
import { draftProps, useDraft } from '../../../ui/use-draft.ts'
import { inList } from '../use-answering.tsx'
import { AhpPart } from './AhpPart.tsx'
import classes from './Weights.module.css'

interface Props {
  readonly pack: ChecklistPack
  readonly checklist: Checklist
  readonly list: string | undefined
  readonly readOnly: boolean
}

/** Weights of a node before anybody entered any: what the pack proposes, and no judgements. */
const freshWeights = (node: WeighedNode, method: NodeWeights['method']): NodeWeights => ({
  method, experts: [], reason: '',
  direct: Object.fromEntries(node.children.map((child) => [child.id, child.weight ?? 1])),
})

interface FieldProps {
  readonly label: string
  readonly value: number | null
  readonly readOnly: boolean
  readonly onValue: (value: number | null) => Promise<boolean>
}

const WeightField = ({ label, value, readOnly, onValue }: FieldProps) => {
  const t = useT(answeringVi, answeringEn)
  const { language } = useLanguage()
  const [fault, setFault] = useState(false)
  const draft = useDraft(value === null ? '' : formatNumber(value, language), async (text) => {
    if (text.trim() === '') return onValue(null)
    const read = parseNumber(text, language)
    const wrong = !read.ok || read.value.value < 0 || read.value.value > 1e6
    setFault(wrong)
    return read.ok && !wrong ? onValue(read.value.value) : false
  }, { rest: 1500 })
  return (
    <TextInput
      size="sm"
      aria-label={label}
      readOnly={readOnly}
      inputMode="decimal"
      autoComplete="off"
      maxLength={40}
      error={fault ? t('numberWrong') : undefined}
      {...draftProps(draft)}
      onChange={(event) => {
        setFault(false)
        draft.onChange(event.currentTarget.value)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !isComposing(event)) draft.onBlur()
      }}
    />
  )
}

interface SharesProps {
  readonly node: WeighedNode
  readonly weighing: NodeWeighing
  /** Field for the weight of a child; nothing where weights are not typed. */
  readonly field?: (child: WeighedNode['children'][number]) => ReactNode
}

const Shares = ({ node, weighing, field }: SharesProps) => {
  const pick = usePick()
  const { language } = useLanguage()
  return (
    <ul className={classes.rows}>
      {node.children.map((child, index) => {
        const weight = weighing.weights?.[index] ?? null
        return (
          <li key={child.id} className={classes.row} data-entered={field === undefined ? undefined : true}>
            <Text size="sm">{pick(child.text)}</Text>
            {field?.(child)}
            <span className={classes.bar} aria-hidden><span style={{ width: `${String((weight ?? 0) * 100)}%` }} /></span>
            <output className={classes.share}>{weight === null ? '–' : formatPercent(weight, language, { maxDecimals: 1 })}</output>
          </li>
        )
      })}
    </ul>
  )
}

/** Weights of a criteria tree (trọng số của cây tiêu chí), group by group: proposed, direct, or by pairwise comparison. */
export const WeightsPanel = ({ pack, checklist, list, readOnly }: Props) => {
  const t = useT(checklistWeightsVi, checklistWeightsEn)
  const pick = usePick()
  const say = useFaultText()
  const { editable: mayEdit, run } = useDossier()
  const nodes = useMemo(() => nodesOf(pack).filter(({ children }) => children.length > 1), [pack])
  const [chosen, setChosen] = useState(rootNode)
  const node = nodes.find(({ id }) => id === chosen) ?? nodes[0]
  if (node === undefined) return null
  const editable = mayEdit && !readOnly
  const given = checklist.weights?.[node.id]
  const weighing = weighNode(node, given)
  const set = (weights: NodeWeights | null): Promise<boolean> => run({ type: 'checklist.weigh', node: node.id, weights, ...inList(list) })
  /** Builds on the weights as they stand then: two quick changes never undo each other. */
  const change = (edit: (now: NodeWeights) => Partial<NodeWeights>): Promise<boolean> => run((state) => {
    const now = checklistOf(state, list)?.weights?.[node.id] ?? given ?? freshWeights(node, 'direct')
    return { type: 'checklist.weigh', node: node.id, weights: { ...now, ...edit(now) }, ...inList(list) }
  })
  const nodeName = (entry: WeighedNode): string => (entry.text === null ? t('rootName') : pick(entry.text))
  return (
    <Panel title={t('title')} lead={t('lead')} anchor="weights">
      <Group gap="md" align="flex-end">
        <NativeSelect size="sm" label={t('node')} value={node.id} data={nodes.map((entry) => ({ value: entry.id, label: nodeName(entry) }))} onChange={(event) => setChosen(event.currentTarget.value)} />
        <NativeSelect
          size="sm"
          label={t('method')}
          disabled={!editable}
          value={given?.method ?? 'pack'}
          data={[{ value: 'pack', label: t(node.children.some(({ weight }) => weight !== undefined) ? 'proposed' : 'equal') }, { value: 'direct', label: t('direct') }, { value: 'ahp', label: t('ahp') }]}
          onChange={(event) => {
            const { value } = event.currentTarget
            if (value === 'direct' || value === 'ahp') void set({ ...(given ?? freshWeights(node, value)), method: value })
            else void set(null)
          }}
        />
      </Group>
      {weighing.fault !== null && given?.method === 'direct' && <div className={classes.notice}><Notice tone="warn">{say(weighing.fault)}</Notice></div>}
      <Shares
        node={node}
        weighing={weighing}
        {...(given?.method === 'direct' ? {
          field: (child) => <WeightField label={t('weightOf', { name: pick(child.text) })} value={given.direct[child.id] ?? null} readOnly={!editable} onValue={(value) => change((now) => ({ direct: { ...now.direct, [child.id]: value } }))} />,
        } : {})}
      />
      {given?.method === 'ahp' && <AhpPart node={node} given={given} weighing={weighing} editable={editable} onChange={change} />}
      {given !== undefined && <div className={classes.notice}><ProseField key={node.id} label={t('reason')} readOnly={!editable} minRows={2} value={given.reason} onCommit={(reason) => change(() => ({ reason }))} /></div>}
    </Panel>
  )
}
