import { Anchor, Text } from '@mantine/core'
import { IconAlertCircle, IconArrowRight, IconCircleCheck } from '@tabler/icons-react'
import type { Demand, Gate } from '../../../shared/dossier/progress.ts'
import { dossiersEn } from '../../../shared/i18n/en/dossiers.ts'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { dossiersVi } from '../../../shared/i18n/vi/dossiers.ts'
import type { DossierPhase } from '../../../shared/schema/dossier.ts'
import { sectionHash } from '../../router.ts'
import type { Section } from '../../router.ts'
import { usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ProgressMark } from '../../ui/ProgressMark.tsx'
import { useProgress } from '../../ui/shell/progress.ts'
import { useDossier } from '../../ui/store-context.tsx'
import { showInstant } from '../../ui/time.ts'
import { useWords } from '../../ui/words.ts'
import { useMainFacts } from './main-facts.ts'
import classes from './OverviewScreen.module.css'

const worked = ['profile', 'evidence', 'checklist', 'valuation', 'council', 'report'] as const satisfies readonly Section[]

/** What is being worked towards in each phase. */
const gates: Readonly<Partial<Record<DossierPhase, Gate>>> = { draft: 'submit', discarded: 'submit', inReview: 'approve', approved: 'seal' }

/** Where the dossier stands: facts, what is missing, how far each section is. */
export const OverviewScreen = () => {
  const t = useT(dossiersVi, dossiersEn)
  const pick = usePick()
  const words = useWords()
  const { id, state } = useDossier()
  const { missing, sections } = useProgress(state)
  const gate = gates[state.phase]
  const now = missing.filter((demand) => demand.gate === gate)
  return (
    <>
      <PageHeader order={2} title={t('overviewTitle')} lead={t('overviewLead')} />
      {state.sample !== null && <div className={classes.notice}><Notice title={t('sampleTitle')}>{t('sampleText', { source: pick(state.sample.source) })}</Notice></div>}
      {state.delivery.refusal !== null && <div className={classes.notice}><Notice tone="bad" title={t('refusedTitle')}>{state.delivery.refusal.text}</Notice></div>}
      {state.supersedes !== null && <div className={classes.notice}><Notice>{t('supersedes', { seal: state.supersedes.slice(0, 16) })}</Notice></div>}
      <div className={classes.columns}>
        <div>
          {gate !== undefined && <Missing demands={now} />}
          <Facts />
        </div>
        <Panel title={t('readiness')}>
          <ul className={classes.sections}>
            {worked.map((name) => {
              const part = sections[name]
              return (
                <li key={name}>
                  <a href={sectionHash(id, name)}>
                    <ProgressMark share={part.progress} size={18} />
                    <span className={classes.name}>{words.section(name)}</span>
                    <span className={classes.share}>{`${Math.floor(part.progress * 100)}%`}</span>
                  </a>
                </li>
              )
            })}
          </ul>
        </Panel>
      </div>
    </>
  )
}

const Missing = ({ demands }: { readonly demands: readonly Demand[] }) => {
  const t = useT(dossiersVi, dossiersEn)
  const pick = usePick()
  const words = useWords()
  const { id } = useDossier()
  const blocking = demands.filter((demand) => demand.blocking)
  const advice = demands.filter((demand) => !demand.blocking)
  const list = (rows: readonly Demand[]) => [...Map.groupBy(rows, (demand) => demand.section)].map(([section, group]) => (
    <div key={section} className={classes.group}>
      <Text size="sm" className={classes.where}>{words.section(section)}</Text>
      <ul className={classes.missing}>
        {group.map((demand) => (
          <li key={demand.id}>
            <a href={sectionHash(id, demand.section, demand.id)}>
              <span>{pick(demand.text)}</span>
              <IconArrowRight size={15} aria-hidden />
            </a>
          </li>
        ))}
      </ul>
    </div>
  ))
  return (
    <Panel title={t('missingTitle')} {...(demands.length > 0 ? { lead: t('missingLead') } : {})}>
      {blocking.length === 0
        ? <Text className={classes.nothing}><IconCircleCheck size={20} aria-hidden />{t('missingNone')}</Text>
        : list(blocking)}
      {advice.length > 0 && (
        <>
          <Text size="sm" className={classes.advice}><IconAlertCircle size={17} aria-hidden />{t('adviceTitle')}</Text>
          {list(advice)}
        </>
      )}
    </Panel>
  )
}

const Facts = () => {
  const t = useT(dossiersVi, dossiersEn)
  const common = useT(commonVi, commonEn)
  const { id, state, editable } = useDossier()
  const rows = useMainFacts(state)
  return (
    <Panel title={t('facts')}>
      <dl className={classes.facts}>
        {rows.map((row) => (
          <div key={row.label}>
            <dt>{row.label}</dt>
            <dd>
              {row.value === ''
                ? <span className={classes.none}>{common('notEntered')}{editable && row.at !== '' && <Anchor size="sm" href={sectionHash(id, row.section, row.at)} aria-label={`${t('goFill')}: ${row.label}`}>{t('goFill')}</Anchor>}</span>
                : row.value}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('factCreated')}</dt>
          <dd>{t('createdBy', { name: state.createdBy, when: showInstant(state.createdAt) })}</dd>
        </div>
        {state.delivery.seal !== null && (
          <div>
            <dt>{t('factSeal')}</dt>
            <dd className={classes.hash}>{state.delivery.seal}</dd>
          </div>
        )}
      </dl>
    </Panel>
  )
}
