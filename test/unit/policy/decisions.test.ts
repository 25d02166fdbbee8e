import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { browserArguments, browserCandidates, chromiumFloor, majorVersion } from '../../../electron/policy/browsers.ts'
import { createClosing } from '../../../electron/policy/closing.ts'
import { cacheControl, contentPolicy, noncePlaceholder, securityHeaders, withNonce } from '../../../electron/policy/content-policy.ts'
import { helpPage, helpPages, mayOpenExternally } from '../../../electron/policy/external-links.ts'
import { cleanFileName, numberedName } from '../../../electron/policy/file-names.ts'
import { launchRequest } from '../../../electron/policy/launch-request.ts'
import { isGranted, permissions } from '../../../electron/policy/permissions.ts'
import { forbiddenSwitch, ownSwitches } from '../../../electron/policy/switches.ts'

describe('content policy', () => {
  const nonce = 'q83vEjRWeJASNFZ4kBI0VniQ'
  const directives = new Map(contentPolicy(nonce).split('; ').map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1)]))

  it('allows nothing that is not named', () => {
    expect(directives.get('default-src')).toEqual(["'none'"])
    for (const name of ['object-src', 'base-uri', 'form-action', 'frame-ancestors']) expect(directives.get(name)).toEqual(["'none'"])
    expect(directives.get('connect-src')).toEqual(["'self'"])
    expect(directives.get('script-src')).toEqual(["'self'"])
    expect(directives.get('require-trusted-types-for')).toEqual(["'script'"])
    expect(directives.get('trusted-types')).toEqual(['default'])
  })

  it('names no unsafe word, no wildcard and no foreign place', () => {
    const known = /^('self'|'none'|'script'|'nonce-[A-Za-z0-9+/=]+'|blob:|data:|default)$/
    expect([...directives].filter(([, sources]) => !sources.every((source) => known.test(source)))).toEqual([])
    expect([...directives].filter(([, sources]) => sources.includes('data:')).map(([name]) => name)).toEqual(['img-src'])
    expect([...directives].filter(([, sources]) => sources.some((source) => source.startsWith("'nonce-"))).map(([name]) => name)).toEqual(['style-src'])
  })

  it.each(['', 'short', "x'; script-src *", 'a b', 'a;b', 'ữ'.repeat(30), `${'a'.repeat(24)}\n`])('refuses the nonce %j', (bad) => {
    expect(() => contentPolicy(bad)).toThrow('a nonce is base64')
  })

  it('puts the nonce wherever the build left a place for it', () => {
    expect(withNonce(`<meta nonce="${noncePlaceholder}"><link nonce="${noncePlaceholder}">`, nonce)).toBe(`<meta nonce="${nonce}"><link nonce="${nonce}">`)
    expect(withNonce('$& $1', nonce)).toBe('$& $1')
  })

  it('keeps only files whose name changes with their content', () => {
    expect(cacheControl('/assets/a-1b.js')).toContain('immutable')
    for (const path of ['/index.html', '/', '/favicon.ico', '/assetsx/a.js']) expect(cacheControl(path)).toBe('no-store')
  })

  it('goes with the other headers', () => {
    expect(securityHeaders).toMatchObject({ 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer', 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Resource-Policy': 'same-origin' })
    expect(Object.keys(securityHeaders).filter((name) => name.toLowerCase().startsWith('access-control'))).toEqual([])
  })
})

describe('permissions', () => {
  it('are refused but for two, and those only to our main frame', () => {
    expect(Object.keys(permissions).filter((name) => isGranted(name, true))).toEqual(['clipboard-sanitized-write', 'persistent-storage'])
    expect(Object.keys(permissions).filter((name) => isGranted(name, false))).toEqual([])
  })

  it.each(['constructor', '__proto__', 'toString', '', 'Media', 'brand-new'])('are refused for the unknown name %j', (name) => {
    expect(isGranted(name, true)).toBe(false)
  })
})

describe('help pages', () => {
  it('are known by topic, and every one may be opened', () => {
    for (const [topic, page] of Object.entries(helpPages)) {
      expect(topic).toMatch(/^[a-z-]{1,40}$/)
      expect(helpPage(topic)).toBe(page)
      expect(mayOpenExternally(page)).toBe(true)
    }
  })

  it.each(['constructor', '__proto__', 'https://evil.example', '', 'legal-documents '])('are not known: %j', (topic) => {
    expect(helpPage(topic)).toBeNull()
  })

  it.each([
    '', 'x', 'http://vbpl.vn/', 'HTTP://vbpl.vn/', 'https://vbpl.vn.evil.example/', 'https://evil.example/vbpl.vn', 'https://vbpl.vn@evil.example/', 'https://a@vbpl.vn/', 'https://a:b@vbpl.vn/', 'https://vbpl.vn:8443/', 'file:///etc/passwd', 'smb://host/share', 'javascript:alert(1)',
    'data:text/html,x', 'ms-msdt:/id', 'search-ms:query', 'vbscript:x', 'https:\\\\evil.example', '//vbpl.vn/', 'https://', 'mailto:a@vbpl.vn', 'https://sub.vbpl.vn/',
  ])('nothing else is opened: %j', (address) => {
    expect(mayOpenExternally(address)).toBe(false)
  })
})

