import type { Text } from '../kernel/fault-shape.ts'
import type { DossierState } from '../schema/dossier.ts'
import type { Knowledge } from './context.ts'
import { demands } from './progress.ts'
import type { Demand, DossierSection, Gate } from './progress.ts'
import type { ArrowCommand } from './phases.ts'

/**
 * The one thing to do next (việc tiếp theo). `demand`: go to that section and enter something. `command`: the dossier is
 * ready for that arrow; seal, sign, queue need the screen's own way of doing them. `wait` and `done` ask for nothing.
 */
export type NextStep =
  | { readonly kind: 'demand'; readonly section: DossierSection; readonly demand: Demand; readonly text: Text }
  | { readonly kind: 'command'; readonly command: ArrowCommand; readonly text: Text }
  | { readonly kind: 'wait' | 'done'; readonly text: Text }

/** The one clear next step of a dossier in its phase; there always is one, so no screen is a dead end. */
export const nextStep = (state: DossierState, knowledge: Knowledge): NextStep => {
  const toward = (gate: Gate, command: ArrowCommand, vi: string, en: string): NextStep => {
    const missing = demands(state, knowledge).find((demand) => demand.gate === gate && demand.blocking && demand.share < 1)
    return missing === undefined
      ? { kind: 'command', command, text: { vi, en } }
      : { kind: 'demand', section: missing.section, demand: missing, text: missing.text }
  }
  switch (state.phase) {
    case 'draft':
      return toward('submit', 'phase.submit', 'Chuyển hồ sơ sang hội đồng', 'Hand the dossier to the council')
    case 'discarded':
      return { kind: 'command', command: 'phase.restore', text: { vi: 'Hồ sơ đã bỏ; có thể khôi phục để làm tiếp', en: 'The dossier was discarded; it can be restored to go on' } }
    case 'inReview':
      if (state.council.adopted?.outcome === 'rejected') return { kind: 'command', command: 'phase.return', text: { vi: 'Hội đồng không thông qua: trả hồ sơ về để hoàn thiện', en: 'The council did not adopt: return the dossier for completion' } }
      return toward('approve', 'phase.approve', 'Thông qua hồ sơ theo biên bản hội đồng', 'Approve the dossier as the council adopted it')
    case 'approved':
      return toward('seal', 'phase.seal', 'Niêm phong hồ sơ', 'Seal the dossier')
    case 'sealed':
      return { kind: 'command', command: 'phase.sign', text: { vi: 'Ký số báo cáo', en: 'Sign the report' } }
    case 'signed':
      return { kind: 'command', command: 'phase.queue', text: { vi: 'Gửi hồ sơ lên sàn', en: 'Send the dossier to the exchange' } }
    case 'queued':
      return { kind: 'wait', text: { vi: 'Hồ sơ đang trong hộp gửi; chương trình tự gửi khi liên lạc được với sàn', en: 'The dossier is in the outbox; it goes out by itself when the exchange can be reached' } }
    case 'received':
      return { kind: 'done', text: { vi: 'Sàn đã nhận hồ sơ và đã có biên nhận', en: 'The exchange has received the dossier; the receipt is here' } }
    case 'refused':
      return { kind: 'command', command: 'phase.queue', text: { vi: 'Sàn từ chối hồ sơ: xem lý do, rồi gửi lại hoặc lập hồ sơ thay thế', en: 'The exchange refused the dossier: read why, then send again or make a dossier that replaces it' } }
  }
}
