import { ActionIcon, Button, Text } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { membersOf } from '../../../shared/council/facts.ts'
import { problemText } from '../../../shared/council/problems.ts'
import { compositionProblems } from '../../../shared/council/result.ts'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { councilEn } from '../../../shared/i18n/en/council.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { councilVi } from '../../../shared/i18n/vi/council.ts'
import type { CouncilRule } from '../../../shared/rulepack/schema.ts'
import type { CouncilMember } from '../../../shared/schema/dossier.ts'
import { usePick, useT } from '../../ui/language.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useDossier } from '../../ui/store-context.tsx'
import { useToast } from '../../ui/toasts.tsx'
import { useCouncilWords } from './council-words.ts'
import classes from './CouncilScreen.module.css'
import { DeclareDialog } from './DeclareDialog.tsx'
import { MemberDialog } from './MemberDialog.tsx'

/** Who sits on the council, with declared interests and where the composition falls short. */
export const MembersPanel = ({ rule, editable }: { readonly rule: CouncilRule | null; readonly editable: boolean }) => {
  const t = useT(councilVi, councilEn)
  const c = useT(commonVi, commonEn)
  const pick = usePick()
  const words = useCouncilWords()
  const toast = useToast()
  const { state, run } = useDossier()
  const [editing, setEditing] = useState<CouncilMember | 'new' | null>(null)
  const [declaring, setDeclaring] = useState<CouncilMember | null>(null)
  const members = membersOf(state.council)
  const problems = rule === null ? [] : compositionProblems(state.council, rule)
  const frozen = state.council.round !== 'none'

  const remove = async (member: CouncilMember): Promise<void> => {
    if (!(await run({ type: 'council.removeMember', id: member.id }))) return
    toast({ text: t('removed', { name: member.name }), action: { label: c('undo'), run: () => void run({ type: 'undo' }) } })
  }

  return (
    <>
      <Panel
        flush
        title={t('members')}
        lead={t('membersLead')}
        anchor="members"
        actions={editable && !frozen ? <Button variant="light" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>{t('addMember')}</Button> : undefined}
      >
        {members.length === 0 ? <Text px="lg" pb="lg" c="dimmed">{t('membersEmpty')}</Text> : (
          <table className={classes.table} data-at="interests">
            <thead>
              <tr><th scope="col">{t('name')}</th><th scope="col">{t('role')}</th><th scope="col">{t('attendance')}</th><th scope="col">{t('interest')}</th><th scope="col" aria-label={c('edit')} /></tr>
            </thead>
            <tbody>
              {members.map((member) => (
                <tr key={member.id}>
                  <td>
                    {member.name}
                    <span className={classes.muted}>{[member.title, member.organisation].filter((part) => part !== '').join(' · ')}</span>
                  </td>
                  <td>{words.role(member.role)}</td>
                  <td>{words.attendance(member.attendance)}</td>
                  <td>
                    <span className={member.interest?.conflict === true ? classes.bad : undefined}>{words.interest(member)}</span>
                    {member.interest !== null && member.interest.text !== '' && <span className={classes.muted}>{member.interest.text}</span>}
                  </td>
                  <td>
                    {editable && (
                      <div className={classes.actions}>
                        {state.council.cards[member.id] === undefined && state.council.round !== 'closed' && (
                          <Button variant={member.interest === null ? 'light' : 'subtle'} size="compact-sm" aria-label={`${t('declare')}: ${member.name}`} onClick={() => setDeclaring(member)}>{t('declare')}</Button>
                        )}
                        {state.council.round !== 'closed' && <ActionIcon variant="subtle" color="gray" aria-label={`${c('edit')}: ${member.name}`} onClick={() => setEditing(member)}><IconPencil size={18} aria-hidden /></ActionIcon>}
                        {!frozen && <ActionIcon variant="subtle" color="gray" aria-label={t('removeMember', { name: member.name })} onClick={() => void remove(member)}><IconTrash size={18} aria-hidden /></ActionIcon>}
                      </div>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
      {rule !== null && members.length > 0 && (problems.length > 0 ? (
        <Notice tone="warn" title={t('problems')}>
          <ul className={classes.list}>{problems.map((problem) => { const text = problemText(problem, rule); return <li key={text.vi}>{pick(text)}</li> })}</ul>
        </Notice>
      ) : !frozen && <Notice tone="good">{t('compositionGood')}</Notice>)}
      {editing !== null && <MemberDialog member={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      {declaring !== null && <DeclareDialog member={declaring} onClose={() => setDeclaring(null)} />}
    </>
  )
}
