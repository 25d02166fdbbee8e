import type { Text } from '../kernel/fault-shape.ts'
import type { DossierPhase } from '../schema/dossier.ts'
import type { CommandType } from './commands.ts'

/**
 * The arrows between the phases of a dossier (chuyển trạng thái), all of them: a command not listed here never changes the
 * phase, and a listed one is refused from any other phase.
 */
export const arrows = {
  'phase.discard': { from: ['draft'], to: 'discarded' },
  'phase.restore': { from: ['discarded'], to: 'draft' },
  'phase.submit': { from: ['draft'], to: 'inReview' },
  'phase.return': { from: ['inReview', 'approved'], to: 'draft' },
  'phase.approve': { from: ['inReview'], to: 'approved' },
  'phase.seal': { from: ['approved'], to: 'sealed' },
  'phase.sign': { from: ['sealed'], to: 'signed' },
  'phase.queue': { from: ['signed', 'refused'], to: 'queued' },
  'phase.receive': { from: ['queued'], to: 'received' },
  'phase.refuse': { from: ['queued'], to: 'refused' },
} as const satisfies Readonly<Record<Extract<CommandType, `phase.${string}`>, { readonly from: readonly DossierPhase[]; readonly to: DossierPhase }>>
export type ArrowCommand = keyof typeof arrows

export const isArrow = (type: string): type is ArrowCommand => Object.hasOwn(arrows, type)

/** Phases in which content of each kind may change: everything in draft, the council while in review, report facts until sealing. */
const contentPhases: readonly (readonly [prefix: string, phases: readonly DossierPhase[]])[] = [
  ['profile.', ['draft']],
  ['evidence.', ['draft']],
  ['checklist.', ['draft']],
  ['valuation.', ['draft']],
  ['consent.', ['draft', 'inReview', 'approved']],
  ['council.rule', ['inReview']],
  ['council.openRound', ['inReview']],
  ['council.score', ['inReview']],
  ['council.closeRound', ['inReview']],
  ['council.adopt', ['inReview']],
  ['council.', ['draft', 'inReview']],
  ['report.', ['draft', 'inReview', 'approved']],
  ['undo', ['draft', 'inReview', 'approved']],
  ['redo', ['draft', 'inReview', 'approved']],
]

/** Whether a command may be given in a phase; its other conditions are for `decide`. `dossier.create` is for no existing dossier. */
export const isPermitted = (type: CommandType, phase: DossierPhase): boolean => {
  if (isArrow(type)) return arrows[type].from.some((from) => from === phase)
  return contentPhases.find(([prefix]) => type.startsWith(prefix))?.[1].includes(phase) ?? false
}

/** Names of the phases (trạng thái hồ sơ). */
export const phaseNames: Readonly<Record<DossierPhase, Text>> = {
  draft: { vi: 'Đang soạn', en: 'Draft' },
  discarded: { vi: 'Đã bỏ', en: 'Discarded' },
  inReview: { vi: 'Hội đồng đang xét', en: 'In review' },
  approved: { vi: 'Đã thông qua', en: 'Approved' },
  sealed: { vi: 'Đã niêm phong', en: 'Sealed' },
  signed: { vi: 'Đã ký số', en: 'Signed' },
  queued: { vi: 'Chờ gửi', en: 'Waiting to be sent' },
  received: { vi: 'Sàn đã nhận', en: 'Received by the exchange' },
  refused: { vi: 'Sàn từ chối', en: 'Refused by the exchange' },
}
