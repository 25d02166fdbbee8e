import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayDownload, mayNavigate } from '../../../electron/policy/navigation.ts'
import { appPage, bridgeHost, bridgeOrigin, bridgePort, isAppAddress } from '../../../electron/policy/origins.ts'
import { isTrustedSender } from '../../../electron/policy/senders.ts'

const hostile = [
  '', ' ', 'app:', 'app:/', 'app://', 'app:///', 'app:local', 'app:/local', 'app:///local/', 'app:\\\\local', 'app:\\local', 'app://local\\', 'app://local\\@evil/',
  'app://local.evil', 'app://local.evil/', 'app://evil.local/', 'app://locale/', 'app://loca/', 'app://local@evil', 'app://local@evil/', 'app://evil@local/', 'app://a:b@local/', 'app://local:80/', 'app://local:/',
  'app://l%6fcal/', 'app://%6cocal', 'APP://LOCAL', 'app://LOCAL/', 'APP://local/', 'App://local/', ' app://local/', 'app://local/ ', 'app://lo\tcal/', 'app://local/\n', 'app://local\0/', '\tapp://local/',
  'app2://local/', 'xapp://local/', 'view-source:app://local/', 'blob:app://local/x', 'filesystem:app://local/x', 'javascript:app://local/', 'data:text/html,app://local/', 'file:///app://local/',
  'file:///etc/passwd', 'https://local/', 'http://local/', 'http://example.invalid/?next=app://local/', '//local/', '//evil', '/', 'about:blank', 'about:srcdoc', 'null', 'undefined',
  'chrome://settings', 'devtools://devtools', 'ws://local/', 'app://local。/', 'app://ｌocal/', 'app://lоcal/',
]

describe('the address of our page', () => {
  it.each([appPage, 'app://local', 'app://local/index.html', 'app://local/#/dossier/1', 'app://local/?x=1', 'app://local#x', 'app://local/assets/a.js'])('is ours: %s', (address) => {
    expect(isAppAddress(address)).toBe(true)
  })

  it.each(hostile)('is not ours: %j', (address) => {
    expect(isAppAddress(address)).toBe(false)
    expect(mayNavigate(address, true)).toBe(false)
    expect(isTrustedSender({ address, isMainFrame: true, isOurWindow: true })).toBe(false)
  })

  it('cannot be told by comparing origins, which is why it is not done so', () => {
    expect(new URL('app://evil/').origin).toBe(new URL(appPage).origin)
  })

  it('is never another host, whatever is put before, after or between', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (before, after) => {
      const address = `${before}local${after}`
      const url = URL.parse(`app://${address}`)
      const ours = url?.protocol === 'app:' && url.hostname === 'local' && url.username === '' && url.port === ''
      expect(ours || !isAppAddress(`app://${address}`)).toBe(true)
    }))
  })
})

describe('senders', () => {
  it.each([
    [{ address: appPage, isMainFrame: true, isOurWindow: true }, true],
    [{ address: appPage, isMainFrame: false, isOurWindow: true }, false],
    [{ address: appPage, isMainFrame: true, isOurWindow: false }, false],
    [{ address: null, isMainFrame: true, isOurWindow: true }, false],
  ])('%j → %s', (sender, trusted) => {
    expect(isTrustedSender(sender)).toBe(trusted)
  })
})

describe('navigation and downloads', () => {
  const blob = 'blob:app://local/0c2f3d54-9d4e-4f43-8c62-2f6ad13ce6a1'
  it('let the main frame stay on our page and inner frames show only our blobs', () => {
    expect(mayNavigate('app://local/#/x', true)).toBe(true)
    expect(mayNavigate(blob, true)).toBe(false)
    expect(mayNavigate(blob, false)).toBe(true)
    expect(mayNavigate('app://local/', false)).toBe(false)
  })

  it.each(['blob:app://evil/0c2f3d54-9d4e-4f43-8c62-2f6ad13ce6a1', 'blob:null/0c2f3d54-9d4e-4f43-8c62-2f6ad13ce6a1', 'blob:https://local/0c2f3d54-9d4e-4f43-8c62-2f6ad13ce6a1', `${blob}x`, `x${blob}`, 'blob:app://local/../../x', 'data:text/plain,x', 'https://evil/', 'file:///x', 'app://local/index.html'])('are refused: %s', (address) => {
    expect(mayNavigate(address, false)).toBe(false)
    expect(mayDownload(address)).toBe(false)
  })

  it('let our own blob be downloaded', () => {
    expect(mayDownload(blob)).toBe(true)
  })
})

describe('the bridge', () => {
  it('has one port and one host for ever (docs/adr/0004)', () => {
    expect(bridgePort).toBe(17_645)
    expect(bridgeHost(bridgePort)).toBe('127.0.0.1:17645')
    expect(bridgeOrigin(bridgePort)).toBe('http://127.0.0.1:17645')
    expect(appPage).toBe('app://local/')
  })
})
