import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { parseAssetMap, resolveAsset, type AssetMap } from '../policy/assets.ts'
import { cacheControl, contentPolicy, securityHeaders, withNonce } from '../policy/content-policy.ts'

/** The built page as the static door serves it, or null when there is none in this folder. */
export const openStatic = async (folder: string): Promise<AssetMap | null> => {
  try {
    const map = parseAssetMap(await readFile(join(folder, 'assets.json'), 'utf8'))
    return map !== null && Object.hasOwn(map, '/index.html') ? map : null
  } catch {
    return null
  }
}

/** Answers with a file of the map; the page itself gets a fresh nonce in text and header. */
export const sendAsset = async (folder: string, map: AssetMap, target: string, method: string, response: ServerResponse): Promise<void> => {
  const found = resolveAsset(target, method, map)
  if (found.status !== 200) {
    response.writeHead(found.status, securityHeaders).end()
    return
  }
  const nonce = randomBytes(18).toString('base64')
  const file = await readFile(join(folder, ...found.path.split('/')))
  const body = found.path === '/index.html' ? Buffer.from(withNonce(file.toString('utf8'), nonce), 'utf8') : file
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Security-Policy': contentPolicy(nonce),
    'Content-Type': found.asset.type,
    'Content-Length': body.length,
    'Cache-Control': cacheControl(found.path),
  })
  response.end(method === 'HEAD' ? undefined : body)
}
