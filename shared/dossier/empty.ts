import type { Council, Delivery, DossierKind, DossierState, Party, Profile, ReportFacts, Valuation } from '../schema/dossier.ts'

const noParty: Party = { name: '', address: '', taxCode: '', contact: '' }

export const emptyProfile: Profile = {
  title: '', summary: '', field: '', fieldCode: '', ipc: [], stage: '',
  owner: noParty, client: noParty,
  purpose: '', purposeNote: '', valuationDate: '', basis: '', basisNote: '',
  currency: 'VND', moneyScale: 1_000_000,
  ipRights: [], contract: '', assumptions: '', limits: '',
  body: { name: '', address: '', licenceNumber: '', licenceDate: '', licenceIssuer: '', licensedForValuation: false, appraisers: [], legalRepresentative: '', legalRepresentativeTitle: '' },
}

export const emptyValuation: Valuation = { sheets: {}, narrative: '', conclusion: { value: null, low: null, high: null, rounding: 0, reason: '' } }

export const emptyCouncil: Council = { rule: null, decisionNumber: '', meetingDate: '', place: '', members: {}, round: 'none', cards: {}, minutes: '', adopted: null }

export const emptyReport: ReportFacts = { number: '', symbol: '', place: '', date: '', validMonths: 6, signerAuthority: '', signerTitle: '', signerName: '', recipients: [] }

export const emptyDelivery: Delivery = { seal: null, sealedAt: null, manifest: null, texts: null, jws: null, report: null, packageSha256: null, receipt: null, receivedAt: null, refusal: null }

/** A dossier with nothing entered yet (hồ sơ trống): figures of money in million đồng, validity of the report six months. */
export const emptyState = (id: string, kind: DossierKind, createdAt: string, createdBy: string): DossierState => ({
  v: 1, id, kind, phase: 'draft', createdAt, createdBy, supersedes: null, sample: null,
  profile: emptyProfile, evidence: {}, checklist: null, valuation: emptyValuation, council: emptyCouncil, report: emptyReport, delivery: emptyDelivery,
})
