import { expect } from '@playwright/test'
import type { Locator } from '@playwright/test'
import { writeWorkbook } from '../../renderer/ui/spreadsheet/write.ts'
import { answerTemplate } from '../../shared/report/template/build.ts'
import type { Cell, Workbook } from '../../shared/report/workbook/model.ts'
import { packRef } from '../../shared/rulepack/load.ts'
import { benchmarkRow, level } from './assessment-answers.ts'
import { filled, packOn } from './assessment-dossiers.ts'
import type { Photographer } from './photographer.ts'

/*
 * The pictures of assessments: a template filled in with some mistakes, the checklist of Circular 17/2019 answered and scored, two assessors,
 * weights by pairwise comparison, and the editor of rule packs.
 */

const mainPack = 'tt17-2019'
/** Questions that two assessors answer, each on a scale of five. */
const firstSection = packOn('weighted').pack.sections[0]?.questions.map(({ id }) => id) ?? []

/** The workbook with what an enterprise mistyped: the cell that answers a question, by the id in its row. */
const mistyped = (workbook: Workbook, wrong: Readonly<Record<string, string>>): Workbook => {
  const left = new Set(Object.keys(wrong))
  const sheets = workbook.sheets.map((sheet) => ({
    ...sheet,
    rows: sheet.rows.map((row) => {
      const last = row[5]
      const id = last?.content.kind === 'text' ? last.content.text : ''
      const text = wrong[id]
      if (text === undefined || !left.delete(id)) return row
      return row.map((cell, column): Cell | null => (column === 3 && cell !== null ? { ...cell, content: { kind: 'text', text } } : cell))
    }),
  }))
  if (left.size > 0) throw new Error(`the template has no question ${[...left].join(', ')}`)
  return { ...workbook, sheets }
}

const filledTemplate = async (): Promise<Buffer> => {
  const loaded = packOn(mainPack)
  const workbook = answerTemplate(loaded.pack, packRef(loaded), filled(mainPack, level), 'vi')
  return Buffer.from(await writeWorkbook(mistyped(workbook, { 'cong-nhan': 'khoảng 120', 'tieu-chuan': 'Tiêu chuẩn ngành', 'nang-luong': '9.870', 'bac-cao': '-4' })))
}

const benchmarks = [
  'Mã ngành (VSIC);Năm;Tên ngành;Kchuẩn1;Kchuẩn2;Kchuẩn3;Kchuẩn4',
  ...[benchmarkRow, { ...benchmarkRow, vsic: '1010', industry: 'Chế biến, bảo quản thịt', k1: 210, k2: 6.1, k3: 58, k4: 335 }, { ...benchmarkRow, vsic: '1020', industry: 'Chế biến, bảo quản thủy sản', k1: 165, k2: 5.8, k3: 61, k4: 290 }]
    .map(({ vsic, year, industry, k1, k2, k3, k4 }) => [vsic, year, industry, k1, k2, k3, k4].map((cell) => String(cell).replace('.', ',')).join(';')),
].join('\n')

const view = async (me: Photographer, name: string): Promise<void> => {
  await me.page.locator('label').filter({ hasText: new RegExp(`^${name}$`) }).first().click()
}
const part = (me: Photographer, name: RegExp): Locator => me.page.getByRole('navigation', { name: /^(Các phần|Sections)$/ }).getByRole('button', { name })

/** Both assessors answer the first section, two questions of it otherwise. */
const twoAssessors = async (me: Photographer): Promise<void> => {
  await view(me, 'Người đánh giá')
  for (const [name, levels] of [['Nguyễn Thị Ánh', [3, 2, 3, 2]], ['Đỗ Quang Vinh', [3, 3, 3, 1]]] as const) {
    await me.page.getByRole('textbox', { name: 'Họ và tên' }).fill(name)
    await me.button('Thêm người đánh giá').click()
    await me.button(`Trả lời với tư cách ${name}`).click()
    await part(me, /^.*Công nghệ/).click()
    for (const [index, level] of levels.entries()) {
      // A card is drawn once it comes into view.
      const card = me.page.locator(`#q-${firstSection[index] ?? ''}`)
      await card.scrollIntoViewIfNeeded()
      await me.choose(card.getByRole('radio').nth(level))
    }
    await me.button('Về câu trả lời chung').click()
    await view(me, 'Người đánh giá')
    await me.button(`Nộp phần trả lời của ${name}`).click()
    await me.page.getByRole('dialog').getByRole('button', { name: 'Nộp', exact: true }).click()
  }
  await expect(me.page.getByText(/Hệ số kappa/)).toBeVisible()
}

