import { beforeAll, describe, expect, it } from 'vitest'
import { emptyDelivery } from '../../../shared/dossier/empty.ts'
import { link, replay } from '../../../shared/dossier/log.ts'
import { utf8 } from '../../../shared/kernel/bytes.ts'
import { canonical, sha256Hex } from '../../../shared/kernel/canonical.ts'
import { packRef } from '../../../shared/rulepack/load.ts'
import type { Change, Json } from '../../../shared/schema/change.ts'
import type { DossierState } from '../../../shared/schema/dossier.ts'
import { packageMime } from '../../../shared/schema/sealed.ts'
import type { Manifest, Payload } from '../../../shared/schema/sealed.ts'
import { crc32 } from '../../../shared/kernel/crc32.ts'
import { figuresOf } from '../../../shared/seal/figures.ts'
import { jwsTypes, makeDetached } from '../../../shared/seal/jws.ts'
import { dataEntry, layout, readRange } from '../../../shared/seal/package-layout.ts'
import { bytesSource } from '../../../shared/seal/read-package.ts'
import { bindReport } from '../../../shared/seal/report-binding.ts'
import { dossierText, figuresText, logText, sealDossier } from '../../../shared/seal/seal.ts'
import type { SealInput } from '../../../shared/seal/seal.ts'
import { firstDifference, verifyPackage } from '../../../shared/seal/verify.ts'
import type { Desk } from '../dossier/support.ts'
import { defined, must, shelf } from '../dossier/support.ts'
import { approvedWith, makeDevice, samplePdf, sealOn, signOn, usedPacks } from './support.ts'
import type { Device } from './support.ts'

const content = utf8('Số liệu thử nghiệm')
let device: Device
let other: Device
let desk: Desk
let base: SealInput
beforeAll(async () => {
  ;[device, other] = [await makeDevice(), await makeDevice()]
  desk = approvedWith(content)
  base = { state: desk.now, log: desk.log, packs: usedPacks, figures: figuresOf(desk.now, shelf.byHash), engine: 'e', program: 'p', device: device.jwk, sealedAt: '2026-11-21T03:00:00.000Z', sealedBy: 'Trần Thị Bình' }
})

interface Forgery {
  readonly state?: DossierState
  readonly log?: readonly Change[]
  readonly figures?: Readonly<Record<string, Json>>
  readonly manifest?: (manifest: Manifest) => Manifest
  readonly texts?: (texts: Record<string, string>) => Record<string, string>
  readonly signer?: Device
  readonly typ?: string
  readonly report?: { readonly pdf: Uint8Array; readonly jws: (seal: string) => Promise<string> }
}

/** A package made by somebody who holds a device key and writes what he likes into it. */
const forge = async (forgery: Forgery = {}): Promise<Uint8Array> => {
  const state = forgery.state ?? base.state
  const used = usedPacks.filter(({ sha256 }) => [base.state.checklist?.pack.sha256, base.state.council.rule?.sha256].includes(sha256))
  const named: (readonly [Payload['role'], string, string])[] = [
    ['dossier', 'Hồ sơ', dossierText(state)], ['log', 'Nhật ký', logText(forgery.log ?? base.log)], ['figures', 'Kết quả tính', figuresText(base.engine, forgery.figures ?? base.figures)],
    ...used.map((pack) => ['pack', `${pack.pack.title.vi}, ${pack.pack.version}`, pack.text] as const),
  ]
  const hashed = named.map(([role, name, text]): readonly [Payload, string] => [{ role, name, mime: 'application/json', size: utf8(text).length, sha256: sha256Hex(utf8(text)) }, text])
  const texts = (forgery.texts ?? ((all) => all))(Object.fromEntries(hashed.map(([payload, text]) => [payload.sha256, text])))
  const genuine = must(sealDossier(base)).manifest
  const evidence = genuine.payloads.filter(({ role }) => role === 'evidence')
  const payloads = [...hashed.map(([payload]) => payload), ...evidence].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
  const manifest = (forgery.manifest ?? ((all) => all))({ ...genuine, payloads })
  const manifestBytes = utf8(canonical(manifest))
  const signer = forgery.signer ?? device
  const files = new Map<string, Uint8Array>([['mimetype', utf8(packageMime)], ['manifest.json', manifestBytes], ['META-INF/seal.jws', utf8(await makeDetached({ typ: forgery.typ ?? jwsTypes.seal, jwk: signer.jwk }, manifestBytes, signer.sign))]])
  if (forgery.report !== undefined) {
    files.set('META-INF/report.jws', utf8(await forgery.report.jws(sha256Hex(manifestBytes))))
    files.set('baocao.pdf', forgery.report.pdf)
  }
  for (const { sha256 } of manifest.payloads) files.set(dataEntry(sha256), texts[sha256] === undefined ? content : utf8(texts[sha256]))
  const plan = layout([...files].map(([name, bytes]) => ({ name, size: bytes.length, crc32: crc32(bytes) })))
  return readRange(plan, (name, offset, length) => Promise.resolve(defined(files.get(name)).subarray(offset, offset + length)), 0, plan.size)
}

