import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from './app.ts'
import { Appraiser, paperOf } from './appraiser.ts'

test.describe.configure({ timeout: 300_000 })

const licences = `Hợp đồng cấp quyền công nghệ sấy, tra cứu ngày 10/06/2026
Hợp đồng;Ngày ký;Nguồn;Tỷ lệ phí bản quyền
Sấy thăng hoa A;12/03/2023;Công bố thông tin A;3,5%
Sấy bơm nhiệt B;31/02/2024;Công bố thông tin B;4%
Sấy bơm nhiệt C;05/11/2024;;4,5%
Sấy vi sóng D;20/01/2025;Công bố thông tin D;bốn phần trăm
Sấy bơm nhiệt E;18/06/2025;Công bố thông tin E;5,5%
Sấy thăng hoa A;12/03/2023;Công bố thông tin A;3,5%
`

test('the Avonex patent is valued as an option from an empty dossier to the published value', async ({ app }) => {
  const me = new Appraiser(app)
  const paper = await paperOf('avonex')
  const [option] = paper.sheets
  if (option === undefined) throw new Error('the sample has no sheet')
  await me.createVault()
  await me.begin(paper)
  await me.addMethod(option)
  await me.enterInputs(option)
  await me.citeSources(option)
  // Published: 907 million US dollars.
  await expect(me.indicated(option)).toContainText('906,87')
  await me.conclude(paper)
  await expect(me.page.getByText('Bằng chữ: Chín trăm linh bảy triệu đô la Mỹ')).toBeVisible()

  await test.step('with the keyboard: undone step by step, done again', async () => {
    const main = me.page.getByRole('main')
    const volatility = main.getByRole('textbox', { name: /^Độ biến động/ }).first()
    await me.type(volatility, '60')
    await expect(me.indicated(option)).not.toContainText('906,87')
    await me.onDisk()
    const higher = await me.indicated(option).innerText()
    await main.getByRole('heading', { level: 2 }).first().click()
    await me.page.keyboard.press('Control+z')
    await expect(me.indicated(option)).toContainText('906,87')
    await me.page.keyboard.press('Control+Shift+z')
    await expect.poll(() => me.indicated(option).innerText()).toBe(higher)
    await me.page.keyboard.press('Control+z')
    await expect(me.indicated(option)).toContainText('906,87')
    await me.onDisk()
  })
  await me.isWhole()
  await me.crash()
  await me.section('Định giá')
  await expect(me.page.getByRole('textbox', { name: /^Giá trị kết luận/ })).toHaveValue('907')
  expect(app.complaints.filter((line) => !line.includes('crash'))).toEqual([])
})

test('the Korean report is valued by technology contribution at three levels; a long simulation is stopped, a short one finished', async ({ app }) => {
  const me = new Appraiser(app)
  const { page } = me
  const paper = await paperOf('han-quoc')
  await me.createVault()
  await me.begin(paper)
  for (const sheet of paper.sheets) {
    await me.addMethod(sheet)
    await me.enterInputs(sheet)
    await me.citeSources(sheet)
  }
  // Published in units of a hundred million won: 22,589 and 25,503; the business is worth 72,868.
  for (const [index, shown] of ['2.404,6', '2.258,9', '2.550,4'].entries()) {
    const sheet = paper.sheets[index]
    if (sheet === undefined) throw new Error('the sample has three sheets')
    await expect(me.indicated(sheet)).toContainText(shown)
  }
  await me.conclude(paper)

  await test.step('the contribution is uncertain between the published bounds', async () => {
    const [principal] = paper.sheets
    if (principal !== undefined) await me.indicated(principal).click()
    await me.button('Phân tích mức không chắc chắn').click()
    await page.getByRole('combobox', { name: 'Thêm số liệu không chắc chắn' }).selectOption({ label: 'Hệ số đóng góp công nghệ' })
    const part = page.getByRole('region', { name: 'Hệ số đóng góp công nghệ', exact: true })
    await part.getByRole('combobox', { name: /phân phối/i }).selectOption('uniform')
    await me.type(part.getByRole('textbox', { name: 'Nhỏ nhất' }), '31')
    await me.type(part.getByRole('textbox', { name: 'Lớn nhất' }), '35')
    await me.type(page.getByRole('textbox', { name: 'Số lượt mô phỏng' }), '1000000')
    await me.slowWorkers()
    await me.button('Chạy mô phỏng').click()
    await me.button('Dừng').click()
    await expect(page.getByText('Đã dừng mô phỏng.')).toBeVisible()
    await me.type(page.getByRole('textbox', { name: 'Số lượt mô phỏng' }), '5000')
    await me.button('Chạy mô phỏng').click()
    const results = page.getByRole('region', { name: 'Kết quả mô phỏng' })
    await expect(results.getByText(/5\.000 lượt/)).toBeVisible({ timeout: 60_000 })
    // The value is straight in the contribution: its mean is the value at 33 %, within four standard errors of 5,000 trials, about 5.
    const mean = Number(/[\d.]+,?\d*/.exec((await results.getByRole('row', { name: /^Trung bình/ }).innerText()).replace(/^Trung bình\D*/, ''))?.[0].replaceAll('.', '').replace(',', '.') ?? 'NaN')
    expect(Math.abs(mean - 2404.6)).toBeLessThan(5)
  })
  await me.isWhole()
  expect(app.complaints).toEqual([])
})

