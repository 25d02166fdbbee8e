import type { Page } from 'playwright-core'
import { benchPack, benchPackTitle } from './checklist.ts'
import { shown, under } from './figures.ts'
import type { Row } from './figures.ts'

interface Pressed {
  /** Milliseconds from the key to the option marked on the screen, with its layout. */
  readonly marked: number
}
declare const benchAnswers: Pressed[]

const opens = 9
const answers = 40

/** Runs in the page: notes for each digit how long it takes until the option it chose is marked. */
const watchDigits = (): void => {
  const notes: Pressed[] = []
  Object.defineProperty(window, 'benchAnswers', { value: notes })
  document.addEventListener('keydown', ({ key, timeStamp }) => {
    const card = document.activeElement?.closest('[data-question]')
    if (!/^[1-9]$/.test(key) || card === null || card === undefined) return
    const watch = new MutationObserver(() => {
      watch.disconnect()
      card.getBoundingClientRect()
      notes.push({ marked: performance.now() - timeStamp })
    })
    watch.observe(card, { subtree: true, attributes: true, attributeFilter: ['class', 'checked', 'data-checked'] })
  }, true)
}

/** From the address to the first question painted. */
const openOnce = (page: Page, hash: string): Promise<number> => page.evaluate((place) => new Promise<number>((resolve) => {
  const from = performance.now()
  const look = (): void => {
    if (document.querySelector('[data-question]') === null) {
      requestAnimationFrame(look)
      return
    }
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => resolve(performance.now() - from)
      channel.port2.postMessage(null)
    })
  }
  window.location.hash = place
  requestAnimationFrame(look)
}), hash)

/** A checklist of 500 questions, half of which branch: opened again and again, then answered with digits and Enter. */
export const measureChecklistWindow = async (page: Page): Promise<readonly Row[]> => {
  const go = (hash: string): Promise<void> => page.evaluate((place) => {
    window.location.hash = place
  }, hash)
  await go('#/packs')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Nhập từ tệp' }).click()
  await (await chooser).setFiles({ name: 'bench.json', mimeType: 'application/json', buffer: Buffer.from(benchPack) })
  await page.getByRole('button', { name: 'Nhập vào tủ' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })

  await go('#/')
  await page.getByRole('button', { name: /^Tạo hồ sơ/ }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /^Đánh giá mức sẵn sàng/ }).check()
  await dialog.getByRole('textbox', { name: 'Tên hồ sơ' }).fill('Đo 500 câu')
  await dialog.getByRole('button', { name: 'Tạo hồ sơ' }).click()
  await page.waitForURL(/dossier\/[0-9a-f-]{36}\/overview/)
  const id = /dossier\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
  const hash = `#/dossier/${id}/checklist`
  await go(hash)
  await page.getByRole('region', { name: benchPackTitle }).getByRole('button', { name: 'Dùng bảng kiểm này' }).click()
  await page.locator('[data-question]').first().waitFor()

  await page.evaluate(watchDigits)
  const first = page.locator('[data-question] input').first()
  await first.focus()
  const metrics = await page.context().newCDPSession(page)
  await metrics.send('Performance.enable')
  const work = async (): Promise<number> => {
    const found = new Map((await metrics.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]))
    return ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'].reduce((sum, name) => sum + (found.get(name) ?? 0), 0) * 1000
  }
  const spent: number[] = []
  for (let i = 0; i < answers + 3; i += 1) {
    const before = await work()
    const card = await page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-question]')?.id ?? '')
    await page.keyboard.press(i % 3 === 0 ? '2' : '1')
    await page.waitForFunction((place) => document.querySelector(`#${CSS.escape(place)} input:checked`) !== null && document.querySelector('output[data-state="disk"]') !== null, card)
    spent.push(await work() - before)
    await page.keyboard.press('Enter')
    await page.waitForFunction((place) => {
      const now = document.activeElement?.closest<HTMLElement>('[data-question]')?.id
      return now !== undefined && now !== place
    }, card)
  }
  const marked = (await page.evaluate(() => benchAnswers)).slice(3).map((note) => note.marked)
  if (marked.length !== answers) throw new Error(`${marked.length} of ${answers} keys were noted`)

  const opened: number[] = []
  for (let i = -1; i < opens; i += 1) {
    await go(`#/dossier/${id}/overview`)
    await page.locator('[data-question]').first().waitFor({ state: 'detached' })
    await page.waitForTimeout(500)
    const time = await openOnce(page, hash)
    if (i >= 0) opened.push(time)
  }
  return [
    under('Checklist of 500 questions with branching: opened to first question painted', opened, 200),
    under('  a digit pressed to the option marked on the screen', marked, 16),
    shown('  all work of the page for one answer until it is on disk: command, encryption, store, redraw', spent.slice(3)),
  ]
}
