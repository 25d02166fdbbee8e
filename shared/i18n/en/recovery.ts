import type { Translation } from '../text.ts'
import type { recoveryVi } from '../vi/recovery.ts'

export const recoveryEn = {
  failedTitle: 'The archive could not be opened',
  failedLead: 'Nothing was deleted. The second copy of every dossier is still on the disk.',
  newerTitle: 'The archive belongs to a newer version',
  newerLead: 'To keep the data safe, this version does not open it. Nothing was changed.',
  whatNow: 'What you can do',
  tryAgain: 'Open again',
  tryAgainWhy: 'Many faults pass by themselves, for example while a virus scanner holds a file.',
  restart: 'Restart the machine, then open Lượng Giá',
  restartWhy: 'When an old window still holds the archive, a restart lets go of it.',
  freeSpace: 'Free some space on the disk',
  freeSpaceWhy: 'At least 1 GB should be free. There is {free} now.',
  update: 'Install the new version of Lượng Giá',
  updateWhy: 'The running version is {version}. The dossiers open right after the update.',
  keep: 'Do not delete the data folder',
  keepWhy: 'It holds the second copy of every dossier, encrypted; the program rebuilds the archive from it.',
  code: 'Code of the fault: {code}',
  divergedTitle: 'This dossier has two different copies',
  divergedText: 'The copy in the archive and the copy on the disk have parted. Both are kept as they are and can only be read. Export both and compare them.',
  divergedExport: 'Export both copies',
  divergedExported: 'Both copies were exported.',
} as const satisfies Translation<typeof recoveryVi>
