import type { Handlers } from '../../shared/host/contract.ts'
import { err, ok } from '../../shared/kernel/result.ts'
import { helpPage, mayOpenExternally } from '../policy/external-links.ts'
import type { Backups } from './backup.ts'
import { createBlobHandlers } from './blobs.ts'
import { createExchangeHandlers } from './exchange.ts'
import type { FileSystem } from './file-system.ts'
import { createFileHandlers } from './files.ts'
import { createJournal } from './journal.ts'
import type { ProfileLock } from './lock.ts'
import type { Log } from './log.ts'
import type { Platform } from './platform.ts'
import type { Profile } from './profile.ts'
import { createSettings } from './settings.ts'
import { createSignHandlers } from './sign.ts'
import { createVaultHandlers } from './vault.ts'

interface HandlerOptions {
  readonly platform: Platform
  readonly profile: Profile
  readonly lock: Pick<ProfileLock, 'writable' | 'holder'>
  readonly fs: FileSystem
  readonly log: Log
  readonly backups: Pick<Backups, 'newest'>
}

/** Every handler behind the contract, built once per program from what its platform offers. */
export const createHandlers = ({ platform, profile, lock, fs, log, backups }: HandlerOptions): { readonly handlers: Handlers; readonly close: () => Promise<void> } => {
  const { writable, holder } = lock
  const journal = createJournal({ fs, folder: profile.journal, writable })
  const { close: closeFiles, ...files } = createFileHandlers(fs, platform.saving)
  const sign = createSignHandlers(platform.now)
  const settings = createSettings(fs, profile.settings, writable)

  const handlers: Handlers = {
    'app.info': async () => {
      const { bavail, bsize } = await fs.statfs(profile.root)
      return ok({
        version: platform.version, host: platform.host, writable, holder,
        capabilities: platform.capabilities, freeBytes: bavail * bsize, newestBackup: await backups.newest(),
      })
    },
    'app.ready': async () => {
      platform.ready()
      return ok({})
    },
    'app.closeReady': async ({ saved }) => {
      platform.closeReady(saved)
      return ok({})
    },
    ...createVaultHandlers({ fs, path: profile.vault, writable, keyCache: platform.keyCache }),
    ...journal.handlers,
    ...createBlobHandlers({ fs, folder: profile.blobs, writable }),
    ...files,
    ...sign.handlers,
    ...createExchangeHandlers({ readSettings: settings.read, writeSettings: settings.write, fetch: platform.fetch }),
    'log.write': log.handler,
    'help.open': async ({ topic }) => {
      const page = helpPage(topic)
      if (page === null || !mayOpenExternally(page)) return err('not-found')
      await platform.openExternal(page)
      return ok({})
    },
  }

  return {
    handlers,
    close: async () => {
      sign.close()
      await closeFiles()
      await journal.close()
    },
  }
}