const verify = async (forgery: Forgery) => {
  const result = await verifyPackage(bytesSource(await forge(forgery)), { recompute: figuresOf, packs: shelf.byHash })
  return result.ok ? 'ok' : [result.fault.code, result.fault.details?.['where'] ?? result.fault.details?.['en'] ?? ''].join(' ').trim()
}
const appended = (body: Change['body']): Change[] => [...base.log, link(defined(base.log.at(-1)), body, { dossier: base.state.id, at: '2026-11-21T02:59:00.000Z', author: 'x' })]

describe('verification', () => {
  it('accepts what was sealed, and the forger writes that same package when he forges nothing', async () => {
    expect(await verify({})).toBe('ok')
  })

  it('sees a state that the log does not give', async () => {
    const valuation = { ...base.state.valuation, conclusion: { ...base.state.valuation.conclusion, value: 1_000_000 } }
    expect(await verify({ state: { ...base.state, valuation } })).toBe('package-content-differs dossier and log')
    expect(await verify({ log: base.log.slice(0, -1) })).toBe('package-content-differs dossier and log')
    expect(await verify({ state: { ...base.state, delivery: { ...emptyDelivery, receivedAt: '2026-11-21T03:00:00.000Z' } } })).toBe('package-content-differs dossier and log')
  })

  it('sees a log that no commands could have made', async () => {
    const log = appended({ kind: 'report.set', subject: '', ops: [{ path: ['council', 'cards', 'm1', 'vote'], from: 'for', to: 'against' }] })
    const cards = { ...base.state.council.cards, m1: { ...defined(base.state.council.cards['m1']), vote: 'against' as const } }
    expect(await verify({ log, state: { ...base.state, council: { ...base.state.council, cards } } })).toBe('change-not-allowed')
    expect(await verify({ log: base.log.map((change, index) => (index === 3 ? { ...change, author: 'Người khác' } : change)) })).toBe('log-broken')
  })

  it('sees another dossier, kind, title or predecessor in the manifest, and any other alteration of it', async () => {
    for (const over of [{ dossier: '00000000-0000-0000-0000-000000000000' }, { kind: 'level' as const }, { title: 'Công nghệ khác' }, { supersedes: 'a'.repeat(64) }])
      expect(await verify({ manifest: (manifest) => ({ ...manifest, ...over }) })).toBe('package-content-differs manifest and content')
    const renamed = (manifest: Manifest): Manifest => ({ ...manifest, payloads: manifest.payloads.map((payload) => (payload.role === 'evidence' ? { ...payload, name: 'khác.pdf' } : payload)) })
    expect(await verify({ manifest: renamed })).toBe('package-content-differs manifest and content')
    const without = (manifest: Manifest): Manifest => ({ ...manifest, payloads: manifest.payloads.filter(({ role }) => role !== 'evidence') })
    expect(await verify({ manifest: without })).toBe('package-content-differs manifest and content')
    const noPacks = (manifest: Manifest): Manifest => ({ ...manifest, payloads: manifest.payloads.filter(({ role }) => role !== 'pack') })
    expect(await verify({ manifest: noPacks })).toBe('package-content-differs the rule packs')
    const noLog = (manifest: Manifest): Manifest => ({ ...manifest, payloads: manifest.payloads.filter(({ role }) => role !== 'log') })
    expect(await verify({ manifest: noLog })).toBe('package-content-differs dossier, log or figures')
  })

  it('sees checklists that hold what their packs never take, however well the log is linked', async () => {
    /** The dossier as if these steps had been taken in the middle of its work, everything after them linked anew. */
    const rewritten = (change: (body: Change['body']) => Change['body']): Forgery => {
      const log: Change[] = []
      for (const { body, at, author } of base.log) log.push(link(log.at(-1) ?? null, change(body), { dossier: base.state.id, at, author }))
      const state = must(replay(log))
      return { log, state, figures: figuresOf(state, shelf.byHash) }
    }
    const first = base.log.findIndex(({ body }) => body.kind === 'checklist.answer')
    const question = defined(base.log[first]).body.subject
    const submit = base.log.findIndex(({ body }) => body.kind === 'phase.submit')
    const altered = (value: Json): Forgery => rewritten((body) => (body !== defined(base.log[first]).body ? body : { ...body, ops: body.ops.map((op) => ({ ...op, to: { ...(op.to as object), value } })) })) // an answer is an object
    /** With one more line just before the dossier goes into review. */
    const added = (body: Change['body']): Forgery => {
      const bodies = base.log.map((line) => line.body)
      const log: Change[] = []
      for (const one of [...bodies.slice(0, submit), body, ...bodies.slice(submit)]) log.push(link(log.at(-1) ?? null, one, { dossier: base.state.id, at: '2026-11-21T02:00:00.000Z', author: 'x' }))
      const state = must(replay(log))
      return { log, state, figures: figuresOf(state, shelf.byHash) }
    }
    expect(await verify(rewritten((body) => body))).toBe('ok')
    const wrong = 'package-content-differs checklists and rule packs'
    expect(await verify(altered('có lẽ'))).toBe(wrong)
    expect(await verify(altered(7))).toBe(wrong)
    const answer = { value: true, evidence: [], note: '', confidence: null }
    const bodies: readonly Change['body'][] = [
      { kind: 'checklist.answer', subject: 'nothing', ops: [{ path: ['checklist', 'answers', 'nothing'], to: answer }] },
      { kind: 'checklist.answer', subject: question, ops: [{ path: ['checklist', 'answers', question, 'evidence'], from: defined(base.state.checklist?.answers[question]).evidence, to: ['constructor2'] }] },
      { kind: 'checklist.setAssessor', subject: 'a1', ops: [{ path: ['checklist', 'assessors'], to: { a1: { name: 'Người một', done: true, answers: { [question]: { ...answer, value: 'x' } } } } }] },
      { kind: 'checklist.waive', subject: 'nothing', ops: [{ path: ['checklist', 'waivers', 'nothing'], to: { reason: 'r', by: 'b', date: '2026-01-01' } }] },
      { kind: 'checklist.setReference', subject: 'nothing', ops: [{ path: ['checklist', 'references'], to: { nothing: { rows: [], table: '', source: '', date: '', sha256: 'a'.repeat(64) } } }] },
      { kind: 'checklist.weigh', subject: 'nothing', ops: [{ path: ['checklist', 'weights'], to: { nothing: { method: 'direct', direct: {}, experts: [], reason: '' } } }] },
      { kind: 'checklist.usePack', subject: 'elsewhere', ops: [{ path: ['checklists'], to: { elsewhere: { pack: base.state.checklist?.pack ?? null, answers: {}, waivers: {} } } }] },
    ]
    for (const body of bodies) expect([body.kind, await verify(added(body))]).toEqual([body.kind, wrong])
  })

  it('says where figures differ', async () => {
    const figures = structuredClone(base.figures) as { sheets: { rfr: { figure: { value: number } } } } // as sealed above
    figures.sheets.rfr.figure.value += 1e-10
    expect(await verify({ figures })).toBe('figures-differ sheets.rfr.figure.value')
    expect(await verify({ figures: {} })).toBe('figures-differ checklists')
    expect(await verify({ figures: { ...base.figures, checklists: { main: { pack: 'trl', class: null, numbers: { level: 9 } } } } })).toBe('figures-differ checklists.main.numbers.level')
    expect(await verify({ figures: { ...base.figures, more: 1 } })).toBe('figures-differ more')
    expect(firstDifference({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] })).toBe('a.1.b')
    expect(firstDifference({ a: [1] }, { a: [1, 2] })).toBe('a.1')
    expect(firstDifference([], [])).toBeNull()
  })

  it('sees another signer, purpose or device', async () => {
    expect(await verify({ signer: other })).toBe('package-signer-differs')
    expect(await verify({ typ: jwsTypes.report })).toBe('signature-malformed')
    expect(await verify({ manifest: (manifest) => ({ ...manifest, device: '0'.repeat(64) }) })).toBe('package-signer-differs')
  })

  it('sees a report bound to another seal, by another device, or exchanged', async () => {
    const bind = (over: { seal?: string; report?: string; size?: number }, signer = device) => (seal: string) => bindReport({ seal, report: sha256Hex(samplePdf), size: samplePdf.length, ...over }, signer.jwk, signer.sign)
    expect(await verify({ report: { pdf: samplePdf, jws: bind({}) } })).toBe('ok')
    expect(await verify({ report: { pdf: samplePdf, jws: bind({ seal: 'a'.repeat(64) }) } })).toBe('report-not-bound')
    expect(await verify({ report: { pdf: samplePdf, jws: bind({ size: 1 }) } })).toBe('report-not-bound')
    expect(await verify({ report: { pdf: utf8('%PDF khác'), jws: bind({}) } })).toBe('report-not-bound')
    expect(await verify({ report: { pdf: samplePdf, jws: bind({}, other) } })).toBe('seal-signature-wrong')
  })

  it('sees an outcome that the cards do not give', async () => {
    // A log of lawful lines whose adoption says what the cards do not.
    const adopt = base.log.findIndex(({ body }) => body.kind === 'council.adopt')
    const bodies = base.log.map(({ body }) => body).filter((_, index) => index !== adopt)
    const against = bodies.map((body): Change['body'] => (body.kind === 'council.score' ? JSON.parse(JSON.stringify(body).replace('"vote":"for"', '"vote":"against"')) as Change['body'] : body)) // the same body with another vote
    const forged = [...against.slice(0, adopt), { ...defined(base.log[adopt]).body }, ...against.slice(adopt)]
    const log: Change[] = []
    for (const body of forged) log.push(link(log.at(-1) ?? null, body, { dossier: base.state.id, at: '2026-11-21T02:00:00.000Z', author: 'x' }))
    const cards = Object.fromEntries(Object.entries(base.state.council.cards).map(([id, card]) => [id, { ...card, vote: 'against' as const }]))
    expect(await verify({ log, state: { ...base.state, council: { ...base.state.council, cards } } })).toBe('package-content-differs the outcome of the council')
  })

  it('passes the report on for checking, and its fault back', async () => {
    const sealed = approvedWith(content)
    await sealOn(sealed, device)
    await signOn(sealed, device, samplePdf)
    const bytes = await forge({ report: { pdf: samplePdf, jws: (seal) => bindReport({ seal, report: sha256Hex(samplePdf), size: samplePdf.length }, device.jwk, device.sign) } })
    const result = await verifyPackage(bytesSource(bytes), { recompute: figuresOf, verifyReport: (pdf) => Promise.resolve(pdf.length === samplePdf.length ? { ok: false, fault: { code: 'seal-signature-wrong' } } : { ok: true, value: 1 }) })
    expect(result).toEqual({ ok: false, fault: { code: 'seal-signature-wrong' } })
  })

  it('names the packs of a package it does not know', async () => {
    const result = must(await verifyPackage(bytesSource(await forge()), { recompute: figuresOf }))
    expect(result.unknownPacks).toEqual(result.packs.map(packRef))
  })
})
