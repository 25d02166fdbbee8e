import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { Person, author, passphrase } from './person.ts'

test.describe.configure({ timeout: 300_000 })

type Language = 'vi' | 'en'
const root = path.resolve(import.meta.dirname, '../..')

/** Every text found in a value, however deep. */
const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []

const tight = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim()

/** Sentences of the interface in one language. */
const sentences = async (language: Language): Promise<ReadonlySet<string>> => {
  const folder = path.join(root, 'shared/i18n', language)
  const modules = await Promise.all((await readdir(folder)).map((name) => import(path.join(folder, name)) as Promise<Record<string, unknown>>))
  return new Set(modules.flatMap((one) => textsIn({ ...one })).map(tight))
}

/** Texts that came from a person or a case, and the numbers of legal documents, longest first: what an appraiser wrote is shown as written, in either language. */
const dataTexts = async (): Promise<readonly string[]> => {
  const texts = textsIn(JSON.parse(await readFile(path.join(root, 'resources/samples/say-bom-nhiet.json'), 'utf8')))
  const packs = await readdir(path.join(root, 'resources/rulepacks'))
  const numbers = (await Promise.all(packs.map((name) => readFile(path.join(root, 'resources/rulepacks', name), 'utf8')))).flatMap((text) => [...text.matchAll(/"number": "([^"]+)"/g)].map((match) => match[1] ?? ''))
  const register = textsIn(JSON.parse(await readFile(path.join(root, 'resources/legal/sources.json'), 'utf8'))).filter((text) => /^[\p{Lu}\d]/u.test(text))
  return [...new Set([...texts, ...numbers, ...register, author, 'Tiếng Việt', 'English', 'Lượng Giá'].map(tight))].filter((text) => text.length > 1).toSorted((a, b) => b.length - a.length)
}

const vietnamese = /[ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]/i

/** Of a contract or a decree: `12/2026/HĐ-TĐG`. */
const documentNumber = /\d+\/\d{4}\/[\p{Lu}\d-]+/gu

/** Every text drawn on the page, with names and hints for screen readers. */
const drawn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) if (node.parentElement?.closest('script, style') === null) found.push(node.textContent ?? '')
    for (const element of document.body.querySelectorAll('*')) for (const name of ['aria-label', 'placeholder', 'title', 'alt']) found.push(element.getAttribute(name) ?? '')
    return found
  })