describe('file names', () => {
  it.each([
    ['Báo cáo thẩm định.pdf', 'Báo cáo thẩm định.pdf'], ['Định giá.pdf'.normalize('NFD'), 'Định giá.pdf'.normalize('NFC')], ['../../etc/passwd', 'etc passwd'], ['a/b\\c:d*e?.pdf', 'a b c d e.pdf'],
    ['C:\\Users\\x.pdf', 'C Users x.pdf'], ['..', 'tep'], ['', 'tep'], ['...', 'tep'], ['   ', 'tep'], ['.ssh', 'ssh'], ['.pdf', 'pdf'], ['con', '_con'], ['CON.pdf', '_CON.pdf'], ['lpt1.tar.gz', '_lpt1.tar.gz'], ['COM¹.txt', '_COM¹.txt'],
    ['console.pdf', 'console.pdf'], ['report.pdf.', 'report.pdf'], ['report .pdf', 'report.pdf'], ['a\0b\n\tc.pdf', 'a b c.pdf'], ['invoice\u202efdp.exe', 'invoice fdp.exe'], ['a\u200bb.pdf', 'a b.pdf'], ['<b>"x"|y</b>', 'b x y b'], ['🔑.p12', '🔑.p12'],
  ])('%j becomes %j', (wanted, clean) => {
    expect(cleanFileName(wanted)).toBe(clean)
  })

  it('are one safe part of a path, short enough, and stay as they are the second time', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.array(fc.constantFrom('.', '/', '\\', ' ', 'con', 'Ế', '.pdf', 'aux', '\u202e', '🧪'), { maxLength: 150 }).map((parts) => parts.join(''))), (wanted) => {
      const name = cleanFileName(wanted)
      expect(name).not.toMatch(/[/\\\0-\x1f:*?"<>|]|^[. ]|[. ]$/u)
      expect(name.length).toBeGreaterThan(0)
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(181)
      expect(cleanFileName(name)).toBe(name)
    }), { numRuns: 500 })
  })

  it('cut long names between letters and keep the ending', () => {
    const name = cleanFileName(`${'ễ'.repeat(300)}.pdf`)
    expect(name).toMatch(/^ễ+\.pdf$/u)
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180)
    expect(Buffer.byteLength(numberedName(name, 9_999))).toBeLessThanOrEqual(255)
  })

  it.each([['a.pdf', 1, 'a.pdf'], ['a.pdf', 2, 'a (2).pdf'], ['a', 3, 'a (3)'], ['a.tar.gz', 2, 'a.tar (2).gz'], ['Hồ sơ số 5.2026', 2, 'Hồ sơ số 5 (2).2026']])('%s as number %d is %s', (name, number, expected) => {
    expect(numberedName(name, number)).toBe(expected)
  })
})

describe('command line', () => {
  it.each(['--remote-debugging-port=9222', '-remote-debugging-port', '--REMOTE-DEBUGGING-PORT=1', '--inspect', '--inspect-brk=0', '--no-sandbox', '--disable-web-security', '--js-flags=--expose-gc', '--load-extension=/x', '--host-rules=MAP * evil', '--ignore-certificate-errors', '--proxy-server=evil', '--user-data-dir=/x', '--enable-logging', '--renderer-cmd-prefix=sh'])('%s is refused', (argument) => {
    expect(forbiddenSwitch([argument], 'linux')).not.toBeNull()
    expect(launchRequest(['x', argument], 'linux')).toMatchObject({ kind: 'refuse' })
  })

  it('knows the slash of Windows, and takes it for a path elsewhere', () => {
    expect(forbiddenSwitch(['/no-sandbox'], 'win32')).toBe('no-sandbox')
    expect(forbiddenSwitch(['/no-sandbox'], 'linux')).toBeNull()
  })

  it('lets everything harmless pass and forbids none of our own', () => {
    expect(forbiddenSwitch(['--lang=vi', '/home/lan/hồ sơ', '--serve', '-', '--', '', 'inspect'], 'linux')).toBeNull()
    expect(ownSwitches.map(([name]) => forbiddenSwitch([`--${name}`], 'linux'))).toEqual(ownSwitches.map(() => null))
  })

  it.each([
    [[], null], [['--profile=/kho'], '/kho'], [['--profile='], null], [['--profile=a\0b'], null], [['file:///x', '--profile=kho 2', '/y'], 'kho 2'], [['--profile', '/kho'], null], [['https://evil.example', 'app://local/'], null],
  ])('%j opens the profile %j', (args, profile) => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) expect(launchRequest(args, platform)).toEqual({ kind: 'open', profile })
  })
})

