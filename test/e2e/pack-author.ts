import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect } from '@playwright/test'
import type { Locator } from '@playwright/test'
import type { Person } from './person.ts'

/** Leaves what was typed to the draft: fields hand it over when they are left. */
const put = async (field: Locator, text: string): Promise<void> => {
  await field.fill(text)
  await field.blur()
}

const pair = async (me: Person, label: string, vi: string, en: string): Promise<void> => {
  await put(me.page.getByRole('textbox', { name: `${label} (tiếng Việt)`, exact: true }), vi)
  await put(me.page.getByRole('textbox', { name: `${label} (tiếng Anh)`, exact: true }), en)
}
const line = (me: Person, label: string): Locator => me.page.getByRole('textbox', { name: label, exact: true })
const part = async (me: Person, name: string | RegExp): Promise<void> => {
  await me.page.getByRole('navigation', { name: 'Các phần của bộ' }).getByRole('button', { name }).first().click()
}
const tab = (me: Person, name: string | RegExp): Locator => me.page.getByRole('tab', { name })
const add = async (me: Person, what: string): Promise<void> => {
  await me.button('Thêm').first().click()
  await me.page.getByRole('menuitem', { name: what, exact: true }).click()
}

/** An officer writes a pack of two questions, a criterion by formula, a figure and two classes, mending what the editor points at on the way. */
export const writePack = async (me: Person): Promise<void> => {
  await me.go('#/packs')
  await me.button('Soạn bộ mới').click()
  const dialog = me.page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Mã của bộ' }).fill('Sai Mã')
  await expect(dialog.getByRole('button', { name: 'Bắt đầu soạn' })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Mã của bộ' }).fill('kiem-tra-noi-bo')
  await dialog.getByRole('button', { name: 'Bắt đầu soạn' }).click()
  await expect(me.page.getByRole('heading', { name: 'Bộ chưa đặt tên' })).toBeVisible()

  await pair(me, 'Tên', 'Kiểm tra nội bộ công nghệ', 'Internal technology check')
  await pair(me, 'Mô tả', 'Bộ câu hỏi do chuyên viên tự soạn.', 'Questions written by an officer.')
  await me.page.getByRole('checkbox', { name: 'Thẩm định giá công nghệ' }).check()
  await expect(me.page.getByRole('heading', { name: 'Kiểm tra nội bộ công nghệ' })).toBeVisible()

  await part(me, /^Căn cứ/)
  await me.page.getByRole('combobox', { name: 'Lấy từ sổ căn cứ…' }).selectOption({ label: 'Luật 07/2017/QH14' })
  await expect(me.page.getByRole('textbox', { name: 'Số, ký hiệu – Căn cứ 1' })).toHaveValue('07/2017/QH14')

  await part(me, 'Cách chấm và xếp loại')
  await me.page.getByRole('combobox', { name: 'Cách chấm' }).selectOption({ label: 'Tiêu chí, chỉ số và mức theo biểu thức' })
  await put(line(me, 'Điểm tối đa'), '10')

  await part(me, 'Mục 1 chưa đặt tên')
  await pair(me, 'Tên', 'Vận hành', 'Operation')
  await pair(me, 'Lời dẫn', 'Những gì đã thấy ở nơi thử nghiệm.', 'What was seen where it was tried.')

  await part(me, /^1\.1\./)
  await pair(me, 'Câu hỏi', 'Đã chạy thử liên tục chưa?', 'Has it run without a break?')
  await pair(me, 'Hướng dẫn', 'Xem sổ vận hành.', 'See the operating log.')
  await put(line(me, 'Ký hiệu'), 'daChay')
  await me.button('Thêm viện dẫn').click()
  await put(line(me, 'Điều khoản: Căn cứ 1'), 'Điều 2')

  await add(me, 'Số có đơn vị')
  await pair(me, 'Câu hỏi', 'Chạy thử bao nhiêu giờ?', 'How many hours?')
  await pair(me, 'Hướng dẫn', 'Tổng số giờ, không kể chuẩn bị.', 'Hours in all, without preparation.')
  await put(line(me, 'Ký hiệu'), 'gio')
  await put(line(me, 'Đơn vị'), 'giờ')
  await put(line(me, 'Nhỏ nhất'), '0')
  await me.button('Thêm điều kiện').click()
  await me.page.getByRole('combobox', { name: 'Phép so: Điều kiện 1' }).selectOption({ label: 'là một trong' })
  await me.page.getByRole('group', { name: 'Điều kiện 1' }).getByRole('checkbox', { name: 'Có', exact: true }).check()

  await add(me, 'Tiêu chí chấm điểm')
  await pair(me, 'Nội dung', 'Độ ổn định', 'Stability')
  await pair(me, 'Hướng dẫn', 'Chấm theo số giờ chạy thử.', 'By hours of running.')
  await put(line(me, 'Điểm tối đa'), '10')
  const rows = me.page.getByRole('group', { name: /^Dòng 1/ })
  await put(rows.getByRole('textbox', { name: /^Nội dung.*\(tiếng Việt\)/ }), 'Từ 100 giờ')
  await put(rows.getByRole('textbox', { name: /^Nội dung.*\(tiếng Anh\)/ }), '100 hours or more')
  const when = rows.getByRole('textbox', { name: /^Điều kiện/ })
  await put(when, 'daChay and gio >=')
  await expect(rows.getByText(/vị trí/i).first()).toBeVisible()
  await put(when, 'daChay and soGio >= 100')
  await expect(rows.getByText(/không có câu hỏi hoặc đại lượng nào tên “soGio”/)).toBeVisible()
  await put(when, 'daChay and gio >= 100')
  await expect(rows.getByText(/không có câu hỏi hoặc đại lượng/)).toHaveCount(0)
  await put(rows.getByRole('textbox', { name: /^Điểm/ }), '8')

  await part(me, 'Cách chấm và xếp loại')
  for (const [index, [vi, en, formula]] of ([['Đạt', 'Passed', 'total >= 5'], ['Chưa đạt', 'Not passed', 'total < 5']] as const).entries()) {
    await me.button('Thêm mức xếp loại').click()
    const entry = me.page.getByRole('group', { name: `Mức xếp loại ${index + 1}`, exact: true })
    await put(entry.getByRole('textbox', { name: /^Nội dung.*\(tiếng Việt\)/ }), vi)
    await put(entry.getByRole('textbox', { name: /^Nội dung.*\(tiếng Anh\)/ }), en)
    await put(entry.getByRole('textbox', { name: /^Điều kiện/ }), formula)
  }
  await expect(me.page.getByRole('status').getByText('Đã lưu trên máy')).toBeVisible()
}

/** Takes a question out by mistake and back again, then looks whether anything is left to correct. */
export const checkPack = async (me: Person): Promise<void> => {
  await part(me, /^1\.2\./)
  await me.button('Xóa phần này').click()
  await tab(me, /^Kiểm tra/).click()
  await expect(me.page.getByText(/không có câu hỏi hoặc đại lượng nào tên “gio”/).first()).toBeVisible()
  await me.button('Hoàn tác').first().click()
  await expect(tab(me, 'Kiểm tra (0)')).toBeVisible()
  await expect(me.page.getByText('Không còn chỗ nào cần sửa')).toBeVisible()
}

/** Answers as the evaluator will, and sees the class. */
export const tryPack = async (me: Person): Promise<void> => {
  await tab(me, 'Xem trước và thử').click()
  await expect(me.page.getByText('Chạy thử bao nhiêu giờ?')).toHaveCount(0)
  await me.page.getByRole('radio', { name: 'Có', exact: true }).first().click()
  await put(me.page.getByRole('textbox', { name: /Chạy thử bao nhiêu giờ/ }), '120')
  await expect(me.page.getByText('Xếp loại: Đạt')).toBeVisible()
  await put(me.page.getByRole('textbox', { name: /Chạy thử bao nhiêu giờ/ }), '20')
  await expect(me.page.getByText('Xếp loại: Chưa đạt')).toBeVisible()
}

/** Makes the draft final and saves it signed; gives the file and the fingerprint to be read out. */
export const publishPack = async (me: Person, organisation: string): Promise<{ readonly name: string; readonly bytes: Buffer; readonly fingerprint: string }> => {
  await me.button('Lưu bản chính thức').click()
  await me.page.getByRole('dialog').getByRole('button', { name: 'Lưu bản chính thức' }).click()
  await expect(me.page.getByText('Soạn trên máy này')).toBeVisible()
  await me.button('Xuất tệp có ký').click()
  const dialog = me.page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /Tổ chức/ }).fill(organisation)
  const fingerprint = /: ((?:[0-9A-F]{4} ?){5})/.exec(await dialog.getByText(/Dấu vân tay của khóa máy này/).innerText())?.[1]?.trim() ?? ''
  await dialog.getByRole('button', { name: 'Ký và lưu tệp' }).click()
  await expect(dialog).toBeHidden()
  const name = (await readdir(me.app.documents)).find((file) => file.endsWith('.lgpack')) ?? ''
  return { name, bytes: await readFile(path.join(me.app.documents, name)), fingerprint }
}

/** Picks a file of the library screen. */
export const importPack = async (me: Person, file: { readonly name: string; readonly bytes: Buffer }): Promise<void> => {
  await me.go('#/packs')
  await me.page.locator('input[type="file"]').first().setInputFiles({ name: file.name, mimeType: 'application/json', buffer: file.bytes })
}
