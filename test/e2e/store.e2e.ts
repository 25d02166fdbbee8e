import { readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, startApp, test } from './app.ts'
import type { App } from './app.ts'
import { Person, passphrase } from './person.ts'

test.describe.configure({ timeout: 180_000 })

const title = 'Màng lọc nước biển bằng than tre'
const words = 'chín con trâu qua cầu khỉ'
const thirdWords = 'hạt mưa trên mái ngói đỏ'
const note = 'Lưu lượng đo ngày 12/10: 41 lít mỗi giờ.'

/** A dossier with a text in the profile and one file of evidence, in both copies. */
const fill = async (me: Person): Promise<void> => {
  await me.createDossier(title)
  await me.section('Thông tin chung')
  await me.fill('Mô tả công nghệ', 'Màng làm từ than tre hoạt hóa, khử muối ở áp suất thấp.')
  await me.section('Chứng cứ')
  await me.page.locator('input[type="file"]').first().setInputFiles({ name: 'số đo.txt', mimeType: 'text/plain', buffer: Buffer.from(note) })
  await expect(me.page.getByText(note)).toBeVisible()
  await me.onDisk()
}

/** How many lines the history says it has. */
const historyLines = async (me: Person): Promise<string> => {
  await me.section('Lịch sử')
  const count = me.page.getByText(/^\d+ việc$/)
  await expect(count).toBeVisible()
  return count.innerText()
}

/** Runs on the databases of the page that is open, as another version of the program would. */
const setGate = (app: App, version: number): Promise<void> =>
  app.page.evaluate(async (wanted) => {
    const name = (await indexedDB.databases()).map((one) => one.name ?? '').find((one) => one.startsWith('luong-gia-'))
    if (name === undefined) throw new Error('there is no store')
    const request = indexedDB.open(name)
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(new Error('the store cannot be opened')))
    })
    const write = db.transaction('meta', 'readwrite')
    write.objectStore('meta').put({ key: 'gate', version: wanted })
    await new Promise((resolve) => {
      write.addEventListener('complete', resolve)
    })
    db.close()
  }, version)

