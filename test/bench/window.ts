import { expect } from '@playwright/test'
import type { Page } from 'playwright-core'
import { describeLoaded } from './bundle.ts'
import { measureChecklistWindow } from './checklist-window.ts'
import { fact, median, ms, shown, spread, times, under } from './figures.ts'
import type { Row } from './figures.ts'
import type { PageNotes } from './page-probe.ts'
import { openProgram } from './program.ts'
import type { PageStart, Program } from './program.ts'

declare const benchNotes: PageNotes

const few = 100
const many = 10_000
const pageStarts = 9
const coldStarts = 3

const compare = (measure: string, small: readonly number[], large: readonly number[], limit: number | null): Row => {
  const ratio = median(large) / median(small)
  return {
    measure, result: `10,000: ${spread(large)}`, against: `100: ${spread(small)}${limit === null ? '' : `; target ≤ ${limit}×`}`, ratio: times(ratio),
    verdict: limit === null ? 'shown' : ratio <= limit ? 'met' : 'missed',
  }
}

/** Both archives start in turn, so that whatever else the machine does falls on both. */
const measureStart = async (small: Program, large: Program): Promise<readonly Row[]> => {
  const found: Record<'small' | 'large', PageStart[]> = { small: [], large: [] }
  const cold: Record<'small' | 'large', number[]> = { small: [], large: [] }
  const pair = [{ name: 'small', program: small }, { name: 'large', program: large }] as const
  for (let i = -1; i < pageStarts; i += 1) {
    for (const { name, program } of i % 2 === 0 ? pair : pair.toReversed()) {
      const start = await program.startPage()
      if (i >= 0) found[name].push(start)
    }
  }
  for (let i = 0; i < coldStarts; i += 1) for (const { name, program } of i % 2 === 0 ? pair : pair.toReversed()) cold[name].push(await program.startCold())
  const of = (name: 'small' | 'large', part: (start: PageStart) => number): number[] => found[name].map(part)
  const row = (measure: string, part: (start: PageStart) => number, limit: number | null): Row => compare(measure, of('small', part), of('large', part), limit)
  return [
    row('Start to interactive list, without the key derivation', (start) => start.lock + start.interactive, 1.5),
    row('  of it: navigation to lock screen', (start) => start.lock, null),
    row('  of it: key at hand to first rows painted', (start) => start.rows, null),
    row('  of it: key at hand to interactive list', (start) => start.interactive, null),
    shown('  left out above: key derivation (Argon2id), the same at any number', [...of('small', (start) => start.derivation), ...of('large', (start) => start.derivation)]),
    compare('Cold start: bridge, Chromium, lock screen, key, interactive list', cold.small, cold.large, 1.5),
  ]
}

const queries = ['4821', '1790', '3356', '9042', '2718', '6073', '8514', '5929'] as const

/** Digits of the running number in each title: every key narrows the list. */
const measureFilter = async (page: Page): Promise<readonly Row[]> => {
  const search = page.getByRole('textbox', { name: 'Tìm hồ sơ' }).or(page.getByRole('search').getByRole('textbox')).first()
  const keys: number[] = []
  for (const query of queries) {
    await search.focus()
    await page.evaluate(() => {
      benchNotes.keys.length = 0
    })
    for (const [at, key] of [...query.split(''), 'Backspace', 'Backspace', 'Backspace'].entries()) {
      await page.keyboard.press(key)
      await page.waitForFunction((count) => benchNotes.keys.length > count, at)
    }
    const notes = await page.evaluate(() => benchNotes.keys)
    const lengths = notes.map(({ said }) => Number(/^[\d.\s]+/.exec(said)?.[0].replaceAll(/\D/g, '') ?? 'NaN'))
    const [one = 0, two = 0, three = 0, four = 0, ...back] = lengths
    if (!(one > two && two > three && three > four && four === 1) || JSON.stringify(back) !== JSON.stringify([three, two, one])) throw new Error(`the list did not follow the keys: ${lengths.join(' ')}`)
    keys.push(...notes.map((note) => note.ms))
    await page.keyboard.press('Escape')
    await page.waitForFunction((count) => Number(document.querySelector('main output')?.textContent?.replaceAll(/\D/g, '')) === count, many)
  }
  return [under('Key pressed to filtered list painted, 10,000 dossiers', keys, 50)]
}

const answers = 40

