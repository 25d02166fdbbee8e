import { historyEn } from '../../../shared/i18n/en/history.ts'
import { profileEn } from '../../../shared/i18n/en/profile.ts'
import { reportEn } from '../../../shared/i18n/en/report.ts'
import { historyVi } from '../../../shared/i18n/vi/history.ts'
import { profileVi } from '../../../shared/i18n/vi/profile.ts'
import { reportVi } from '../../../shared/i18n/vi/report.ts'
import type { PlainKey } from '../../../shared/i18n/text.ts'
import { useT } from '../../ui/language.tsx'

type P = PlainKey<typeof profileVi>
type H = PlainKey<typeof historyVi>
type R = PlainKey<typeof reportVi>

const profile: Readonly<Record<string, readonly P[]>> = {
  title: ['name'], summary: ['summary'], field: ['field'], fieldCode: ['fieldCode'], ipc: ['ipc'], stage: ['stage'],
  'owner.name': ['owner', 'partyName'], 'owner.address': ['owner', 'partyAddress'], 'owner.taxCode': ['owner', 'partyTax'], 'owner.contact': ['owner', 'partyContact'],
  'client.name': ['client', 'partyName'], 'client.address': ['client', 'partyAddress'], 'client.taxCode': ['client', 'partyTax'], 'client.contact': ['client', 'partyContact'],
  purpose: ['purpose'], purposeNote: ['purposeNote'], valuationDate: ['valuationDate'], basis: ['basis'], basisNote: ['basisNote'],
  currency: ['currency'], moneyScale: ['scale'], ipRights: ['partRights'], contract: ['contract'], assumptions: ['assumptions'], limits: ['limits'],
  'body.name': ['bodyName'], 'body.address': ['partBody', 'bodyAddress'], 'body.licenceNumber': ['licenceNumber'], 'body.licenceDate': ['licenceDate'],
  'body.licenceIssuer': ['licenceIssuer'], 'body.licensedForValuation': ['licensed'], 'body.appraisers': ['appraisers'],
  'body.legalRepresentative': ['representative'], 'body.legalRepresentativeTitle': ['representativeTitle'],
}
const right: Readonly<Record<string, P>> = {
  type: 'rightType', state: 'rightState', number: 'rightNumber', title: 'rightTitle', territory: 'rightTerritory', filed: 'rightFiled', expires: 'rightExpires', holder: 'rightHolder',
}
const appraiser: Readonly<Record<string, P>> = { name: 'appraiserName', card: 'appraiserCard' }
const evidence: Readonly<Record<string, H>> = { title: 'fieldTitle', note: 'fieldNote', source: 'fieldSource', date: 'fieldDate', url: 'fieldUrl' }
const datum: Readonly<Record<string, H>> = { value: 'fieldValue', unit: 'fieldUnit', source: 'fieldSource', date: 'fieldDate', reason: 'fieldReason', evidence: 'fieldEvidence' }
const answer: Readonly<Record<string, H>> = { value: 'fieldValue', evidence: 'fieldEvidence', note: 'fieldNote', confidence: 'fieldConfidence' }
const waiver: Readonly<Record<string, H>> = { reason: 'fieldReason', by: 'fieldBy', date: 'fieldDate' }
const ruling: Readonly<Record<string, H>> = { class: 'fieldClass', reason: 'fieldReason', by: 'fieldBy', date: 'fieldDate' }
const consent: Readonly<Record<string, H>> = { given: 'fieldConsent', by: 'fieldBy', position: 'fieldTitle', date: 'fieldDate', scope: 'fieldScope', evidence: 'fieldEvidence' }
const sheet: Readonly<Record<string, H>> = { title: 'fieldTitle', role: 'fieldRole', weight: 'fieldWeight', why: 'fieldWhy' }
const risk: Readonly<Record<string, H>> = { risk: 'fieldRisk', place: 'fieldPlaceCounted', sheet: 'fieldSheet', how: 'fieldHow', reason: 'fieldReason' }
const conclusion: Readonly<Record<string, H>> = { value: 'fieldValue', low: 'fieldLow', high: 'fieldHigh', rounding: 'fieldRounding', reason: 'fieldReason' }
const member: Readonly<Record<string, H>> = { name: 'fieldName', title: 'fieldTitle', organisation: 'fieldOrganisation', role: 'fieldRole', attendance: 'fieldAttendance' }
const meeting: Readonly<Record<string, H>> = { decisionNumber: 'fieldDecision', meetingDate: 'fieldMeeting', place: 'fieldPlace', minutes: 'fieldMinutes', round: 'fieldRound' }
const report: Readonly<Record<string, R>> = {
  number: 'number', symbol: 'symbol', place: 'place', date: 'date', validMonths: 'validMonths', signerAuthority: 'signerAuthority',
  signerTitle: 'signerTitle', signerName: 'signerName', recipients: 'recipients',
}

/** Names of the fields of a dossier by their path, for the history; undefined where a reader has no use for one. */
export const useLabels = (): { readonly field: (path: readonly string[]) => string | undefined; readonly profileField: (path: readonly string[]) => string | undefined } => {
  const h = useT(historyVi, historyEn)
  const p = useT(profileVi, profileEn)
  const r = useT(reportVi, reportEn)
  const own = (table: Readonly<Record<string, H>>, key: string | undefined): string | undefined => {
    const found = key === undefined ? undefined : table[key]
    return found === undefined ? undefined : h(found)
  }
  const profileField = (path: readonly string[]): string | undefined => {
    const key = path.at(-1) ?? ''
    if (path[0] === 'ipRights' && path.length === 3) return right[key] === undefined ? undefined : p(right[key])
    if (path[1] === 'appraisers' && path.length === 4) return appraiser[key] === undefined ? undefined : p(appraiser[key])
    return profile[path.join('.')]?.map((one) => p(one)).join(' · ')
  }
  const field = (path: readonly string[]): string | undefined => {
    const [room, second, third, fourth] = path
    switch (room) {
      case 'profile': return profileField(path.slice(1))
      case 'phase': return h('fieldPhase')
      case 'evidence': return path.length === 3 ? own(evidence, third) : undefined
      case 'checklist':
        if (second === 'calendar' || second === 'earlier' || second === 'references' || second === 'weights') return undefined
        if (second === 'assessors') return path.length === 6 ? own(answer, path[5]) : path.length === 4 && fourth === 'done' ? h('fieldDone') : undefined
        return path.length !== 4 ? undefined : second === 'answers' ? own(answer, fourth) : second === 'rulings' ? own(ruling, fourth) : own(waiver, fourth)
      case 'checklists': return field(['checklist', ...path.slice(2)])
      case 'consent': return path.length === 2 ? own(consent, second) : undefined
      case 'valuation':
        if (second === 'conclusion') return own(conclusion, third)
        if (second === 'risks') return path.length === 4 ? own(risk, fourth) : undefined
        if (second !== 'sheets' && second !== 'supports') return undefined
        return fourth === 'inputs' ? own(datum, path[5]) : path.length === 4 ? own(sheet, fourth) : undefined
      case 'council': return second === 'members' ? (path.length === 4 ? own(member, fourth) : undefined) : path.length === 2 ? own(meeting, second) : undefined
      case 'report': {
        const key = second === undefined ? undefined : report[second]
        return key === undefined ? undefined : r(key)
      }
      default: return undefined
    }
  }
  return { field, profileField }
}