test('everything is back after the browser was thrown away; passphrases and the recovery code do what they say', async ({ app }) => {
  const me = new Person(app)
  const groups = await me.createVault()
  await fill(me)
  const lines = await historyLines(me)
  expect(lines).toBe('3 việc')

  await test.step('the browser forgets', async () => {
    await app.restart({ forgetBrowser: true })
    await me.tryPassphrase('không phải câu này')
    await expect(me.page.getByText('Mật khẩu chưa đúng. Hãy kiểm tra bộ gõ và phím Caps Lock rồi nhập lại.')).toBeVisible()
    await me.unlock()
    await expect(me.page.getByText(title)).toBeVisible()
    await me.section('Chứng cứ')
    await expect(me.page.getByText(note)).toBeVisible()
    await me.section('Thông tin chung')
    await expect(me.page.getByRole('textbox', { name: 'Mô tả công nghệ' })).toHaveValue(/than tre hoạt hóa/)
    expect(await historyLines(me)).toBe(lines)
    await me.onDisk()
  })

  await test.step('a changed passphrase', async () => {
    await me.go('#/settings')
    await me.button('Đổi mật khẩu').click()
    const dialog = me.page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Mật khẩu hiện nay' }).fill('không phải câu này')
    await dialog.getByRole('textbox', { name: 'Mật khẩu mới' }).fill(words)
    await dialog.getByRole('textbox', { name: 'Nhập lại mật khẩu' }).fill(words)
    await dialog.getByRole('button', { name: 'Đổi mật khẩu' }).click()
    await expect(dialog.getByText(/^Mật khẩu chưa đúng/)).toBeVisible()
    await dialog.getByRole('textbox', { name: 'Mật khẩu hiện nay' }).fill(passphrase)
    await dialog.getByRole('button', { name: 'Đổi mật khẩu' }).click()
    await expect(me.page.getByText('Đã đổi mật khẩu.')).toBeVisible()
    await app.restart()
    await me.tryPassphrase(passphrase)
    await expect(me.page.getByText(/^Mật khẩu chưa đúng/)).toBeVisible()
    await me.unlock(words)
    await expect(me.page.getByText(title)).toBeVisible()
  })

  await test.step('the recovery code with a new passphrase', async () => {
    await me.lock()
    await me.button('Quên mật khẩu?').click()
    const code = me.page.getByRole('textbox', { name: 'Mã khôi phục' })
    await me.page.getByRole('textbox', { name: 'Mật khẩu mới' }).fill(thirdWords)
    await me.page.getByRole('textbox', { name: 'Nhập lại mật khẩu' }).fill(thirdWords)
    const wrong = groups.map((group, index) => (index === 2 ? Array.from(group).toReversed().join('') : group))
    await code.fill(groups.slice(0, -1).join(' '))
    await me.button('Đặt mật khẩu mới và mở').click()
    await expect(me.page.getByText(/Mã khôi phục phải có \d+ ký tự/)).toBeVisible()
    if (wrong.join('') !== groups.join('')) {
      await code.fill(wrong.join('-'))
      await me.button('Đặt mật khẩu mới và mở').click()
      await expect(me.page.getByText(/Nhóm thứ 3 của mã khôi phục chưa đúng|^Mã khôi phục chưa đúng/)).toBeVisible()
    }
    // As a person types it who sees no difference between upper and lower case.
    await code.fill(groups.join(' ').toLowerCase())
    await me.button('Đặt mật khẩu mới và mở').click()
    await expect(me.page.getByText(title)).toBeVisible({ timeout: 60_000 })
    await me.lock()
    await me.tryPassphrase(words)
    await expect(me.page.getByText(/^Mật khẩu chưa đúng/)).toBeVisible()
    await me.unlock(thirdWords)
    await expect(me.page.getByText(title)).toBeVisible()
  })
  expect(app.complaints).toEqual([])
})

test('rest locks the archive and keeps what was being typed; a second window and a second program only read', async ({ app }) => {
  const me = new Person(app)
  await app.page.clock.install()
  await me.createVault()
  await me.createDossier(title)
  await me.onDisk()

  await test.step('automatic lock', async () => {
    await me.section('Thông tin chung')
    await me.page.getByRole('textbox', { name: 'Mô tả công nghệ' }).fill('Đang viết dở thì có khách')
    await app.page.clock.fastForward('14:00')
    await expect(me.page.getByRole('textbox', { name: 'Mô tả công nghệ' })).toBeVisible()
    await app.page.clock.fastForward('16:00')
    await expect(me.page.getByText('Tự khóa vì máy để yên một lúc. Mọi thay đổi đã được lưu.')).toBeVisible()
    await expect(me.page.getByText(title)).toHaveCount(0)
    await me.unlock()
    await expect(me.page.getByRole('textbox', { name: 'Mô tả công nghệ' })).toHaveValue('Đang viết dở thì có khách')
  })

  await test.step('a second window reads, and writes once the first is closed', async () => {
    const first = app.page
    app.page = await app.openWindow()
    await me.unlock()
    await expect(me.page.getByText('Cửa sổ này chỉ xem')).toBeVisible()
    await expect(me.page.getByText('Hãy đóng cửa sổ kia; cửa sổ này sẽ sửa được ngay sau đó.')).toBeVisible()
    await expect(me.button('Tạo hồ sơ')).toBeDisabled()
    await me.section('Thông tin chung')
    await expect(me.page.getByRole('textbox', { name: 'Mô tả công nghệ' })).not.toBeEditable()
    await first.close()
    await expect(me.page.getByText('Cửa sổ này chỉ xem')).toBeHidden()
    await me.fill('Mô tả công nghệ', 'Viết tiếp ở cửa sổ thứ hai')
    await me.onDisk()
  })

  await test.step('a second program on the same archive only reads', async () => {
    const other = await startApp({ profile: app.profile })
    try {
      const reader = new Person(other)
      await reader.unlock()
      await expect(reader.page.getByText('Cửa sổ này chỉ xem')).toBeVisible()
      await expect(reader.button('Tạo hồ sơ').first()).toBeDisabled()
      reader.dossier = me.dossier
      await reader.section('Thông tin chung')
      await expect(reader.page.getByRole('textbox', { name: 'Mô tả công nghệ' })).toHaveValue('Viết tiếp ở cửa sổ thứ hai')
      await expect(reader.page.getByRole('textbox', { name: 'Mô tả công nghệ' })).not.toBeEditable()
      expect(other.complaints).toEqual([])
    } finally {
      await other.stop()
    }
    await me.fill('Mô tả công nghệ', 'Chương trình đầu vẫn ghi được')
    await me.onDisk()
  })
  expect(app.complaints).toEqual([])
})