/** Judgements of one expert on the six main groups. */
const compareGroups = async (me: Photographer): Promise<void> => {
  const panel = me.page.getByRole('region', { name: 'Trọng số' })
  await panel.getByRole('combobox', { name: 'Cách xác định' }).selectOption({ label: 'So sánh từng cặp (AHP)' })
  await panel.getByRole('button', { name: 'Thêm chuyên gia' }).click()
  await me.fill('Họ và tên chuyên gia', 'TS. Trần Minh Khoa', panel)
  const pairs = panel.getByRole('combobox', { name: / so với / })
  const degrees = [1, 3, 5, 3, 3, 3, 3, 1, 3, 2, -2, 1, -2, 1, 3]
  await expect(pairs).toHaveCount(degrees.length)
  for (const [index, degree] of degrees.entries()) {
    await pairs.nth(index).selectOption(String(degree))
    await expect(panel.getByText(`Đã so sánh ${String(index + 1)}/${String(degrees.length)} cặp`)).toBeVisible()
  }
}

export const assessments = async (me: Photographer): Promise<void> => {
  await me.createOfKind('Trình độ công nghệ xưởng sấy trái cây (minh họa)', /^Đánh giá trình độ công nghệ/)
  await me.section('Bảng kiểm')
  await me.page.getByRole('region', { name: /Thông tư 17\/2019/ }).getByRole('button', { name: 'Dùng bảng kiểm này' }).click()

  const buffer = await filledTemplate()
  const dialog = me.page.getByRole('dialog')
  const bringIn = async (): Promise<void> => {
    await me.page.getByLabel(/^(Nhập mẫu đã điền|Import a filled template)$/).setInputFiles({ name: 'mau-tt17-2019.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer })
    await expect(dialog).toBeVisible()
  }
  await me.picture('template', bringIn)
  await bringIn()
  await dialog.getByRole('button', { name: 'Nhập các câu trả lời' }).click()
  await expect(dialog).toBeHidden()
  // What was refused is answered here.
  for (const [id, text] of [['nang-luong', '9.870.000.000'], ['tieu-chuan', ''], ['cong-nhan', '120'], ['bac-cao', '14']] as const) {
    await me.button(/^Câu tiếp theo chưa trả lời/).click()
    const card = me.page.locator(`#q-${id}`)
    if (text === '') await me.choose(card.getByRole('radio').nth(2))
    else await me.fill(/^Câu /, text, card)
  }

  await me.button(/^Nhập bảng từ tệp/).click()
  await dialog.locator('input[type="file"]').setInputFiles({ name: 'bang-chuan-nganh-minh-hoa.csv', mimeType: 'text/csv', buffer: Buffer.from(benchmarks) })
  await dialog.getByRole('radio', { name: /1030/ }).click()
  await dialog.getByRole('textbox', { name: 'Nguồn công bố' }).fill('Số liệu minh họa, không phải bảng chính thức')
  await dialog.getByRole('textbox', { name: 'Ngày công bố' }).fill('15/01/2026')
  await dialog.getByRole('button', { name: 'Dùng dòng đã chọn' }).click()
  await expect(dialog).toBeHidden()

  await part(me, /Hiện trạng thiết bị/).click()
  await me.picture('answering', me.top(() => me.page.locator('#q-giai-phap'), 150))
  await view(me, 'Kết quả')
  await me.picture('results', me.top(() => me.page.getByRole('heading', { name: /^(Biểu đồ|Charts)$/ })))
  await me.button('Thêm bảng kiểm').click()
  await dialog.getByRole('region', { name: /^Chấm điểm theo cây tiêu chí/ }).getByRole('button', { name: 'Dùng bảng kiểm này' }).click()
  await expect(dialog).toBeHidden()
  await compareGroups(me)
  await me.picture('weights', me.top(() => me.page.getByRole('heading', { name: /^(Trọng số|Weights)$/ })))
  await twoAssessors(me)
  await me.picture('assessors', me.top(() => me.page.getByRole('heading', { name: /^(So sánh câu trả lời|Answers side by side)$/ })))

  await me.go('#/packs')
  await me.page.getByRole('link', { name: /^Trình độ và năng lực công nghệ sản xuất/ }).click()
  await me.button('Chép thành bản nháp').click()
  await dialog.getByRole('button', { name: 'Bắt đầu soạn' }).click()
  await me.page.getByRole('navigation', { name: 'Các phần của bộ' }).getByRole('button', { name: /^4\. Mức độ tự động hóa/ }).click()
  await me.picture('editor')
}
