/** Scheme and host of the page under Electron; the origin is fixed for ever (docs/adr/0004). */
export const appScheme = 'app'
export const appHost = 'local'
export const appPage = 'app://local/'

/** The bridge's one port, for ever (docs/adr/0004). */
export const bridgePort = 17_645
/** What `Host` must say, letter by letter. */
export const bridgeHost = (port: number): string => `127.0.0.1:${port}`
export const bridgeOrigin = (port: number): string => `http://${bridgeHost(port)}`

/**
 * True for an address of our own page. Compared part by part after parsing: `new URL(…).origin` is the text `null` for every
 * scheme that is not of the web, so comparing origins would let `app://evil`, `data:` and `file:` through. The spelling is compared
 * too, since parsers forgive white space, backslashes and capitals.
 */
export const isAppAddress = (address: string): boolean => {
  if (!/^app:\/\/local(?:[/?#]|$)/.test(address) || /[\s\\]/.test(address)) return false
  const url = URL.parse(address)
  return url !== null && url.protocol === `${appScheme}:` && url.host === appHost && url.hostname === appHost
    && url.port === '' && url.username === '' && url.password === ''
}
