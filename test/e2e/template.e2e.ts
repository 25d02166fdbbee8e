import { execFileSync } from 'node:child_process'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { questionsOf } from '../../shared/rulepack/load.ts'
import { packOn } from '../support/assessment-dossiers.ts'
import { level } from '../support/assessment-answers.ts'
import { expect, test } from './app.ts'
import { lateExchange, makeP12 } from './delivery.ts'
import { filledTemplate, typedFor } from './filled-template.ts'
import { journey } from './journey.ts'
import { Person } from './person.ts'

test.describe.configure({ timeout: 600_000 })

const { pack } = packOn('tt17-2019')

const benchmarks = `Hệ số chuẩn của ngành, số liệu thử
Mã ngành (VSIC);Năm;Tên ngành;Kchuẩn1;Kchuẩn2;Kchuẩn3;Kchuẩn4
1010;2025;Chế biến thịt;không có;5,1;52;240
1020;2025;Chế biến thủy sản;150;-3;48;260
;2025;Không rõ ngành;150;5;48;260
1030;2025;Chế biến và bảo quản rau quả;190;7,4;46;310
1050;2025;Chế biến sữa;260;4,2;55;520
`

/** The seven mistakes of the first try, by the line they stand on, and a part of what the person is told. */
const mistakes: readonly (readonly [label: string, given: string, why: string])[] = [
  ['A2', 'hai trăm bốn mươi', 'Không đọc được “hai trăm bốn mươi” là con số.'],
  ['4.3', '', 'Câu 4.3 vừa chọn mục vừa ghi là không có mục nào.'],
  ['7.1', 'Tiêu chuẩn của hãng', '“Tiêu chuẩn của hãng” không có trong danh sách'],
  ['12.1', '-5', '“-5” nằm ngoài khoảng cho phép.'],
  ['15.1', '3.180', '“3.180” là chữ và có thể hiểu theo hai cách.'],
  ['22.1', 'chưa có', '“chưa có” không phải Có, Không hoặc x.'],
  ['', '9870000000', 'Bảng kiểm không có câu hỏi mang mã “nang-luong-cu”.'],
]

const saved = async (documents: string, pattern: RegExp): Promise<Uint8Array<ArrayBuffer>> => {
  const name = (await readdir(documents, { recursive: true })).find((one) => pattern.test(one))
  return new Uint8Array(await readFile(path.join(documents, name ?? '')))
}

