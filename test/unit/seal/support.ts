import { webcrypto } from 'node:crypto'
import { isChecklistPack, packRef } from '../../../shared/rulepack/load.ts'
import { makeShelf } from '../../../shared/rulepack/shelf.ts'
import { methodById } from '../../../shared/valuation/methods/registry.ts'
import type { Knowledge } from '../../../shared/dossier/context.ts'
import { sha256Hex } from '../../../shared/kernel/canonical.ts'
import { utf8 } from '../../../shared/kernel/bytes.ts'
import { deviceJwk } from '../../../shared/schema/sealed.ts'
import { crc32 } from '../../../shared/kernel/crc32.ts'
import { figuresOf } from '../../../shared/seal/figures.ts'
import { jwsTypes, makeDetached } from '../../../shared/seal/jws.ts'
import { partsOfLog, planPackage } from '../../../shared/seal/build-package.ts'
import { bindReport } from '../../../shared/seal/report-binding.ts'
import { sealDossier } from '../../../shared/seal/seal.ts'
import { Desk, answerLevel, conclude, councilSetUp, create, card, datum, defined, evidence, fullProfile, member, memberIds, must, reportFacts, settledAtTwo, sheet, shelf } from '../dossier/support.ts'

const text = (vi: string) => ({ vi, en: vi })
const head = { format: 'luong-gia-pack/1', version: '1.0.0', title: text('Mẫu'), description: text('Mẫu'), sources: [{ id: 's', kind: 'practice', number: 'mẫu', title: text('Mẫu'), issued: '', effectiveFrom: '', effectiveTo: '', status: 'voluntary', mark: 'derived' }] }
const one = { numerator: 1, denominator: 2 }
/** The smallest packs there can be: one level with one question, a council of one or two. */
export const tinyShelf = must(makeShelf([
  JSON.stringify({
    ...head, id: 'tiny', use: 'checklist', kinds: ['valuation'], scoring: { by: 'levels', scale: 'T', lowest: 1, highest: 1, basis: [] },
    sections: [{ id: 'l1', title: text('Mức 1'), intro: text('Mức 1'), level: 1, evidence: { least: 1, hints: [] }, waivable: false, questions: [{ id: 'q1', label: '1', type: 'yesNo', text: text('Có?'), guidance: text('Có?'), basis: [], required: true, waivable: false }] }],
  }),
  JSON.stringify({
    ...head, id: 'tiny-council', use: 'council',
    rule: { size: { min: 1, max: 2 }, seats: [], certified: null, quorum: { share: one, chairedBy: 'chair', allByBallot: false, basis: [] }, absentBallots: false, decision: { base: 'allMembers', share: one, strict: true, tie: 'chair', basis: [] }, scoring: null },
  }),
]))
const tinyRef = (id: string) => packRef(defined(tinyShelf.all.find(({ pack }) => pack.id === id)))

/** An approved dossier of the fewest bytes, with one file among its evidence. */
export const tinyApproved = (content: Uint8Array): Desk => new Desk({ packs: tinyShelf.byHash, methods: methodById }).do(
  create({ pack: tinyRef('tiny') }), fullProfile, evidence('e2', { kind: 'file', file: evidenceFile(content) }),
  { type: 'checklist.answer', question: 'q1', answer: { value: true, evidence: ['e2'], note: '', confidence: null } },
  { type: 'valuation.narrate', narrative: 'Theo báo cáo.' }, conclude, { type: 'phase.submit' },
  { type: 'council.useRule', rule: tinyRef('tiny-council') }, member('m1', 'chair'), { type: 'council.declare', member: 'm1', conflict: false, text: '' },
  { type: 'council.describe', patch: { decisionNumber: '1', meetingDate: '2026-07-10', minutes: 'Biên bản.' } }, { type: 'council.openRound' },
  { type: 'council.score', card: { member: 'm1', points: {}, comments: {}, vote: 'for', opinion: '' } }, { type: 'council.closeRound' }, { type: 'council.adopt' }, { type: 'phase.approve' }, reportFacts)

const { subtle } = webcrypto
export const makeDevice = async () => {
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { kty, crv, x, y } = await subtle.exportKey('jwk', pair.publicKey)
  return {
    jwk: deviceJwk.parse({ kty, crv, x, y }),
    sign: async (data: Uint8Array<ArrayBuffer>) => new Uint8Array(await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, data)),
  }
}
export type Device = Awaited<ReturnType<typeof makeDevice>>

