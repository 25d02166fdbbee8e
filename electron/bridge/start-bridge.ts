import { createServer } from 'node:http'
import { join } from 'node:path'
import { decodeArgs } from '../../shared/host/codec.ts'
import { contract } from '../../shared/host/contract.ts'
import { err, ok, type Result } from '../../shared/kernel/result.ts'
import { atomicWrite } from '../host/atomic-write.ts'
import { discard, realFileSystem } from '../host/file-system.ts'
import { openHost, type Host } from '../host/open-host.ts'
import type { Platform } from '../host/platform.ts'
import { createNodePlatform } from '../host/platform-node.ts'
import { version } from '../host/version.ts'
import { bridgeOrigin, bridgePort } from '../policy/origins.ts'
import { createHttpDoor } from './http-door.ts'
import { createSecrets } from './session.ts'
import { createSocketDoor } from './socket-door.ts'
import { openStatic } from './static.ts'

export interface BridgeOptions {
  /** Profile folder. */
  readonly root: string
  /** Folder of the built page. */
  readonly staticDir: string
  /** The one fixed port unless a test says otherwise; 0 lets the system choose, for tests only. */
  readonly port?: number
  /** Folder that saved files go to. */
  readonly documents?: string
  readonly now?: () => number
  /** Changes the platform, for tests. */
  readonly adapt?: (platform: Platform) => Platform
  /** Another start on this profile asks for a window. */
  readonly windowWanted?: () => void
  /** Number of pages connected, whenever it changes. */
  readonly pagesChanged?: (pages: number) => void
}

export interface Bridge {
  /** Origin of the page, `http://127.0.0.1:PORT`. */
  readonly url: string
  readonly port: number
  readonly host: Host
  /** Address that lets one page in, once, within `lifetimeMs` (30 seconds). */
  readonly mintAddress: (lifetimeMs?: number) => string
  /** A private file that leads to such an address; command lines can be read by other users, this file cannot. */
  readonly writeLaunchPage: () => Promise<string>
  readonly pages: () => number
  readonly close: () => Promise<void>
}

const onceMs = 30_000

/** File by which a second start on the same profile reaches the running bridge. */
export const controlFile = (root: string): string => join(root, 'bridge.json')

const listen = (server: ReturnType<typeof createServer>, port: number): Promise<'listening' | 'taken'> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve('taken')
      else reject(error)
    })
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => resolve('listening'))
  })

/** The dossier of an append that was accepted. */
const changedDossier = (body: string): string | null => {
  const decoded = decodeArgs(body)
  const args = decoded.ok ? contract['journal.append'].args.safeParse(decoded.value) : null
  return args?.success === true ? args.data.dossier : null
}

/**
 * Opens a profile and serves the page with its host on 127.0.0.1. A taken port is refused, never replaced by another: the page's
 * store is bound to it.
 */
export const startBridge = async (options: BridgeOptions): Promise<Result<Bridge, 'port-taken' | 'profile-unusable' | 'not-built'>> => {
  const { root, staticDir, port: wanted = bridgePort, now = Date.now, adapt = (platform: Platform) => platform } = options
  const assets = await openStatic(staticDir)
  if (assets === null) return err('not-built', { folder: staticDir })

  let port = wanted
  const secrets = createSecrets(now)
  // The port is taken before the profile, so that a second start does not disturb the lock.
  const server = createServer({ keepAliveTimeout: 30_000, requireHostHeader: true })
  const door = Promise.withResolvers<ReturnType<typeof createHttpDoor>>()
  server.on('request', (request, response) => void door.promise.then((answer) => answer(request, response)))
  if ((await listen(server, wanted)) === 'taken') return err('port-taken', { port: wanted })
  const address = server.address()
  if (address !== null && typeof address === 'object') port = address.port

  const opened = await openHost({ platform: adapt(createNodePlatform({ host: 'bridge', version, documents: options.documents })), root })
  if (!opened.ok) {
    server.close()
    return opened
  }
  const host = opened.value
  const launchPage = join(root, 'open.html')
  const pagesChanged = (pages: number): void => {
    // The code in it is used up.
    if (pages > 0) void discard(realFileSystem, launchPage)
    options.pagesChanged?.(pages)
  }
  const sockets = createSocketDoor({ secrets, port: () => port, changed: pagesChanged })
  const unsubscribe = host.subscribe((name, payload) => sockets.send(name, payload))
  door.resolve(createHttpDoor({
    dispatch: host.dispatch,
    secrets,
    folder: staticDir,
    assets,
    port: () => port,
    answered: (call, page, body, reply) => {
      if (call !== 'journal.append' || sockets.pages() < 2 || !reply.startsWith('{"ok":true')) return
      const dossier = changedDossier(body)
      if (dossier !== null) sockets.send('journal.changedElsewhere', JSON.stringify({ dossier }), page)
    },
    windowWanted: () => options.windowWanted?.(),
    failed: (error) => void host.log.failure('bridge.request', error),
  }))
  server.on('upgrade', sockets.upgrade)
  server.on('clientError', (_, socket) => socket.destroy())

  const url = bridgeOrigin(port)
  const mintAddress = (lifetimeMs = onceMs): string => `${url}/#${secrets.mintOnce(lifetimeMs)}`
  if (host.writable) {
    // Without it a second start says that the port is taken, no more.
    await atomicWrite(realFileSystem, controlFile(root), JSON.stringify({ port, control: secrets.control })).catch((error: unknown) => host.log.failure('bridge.control', error))
  }

  return ok({
    url,
    port,
    host,
    mintAddress,
    writeLaunchPage: async () => {
      await atomicWrite(realFileSystem, launchPage, `<!doctype html><meta charset="utf-8"><title>Lượng Giá</title><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${mintAddress()}">`)
      return launchPage
    },
    pages: sockets.pages,
    close: async () => {
      unsubscribe()
      sockets.close()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      await discard(realFileSystem, launchPage)
      if (host.writable) await discard(realFileSystem, controlFile(root))
      await host.close()
    },
  })
}
