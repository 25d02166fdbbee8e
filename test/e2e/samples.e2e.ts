import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { readSample } from '../../shared/dossier/samples.ts'
import { expect, test } from './app.ts'
import { Person } from './person.ts'

test.describe.configure({ timeout: 180_000 })

const sections = ['Tổng quan', 'Thông tin chung', 'Chứng cứ', 'Bảng kiểm', 'Định giá', 'Hội đồng', 'Báo cáo & gửi', 'Lịch sử'] as const

const sampleOf = async (id: string) => {
  const sample = readSample(await readFile(path.resolve(import.meta.dirname, '../../resources/samples', `${id}.json`), 'utf8'))
  if (!sample.ok) throw new Error(sample.fault.code)
  return sample.value
}

test('the three samples open from the empty list, say where they come from, and are found without diacritics', async ({ app }) => {
  const me = new Person(app)
  await me.createVault()
  const titles: string[] = []

  for (const id of ['say-bom-nhiet', 'han-quoc', 'avonex']) {
    const sample = await sampleOf(id)
    await test.step(sample.title.vi, async () => {
      await expect(me.page.getByRole('heading', { name: 'Bắt đầu với hồ sơ đầu tiên' })).toBeVisible()
      await expect(me.page.getByText(`Nguồn: ${sample.source.vi}`)).toBeVisible()
      await me.openSample(new RegExp(`^Mở hồ sơ mẫu: ${sample.title.vi.replaceAll(/[().]/g, '\\$&')}`))
      await expect(me.page.getByText(`Nguồn: ${sample.source.vi}`)).toBeVisible()
      const title = (await me.page.getByRole('heading', { level: 1 }).innerText()).trim()
      titles.push(title)
      for (const section of sections) {
        await me.section(section)
        await expect(me.page.getByRole('heading', { level: 2 }).first()).toBeVisible()
        await expect(me.page.getByText('Màn hình này gặp sự cố')).toHaveCount(0)
      }
      await test.step('the next step leads to its button, from elsewhere and on the spot', async () => {
        const seal = me.button('Niêm phong hồ sơ')
        await me.page.getByRole('complementary', { name: 'Bước tiếp theo' }).getByRole('link').click()
        await expect(seal).toBeFocused()
        await me.page.getByRole('textbox', { name: 'Nơi nhận' }).focus()
        await me.page.getByRole('complementary', { name: 'Bước tiếp theo' }).getByRole('link').click()
        await expect(seal).toBeFocused()
      })
      await me.onDisk()
      if (id === 'avonex') await test.step('back to drafting: two fields of one conclusion changed in the same moment both stay', async () => {
        await me.section('Báo cáo & gửi')
        await me.button('Trả về soạn thảo').click()
        const dialog = me.page.getByRole('dialog')
        await dialog.getByRole('textbox').fill('Sửa lập luận')
        await dialog.getByRole('button', { name: 'Trả về' }).click()
        await expect(dialog).toBeHidden()
        await me.section('Định giá')
        const value = me.page.getByRole('textbox', { name: /^Giá trị kết luận/ })
        const reason = me.page.getByRole('textbox', { name: /^Lập luận đi đến kết luận/ })
        await expect(value).toBeEditable()
        const [first, second] = [await value.elementHandle(), await reason.elementHandle()]
        await me.page.evaluate(([number, prose]) => {
          const type = (field: unknown, text: string): void => {
            if (!(field instanceof HTMLInputElement) && !(field instanceof HTMLTextAreaElement)) throw new Error('not a field')
            field.focus()
            Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, text)
            field.dispatchEvent(new Event('input', { bubbles: true }))
            field.blur()
          }
          type(number, '905')
          type(prose, 'Làm tròn thận trọng.')
        }, [first, second])
        await me.section('Tổng quan')
        await me.section('Định giá')
        await expect(value).toHaveValue('905')
        await expect(reason).toHaveValue('Làm tròn thận trọng.')
      })
      // Into the trash, so that the list is empty again for the next one.
      await me.go('#/')
      await me.button(`Thao tác khác với «${title}»`).click()
      await me.page.getByRole('menuitem', { name: 'Cho vào thùng rác' }).click()
      await expect(me.page.getByText(`Đã cho «${title}» vào thùng rác.`)).toBeVisible()
    })
  }

  await test.step('back out of the trash', async () => {
    await me.page.getByRole('link', { name: 'Thùng rác (3)' }).click()
    for (const title of titles) {
      await me.button(`Thao tác khác với «${title}»`).click()
      await me.page.getByRole('menuitem', { name: 'Khôi phục' }).click()
      await expect(me.page.getByText(`Đã khôi phục «${title}».`)).toBeVisible()
    }
    await expect(me.page.getByText('Thùng rác trống')).toBeVisible()
  })

  await test.step('search', async () => {
    await me.createDossier('Đo gió bằng LiDAR')
    await me.createDossier('Hệ thống Công nghệ tưới nhỏ giọt')
    await me.go('#/')
    const rows = me.page.getByRole('list', { name: 'Danh sách hồ sơ' }).getByRole('listitem')
    await expect(rows).toHaveCount(5)
    const search = me.page.getByRole('textbox', { name: 'Tìm hồ sơ' })
    const found = async (text: string): Promise<string> => {
      await search.fill(text)
      return (await me.page.getByRole('list', { name: 'Danh sách hồ sơ' }).innerText()).normalize('NFC')
    }
    expect(await found('cong nghe tuoi')).toContain('Hệ thống Công nghệ tưới nhỏ giọt')
    await expect(rows).toHaveCount(1)
    expect(await found('CÔNG NGHỆ')).toContain('Công nghệ tưới')
    // Typed the way some systems hand letters over: base letter and marks apart.
    expect(await found('công nghệ tưới'.normalize('NFD'))).toContain('Công nghệ tưới')
    expect(await found('do gio lidar')).toContain('Đo gió bằng LiDAR')
    await expect(rows).toHaveCount(1)
    expect(await found('d')).toContain('Đo gió')
    expect(await found('đ')).toContain('Đo gió')
    await search.fill('không có hồ sơ nào như thế')
    await expect(me.page.getByText('Không có hồ sơ nào khớp')).toBeVisible()
    await me.button('Bỏ bộ lọc').click()
    await expect(rows).toHaveCount(5)
  })
  expect(app.complaints).toEqual([])
})
