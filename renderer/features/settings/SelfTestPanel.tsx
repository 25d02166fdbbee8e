import { Button, Progress, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { selfTestEn } from '../../../shared/i18n/en/self-test.ts'
import { selfTestVi } from '../../../shared/i18n/vi/self-test.ts'
import { familyName } from '../../../shared/report/family-names.ts'
import { countOf, type SelfTest } from '../../../shared/valuation/cases/self-test.ts'
import { runSelfTest } from '../../store/self-test.ts'
import { usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useLive, useStore } from '../../ui/store-context.tsx'

type State = { readonly is: 'idle' } | { readonly is: 'running'; readonly share: number } | { readonly is: 'done'; readonly result: SelfTest | null }

/** The engine's self-test: published cases run on this machine, counted by family, failures named. */
export const SelfTestPanel = () => {
  const t = useT(selfTestVi, selfTestEn)
  const pick = usePick()
  const { version } = useLive(useStore().info)
  const [state, setState] = useState<State>({ is: 'idle' })
  const run = async (): Promise<void> => {
    setState({ is: 'running', share: 0 })
    setState({ is: 'done', result: await runSelfTest((share) => setState({ is: 'running', share })) })
  }
  return (
    <Panel
      order={2}
      title={t('title')}
      lead={t('lead')}
      anchor="self-test"
      actions={<Button variant="light" loading={state.is === 'running'} onClick={() => void run()}>{t(state.is === 'done' ? 'again' : 'run')}</Button>}
    >
      {state.is === 'running' && <Progress aria-label={t('running')} value={state.share * 100} />}
      <div role="status">
        {state.is === 'done' && (state.result === null ? <Notice tone="bad">{t('broke')}</Notice> : <Result result={state.result} version={version} />)}
      </div>
      {state.is === 'done' && state.result !== null && (
        <>
          <Table mt="md" fz="sm" verticalSpacing={6} aria-label={t('table')}>
            <Table.Thead>
              <Table.Tr><Table.Th scope="col">{t('family')}</Table.Th><Table.Th scope="col" ta="right">{t('right')}</Table.Th><Table.Th scope="col" ta="right">{t('wrong')}</Table.Th><Table.Th scope="col" ta="right">{t('skipped')}</Table.Th></Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {state.result.families.map((one) => (
                <Table.Tr key={one.family}>
                  <Table.Th scope="row" fw={400}>{pick(familyName(one.family))}</Table.Th>
                  <Table.Td ta="right">{one.passed}</Table.Td><Table.Td ta="right">{one.failed}</Table.Td><Table.Td ta="right">{one.skipped}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Text size="sm" c="dimmed" mt="sm">{t('sources')}</Text>
        </>
      )}
    </Panel>
  )
}

const Result = ({ result, version }: { readonly result: SelfTest; readonly version: string }) => {
  const t = useT(selfTestVi, selfTestEn)
  const { passed, total } = countOf(result)
  if (passed === total && total > 0) return <Notice tone="good">{t('allRight', { total, version })}</Notice>
  return (
    <>
      <Notice tone="bad">{t('someWrong', { passed, total, version })}</Notice>
      {result.failures.length > 0 && (
        <>
          <Text size="sm" fw={600} mt="sm">{t('failures')}</Text>
          <ul>{result.failures.map((one) => <li key={one.id}><Text size="sm">{t('failure', { ...one })}</Text></li>)}</ul>
        </>
      )}
    </>
  )
}
