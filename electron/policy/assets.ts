/** One file of the built page. */
export interface Asset {
  readonly type: string
  readonly bytes: number
  readonly sha256: string
}
/** Every file of the built page by its path, made at build time. */
export type AssetMap = Readonly<Record<string, Asset>>

export type Resolved =
  | { readonly status: 200; readonly path: string; readonly asset: Asset }
  | { readonly status: 404 | 405 }

/** Media types by ending; a file with another ending stops the build. Never sniffed. */
export const mediaTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  woff: 'font/woff',
  ttf: 'font/ttf',
  wasm: 'application/wasm',
  pdf: 'application/pdf',
  icc: 'application/vnd.iccprofile',
  bcmap: 'application/octet-stream',
  pfb: 'application/octet-stream',
}

const isAsset = (value: unknown): value is Asset =>
  typeof value === 'object' && value !== null
  && 'type' in value && typeof value.type === 'string'
  && 'bytes' in value && typeof value.bytes === 'number'
  && 'sha256' in value && typeof value.sha256 === 'string'

/** Reads the map that the build wrote; null when it is none. */
export const parseAssetMap = (text: string): AssetMap | null => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return null
    const entries = Object.entries(value)
    return entries.every((entry): entry is [string, Asset] => /^\/[^\\\0]*$/.test(entry[0]) && isAsset(entry[1])) ? Object.fromEntries(entries) : null
  } catch {
    return null
  }
}

const decode = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

const missing: Resolved = { status: 404 }

/**
 * Which file answers a request: a key of the map or nothing. The path is decoded once; backslashes, NUL and encoded separators are
 * refused; nothing is looked up on the disk, so there is no way out of the folder, and no page is shown in place of a missing file.
 *
 * @param target path as the door received it, from its first `/` on, query included
 */
export const resolveAsset = (target: string, method: string, map: AssetMap): Resolved => {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405 }
  const raw = target.replace(/[?#].*$/s, '')
  if (!raw.startsWith('/') || /[\\\0]|%2f|%5c|%00/i.test(raw)) return missing
  const path = decode(raw)
  if (path === null || /[\\\0]/.test(path)) return missing
  const key = path === '/' ? '/index.html' : path
  const asset = Object.hasOwn(map, key) ? map[key] : undefined
  return asset === undefined ? missing : { status: 200, path: key, asset }
}
