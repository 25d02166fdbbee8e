// The pictures of the user guide, taken from the running program in Vietnamese and in English: `npx node test/support/guide-pictures.ts`.
import { mkdtemp, mkdir, readFile, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect } from '@playwright/test'
import { startExchange } from '../../exchange/server.ts'
import { createVerifier } from '../../exchange/verify.ts'
import { ensureBuilt } from '../../scripts/lib/build.ts'
import { makeCertificate, makePkcs12 } from '../../scripts/lib/test-certificate.ts'
import { ensureBrowser } from '../../scripts/lib/tools.ts'
import { startApp } from '../e2e/app.ts'
import { author, passphrase } from '../e2e/person.ts'
import { assessments } from './guide-assessment.ts'
import { languages, Photographer, pictures } from './photographer.ts'

const organisation = 'Công ty Tư vấn Định giá Minh Họa'
const p12Passphrase = 'mật-khẩu-tệp-ký'

const signer = () => {
  const life = { notBefore: '2020-01-01T00:00:00Z', notAfter: '2040-01-01T00:00:00Z' }
  const authority = makeCertificate({ commonName: 'Lượng Giá Test Root', authority: true, ...life })
  const certificate = makeCertificate({ commonName: 'Lê Quang Hưng', organisation, issuer: authority, ...life })
  return { pem: Buffer.from(authority.der), p12: Buffer.from(makePkcs12(certificate, [authority.der], p12Passphrase)) }
}

const take = async (me: Photographer, start: () => Promise<{ readonly url: string; readonly code: string }>): Promise<void> => {
  await me.page.getByLabel('Họ và tên của bạn').fill(author)
  await me.page.getByRole('textbox', { name: 'Mật khẩu mở kho hồ sơ' }).fill(passphrase)
  await me.page.getByRole('textbox', { name: 'Nhập lại mật khẩu' }).fill(passphrase)
  await me.picture('start')
  await me.createVault()

  await me.openSample(/^Mở hồ sơ mẫu: .*Avonex/)
  await me.openSample(/^Mở hồ sơ mẫu: .*Hệ số đóng góp/)
  await me.createDossier('Chế phẩm vi sinh xử lý nước ao nuôi tôm')
  await me.openSample(/^Mở hồ sơ mẫu: .*sấy bơm nhiệt/)
  const sealed = me.dossier
  await me.go('#/')
  await expect(me.page.getByText('4 hồ sơ').first()).toBeVisible()
  await me.picture('list')

  // A second copy, back in drafting, shows the screens while they can be filled in.
  await me.openSample(/^Mở hồ sơ mẫu: .*sấy bơm nhiệt/)
  await me.section('Báo cáo & gửi')
  await me.button('Trả về soạn thảo').click()
  const dialog = me.page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Bổ sung số liệu quý III.')
  await dialog.getByRole('button', { name: 'Trả về', exact: true }).click()
  await expect(dialog).toBeHidden()
  await me.section('Tổng quan')
  await me.picture('overview')
  await me.section('Chứng cứ')
  await me.page.locator('input[type="file"]').first().setInputFiles({ name: 'nhật ký chạy thử.txt', mimeType: 'text/plain', buffer: Buffer.from(trialLog) })
  await me.page.getByText('nhật ký chạy thử').first().click()
  await expect(me.page.getByRole('textbox', { name: 'Tên chứng cứ' })).toHaveValue('nhật ký chạy thử')
  await me.fill('Nguồn', 'Xưởng thực nghiệm của bên sở hữu')
  await expect(me.page.getByText('Mẻ 1').first()).toBeVisible()
  await me.onDisk()
  await me.picture('evidence')
  await me.section('Bảng kiểm')
  await expect(me.page.getByRole('navigation').last()).toBeVisible()
  await me.picture('checklist')
  await me.section('Định giá')
  await me.picture('valuation', me.top(() => me.page.getByRole('heading', { name: /^(Số liệu đầu vào|Inputs)$/ })))
  await me.picture('result', me.top(() => me.page.getByRole('heading', { name: /^(Kết quả|Result)$/ })))
  await me.button('Mở tất cả').click()
  await me.picture('working', me.top(() => me.page.getByRole('heading', { name: /^(Vết tính|Working)$/ })))
  await me.button('Chạy mô phỏng').first().click()
  await expect(me.page.getByRole('heading', { name: 'Kết quả mô phỏng' })).toBeVisible({ timeout: 60_000 })
  await me.picture('uncertainty', me.top(() => me.page.getByRole('heading', { name: /^(Kết quả mô phỏng|Results of the simulation)$/ })))
  await me.picture('conclusion', me.top(() => me.page.getByRole('heading', { name: /^(Kết luận giá trị|Conclusion of value)$/ })))

  me.dossier = sealed
  await me.openDossier()
  await me.section('Hội đồng')
  await me.picture('council', me.top(() => me.page.getByRole('heading', { name: /^(Kết quả|Results)$/ })))
  await me.section('Báo cáo & gửi')
  await me.button('Niêm phong hồ sơ').click()
  await me.page.getByRole('dialog').getByRole('button', { name: 'Niêm phong hồ sơ' }).click()
  await expect(me.page.getByText(/Niêm phong lúc/)).toBeVisible({ timeout: 60_000 })
  const { pem, p12 } = signer()
  // The dialogue closes with the language, so it is filled in again each time.
  const fillIn = async (): Promise<void> => {
    await me.button(/^(Ký báo cáo|Sign the report)$/).click()
    await dialog.locator('input[type="file"]').setInputFiles({ name: 'le-quang-hung.p12', mimeType: 'application/x-pkcs12', buffer: p12 })
    await dialog.getByRole('textbox', { name: /^(Mật khẩu của tệp|Passphrase of the file)$/ }).fill(p12Passphrase)
  }
  await me.picture('sign', fillIn)
  await fillIn()
  await dialog.getByRole('button', { name: 'Ký báo cáo' }).click()
  await expect(me.page.getByText(/Người ký:/)).toBeVisible({ timeout: 60_000 })
  await me.button('Lưu báo cáo đã ký').click()
  await expect(me.page.getByText(/Đã lưu .*pdf/).first()).toBeVisible({ timeout: 60_000 })
  await me.button('Đưa vào hộp gửi').click()
  await expect(me.page.getByText('Chờ gửi').first()).toBeVisible({ timeout: 60_000 })

  const { url, code } = await start()
  await me.go('#/settings')
  await me.fill(/Địa chỉ sàn/, url)
  if (await me.button('Lưu địa chỉ').isEnabled()) await me.button('Lưu địa chỉ').click()
  await me.button('Thử liên lạc').click()
  await expect(me.page.getByText(/Liên lạc được với/)).toBeVisible({ timeout: 30_000 })
  await me.fill(/Mã đăng ký/, code)
  await me.button('Đăng ký thiết bị').click()
  await expect(me.page.getByText(/Thiết bị đã đăng ký cho/).first()).toBeVisible({ timeout: 30_000 })
  await me.picture('settings', me.top(() => me.page.getByRole('heading', { name: /^(Khóa và mật khẩu|Lock and passphrase)$/ }), 60))
  await me.go('#/outbox')
  const sendNow = me.button('Gửi ngay')
  if ((await sendNow.isVisible()) && (await sendNow.isEnabled())) await sendNow.click()
  await expect(me.page.getByText('Đã nhận, có biên nhận')).toBeVisible({ timeout: 120_000 })
  await me.section('Báo cáo & gửi')
  await expect(me.button('Lưu biên nhận')).toBeVisible()
  await me.button('Dựng báo cáo').click()
  await expect(me.page.locator('canvas').first()).toBeVisible({ timeout: 60_000 })
  await me.picture('report', me.top(() => me.page.getByRole('heading', { name: /^(Xem báo cáo|Look at the report)$/ })))
  await me.picture('steps', me.top(() => me.page.getByRole('heading', { name: /^(Các bước|Steps)$/ })))

  const [report] = (await readdir(me.app.documents)).filter((name) => name.endsWith('.pdf'))
  if (report === undefined) throw new Error('the signed report was not saved')
  await me.go('#/verify')
  const files = me.page.locator('input[type="file"]')
  await files.nth(1).setInputFiles({ name: 'chung-thu-goc.cer', mimeType: 'application/x-x509-ca-cert', buffer: pem })
  await files.first().setInputFiles({ name: report, mimeType: 'application/pdf', buffer: await readFile(path.join(me.app.documents, report)) })
  await expect(me.page.getByText(/Chữ ký hợp lệ/).first()).toBeVisible({ timeout: 60_000 })
  await me.picture('verify')

  await assessments(me)
}

