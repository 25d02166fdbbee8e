import { protocol, type Session } from 'electron'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAssetMap, resolveAsset, type AssetMap } from '../policy/assets.ts'
import { cacheControl, contentPolicy, securityHeaders, withNonce } from '../policy/content-policy.ts'
import { appScheme, isAppAddress } from '../policy/origins.ts'

/** Must run before the app is ready, and only once. */
export const registerAppScheme = (): void =>
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])

export const readAssetMap = async (folder: string): Promise<AssetMap> => {
  const map = parseAssetMap(await readFile(join(folder, 'assets.json'), 'utf8'))
  if (map === null) throw new Error('the list of the page\'s files is damaged')
  return map
}

const answer = async (folder: string, map: AssetMap, request: Pick<Request, 'url' | 'method'>): Promise<Response> => {
  if (!isAppAddress(request.url)) return new Response(null, { status: 404, headers: securityHeaders })
  const target = request.url.slice('app://local'.length)
  const found = resolveAsset(target === '' ? '/' : target, request.method, map)
  if (found.status !== 200) return new Response(null, { status: found.status, headers: securityHeaders })
  const nonce = randomBytes(18).toString('base64')
  const file = await readFile(join(folder, ...found.path.split('/')))
  const body = found.path === '/index.html' ? withNonce(file.toString('utf8'), nonce) : new Uint8Array(file)
  return new Response(request.method === 'HEAD' ? null : body, {
    status: 200,
    headers: { ...securityHeaders, 'Content-Security-Policy': contentPolicy(nonce), 'Content-Type': found.asset.type, 'Cache-Control': cacheControl(found.path) },
  })
}

/** Serves the built page on the very session of the window; a session of another window knows nothing of it. */
export const handleAppScheme = (session: Session, folder: string, map: AssetMap): void =>
  session.protocol.handle(appScheme, (request) => answer(folder, map, request))
