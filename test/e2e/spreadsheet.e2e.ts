import { readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import readXlsx from 'read-excel-file/universal'
import { expect, test } from './app.ts'
import { Person } from './person.ts'

const deals = `Giao dịch chuyển giao công nghệ sấy, thu thập tháng 6 năm 2026
Tên giao dịch;Ngày giao dịch;Nguồn;Loại tiền;Giá giao dịch;Doanh thu;Điều chỉnh lãnh thổ
Máy sấy A;05/03/2024;Báo cáo thường niên A;VND;1.250,5;10.000,0;5%
Máy sấy B;2024-06-30;Công bố thông tin B;VND;900;8.000,5;0%
Máy sấy C;30/02/2024;Báo cáo C;VND;800;7.500;0%
Máy sấy D;01/02/2024;;VND;700;7.000;0%
Máy sấy E;01/02/2024;Báo cáo E;USD;700;7.000;0%
Máy sấy F;15/01/2025;Hợp đồng F;VND;640;5.200;-10%
Máy sấy A;05/03/2024;Báo cáo thường niên A;VND;1.250,5;10.000,0;5%
`

/** A new archive with one dossier in it, and one empty sheet of a method. */
const sheetOf = async (me: Person, method: RegExp): Promise<void> => {
  const { page } = me
  const dialog = page.getByRole('dialog')
  await me.createVault()
  await me.button(/^Tạo hồ sơ/).first().click()
  await dialog.getByRole('textbox', { name: 'Tên hồ sơ' }).fill('Máy sấy bơm nhiệt (minh họa)')
  await dialog.getByRole('button', { name: 'Tạo hồ sơ' }).click()
  await expect(page).toHaveURL(/#\/dossier\/[0-9a-f-]{36}\//)
  me.dossier = /dossier\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
  await me.section('Định giá')
  await me.button('Chọn phương pháp').click()
  await dialog.getByRole('button', { name: method }).click()
  await expect(page.getByRole('heading', { name: 'Số liệu đầu vào' })).toBeVisible()
}

test('deals with errors in them are imported, the sound ones valued, and the valuation saved as a spreadsheet', async ({ app }) => {
  const me = new Person(app)
  const { page } = me
  const file = path.join(app.folder, 'giao-dich-say.csv')
  await writeFile(file, `\uFEFF${deals}`)
  await sheetOf(me, /: So sánh giao dịch$/)
  const dialog = page.getByRole('dialog')

  await test.step('a file that is no list is refused with a sentence', async () => {
    const wrong = path.join(app.folder, 'cu.csv')
    await writeFile(wrong, Buffer.from([0x47, 0x69, 0xe1, 0x3b, 0x31, 0x0a]))
    await me.button('Nhập giao dịch so sánh').click()
    await expect(dialog.getByRole('heading', { name: 'Nhập giao dịch so sánh từ tệp' })).toBeVisible()
    await page.locator('input[type=file][accept*=".xlsx"]').setInputFiles(wrong)
    await expect(dialog.getByRole('alert')).toContainText('không dùng bảng mã UTF-8')
    await expect(dialog.getByRole('button', { name: /^Đưa \d+ dòng/ })).toBeDisabled()
  })

  await test.step('mapping, the reasons of what is refused, and the choice of rows', async () => {
    await page.locator('input[type=file][accept*=".xlsx"]').setInputFiles(file)
    await expect(dialog.getByRole('combobox', { name: 'Giá giao dịch' })).toHaveValue('4')
    await expect(dialog.getByRole('combobox', { name: 'Điều chỉnh lãnh thổ' })).toHaveValue('6')
    // Until the unit of the prices is said, nothing is read.
    await expect(dialog.getByText(/^Đọc \d+ dòng/)).toBeHidden()
    await dialog.getByRole('combobox', { name: 'Giá trong tệp tính bằng' }).selectOption({ label: 'tỷ VND' })
    await expect(dialog.getByText('Đọc 7 dòng: dùng được 3, từ chối 4.')).toBeVisible()
    const refused = dialog.getByRole('table', { name: 'Các dòng bị từ chối' })
    for (const [line, reason] of [['5', 'Không phải là một ngày'], ['6', 'Thiếu'], ['7', 'Khác loại tiền'], ['9', 'Trùng với dòng 3']] as const) await expect(refused.getByRole('row').filter({ has: page.getByRole('cell', { name: line, exact: true }) })).toContainText(reason)
    await dialog.getByRole('button', { name: 'Đưa 3 dòng vào phương pháp' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByText('Đã đưa 3 giao dịch vào phương pháp, kèm nguồn và tệp chứng cứ.')).toBeVisible()
  })

  await test.step('the rows stand in the table with source and evidence', async () => {
    const columns = async (index: number): Promise<readonly string[]> => page.locator(`[data-cell*=":${String(index)}-"], [data-cell^="${String(index)}-"]`).evaluateAll((cells) => cells.map((cell) => (cell instanceof HTMLInputElement ? cell.value : '')))
    await expect.poll(async () => (await columns(0)).slice(0, 3)).toEqual(['1.250.500', '900.000', '640.000'])
    await page.getByRole('button', { name: /^Nguồn: Giá giao dịch/ }).click()
    await expect(dialog.getByRole('textbox', { name: /^Nguồn/ })).toHaveValue('giao-dich-say.csv (3 giao dịch): Báo cáo thường niên A; Công bố thông tin B; Hợp đồng F')
    await expect(dialog.getByRole('link', { name: /giao-dich-say/ })).toBeVisible()
    await dialog.getByRole('button', { name: 'Xong' }).click()
  })

  await test.step('the valuation is saved as a spreadsheet whose figures are the screen’s', async () => {
    const base = page.getByRole('textbox', { name: /^Cơ sở của tài sản thẩm định/ })
    await base.fill('1.000')
    await base.blur()
    await page.getByRole('combobox', { name: /^Cách gộp các mức điều chỉnh/ }).selectOption('multiplicative')
    await page.getByRole('combobox', { name: /^Thống kê kết luận/ }).selectOption('median')
    await me.onDisk()
    await me.button('Xuất ra bảng tính (XLSX)').click()
    await expect(page.getByText(/^Đã lưu bang-tinh-.*\.xlsx vào /)).toBeVisible({ timeout: 30_000 })
    const name = (await readdir(app.documents, { recursive: true })).find((one) => one.endsWith('.xlsx'))
    const bytes = await readFile(path.join(app.documents, name ?? ''))
    const sheets = await readXlsx(new Blob([new Uint8Array(bytes)]))
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['Tổng hợp', '1 So sánh giao dịch', 'Nguồn số liệu'])
    const result = sheets[1]?.data.find((row) => row[0] === 'Kết quả')?.[3]
    // Median of 1250.5/10000 × 1.05, 900/8000.5 and 640/5200 × 0.9, in million where the file says thousand million, over a base of 1,000.
    expect(result).toBeCloseTo((900e3 / 8000.5) * 1000, 6)
    expect(sheets[1]?.data.find((row) => row[0] === 'Đối chiếu')?.[3]).toBe('Khớp')
    expect(sheets[2]?.data.flat()).toContain('giao-dich-say.csv (3 giao dịch): Báo cáo thường niên A; Công bố thông tin B; Hợp đồng F')
  })
  expect(app.complaints).toEqual([])
})

test('licences of a workbook give the royalty rate, with the question the file leaves open', async ({ app }) => {
  const me = new Person(app)
  const { page } = me
  await sheetOf(me, /: Tiền sử dụng tài sản vô hình$/)
  const dialog = page.getByRole('dialog')
  await expect(me.button('Nhập hợp đồng li-xăng so sánh')).toBeHidden()
  await page.getByRole('combobox', { name: /^Cách tính phí bản quyền/ }).selectOption('flat')
  await me.fill(/^Tỷ lệ phí bản quyền/, '4')
  await me.button('Nhập hợp đồng li-xăng so sánh').click()
  await page.locator('input[type=file][accept*=".xlsx"]').setInputFiles(path.resolve(import.meta.dirname, '../fixtures/spreadsheet/deals.xlsx'))
  await expect(dialog.getByRole('combobox', { name: 'Trang tính' })).toHaveValue('0')
  await expect(dialog.getByText('Đọc 3 dòng: dùng được 0, từ chối 3.')).toBeVisible()
  await dialog.getByRole('combobox', { name: /có thể hiểu theo hai cách/ }).selectOption('fraction')
  await expect(dialog.getByText('Đọc 3 dòng: dùng được 2, từ chối 1.')).toBeVisible()
  const fill = dialog.getByRole('button', { name: 'Đưa 2 dòng vào phương pháp' })
  await expect(fill).toBeDisabled()
  await dialog.getByRole('combobox', { name: 'Tỷ lệ lấy theo' }).selectOption('mean')
  await expect(dialog.getByText('Tỷ lệ phí bản quyền đưa vào phương pháp: 4,75 %')).toBeVisible()
  await expect(dialog.getByText('Tỷ lệ phí bản quyền đang có (4 %) sẽ được thay.')).toBeVisible()
  const found = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 120))])).toEqual([])
  await fill.click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('textbox', { name: /^Tỷ lệ phí bản quyền/ }).first()).toHaveValue('4,75')
  expect(app.complaints).toEqual([])
})
