import { Anchor, Button, Progress, Text, Textarea } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { demands } from '../../../shared/dossier/progress.ts'
import { mayGoOut } from '../../../shared/dossier/release.ts'
import { reportEn } from '../../../shared/i18n/en/report.ts'
import { commonEn } from '../../../shared/i18n/en/common.ts'
import { reportVi } from '../../../shared/i18n/vi/report.ts'
import { commonVi } from '../../../shared/i18n/vi/common.ts'
import type { Fault } from '../../../shared/kernel/result.ts'
import type { DossierPhase } from '../../../shared/schema/dossier.ts'
import { go, routeHash, sectionHash } from '../../router.ts'
import type { Progress as Done } from '../../store/api.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFaultText, usePick, useT } from '../../ui/language.tsx'
import { FaultNotice, Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useDossier, useKnowledge, useLive, useStore } from '../../ui/store-context.tsx'
import { showInstant } from '../../ui/time.ts'
import { useFaultToast, useToast } from '../../ui/toasts.tsx'
import classes from './ReportScreen.module.css'
import { SignDialog } from './SignDialog.tsx'
import { useSaved } from './use-saved.ts'

/** How many of the six steps are behind a dossier of this phase. */
const behind: Readonly<Record<DossierPhase, number>> = { discarded: 0, draft: 0, inReview: 1, approved: 2, sealed: 3, signed: 4, queued: 4, refused: 4, received: 6 }

