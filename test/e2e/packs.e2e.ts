import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { makeCertificate, makePkcs12 } from '../../scripts/lib/test-certificate.ts'
import type { ChecklistPack } from '../../shared/rulepack/schema.ts'
import { number, smallPack, withQuestion } from '../unit/rulepack/small-pack.ts'
import { expect, startApp, test } from './app.ts'
import { journey } from './journey.ts'
import { checkPack, importPack, publishPack, tryPack, writePack } from './pack-author.ts'
import { Person } from './person.ts'

test.describe.configure({ timeout: 480_000 })

const organisation = 'Sở Khoa học và Công nghệ (minh họa)'
const p12 = (() => {
  const life = { notBefore: '2020-01-01T00:00:00Z', notAfter: '2040-01-01T00:00:00Z' }
  const authority = makeCertificate({ commonName: 'Lượng Giá Test Root', authority: true, ...life })
  const signer = makeCertificate({ commonName: 'Nguyễn Văn Phúc', issuer: authority, ...life })
  const passphrase = 'mật-khẩu-tệp-ký'
  return { name: 'phuc.p12', bytes: Buffer.from(makePkcs12(signer, [authority.der], passphrase)), passphrase }
})()
/** The acts of the common journey that have nothing to do with the checklist. */
const stepsNamed = (...names: readonly string[]) => journey(p12, () => Promise.reject(new Error('nothing is sent here'))).filter(({ name }) => names.includes(name))

test('a pack written by an officer is signed, imported elsewhere, used, sealed, reported and verified', async ({ app }) => {
  const officer = new Person(app)
  await officer.createVault()
  await test.step('written', () => writePack(officer))
  await test.step('kept over a crash', async () => {
    await officer.crash()
    await officer.go('#/packs')
    await officer.page.getByRole('link', { name: 'Kiểm tra nội bộ công nghệ' }).click()
    await expect(officer.page.getByRole('heading', { name: 'Kiểm tra nội bộ công nghệ' })).toBeVisible()
  })
  await test.step('checked', () => checkPack(officer))
  await test.step('tried', () => tryPack(officer))
  const file = await test.step('signed and saved', () => publishPack(officer, organisation))

  const elsewhere = await startApp()
  try {
    const me = new Person(elsewhere)
    await me.createVault()
    await test.step('a changed file is refused', async () => {
      await importPack(me, { ...file, bytes: Buffer.from(file.bytes.toString('utf8').replace('nội bộ', 'ngoại bộ')) })
      await expect(me.page.getByRole('dialog').getByText(/Chữ ký không khớp với nội dung/)).toBeVisible()
      await me.page.getByRole('dialog').getByRole('button', { name: 'Đóng' }).last().click()
    })
    await test.step('imported after the fingerprint was compared', async () => {
      await importPack(me, file)
      const dialog = me.page.getByRole('dialog')
      await expect(dialog.getByText('Khóa ký chưa từng được đối chiếu')).toBeVisible()
      expect(file.fingerprint).toMatch(/^([0-9A-F]{4} ){4}[0-9A-F]{4}$/)
      await expect(dialog.getByText(file.fingerprint)).toBeVisible()
      await dialog.getByRole('checkbox', { name: /Tôi đã đối chiếu/ }).check()
      await dialog.getByRole('button', { name: 'Nhập vào tủ' }).click()
      await expect(dialog).toBeHidden()
      await expect(me.page.getByText(`Ký: Nguyễn Thị Ánh, ${organisation}`)).toBeVisible()
      await importPack(me, file)
      await expect(me.page.getByRole('dialog').getByText(/đã có trong tủ/)).toBeVisible()
      await me.page.getByRole('dialog').getByRole('button', { name: 'Đóng' }).last().click()
    })
    for (const step of stepsNamed('create', 'profile', 'evidence')) await test.step(step.name, async () => {
      for (const act of step.acts) await act(me)
    })
    await test.step('used', async () => {
      await me.section('Bảng kiểm')
      const offered = me.page.getByRole('region', { name: 'Kiểm tra nội bộ công nghệ' })
      await expect(offered.getByText(`Ký: Nguyễn Thị Ánh, ${organisation}`)).toBeVisible()
      await offered.getByRole('button', { name: 'Dùng bảng kiểm này' }).click()
      await me.choose(me.page.getByRole('radio', { name: 'Có', exact: true }).first())
      await me.fill(/Chạy thử bao nhiêu giờ/, '150')
      await expect(me.page.getByText(/Đạt/).first()).toBeVisible()
      await me.onDisk()
    })
    for (const step of stepsNamed('valuation', 'submit', 'council', 'seal', 'sign')) await test.step(step.name, async () => {
      for (const act of step.acts) await act(me)
    })
    await test.step('the package is verified on the officer’s machine, which made the pack, and on this one', async () => {
      await me.button('Lưu gói hồ sơ').click()
      await expect.poll(async () => (await readdir(elsewhere.documents)).some((name) => name.endsWith('.lgz')), { timeout: 60_000 }).toBe(true)
      const name = (await readdir(elsewhere.documents)).find((one) => one.endsWith('.lgz')) ?? ''
      const bytes = await readFile(path.join(elsewhere.documents, name))
      expect(bytes.includes('kiem-tra-noi-bo')).toBe(true)
      for (const person of [me, officer]) {
        await person.go('#/verify')
        await person.page.locator('input[type="file"]').first().setInputFiles({ name, mimeType: 'application/zip', buffer: bytes })
        await expect(person.page.getByText(/nguyên vẹn/i).first()).toBeVisible({ timeout: 60_000 })
      }
    })
  } finally {
    await elsewhere.stop()
  }
})

