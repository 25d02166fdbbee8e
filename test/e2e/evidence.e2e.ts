import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './app.ts'
import type { App } from './app.ts'
import { makeLargeFile, makePng } from './files.ts'
import { Person } from './person.ts'

test.describe.configure({ timeout: 240_000 })

const makePdf = async (): Promise<Buffer> => {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  for (const text of ['Patent claim one', 'Patent claim two']) pdf.addPage([300, 200]).drawText(text, { x: 30, y: 100, size: 24, font })
  return Buffer.from(await pdf.save())
}

interface Carried {
  readonly name: string
  readonly type: string
  readonly bytes: Buffer
}

/** Files as the system hands them over when they are dropped or pasted. */
const carry = (page: Page, files: readonly Carried[]) =>
  page.evaluateHandle((all) => {
    const transfer = new DataTransfer()
    for (const { name, type, text } of all) transfer.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], name, { type }))
    return transfer
  }, files.map(({ name, type, bytes }) => ({ name, type, text: bytes.toString('base64') })))

const chosen = (page: Page): Locator => page.getByRole('article')

/** Chooses a piece of evidence in the list. */
const look = async (page: Page, name: string): Promise<Locator> => {
  await page.getByRole('region', { name: 'Danh sách chứng cứ' }).getByRole('link', { name: new RegExp(name) }).click()
  const detail = page.getByRole('article', { name })
  await expect(detail).toBeVisible()
  return detail
}

test('evidence comes in by picker, drop and paste, and is shown; damaged files say so', async ({ app }) => {
  const me = new Person(app)
  await me.createVault()
  await me.createDossier('Vật liệu lọc nước')
  await me.section('Chứng cứ')
  const png = makePng(320, 200)
  const pdf = await makePdf()
  const list = me.page.getByRole('region', { name: 'Danh sách chứng cứ' })
  const picker = me.page.locator('input[type="file"]').first()

  await test.step('picker: a text', async () => {
    await picker.setInputFiles({ name: 'biên bản thử.txt', mimeType: 'text/plain', buffer: Buffer.from('Mẻ thử thứ nhất đạt 98,5 %.') })
    await expect(chosen(me.page).getByText('Mẻ thử thứ nhất đạt 98,5 %.')).toBeVisible()
  })

  await test.step('drop: a picture', async () => {
    const dataTransfer = await carry(me.page, [{ name: 'ảnh thiết bị.png', type: 'image/png', bytes: png }])
    await me.page.dispatchEvent('body', 'dragenter', { dataTransfer })
    await expect(me.page.getByText('Thả tệp vào đây để đưa vào hồ sơ')).toBeVisible()
    await me.page.dispatchEvent('body', 'drop', { dataTransfer })
    await expect(me.page.getByText('Thả tệp vào đây để đưa vào hồ sơ')).toBeHidden()
    const image = chosen(me.page).getByRole('img', { name: 'Hình của ảnh thiết bị' })
    await expect(image).toBeVisible()
    expect(await image.evaluate((node) => (node instanceof HTMLImageElement ? [node.naturalWidth, node.naturalHeight] : []))).toEqual([320, 200])
  })

  await test.step('paste: a PDF of two pages', async () => {
    const clipboardData = await carry(me.page, [{ name: 'bằng sáng chế.pdf', type: 'application/pdf', bytes: pdf }])
    await me.page.evaluate((data) => document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })), clipboardData)
    const detail = me.page.getByRole('article', { name: 'bằng sáng chế' })
    await expect(detail.getByText('Trang 1 / 2')).toBeVisible()
    await expect(detail.getByText('Patent claim one')).toBeAttached()
    // Something was drawn: not every point is white.
    await expect.poll(() => detail.locator('canvas').evaluate((node) => {
      if (!(node instanceof HTMLCanvasElement) || node.width === 0) return false
      return node.getContext('2d')?.getImageData(0, 0, node.width, node.height).data.some((value, at) => at % 4 !== 3 && value < 100) ?? false
    })).toBe(true)
    await detail.getByRole('button', { name: 'Trang sau' }).click()
    await expect(detail.getByText('Patent claim two')).toBeAttached()
  })

  await test.step('damaged files', async () => {
    await picker.setInputFiles([
      { name: 'ảnh hỏng.png', mimeType: 'image/png', buffer: png.subarray(0, 40) },
      { name: 'tài liệu hỏng.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nkhông còn gì nữa') },
      { name: 'không tên', mimeType: 'application/octet-stream', buffer: Buffer.from([0, 1, 2, 3]) },
    ])
    await expect(list.getByRole('link')).toHaveCount(6)
    const sentence = 'Không đọc được tệp này. Có thể tệp đã hỏng từ trước khi đưa vào.'
    await expect((await look(me.page, 'ảnh hỏng')).getByText(sentence)).toBeVisible()
    await expect((await look(me.page, 'tài liệu hỏng')).getByText(sentence)).toBeVisible()
    await expect((await look(me.page, 'không tên')).getByText('Loại tệp này không xem trước được. Hãy lưu một bản ra ngoài để mở.')).toBeVisible()
  })

  await test.step('an empty file and the same file twice', async () => {
    await picker.setInputFiles({ name: 'rỗng.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) })
    await look(me.page, 'rỗng')
    await picker.setInputFiles({ name: 'ảnh thiết bị.png', mimeType: 'image/png', buffer: png })
    await me.onDisk()
    await expect(me.page.getByText('Đã ghi xuống đĩa').first()).toBeVisible()
  })
  // The browser says of the damaged picture what the screen says too.
  expect(app.complaints.filter((line) => !/Invalid PDF|blob:/.test(line))).toEqual([])
})

