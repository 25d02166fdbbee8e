/** Switches that open the program to others; a start with one of them is refused. */
const forbidden = [
  'remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address', 'remote-allow-origins', 'inspect', 'inspect-brk', 'inspect-port', 'inspect-publish-uid',
  'js-flags', 'disable-web-security', 'allow-file-access-from-files', 'allow-file-access', 'no-sandbox', 'disable-setuid-sandbox', 'single-process', 'in-process-gpu', 'no-zygote',
  'load-extension', 'disable-extensions-except', 'host-rules', 'host-resolver-rules', 'ignore-certificate-errors', 'ignore-certificate-errors-spki-list',
  'allow-running-insecure-content', 'unsafely-treat-insecure-origin-as-secure', 'disable-site-isolation-trials', 'disable-site-isolation-for-policy',
  'log-net-log', 'ssl-key-log-file', 'user-data-dir', 'renderer-cmd-prefix', 'gpu-launcher', 'utility-cmd-prefix', 'enable-blink-features', 'enable-experimental-web-platform-features',
  'proxy-server', 'proxy-pac-url', 'renderer-startup-dialog', 'enable-logging', 'trace-startup', 'app', 'require', 'import',
]
const names: ReadonlySet<string> = new Set(forbidden)

/** Switches this program sets itself. */
export const ownSwitches: readonly (readonly [name: string, value: string])[] = [
  ['disable-background-networking', ''],
  ['disable-component-update', ''],
  ['disable-domain-reliability', ''],
  ['disable-quic', ''],
  ['disable-sync', ''],
]

/** First forbidden switch on a command line, without its dashes, or null. Chromium takes one dash, two dashes and on Windows a slash. */
export const forbiddenSwitch = (argv: readonly string[], platform: NodeJS.Platform): string | null => {
  for (const argument of argv) {
    const match = (platform === 'win32' ? /^(?:--?|\/)([^=]+)/ : /^--?([^=]+)/).exec(argument)
    const name = match?.[1]?.toLowerCase()
    if (name !== undefined && names.has(name)) return name
  }
  return null
}
