import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect } from '@playwright/test'
import type { Locator } from '@playwright/test'
import { readSample } from '../../shared/dossier/samples.ts'
import { methodSheet, valuation } from '../../shared/schema/dossier.ts'
import type { MethodSheet, Valuation } from '../../shared/schema/dossier.ts'
import type { Datum } from '../../shared/schema/base.ts'
import type { InputSpec, MethodSpec } from '../../shared/valuation/figure.ts'
import { methodById } from '../../shared/valuation/methods/registry.ts'
import { isAsked } from '../../shared/valuation/methods/kit.ts'
import type { App } from './app.ts'
import { Person } from './person.ts'

/** What a sample says about its valuation: the paper on the appraiser's desk, from which everything is typed. */
export interface Paper {
  readonly title: string
  readonly currency: string
  readonly scale: number
  readonly date: string
  readonly sheets: readonly MethodSheet[]
  readonly narrative: string
  readonly conclusion: Valuation['conclusion']
}

const member = (value: unknown, key: string): unknown => (typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined)

export const paperOf = async (id: string): Promise<Paper> => {
  const sample = readSample(await readFile(path.resolve(import.meta.dirname, '../../resources/samples', `${id}.json`), 'utf8'))
  if (!sample.ok) throw new Error(sample.fault.code)
  const of = (type: string): readonly unknown[] => sample.value.commands.filter((command) => member(command, 'type') === type)
  const profile = member(of('dossier.create')[0], 'profile')
  return {
    title: String(member(profile, 'title')), currency: String(member(profile, 'currency')), scale: Number(member(profile, 'moneyScale')), date: String(member(profile, 'valuationDate')),
    sheets: of('valuation.addSheet').map((command) => methodSheet.parse(member(command, 'sheet'))),
    narrative: String(member(of('valuation.narrate')[0], 'narrative')),
    conclusion: valuation.shape.conclusion.parse(member(of('valuation.conclude')[0], 'conclusion')),
  }
}

/** A number as a Vietnamese appraiser types it: comma for decimals, percentages as such. */
export const typed = (value: number, unit: InputSpec['unit']): string => (unit === 'fraction' ? String(Number(`${String(value)}e2`)) : String(value)).replace('.', ',')

export const dayTyped = (iso: string): string => iso.split('-').toReversed().join('/')

const methodOf = (id: string): MethodSpec => {
  const method = methodById(id)
  if (method === undefined) throw new Error(`no method ${id}`)
  return method
}

const starting = (text: string): RegExp => new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)

/** An appraiser at work on a valuation, with keyboard, mouse and a spreadsheet beside the program. */
export class Appraiser extends Person {
  constructor(app: App) {
    super(app)
  }

  dialog(): Locator {
    return this.page.getByRole('dialog')
  }

  /** Types over whatever a field holds and leaves it with the tabulator. */
  async type(field: Locator, text: string): Promise<void> {
    await field.click()
    await this.page.keyboard.press('Control+a')
    await this.page.keyboard.insertText(text)
    await this.page.keyboard.press('Tab')
  }

  /** Copies cells out of another program’s table, as a spreadsheet hands them over, and pastes them at a cell with the keyboard. */
  async pasteCells(rows: readonly (readonly string[])[], at: Locator): Promise<void> {
    const spreadsheet = await this.page.context().newPage()
    await spreadsheet.setContent(`<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`)
    await spreadsheet.keyboard.press('Control+a')
    await spreadsheet.keyboard.press('Control+c')
    await spreadsheet.close()
    await this.page.bringToFront()
    await at.click()
    await this.page.keyboard.press('Control+v')
  }

  /** A new dossier with nothing but its name, then its money and its day. */
  async begin(paper: Paper): Promise<void> {
    await this.createDossier(paper.title)
    await this.section('Thông tin chung')
    await this.type(this.page.getByRole('textbox', { name: 'Đồng tiền' }), paper.currency)
    await this.page.getByRole('combobox', { name: /^Đơn vị tiền/ }).selectOption(String(paper.scale))
    await this.type(this.page.getByRole('textbox', { name: 'Thời điểm định giá' }), dayTyped(paper.date))
    await this.onDisk()
    await this.section('Định giá')
  }

  /** Adds a method and says what it is for. */
  async addMethod(sheet: MethodSheet): Promise<void> {
    const method = methodOf(sheet.method)
    await this.button(/^(Chọn|Thêm) phương pháp$/).click()
    await this.dialog().getByRole('button', { name: `Dùng phương pháp này: ${method.name.vi}`, exact: true }).click()
    await expect(this.dialog()).toBeHidden()
    await this.type(this.page.getByRole('textbox', { name: 'Tên gọi' }), sheet.title)
    await this.page.getByRole('combobox', { name: 'Vai trò' }).selectOption(sheet.role)
    await this.type(this.page.getByRole('textbox', { name: 'Trọng số' }), String(sheet.weight * 100))
    await this.type(this.page.getByRole('textbox', { name: 'Vì sao dùng phương pháp này' }), sheet.why)
    await expect(this.page.getByRole('navigation', { name: 'Các phương pháp' }).getByRole('button', { name: sheet.title })).toHaveAttribute('aria-current', 'true')
  }