test('an enterprise fills in the template with mistakes; the assessment goes to the council, is sealed, reported in both languages, and leaves the house only with consent', async ({ app }) => {
  const me = new Person(app)
  const { page } = me
  const dialog = page.getByRole('dialog')
  const exchange = lateExchange()
  const steps = new Map(journey(makeP12(), exchange.start).map((step) => [step.name, step]))
  /** The acts of a step of the great journey, but for those by index that this one does not need. */
  const take = async (name: string, without: readonly number[] = []): Promise<void> => {
    const step = steps.get(name)
    if (step === undefined) throw new Error(name)
    for (const [index, act] of step.acts.entries()) if (!without.includes(index)) await act(me)
  }
  const typed = typedFor(pack, level)
  const template = path.join(app.folder, 'mau-da-dien.xlsx')
  const picker = page.locator('input[type=file][accept=".xlsx"]')
  try {
    await test.step('a dossier of its own kind, with the checklist', async () => {
      await me.createVault()
      await me.button(/^Tạo hồ sơ/).first().click()
      await dialog.getByRole('radio', { name: /^Đánh giá trình độ công nghệ/ }).check()
      await dialog.getByRole('textbox', { name: 'Tên hồ sơ' }).fill('Dây chuyền sấy trái cây (minh họa)')
      await dialog.getByRole('button', { name: 'Tạo hồ sơ' }).click()
      await expect(page).toHaveURL(/#\/dossier\/[0-9a-f-]{36}\//)
      me.dossier = /dossier\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
      await me.section('Thông tin chung')
      await me.fill('Mô tả công nghệ', 'Dây chuyền sấy trái cây nhiệt đới bằng bơm nhiệt.')
      await me.fill('Lĩnh vực', 'Công nghệ sau thu hoạch')
      const names = page.getByRole('textbox', { name: 'Tên cá nhân hoặc tổ chức' })
      for (const [index, name] of ['Công ty CP Trái cây Cửu Long (minh họa)', 'Sở Khoa học và Công nghệ (minh họa)'].entries()) {
        await names.nth(index).fill(name)
        await names.nth(index).blur()
      }
      await page.getByRole('combobox', { name: 'Mục đích' }).selectOption({ label: 'Kêu gọi hoặc quyết định đầu tư' })
      await me.fill('Tên tổ chức', 'Trung tâm Đánh giá công nghệ Thăng Long (minh họa)')
      await me.fill('Người đại diện theo pháp luật', 'Nguyễn Văn Phúc')
      await me.button('Thêm người').click()
      await me.fill('Họ và tên', 'Nguyễn Thị Ánh')
      await me.onDisk()
      await me.section('Chứng cứ')
      await page.locator('input[type="file"]').first().setInputFiles({ name: 'báo cáo tài chính.txt', mimeType: 'text/plain', buffer: Buffer.from('Doanh thu 2025: 151,3 tỷ đồng.') })
      await expect(page.getByRole('region', { name: 'Danh sách chứng cứ' }).getByText('báo cáo tài chính')).toBeVisible()
      await me.section('Bảng kiểm')
      await page.getByRole('region', { name: /^Trình độ và năng lực công nghệ sản xuất/ }).getByRole('button', { name: 'Dùng bảng kiểm này' }).click()
      await expect(page.getByRole('navigation', { name: 'Các phần', exact: true })).toBeVisible()
    })

    await test.step('the template is saved, filled in with mistakes, and every one of them is named', async () => {
      await me.button('Mẫu trả lời').click()
      await page.getByRole('menuitem', { name: 'Xuất mẫu Excel để điền' }).click()
      await expect(page.getByText(/^Đã lưu mẫu mau-tt17-2019-.*\.xlsx vào /)).toBeVisible({ timeout: 30_000 })
      const empty = await saved(app.documents, /mau-tt17-2019-.*\.xlsx$/)
      const wrong = new Map([...typed, ['lao-dong', 'hai trăm bốn mươi'], ['giai-phap#', 'x'], ['tieu-chuan', 'Tiêu chuẩn của hãng'], ['cong-nhan', -5], ['san-luong-thuc-te', '3.180'], ['quy', 'chưa có']] as const)
      await writeFile(template, await filledTemplate(empty, wrong, new Map([['nang-luong', 'nang-luong-cu']])))
      await picker.setInputFiles(template)
      await expect(dialog.getByRole('heading', { name: 'Nhập câu trả lời từ mẫu' })).toBeVisible({ timeout: 30_000 })
      const refused = dialog.getByRole('table', { name: `${String(mistakes.length)} ô không nhập được` })
      for (const [label, given, why] of mistakes) {
        const row = refused.getByRole('row').filter({ hasText: why })
        await expect(row).toHaveCount(1)
        if (label !== '') await expect(row.getByRole('cell', { name: label, exact: true })).toBeVisible()
        if (given !== '') await expect(row.getByRole('cell', { name: given, exact: true })).toBeVisible()
      }
      await expect(refused.getByRole('row')).toHaveCount(mistakes.length + 1)
      await dialog.getByRole('button', { name: 'Nhập các câu trả lời' }).click()
      await expect(dialog).toBeHidden()
      await expect(page.getByText('Đã nhập 52 câu trả lời.')).toBeVisible()
      await me.onDisk()
    })

    await test.step('mended and read again: only what was missing comes in', async () => {
      await writeFile(template, await filledTemplate(await saved(app.documents, /mau-tt17-2019-.*\.xlsx$/), typed))
      await picker.setInputFiles(template)
      await expect(dialog.getByText('Sẽ nhập 7 câu trả lời.')).toBeVisible({ timeout: 30_000 })
      await expect(dialog.getByText('52 câu giống với hồ sơ nên giữ nguyên.')).toBeVisible()
      await expect(dialog.getByText(/ô không nhập được/)).toBeHidden()
      await dialog.getByRole('button', { name: 'Nhập các câu trả lời' }).click()
      await expect(dialog).toBeHidden()
      await expect(page.getByText('Tạm tính 41/100 điểm')).toBeVisible()
    })

    await test.step('benchmarks from a file with mistakes; the row that applies completes the result', async () => {
      const file = path.join(app.folder, 'chuan-nganh.csv')
      await writeFile(file, `\uFEFF${benchmarks}`)
      await page.getByRole('button', { name: /^Nhập bảng từ tệp: Hệ số chuẩn/ }).first().click()
      await expect(dialog.getByRole('heading', { name: /^Nhập bảng tham chiếu/ })).toBeVisible()
      await page.locator('input[type=file][accept*=".csv"]').setInputFiles(file)
      await expect(dialog.getByText('Đọc 5 dòng: dùng được 2, từ chối 3.')).toBeVisible()
      const reasons = dialog.getByRole('table', { name: 'Các dòng bị từ chối' })
      for (const line of ['3', '4', '5']) await expect(reasons.getByRole('row').filter({ has: page.getByRole('cell', { name: line, exact: true }) })).toHaveCount(1)
      await dialog.getByRole('radio', { name: /1030, 2025$/ }).check()
      await dialog.getByRole('button', { name: 'Dùng dòng đã chọn' }).click()
      await expect(dialog.getByRole('alert')).toContainText('Hãy ghi nguồn công bố của bảng.')
      await me.fill(/^Nguồn công bố/, 'Số liệu thử của người soạn hồ sơ', dialog)
      await me.fill(/^Ngày công bố/, '15/01/2026', dialog)
      await dialog.getByRole('button', { name: 'Dùng dòng đã chọn' }).click()
      await expect(dialog).toBeHidden()
      await expect(page.getByText('52/100 điểm', { exact: true })).toBeVisible()
      await expect(page.getByText('Mức: Trình độ và năng lực công nghệ sản xuất trung bình')).toBeVisible()
      await me.onDisk()
    })

    await test.step('every answer that needs it cites its evidence', async () => {
      for (const { id, evidence } of questionsOf(pack)) {
        if ((evidence?.least ?? 0) === 0) continue
        // A long list draws what is in view: the address brings the question there.
        await me.go(`#/dossier/${me.dossier}/checklist/${id}`)
        const card = page.locator(`[data-question="${id}"]`)
        await card.getByRole('button', { name: /^Dẫn chứng cứ/ }).click()
        await page.getByRole('dialog').getByRole('button', { name: /báo cáo tài chính/ }).click()
        await expect(card.getByRole('link', { name: /báo cáo tài chính/ })).toBeVisible()
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toBeHidden()
      }
      await me.onDisk()
    })

    await test.step('council, seal, and the report in both languages', async () => {
      for (const name of ['submit', 'council', 'seal']) await take(name)
      for (const [choice, title, language] of [['Tiếng Việt', 'BÁO CÁO KẾT QUẢ ĐÁNH GIÁ TRÌNH ĐỘ VÀ NĂNG LỰC CÔNG NGHỆ SẢN XUẤT', 'vi'], ['Tiếng Anh', 'REPORT ON THE LEVEL AND CAPABILITY OF PRODUCTION TECHNOLOGY', 'en']] as const) {
        await page.getByRole('radiogroup', { name: 'Xem báo cáo' }).getByText(choice, { exact: true }).click()
        await me.button(/^(Dựng báo cáo|Dựng lại)$/).click()
        await expect(me.button('Lưu bản này')).toBeEnabled({ timeout: 60_000 })
        await expect.poll(async () => {
          await me.button('Lưu bản này').click()
          // Without consent a report is saved for the enterprise itself only, and the person says so.
          await expect(dialog.getByText('Kết quả này chỉ được giao cho chính doanh nghiệp được đánh giá.', { exact: false })).toBeVisible()
          await dialog.getByRole('button', { name: 'Lưu để giao cho doanh nghiệp' }).click()
          await expect(dialog).toBeHidden()
          return (await readdir(app.documents, { recursive: true })).some((name) => name.includes(`-${language}`) && name.endsWith('.pdf'))
        }, { timeout: 60_000 }).toBe(true)
        const file = path.join(app.folder, `bao-cao-${language}.pdf`)
        await writeFile(file, await saved(app.documents, new RegExp(`-${language}[^/]*\\.pdf$`)))
        const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).normalize('NFC').replace(/\s+/g, ' ')
        for (const words of [title, '52/100', '17/2019/TT-BKHCN', 'chuan-nganh.csv', language === 'vi' ? 'Chưa có văn bản đồng ý của doanh nghiệp' : 'The enterprise has not given its consent']) expect(text).toContain(words)
      }
    })

    await test.step('without consent nothing is sent, and the sentence says why', async () => {
      await take('sign')
      await me.section('Báo cáo & gửi')
      const held = page.getByText(/Chưa ghi nhận văn bản đồng ý của doanh nghiệp nên kết quả này không được gửi hoặc xuất cho bên thứ ba/)
      await expect(held).toHaveCount(1)
      await expect(me.button('Đưa vào hộp gửi')).toHaveCount(0)
      await me.button('Lưu gói hồ sơ').click()
      await expect(held).toHaveCount(2)
      // Notices lie over the sections of the dossier until they are closed.
      const notices = page.getByRole('region', { name: 'Thông báo' }).getByRole('button', { name: 'Đóng thông báo' })
      await expect(async () => {
        if (await notices.count() > 0) await notices.first().click({ timeout: 1000 })
        await expect(held).toHaveCount(1, { timeout: 500 })
      }).toPass()
      expect((await readdir(app.documents, { recursive: true })).filter((name) => name.endsWith('.lgz'))).toEqual([])
    })

    await test.step('a correcting dossier records the consent and goes to the exchange', async () => {
      await me.button('Lập hồ sơ đính chính').click()
      await dialog.getByRole('button', { name: 'Lập hồ sơ đính chính' }).click()
      await expect(page).not.toHaveURL(new RegExp(me.dossier))
      me.dossier = /dossier\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
      await me.section('Bảng kiểm')
      await expect(page.getByText('52/100 điểm', { exact: true })).toBeVisible()
      await page.getByRole('radiogroup', { name: 'Cách xem' }).getByText('Kết quả', { exact: true }).click()
      await me.button('Ghi nhận ý kiến').click()
      await dialog.getByRole('radio', { name: 'Đồng ý cung cấp kết quả cho bên thứ ba' }).check()
      await me.fill(/^Người ký văn bản/, 'Lê Văn Phúc', dialog)
      await me.fill(/^Phạm vi/, 'Sở Khoa học và Công nghệ', dialog)
      await dialog.getByRole('button', { name: 'Ghi nhận' }).click()
      await expect(page.getByText(/^Doanh nghiệp đồng ý: Lê Văn Phúc/)).toBeVisible()
      await me.onDisk()
      // The members came over with the content; they declare and score anew.
      for (const name of ['submit', 'council', 'seal', 'sign', 'queue', 'send']) await test.step(name, () => take(name, name === 'council' ? [1] : []))
      expect(await exchange.problems()).toEqual([])
    })
    expect(app.complaints.filter((line) => !/net::ERR_(CONNECTION|NAME)/i.test(line))).toEqual([])
  } finally {
    await exchange.stop()
  }
})
