import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect } from '@playwright/test'
import type { Locator } from '@playwright/test'
import { root } from '../../scripts/lib/tools.ts'
import { Person } from '../e2e/person.ts'
import { palettePng } from './palette-png.ts'

export const pictures = path.join(root, 'docs', 'guide', 'pictures')
export const languages = ['vi', 'en'] as const
/** No picture may be larger. */
const maxBytes = 150_000

/** What the pictures need of the program, in its own words. */
export class Photographer extends Person {
  private async speak(language: (typeof languages)[number]): Promise<void> {
    const choice = this.page.locator(`input[type="radio"][value="${language}"]`).first()
    await choice.evaluate((input: HTMLInputElement) => input.click())
    await expect(this.page.locator('html')).toHaveAttribute('lang', language)
  }

  /** One picture in each language; `show` brings the part to be seen into view. */
  async picture(name: string, show?: () => Promise<void>): Promise<void> {
    const notes = this.page.getByRole('button', { name: 'Đóng thông báo', exact: true })
    while ((await notes.count()) > 0) await notes.first().click({ timeout: 2_000 }).catch(() => undefined)
    for (const language of languages) {
      await this.speak(language)
      await show?.()
      await this.page.mouse.move(1360, 760)
      // Transitions of half a second at most are over by then, and lazily drawn parts are there.
      await this.page.waitForTimeout(900)
      const bytes = palettePng(await this.page.screenshot({ animations: 'disabled', caret: 'hide' }))
      if (bytes.length > maxBytes) throw new Error(`${name} (${language}) takes ${String(bytes.length)} bytes`)
      await writeFile(path.join(pictures, language, `${name}.png`), bytes)
    }
    await this.speak('vi')
  }

  /** A dossier of a kind, by the words of its card. */
  async createOfKind(title: string, kind: RegExp): Promise<void> {
    await this.go('#/')
    await this.button(/^Tạo hồ sơ/).first().click()
    const dialog = this.page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Tên hồ sơ' }).fill(title)
    await dialog.getByRole('radio', { name: kind }).check()
    await dialog.getByRole('button', { name: 'Tạo hồ sơ' }).click()
    await this.arrive()
  }

  /** Scrolls so that this stands at the top of the window. */
  top(place: () => Locator, above = 20): () => Promise<void> {
    return async () => {
      await place().evaluate((element, space) => {
        element.scrollIntoView({ block: 'start' })
        for (let parent = element.parentElement; parent !== null; parent = parent.parentElement)
          if (parent.scrollTop > 0) {
            parent.scrollTop -= space
            return
          }
        window.scrollBy(0, -space)
      }, above)
    }
  }
}
