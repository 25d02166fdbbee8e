import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { Person } from './person.ts'

const pasteInto = async (page: Page, place: string, text: string): Promise<void> => {
  const cell = page.locator(`[data-cell="${place}"]`)
  await cell.click()
  await cell.evaluate((one, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    one.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

const addMethod = async (me: Person, name: string): Promise<void> => {
  await me.button(/^(Chọn|Thêm) phương pháp$/).click()
  await me.page.getByRole('dialog').getByRole('button', { name: `Dùng phương pháp này: ${name}`, exact: true }).click()
  await expect(me.page.getByRole('dialog')).toBeHidden()
}

const fill = async (page: Page, fields: readonly (readonly [RegExp, string])[]): Promise<void> => {
  for (const [name, text] of fields) {
    const field = page.getByRole('main').getByRole('textbox', { name }).first()
    await field.fill(text)
    await field.press('Tab')
  }
}

test('an investment in stages is valued and drawn; a right is made usable early; an old technology is exchanged for a new one', async ({ app }) => {
  test.setTimeout(240_000)
  const me = new Person(app)
  const { page } = me
  await me.createVault()
  await me.createDossier('Pin natri: nghiên cứu rồi xây nhà máy')
  await me.section('Định giá')
  const result = page.getByRole('region', { name: 'Kết quả' })

  await test.step('stages: the published case, then a date that the tree cannot meet', async () => {
    await addMethod(me, 'Quyền đầu tư theo giai đoạn')
    await page.getByRole('combobox', { name: /^Số bước của cây/ }).selectOption('2')
    // Published with 5 % a year and a value that doubles or halves: ln 1.05 and ln 2.
    await fill(page, [[/^Giá trị hiện tại của dự án/, '100'], [/^Lãi suất phi rủi ro/, '4,879016417'], [/^Độ biến động mỗi năm/, '69,31471806'], [/^Giá trị mất đi mỗi năm/, '0']])
    await pasteInto(page, '0-0', '1\t80\t100%\n2\t40\t50%')
    await expect(result.getByRole('status').first()).toContainText('63,5')
    await expect(page.getByRole('img', { name: /^Cây nhị thức/ })).toHaveAccessibleName(/Chuỗi đầu tư hôm nay đáng giá 63,5/)
    await expect(page.locator('figcaption').getByText('Nên chi cho giai đoạn tại đây')).toBeVisible()
    await pasteInto(page, '0-0', '0,6\n2')
    await expect(page.getByText(/Có thời điểm quyết định phải dời 0,4 năm/).first()).toBeVisible()
  })

  await test.step('a right to develop: early use asks for the steps of a tree and is worth more', async () => {
    await addMethod(me, 'Quyền chọn đầu tư (Black–Scholes–Merton)')
    await fill(page, [[/^Giá trị hiện tại của dòng tiền/, '3422'], [/^Chi phí đầu tư/, '2875'], [/^Thời hạn quyết định/, '17'], [/^Lãi suất phi rủi ro/, '6,7'], [/^Độ biến động mỗi năm/, '47,3286'], [/^Giá trị mất đi mỗi năm/, '5,88235294']])
    await expect(result.getByRole('status').first()).toContainText('906')
    await expect(page.getByRole('combobox', { name: /^Số bước của cây/ })).toHaveCount(0)
    await page.getByRole('checkbox', { name: /^Dùng được quyền trước hạn/ }).click()
    await page.getByRole('combobox', { name: /^Số bước của cây/ }).selectOption('250')
    await expect(result.getByRole('status').first()).toContainText('1.602')
    await expect(page.getByText('Nếu chỉ dùng được cuối hạn, theo công thức (so sánh)').first()).toBeVisible()
  })

  await test.step('an exchange: the published case', async () => {
    await addMethod(me, 'Quyền hoán đổi (Margrabe)')
    await fill(page, [[/^Giá trị nhận về,?/, '22'], [/^Giá trị phải bỏ ra/, '20'], [/^Thời hạn quyết định/, '0,5'], [/^Độ biến động của giá trị nhận về/, '20'], [/^Độ biến động của giá trị bỏ ra/, '25'], [/^Hệ số tương quan/, '0'], [/^Giá trị nhận về mất đi/, '6'], [/^Giá trị bỏ ra sinh lợi/, '4']])
    await expect(result.getByRole('status').first()).toContainText('2,8')
  })
})
