import { expect } from '@playwright/test'
import type { Person } from './person.ts'

/** One step of the journey as small acts; between any two of them the page may be killed. */
export interface Step {
  readonly name: string
  readonly acts: readonly ((me: Person) => Promise<void>)[]
}

export const title = 'Sấy lạnh nông sản bằng bơm nhiệt DAUVETTIEUDE'
/** Stands in texts that must never be readable on disk. */
export const marker = 'DAUVETBIMAT'

const members: readonly (readonly [name: string, role: string, fields: readonly string[]])[] = [
  ['Lê Văn Bình', 'Chủ tịch', ['Cơ quan nhà nước về KH&CN']],
  ['Trần Thị Cúc', 'Phó Chủ tịch', ['Cơ quan nhà nước về KH&CN', 'Thương mại hóa']],
  ['Phạm Đức Dũng', 'Thư ký', ['Thương mại hóa', 'Pháp luật sở hữu trí tuệ']],
  ['Hoàng Thị Én', 'Ủy viên phản biện', ['Đánh giá, định giá']],
  ['Vũ Minh Giang', 'Ủy viên', ['Doanh nghiệp', 'Đầu tư']],
  ['Đỗ Thu Hà', 'Ủy viên', ['Doanh nghiệp', 'Đầu tư']],
  ['Bùi Quang Khải', 'Ủy viên', ['Pháp luật sở hữu trí tuệ', 'Chuyên ngành công nghệ']],
]

const create: Step = {
  name: 'create',
  acts: [
    async (me) => {
      await me.page.evaluate(() => { window.location.hash = '#/' })
      await me.button(/^Tạo hồ sơ/).first().click()
      const dialog = me.page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: 'Tên hồ sơ' }).fill(title)
      await dialog.getByRole('button', { name: 'Tạo hồ sơ' }).click()
      await expect(me.page).toHaveURL(/#\/dossier\/[0-9a-f-]{36}\//)
      me.dossier = /dossier\/([0-9a-f-]{36})/.exec(me.page.url())?.[1] ?? ''
    },
    async (me) => {
      await me.section('Tổng quan')
      await expect(me.page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    },
  ],
}

const profile: Step = {
  name: 'profile',
  acts: [
    async (me) => {
      await me.section('Thông tin chung')
      await me.fill('Mô tả công nghệ', `Sấy lạnh nông sản ở 35–45 °C bằng bơm nhiệt kín, thu hồi ẩn nhiệt. ${marker}`)
      await me.fill('Lĩnh vực', 'Công nghệ sau thu hoạch')
      await me.onDisk()
    },
    async (me) => {
      await me.section('Thông tin chung')
      await expect(me.page.getByRole('textbox', { name: 'Lĩnh vực', exact: true })).toHaveValue('Công nghệ sau thu hoạch')
      const names = me.page.getByRole('textbox', { name: 'Tên cá nhân hoặc tổ chức' })
      await names.nth(0).fill('Viện Công nghệ Sau thu hoạch (minh họa)')
      await names.nth(0).blur()
      await names.nth(1).fill('Công ty CP Nông sản Sông Hồng (minh họa)')
      await names.nth(1).blur()
      await me.page.getByRole('combobox', { name: 'Mục đích' }).selectOption({ label: 'Chuyển giao công nghệ' })
      await me.fill('Thời điểm định giá', '31/10/2026')
      await me.page.getByRole('combobox', { name: 'Cơ sở giá trị' }).selectOption({ label: 'Giá trị thị trường' })
      await me.onDisk()
    },
    async (me) => {
      await me.section('Thông tin chung')
      await me.fill('Tên tổ chức', 'Trung tâm Định giá Công nghệ Thăng Long (minh họa)')
      await me.fill('Người đại diện theo pháp luật', 'Nguyễn Văn Phúc')
      await me.button('Thêm người').click()
      await me.fill('Họ và tên', 'Nguyễn Thị Ánh')
      await me.onDisk()
    },
  ],
}

const evidence: Step = {
  name: 'evidence',
  acts: [
    async (me) => {
      await me.section('Chứng cứ')
      await me.page.locator('input[type="file"]').first().setInputFiles({ name: 'sổ thí nghiệm.txt', mimeType: 'text/plain', buffer: Buffer.from(`Mẻ 1: ẩm đầu 82 %, ẩm cuối 12 %. ${marker}\n`.repeat(200)) })
      // In the list only once every piece is stored; a file cut off on the way is simply not there.
      await expect(me.page.getByRole('region', { name: 'Danh sách chứng cứ' }).getByText('sổ thí nghiệm')).toBeVisible()
      await me.onDisk()
    },
    async (me) => {
      await me.section('Chứng cứ')
      await me.page.getByRole('region', { name: 'Danh sách chứng cứ' }).getByText('sổ thí nghiệm').click()
      await me.fill('Nguồn', 'Phòng thí nghiệm của Viện')
      await expect(me.page.getByText('Mẻ 1: ẩm đầu').first()).toBeVisible()
      await me.onDisk()
    },
  ],
}

