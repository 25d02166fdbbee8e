import { AxeBuilder } from '@axe-core/playwright'
import { best, pack } from '../unit/rulepack/tt17.ts'
import type { Given } from '../unit/rulepack/tt17.ts'
import type { Question } from '../../shared/rulepack/schema.ts'
import { expect, test } from './app.ts'
import { Person } from './person.ts'

test.describe.configure({ timeout: 480_000 })

const title = 'Nhà máy sấy lúa Hòa An'
const evidence = 'báo cáo khảo sát'

/** Everything as the best enterprise has it, but no research at all: 83 points and a coefficient of 0, which the classes do not cover. */
const given: Given = { ...best, 'cong-nghe-thong-tin': 'NONE', 'chi-thong-tin': 0, 'nhan-luc-nghien-cuu': 0, 'ha-tang': 'NONE', quy: false, 'chi-nghien-cuu': 0 }

/** A list as an authority might publish it, with four rows that cannot be used. */
const benchmarks = [
  'Mã ngành (VSIC);Năm;Tên ngành;Kchuẩn1;Kchuẩn2 (%);Kchuẩn3 (%);Kchuẩn4;Ghi chú',
  '10;2025;Chế biến thực phẩm;100;8;40;50;',
  '10;2024;Chế biến thực phẩm;90;9;42;45;',
  ';2025;Thiếu mã;100;8;40;50;',
  '11;2025;Đồ uống;một trăm;7;38;60;',
  '13;2025;Dệt;80;-3;45;30;',
  '10;2024;Chế biến thực phẩm;90;9;42;45;',
  '14;2025;May mặc;70;6;50;25;',
].join('\r\n')

/** A dossier that assesses a level of technology, on the checklist of the circular. */
const begin = async (me: Person, name: string): Promise<void> => {
  await me.go('#/')
  await me.button(/^Tạo hồ sơ/).first().click()
  const dialog = me.page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /^Đánh giá trình độ/ }).check()
  await dialog.getByRole('textbox', { name: 'Tên hồ sơ' }).fill(name)
  await dialog.getByRole('button', { name: 'Tạo hồ sơ' }).click()
  await expect(me.page.getByRole('heading', { level: 1, name })).toBeVisible()
  me.dossier = /dossier\/([0-9a-f-]{36})/.exec(me.page.url())?.[1] ?? ''
  await me.section('Bảng kiểm')
  await me.page.getByRole('region', { name: pack.title.vi }).getByRole('button', { name: 'Dùng bảng kiểm này' }).click()
  await expect(me.page.getByText(/Tiêu chí 4 \(phần a\), 5, 6 và 8 chưa chấm được/).first()).toBeVisible()
}

const card = (me: Person, question: Question) => me.page.locator(`#q-${question.id}`)
/** A question further down is drawn when its place comes into view. */
const bringUp = async (me: Person, question: Question): Promise<void> => {
  await card(me, question).waitFor()
  await me.page.evaluate((id) => document.getElementById(id)?.scrollIntoView({ block: 'center' }), `q-${question.id}`)
}

/** Answers one question as a person at the keyboard does: digits for options, figures typed. */
const answer = async (me: Person, question: Question, value: Given[string]): Promise<void> => {
  const own = card(me, question)
  await bringUp(me, question)
  const digit = async (place: number): Promise<void> => {
    await own.locator('input').first().focus()
    await me.page.keyboard.press(String(place + 1))
    await expect(own.locator('input').nth(place)).toBeChecked()
  }
  switch (question.type) {
    case 'yesNo':
      return digit(value === true ? 0 : 1)
    case 'choice':
      for (const chosen of Array.isArray(value) ? value : [value]) await digit(question.options.findIndex((option) => option.value === chosen))
      return
    default:
      if (typeof value !== 'number') throw new Error(`${question.id} is not answered by a figure`)
      await own.locator('input').first().fill(String(value))
      await own.locator('input').first().blur()
      await expect(own.getByRole('button', { name: 'Xóa câu trả lời' })).toBeVisible()
  }
}