  /** Everything the method asks for: choices first, since they open further fields; then numbers, then the tables out of the spreadsheet. */
  async enterInputs(sheet: MethodSheet): Promise<void> {
    const method = methodOf(sheet.method)
    const given = (spec: InputSpec): Datum['value'] => sheet.inputs[spec.key]?.value ?? null
    const main = this.page.getByRole('main')
    for (const spec of method.inputs) {
      const value = given(spec)
      if (value === null) continue
      if (spec.type === 'choice') {
        const choice = main.getByRole('combobox', { name: starting(spec.label.vi) }).first()
        await choice.selectOption(String(value))
        await expect(choice).toHaveValue(String(value))
      }
      if (spec.type === 'number' && typeof value === 'number') await this.type(main.getByRole('textbox', { name: starting(spec.label.vi) }).first(), typed(value, spec.unit))
    }
    const values = Object.fromEntries(Object.entries(sheet.inputs).map(([key, datum]) => [key, datum.value]))
    const columns = method.inputs.filter((spec) => spec.type === 'series' && isAsked(spec, values))
    for (const [column, spec] of columns.entries()) {
      const value = given(spec)
      if (!Array.isArray(value)) continue
      await this.pasteCells(value.map((one) => [one === null ? '' : typed(one, spec.unit)]), this.page.locator(`[data-cell="${String(column)}-0"]`))
      await expect(this.page.getByText(`Đã dán ${String(value.length)} ô.`).last()).toBeVisible()
    }
  }

  /** Where each number comes from, its day and its reason. */
  async citeSources(sheet: MethodSheet): Promise<void> {
    for (const spec of methodOf(sheet.method).inputs) {
      const datum = sheet.inputs[spec.key]
      if (datum === undefined || datum.value === null) continue
      await this.page.getByRole('button', { name: new RegExp(`^Nguồn: ${spec.label.vi.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\. `) }).click()
      const dialog = this.dialog()
      if (datum.source !== '') await this.type(dialog.getByRole('textbox', { name: /^Nguồn/ }), datum.source)
      if (datum.date !== '') await this.type(dialog.getByRole('textbox', { name: 'Ngày của số liệu' }), dayTyped(datum.date))
      if (datum.reason !== '') await this.type(dialog.getByRole('textbox', { name: 'Lý do chọn giá trị này' }), datum.reason)
      await dialog.getByRole('button', { name: 'Xong' }).click()
      await expect(dialog).toBeHidden()
    }
    // What is still without a source was left empty.
    const values = Object.fromEntries(Object.entries(sheet.inputs).map(([key, datum]) => [key, datum.value]))
    const empty = methodOf(sheet.method).inputs.filter((spec) => (spec.type === 'number' || spec.type === 'series') && isAsked(spec, values) && (values[spec.key] ?? null) === null)
    await expect(this.page.getByRole('button', { name: /Chưa ghi nguồn$/ })).toHaveCount(empty.length)
  }

  /** Argues the conclusion: rounding, the weighted value, the range, the reasons. */
  async conclude({ conclusion, narrative }: Paper): Promise<void> {
    const panel = this.page.getByRole('region', { name: 'Kết luận giá trị' })
    await panel.getByRole('combobox', { name: 'Làm tròn đến' }).selectOption(String(conclusion.rounding))
    await panel.getByRole('button', { name: 'Lấy giá trị theo trọng số, đã làm tròn' }).click()
    await expect(panel.getByRole('textbox', { name: /^Giá trị kết luận/ })).toHaveValue(conclusion.value === null ? '' : new Intl.NumberFormat('vi-VN').format(conclusion.value))
    for (const [name, value] of [['Cận dưới', conclusion.low], ['Cận trên', conclusion.high]] as const) await this.type(panel.getByRole('textbox', { name }), value === null ? '' : typed(value, 'money'))
    await this.type(panel.getByRole('textbox', { name: 'Lập luận đi đến kết luận' }), conclusion.reason)
    await this.type(this.page.getByRole('textbox', { name: 'Thuyết minh bổ sung' }), narrative)
  }

  /** Nothing that the valuation must have is missing. */
  async isWhole(): Promise<void> {
    await this.onDisk()
    await expect(this.page.getByRole('navigation', { name: 'Các phần của hồ sơ' }).getByRole('link', { name: /^Định giá/ })).toHaveAccessibleName(/đủ/i)
  }

  /** What the screen says a method comes to. */
  indicated(sheet: MethodSheet): Locator {
    return this.page.getByRole('navigation', { name: 'Các phương pháp' }).getByRole('button', { name: sheet.title })
  }
}
