import type { FaultCode } from '../kernel/faults.ts'
import type { Fault } from '../kernel/result.ts'
import type { Certificate } from './certificate.ts'
import { buildChain, type Chain, mayServe, validAt } from './chain.ts'
import type { Cms } from './cms.ts'
import { shiftMinutes } from './fields.ts'
import { oid } from './oids.ts'
import { parseCrl, type RevocationList, revocationOf } from './revocation.ts'
import { checkTimestamp, type TimestampCheck } from './timestamp.ts'
import type { DocumentState, SignatureState } from './verification.ts'

/** What is concluded about one signature once its cryptography held or failed. */
export interface Judgement {
  readonly state: SignatureState
  readonly findings: readonly Fault[]
  readonly signer: Certificate | null
  readonly path: readonly Certificate[]
  readonly provedAt: string | null
  readonly digest: string
}

interface Trust {
  readonly at: string | null
  readonly anchors: readonly Certificate[]
  readonly certificates: readonly Certificate[]
  readonly crls: readonly RevocationList[]
}

/** Findings that leave a signature whole but without somebody to vouch for it. */
const untrusting: ReadonlySet<FaultCode> = new Set([
  'issuer-unknown', 'issuer-mismatch', 'issuer-not-authority', 'certificate-weak', 'certificate-not-for-signing', 'certificate-outside-validity',
  'certificate-expired-since', 'signing-time-missing',
])
/** Findings that are told without lowering the state by themselves. */
const remarks: ReadonlySet<FaultCode> = new Set(['timestamp-ignored', 'timestamp-untrusted', 'signed-in-future'])

/** The best state a signature with this finding can have. */
export const stateOf = (code: FaultCode): SignatureState =>
  remarks.has(code) ? 'valid' : code === 'revocation-unknown' ? 'valid-revocation-unknown' : untrusting.has(code) ? 'untrusted' : 'invalid'

const order: readonly DocumentState[] = ['valid', 'valid-revocation-unknown', 'untrusted', 'invalid', 'unsigned', 'unreadable']
export const worst = <S extends DocumentState>(states: readonly S[]): S | 'valid' =>
  states.reduce<S | 'valid'>((sum, state) => (order.indexOf(state) > order.indexOf(sum) ? state : sum), 'valid')

const conclude = (findings: readonly Fault[], rest: Omit<Judgement, 'state' | 'findings'>): Judgement => ({
  ...rest,
  state: worst(findings.map(({ code }) => stateOf(code))),
  findings: findings.toSorted((a, b) => order.indexOf(stateOf(b.code)) - order.indexOf(stateOf(a.code))),
})

const day = (instant: string): string => instant.slice(0, 10).split('-').toReversed().join('/')

const chainFinding = (chain: Chain): Fault | null => {
  const last = chain.path.at(-1)
  if (chain.flaw === null || last === undefined) return null
  return { code: chain.flaw, details: { name: chain.path[0]?.facts.name ?? '', issuer: last.facts.issuer } }
}

/** `good` only when every certificate below the anchor was asked about and answered for. */
const revocationFindings = (path: readonly Certificate[], lists: readonly RevocationList[], instant: string, provedAt: string | null): readonly Fault[] => {
  let known = path.length > 0
  for (const [i, certificate] of path.slice(0, -1).entries()) {
    const issuer = path[i + 1]
    const answer = issuer === undefined ? { state: 'unknown' as const } : revocationOf(certificate, issuer, lists, instant)
    // A signature proved older than the revocation stands.
    if (answer.state === 'revoked' && (provedAt === null || answer.at <= provedAt)) return [{ code: 'certificate-revoked', details: { date: day(answer.at) } }]
    known &&= answer.state === 'good'
  }
  return known && path.length > 1 ? [] : [{ code: 'revocation-unknown' }]
}

/** Clocks differ a little, not by hours. */
const CLOCK_TOLERANCE_MINUTES = 10

export const judge = {
  failed: (findings: readonly Fault[], signer: Certificate | null = null, digest = ''): Judgement =>
    conclude(findings, { signer, path: signer === null ? [] : [signer], provedAt: null, digest }),

  /** A signature whose cryptography holds: who vouches for it, and was the certificate good then? */
  signature: (cms: Cms, signer: Certificate, claimedAt: string | null, earlier: readonly Fault[], trust: Trust): Judgement => {
    const findings: Fault[] = [...earlier]
    const provedAt = stampOf(cms, trust, findings)
    const instant = provedAt ?? claimedAt ?? trust.at
    const details = { from: day(signer.notBefore), to: day(signer.notAfter) }
    if (instant === null) findings.push({ code: 'signing-time-missing' })
    else if (!validAt(signer, instant)) findings.push({ code: 'signed-outside-validity', details })
    if (claimedAt !== null && trust.at !== null && claimedAt.slice(0, 19) > shiftMinutes(trust.at, CLOCK_TOLERANCE_MINUTES)) findings.push({ code: 'signed-in-future' })
    if (!mayServe(signer, 'document')) findings.push({ code: 'certificate-not-for-signing' })
    const chain = buildChain(signer, [...cms.certificates, ...trust.certificates], trust.anchors, instant)
    const flaw = chainFinding(chain)
    if (flaw !== null) {
      const told = flaw.code === 'certificate-outside-validity' && findings.some(({ code }) => code === 'signed-outside-validity')
      if (!told) findings.push(flaw)
    } else {
      const { at } = trust
      if (provedAt === null && at !== null && instant !== null && instant < at) {
        const expired = chain.path.find((certificate) => certificate.notAfter < at)
        if (expired !== undefined) findings.push({ code: 'certificate-expired-since', details: { to: day(expired.notAfter) } })
      }
      const lists = [...trust.crls, ...cms.crls.map(parseCrl).filter((list) => list !== null)]
      findings.push(...revocationFindings(chain.path, lists, provedAt ?? at ?? instant ?? '', provedAt))
    }
    return conclude(findings, { signer, path: chain.path, provedAt, digest: cms.digest.name })
  },

  /** A document timestamp whose cryptography holds. */
  timestamp: (stamp: TimestampCheck, earlier: readonly Fault[], trust: Trust): Judgement => {
    const flaw = chainFinding(stamp.chain)
    const findings = flaw === null ? [...earlier, ...revocationFindings(stamp.chain.path, trust.crls, trust.at ?? stamp.at, null)] : [...earlier, flaw]
    return conclude(findings, { signer: stamp.signer, path: stamp.chain.path, provedAt: flaw === null ? stamp.at : null, digest: stamp.cms.digest.name })
  },
}

/** Time proved by the signature's own timestamp (PAdES B-T), when that timestamp is sound and trusted. */
const stampOf = (cms: Cms, trust: Trust, findings: Fault[]): string | null => {
  const token = cms.unsigned.get(oid.signatureTimestamp)
  if (token === undefined) return null
  const stamp = checkTimestamp(token, (digest) => digest.hash(cms.signature), [...cms.certificates, ...trust.certificates], trust.anchors)
  if (stamp === null) {
    findings.push({ code: 'timestamp-ignored' })
    return null
  }
  if (stamp.chain.flaw !== null) {
    findings.push({ code: 'timestamp-untrusted', details: { name: stamp.signer.facts.name } })
    return null
  }
  return stamp.at
}
