import type { Translation } from '../text.ts'
import type { checklistEvidenceVi } from '../vi/checklist-evidence.ts'

export const checklistEvidenceEn: Translation<typeof checklistEvidenceVi> = {
  title: 'Evidence matrix',
  lead: 'Which evidence supports which answers. Click evidence or a question to open it.',
  question: 'Question',
  cites: '{title} supports question {label}',
  missing: 'Evidence missing',
  missingItem: 'Question {label}: {least} needed, {have} given',
  missingSection: '{section}: {least} needed, {have} given',
  missingNone: 'Every answer given has the evidence demanded.',
  unused: 'Evidence that supports no answer',
  unusedNone: 'Every piece of evidence is cited.',
  none: 'The dossier has no evidence yet. Add some in the evidence section.',
  goEvidence: 'Go to the evidence',
  count: '{count} {count|question|questions}',
  onlyCited: 'Only questions that cite evidence',
  nothing: 'No answer cites evidence yet.',
}