export const realKnowledge: Knowledge = { packs: shelf.byHash, methods: methodById }

/** A relief-from-royalty sheet small enough to check by hand. */
const royalty = sheet('rfr', {
  method: 'rfr/1',
  title: 'Tiền sử dụng',
  inputs: {
    revenues: datum([1000, 1100, 1210]), life: datum(3), royaltyKind: datum('flat'), royaltyRate: datum(0.05),
    taxRate: datum(0.2), rate: datum(0.15), timing: datum('end'), tabMode: datum('none'),
  },
})

export const evidenceFile = (content: Uint8Array, name = 'báo cáo thử nghiệm.bin') => ({
  name, mime: 'application/octet-stream', size: content.length, sha256: sha256Hex(content), crc32: crc32(content),
  leaves: Array.from({ length: Math.max(1, Math.ceil(content.length / 1_048_576)) }, (_, i) => sha256Hex(content.subarray(i * 1_048_576, (i + 1) * 1_048_576))),
})

/** An approved dossier with one file among its evidence and a real valuation. */
export const approvedWith = (content: Uint8Array): Desk => new Desk(realKnowledge).do(
  create(), fullProfile, evidence('e1'), evidence('e2', { kind: 'file', file: evidenceFile(content), title: 'Báo cáo thử nghiệm' }),
  ...settledAtTwo, ...answerLevel(2, 4, true, ['e1', 'e2']), royalty, conclude, { type: 'phase.submit' },
  ...councilSetUp, { type: 'council.openRound' }, ...memberIds.map((id) => card(id)), { type: 'council.closeRound' },
  { type: 'council.describe', patch: { minutes: 'Biên bản họp.' } }, { type: 'council.adopt' }, { type: 'phase.approve' }, reportFacts)

export const usedPacks = shelf.all.filter((pack) => isChecklistPack(pack) || pack.pack.id === 'council-tt15-2014')

/** Seals the dossier on the desk with a device, as the store does. */
export const sealOn = async (desk: Desk, device: Device, over: { sealedAt?: string } = {}) => {
  const sealedAt = over.sealedAt ?? '2026-11-21T03:00:00.000Z'
  const parts = must(sealDossier({ state: desk.now, log: desk.log, packs: [...usedPacks, ...tinyShelf.all], figures: figuresOf(desk.now, (sha256) => shelf.byHash(sha256) ?? tinyShelf.byHash(sha256)), engine: 'luong-gia 0.1.0', program: 'Lượng Giá 0.1.0', device: device.jwk, sealedAt, sealedBy: 'Trần Thị Bình' }))
  const jws = await makeDetached({ typ: jwsTypes.seal, jwk: device.jwk }, parts.manifestBytes, device.sign)
  desk.do({ type: 'phase.seal', seal: parts.seal, manifest: parts.manifestText, texts: parts.kept, jws, sealedAt })
  return parts
}

/** Records a signed report of these bytes. */
export const signOn = async (desk: Desk, device: Device, pdf: Uint8Array): Promise<void> => {
  const seal = defined(desk.now.delivery.seal)
  const jws = await bindReport({ seal, report: sha256Hex(pdf), size: pdf.length }, device.jwk, device.sign)
  desk.do({ type: 'phase.sign', report: { sha256: sha256Hex(pdf), size: pdf.length, crc32: crc32(pdf), leaves: [sha256Hex(pdf)], jws, signer: 'Lê Văn Cường', signedAt: '2026-11-21T03:10:00.000Z' } })
}

/** The whole package of a sealed dossier in memory. */
export const packageBytes = async (desk: Desk, content: Uint8Array, pdf: Uint8Array = new Uint8Array(0)): Promise<Uint8Array<ArrayBuffer>> => {
  const parts = must(partsOfLog(desk.log, desk.now))
  const plan = must(planPackage(parts, {
    evidence: (id, offset, length) => Promise.resolve(id === 'e2' ? content.subarray(offset, offset + length) : new Uint8Array(0)),
    report: (offset, length) => Promise.resolve(pdf.subarray(offset, offset + length)),
  }))
  return plan.read(0, plan.size)
}

export const samplePdf = utf8('%PDF-1.7 báo cáo mẫu để thử gói')
