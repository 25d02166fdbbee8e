import type { ReactNode } from 'react'
import { verifyEn } from '../../../shared/i18n/en/verify.ts'
import { verifyVi } from '../../../shared/i18n/vi/verify.ts'
import type { Verification } from '../../../shared/signature/verification.ts'
import type { InspectedPackage, InspectedPdf } from '../../../shared/sync/inspect.ts'
import { useFaultText, useT } from '../../ui/language.tsx'
import { FaultNotice, Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { showInstant } from '../../ui/time.ts'
import classes from './VerifyScreen.module.css'

const Facts = ({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }) => (
  <dl className={classes.facts}>
    {rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
  </dl>
)

const tones = { 'valid': 'good', 'valid-revocation-unknown': 'good', 'untrusted': 'warn', 'invalid': 'bad', 'unsigned': 'warn', 'unreadable': 'bad' } as const

/** Outcome of a PDF's check, in one sentence and then signature by signature. */
const Signatures = ({ verification }: { readonly verification: Verification }) => {
  const t = useT(verifyVi, verifyEn)
  const say = useFaultText()
  const words = { 'valid': 'pdfValid', 'valid-revocation-unknown': 'pdfValidUnknown', 'untrusted': 'pdfUntrusted', 'invalid': 'pdfInvalid', 'unsigned': 'pdfUnsigned', 'unreadable': 'pdfUnreadable' } as const
  return (
    <>
      <Notice tone={tones[verification.state]} title={t(words[verification.state])} announce>
        {verification.findings.length > 0 ? verification.findings.map((finding) => <div key={finding.code}>{say(finding)}</div>) : undefined}
      </Notice>
      {verification.signatures.map((signature, index) => (
        <Panel key={signature.field} title={t(signature.kind === 'timestamp' ? 'timestamp' : 'signature', { n: index + 1 })} lead={t(words[signature.state])}>
          <Facts
            rows={[
              ...(signature.signer === null ? [] : [
                [t('signer'), [signature.signer.name, signature.signer.organisation].filter((part) => part !== '').join(' — ')] as const,
                [t('issuer'), signature.signer.issuer] as const,
                [t('validity'), `${showInstant(signature.signer.notBefore)} – ${showInstant(signature.signer.notAfter)}`] as const,
                [t('algorithm'), `${signature.signer.key}, ${signature.digest}, ${signature.subFilter}`] as const,
              ]),
              ...(signature.claimedAt === null ? [] : [[t('claimedAt'), showInstant(signature.claimedAt)] as const]),
              ...(signature.provedAt === null ? [] : [[t('provedAt'), showInstant(signature.provedAt)] as const]),
              [t('whole'), t(signature.coversWholeFile ? 'wholeYes' : 'wholeNo')],
            ]}
          />
          {signature.findings.length > 0 && <ul className={classes.list} aria-label={t('findings')}>{signature.findings.map((finding) => <li key={finding.code}>{say(finding)}</li>)}</ul>}
        </Panel>
      ))}
    </>
  )
}

export const PdfFindings = ({ inspected }: { readonly inspected: InspectedPdf }) => {
  const t = useT(verifyVi, verifyEn)
  const { embedded, embeddedFault } = inspected
  return (
    <>
      <Signatures verification={inspected.verification} />
      {inspected.verification.state !== 'unreadable' && (
        <Panel title={t('embedded')}>
          {embeddedFault !== null ? <FaultNotice fault={embeddedFault} /> : embedded === null ? t('embeddedNone') : (
            <Facts rows={[[t('technology'), embedded.manifest.title], [t('seal'), embedded.seal], [t('sealedAt'), showInstant(embedded.manifest.sealedAt)], [t('sealedBy'), embedded.manifest.sealedBy]]} />
          )}
        </Panel>
      )}
    </>
  )
}

export const PackageFindings = ({ inspected }: { readonly inspected: InspectedPackage }) => {
  const t = useT(verifyVi, verifyEn)
  const { checked } = inspected
  return (
    <>
      <Notice tone="good" title={t('packageGood')} announce />
      {checked.unknownPacks.length > 0 && <Notice tone="warn">{t('unknownPacks', { list: checked.unknownPacks.map((pack) => `${pack.id} ${pack.version}`).join(', ') })}</Notice>}
      <Panel title={checked.manifest.title}>
        <Facts
          rows={[
            [t('seal'), checked.seal],
            [t('sealedAt'), showInstant(checked.manifest.sealedAt)],
            [t('sealedBy'), checked.manifest.sealedBy],
            [t('device'), checked.manifest.device],
            ...(checked.manifest.supersedes === null ? [] : [[t('supersedes'), checked.manifest.supersedes] as const]),
            [t('payloads'), String(checked.manifest.payloads.length)],
            [t('changes'), String(checked.log.length)],
            [t('figures'), String(Object.keys(checked.figures).length)],
          ]}
        />
      </Panel>
      {checked.report?.check === null || checked.report === null ? <Notice>{t('reportMissing')}</Notice> : (
        <Panel title={t('reportInside')}><Signatures verification={checked.report.check} /></Panel>
      )}
    </>
  )
}