const asFile = (pack: ChecklistPack) => ({ name: `${pack.id}.json`, bytes: Buffer.from(JSON.stringify(pack)) })
const take = async (me: Person, pack: ChecklistPack): Promise<void> => {
  await importPack(me, asFile(pack))
  await expect(me.page.getByRole('dialog').getByText('Không có chữ ký')).toBeVisible()
  await me.button('Nhập vào tủ').click()
  await expect(me.page.getByRole('dialog')).toBeHidden()
}

test('an open dossier is offered the newer version of its pack, told what changes, and warned of a source that ended', async ({ app }) => {
  const me = new Person(app)
  await me.createVault()
  const first = smallPack({ kinds: ['valuation'], title: { vi: 'Bộ thử', en: 'Trial' } })
  await take(me, first)
  await expect(me.page.getByText('Không có chữ ký')).toBeVisible()

  await me.createDossier('Dây chuyền sấy')
  await me.section('Thông tin chung')
  await me.fill('Thời điểm định giá', '31/10/2026')
  await me.section('Bảng kiểm')
  await me.page.getByRole('region', { name: 'Bộ thử' }).getByRole('button', { name: 'Dùng bảng kiểm này' }).click()
  await me.fill(/Câu q-age/, '80')
  await me.choose(me.page.getByRole('radio', { name: 'pilot' }))
  await me.onDisk()
  await expect(me.page.getByText('Căn cứ pháp lý cần xem lại')).toHaveCount(0)

  await take(me, { ...withQuestion(withQuestion(first, 'q-age', number('q-age', { symbol: 'age', min: 0, max: 50 })), 'q-plan-signed', undefined), version: '1.1.0' })
  await me.section('Bảng kiểm')
  await me.button('Xem trước').click()
  const dialog = me.page.getByRole('dialog')
  await expect(dialog.getByText('Giữ nguyên 1 câu trả lời.')).toBeVisible()
  await expect(dialog.getByText('Câu trả lời không còn hợp, sẽ mất (1)')).toBeVisible()
  await expect(dialog.getByText('Câu hỏi không còn (1)')).toBeVisible()
  await dialog.getByRole('button', { name: 'Chuyển sang phiên bản 1.1.0' }).click()
  await expect(dialog).toBeHidden()
  await me.button(/^T?\s*Mục một/).click()
  await expect(me.page.getByRole('textbox', { name: /Câu q-age/ })).toHaveValue('')
  await expect(me.page.getByRole('radio', { name: 'pilot' })).toBeChecked()
  await expect(me.button('Xem trước')).toHaveCount(0)

  await test.step('a source ends', async () => {
    await me.go('#/packs/sources')
    await me.button('Thêm căn cứ').click()
    const edit = me.page.getByRole('dialog')
    for (const [label, text] of [['Số, ký hiệu', '01/2020/TT-BKHCN'], ['Tên (tiếng Việt)', 'Thông tư thử'], ['Tên (tiếng Anh)', 'Trial circular'], ['Hiệu lực đến', '30/06/2026'], ['Được thay bởi', '09/2026/TT-BKHCN']] as const) await me.fill(label, text, edit)
    await edit.getByRole('combobox', { name: 'Tình trạng' }).selectOption({ label: 'Đã bị thay thế' })
    await edit.getByRole('button', { name: 'Lưu' }).click()
    await expect(edit).toBeHidden()
    await expect(me.page.getByText('Bổ sung tại đây')).toBeVisible()
    for (const section of ['Bảng kiểm', 'Báo cáo & gửi']) {
      await me.section(section)
      await expect(me.page.getByText(/01\/2020\/TT-BKHCN đã được thay thế bởi 09\/2026\/TT-BKHCN, hết hiệu lực ngày 30\/06\/2026/)).toBeVisible()
    }
  })
})
