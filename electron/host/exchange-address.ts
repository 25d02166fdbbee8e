import { isIPv4 } from 'node:net'

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'))

/**
 * The exchange's address as an origin, or null when it is refused: https only, http only on this machine itself; no
 * credentials, path, query or fragment.
 */
export const exchangeOrigin = (address: string): string | null => {
  const text = address.trim()
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return null
  }
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
  const bare = url.username === '' && url.password === '' && url.pathname === '/' && !/[?#@\\]/.test(text)
  return secure && bare && url.hostname !== '' ? url.origin : null
}
