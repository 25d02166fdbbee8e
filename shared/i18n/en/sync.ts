import type { Translation } from '../text.ts'
import type { syncVi } from '../vi/sync.ts'

export const syncEn = {
  title: 'Outbox',
  lead: 'Dossiers stay here until the exchange’s receipt has been verified.',
  empty: 'The outbox is empty',
  emptyText: 'Signed dossiers appear here when you put them into the outbox from Report & delivery.',
  openDossiers: 'Open the dossier list',
  sendNow: 'Send now',
  pause: 'Pause',
  notSet: 'No exchange address yet. The dossiers wait here safely.',
  notEnrolled: 'This device is not enrolled with the exchange yet. The dossiers wait here safely.',
  settings: 'Open Settings',
  dossier: 'Dossier',
  state: 'State',
  waiting: 'Waiting',
  planning: 'Asking the exchange',
  sending: 'Sending {percent} %',
  committing: 'The exchange is checking',
  received: 'Received, with receipt',
  refused: 'Refused',
  paused: 'Paused',
  sentTo: 'Exchange: {address}',
} as const satisfies Translation<typeof syncVi>
