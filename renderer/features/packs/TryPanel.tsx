import { Button, Table, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { isShown } from '../../../shared/checklist/answers.ts'
import { checklistResult, resultNumbers } from '../../../shared/checklist/result.ts'
import type { ChecklistResult } from '../../../shared/checklist/result.ts'
import { packsEn } from '../../../shared/i18n/en/packs.ts'
import { packsVi } from '../../../shared/i18n/vi/packs.ts'
import { formatNumber } from '../../../shared/kernel/number-text.ts'
import type { ChecklistPack } from '../../../shared/rulepack/schema.ts'
import { citationText } from '../../../shared/rulepack/source-words.ts'
import type { Checklist } from '../../../shared/schema/dossier.ts'
import { AnsweringProvider, emptyAnswer } from '../../ui/checklist/answering.tsx'
import type { Answering } from '../../ui/checklist/answering.tsx'
import { CriterionCard } from '../../ui/checklist/CriterionCard.tsx'
import { InSight } from '../../ui/checklist/InSight.tsx'
import { QuestionCard } from '../../ui/checklist/QuestionCard.tsx'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { Panel } from '../../ui/Panel.tsx'
import classes from './Packs.module.css'

const blank: Checklist = { pack: { id: '', version: '', sha256: '' }, answers: {}, waivers: {} }

/** Name of a number of a result: of the section, criterion or figure that it belongs to. */
const nameOf = (pack: ChecklistPack, id: string): { readonly vi: string; readonly en: string } | null => {
  const section = pack.sections.find((entry) => entry.id === id)
  const criterion = pack.sections.flatMap(({ criteria }) => criteria ?? []).find((entry) => entry.id === id)
  const figure = pack.scoring.by === 'rules' ? pack.scoring.figures.find((entry) => entry.id === id) : undefined
  return section?.title ?? criterion?.text ?? figure?.text ?? null
}

const Results = ({ pack, result }: { readonly pack: ChecklistPack; readonly result: ChecklistResult }) => {
  const t = useT(packsVi, packsEn)
  const pick = usePick()
  const { language } = useLanguage()
  const { points, rules, readiness } = result
  const pointsClass = pack.scoring.by === 'points' || pack.scoring.by === 'weighted' ? pack.scoring.classes.find(({ id }) => id === points?.class) : undefined
  const named = rules?.class ?? pointsClass
  const numbers = Object.entries(resultNumbers(result))
  return (
    <Panel title={t('results')} lead={t('resultsLead')}>
      <Text size="lg" fw={600} mb="sm">
        {readiness === null ? (named === undefined || named === null ? t('noClass') : t('classIs', { name: pick(named.text) })) : t('levelIs', { scale: readiness.scale, level: readiness.level })}
      </Text>
      {(rules?.gaps ?? []).map(({ gap }) => <Text key={gap.id} size="sm" c="var(--lg-warn)">{pick(gap.text)}</Text>)}
      <Table data-figures verticalSpacing={6}>
        <Table.Tbody>
          {numbers.map(([id, value]) => {
            const name = nameOf(pack, id)
            return (
              <Table.Tr key={id}>
                <Table.Td>{id === 'total' ? t('total') : id === 'level' ? t('level') : name === null ? id : pick(name)}</Table.Td>
                <Table.Td ta="right" className={classes.value}>{value === null ? t('undecided') : formatNumber(value, language)}</Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </Panel>
  )
}

/** The pack as the evaluator will see it, with answers that are kept nowhere, and what they come to (xem trước và thử). */
export const TryPanel = ({ pack }: { readonly pack: ChecklistPack }) => {
  const t = useT(packsVi, packsEn)
  const pick = usePick()
  const { language } = useLanguage()
  const [checklist, setChecklist] = useState(blank)
  const result = useMemo(() => checklistResult(pack, checklist, {}), [pack, checklist])
  const answering = useMemo((): Answering => ({
    editable: true,
    set: (question, patch) => {
      setChecklist((now) => {
        const before = now.answers[question] ?? emptyAnswer
        return { ...now, answers: { ...now.answers, [question]: { ...before, ...(typeof patch === 'function' ? patch(before) : patch) } } }
      })
      return Promise.resolve(true)
    },
    waive: undefined,
    unwaive: () => undefined,
    evidence: () => null,
    moneyUnit: 'VND',
  }), [])
  const basisOf = (basis: readonly { readonly source: string; readonly clause: string }[]): string => basis.map((one) => citationText(one, pack.sources, language)).join('; ')
  return (
    <AnsweringProvider answering={answering}>
      <div className={classes.tryout}>
        <div>
          {pack.sections.map((section, at) => (
            <Panel key={section.id} flush title={pick(section.title)} lead={pick(section.intro)}>
              {section.questions.filter((question) => isShown(question, checklist.answers)).map((question, index) => (
                <InSight key={question.id} id={`q-${question.id}`} eager={at === 0 && index < 6}>
                  <QuestionCard
                    question={question}
                    answer={checklist.answers[question.id]}
                    waiver={undefined}
                    basis={basisOf(question.basis)}
                    computed={question.type === 'computed' ? result.values.valueOf(question.id) : null}
                    rowOf={question.type === 'table' ? result.values.row : undefined}
                  />
                </InSight>
              ))}
              {(result.rules?.criteria ?? []).filter((outcome) => outcome.section.id === section.id).map((outcome) => <CriterionCard key={outcome.criterion.id} outcome={outcome} basis={basisOf(outcome.criterion.basis)} working={[]} />)}
            </Panel>
          ))}
        </div>
        <div className={classes.sticky}>
          <Results pack={pack} result={result} />
          <Button variant="default" onClick={() => setChecklist(blank)}>{t('tryAgain')}</Button>
        </div>
      </div>
    </AnsweringProvider>
  )
}
