import path from 'node:path'

/** Oldest Chromium the page is built for (October 2024). */
export const chromiumFloor = 130

interface Place {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

const linuxNames = [
  'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable', 'microsoft-edge',
  'brave-browser', 'vivaldi-stable', 'coccoc-browser',
]
const macNames = ['Google Chrome', 'Microsoft Edge', 'Chromium', 'Brave Browser', 'CocCoc', 'Vivaldi']
const windowsNames = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['CocCoc', 'Browser', 'Application', 'browser.exe'],
  ['BraveSoftware', 'Brave-Browser', 'Application', 'brave.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
]

/** Where a browser of the Chromium family may be installed, best first. `LUONG_GIA_BROWSER` names one and rules out the others. */
export const browserCandidates = ({ platform, env, home }: Place): readonly string[] => {
  const named = env['LUONG_GIA_BROWSER']
  if (named !== undefined && named !== '') return [named]
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].flatMap((root) => (root === undefined || root === '' ? [] : [root]))
    return windowsNames.flatMap((parts) => roots.map((root) => path.win32.join(root, ...parts)))
  }
  if (platform === 'darwin') {
    return macNames.flatMap((name) => ['/Applications', path.posix.join(home, 'Applications')].map((folder) => path.posix.join(folder, `${name}.app`, 'Contents', 'MacOS', name)))
  }
  const folders = (env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'))
  return linuxNames.flatMap((name) => folders.map((folder) => path.posix.join(folder, name)))
}

/** First number of a version as browsers print it (`Chromium 156.0.8078.79 built on …`), or null. */
export const majorVersion = (text: string): number | null => {
  const match = /(\d{2,4})\.\d+\.\d+\.\d+/.exec(text)
  return match === null ? null : Number(match[1])
}

/**
 * Command line of the app window: its own profile, no extensions, nothing that asks the network on its own. The address is a
 * private file, because other users can read command lines.
 */
export const browserArguments = (options: { readonly page: string; readonly profile: string; readonly isRoot: boolean }): readonly string[] => [
  `--app=${options.page}`,
  `--user-data-dir=${options.profile}`,
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--no-service-autorun',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-extensions-with-background-pages',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-quic',
  '--disable-sync',
  '--disable-features=AutofillServerCommunication,CertificateTransparencyComponentUpdater,MediaRouter,OptimizationHints,Translate',
  '--metrics-recording-only',
  '--password-store=basic',
  '--window-size=1366,768',
  // Chromium's sandbox cannot start as root; everybody else keeps it.
  ...(options.isRoot ? ['--no-sandbox'] : []),
]
