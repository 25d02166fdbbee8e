import { openHost } from '../host/open-host.ts'
import { createNodePlatform } from '../host/platform-node.ts'
import { version } from '../host/version.ts'
import type { Fault } from '../../shared/kernel/result.ts'

/** What a start asks about backups instead of opening the program. */
export type BackupRequest = { readonly kind: 'list' } | { readonly kind: 'restore'; readonly name: string }

const restoreFlag = '--restore='

/** `--backups` lists them, `--restore=NAME` puts one back; null for an ordinary start. */
export const backupRequest = (argv: readonly string[]): BackupRequest | null => {
  const name = argv.find((argument) => argument.startsWith(restoreFlag))?.slice(restoreFlag.length)
  if (name !== undefined) return { kind: 'restore', name }
  return argv.includes('--backups') ? { kind: 'list' } : null
}

interface Speech {
  readonly both: (vi: string, en: string) => void
  readonly tell: (fault: Fault) => void
}

/**
 * Lists or restores backups of a profile without opening the program. Restoring needs the profile to itself and first backs up the
 * present state, so it can be undone the same way.
 *
 * @returns exit code
 */
export const runBackupRequest = async (root: string, request: BackupRequest, { both, tell }: Speech): Promise<number> => {
  const opened = await openHost({ platform: createNodePlatform({ host: 'direct', version }), root })
  if (!opened.ok) {
    tell(opened.fault)
    return 1
  }
  const host = opened.value
  try {
    if (request.kind === 'list') {
      const backups = await host.backups.list()
      if (backups.length === 0) both('Chưa có bản sao lưu nào.', 'There is no backup yet.')
      for (const { name } of backups) {
        const sound = await host.backups.verify(name)
        both(`${name}: ${sound ? 'nguyên vẹn' : 'bị hỏng'}`, `${' '.repeat(name.length)}  ${sound ? 'intact' : 'damaged'}`)
      }
      return 0
    }
    const restored = await host.backups.restore(request.name)
    if (restored.ok) both('Đã khôi phục. Trạng thái trước đó cũng đã được sao lưu.', 'Restored. The former state was backed up as well.')
    else tell(restored.fault)
    return restored.ok ? 0 : 1
  } finally {
    await host.close()
  }
}