/** What on this page is no text for a reader of this language. */
const foreign = async (page: Page, language: Language): Promise<readonly string[]> => {
  const [own, other, data] = await Promise.all([sentences(language), sentences(language === 'vi' ? 'en' : 'vi'), dataTexts()])
  const wrong = new Set<string>()
  for (const raw of await drawn(page)) {
    const text = tight(raw)
    if (text === '') continue
    if (/\{\w+\}|\bundefined\b|\bNaN\b|\[object/.test(text) || /^[a-z]+(?:[A-Z][a-z]+)+$/.test(text)) wrong.add(`key: ${text}`)
    if (other.has(text) && !own.has(text) && /\p{L}{3}/u.test(text) && !data.includes(text)) wrong.add(`other language: ${text}`)
    if (language === 'en' && vietnamese.test(text)) {
      const isCut = text.endsWith('…') && data.some((one) => one.startsWith(text.slice(0, -1)))
      const rest = data.reduce((left, one) => (vietnamese.test(left) && vietnamese.test(one) ? left.replaceAll(one, ' ') : left), text)
      if (!isCut && vietnamese.test(rest.replaceAll(documentNumber, ' '))) wrong.add(`Vietnamese: ${text}`)
    }
  }
  return [...wrong]
}

/** Violations that keep somebody from working. */
const violations = async (page: Page): Promise<readonly string[]> => {
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any.map(({ message }) => message).join('; ').slice(0, 200)}`))
}

/** What is wider than its window, or than the part of it that scrolls. */
const overflowing = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [document.scrollingElement, document.getElementById('content')].flatMap((element) =>
      element !== null && element !== undefined && element.scrollWidth > element.clientWidth ? [`${element.tagName} is ${String(element.scrollWidth - element.clientWidth)} px too wide`] : []))

const sizes = [{ width: 1920, height: 1080 }, { width: 1366, height: 768 }] as const

/** Everything this file asks of a screen, as it is now. */
const examine = async (page: Page, name: string, language: Language, words = true): Promise<void> => {
  await test.step(`${name} (${language})`, async () => {
    for (const size of sizes) {
      await page.setViewportSize(size)
      expect.soft(await overflowing(page), `${name}, ${String(size.width)} px`).toEqual([])
    }
    expect.soft(await violations(page), `${name}, ${language}: axe`).toEqual([])
    if (words) expect.soft(await foreign(page, language), `${name}, ${language}: words`).toEqual([])
  })
}

const speak = async (page: Page, language: Language): Promise<void> => {
  await page.getByRole('radiogroup', { name: /^(Ngôn ngữ|Language)$/ }).first().getByText(language === 'vi' ? 'Tiếng Việt' : 'English').click()
  await expect(page.locator('html')).toHaveAttribute('lang', language)
}

/** Vietnamese on light and English on dark: each language and each scheme is looked at on every screen; not its words where both languages stand side by side. */
const both = async (page: Page, name: string, words = true): Promise<void> => {
  for (const [language, colorScheme] of [['vi', 'light'], ['en', 'dark']] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await speak(page, language)
    // Colours fade from one scheme to the other.
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    await examine(page, name, language, words)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await speak(page, 'vi')
}

const hashes = ['overview', 'profile', 'evidence', 'checklist', 'valuation', 'council', 'report', 'history'] as const

test('every screen: no serious violation, no overflow, no word of the other language', async ({ app }) => {
  const me = new Person(app)
  const { page } = me
  await expect(page.getByRole('heading', { name: 'Tạo kho hồ sơ' })).toBeVisible()
  await both(page, 'first run')
  await me.createVault()
  await both(page, 'empty list')
  await me.openSample(/sấy bơm nhiệt/)
  await me.onDisk()
  for (const section of hashes) {
    await me.go(`#/dossier/${me.dossier}/${section}`)
    await expect(page.getByRole('navigation', { name: 'Các phần của hồ sơ' }).locator('[aria-current="page"]')).toHaveAttribute('href', new RegExp(`/${section}$`))
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
    await both(page, section)
  }
  await me.go('#/')
  await expect(page.getByRole('list', { name: 'Danh sách hồ sơ' })).toBeVisible()
  await both(page, 'list')
  for (const place of ['trash', 'outbox', 'verify', 'settings']) {
    await me.go(`#/${place}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await both(page, place)
  }

  await test.step('rule packs', async () => {
    for (const place of ['packs', 'packs/sources']) {
      await me.go(`#/${place}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await both(page, place)
    }
    await me.go('#/packs')
    await page.getByRole('link', { name: /TRL/ }).first().click()
    await both(page, 'a rule pack')
    await page.getByRole('tab', { name: 'Nội dung' }).click()
    await both(page, 'contents of a rule pack', false)
    await me.button('Chép thành bản nháp').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Bắt đầu soạn' }).click()
    await both(page, 'a draft', false)
    await page.getByRole('tab', { name: /^Kiểm tra/ }).click()
    await both(page, 'check of a draft')
  })

  await test.step('dialogues', async () => {
    await me.go('#/')
    await me.button(/^Tạo hồ sơ/).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await examine(page, 'create dialogue', 'vi')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  })

  await test.step('lock', async () => {
    await me.lock()
    await both(page, 'lock')
    await me.button('Quên mật khẩu?').click()
    await both(page, 'recovery code')
  })
  expect(app.complaints).toEqual([])
})

