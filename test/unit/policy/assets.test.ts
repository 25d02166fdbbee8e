import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAssetMap, resolveAsset, type AssetMap } from '../../../electron/policy/assets.ts'

const asset = (type: string) => ({ type, bytes: 1, sha256: '0'.repeat(64) })
const map: AssetMap = { '/index.html': asset('text/html; charset=utf-8'), '/assets/a-1b.js': asset('text/javascript; charset=utf-8'), '/assets/Tinos Bold.ttf': asset('font/ttf'), '/chữ.txt': asset('text/plain; charset=utf-8') }
const get = (target: string): string | number => {
  const found = resolveAsset(target, 'GET', map)
  return found.status === 200 ? found.path : found.status
}

describe('files of the page', () => {
  it.each([
    ['/', '/index.html'], ['/?x=1', '/index.html'], ['/#/dossier/1', '/index.html'], ['/index.html', '/index.html'], ['/assets/a-1b.js', '/assets/a-1b.js'], ['/assets/a-1b.js?v=2', '/assets/a-1b.js'],
    ['/assets/Tinos%20Bold.ttf', '/assets/Tinos Bold.ttf'], ['/ch%E1%BB%AF.txt', '/chữ.txt'],
  ])('%s is %s', (target, path) => {
    expect(get(target)).toBe(path)
  })

  it.each([
    '', 'index.html', '//index.html', '/./index.html', '/assets/../index.html', '/../index.html', '/..%2findex.html', '/%2e%2e/index.html', '/assets/..%2f..%2fetc%2fpasswd', '/..\\index.html', '/%5c..%5cindex.html',
    '/assets%2Fa-1b.js', '/assets%5Ca-1b.js', '/index.html%00', '/index.html\0.js', '/index.html%2500', '/%252e%252e/index.html', '/%', '/%zz', '/%e0%a4', '/INDEX.HTML', '/index.html/', '/index.htm', '/index.html.bak',
    '/etc/passwd', '/C:/Windows/win.ini', '/assets/', '/assets', '/a.map', '/assets.json', '/__proto__', '/constructor', '/toString', '/hasOwnProperty', 'app://local/index.html', 'http://evil/index.html', '/dossier/1', '/;/index.html', '/index.html;x', '/ index.html', '/\u2024\u2024/index.html', '/.git/config',
  ])('%j is nothing', (target) => {
    expect(get(target)).toBe(404)
  })

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT', 'get', '', 'GET '])('method %j is refused', (method) => {
    expect(resolveAsset('/index.html', method, map).status).toBe(405)
  })

  it('answers HEAD like GET', () => {
    expect(resolveAsset('/index.html', 'HEAD', map).status).toBe(200)
  })

  it('gives a key of the map or nothing, whatever is asked', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.string().map((text) => `/${text}`), fc.array(fc.constantFrom('..', '.', '%2e', '%2f', '/', '\\', 'index.html', 'assets', '%00', '?', '#')).map((parts) => `/${parts.join('')}`)), (target) => {
      const found = resolveAsset(target, 'GET', map)
      expect(found.status === 404 || (found.status === 200 && Object.keys(map).includes(found.path))).toBe(true)
    }))
  })
})

describe('the list of files', () => {
  it('is read back', () => {
    expect(parseAssetMap(JSON.stringify(map))).toEqual(map)
  })

  it.each(['', '{', 'null', '1', '{"/a":1}', '{"/a":{"type":1,"bytes":1,"sha256":""}}', '{"a":{"type":"x","bytes":1,"sha256":""}}', '{"/a\\\\b":{"type":"x","bytes":1,"sha256":""}}'])('is refused when it is none: %s', (text) => {
    expect(parseAssetMap(text)).toBeNull()
  })
})
