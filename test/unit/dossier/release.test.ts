import { describe, expect, it } from 'vitest'
import { emptyState } from '../../../shared/dossier/empty.ts'
import { mayGoOut, needsConsent } from '../../../shared/dossier/release.ts'
import { packRef } from '../../../shared/rulepack/load.ts'
import type { Consent, DossierState } from '../../../shared/schema/dossier.ts'
import { Desk, create, defined, shelf, trl } from './support.ts'

const knowledge = { packs: shelf.byHash }
const tt17 = packRef(defined(shelf.all.find(({ pack }) => pack.id === 'tt17-2019')))
const consent = (given: boolean): Consent => ({ given, by: 'Lê Văn Chủ', position: 'Giám đốc', date: '2026-10-01', scope: 'Sàn giao dịch', evidence: [] })
const level = (more: Partial<DossierState> = {}): DossierState => ({ ...emptyState('11111111-2222-4333-8444-555555555555', 'level', '2026-10-01T00:00:00.000Z', 'A'), checklist: { pack: tt17, answers: {}, waivers: {} }, ...more })

describe('results that belong to the enterprise', () => {
  it('go out only with its consent', () => {
    expect(mayGoOut(level(), knowledge)).toEqual({ ok: false, fault: { code: 'consent-missing' } })
    expect(mayGoOut(level({ consent: consent(false) }), knowledge)).toEqual({ ok: false, fault: { code: 'consent-refused' } })
    expect(mayGoOut(level({ consent: consent(true) }), knowledge)).toEqual({ ok: true, value: undefined })
  })

  it('are those of a pack that says so, in whichever checklist', () => {
    const plain = { pack: trl, answers: {}, waivers: {} }
    expect(needsConsent(level({ checklist: plain }), knowledge)).toBe(false)
    expect(needsConsent(level({ checklist: plain, checklists: { 'tt17-2019': { pack: tt17, answers: {}, waivers: {} } } }), knowledge)).toBe(true)
  })

  it('stay in the house while nobody can tell what their pack says', () => {
    for (const given of [undefined, consent(true)]) expect(mayGoOut(level(given === undefined ? {} : { consent: given }), { packs: () => undefined })).toEqual({ ok: false, fault: { code: 'pack-unknown' } })
    expect(mayGoOut(level({ checklist: null }), { packs: () => undefined }).ok).toBe(true)
  })

  it('keep the record of the consent, which needs a name and evidence that exists', () => {
    const desk = new Desk().do(create({ kind: 'level', pack: tt17 }))
    expect(desk.try({ type: 'consent.set', consent: { ...consent(true), by: ' ' } })).toBe('consent-incomplete')
    expect(desk.try({ type: 'consent.set', consent: { ...consent(true), evidence: ['e9'] } })).toBe('evidence-unknown')
    desk.do({ type: 'consent.set', consent: consent(true) })
    expect(desk.now.consent).toEqual(consent(true))
    desk.do({ type: 'undo' })
    expect(desk.now.consent).toBeUndefined()
  })
})
