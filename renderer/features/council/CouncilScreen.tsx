import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { barOf, membersOf } from '../../../shared/council/facts.ts'
import { draftMinutes } from '../../../shared/council/minutes.ts'
import { compositionProblems } from '../../../shared/council/result.ts'
import { councilEn } from '../../../shared/i18n/en/council.ts'
import { councilVi } from '../../../shared/i18n/vi/council.ts'
import { packRef } from '../../../shared/rulepack/load.ts'
import type { LoadedPack } from '../../../shared/rulepack/load.ts'
import type { CouncilPack, CouncilRule } from '../../../shared/rulepack/schema.ts'
import type { CouncilMember } from '../../../shared/schema/dossier.ts'
import { sectionHash } from '../../router.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { ChoiceField } from '../../ui/fields/ChoiceField.tsx'
import { DateField } from '../../ui/fields/DateField.tsx'
import { FieldGrid } from '../../ui/fields/FieldGrid.tsx'
import { LineField } from '../../ui/fields/LineField.tsx'
import { ProseField } from '../../ui/fields/ProseField.tsx'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { PackOrigin } from '../../ui/PackOrigin.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useDossier, usePacks } from '../../ui/store-context.tsx'
import { useToast } from '../../ui/toasts.tsx'
import { CardDialog } from './CardDialog.tsx'
import { useCouncilWords } from './council-words.ts'
import classes from './CouncilScreen.module.css'
import { MembersPanel } from './MembersPanel.tsx'
import { ResultsPanel } from './ResultsPanel.tsx'
import { RulingsPanel } from './RulingsPanel.tsx'

/** The assessment council (hội đồng): rule, members, independent scores, result, minutes. */
export const CouncilScreen = () => {
  const t = useT(councilVi, councilEn)
  const { state, writable } = useDossier()
  const packs = usePacks()
  const { council } = state
  const editable = writable && (state.phase === 'draft' || state.phase === 'inReview') && council.adopted === null
  const loaded = council.rule === null ? undefined : packs.byHash(council.rule.sha256)
  const pack = loaded?.pack.use === 'council' ? loaded.pack : null
  return (
    <>
      <PageHeader order={2} title={t('title')} lead={t('lead')} />
      <RulePanel pack={pack} editable={editable && council.round === 'none'} />
      <MeetingPanel editable={editable} />
      <MembersPanel rule={pack?.rule ?? null} editable={editable} />
      {pack !== null && <ScoringPanel rule={pack.rule} editable={editable && state.phase === 'inReview'} />}
      {pack !== null && council.round === 'closed' && <ResultsPanel rule={pack.rule} editable={editable} />}
      <RulingsPanel />
      <MinutesPanel pack={pack} />
      <ApprovePanel />
    </>
  )
}

const RulePanel = ({ pack, editable }: { readonly pack: CouncilPack | null; readonly editable: boolean }) => {
  const t = useT(councilVi, councilEn)
  const pick = usePick()
  const { state, run } = useDossier()
  const packs = usePacks()
  const choices: readonly LoadedPack<CouncilPack>[] = packs.councils()
  const current = state.council.rule?.sha256 ?? ''
  const known = choices.some(({ sha256 }) => sha256 === current)
  return (
    <Panel title={t('rule')} lead={t('ruleLead')} anchor="rule">
      <ChoiceField
        bare
        label={t('ruleChoose')}
        readOnly={!editable}
        value={current}
        choices={[
          ...(current === '' ? [{ value: '', label: t('ruleNone') }] : []),
          ...(pack !== null && !known ? [{ value: current, label: pick(pack.title) }] : []),
          ...choices.map((choice) => ({ value: choice.sha256, label: pick(choice.pack.title) })),
        ]}
        onCommit={(sha256) => {
          const chosen = choices.find((choice) => choice.sha256 === sha256)
          return chosen === undefined ? Promise.resolve(false) : run({ type: 'council.useRule', rule: packRef(chosen) })
        }}
      />
      {current !== '' && <PackOrigin sha256={current} />}
      {current !== '' && pack === null && <Notice tone="warn">{t('ruleGone')}</Notice>}
      {pack !== null && <RuleWords pack={pack} />}
    </Panel>
  )
}

const RuleWords = ({ pack }: { readonly pack: CouncilPack }) => {
  const t = useT(councilVi, councilEn)
  const pick = usePick()
  const { rule } = pack
  const { quorum, decision, size } = rule
  return (
    <>
      <ul className={classes.list}>
        <li>{size.max === null ? t('ruleSizeMin', { min: size.min }) : t('ruleSize', { min: size.min, max: size.max })}</li>
        <li>{t('ruleQuorum', { n: quorum.share.numerator, d: quorum.share.denominator, chair: t(quorum.chairedBy === 'chair' ? 'chairOnly' : 'chairOrDeputy') })}</li>
        <li>{t('ruleDecision', { over: t(decision.strict ? 'over' : 'atLeast'), n: decision.share.numerator, d: decision.share.denominator, base: t(decision.base) })}</li>
        {decision.tie === 'chair' && <li>{t('ruleTie')}</li>}
      </ul>
      <Text size="sm" c="dimmed" mt="xs">{t('basis', { list: pack.sources.map((source) => `${source.number} — ${pick(source.title)}`).join('; ') })}</Text>
    </>
  )
}

