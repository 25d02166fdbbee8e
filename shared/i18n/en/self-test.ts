import type { Translation } from '../text.ts'
import type { selfTestVi } from '../vi/self-test.ts'

export const selfTestEn: Translation<typeof selfTestVi> = {
  title: 'Self-test of the engine',
  lead: 'Published cases with known answers are computed again by the engine on this machine. No dossier is touched.',
  run: 'Run the test',
  again: 'Run again',
  running: 'Testing…',
  broke: 'The self-test could not be run. Restart the program and try again.',
  allRight: 'All {total} cases are right. Engine version {version}.',
  someWrong: '{passed} of {total} cases are right. Do not use results of a family with wrong cases before the cause is found. Engine version {version}.',
  table: 'Results by family',
  family: 'Family',
  right: 'Right',
  wrong: 'Wrong',
  skipped: 'Not computed',
  failures: 'Cases that are not right',
  failure: 'Case {id}, {path}: expected {expected}, got {actual}.',
  sources: 'Each case carries its source in its file: a book, paper, law, standard, or a test suite that may be reused.',
}
