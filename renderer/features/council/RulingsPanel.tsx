import { Button, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { evaluateRules } from '../../../shared/checklist/outcome.ts'
import type { PackClass, RulesOutcome } from '../../../shared/checklist/outcome.ts'
import { checklistsOf } from '../../../shared/dossier/context.ts'
import { isPermitted } from '../../../shared/dossier/phases.ts'
import { checklistRulingsEn } from '../../../shared/i18n/en/checklist-rulings.ts'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { checklistRulingsVi } from '../../../shared/i18n/vi/checklist-rulings.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { dateText, parseDateText } from '../../../shared/kernel/date-text.ts'
import type { ChecklistPack } from '../../../shared/rulepack/schema.ts'
import type { Ruling } from '../../../shared/schema/dossier.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useDossier, useLive, usePacks, useStore } from '../../ui/store-context.tsx'
import { today } from '../../ui/time.ts'
import { useToast } from '../../ui/toasts.tsx'

interface OpenGap {
  readonly list: string | undefined
  readonly pack: ChecklistPack
  readonly rules: RulesOutcome
  readonly gap: RulesOutcome['gaps'][number]['gap']
  readonly ruling: Ruling | null
}

const classesOf = ({ scoring }: ChecklistPack): readonly PackClass[] => (scoring.by === 'rules' ? scoring.classes : [])

/** Results that the class rules do not cover (điểm hội đồng phải quyết): each gap with the class that the council chooses and why. */
export const RulingsPanel = () => {
  const t = useT(checklistRulingsVi, checklistRulingsEn)
  const common = useT(commonVi, commonEn)
  const pick = usePick()
  const toast = useToast()
  const { state, writable, run } = useDossier()
  const packs = usePacks()
  const [deciding, setDeciding] = useState<OpenGap | null>(null)
  const gaps = useMemo(() => checklistsOf(state).flatMap(({ list, checklist }): OpenGap[] => {
    const pack = packs.byHash(checklist.pack.sha256)?.pack
    const rules = pack?.use === 'checklist' ? evaluateRules(pack, checklist) : null
    return pack?.use !== 'checklist' || rules === null ? [] : rules.gaps.map(({ gap, ruling }) => ({ list, pack, rules, gap, ruling }))
  }), [state, packs])
  if (gaps.length === 0) return null
  const editable = writable && isPermitted('council.rule', state.phase) && state.council.adopted === null
  const rule = (entry: OpenGap, ruling: Ruling | null): Promise<boolean> =>
    run({ type: 'council.rule', gap: entry.gap.id, ruling, ...(entry.list === undefined ? {} : { list: entry.list }) })
  const takeBack = async (entry: OpenGap): Promise<void> => {
    if (await rule(entry, null)) toast({ text: t('takenBack'), action: { label: common('undo'), run: () => void run({ type: 'undo' }) } })
  }
  const nameOf = (pack: ChecklistPack, id: string): string => {
    const found = classesOf(pack).find((entry) => entry.id === id)
    return found === undefined ? id : pick(found.text)
  }
  return (
    <Panel title={t('title')} lead={t('lead')} anchor="rulings">
      <Stack gap="lg">
        {gaps.map((entry) => {
          const { list, pack, rules, gap, ruling } = entry
          return (
            <div key={`${list ?? ''}.${gap.id}`} data-at={`ruling.${list ?? 'main'}.${gap.id}`}>
              <Text fw={560}>{pick(gap.text)}</Text>
              <Text size="sm" c="dimmed" mt={4}>{rules.proposed === null ? t('noProposal') : t('proposed', { class: pick(rules.proposed.text) })}</Text>
              {ruling !== null && (
                <Notice tone="good" title={t('decided', { class: nameOf(pack, ruling.class) })}>
                  {t('reasonBy', { reason: ruling.reason, by: ruling.by, date: dateText(ruling.date) })}
                </Notice>
              )}
              {editable ? (
                <Group gap="sm" mt="sm">
                  <Button variant={ruling === null ? 'filled' : 'light'} onClick={() => setDeciding(entry)}>{t(ruling === null ? 'decide' : 'change')}</Button>
                  {ruling !== null && <Button variant="subtle" color="gray" onClick={() => void takeBack(entry)}>{t('takeBack')}</Button>}
                </Group>
              ) : state.phase === 'draft' && <Text size="sm" mt={6}>{t('afterSubmit')}</Text>}
            </div>
          )
        })}
      </Stack>
      {deciding !== null && <RulingDialog entry={deciding} onClose={() => setDeciding(null)} onRule={(ruling) => rule(deciding, ruling)} />}
    </Panel>
  )
}

interface DialogProps {
  readonly entry: OpenGap
  readonly onClose: () => void
  readonly onRule: (ruling: Ruling) => Promise<boolean>
}

const RulingDialog = ({ entry: { pack, gap, ruling }, onClose, onRule }: DialogProps) => {
  const t = useT(checklistRulingsVi, checklistRulingsEn)
  const c = useT(commonVi, commonEn)
  const pick = usePick()
  const vault = useLive(useStore().vault)
  const [chosen, setChosen] = useState(ruling?.class ?? '')
  const [reason, setReason] = useState(ruling?.reason ?? '')
  const [by, setBy] = useState(ruling?.by ?? (vault.is === 'open' ? vault.author : ''))
  const [date, setDate] = useState(() => dateText(ruling?.date ?? today()))
  const [asked, setAsked] = useState(false)
  const iso = parseDateText(date)
  const complete = chosen !== '' && reason.trim() !== '' && by.trim() !== '' && iso !== null && iso !== ''
  const save = async (): Promise<void> => {
    setAsked(true)
    if (!complete || iso === null) return
    if (await onRule({ class: chosen, reason: reason.trim(), by: by.trim(), date: iso })) onClose()
  }
  return (
    <Dialog opened onClose={onClose} title={t('dialogTitle')} actions={<><Button variant="default" onClick={onClose}>{c('cancel')}</Button><Button onClick={() => void save()}>{t('save')}</Button></>}>
      <Stack gap="md">
        <Text size="sm">{pick(gap.text)}</Text>
        <NativeSelect data-autofocus label={t('class')} withAsterisk value={chosen} data={[{ value: '', label: t('choose') }, ...classesOf(pack).map((entry) => ({ value: entry.id, label: pick(entry.text) }))]} onChange={(event) => setChosen(event.currentTarget.value)} />
        <Textarea label={t('reason')} withAsterisk autosize minRows={3} maxRows={10} maxLength={5000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <TextInput label={t('by')} withAsterisk maxLength={500} value={by} onChange={(event) => setBy(event.currentTarget.value)} />
        <TextInput label={t('date')} withAsterisk placeholder={c('dateHint')} maxLength={20} value={date} error={iso === null ? c('dateWrong') : undefined} onChange={(event) => setDate(event.currentTarget.value)} />
        {asked && !complete && <Text size="sm" c="var(--lg-bad)" role="alert">{t('incomplete')}</Text>}
      </Stack>
    </Dialog>
  )
}
