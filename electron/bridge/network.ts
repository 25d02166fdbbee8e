import { readFileSync } from 'node:fs'
import http from 'node:http'
import tls from 'node:tls'

/**
 * Lets the network calls of this process trust what the system trusts, and one more authority from the file that
 * `LUONG_GIA_EXTRA_CA` names (PEM), as company networks need; and use the system's proxy settings. Nothing is trusted less or blindly.
 */
export const trustSystemCertificates = (env: Readonly<Record<string, string | undefined>>): void => {
  const extra = env['LUONG_GIA_EXTRA_CA'] ?? ''
  try {
    const own = extra === '' ? [] : [readFileSync(extra, 'utf8')]
    tls.setDefaultCACertificates([...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system'), ...own])])
  } catch {
    // The certificates Node brings stay in place; the exchange's own sentence says when they do not suffice.
  }
  const proxied = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'].some((name) => (env[name] ?? '') !== '')
  // This machine is never reached through a proxy, whatever the settings forget to say.
  const direct = [env['no_proxy'] ?? env['NO_PROXY'] ?? '', '127.0.0.1', 'localhost', '[::1]'].filter((name) => name !== '').join(',')
  if (proxied) http.setGlobalProxyFromEnv({ ...env, no_proxy: direct })
}