/** What stands on the screen can be used without seeing it or with a poor screen, and is no wider than the window. */
const sound = async (me: Person, what: string): Promise<void> => {
  const { violations } = await new AxeBuilder({ page: me.page }).setLegacyMode().analyze()
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`), what).toEqual([])
  expect.soft(await me.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), what).toBe(true)
}
const view = (me: Person, name: string) => me.page.getByRole('radiogroup', { name: 'Cách xem' }).getByText(name, { exact: true })
const sectionAt = async (me: Person, place: number): Promise<void> => {
  await me.page.getByRole('navigation', { name: 'Các phần', exact: true }).getByRole('button').nth(place).click()
}

/** The readings of section B by digits and Enter alone; `other` chooses the second option for the first question. */
const readingsByKeyboard = async (me: Person, other: boolean): Promise<void> => {
  await sectionAt(me, 1)
  const questions = pack.sections[1]?.questions.filter(({ type }) => type !== 'computed') ?? []
  const [first] = questions
  if (first === undefined) throw new Error('no readings')
  await card(me, first).locator('input').first().focus()
  for (const [index, question] of questions.entries()) {
    const place = other && index === 0 ? 1 : 0
    await me.page.keyboard.press(String(place + 1))
    await expect(card(me, question).locator('input').nth(place)).toBeChecked()
    const next = questions[index + 1]
    if (next === undefined) continue
    await me.page.keyboard.press('Enter')
    await expect.poll(() => me.page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-question]')?.dataset['question'])).toBe(next.id)
  }
}

test('a level of technology assessed: benchmarks imported with errors, two assessors, answers by key, class, radar, a gap ruled by the council', async ({ app }) => {
  const me = new Person(app)
  await me.createVault()
  await test.step('a dossier of its kind', () => begin(me, title))

  await test.step('benchmarks, with a reason for every row refused', async () => {
    await me.button(/^Nhập bảng từ tệp/).click()
    const dialog = me.page.getByRole('dialog')
    const chooser = me.page.waitForEvent('filechooser')
    await dialog.getByRole('button', { name: 'Chọn tệp' }).click()
    await (await chooser).setFiles({ name: 'hệ số ngành.csv', mimeType: 'text/csv', buffer: Buffer.from(`\u{feff}${benchmarks}`) })
    await expect(dialog.getByText('Đọc 7 dòng: dùng được 3, từ chối 4.')).toBeVisible()
    const refused = dialog.getByRole('table', { name: 'Các dòng bị từ chối' })
    await expect(refused.getByRole('row').filter({ hasText: /^4/ })).toContainText('Thiếu “Mã ngành (VSIC)”')
    await expect(refused.getByRole('row').filter({ hasText: /^5/ })).toContainText('“một trăm”')
    await expect(refused.getByRole('row').filter({ hasText: /^6/ })).toContainText('phải lớn hơn 0')
    await expect(refused.getByRole('row').filter({ hasText: /^7/ })).toContainText('lặp lại dòng 3')
    await sound(me, 'import of a reference table')
    await dialog.getByRole('textbox', { name: /Tìm theo mã/ }).fill('10 2025')
    await dialog.getByRole('radio', { name: /10, 2025/ }).check()
    await dialog.getByRole('button', { name: 'Dùng dòng đã chọn' }).click()
    await expect(dialog.getByRole('alert')).toHaveText('Hãy ghi nguồn công bố của bảng.')
    await me.fill('Nguồn công bố', 'Phụ lục II (số liệu thử)', dialog)
    await me.fill('Ngày công bố', '15/01/2026', dialog)
    await dialog.getByRole('button', { name: 'Dùng dòng đã chọn' }).click()
    await expect(dialog).toBeHidden()
    const chosen = me.page.getByRole('table', { name: /^Đang dùng/ })
    await expect(chosen.getByRole('cell', { name: 'Chế biến thực phẩm' })).toBeVisible()
    await expect(me.page.getByText(/Nguồn: Phụ lục II \(số liệu thử\), ngày 15\/01\/2026\. Tệp hệ số ngành\.csv/)).toBeVisible()
    await me.onDisk()
  })

  await test.step('two assessors answer alone, by keyboard', async () => {
    await view(me, 'Người đánh giá').click()
    for (const name of ['Lê Văn Bình', 'Trần Thị Cúc']) {
      await me.page.getByRole('textbox', { name: 'Họ và tên' }).fill(name)
      await me.button('Thêm người đánh giá').click()
      await expect(me.page.getByText(name).first()).toBeVisible()
    }
    for (const [index, name] of ['Lê Văn Bình', 'Trần Thị Cúc'].entries()) {
      await me.button(`Trả lời với tư cách ${name}`).click()
      await expect(me.page.getByText(`Đang trả lời riêng với tư cách ${name}`)).toBeVisible()
      // Nothing of the other is to be seen, not even that there are others.
      await expect(view(me, 'Người đánh giá')).toHaveCount(0)
      await sectionAt(me, 1)
      await expect(me.page.locator('[data-question] input:checked')).toHaveCount(0)
      await readingsByKeyboard(me, index === 1)
      await me.button('Về câu trả lời chung').click()
      await view(me, 'Người đánh giá').click()
      await me.button(`Nộp phần trả lời của ${name}`).click()
      await me.page.getByRole('dialog').getByRole('button', { name: 'Nộp' }).click()
      await expect(me.page.getByRole('dialog')).toBeHidden()
      if (index === 0) await expect(me.page.getByText(/Cần ít nhất hai người đã nộp/)).toBeVisible()
    }
  })

  await test.step('their difference is settled', async () => {
    await expect(me.page.getByText('Mức thống nhất: 7/8 câu giống nhau (87,5 %)')).toBeVisible()
    await expect(me.page.getByText(/Hệ số kappa của Cohen/)).toBeVisible()
    const table = me.page.getByRole('table', { name: 'So sánh câu trả lời' })
    await expect(table.getByRole('row')).toHaveCount(2)
    await sound(me, 'assessors')
    await table.getByRole('button', { name: 'Chọn câu trả lời của Lê Văn Bình' }).click()
    await expect(me.page.getByText('Không có câu nào như vậy.')).toBeVisible()
    await me.button('Lấy 7 câu trả lời giống nhau làm câu trả lời chung').click()
    await expect(me.page.getByText('Đã lấy 7 câu trả lời giống nhau.')).toBeVisible()
    await me.onDisk()
  })

  await test.step('the rest is answered with digits and figures', async () => {
    await view(me, 'Trả lời').click()
    await expect(me.page.getByText('Đã trả lời 8/59 câu')).toBeVisible()
    for (const [place, section] of pack.sections.entries()) {
      await sectionAt(me, place)
      for (const question of section.questions) {
        const value = given[question.id]
        if (question.type !== 'computed' && value !== undefined) await answer(me, question, value)
      }
    }
    await expect(me.page.getByText('83/100 điểm', { exact: true }).first()).toBeVisible()
    await me.onDisk()
  })

  await test.step('results: class, gap, radar, what moves the class', async () => {
    await view(me, 'Kết quả').click()
    await expect(me.page.getByText('Không thuộc mức nào theo quy định.').first()).toBeVisible()
    await expect(me.page.getByText('Quy định không bao quát trường hợp này')).toBeVisible()
    const radar = me.page.getByRole('img', { name: /^Kết quả so với ngưỡng xếp loại/ })
    await expect(radar).toBeVisible()
    await expect(radar).toHaveAccessibleName(/R\. Năng lực nghiên cứu, phát triển 0 %/)
    await me.button('Thử giả định').click()
    await sound(me, 'results')
    const slider = me.page.getByRole('slider', { name: /^20\. / })
    await slider.focus()
    for (let i = 0; i < 8; i += 1) await me.page.keyboard.press('ArrowRight')
    await expect(me.page.getByText(/^Theo giả định: 87\/100 điểm/)).toBeVisible()
    await me.button('Bỏ giả định').click()
    await expect(me.page.getByText(/^Theo giả định: 83\/100 điểm/)).toBeVisible()
    await me.page.getByRole('button', { name: /^Xem 18\./ }).or(me.page.getByRole('button', { name: /18\. / })).first().click()
    await expect(me.page.locator('#c-c18')).toBeInViewport()
  })

  await test.step('consent of the enterprise', async () => {
    await view(me, 'Kết quả').click()
    await expect(me.page.getByText('Chưa ghi nhận ý kiến của doanh nghiệp')).toBeVisible()
    await me.button('Ghi nhận ý kiến').click()
    const dialog = me.page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /^Đồng ý/ }).check()
    await me.fill('Người ký văn bản', 'Phạm Thị Dung', dialog)
    await me.fill('Chức vụ', 'Giám đốc', dialog)
    await dialog.getByRole('button', { name: 'Ghi nhận' }).click()
    await expect(me.page.getByText(/Doanh nghiệp đồng ý: Phạm Thị Dung, Giám đốc/)).toBeVisible()
  })

  await test.step('evidence for every answer that demands it', async () => {
    await me.section('Chứng cứ')
    await me.page.locator('input[type="file"]').first().setInputFiles({ name: `${evidence}.txt`, mimeType: 'text/plain', buffer: Buffer.from('Khảo sát ngày 02/11/2026.\n'.repeat(50)) })
    await expect(me.page.getByRole('region', { name: 'Danh sách chứng cứ' }).getByText(evidence)).toBeVisible()
    await me.section('Bảng kiểm')
    await view(me, 'Chứng cứ').click()
    await expect(me.page.getByText(/^Câu .*: cần 1, mới có 0$/).first()).toBeVisible()
    await expect(me.page.getByRole('region', { name: 'Chứng cứ chưa làm căn cứ cho câu nào' }).getByText(evidence)).toBeVisible()
    // One at the question itself, the others in one step.
    const demanding = pack.sections.flatMap((section) => section.questions).filter(({ id, evidence: asked }) => (asked?.least ?? 0) > 0 && given[id] !== undefined && given[id] !== false)
    const [one, ...others] = demanding
    if (one === undefined) throw new Error('no question demands evidence')
    await view(me, 'Trả lời').click()
    await sectionAt(me, pack.sections.findIndex(({ questions }) => questions.includes(one)))
    await bringUp(me, one)
    await card(me, one).getByRole('button', { name: /^Dẫn chứng cứ/ }).click()
    await me.page.getByRole('dialog').getByRole('button', { name: new RegExp(evidence) }).click()
    await expect(card(me, one).getByRole('link', { name: new RegExp(evidence) })).toBeVisible()
    await view(me, 'Chứng cứ').click()
    await me.button('Dẫn chứng cứ cho nhiều câu…').click()
    const dialog = me.page.getByRole('dialog')
    const lines = dialog.getByRole('listitem')
    await expect(dialog.getByRole('combobox', { name: 'Hiện' })).toHaveValue('lacking')
    await expect(lines).toHaveCount(others.length)
    await sound(me, 'evidence for many questions')
    await lines.first().getByRole('checkbox').focus()
    await me.page.keyboard.press('Space')
    await expect(dialog.getByRole('status')).toHaveText('Dẫn thêm cho 1 câu.')
    await me.page.keyboard.press('ArrowDown')
    await expect(lines.nth(1).getByRole('checkbox')).toBeFocused()
    await dialog.getByRole('checkbox', { name: `Cả ${String(others.length)} câu đang hiện` }).check()
    await expect(dialog.getByRole('status')).toHaveText(`Dẫn thêm cho ${String(others.length)} câu.`)
    await me.page.keyboard.press('Control+Enter')
    await expect(dialog).toBeHidden()
    await expect(me.page.getByText(`Đã ghi chứng cứ của ${String(others.length)} câu.`)).toBeVisible()
    await expect(me.page.getByText('Mọi câu đã trả lời đều có đủ chứng cứ được yêu cầu.')).toBeVisible()
    await sound(me, 'evidence matrix')
    const matrix = me.page.getByRole('grid', { name: 'Ma trận chứng cứ' })
    await expect(matrix.getByRole('img', { name: `${evidence} làm căn cứ cho câu A1`, exact: true })).toBeVisible()
    await me.onDisk()
  })

  await test.step('the facts of the dossier, its licence, and over to the council', async () => {
    await me.section('Thông tin chung')
    await me.fill('Mô tả công nghệ', 'Dây chuyền sấy lúa tầng sôi và tháp, công suất 40 tấn một giờ.')
    await me.fill('Lĩnh vực', 'Công nghệ sau thu hoạch')
    const names = me.page.getByRole('textbox', { name: 'Tên cá nhân hoặc tổ chức' })
    for (const [index, name] of ['Công ty TNHH Hòa An (minh họa)', 'Sở Khoa học và Công nghệ (minh họa)'].entries()) {
      await names.nth(index).fill(name)
      await names.nth(index).blur()
    }
    await me.page.getByRole('combobox', { name: 'Mục đích' }).selectOption({ label: 'Vay vốn, bảo đảm nghĩa vụ' })
    await me.fill('Tên tổ chức', 'Trung tâm Đánh giá Công nghệ (minh họa)')
    await me.fill('Người đại diện theo pháp luật', 'Nguyễn Văn Phúc')
    await me.fill('Số giấy chứng nhận', '12/GCN')
    await me.fill('Ngày cấp', '05/03/2025')
    await expect(me.page.getByText(/Có giấy chứng nhận: báo cáo được mang tên gọi/)).toBeVisible()
    await me.button('Thêm người').click()
    await me.fill('Họ và tên', 'Nguyễn Thị Ánh')
    await me.onDisk()
    await me.section('Hội đồng')
    await expect(me.page.getByText('Hội đồng quyết định sau khi hồ sơ được trình.')).toBeVisible()
    await me.section('Báo cáo & gửi')
    await me.button('Trình hội đồng').click()
    await expect(me.page.getByText('Hội đồng đang xét').first()).toBeVisible()
  })

  await test.step('the council rules on the gap', async () => {
    await me.section('Hội đồng')
    await me.button('Quyết định mức').click()
    const dialog = me.page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Ghi quyết định' }).click()
    await expect(dialog.getByRole('alert')).toBeVisible()
    await dialog.getByRole('combobox', { name: 'Mức xếp loại' }).selectOption({ label: 'Trình độ và năng lực công nghệ sản xuất trung bình tiên tiến' })
    await me.fill('Lý do', 'Tổng điểm cao nhưng doanh nghiệp chưa nghiên cứu, phát triển.', dialog)
    await dialog.getByRole('button', { name: 'Ghi quyết định' }).click()
    await expect(dialog).toBeHidden()
    await expect(me.page.getByText('Hội đồng quyết định: Trình độ và năng lực công nghệ sản xuất trung bình tiên tiến')).toBeVisible()
    await me.section('Bảng kiểm')
    await expect(me.page.getByText('Mức: Trình độ và năng lực công nghệ sản xuất trung bình tiên tiến')).toBeVisible()
    await view(me, 'Kết quả').click()
    await expect(me.page.getByText(/Hội đồng quyết định: .* Lý do: Tổng điểm cao/)).toBeVisible()
    await me.onDisk()
  })
  await test.step('another dossier takes a row of the table kept, and is compared with the first', async () => {
    await begin(me, 'Nhà máy chế biến cà phê')
    await me.button('Dùng bảng đã nhập').click()
    await me.page.getByRole('menuitem', { name: /hệ số ngành\.csv, 3 dòng/ }).click()
    const dialog = me.page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /14, 2025/ }).check()
    await dialog.getByRole('button', { name: 'Dùng dòng đã chọn' }).click()
    await expect(me.page.getByRole('table', { name: /^Đang dùng/ }).getByRole('cell', { name: 'May mặc' })).toBeVisible()
    await view(me, 'Kết quả').click()
    await me.button('Chọn lần trước').click()
    await dialog.getByRole('button', { name: `Chọn ${title}` }).click()
    await expect(dialog.getByText(new RegExp(`^${title}, `))).toBeVisible()
    await dialog.getByRole('button', { name: 'Chọn lần trước' }).click()
    const then = me.page.getByRole('table', { name: 'So với lần đánh giá trước' })
    await expect(then.getByRole('row', { name: /^Tổng điểm 83/ })).toBeVisible()
    await expect(then.getByRole('row', { name: /^Mức xếp loại .* trung bình tiên tiến chưa xếp mức/ })).toBeVisible()
    await me.onDisk()
  })
  expect(app.complaints).toEqual([])
})