test('heat-pump drying is valued by royalty and by cost; a list of licences with errors is imported and taken back', async ({ app }) => {
  const me = new Appraiser(app)
  const { page } = me
  const paper = await paperOf('say-bom-nhiet')
  const [royalty, cost] = paper.sheets
  if (royalty === undefined || cost === undefined) throw new Error('the sample has two sheets')
  await me.createVault()
  await me.begin(paper)
  await me.addMethod(royalty)
  await me.enterInputs(royalty)
  await me.citeSources(royalty)
  await expect(me.indicated(royalty)).toContainText('4.145,2')

  await test.step('a number typed in either way of writing is said back in words', async () => {
    const upfront = page.getByRole('textbox', { name: /^Khoản trả trước/ }).first()
    for (const [text, said] of [['1.250', '1.250 triệu VND (một tỷ hai trăm năm mươi triệu đồng)'], ['12,500.5', '12.500,5 triệu VND (mười hai tỷ năm trăm triệu năm trăm nghìn đồng)'], ['12 500', '12.500 triệu VND (mười hai tỷ năm trăm triệu đồng)']] as const) {
      await upfront.fill(text)
      await expect(page.getByText(`Đọc là ${said}`)).toBeVisible()
    }
    await me.type(upfront, '')
  })

  await test.step('licences from a file with errors in it', async () => {
    const file = path.join(app.folder, 'hop-dong-cap-quyen.csv')
    await writeFile(file, `\uFEFF${licences}`)
    await me.button('Nhập hợp đồng li-xăng so sánh').click()
    await page.locator('input[type=file][accept*=".xlsx"]').setInputFiles(file)
    const dialog = me.dialog()
    await expect(dialog.getByText('Đọc 6 dòng: dùng được 2, từ chối 4.')).toBeVisible()
    const refused = dialog.getByRole('table', { name: 'Các dòng bị từ chối' })
    for (const [line, reason] of [['4', 'Không phải là một ngày'], ['5', 'Thiếu'], ['6', 'Không phải là một con số'], ['8', 'Trùng với dòng 3']] as const) await expect(refused.getByRole('row').filter({ has: page.getByRole('cell', { name: line, exact: true }) })).toContainText(reason)
    await dialog.getByRole('combobox', { name: 'Tỷ lệ lấy theo' }).selectOption('mean')
    await dialog.getByRole('button', { name: 'Đưa 2 dòng vào phương pháp' }).click()
    await expect(dialog).toBeHidden()
    const rate = page.getByRole('textbox', { name: /^Tỷ lệ phí bản quyền/ }).first()
    await expect(rate).toHaveValue('4,5')
    await expect(me.indicated(royalty)).not.toContainText('4.145,2')
    await me.onDisk()
    // The published distribution stays the ground: the rate goes back to 4 % with its source.
    const undo = page.getByRole('button', { name: /^Hoàn tác/ }).first()
    await expect(async () => {
      if (await rate.inputValue() !== '4') await undo.click()
      await expect(rate).toHaveValue('4', { timeout: 1000 })
    }).toPass({ timeout: 20_000 })
    await expect(me.indicated(royalty)).toContainText('4.145,2')
    await expect(page.getByRole('button', { name: /^Nguồn: Tỷ lệ phí bản quyền\. R\. Parr/ })).toBeVisible()
  })

  await me.addMethod(cost)
  await me.enterInputs(cost)
  await me.citeSources(cost)
  await expect(me.indicated(cost)).toContainText('3.975,5')
  await me.conclude(paper)
  await expect(page.getByText('Bằng chữ: Bốn tỷ một trăm năm mươi triệu đồng')).toBeVisible()
  await me.isWhole()
  expect(app.complaints).toEqual([])
})