const MeetingPanel = ({ editable }: { readonly editable: boolean }) => {
  const t = useT(councilVi, councilEn)
  const { state, run } = useDossier()
  const { council } = state
  const readOnly = !editable
  return (
    <Panel title={t('facts')} anchor="meeting">
      <FieldGrid columns={3}>
        <LineField anchor="decision" label={t('decisionNumber')} readOnly={readOnly} value={council.decisionNumber} onCommit={(decisionNumber) => run({ type: 'council.describe', patch: { decisionNumber } })} />
        <DateField anchor="meetingDate" label={t('meetingDate')} readOnly={readOnly} value={council.meetingDate} onCommit={(meetingDate) => run({ type: 'council.describe', patch: { meetingDate } })} />
        <LineField anchor="place" label={t('place')} readOnly={readOnly} value={council.place} onCommit={(place) => run({ type: 'council.describe', patch: { place } })} />
      </FieldGrid>
    </Panel>
  )
}

const ScoringPanel = ({ rule, editable }: { readonly rule: CouncilRule; readonly editable: boolean }) => {
  const t = useT(councilVi, councilEn)
  const words = useCouncilWords()
  const confirm = useConfirm()
  const { state, run } = useDossier()
  const [scoring, setScoring] = useState<CouncilMember | null>(null)
  const { council } = state
  const members = membersOf(council)
  const able = members.filter((member) => barOf(member, rule.absentBallots) === null)
  const cards = Object.keys(council.cards).length

  const close = async (): Promise<void> => {
    if (!(await confirm({ title: t('closeTitle'), text: t('closeText', { have: cards, all: able.length }), action: t('closeRound') }))) return
    await run({ type: 'council.closeRound' })
  }

  return (
    <Panel
      flush={council.round !== 'none'}
      title={t('scoring')}
      lead={t('scoringLead')}
      anchor="scores"
      actions={!editable ? undefined : council.round === 'open'
        ? <Button variant={cards === able.length ? 'filled' : 'default'} disabled={cards === 0} onClick={() => void close()}>{t('closeRound')}</Button>
        : <Button variant={council.round === 'none' ? 'filled' : 'default'} disabled={compositionProblems(council, rule).length > 0} onClick={() => void run({ type: 'council.openRound' })}>{t(council.round === 'none' ? 'openRound' : 'reopenRound')}</Button>}
    >
      {state.phase === 'draft' && council.round === 'none' && <Text size="sm" c="dimmed">{t('scoringAfterSubmit')}</Text>}
      {council.round !== 'none' && (
        <table className={classes.table}>
          <thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('role')}</th><th scope="col">{t('vote')}</th></tr></thead>
          <tbody>
            {members.map((member) => {
              const bar = barOf(member, rule.absentBallots)
              const card = council.cards[member.id]
              return (
                <tr key={member.id}>
                  <td>{member.name}</td>
                  <td>{words.role(member.role)}</td>
                  <td>
                    {card !== undefined ? (council.round === 'closed' ? t(card.vote === 'for' ? 'voteFor' : card.vote === 'against' ? 'voteAgainst' : 'voteAbstain') : t('cardSent'))
                      : bar !== null ? <span className={classes.muted}>{words.bar(bar)}</span>
                        : editable && council.round === 'open' ? <Button variant="light" size="compact-sm" aria-label={`${t('openCard')}: ${member.name}`} onClick={() => setScoring(member)}>{t('openCard')}</Button>
                          : <span className={classes.muted}>{t('cardNotSent')}</span>}
                    {council.round === 'closed' && card !== undefined && card.opinion !== '' && <span className={classes.muted}>{card.opinion}</span>}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      {scoring !== null && <CardDialog member={scoring} rule={rule} onClose={() => setScoring(null)} />}
    </Panel>
  )
}

const MinutesPanel = ({ pack }: { readonly pack: CouncilPack | null }) => {
  const t = useT(councilVi, councilEn)
  const confirm = useConfirm()
  const { language } = useLanguage()
  const { state, writable, run } = useDossier()
  const { council } = state
  const editable = writable && (state.phase === 'draft' || state.phase === 'inReview')
  const draft = async (): Promise<void> => {
    if (pack === null) return
    if (council.minutes !== '' && !(await confirm({ title: t('replaceMinutes'), text: t('replaceText'), action: t('draftMinutes') }))) return
    await run({ type: 'council.describe', patch: { minutes: draftMinutes(state, pack)[language] } })
  }
  return (
    <Panel
      title={t('minutes')}
      lead={t('minutesLead')}
      anchor="minutes"
      actions={editable && pack !== null && council.round === 'closed' ? <Button variant={council.minutes === '' ? 'light' : 'default'} onClick={() => void draft()}>{t('draftMinutes')}</Button> : undefined}
    >
      <ProseField bare label={t('minutes')} readOnly={!editable} value={council.minutes} minRows={5} maxRows={24} onCommit={(minutes) => run({ type: 'council.describe', patch: { minutes } })} />
    </Panel>
  )
}

const ApprovePanel = () => {
  const t = useT(councilVi, councilEn)
  const toast = useToast()
  const { id, state, writable, run } = useDossier()
  if (state.phase !== 'inReview' || state.council.adopted?.outcome !== 'adopted' || !writable) return null
  return (
    <Notice
      tone="good"
      actions={
        <Button
          data-at="phase.approve"
          onClick={() => void (async () => {
            if (await run({ type: 'phase.approve' })) toast({ text: t('approved'), action: { label: t('goReport'), run: () => { window.location.hash = sectionHash(id, 'report') } } })
          })()}
        >
          {t('approve')}
        </Button>
      }
    >
      {t('outcomeAdopted')}
    </Notice>
  )
}