const trialLog = [
  'Nhật ký chạy thử máy sấy bơm nhiệt (minh họa)',
  ...Array.from({ length: 12 }, (_, i) => `Mẻ ${String(i + 1)}: khay ${String(1 + (i % 6))}, ẩm đầu 82 %, ẩm cuối ${String(11 + (i % 3))} %, nhiệt độ 40 °C, điện năng ${String(31 + (i % 4))} kWh.`),
].join('\n')

ensureBuilt()
process.env['LUONG_GIA_BROWSER'] ??= await ensureBrowser()
for (const language of languages) {
  await rm(path.join(pictures, language), { recursive: true, force: true })
  await mkdir(path.join(pictures, language), { recursive: true })
}
const app = await startApp()
const exchangeFolder = await mkdtemp(path.join(os.tmpdir(), 'luong-gia-pictures-'))
const verifier = createVerifier()
const running: { close: () => Promise<void> }[] = []
try {
  await take(new Photographer(app), async () => {
    const exchange = await startExchange({ dataDir: exchangeFolder, port: 0, host: '127.0.0.1', quiet: true, verify: verifier.verify, name: 'Sàn giao dịch công nghệ (minh họa)' })
    running.push(exchange)
    return { url: exchange.url, code: await exchange.createCode(organisation) }
  })
} catch (error) {
  await app.page.screenshot({ path: path.join(os.tmpdir(), 'luong-gia-pictures-failed.png') })
  throw error
} finally {
  await app.stop()
  for (const one of running) await one.close()
  await verifier.close()
  await rm(exchangeFolder, { recursive: true, force: true })
}
