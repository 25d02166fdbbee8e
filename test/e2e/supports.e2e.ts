import { expect, test } from './app.ts'
import { Person } from './person.ts'
import { fillIn, royaltySheet } from './royalty-sheet.ts'

/** What an appraiser types into a WACC by CAPM, in the order of the form. */
const wacc = [
  [/^Vốn chủ sở hữu/, '60'], [/^Nợ vay/, '40'], [/^Lãi suất phi rủi ro/, '3'], [/^Hệ số beta/, '1,2'], [/^Phần bù rủi ro thị trường/, '8'], [/^Lãi vay trước thuế/, '10'], [/^Thuế suất/, '20'],
] as const

test('a discount rate is computed as a WACC, brought into the sheet, falls behind when its beta changes, is brought over, kept with a reason, taken back', async ({ app }) => {
  test.setTimeout(240_000)
  const me = new Person(app)
  const { page } = me
  await royaltySheet(me)
  const main = page.getByRole('main')
  const rate = main.getByRole('textbox', { name: /^Tỷ suất chiết khấu/ }).first()

  // From the input to a computation made for it, with the keyboard alone.
  await me.button('Tính bằng bảng tính phụ: Tỷ suất chiết khấu').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Tuổi đời kinh tế còn lại' })).toBeHidden()
  await page.getByRole('menuitem', { name: 'Chi phí vốn bình quân (WACC)' }).press('Enter')
  await expect(me.button('Quay lại định giá')).toBeFocused()
  await expect(page.getByText('Chưa có kết quả')).toBeVisible()
  await page.getByRole('combobox', { name: /^Chi phí vốn chủ sở hữu/ }).selectOption('capm')
  for (const [label, text] of wacc) await fillIn(main, label, text)
  const result = page.getByRole('region', { name: 'Kết quả' })
  await expect(result.getByRole('status')).toHaveText('10,76 %')
  await expect(page.getByRole('region', { name: 'Vết tính' }).getByText('Chi phí vốn bình quân', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: /^Nguồn: Hệ số beta/ }).click()
  await fillIn(page.getByRole('dialog'), /^Nguồn/, 'Damodaran, tháng 1/2026')
  await page.getByRole('dialog').getByRole('button', { name: 'Xong' }).click()

  await me.button('Đưa vào phiếu').click()
  await expect(rate).toHaveValue('10,76')
  await expect(page.getByText('Đã đưa kết quả vào “Tỷ suất chiết khấu”.')).toBeVisible()
  await page.getByRole('button', { name: /^Nguồn: Tỷ suất chiết khấu/ }).click()
  const source = page.getByRole('dialog')
  await expect(source.getByRole('textbox', { name: /^Nguồn/ })).toHaveValue('Bảng tính phụ: Chi phí vốn bình quân (WACC)')
  await expect(source.getByRole('textbox', { name: 'Lý do chọn giá trị này' })).toHaveValue(/^r = E\/V·kE .* = 10,76 %\./)
  await source.getByRole('button', { name: 'Xong' }).click()
  const list = page.getByRole('region', { name: 'Bảng tính phụ' })
  await expect(list.getByRole('row', { name: /Chi phí vốn bình quân.*10,76 %.*Tỷ suất chiết khấu/ })).toBeVisible()

  // Another beta: the sheet keeps its number and says that it is behind.
  await list.getByRole('button', { name: /^Mở bảng tính phụ/ }).click()
  await fillIn(main, /^Hệ số beta/, '1,5')
  await expect(result.getByRole('status').first()).toHaveText('12,2 %')
  await expect(page.getByText('“Tỷ suất chiết khấu” (Tiền sử dụng tài sản vô hình) đang dùng 10,76 %, bảng này nay cho 12,2 %.')).toBeVisible()
  await me.button('Quay lại định giá').click()
  await expect(rate).toHaveValue('10,76')
  await expect(main.getByText('Bảng tính phụ nay cho 12,2 %.')).toBeVisible()
  await expect(page.getByText(/Số đang dùng khác kết quả hiện nay của bảng tính phụ: Tỷ suất chiết khấu/)).toBeVisible()
  await me.section('Tổng quan')
  await expect(page.getByText(/Đưa kết quả hiện nay của bảng tính phụ “Chi phí vốn bình quân \(WACC\)” vào “Tỷ suất chiết khấu”/)).toBeVisible()
  await me.section('Định giá')
  await me.button('Đưa kết quả mới vào: Tỷ suất chiết khấu').click()
  await expect(rate).toHaveValue('12,2')
  await expect(page.getByText(/Số đang dùng khác kết quả hiện nay/)).toHaveCount(0)

  // One step back, and a reason instead.
  await page.getByRole('button', { name: /^Hoàn tác/ }).first().click()
  await expect(rate).toHaveValue('10,76')
  await list.getByRole('button', { name: /^Mở bảng tính phụ/ }).click()
  await me.button('Giữ số đang dùng…').click()
  await expect(page.getByRole('textbox', { name: /^Vì sao giữ 10,76 %/ })).toBeFocused()
  await page.keyboard.type('Ngân hàng đã chốt mức này.')
  await page.getByRole('button', { name: 'Ghi lý do', exact: true }).click()
  await expect(page.getByText('“Tỷ suất chiết khấu” (Tiền sử dụng tài sản vô hình) giữ 10,76 % dù bảng này cho 12,2 %.')).toBeVisible()
  await me.onDisk()

  // All of it is there after the page died; a computation in use is not taken out.
  await me.crash()
  await me.section('Định giá')
  await expect(me.page.getByText('Bảng tính phụ cho 12,2 %; số đang dùng được giữ, có lý do.')).toBeVisible()
  await me.page.getByRole('region', { name: 'Bảng tính phụ' }).getByRole('button', { name: /^Bỏ bảng tính phụ/ }).click()
  await expect(me.page.getByText(/đang là nguồn của “Tỷ suất chiết khấu”/)).toBeVisible()
  expect(app.complaints.filter((line) => !line.includes('crash'))).toEqual([])
})