/** Answers of a checklist given with the mouse, one after the other, in an archive of ten thousand. */
const measureSave = async (page: Page): Promise<readonly Row[]> => {
  await page.getByRole('search').getByRole('textbox').fill('so 4000')
  await page.locator('[data-index="0"]').click()
  await page.getByRole('navigation', { name: 'Các phần của hồ sơ' }).getByRole('link', { name: /^Bảng kiểm/ }).click()
  await page.getByRole('navigation', { name: 'Các mức' }).getByRole('button').nth(1).click()
  const yes = page.getByRole('radio', { name: 'Có', exact: true }).first()
  const no = page.getByRole('radio', { name: 'Không', exact: true }).first()
  await yes.waitFor()
  for (let i = 0; i < answers + 3; i += 1) {
    const option = i % 2 === 0 ? yes : no
    await option.click()
    await expect(option).toBeChecked()
    await page.waitForFunction(() => (benchNotes.saves.at(-1)?.disk ?? 0) > 0)
  }
  const saves = (await page.evaluate(() => benchNotes.saves)).slice(3)
  if (saves.length !== answers || saves.some(({ here }) => !(here > 0))) throw new Error('not every answer was noted')
  return [
    under('Answer clicked to durable in the store, as the screen shows it', saves.map(({ here }) => here), 50),
    under('  and to durable in the journal on disk', saves.map(({ disk }) => disk), 50),
  ]
}

const reports = 5

const measurePageReport = async (page: Page): Promise<readonly Row[]> => {
  await page.evaluate(() => {
    window.location.hash = '#/'
  })
  await page.getByRole('button', { name: 'Hồ sơ mẫu' }).click()
  await page.getByRole('button', { name: /^Mở hồ sơ mẫu: Công nghệ sấy bơm nhiệt/ }).click()
  await page.getByRole('navigation', { name: 'Các phần của hồ sơ' }).getByRole('link', { name: /^Báo cáo/ }).click()
  const found: { built: number }[] = []
  for (let i = -1; i < reports; i += 1) {
    const before = await page.evaluate(() => benchNotes.workers.filter(({ name }) => name.includes('report')).length)
    await page.getByRole('button', { name: /^Dựng (báo cáo|lại)$/ }).click()
    await page.waitForFunction((count) => benchNotes.workers.filter(({ name }) => name.includes('report')).length > count, before)
    await page.locator('canvas').first().waitFor()
    const last = await page.evaluate(() => benchNotes.workers.findLast(({ name }) => name.includes('report')))
    if (last === undefined) throw new Error('no report was drawn')
    if (i >= 0) found.push({ built: last.answered - last.asked })
  }
  return [shown('Report of the Vietnamese sample, in the page (its worker started anew)', found.map(({ built }) => built))]
}

const scriptsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name)).filter(({ origin, pathname }) => origin === window.location.origin && pathname.endsWith('.js')).map(({ pathname }) => pathname))

/** Everything that is measured in the window: real bridge, real Chromium, the built page. */
export const measureWindow = async (browser: string, staticDir: string): Promise<readonly Row[]> => {
  const programs: Program[] = []
  try {
    const small = await openProgram(few, browser, staticDir)
    programs.push(small)
    const large = await openProgram(many, browser, staticDir)
    programs.push(large)
    const page = (): Page => large.page()
    const rows: Row[] = []
    /** One thing that cannot be measured does not take the others with it. */
    const attempt = async (what: string, work: () => Promise<readonly Row[]>): Promise<void> => {
      try {
        rows.push(...(await work()))
      } catch (error) {
        process.stderr.write(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
        rows.push({ measure: what, result: '', against: '', ratio: '', verdict: 'failed' })
      }
    }
    await attempt('Start', () => measureStart(small, large))
    await large.startPage()
    const loaded = [...new Set(await scriptsOf(page()))]
    await attempt('Filter', () => measureFilter(page()))
    await attempt('Save', () => measureSave(page()))
    await attempt('Checklist of 500 questions', () => measureChecklistWindow(page()))
    await attempt('Report in the page', () => measurePageReport(page()))
    rows.push(fact('Store of 10,000 dossiers built anew from the journals', `${(large.rebuildMs / 1000).toFixed(1)} s`, `${ms(large.rebuildMs / many)} per dossier; once, while the list is usable`), describeLoaded(staticDir, loaded))
    return rows
  } finally {
    for (const program of programs) await program.stop()
  }
}
