import { expect, test } from './app.ts'
import { Person } from './person.ts'
import { fillIn, royaltySheet } from './royalty-sheet.ts'

const columnOf = (me: Person): Promise<readonly string[]> => me.page.locator('[data-cell^="0-"]').evaluateAll((cells) => cells.map((cell) => (cell instanceof HTMLInputElement ? cell.value : '')))

test('a forecast is filled, copied, cleared and taken back like in a spreadsheet; the value is simulated and a run is stopped', async ({ app }) => {
  test.setTimeout(240_000)
  const me = new Person(app)
  const { page } = me
  await royaltySheet(me)

  await page.locator('[data-cell="0-0"]').fill('1.000')
  await me.button('Điền theo tăng trưởng…').click()
  const growth = page.getByRole('dialog')
  await fillIn(growth, /^Tăng mỗi năm/, '10')
  await fillIn(growth, /^Số dòng/, '5')
  await growth.getByRole('button', { name: 'Điền', exact: true }).click()
  await expect(growth).toBeHidden()
  await expect.poll(() => columnOf(me)).toEqual(['1.000', '1.100', '1.210', '1.331', '1.464,1'])

  // How the numbers came about stands in the reason of the series.
  await page.getByRole('button', { name: /^Nguồn: Doanh thu gắn với công nghệ/ }).click()
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Lý do chọn giá trị này' })).toHaveValue('Năm 1 đến Năm 5: từ 1.000, tăng 10 % mỗi năm.')
  await page.getByRole('dialog').getByRole('button', { name: 'Xong' }).click()

  await page.locator('[data-cell="0-1"]').click()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByText('Đang chọn 3 ô.')).toBeVisible()
  await page.keyboard.press('Control+d')
  await expect.poll(() => columnOf(me)).toEqual(['1.000', '1.100', '1.100', '1.100', '1.464,1'])
  await page.keyboard.press('Delete')
  await expect.poll(() => columnOf(me)).toEqual(['1.000', '', '', '', '1.464,1'])
  for (let i = 0; i < 2; i++) {
    await page.getByRole('button', { name: /^Hoàn tác/ }).first().click()
    await me.onDisk()
  }
  await expect.poll(() => columnOf(me)).toEqual(['1.000', '1.100', '1.210', '1.331', '1.464,1'])

  // A cell that is no number says so and leaves the others alone.
  await page.locator('[data-cell="1-0"]').fill('mười')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Không phải là số')).toBeVisible()
  await page.locator('[data-cell="1-0"]').fill('')
  await page.locator('[data-cell="1-0"]').blur()

  await me.button('Phân tích mức không chắc chắn').click()
  for (const [label, low, middle, high] of [['Tỷ lệ phí bản quyền', '3', '5', '8'], ['Doanh thu gắn với công nghệ', '0,7', '1', '1,2']] as const) {
    await page.getByRole('combobox', { name: 'Thêm số liệu không chắc chắn' }).selectOption({ label })
    const part = page.getByRole('region', { name: label, exact: true })
    await fillIn(part, 'Nhỏ nhất', low)
    await fillIn(part, 'Dễ xảy ra nhất', middle)
    await fillIn(part, 'Lớn nhất', high)
  }
  await fillIn(page.getByRole('main'), 'Hạt giống ngẫu nhiên', '2026')
  await fillIn(page.getByRole('main'), 'Ngưỡng cần so sánh', '150')
  await me.button('Chạy mô phỏng').click()
  const results = page.getByRole('region', { name: 'Kết quả mô phỏng' })
  await expect(results).toBeVisible({ timeout: 60_000 })
  await expect(results.getByText(/10\.000 lượt, hạt giống 2026/)).toBeVisible()
  const first = await results.getByRole('row', { name: /^Trung bình/ }).innerText()

  // Same seed, same numbers; another setting makes the results out of date until they are computed again.
  await fillIn(page.getByRole('main'), 'Hạt giống ngẫu nhiên', '7')
  await expect(page.getByText(/đã đổi sau lần chạy trước/)).toBeVisible()
  await fillIn(page.getByRole('main'), 'Hạt giống ngẫu nhiên', '2026')
  await expect(results).toBeVisible()
  await me.button('Chạy mô phỏng').click()
  await expect(page.getByText('Mô phỏng xong: 10.000 lượt.').last()).toBeVisible({ timeout: 60_000 })
  expect(await results.getByRole('row', { name: /^Trung bình/ }).innerText()).toBe(first)

  // A long run leaves typing free and stops when asked.
  await me.slowWorkers()
  await fillIn(page.getByRole('main'), 'Số lượt mô phỏng', '1000000')
  await me.button('Chạy mô phỏng').click()
  await expect(me.button('Dừng')).toBeVisible()
  await me.fill('Vì sao dùng phương pháp này', 'Có hợp đồng so sánh được.')
  await expect(page.getByRole('textbox', { name: 'Vì sao dùng phương pháp này' })).toHaveValue('Có hợp đồng so sánh được.')
  await me.button('Dừng').click()
  await expect(page.getByText('Đã dừng mô phỏng.')).toBeVisible()
  await expect(me.button('Chạy mô phỏng')).toBeEnabled()
  await me.onDisk()

  // Settings are part of the dossier: they are there after the page died.
  await me.crash()
  await me.section('Định giá')
  await expect(me.page.getByRole('textbox', { name: 'Số lượt mô phỏng' })).toHaveValue('1.000.000')
  await expect(me.page.getByRole('region', { name: 'Tỷ lệ phí bản quyền', exact: true }).getByRole('textbox', { name: 'Lớn nhất' })).toHaveValue('8')
  await expect(me.page.getByRole('region', { name: 'Ảnh hưởng của từng số liệu' }).getByRole('row', { name: /^Tỷ lệ phí bản quyền/ })).toBeVisible()
  expect(app.complaints.filter((line) => !line.includes('crash'))).toEqual([])
})