const procFile = (pid: string, file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')

/** Processes that draw this browser's pages; none where the system does not tell. */
const pageProcesses = async (app: App): Promise<readonly string[]> => {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const all = await Promise.all(pids.map(async (pid) => ({ pid, parent: /^PPid:\s+(\d+)/m.exec(await procFile(pid, 'status'))?.[1] ?? '', command: await procFile(pid, 'cmdline') })))
  const parents = new Map(all.map(({ pid, parent }) => [pid, parent]))
  const own = all.find(({ command }) => command.includes(`--user-data-dir=${path.join(app.profile, 'browser')}`) && !command.includes('--type='))
  const isBelow = (pid: string): boolean => {
    for (let at: string | undefined = pid; at !== undefined && at !== '' && at !== '0'; at = parents.get(at)) if (at === own?.pid) return true
    return false
  }
  return own === undefined ? [] : all.filter(({ pid, command }) => command.includes('--type=renderer') && isBelow(pid)).map(({ pid }) => pid)
}

/** Memory of their own that these processes hold, in bytes, workers included. */
const memoryOf = async (pids: readonly string[]): Promise<number> => {
  const sizes = await Promise.all(pids.map(async (pid) => 1024 * Number(/^RssAnon:\s+(\d+) kB/m.exec(await procFile(pid, 'status'))?.[1] ?? 0)))
  return sizes.reduce((sum, size) => sum + size, 0)
}

const hashOf = async (file: string): Promise<string> => {
  const whole = createHash('sha256')
  for await (const part of createReadStream(file)) whole.update(part as Buffer)
  return whole.digest('hex')
}

test('a file of 300 MB: progress, stopping, little memory, and the same bytes back', async ({ app }) => {
  const megabytes = 300
  const most = 120e6
  const large = path.join(app.folder, 'đo đạc.bin')
  const sha256 = await makeLargeFile(large, megabytes)
  const me = new Person(app)
  await me.createVault()
  await me.createDossier('Trạm đo gió')
  await me.section('Chứng cứ')
  const session = await me.page.context().newCDPSession(me.page)
  await session.send('Performance.enable')
  const heap = async (): Promise<number> => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
  await session.send('HeapProfiler.collectGarbage')
  const before = await heap()
  const pids = await pageProcesses(app)
  const picker = me.page.locator('input[type="file"]').first()
  const bar = me.page.getByRole('progressbar', { name: 'đo đạc.bin' })
  const saving = me.page.getByRole('progressbar', { name: 'Đang lưu một bản ra ngoài' })
  let heapPeak = 0
  /** Follows a progress bar until `until` holds: what it showed, and how much memory the pages had then. */
  const follow = async (progress: Locator, until: () => Promise<boolean>): Promise<readonly { readonly percent: number; readonly memory: number }[]> => {
    const seen: { percent: number; memory: number }[] = []
    while (!(await until())) {
      const value = await progress.getAttribute('aria-valuenow', { timeout: 1_000 }).catch(() => null)
      if (value !== null) seen.push({ percent: Number(value), memory: await memoryOf(pids) })
      heapPeak = Math.max(heapPeak, await heap())
      await me.page.waitForTimeout(200)
    }
    return seen
  }
  /** More memory while the second half went through than while the first did. */
  const growth = (seen: Awaited<ReturnType<typeof follow>>): number => {
    const peak = (from: number, to: number): number => Math.max(...seen.filter(({ percent }) => percent >= from && percent < to).map(({ memory }) => memory))
    return peak(50, 101) - peak(0, 50)
  }

  await test.step('stopped on the way', async () => {
    await picker.setInputFiles(large)
    await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow').catch(() => 0))).toBeGreaterThan(3)
    await me.button('Dừng đo đạc.bin').click()
    await expect(bar).toBeHidden()
    await expect(me.page.getByText('Chưa có chứng cứ')).toBeVisible()
  })

  await test.step('brought in', async () => {
    await picker.setInputFiles(large)
    await expect(bar).toBeVisible()
    const seen = await follow(bar, async () => (await chosen(me.page).count()) > 0)
    const shown = seen.map(({ percent }) => percent)
    expect(shown.filter((percent) => percent > 0 && percent < 100).length).toBeGreaterThan(3)
    expect(shown).toEqual(shown.toSorted((a, b) => a - b))
    expect(growth(seen)).toBeLessThan(most)
    await expect(chosen(me.page).getByText(sha256)).toBeVisible()
  })

  await test.step('saved outside again', async () => {
    await me.button('Lưu một bản ra ngoài').click()
    await expect(saving).toBeVisible()
    await me.button('Dừng').click()
    await expect(me.button('Lưu một bản ra ngoài')).toBeVisible()
    expect(await readdir(app.documents).catch(() => [])).toEqual([])
    await me.button('Lưu một bản ra ngoài').click()
    const seen = await follow(saving, () => me.page.getByText(/^Đã lưu «đo đạc.bin» vào/).isVisible())
    expect(growth(seen)).toBeLessThan(most)
    expect(await hashOf(path.join(app.documents, 'đo đạc.bin'))).toBe(sha256)
  })

  await session.send('HeapProfiler.collectGarbage')
  expect(heapPeak - before).toBeLessThan(most)
  expect((await heap()) - before).toBeLessThan(20e6)
  expect(app.complaints).toEqual([])
})