test('a newer store is refused with its sentence; a damaged journal is healed from the store, and told about without it', async ({ app }) => {
  const me = new Person(app)
  await me.createVault()
  await fill(me)

  await test.step('newer store', async () => {
    await setGate(app, 99)
    await app.restart()
    await expect(me.page.getByRole('heading', { name: 'Kho hồ sơ thuộc phiên bản mới hơn' })).toBeVisible()
    await expect(me.page.getByText('Dữ liệu trong máy do phiên bản mới hơn của Lượng Giá ghi. Hãy cập nhật chương trình; chưa có gì bị thay đổi.')).toBeVisible()
    await expect(me.page.getByText('Cài phiên bản mới của Lượng Giá')).toBeVisible()
    await setGate(app, 1)
    await me.button('Mở lại').click()
    await me.unlock()
    await expect(me.page.getByText(title)).toBeVisible()
  })

  const journal = path.join(app.profile, 'journal')
  /** Changes one letter in the middle of the dossier's journal, as a failing disk does. */
  const scratch = async (): Promise<void> => {
    const file = path.join(journal, `${me.dossier}.log`)
    const bytes = await readFile(file)
    const place = Math.floor(bytes.length / 2)
    bytes[place] = (bytes[place] ?? 0) ^ 1
    await writeFile(file, bytes)
  }

  await test.step('a damaged journal is written anew from the store', async () => {
    await app.restart({ meanwhile: scratch })
    await me.unlock()
    await expect.poll(() => readdir(path.join(journal, 'damaged')).catch(() => [])).toHaveLength(1)
    await expect.poll(() => readdir(journal)).toContain(`${me.dossier}.log`)
    await me.openDossier()
    await me.onDisk()
    await app.restart({ forgetBrowser: true })
    await me.unlock()
    await expect(me.page.getByText(title)).toBeVisible()
    await me.section('Chứng cứ')
    await expect(me.page.getByText(note)).toBeVisible()
    await me.section('Thông tin chung')
    await expect(me.page.getByRole('textbox', { name: 'Mô tả công nghệ' })).toHaveValue(/than tre hoạt hóa/)
    await me.onDisk()
  })

  await test.step('a damaged journal without the store is told about', async () => {
    await app.restart({ forgetBrowser: true, meanwhile: scratch })
    await me.unlock()
    await expect(me.page.getByText(/1 hồ sơ có hai bản không khớp hoặc bị hỏng một phần/)).toBeVisible()
    await me.page.getByRole('link', { name: 'Xem trong Cài đặt' }).click()
    await expect(me.page.getByText(/Bản ghi của hồ sơ này trên đĩa bị hỏng một phần/)).toBeVisible()
    await me.button('Lưu phần còn đọc được').click()
    await expect(me.page.getByText('Đã lưu phần còn đọc được ra ngoài.')).toBeVisible()
    expect((await readFile(path.join(app.documents, `${me.dossier}.json`), 'utf8'))).toContain('journal-damaged')
    // A fresh dossier is not held up by the old trouble.
    await me.createDossier('Hồ sơ mới')
    await me.onDisk()
  })
  expect(app.complaints).toEqual([])
})