describe('browsers', () => {
  it('are looked for where each system installs them', () => {
    expect(browserCandidates({ platform: 'linux', env: { PATH: '/usr/bin:relative:/opt/b' }, home: '/h' })).toContain('/usr/bin/chromium')
    expect(browserCandidates({ platform: 'linux', env: { PATH: 'relative:' }, home: '/h' })).toEqual([])
    expect(browserCandidates({ platform: 'win32', env: { PROGRAMFILES: 'C:\\Program Files' }, home: '' })).toContain('C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe')
    expect(browserCandidates({ platform: 'win32', env: {}, home: '' })).toEqual([])
    expect(browserCandidates({ platform: 'darwin', env: {}, home: '/Users/lan' })).toContain('/Users/lan/Applications/Google Chrome.app/Contents/MacOS/Google Chrome')
    expect(browserCandidates({ platform: 'linux', env: { PATH: '/usr/bin', LUONG_GIA_BROWSER: '/my/chrome' }, home: '' })).toEqual(['/my/chrome'])
  })

  it.each([['Chromium 156.0.8078.79 built on Debian', 156], ['Google Chrome 99.0.4844.51', 99], ['Microsoft Edge 130.0.2849.46', 130], ['Mozilla Firefox 132.0', null], ['', null], ['156', null]])('version of %j is %s', (text, version) => {
    expect(majorVersion(text)).toBe(version)
  })

  it('get an own profile, no extensions, no traffic of their own, and no secret on the command line', () => {
    const args = browserArguments({ page: 'file:///home/lan/open.html', profile: '/p/browser', isRoot: false })
    expect(args).toEqual(expect.arrayContaining(['--app=file:///home/lan/open.html', '--user-data-dir=/p/browser', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--disable-extensions']))
    expect(args.join(' ')).not.toMatch(/no-sandbox|remote-debugging|[0-9a-f]{64}/)
    expect(browserArguments({ page: 'x', profile: 'y', isRoot: true })).toContain('--no-sandbox')
    expect(chromiumFloor).toBeGreaterThanOrEqual(120)
  })
})

describe('closing handshake', () => {
  const setUp = (choice: 'close' | 'stay' = 'stay') => {
    const events: string[] = []
    let late = (): void => undefined
    const closing = createClosing({
      tellPage: () => events.push('told'),
      ask: async (why) => {
        events.push(`asked: ${why}`)
        return choice
      },
      closeNow: () => events.push('closed'),
      timer: (_, run) => {
        late = run
        return () => {
          late = () => undefined
        }
      },
    })
    return { closing, events, late: () => late() }
  }
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

  it('closes at once when no page is up', () => {
    expect(setUp().closing.requested()).toBe(true)
  })

  it('waits for the page, then closes', () => {
    const { closing, events } = setUp()
    closing.pageReady()
    expect(closing.requested()).toBe(false)
    expect(closing.requested()).toBe(false)
    expect(events).toEqual(['told'])
    closing.answered(true)
    expect(events).toEqual(['told', 'closed'])
    expect(closing.requested()).toBe(true)
  })

  it('asks when the page could not save or does not answer; the person decides', async () => {
    for (const [choice, expected] of [['close', ['closed']], ['stay', []]] as const) {
      const unsaved = setUp(choice)
      unsaved.closing.pageReady()
      unsaved.closing.requested()
      unsaved.closing.answered(false)
      await settle()
      expect(unsaved.events).toEqual(['told', 'asked: not-saved', ...expected])
      const silent = setUp(choice)
      silent.closing.pageReady()
      silent.closing.requested()
      silent.late()
      await settle()
      expect(silent.events).toEqual(['told', 'asked: no-answer', ...expected])
    }
  })

  it('can be tried again after staying, and ignores answers nobody asked for', async () => {
    const { closing, events } = setUp('stay')
    closing.pageReady()
    closing.answered(true)
    expect(events).toEqual([])
    closing.requested()
    closing.answered(false)
    await settle()
    closing.answered(true)
    expect(events).toEqual(['told', 'asked: not-saved'])
    expect(closing.requested()).toBe(false)
    closing.answered(true)
    expect(events).toEqual(['told', 'asked: not-saved', 'told', 'closed'])
  })

  it('does not wait for a page that is gone', () => {
    const { closing, events, late } = setUp()
    closing.pageReady()
    closing.requested()
    closing.pageGone()
    late()
    expect(events).toEqual(['told'])
    expect(closing.requested()).toBe(true)
    closing.pageReady()
    expect(closing.requested()).toBe(false)
  })
})