/** The way from draft to receipt, one open step at a time. */
export const DeliverySteps = () => {
  const t = useT(reportVi, reportEn)
  const { state } = useDossier()
  const at = behind[state.phase]
  const steps = [
    { at: 'phase.submit', title: t('stepSubmit'), text: t('stepSubmitText'), body: <Submit /> },
    { at: 'phase.return', title: t('stepApprove'), text: t('stepApproveText'), body: <Approve /> },
    { at: 'phase.seal', title: t('stepSeal'), text: t('stepSealText'), body: <Seal /> },
    { at: 'phase.sign', title: t('stepSign'), text: t('stepSignText'), body: <Sign /> },
    { at: 'phase.queue', title: t('stepSend'), text: t('stepSendText'), body: <Send /> },
    { at: 'phase.receive', title: t('stepReceipt'), text: t('stepReceiptText'), body: <Receipt /> },
  ]
  return (
    <Panel title={t('steps')}>
      <ol className={classes.steps}>
        {steps.map((step, index) => {
          const done = index < at
          const now = index === at
          return (
            <li key={step.title} className={classes.step} data-at={step.at} aria-current={now ? 'step' : undefined}>
              <div className={classes.mark}>
                <span className={classes.dot} data-state={done ? 'done' : now ? 'now' : 'later'} aria-hidden>{done ? <IconCheck size={16} stroke={2.4} /> : index + 1}</span>
                <span className={classes.thread} />
              </div>
              <div className={classes.words}>
                <Text fw={560} className={now || done ? undefined : classes.quiet}>{step.title}{done ? ` — ${t('done').toLowerCase()}` : ''}</Text>
                {now && <Text size="sm" className={classes.quiet}>{step.text}</Text>}
                {(now || done) && step.body}
              </div>
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}

const Actions = ({ children }: { readonly children: ReactNode }) => <div className={classes.actions}>{children}</div>

const Submit = () => {
  const t = useT(reportVi, reportEn)
  const pick = usePick()
  const toast = useToast()
  const { id, state, editable, run } = useDossier()
  const knowledge = useKnowledge()
  if (state.phase !== 'draft') return null
  const missing = demands(state, knowledge).filter((demand) => demand.blocking && demand.gate === 'submit' && demand.share < 1)
  return (
    <>
      {missing.length > 0 && (
        <>
          <Text size="sm" fw={560} mt="sm">{t('missingTitle')}</Text>
          <ul className={classes.missing}>
            {missing.map((demand) => <li key={demand.id}><Anchor href={sectionHash(id, demand.section, demand.id)} size="sm">{pick(demand.text)}</Anchor></li>)}
          </ul>
        </>
      )}
      {editable && (
        <Actions>
          <Button
            disabled={missing.length > 0}
            onClick={() => void (async () => {
              if (!(await run({ type: 'phase.submit' }))) return
              toast({ text: t('submitted') })
              go({ to: 'dossier', id, section: 'council', at: '' })
            })()}
          >
            {t('submit')}
          </Button>
        </Actions>
      )}
    </>
  )
}

const Approve = () => {
  const t = useT(reportVi, reportEn)
  const c = useT(commonVi, commonEn)
  const { id, state, writable, run } = useDossier()
  const [returning, setReturning] = useState(false)
  const [reason, setReason] = useState('')
  if (state.phase !== 'inReview' && state.phase !== 'approved') return null
  return (
    <>
      <Actions>
        {state.phase === 'inReview' && <Button component="a" href={sectionHash(id, 'council')}>{t('goCouncil')}</Button>}
        {writable && <Button variant="default" onClick={() => setReturning(true)}>{t('returnDraft')}</Button>}
      </Actions>
      <Dialog
        opened={returning}
        onClose={() => setReturning(false)}
        title={t('returnTitle')}
        actions={
          <>
            <Button variant="default" onClick={() => setReturning(false)}>{c('cancel')}</Button>
            <Button
              disabled={reason.trim() === ''}
              onClick={() => void (async () => {
                if (await run({ type: 'phase.return', reason: reason.trim() })) setReturning(false)
              })()}
            >
              {t('returnDo')}
            </Button>
          </>
        }
      >
        <Textarea data-autofocus label={t('returnReason')} description={t('returnNeedsReason')} withAsterisk autosize minRows={2} maxLength={5000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </Dialog>
    </>
  )
}

const Seal = () => {
  const t = useT(reportVi, reportEn)
  const pick = usePick()
  const confirm = useConfirm()
  const store = useStore()
  const toast = useToast()
  const { id, state, writable } = useDossier()
  const knowledge = useKnowledge()
  const faultText = useFaultText()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const { seal, sealedAt } = state.delivery
  if (seal !== null)
    return (
      <Text size="sm" className={classes.quiet}>
        {sealedAt === null ? '' : t('sealedAt', { time: showInstant(sealedAt) })}
        <br />
        {`${t('sealHash')}: `}<span className={classes.hash}>{seal}</span>
      </Text>
    )
  const missing = demands(state, knowledge).filter((demand) => demand.blocking && demand.gate === 'seal' && demand.share < 1)
  const free = mayGoOut(state, knowledge)
  const close = async (): Promise<void> => {
    if (!(await confirm({ title: t('sealTitle'), text: t('sealText'), action: t('seal'), tone: 'grave' }))) return
    setBusy(true)
    setFault(null)
    const done = await store.seal(id)
    setBusy(false)
    if (done.ok) toast({ text: t('sealed') })
    else setFault(done.fault)
  }
  return (
    <>
      {missing.length > 0 && (
        <ul className={classes.missing}>
          {missing.map((demand) => <li key={demand.id}><Anchor href={sectionHash(id, demand.section, demand.id)} size="sm">{pick(demand.text)}</Anchor></li>)}
        </ul>
      )}
      {!free.ok && <Notice tone="warn">{faultText(free.fault)}</Notice>}
      {writable && <Actions><Button loading={busy} disabled={missing.length > 0} onClick={() => void close()}>{busy ? t('sealing') : t('seal')}</Button></Actions>}
      {fault !== null && <FaultNotice fault={fault} />}
    </>
  )
}

const Sign = () => {
  const t = useT(reportVi, reportEn)
  const store = useStore()
  const showFault = useFaultToast()
  const save = useSaved()
  const { id, state, writable } = useDossier()
  const [signing, setSigning] = useState(false)
  const { report } = state.delivery
  if (report === null)
    return (
      <>
        {writable && <Actions><Button onClick={() => setSigning(true)}>{t('sign')}</Button></Actions>}
        {signing && <SignDialog onClose={() => setSigning(false)} />}
      </>
    )
  return (
    <>
      <Text size="sm" className={classes.quiet}>{t('signer', { name: report.signer, time: showInstant(report.signedAt) })}</Text>
      <Actions>
        <Button
          variant="default"
          onClick={() => void (async () => {
            const bytes = await store.signedReport(id)
            if (bytes.ok) await save(`bao-cao-${state.id.slice(0, 8)}.pdf`, 'application/pdf', bytes.value)
            else showFault(bytes.fault)
          })()}
        >
          {t('saveSigned')}
        </Button>
        <SavePackage />
      </Actions>
    </>
  )
}

const SavePackage = () => {
  const t = useT(reportVi, reportEn)
  const c = useT(commonVi, commonEn)
  const store = useStore()
  const toast = useToast()
  const showFault = useFaultToast()
  const { id } = useDossier()
  const [job, setJob] = useState<{ readonly stop: AbortController; readonly progress: Done } | null>(null)
  const start = async (): Promise<void> => {
    const stop = new AbortController()
    setJob({ stop, progress: { done: 0, total: 1 } })
    const done = await store.savePackage(id, (progress) => setJob({ stop, progress }), stop.signal)
    setJob(null)
    if (!done.ok) {
      if (done.fault.code !== 'cancelled') showFault(done.fault)
    } else if (done.value !== null) toast({ text: t('saved', done.value) })
  }
  if (job === null) return <Button variant="default" onClick={() => void start()}>{t('savePackage')}</Button>
  const share = job.progress.total === 0 ? 0 : (job.progress.done / job.progress.total) * 100
  return (
    <>
      <Progress w={180} my="auto" value={share} aria-label={t('savingPackage')} />
      <Button variant="subtle" color="gray" onClick={() => job.stop.abort()}>{c('stop')}</Button>
    </>
  )
}

const Send = () => {
  const t = useT(reportVi, reportEn)
  const store = useStore()
  const toast = useToast()
  const showFault = useFaultToast()
  const exchange = useLive(store.exchange)
  const knowledge = useKnowledge()
  const faultText = useFaultText()
  const { id, state, writable } = useDossier()
  if (state.phase === 'received') return null
  if (state.phase === 'queued') return <Actions><Button component="a" href={routeHash({ to: 'outbox' })}>{t('openOutbox')}</Button></Actions>
  if (state.phase !== 'signed' && state.phase !== 'refused') return null
  // What was sealed without the enterprise's consent can only go out as another dossier that holds it.
  const free = mayGoOut(state, knowledge)
  if (!free.ok)
    return (
      <>
        <Notice tone="warn">{faultText(free.fault)}</Notice>
        {writable && <Actions><Correct /></Actions>}
      </>
    )
  const queue = async (): Promise<void> => {
    const done = await store.queue(id)
    if (done.ok) toast({ text: t('queued'), action: { label: t('openOutbox'), run: () => go({ to: 'outbox' }) } })
    else showFault(done.fault)
  }
  return (
    <>
      {state.delivery.refusal !== null && <Notice tone="bad">{t('refused', { text: state.delivery.refusal.text })}</Notice>}
      {!exchange.enrolled && <Notice actions={<Button component="a" variant="light" size="compact-sm" href={routeHash({ to: 'settings' })}>{t('openSettings')}</Button>}>{t('notEnrolled')}</Notice>}
      {writable && (
        <Actions>
          <Button onClick={() => void queue()}>{state.phase === 'refused' ? t('queueAgain') : t('queue')}</Button>
          {state.phase === 'refused' && <Correct />}
        </Actions>
      )}
    </>
  )
}

const Correct = () => {
  const t = useT(reportVi, reportEn)
  const confirm = useConfirm()
  const store = useStore()
  const toast = useToast()
  const showFault = useFaultToast()
  const { id } = useDossier()
  const correct = async (): Promise<void> => {
    if (!(await confirm({ title: t('correctTitle'), text: t('correctText'), action: t('correct') }))) return
    const made = await store.correct(id)
    if (!made.ok) {
      showFault(made.fault)
      return
    }
    toast({ text: t('corrected') })
    go({ to: 'dossier', id: made.value, section: 'overview', at: '' })
  }
  return <Button variant="default" onClick={() => void correct()}>{t('correct')}</Button>
}

const Receipt = () => {
  const t = useT(reportVi, reportEn)
  const save = useSaved()
  const { state, writable } = useDossier()
  const { receipt, receivedAt } = state.delivery
  if (receipt === null || receivedAt === null) return null
  return (
    <>
      <Text size="sm" className={classes.quiet}>{t('received', { time: showInstant(receivedAt) })}</Text>
      <Actions>
        <Button variant="default" onClick={() => void save(`bien-nhan-${state.id.slice(0, 8)}.jws`, 'application/jose', new TextEncoder().encode(receipt))}>{t('saveReceipt')}</Button>
        {writable && <Correct />}
      </Actions>
    </>
  )
}
