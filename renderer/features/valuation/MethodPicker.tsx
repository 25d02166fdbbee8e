import { Button, Checkbox, Text, Title } from '@mantine/core'
import { useMemo, useState } from 'react'
import { valuationFitEn } from '../../../shared/i18n/en/valuation-fit.ts'
import { valuationEn } from '../../../shared/i18n/en/valuation.ts'
import { valuationFitVi } from '../../../shared/i18n/vi/valuation-fit.ts'
import { valuationVi } from '../../../shared/i18n/vi/valuation.ts'
import { evaluateReadiness } from '../../../shared/checklist/readiness.ts'
import { checklistPackOf } from '../../../shared/dossier/context.ts'
import type { Knowledge } from '../../../shared/dossier/context.ts'
import type { DossierState } from '../../../shared/schema/dossier.ts'
import type { MethodSpec } from '../../../shared/valuation/figure.ts'
import { dataAtHand, fitMethods } from '../../../shared/valuation/fit.ts'
import type { Verdict } from '../../../shared/valuation/fit.ts'
import { dataKinds, dataNames } from '../../../shared/valuation/fit-rules.ts'
import type { DataKind } from '../../../shared/valuation/fit-rules.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { usePick, useT } from '../../ui/language.tsx'
import { useProfileWords } from '../../ui/profile-words.ts'
import { useDossier, useKnowledge, useSourceFacts } from '../../ui/store-context.tsx'
import classes from './MethodPicker.module.css'

/** The readiness level (TRL) that the checklist recognises; null before anything has been answered. */
const levelOf = (state: DossierState, knowledge: Knowledge): number | null => {
  const pack = checklistPackOf(state, knowledge)?.pack
  if (pack === undefined || state.checklist === null || Object.keys(state.checklist.answers).length === 0) return null
  const readiness = evaluateReadiness(pack, state.checklist, state.evidence)
  return readiness?.scale === 'TRL' ? readiness.level : null
}

const groups: readonly (readonly [Verdict, 'suits' | 'possible' | 'unlikely'])[] = [['suits', 'suits'], ['possible', 'possible'], ['unlikely', 'unlikely']]
const approachKeys = { income: 'approachIncome', cost: 'approachCost', market: 'approachMarket', option: 'approachOption' } as const

/** Chooses a method: those that fit this dossier first, each with its reason and what to mind; none is hidden. */
export const MethodPicker = ({ onClose, onPick }: { readonly onClose: () => void; readonly onPick: (method: MethodSpec) => void }) => {
  const t = useT(valuationVi, valuationEn)
  const f = useT(valuationFitVi, valuationFitEn)
  const pick = usePick()
  const words = useProfileWords()
  const { state } = useDossier()
  const sourceFacts = useSourceFacts()
  const knowledge = useKnowledge()
  const { purpose } = state.profile
  const entered = useMemo(() => dataAtHand(Object.values(state.valuation.sheets)), [state.valuation.sheets])
  const [ticked, setTicked] = useState<ReadonlySet<DataKind>>(entered)
  const level = useMemo(() => levelOf(state, knowledge), [state, knowledge])
  const fits = useMemo(() => fitMethods({ level, profile: state.profile, data: ticked }), [level, state.profile, ticked])
  const tick = (kind: DataKind, on: boolean): void => {
    const next = new Set(ticked)
    if (on) next.add(kind)
    else next.delete(kind)
    setTicked(next)
  }
  return (
    <Dialog opened onClose={onClose} size={860} title={t('pickMethod')}>
      <section className={classes.facts} aria-label={f('facts')}>
        <Text size="sm">{f('judgedBy', { level: level === null ? f('levelUnknown') : `TRL ${String(level)}`, purpose: purpose === '' ? f('purposeUnknown') : words.purpose(purpose) })}</Text>
        <Text size="sm" fw={560} mt="xs">{f('dataAsk')}</Text>
        <div className={classes.data}>
          {dataKinds.map((kind) => (
            <Checkbox key={kind} size="sm" label={pick(dataNames[kind])} checked={ticked.has(kind)} disabled={entered.has(kind)} onChange={(event) => tick(kind, event.currentTarget.checked)} />
          ))}
        </div>
      </section>
      {groups.map(([verdict, key]) => {
        const listed = fits.filter((fit) => fit.verdict === verdict)
        if (listed.length === 0) return null
        return (
          <section key={verdict} className={classes.group} aria-label={f(key)}>
            <Title order={3} size="h4">{f(key)}</Title>
            {listed.map((fit) => {
              const method = methodById(fit.method)
              if (method === undefined) return null
              return (
                <div key={fit.method} className={classes.pick}>
                  <div>
                    <Text fw={560}>{pick(method.name)}<Text span size="xs" c="dimmed" fw={400}>{` · ${t(approachKeys[method.approach])}`}</Text></Text>
                    <Text size="sm">{pick(fit.reason)}</Text>
                    <Text size="xs" c="dimmed" mt={2}>{`${pick(method.summary)} ${sourceFacts(pick(method.clause))}.`}</Text>
                    {fit.cautions.length > 0 && <ul className={classes.cautions}>{fit.cautions.map((caution) => <li key={caution.en}>{pick(caution)}</li>)}</ul>}
                  </div>
                  <Button variant={verdict === 'suits' ? 'light' : 'default'} aria-label={`${t('use')}: ${pick(method.name)}`} onClick={() => onPick(method)}>{t('use')}</Button>
                </div>
              )
            })}
          </section>
        )
      })}
    </Dialog>
  )
}