/** Presses Tab until this is focused, as somebody without a mouse does. */
const tabTo = async (page: Page, target: Locator): Promise<void> => {
  await expect(target).toBeVisible()
  for (let n = 0; n < 120; n += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab never reaches it')
}

/** The focused element shows that it is: an outline or a shadow of its own or of what draws it. */
const focusIsSeen = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const element = document.activeElement
    if (element === null) return false
    const near = [element, element.parentElement, element.nextElementSibling, element.parentElement?.parentElement ?? null]
    return near.some((one) => one !== null && (getComputedStyle(one).outlineStyle !== 'none' || getComputedStyle(one).boxShadow !== 'none'))
  })

test('from the first run to an answer and back by keyboard alone', async ({ app }) => {
  const { page } = app
  const type = async (field: Locator, text: string): Promise<void> => {
    await tabTo(page, field)
    await page.keyboard.type(text)
  }
  const press = async (target: Locator, key = 'Enter'): Promise<void> => {
    await tabTo(page, target)
    expect(await focusIsSeen(page)).toBe(true)
    await page.keyboard.press(key)
  }
  const button = (name: string | RegExp): Locator => page.getByRole('button', { name })

  await type(page.getByLabel('Họ và tên của bạn'), author)
  await type(page.getByRole('textbox', { name: 'Mật khẩu mở kho hồ sơ' }), passphrase)
  await type(page.getByRole('textbox', { name: 'Nhập lại mật khẩu' }), passphrase)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Giữ mã khôi phục ở nơi an toàn' })).toBeVisible({ timeout: 60_000 })
  const groups = (await page.locator('body').innerText()).match(/^[0-9A-Z]{4}$/gm) ?? []
  await press(page.getByLabel('Tôi đã giữ mã ở nơi an toàn'), 'Space')
  await press(button('Đối chiếu mã khôi phục'))
  for (const field of await page.getByRole('textbox', { name: /^Nhóm thứ \d+/ }).all()) {
    const label = await page.locator(`label[for="${(await field.getAttribute('id')) ?? ''}"]`).innerText()
    await type(field, groups[Number(/\d+/.exec(label)?.[0] ?? '1') - 1] ?? '')
  }
  await page.keyboard.press('Enter')

  await press(button('Tạo hồ sơ đầu tiên'))
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox', { name: 'Tên hồ sơ' })).toBeFocused()
  await page.keyboard.type('Lò đốt trấu tầng sôi')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Lò đốt trấu tầng sôi' })).toBeVisible()

  await press(page.getByRole('navigation', { name: 'Các phần của hồ sơ' }).getByRole('link', { name: /^Bảng kiểm/ }))
  await press(page.getByRole('region', { name: /^Mức độ sẵn sàng công nghệ \(TRL/ }).getByRole('button', { name: 'Dùng bảng kiểm này' }))
  const yes = page.getByRole('radio', { name: 'Có', exact: true }).first()
  await press(yes, 'Space')
  await expect(yes).toBeChecked()
  await expect(page.getByText('Đã ghi xuống đĩa').first()).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(yes).not.toBeChecked()
  await page.keyboard.press('Control+Shift+z')
  await expect(yes).toBeChecked()

  // Back to the list, to the dossier by arrow and Enter, and the archive locked: all from the keys.
  await press(page.getByRole('link', { name: 'Hồ sơ', exact: true }).first())
  await expect(page.getByRole('list', { name: 'Danh sách hồ sơ' })).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('textbox', { name: 'Tìm hồ sơ' })).toBeFocused()
  await page.keyboard.type('lo dot')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Lò đốt trấu tầng sôi' })).toBeVisible()
  await press(button(/^Khóa/))
  await expect(page.getByRole('textbox', { name: /^Mật khẩu/ })).toBeFocused()
  await page.keyboard.type(passphrase)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Lò đốt trấu tầng sôi' })).toBeVisible({ timeout: 60_000 })
  expect(app.complaints).toEqual([])
})
