import { Button, Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { councilEn } from '../../../shared/i18n/en/council.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { councilVi } from '../../../shared/i18n/vi/council.ts'
import { formatNumber, parseNumber } from '../../../shared/kernel/number-text.ts'
import type { CouncilRule } from '../../../shared/rulepack/schema.ts'
import type { CouncilMember, Scorecard } from '../../../shared/schema/dossier.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { useDossier } from '../../ui/store-context.tsx'

interface Props {
  readonly member: CouncilMember
  readonly rule: CouncilRule
  readonly onClose: () => void
}
type Vote = Scorecard['vote']

/** The scorecard of one member (phiếu chấm), filled alone and handed in once. */
export const CardDialog = ({ member, rule, onClose }: Props) => {
  const t = useT(councilVi, councilEn)
  const c = useT(commonVi, commonEn)
  const pick = usePick()
  const { language } = useLanguage()
  const confirm = useConfirm()
  const { run } = useDossier()
  const [points, setPoints] = useState<Readonly<Record<string, string>>>({})
  const [comments, setComments] = useState<Readonly<Record<string, string>>>({})
  const [vote, setVote] = useState<Vote | ''>('')
  const [opinion, setOpinion] = useState('')
  const [asked, setAsked] = useState(false)
  const criteria = rule.scoring?.criteria ?? []
  const read = Object.fromEntries(criteria.map((criterion) => {
    const number = parseNumber(points[criterion.id] ?? '', language)
    return [criterion.id, number.ok && number.value.value >= 0 && number.value.value <= criterion.max ? number.value.value : null]
  }))
  const complete = vote !== '' && Object.values(read).every((value) => value !== null)
  const total = Object.values(read).reduce<number>((sum, value) => sum + (value ?? 0), 0)

  const send = async (): Promise<void> => {
    setAsked(true)
    if (!complete) return
    if (!(await confirm({ title: t('sendTitle'), text: t('sendText'), action: t('sendCard'), tone: 'grave' }))) return
    const numbers = Object.fromEntries(Object.entries(read).flatMap(([id, value]) => (value === null ? [] : [[id, value]])))
    const said = Object.fromEntries(Object.entries(comments).filter(([, text]) => text.trim() !== ''))
    if (await run({ type: 'council.score', card: { member: member.id, points: numbers, comments: said, vote, opinion: opinion.trim() } })) onClose()
  }

  return (
    <Dialog
      opened
      size="lg"
      onClose={onClose}
      title={t('cardTitle', { name: member.name })}
      actions={
        <>
          <Button variant="default" onClick={onClose}>{c('cancel')}</Button>
          <Button onClick={() => void send()}>{t('sendCard')}</Button>
        </>
      }
    >
      <Stack gap="lg">
        <Text size="sm" c="dimmed">{t('cardLead')}</Text>
        {criteria.map((criterion) => (
          <div key={criterion.id}>
            <Text fw={560} size="sm">{pick(criterion.text)}</Text>
            <Text size="sm" c="dimmed" mb={6}>{pick(criterion.guidance)}</Text>
            <Group align="flex-start" wrap="nowrap">
              <TextInput
                w={130}
                aria-label={`${pick(criterion.text)}: ${t('points', { max: criterion.max })}`}
                placeholder={t('points', { max: criterion.max })}
                inputMode="decimal"
                maxLength={12}
                error={asked && read[criterion.id] === null}
                value={points[criterion.id] ?? ''}
                onChange={(event) => setPoints({ ...points, [criterion.id]: event.currentTarget.value })}
              />
              <TextInput flex={1} aria-label={`${pick(criterion.text)}: ${t('comment')}`} placeholder={t('comment')} maxLength={2000} value={comments[criterion.id] ?? ''} onChange={(event) => setComments({ ...comments, [criterion.id]: event.currentTarget.value })} />
            </Group>
          </div>
        ))}
        {rule.scoring !== null && <Text fw={560}>{t('total', { total: formatNumber(total, language), max: rule.scoring.maximum })}</Text>}
        <Radio.Group label={t('vote')} withAsterisk value={vote} onChange={(value) => setVote(value === 'for' || value === 'against' || value === 'abstain' ? value : '')}>
          <Group gap="lg" mt={6}>
            <Radio value="for" label={t('voteFor')} />
            <Radio value="against" label={t('voteAgainst')} />
            <Radio value="abstain" label={t('voteAbstain')} />
          </Group>
        </Radio.Group>
        <Textarea label={t('opinion')} autosize minRows={2} maxLength={10_000} value={opinion} onChange={(event) => setOpinion(event.currentTarget.value)} />
        {asked && !complete && <Text size="sm" c="var(--lg-bad)" role="alert">{t('cardIncomplete')}</Text>}
      </Stack>
    </Dialog>
  )
}
