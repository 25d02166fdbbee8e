import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseAssetMap, resolveAsset } from '../../electron/policy/assets.ts'
import { noncePlaceholder } from '../../electron/policy/content-policy.ts'
import { buildInto } from '../support/built.ts'
import { openBridge } from '../support/doors.ts'
import { root } from '../support/sources.ts'

let folder = ''
let page = ''
beforeAll(async () => {
  folder = await buildInto('renderer')
  page = path.join(folder, 'renderer')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const files = (): string[] =>
  readdirSync(page, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => `/${path.relative(page, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')}`).filter((name) => name !== '/assets.json')
const text = (name: string): string => readFileSync(path.join(page, name), 'utf8')

describe('the built page', () => {
  it('has every file in its list, with its hash, and nothing else', () => {
    const map = parseAssetMap(text('assets.json')) ?? {}
    expect(Object.keys(map).toSorted()).toEqual(files().toSorted())
    for (const [name, asset] of Object.entries(map)) {
      const bytes = readFileSync(path.join(page, name))
      expect([name, asset.bytes, asset.sha256]).toEqual([name, bytes.length, createHash('sha256').update(bytes).digest('hex')])
      expect(resolveAsset(encodeURI(name), 'GET', map)).toMatchObject({ status: 200, path: name })
    }
  })

  it('leaves places for the nonce and holds nothing that the content policy refuses', () => {
    const html = text('index.html')
    expect(html).toContain(`<meta property="csp-nonce" nonce="${noncePlaceholder}">`)
    const tags = [...html.matchAll(/<(script|style|link)\b[^>]*>/g)].map((match) => match[0])
    expect(tags.filter((tag) => !tag.startsWith('<link rel="icon"') && !tag.includes(`nonce="${noncePlaceholder}"`))).toEqual([])
    expect([...html.matchAll(/<script\b[^>]*>([^<]*)<\/script>/g)].map((match) => match[1])).toEqual([''])
    expect(html).not.toMatch(/<style|\son[a-z]+=|javascript:|https?:/i)
    for (const match of html.matchAll(/(?:src|href)="([^"]*)"/g)) expect(match[1]).toMatch(/^\.\/assets\//)
  })

  it('keeps browsers from offering to send its texts to a translator', () => {
    expect(text('index.html')).toMatch(/<html\b[^>]*\stranslate="no"/)
    expect(text('index.html')).toMatch(/<meta name="google" content="notranslate"/)
  })

  it('fetches, imports and shows nothing from elsewhere, makes no code from text, and knows neither this machine nor a map', () => {
    for (const name of files().filter((file) => /\.(js|mjs|css|html)$/.test(file))) {
      const content = text(name)
      expect([name, /(?:fetch|import|importScripts|Worker|WebSocket|EventSource|sendBeacon|url|open)\(\s*["'`]?(?:https?|wss?):/i.exec(content)?.[0]]).toEqual([name, undefined])
      expect([name, /(?:\bsrc|\bhref)=["'`](?:https?|wss?):/i.exec(content)?.[0]]).toEqual([name, undefined])
      expect([name, /\bnew Function\(|[^.\w]eval\(/.exec(content)?.[0]]).toEqual([name, undefined])
      expect([name, content.includes(root), content.includes('sourceMappingURL')]).toEqual([name, false, false])
    }
  })

  it.runIf(process.env['LUONG_GIA_BROWSER'] !== undefined)('comes up in Chromium behind the bridge without one violation, and again after a reload', async () => {
    const bridge = await openBridge({ staticDir: page })
    const browser = await chromium.launch({ executablePath: process.env['LUONG_GIA_BROWSER'] ?? '', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
    try {
      const tab = await browser.newPage()
      const heard: string[] = []
      tab.on('console', (message) => void (['error', 'warning'].includes(message.type()) && heard.push(message.text())))
      tab.on('pageerror', (error) => heard.push(error.message))
      tab.on('request', (request) => void (new URL(request.url()).origin !== bridge.url && !/^(data|blob):/.test(request.url()) && heard.push(request.url())))
      await tab.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)))
      await tab.goto(bridge.mintAddress())
      await tab.getByRole('heading').first().waitFor()
      expect(tab.url()).not.toMatch(/[0-9a-f]{64}/)
      await expect.poll(() => bridge.pages()).toBe(1)
      await tab.reload()
      await tab.getByRole('heading').first().waitFor()
      expect(heard).toEqual([])
      // Planted markup with a script of its own, and a style without the nonce: both are refused.
      const refused = await tab.evaluate(() => {
        const style = document.createElement('style')
        style.textContent = 'body { display: none }'
        document.head.append(style)
        let markup = 'written'
        try {
          document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="document.title = 1">')
        } catch {
          markup = 'refused'
        }
        return { markup, shown: getComputedStyle(document.body).display !== 'none' }
      })
      expect(refused).toEqual({ markup: 'refused', shown: true })
      await expect.poll(() => heard.filter((entry) => entry.startsWith('policy: style-src'))).not.toEqual([])
    } finally {
      await browser.close()
    }
  })
})
