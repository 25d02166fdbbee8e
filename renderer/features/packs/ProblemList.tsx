import { Text, UnstyledButton } from '@mantine/core'
import { packsEn } from '../../../shared/i18n/en/packs.ts'
import { packsVi } from '../../../shared/i18n/vi/packs.ts'
import type { PackProblem } from '../../../shared/rulepack/contradictions.ts'
import { usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import classes from './Packs.module.css'

/** Everything that keeps a draft from being final, each with the way there. */
export const ProblemList = ({ problems, onGo }: { readonly problems: readonly PackProblem[]; readonly onGo: (path: PackProblem['path']) => void }) => {
  const t = useT(packsVi, packsEn)
  const pick = usePick()
  if (problems.length === 0) return <Notice tone="good">{t('noProblems')}</Notice>
  return (
    <Panel title={t('problemsTitle', { count: problems.length })} lead={t('problemsLead')}>
      <ul className={classes.problems}>
        {problems.map((problem) => (
          <li key={`${problem.path.join('/')} ${problem.text.vi}`}>
            <UnstyledButton className={classes.problem} onClick={() => onGo(problem.path)}><Text size="sm">{pick(problem.text)}</Text></UnstyledButton>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
