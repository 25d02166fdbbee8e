import { Button, Checkbox, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { dossiersEn } from '../../../shared/i18n/en/dossiers.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import { dossiersVi } from '../../../shared/i18n/vi/dossiers.ts'
import { dateText } from '../../../shared/kernel/date-text.ts'
import { canonicalText } from '../../../shared/kernel/text.ts'
import { cardsOf } from '../../../shared/rulepack/registry.ts'
import { sourceName, sourceStatusText } from '../../../shared/rulepack/source-words.ts'
import { dossierKinds } from '../../../shared/schema/dossier.ts'
import type { DossierKind, Profile } from '../../../shared/schema/dossier.ts'
import { sectionHash } from '../../router.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useLanguage, usePick, useT } from '../../ui/language.tsx'
import { useLive, useStore } from '../../ui/store-context.tsx'
import { useFaultToast } from '../../ui/toasts.tsx'
import { useWords } from '../../ui/words.ts'
import classes from './CreateDialog.module.css'

/** The appraising body of the latest dossier of one's own, to be offered again. */
const useLatestBody = (): Profile['body'] | null => {
  const store = useStore()
  const list = useLive(store.list)
  const latest = list.find((row) => !row.sample && row.phase !== 'discarded')?.id
  const [body, setBody] = useState<Profile['body'] | null>(null)
  useEffect(() => {
    if (latest === undefined) return
    const live = store.dossier(latest)
    const read = (): void => setBody(live.get()?.state.profile.body ?? null)
    read()
    return live.subscribe(read)
  }, [store, latest])
  return latest === undefined || body === null || body.name === '' ? null : body
}

/** A new dossier: what it is for, its title, and the body's facts from the last one if wanted. */
export const CreateDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const t = useT(dossiersVi, dossiersEn)
  const common = useT(commonVi, commonEn)
  const words = useWords()
  const store = useStore()
  const vault = useLive(store.vault)
  const showFault = useFaultToast()
  const body = useLatestBody()
  const [kind, setKind] = useState<DossierKind>('valuation')
  const [title, setTitle] = useState('')
  const [reuse, setReuse] = useState(true)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const { register } = useLive(store.library)
  const pick = usePick()
  const { language } = useLanguage()
  const about: Readonly<Record<DossierKind, string>> = {
    valuation: t('kindValuationWhat'), level: t('kindLevelWhat'), projectTech: t('kindProjectTechWhat'), inspection: t('kindInspectionWhat'), readiness: t('kindReadinessWhat'),
  }
  const lawOf = (of: DossierKind): string => {
    const cards = cardsOf(register, of)
    if (cards.length === 0) return t('kindWithoutLaw')
    const cited = cards.map(({ source, clause }) => {
      const facts = [source.effectiveFrom === '' ? '' : t('lawFrom', { date: dateText(source.effectiveFrom) }), pick(sourceStatusText[source.status]).toLowerCase()].filter((part) => part !== '').join(', ')
      return `${clause === null ? '' : `${pick(clause)}, `}${sourceName(source, language)} (${facts})`
    })
    return `${cited.join('; ')}.${cards.flatMap(({ remark }) => (remark === null ? [] : [` ${pick(remark)}`])).join('')}`
  }

  const create = async (): Promise<void> => {
    setTried(true)
    const name = canonicalText(title.trim())
    if (name === '' || busy) return
    setBusy(true)
    const made = await store.create({
      type: 'dossier.create',
      kind,
      createdBy: vault.is === 'open' ? vault.author : '',
      profile: body !== null && reuse ? { title: name, body } : { title: name },
      pack: null,
      supersedes: null,
      sample: null,
    })
    setBusy(false)
    if (!made.ok) {
      showFault(made.fault)
      return
    }
    onClose()
    window.location.hash = sectionHash(made.value, 'overview')
  }

  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('createTitle')}
      size={860}
      actions={
        <>
          <Button variant="default" onClick={onClose}>{common('cancel')}</Button>
          <Button loading={busy} onClick={() => void create()}>{t('createGo')}</Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void create()
        }}
        noValidate
      >
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={t('createName')}
            description={t('createNameHelp')}
            placeholder={t('createNameExample')}
            value={title}
            maxLength={500}
            autoComplete="off"
            error={tried && title.trim() === '' ? t('createNameMissing') : undefined}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Radio.Group label={t('createKind')} description={t('kindLocked')} value={kind} onChange={(value) => setKind(dossierKinds.find((one) => one === value) ?? 'valuation')}>
            <div className={classes.kinds}>
              {dossierKinds.map((one) => (
                <Radio
                  key={one}
                  value={one}
                  classNames={{ root: classes.kind, body: classes.body, labelWrapper: classes.words, label: classes.label }}
                  label={
                    <>
                      <Text span fw={600} size="sm" className={classes.name}>{words.kind(one)}</Text>
                      <Text span size="sm" className={classes.what}>{about[one]}</Text>
                      <Text span size="xs" className={classes.law}>{lawOf(one)}</Text>
                    </>
                  }
                />
              ))}
            </div>
          </Radio.Group>
          {body !== null && <Checkbox checked={reuse} onChange={(event) => setReuse(event.currentTarget.checked)} label={t('createReuse', { name: body.name })} />}
        </Stack>
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </Dialog>
  )
}
