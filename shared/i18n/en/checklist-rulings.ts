import type { Translation } from '../text.ts'
import type { checklistRulingsVi } from '../vi/checklist-rulings.ts'

export const checklistRulingsEn: Translation<typeof checklistRulingsVi> = {
  title: 'What the council must decide',
  lead: 'The rules on classes do not cover the cases below. The council chooses the class and states its reason while it reviews the dossier.',
  afterSubmit: 'The council decides once the dossier is submitted.',
  proposed: 'By the rules alone: {class}',
  noProposal: 'The rules give no class.',
  decide: 'Decide the class',
  change: 'Change the decision',
  takeBack: 'Take the decision back',
  takenBack: 'The decision of the council was taken back.',
  decided: 'The council decided: {class}',
  reasonBy: '{reason} ({by}, {date})',
  class: 'Class',
  choose: 'Choose a class',
  reason: 'Reason',
  by: 'Recorded by',
  date: 'Date',
  save: 'Record the decision',
  incomplete: 'Choose the class, give the reason, who records it and the date.',
  dialogTitle: 'Decision of the council',
}