const checklist: Step = {
  name: 'checklist',
  acts: [
    async (me) => {
      await me.section('Bảng kiểm')
      await me.page.getByRole('region', { name: /^Mức độ sẵn sàng công nghệ \(TRL/ }).getByRole('button', { name: 'Dùng bảng kiểm này' }).click()
      await expect(me.page.getByRole('navigation', { name: 'Các mức' })).toBeVisible()
    },
    async (me) => {
      await me.section('Bảng kiểm')
      await me.page.getByRole('navigation', { name: 'Các mức' }).getByRole('button').first().click()
      const yes = me.page.getByRole('radio', { name: 'Có', exact: true })
      await expect(yes.first()).toBeVisible()
      const count = await yes.count()
      for (let i = 0; i < count; i++) await me.choose(yes.nth(i))
      await me.button(/^Dẫn chứng cứ/).first().click()
      await me.page.getByRole('dialog').getByRole('button', { name: /sổ thí nghiệm/ }).click()
      await expect(me.page.getByText('Đạt TRL 1')).toBeVisible()
      await me.onDisk()
    },
    async (me) => {
      await me.section('Bảng kiểm')
      await expect(me.page.getByText('Đạt TRL 1')).toBeVisible()
      await me.page.getByRole('navigation', { name: 'Các mức' }).getByRole('button').nth(1).click()
      await expect(me.page.getByRole('radio', { name: 'Không', exact: true }).first()).not.toBeChecked()
      const no = me.page.getByRole('radio', { name: 'Không', exact: true })
      const count = await no.count()
      for (let i = 0; i < count; i++) await me.choose(no.nth(i))
      await expect(me.page.getByText(/mức 2 chưa đạt/)).toBeVisible()
      await me.onDisk()
    },
  ],
}

/** What relief from royalty asks for, as a person chooses and types it; choices first, they open further fields. */
const choices: readonly (readonly [label: RegExp, choice: string])[] = [
  [/^Cách tính phí bản quyền/, 'Một tỷ lệ'],
  [/^Thời điểm dòng tiền/, 'Giữa năm'],
  [/^Lợi ích thuế do khấu hao/, 'Khấu hao đều'],
]
const numbers: readonly (readonly [label: RegExp, text: string])[] = [
  [/^Tuổi đời kinh tế còn lại/, '5'],
  [/^Tỷ lệ phí bản quyền/, '5'],
  [/^Thuế suất thuế thu nhập/, '20'],
  [/^Tỷ suất chiết khấu/, '15'],
  [/^Thời gian khấu hao/, '10'],
  [/^Thuế suất của bên mua/, '20'],
]

const valuation: Step = {
  name: 'valuation',
  acts: [
    async (me) => {
      await me.section('Định giá')
      await me.button('Chọn phương pháp').click()
      await me.page.getByRole('dialog').getByRole('button', { name: /Dùng phương pháp này: .*tiền sử dụng/i }).click()
      await expect(me.page.getByRole('heading', { name: 'Số liệu đầu vào' })).toBeVisible()
      await me.onDisk()
    },
    async (me) => {
      await me.section('Định giá')
      for (const [label, choice] of choices) {
        const select = me.page.getByRole('combobox', { name: label })
        await select.selectOption({ label: choice })
        await expect(select.locator('option:checked')).toHaveText(choice)
      }
      for (const [label, text] of numbers) await me.fill(label, text)
      await me.onDisk()
    },
    async (me) => {
      await me.section('Định giá')
      const cell = me.page.locator('[data-cell="0-0"]')
      await cell.click()
      await cell.evaluate((element) => {
        const data = new DataTransfer()
        data.setData('text/plain', '1.200\n1.500\n1.900\n2.300\n2.600\n')
        element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
      })
      await expect(me.page.locator('[data-cell="0-4"]')).toHaveValue('2.600')
      await me.onDisk()
    },
    async (me) => {
      await me.section('Định giá')
      const sources = me.page.getByRole('button', { name: /Chưa ghi nguồn$/ })
      await expect(sources.first()).toBeVisible()
      for (let left = await sources.count(); left > 0; left = await sources.count()) {
        await sources.first().click()
        const dialog = me.page.getByRole('dialog')
        await me.fill('Nguồn', 'Báo cáo tài chính 2025 của bên nhận (minh họa)', dialog)
        await dialog.getByRole('button', { name: 'Xong' }).click()
        await expect(dialog).toBeHidden()
        await expect(sources).toHaveCount(left - 1)
      }
      await me.fill('Vì sao dùng phương pháp này', 'Công nghệ được chuyển giao theo hình thức trả phí theo doanh thu.')
      await me.onDisk()
    },
    async (me) => {
      await me.section('Định giá')
      await me.button('Lấy giá trị theo trọng số, đã làm tròn').click()
      await me.fill('Lập luận đi đến kết luận', 'Một phương pháp phù hợp nhất với mục đích; kết quả lấy theo phương pháp này.')
      await me.button('Mở tất cả').click()
      await expect(me.page.getByText(/Công thức|v\(t\)|TAB|Σ/).first()).toBeVisible()
      await me.onDisk()
    },
  ],
}

const submit: Step = {
  name: 'submit',
  acts: [
    async (me) => {
      await me.section('Báo cáo & gửi')
      await me.fill('Số', '12')
      await me.fill('Ký hiệu', 'BC-TL')
      await me.fill('Địa danh', 'Hà Nội')
      await me.fill('Ngày phát hành', '10/11/2026')
      await me.fill('Chức vụ người ký', 'Giám đốc')
      await me.fill('Họ tên người ký', 'Nguyễn Văn Phúc')
      await me.onDisk()
    },
    async (me) => {
      await me.section('Báo cáo & gửi')
      await me.button('Trình hội đồng').click()
      await expect(me.page.getByText('Hội đồng đang xét').first()).toBeVisible()
    },
  ],
}

const council: Step = {
  name: 'council',
  acts: [
    async (me) => {
      await me.section('Hội đồng')
      const rule = me.page.getByRole('combobox', { name: 'Chọn quy tắc' })
      const wanted = rule.locator('option', { hasText: '15/2014' })
      await expect(wanted).toHaveCount(1)
      await rule.selectOption({ label: (await wanted.textContent()) ?? '' })
      await me.fill('Quyết định thành lập', '88/QĐ-VCN')
      await me.fill('Ngày họp', '05/11/2026')
      await me.onDisk()
    },
    async (me) => {
      await me.section('Hội đồng')
      for (const [name, role, fields] of members) {
        await me.button('Thêm thành viên').click()
        const dialog = me.page.getByRole('dialog')
        await dialog.getByRole('textbox', { name: 'Họ và tên' }).fill(name)
        await dialog.getByRole('combobox', { name: 'Vai trò' }).selectOption({ label: role })
        for (const field of fields) await dialog.getByRole('checkbox', { name: field }).check()
        await dialog.getByRole('textbox', { name: 'Số năm kinh nghiệm' }).fill('8')
        await dialog.getByRole('button', { name: 'Lưu' }).click()
        await expect(dialog).toBeHidden()
      }
      await me.onDisk()
    },
    async (me) => {
      await me.section('Hội đồng')
      for (const [name] of members) {
        await me.button(`Kê khai: ${name}`).click()
        const dialog = me.page.getByRole('dialog')
        await dialog.getByRole('radio', { name: /không có lợi ích/ }).check()
        await dialog.getByRole('button', { name: 'Ghi lời kê khai' }).click()
        await expect(dialog).toBeHidden()
      }
      await me.button('Mở lượt chấm').click()
      await expect(me.button('Đóng lượt chấm')).toBeVisible()
      await me.onDisk()
    },
    async (me) => {
      await me.section('Hội đồng')
      for (const [index, [name]] of members.entries()) {
        await me.button(`Mở phiếu: ${name}`).click()
        const card = me.page.getByRole('dialog', { name: /Phiếu chấm/ })
        for (const field of await card.getByRole('textbox', { name: /Điểm \(0–\d+\)/ }).all()) {
          const max = Number(/0–(\d+)/.exec((await field.getAttribute('aria-label')) ?? '')?.[1] ?? '0')
          await field.fill(String(Math.max(0, max - 1 - (index % 3))))
        }
        await card.getByRole('radio', { name: 'Tán thành', exact: true }).check()
        await card.getByRole('button', { name: 'Gửi phiếu' }).click()
        await me.page.getByRole('dialog', { name: 'Gửi phiếu chấm?' }).getByRole('button', { name: 'Gửi phiếu' }).click()
        await expect(card).toBeHidden()
      }
      await me.onDisk()
    },
    async (me) => {
      await me.section('Hội đồng')
      await me.button('Đóng lượt chấm').click()
      await me.page.getByRole('dialog').getByRole('button', { name: 'Đóng lượt chấm' }).click()
      await me.button('Soạn biên bản').click()
      await expect(me.page.getByRole('textbox', { name: 'Biên bản' })).not.toHaveValue('')
      await me.button('Ghi nhận kết quả').click()
      await expect(me.page.getByText('Kết quả đã được ghi nhận.')).toBeVisible()
      await me.onDisk()
    },
    async (me) => {
      await me.section('Hội đồng')
      await me.button('Thông qua hồ sơ').click()
      await expect(me.page.getByText('Đã thông qua').first()).toBeVisible()
    },
  ],
}

const seal: Step = {
  name: 'seal',
  acts: [
    async (me) => {
      await me.section('Báo cáo & gửi')
      await me.button('Dựng báo cáo').click()
      await expect(me.page.locator('canvas').first()).toBeVisible({ timeout: 60_000 })
    },
    async (me) => {
      await me.section('Báo cáo & gửi')
      await me.button('Niêm phong hồ sơ').click()
      await me.page.getByRole('dialog').getByRole('button', { name: 'Niêm phong hồ sơ' }).click()
      await expect(me.page.getByText(/Niêm phong lúc/)).toBeVisible({ timeout: 60_000 })
      await me.onDisk()
    },
  ],
}

const sign = (p12: { readonly name: string; readonly bytes: Buffer; readonly passphrase: string }): Step => ({
  name: 'sign',
  acts: [
    async (me) => {
      await me.section('Báo cáo & gửi')
      await expect(me.button('Ký báo cáo')).toBeVisible()
    },
    async (me) => {
      await me.section('Báo cáo & gửi')
      await me.button('Ký báo cáo').click()
      const dialog = me.page.getByRole('dialog')
      await dialog.locator('input[type="file"]').setInputFiles({ name: p12.name, mimeType: 'application/x-pkcs12', buffer: p12.bytes })
      await dialog.getByRole('textbox', { name: 'Mật khẩu của tệp' }).fill('sai mật khẩu')
      await dialog.getByRole('button', { name: 'Ký báo cáo' }).click()
      await expect(dialog.getByText(/Mật khẩu của tệp chứng thư số chưa đúng/)).toBeVisible({ timeout: 30_000 })
      await dialog.getByRole('textbox', { name: 'Mật khẩu của tệp' }).fill(p12.passphrase)
      await dialog.getByRole('button', { name: 'Ký báo cáo' }).click()
      await expect(me.page.getByText(/Người ký:/)).toBeVisible({ timeout: 60_000 })
      await me.onDisk()
    },
  ],
})

const queue: Step = {
  name: 'queue',
  acts: [
    async (me) => {
      await me.section('Báo cáo & gửi')
      await me.button('Đưa vào hộp gửi').click()
      await expect(me.page.getByText('Chờ gửi').first()).toBeVisible({ timeout: 60_000 })
      await me.onDisk()
    },
  ],
}

/** The exchange appears: address, code, sending, receipt. */
const send = (exchange: () => Promise<{ readonly url: string; readonly code: string }>): Step => ({
  name: 'send',
  acts: [
    async (me) => {
      const { url, code } = await exchange()
      await me.page.evaluate(() => { window.location.hash = '#/settings' })
      await me.fill(/Địa chỉ sàn/, url)
      const save = me.button('Lưu địa chỉ')
      if (await save.isEnabled()) await save.click()
      await me.button('Thử liên lạc').click()
      await expect(me.page.getByText(/Liên lạc được với/)).toBeVisible({ timeout: 30_000 })
      await me.fill(/Mã đăng ký/, code)
      await me.button('Đăng ký thiết bị').click()
      await expect(me.page.getByText(/Thiết bị đã đăng ký cho/).first()).toBeVisible({ timeout: 30_000 })
    },
    async (me) => {
      await me.page.evaluate(() => { window.location.hash = '#/outbox' })
      const sendNow = me.button('Gửi ngay')
      if (await sendNow.isVisible() && await sendNow.isEnabled()) await sendNow.click()
      await expect(me.page.getByText('Đã nhận, có biên nhận')).toBeVisible({ timeout: 60_000 })
    },
    async (me) => {
      await me.section('Báo cáo & gửi')
      await expect(me.page.getByText(/Sàn nhận lúc/)).toBeVisible()
      await expect(me.button('Lưu biên nhận')).toBeVisible()
    },
  ],
})

export const journey = (p12: Parameters<typeof sign>[0], exchange: Parameters<typeof send>[0]): readonly Step[] =>
  [create, profile, evidence, checklist, valuation, submit, council, seal, sign(p12), queue, send(exchange)]

