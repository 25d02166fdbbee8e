import { evaluateRules } from '../../shared/checklist/outcome.ts'
import { checklistsOf, packOf } from '../../shared/dossier/context.ts'
import type { Command } from '../../shared/dossier/commands.ts'
import type { DossierState } from '../../shared/schema/dossier.ts'
import { Desk, card, councilSetUp, memberIds } from '../unit/dossier/support.ts'
import { realKnowledge } from '../unit/seal/support.ts'

/** The commands by which a person would make this dossier: profile, evidence as links, every checklist with all that hangs on it, consent. */
export const commandsOf = (state: DossierState): readonly Command[] => [
  { type: 'dossier.create', kind: state.kind, createdBy: state.createdBy, profile: {}, pack: state.checklist?.pack ?? null, supersedes: null, sample: null },
  { type: 'profile.set', patch: state.profile },
  ...Object.values(state.evidence).map((item): Command => ({ type: 'evidence.add', evidence: { ...item, kind: 'link', file: null, url: item.url === '' ? 'https://vi-du.vn/tai-lieu' : item.url } })),
  ...checklistsOf(state).flatMap(({ list, checklist }): readonly Command[] => {
    const at = list === undefined ? {} : { list }
    return [
      ...(list === undefined ? [] : [{ type: 'checklist.usePack', pack: checklist.pack, ...at } as const]),
      ...Object.entries(checklist.assessors ?? {}).flatMap(([id, { name, answers }]): readonly Command[] => [
        { type: 'checklist.setAssessor', id, name, done: false, ...at },
        ...Object.entries(answers).map(([question, answer]): Command => ({ type: 'checklist.answer', question, answer, assessor: id, ...at })),
        { type: 'checklist.setAssessor', id, name, done: true, ...at },
      ]),
      { type: 'checklist.answerMany', answers: checklist.answers, ...at },
      ...Object.entries(checklist.waivers).map(([item, waiver]): Command => ({ type: 'checklist.waive', item, waiver, ...at })),
      ...Object.entries(checklist.references ?? {}).map(([reference, choice]): Command => ({ type: 'checklist.setReference', reference, choice, ...at })),
      ...Object.entries(checklist.weights ?? {}).map(([node, weights]): Command => ({ type: 'checklist.weigh', node, weights, ...at })),
      ...(checklist.calendar === undefined ? [] : [{ type: 'checklist.setCalendar', calendar: checklist.calendar, ...at } as const]),
      ...(checklist.earlier === undefined ? [] : [{ type: 'checklist.compare', earlier: checklist.earlier, ...at } as const]),
    ]
  }),
  ...Object.values(state.valuation.sheets).map((sheet): Command => ({ type: 'valuation.addSheet', sheet })),
  ...(state.kind === 'valuation' ? [{ type: 'valuation.conclude', conclusion: state.valuation.conclusion } as const] : []),
  ...(state.consent === undefined ? [] : [{ type: 'consent.set', consent: state.consent } as const]),
]

/** The dossier taken through its council to the point where it can be sealed. */
export const approvedDesk = (state: DossierState): Desk => {
  const desk = new Desk(realKnowledge).do(...commandsOf(state), { type: 'phase.submit' }, ...councilSetUp, { type: 'council.openRound' }, ...memberIds.map((id) => card(id)), { type: 'council.closeRound' })
  for (const { list, checklist } of checklistsOf(state)) {
    const pack = packOf(checklist, realKnowledge)?.pack
    const rules = pack === undefined ? null : evaluateRules(pack, checklist)
    for (const { gap, ruling } of rules?.gaps ?? [])
      desk.do({ type: 'council.rule', gap: gap.id, ruling: ruling ?? { class: rules?.class?.id ?? '', reason: 'Hội đồng đã xem xét và giữ kết luận theo quy tắc.', by: 'Hội đồng', date: '2026-07-10' }, ...(list === undefined ? {} : { list }) })
  }
  return desk.do({ type: 'council.describe', patch: { minutes: 'Hội đồng thống nhất thông qua kết quả.' } }, { type: 'council.adopt' }, { type: 'phase.approve' }, { type: 'report.set', patch: state.report })
}
