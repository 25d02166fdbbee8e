import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { Person } from './person.ts'

const serious = async (page: Page): Promise<readonly string[]> =>
  (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)

/** A new dossier with one empty sheet of a method. */
const sheetOf = async (me: Person, title: string, method: RegExp): Promise<void> => {
  await me.createDossier(title)
  await me.section('Định giá')
  await me.button('Chọn phương pháp').click()
  await me.page.getByRole('dialog').getByRole('button', { name: method }).click()
  await expect(me.page.getByRole('heading', { name: 'Số liệu đầu vào' })).toBeVisible()
}

const pasteInto = async (page: Page, place: string, text: string): Promise<void> => {
  await page.locator(`[data-cell="${place}"]`).click()
  await page.locator(`[data-cell="${place}"]`).evaluate((cell, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

test('a risk counted twice stops the dossier until the reason is written; the stages are drawn; a paste is taken back in one step', async ({ app }) => {
  const me = new Person(app)
  const { page } = me
  await me.createVault()
  await sheetOf(me, 'Thuốc mới (minh họa)', /: NPV điều chỉnh theo xác suất$/)
  const dialog = page.getByRole('dialog')
  const ledger = page.getByRole('region', { name: 'Sổ rủi ro' })
  await page.getByRole('combobox', { name: /^Rủi ro kỹ thuật/ }).selectOption('probability')
  await page.getByRole('combobox', { name: /^Thời điểm dòng tiền/ }).selectOption('end')
  await me.fill(/^Tỷ suất chiết khấu/, '35')

  await test.step('one paste over three columns is one step of the log', async () => {
    await pasteInto(page, '0-0', '0\t1,5\t85%\n1\t3\t60%\n2\t80\t75%')
    const cells = (): Promise<readonly string[]> => page.locator('[data-cell^="0-"], [data-cell^="1-"], [data-cell^="2-"]').evaluateAll((all) => all.map((cell) => (cell instanceof HTMLInputElement ? cell.value : '')))
    await expect.poll(cells).toEqual(['0', '1,5', '85', '1', '3', '60', '2', '80', '75'])
    await me.onDisk()
    await page.getByRole('button', { name: /^Hoàn tác/ }).first().click()
    await expect.poll(async () => (await cells()).every((text) => text === '')).toBe(true)
    await page.getByRole('button', { name: /^Làm lại/ }).first().click()
    await expect.poll(cells).toEqual(['0', '1,5', '85', '1', '3', '60', '2', '80', '75'])
  })

  await test.step('the tree of stages says before which one to stop', async () => {
    await pasteInto(page, 'years:0-0', '0\n0\n6\n14\n20\n16\n8')
    const tree = page.getByRole('img', { name: /^Cây giai đoạn/ })
    await expect(tree).toHaveAccessibleName(/xác suất thành công toàn bộ 38,3 %.*Nên dừng trước giai đoạn 1/)
    await page.getByText('Các nút của cây thành bảng').click()
    await expect(page.getByRole('cell', { name: /^Giai đoạn 3; Chi 80/ })).toBeVisible()
  })

  await test.step('the inputs suggest two entries of one family; the second needs a reason, by keyboard', async () => {
    await page.getByRole('button', { name: /^Ghi vào sổ: Thất bại kỹ thuật, xác suất/ }).press('Enter')
    await dialog.getByRole('button', { name: 'Lưu' }).press('Enter')
    await expect(dialog).toBeHidden()
    await page.getByRole('button', { name: /^Ghi vào sổ: Giai đoạn phát triển, tỷ suất/ }).press('Enter')
    await expect(dialog.getByText(/Hãy ghi vì sao tính thêm lần này/)).toBeVisible()
    await expect(dialog).toHaveAccessibleName('Ghi một rủi ro')
    expect(await serious(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Lưu' }).press('Enter')
    await expect(ledger.getByText('Có rủi ro bị tính nhiều lần')).toBeVisible()
    expect(await serious(page)).toEqual([])
    await me.section('Tổng quan')
    await expect(page.getByText(/Nêu lý do tính lại rủi ro “Thất bại kỹ thuật; Giai đoạn phát triển”/).first()).toBeVisible()
    await me.section('Định giá')
    await page.getByRole('button', { name: 'Sửa dòng “Giai đoạn phát triển, tỷ suất”' }).press('Enter')
    await dialog.getByRole('textbox', { name: /^Lý do tính thêm/ }).fill('Chỉ bù rủi ro gọi vốn, không phải rủi ro kỹ thuật.')
    await dialog.getByRole('button', { name: 'Lưu' }).press('Enter')
    await expect(ledger.getByText('Không rủi ro nào bị tính hai lần mà thiếu lý do.')).toBeVisible()
  })

  await test.step('a line taken out comes back, and the history tells it in words', async () => {
    await page.getByRole('button', { name: 'Bỏ dòng “Thất bại kỹ thuật, xác suất”' }).click()
    await expect(ledger.getByRole('rowheader', { name: 'Thất bại kỹ thuật' })).toBeHidden()
    await page.getByRole('button', { name: 'Hoàn tác', exact: true }).last().click()
    await expect(ledger.getByRole('rowheader', { name: 'Thất bại kỹ thuật' })).toBeVisible()
    await me.section('Lịch sử')
    await expect(page.getByText(/^Hoàn tác dòng \d+: Sửa sổ rủi ro: Thất bại kỹ thuật$/)).toBeVisible()
    await expect(page.getByText('Nhập nhiều số liệu của «NPV điều chỉnh theo xác suất» trong một bước').first()).toBeVisible()
  })
  expect(app.complaints).toEqual([])
})

test('deals imported once serve the next dossier, a foreign price with its rate; the engine tests itself', async ({ app }) => {
  const me = new Person(app)
  const { page } = me
  const dialog = page.getByRole('dialog')
  const file = path.join(app.folder, 'giao-dich.csv')
  await writeFile(file, '\uFEFFTên giao dịch;Ngày giao dịch;Nguồn;Loại tiền;Giá giao dịch;Doanh thu\nMáy sấy A;05/03/2024;Báo cáo A;VND;1.250,5;10.000,0\nMáy sấy B;30/06/2024;Công bố B;VND;900;8.000,5\nMáy sấy E;01/02/2024;Báo cáo E;USD;0,04;7.000\n')
  await me.createVault()
  await sheetOf(me, 'Máy sấy một (minh họa)', /: So sánh giao dịch$/)

  await test.step('the library is empty, and says how it fills', async () => {
    await me.button('Nhập giao dịch so sánh').click()
    await dialog.getByText('Tủ giao dịch dùng chung', { exact: true }).click()
    await expect(dialog.getByRole('heading', { name: 'Tủ giao dịch chưa có gì' })).toBeVisible()
    await dialog.getByText('Tệp', { exact: true }).click()
  })

  await test.step('a file is only kept, the foreign deal with it', async () => {
    await page.locator('input[type=file][accept*=".xlsx"]').setInputFiles(file)
    await dialog.getByRole('combobox', { name: 'Giá trong tệp tính bằng' }).selectOption({ label: 'tỷ VND' })
    await expect(dialog.getByText('Đọc 3 dòng: dùng được 2, từ chối 1.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Chỉ cất vào tủ' }).click()
    await expect(page.getByText('Tủ giao dịch: thêm 3, đã có sẵn 0.')).toBeVisible()
    await expect(dialog).toBeHidden()
  })

  await test.step('another dossier finds it without diacritics, and asks for the rate and its source', async () => {
    await sheetOf(me, 'Máy sấy hai (minh họa)', /: So sánh giao dịch$/)
    await me.button('Nhập giao dịch so sánh').click()
    await dialog.getByText('Tủ giao dịch dùng chung', { exact: true }).click()
    await dialog.getByRole('textbox', { name: /^Tìm theo tên/ }).fill('may say e')
    await expect(dialog.getByText('1 giao dịch')).toBeVisible()
    await dialog.getByRole('checkbox', { name: 'Chọn Máy sấy E' }).check()
    await dialog.getByRole('textbox', { name: /^Tìm theo tên/ }).fill('')
    await dialog.getByRole('checkbox', { name: 'Chọn Máy sấy A' }).check()
    const fill = dialog.getByRole('button', { name: 'Đưa 2 dòng vào phương pháp' })
    await expect(fill).toBeDisabled()
    await expect(dialog.getByText('Còn thiếu tỷ giá USD ngày 01/02/2024.')).toBeVisible()
    const rate = dialog.getByRole('textbox', { name: 'Tỷ giá USD ngày 01/02/2024', exact: true })
    await rate.fill('24.500')
    await rate.blur()
    await dialog.getByRole('textbox', { name: 'Nguồn tỷ giá USD ngày 01/02/2024' }).fill('Vietcombank')
    await expect(dialog.getByText(/× tỷ giá 24\.500 VND\/USD ngày 01\/02\/2024 \(Vietcombank\) = 980\.000\.000\.000 VND/)).toBeVisible()
    expect(await serious(page)).toEqual([])
    await fill.click()
    await expect(dialog).toBeHidden()
    await expect.poll(() => page.locator('[data-cell*=":0-"], [data-cell^="0-"]').evaluateAll((cells) => cells.map((cell) => (cell instanceof HTMLInputElement ? cell.value : '')))).toEqual(expect.arrayContaining(['1.250.500', '980.000']))
    await page.getByRole('button', { name: /^Nguồn: Giá giao dịch/ }).click()
    await expect(dialog.getByRole('textbox', { name: 'Lý do chọn giá trị này' })).toHaveValue(/Vietcombank/)
    await expect(dialog.getByRole('link', { name: /Trích tủ giao dịch/ })).toBeVisible()
    await dialog.getByRole('button', { name: 'Xong' }).click()
  })

  await test.step('deals taken out of the library come back, and outlive the browser’s store', async () => {
    await me.button('Nhập giao dịch so sánh').click()
    await dialog.getByText('Tủ giao dịch dùng chung', { exact: true }).click()
    await dialog.getByRole('checkbox', { name: 'Chọn tất cả dòng đang hiện' }).check()
    await dialog.getByRole('button', { name: 'Bỏ 3 giao dịch khỏi tủ' }).click()
    await expect(dialog.getByRole('heading', { name: 'Tủ giao dịch chưa có gì' })).toBeVisible()
    await dialog.getByRole('button', { name: 'Hoàn tác', exact: true }).click()
    await expect(dialog.getByText('3 giao dịch', { exact: true })).toBeVisible()
    // The notice goes once the copy on disk is level.
    await expect(dialog.getByText(/^Đã bỏ 3 giao dịch khỏi tủ/)).toBeHidden()
    await page.keyboard.press('Escape')
    await me.onDisk()
    await app.restart({ forgetBrowser: true })
    await me.unlock()
    await me.section('Định giá')
    await me.button('Nhập giao dịch so sánh').click()
    await me.page.getByRole('dialog').getByText('Tủ giao dịch dùng chung', { exact: true }).click()
    await expect(me.page.getByRole('dialog').getByText('3 giao dịch')).toBeVisible()
    await me.page.keyboard.press('Escape')
  })

  await test.step('the engine checks itself on the published cases', async () => {
    await me.go('#/settings')
    await me.button('Chạy kiểm tra').click()
    await expect(me.page.getByText(/^Đúng cả 296 ca\. Bộ tính phiên bản \d/)).toBeVisible({ timeout: 30_000 })
    await expect(me.page.getByRole('table', { name: 'Kết quả theo nhóm' }).getByRole('row')).toHaveCount(19)
    expect(await serious(me.page)).toEqual([])
  })
  expect(app.complaints).toEqual([])
})
