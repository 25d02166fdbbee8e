import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import type { App } from './app.ts'

export const passphrase = 'ruộng bậc thang mùa nước đổ'
export const author = 'Nguyễn Thị Ánh'

/** What a person does, in the words on the screen. Every action finds its own way, so it can follow a crash. */
export class Person {
  readonly app: App
  dossier = ''
  constructor(app: App) {
    this.app = app
  }

  get page(): Page {
    return this.app.page
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name })
  }

  /** First run: vault, recovery code noted and two of its groups typed back. Returns the code's groups. */
  async createVault(): Promise<readonly string[]> {
    await this.page.getByLabel('Họ và tên của bạn').fill(author)
    await this.page.getByRole('textbox', { name: 'Mật khẩu mở kho hồ sơ' }).fill(passphrase)
    await this.page.getByRole('textbox', { name: 'Nhập lại mật khẩu' }).fill(passphrase)
    await this.button('Tạo kho hồ sơ').click()
    await expect(this.page.getByRole('heading', { name: 'Giữ mã khôi phục ở nơi an toàn' })).toBeVisible({ timeout: 60_000 })
    const groups = (await this.page.locator('body').innerText()).match(/^[0-9A-Z]{4}$/gm) ?? []
    await this.page.getByLabel('Tôi đã giữ mã ở nơi an toàn').check()
    await this.button('Đối chiếu mã khôi phục').click()
    for (const field of await this.page.getByRole('textbox', { name: /^Nhóm thứ \d+/ }).all()) {
      const label = (await field.getAttribute('aria-label')) ?? (await this.page.locator(`label[for="${(await field.getAttribute('id')) ?? ''}"]`).innerText())
      await field.fill(groups[Number(/\d+/.exec(label)?.[0] ?? '1') - 1] ?? '')
    }
    await this.button('Hoàn tất').click()
    await expect(this.page.getByRole('heading', { name: 'Bắt đầu với hồ sơ đầu tiên' })).toBeVisible()
    return groups
  }

  async unlock(words = passphrase): Promise<void> {
    await this.tryPassphrase(words)
    await expect(this.page.getByRole('navigation').first()).toBeVisible({ timeout: 60_000 })
  }

  async tryPassphrase(words: string): Promise<void> {
    await this.page.getByRole('textbox', { name: /^Mật khẩu/ }).fill(words)
    await this.button('Mở kho hồ sơ').click()
  }

  /** A dossier from its title alone. */
  async createDossier(title: string): Promise<void> {
    await this.go('#/')
    await this.button(/^Tạo hồ sơ/).first().click()
    const dialog = this.page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Tên hồ sơ' }).fill(title)
    await dialog.getByRole('button', { name: 'Tạo hồ sơ' }).click()
    await this.arrive()
  }

  /** Opens a sample from wherever samples are offered: the empty list, or the dialogue over a filled one. */
  async openSample(name: RegExp): Promise<void> {
    await this.go('#/')
    const card = this.button(name)
    const samples = this.page.getByRole('button', { name: 'Hồ sơ mẫu', exact: true })
    await expect(card.or(samples).first()).toBeVisible()
    if (await samples.isVisible()) await samples.click()
    await card.click()
    await this.arrive()
  }

  /** Notes which dossier the screen went to. */
  protected async arrive(): Promise<void> {
    await expect(this.page).toHaveURL(/#\/dossier\/[0-9a-f-]{36}\/overview/)
    this.dossier = /dossier\/([0-9a-f-]{36})/.exec(this.page.url())?.[1] ?? ''
  }

  async go(hash: string): Promise<void> {
    await this.page.evaluate((place) => {
      window.location.hash = place
    }, hash)
  }

  /** From now on workers seem slow: what they answer comes half a second later, so that a run can be stopped on any machine. */
  async slowWorkers(): Promise<void> {
    await this.page.evaluate(() => {
      Object.defineProperty(Worker.prototype, 'addEventListener', {
        value(this: Worker, type: string, listener: (event: Event) => void) {
          EventTarget.prototype.addEventListener.call(this, type, type === 'message' ? (event) => setTimeout(() => listener(event), 500) : listener)
        },
      })
    })
  }

  /** Locks the archive by hand. */
  async lock(): Promise<void> {
    await this.button(/^Khóa/).click()
    await expect(this.page.getByRole('heading', { name: 'Kho hồ sơ đang khóa' })).toBeVisible()
  }

  /** The page dies and is opened again. */
  async crash(): Promise<void> {
    await this.app.crash()
    await this.unlock()
  }

  async section(name: string): Promise<void> {
    const hash = { 'Tổng quan': 'overview', 'Thông tin chung': 'profile', 'Chứng cứ': 'evidence', 'Bảng kiểm': 'checklist', 'Định giá': 'valuation', 'Hội đồng': 'council', 'Báo cáo & gửi': 'report', 'Lịch sử': 'history' }[name]
    if (!this.page.url().includes(this.dossier) || this.dossier === '') await this.openDossier()
    await this.page.getByRole('navigation', { name: 'Các phần của hồ sơ' }).getByRole('link', { name: new RegExp(`^${name}`) }).click()
    await expect(this.page).toHaveURL(new RegExp(`${hash ?? ''}`))
  }

  async openDossier(): Promise<void> {
    await this.page.evaluate((id) => {
      window.location.hash = `#/dossier/${id}/overview`
    }, this.dossier)
    await expect(this.page.getByRole('navigation', { name: 'Các phần của hồ sơ' })).toBeVisible()
  }

  async fill(label: string | RegExp, text: string, within: Locator | Page = this.page): Promise<void> {
    const field = within.getByRole('textbox', { name: label }).first()
    await field.fill(text)
    await field.blur()
  }

  /** A choice is drawn once it is durable, a moment after the click. */
  async choose(option: Locator): Promise<void> {
    await option.click()
    await expect(option).toBeChecked()
  }

  /** The last change is in both copies. */
  async onDisk(): Promise<void> {
    await expect(this.page.getByText('Đã ghi xuống đĩa').first()).toBeVisible()
  }
}
