import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'
import { demo } from '../../scripts/appraise/demo.ts'
import { expect, test } from './app.ts'
import { makePng } from './files.ts'
import { Person } from './person.ts'

test.describe.configure({ timeout: 240_000 })

/** A byte in the middle of the longest stream: content, which leaves the file readable. */
const inContent = (pdf: Buffer): number => {
  let best = { at: 0, length: 0 }
  for (let from = pdf.indexOf('stream\n'); from >= 0;) {
    const to = pdf.indexOf('endstream', from)
    if (to < 0) break
    if (to - from > best.length) best = { at: from, length: to - from }
    from = pdf.indexOf('stream\n', to + 'endstream'.length)
  }
  return best.at + Math.floor(best.length / 2)
}

const flipped = (bytes: Buffer, place: number): Buffer => {
  const changed = Buffer.from(bytes)
  changed[place] = (changed[place] ?? 0) ^ 1
  return changed
}

test('files are checked: good, tampered, foreign, with the root and without it', async ({ app }) => {
  const folder = path.join(app.folder, 'demo')
  await mkdir(folder)
  expect(await demo(['--out', folder])).toBe(0)
  const [report, dossier, root] = await Promise.all(['report.pdf', 'dossier.lgz', 'ca.pem'].map((name) => readFile(path.join(folder, name))))
  if (report === undefined || dossier === undefined || root === undefined) throw new Error('the demo left nothing')

  const me = new Person(app)
  await me.createVault()
  await me.go('#/verify')
  const { page } = me
  const [files, roots] = [page.locator('input[type="file"]').nth(0), page.locator('input[type="file"]').nth(1)]
  const check = async (name: string, buffer: Buffer): Promise<void> => {
    await files.setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
    await expect(page.getByText(name, { exact: true })).toBeVisible()
  }
  const says = (text: string | RegExp): Promise<void> => expect(page.getByText(text).first()).toBeVisible({ timeout: 30_000 })

  await test.step('a good report, first without its root', async () => {
    await check('báo cáo.pdf', report)
    await says('Tệp nguyên vẹn, nhưng chưa rõ người ký có đáng tin')
    await says('Nguyễn Văn Phúc — Lượng Giá Demo')
    await says('Toàn bộ tệp')
    await expect(page.getByText('Mã niêm phong')).toBeVisible()
    await roots.setInputFiles({ name: 'ảnh.png', mimeType: 'image/png', buffer: makePng(4, 4) })
    await says('Tệp này không phải là chứng thư.')
    await roots.setInputFiles({ name: 'ca.pem', mimeType: 'application/x-pem-file', buffer: root })
    await says('Đang tin thêm 1 chứng thư gốc.')
    // The file that is on the screen is checked again with it.
    await says('Chữ ký hợp lệ; chưa kiểm tra được tình trạng thu hồi')
    await expect(page.getByText('Tệp nguyên vẹn, nhưng chưa rõ người ký có đáng tin')).toHaveCount(0)
  })

  await test.step('tampered reports', async () => {
    await check('sửa một chữ.pdf', flipped(report, inContent(report)))
    await says('Chữ ký không hợp lệ')
    await check('cắt ngang.pdf', report.subarray(0, Math.floor(report.length / 2)))
    await says('Không kiểm tra được tệp này')
    await expect(page.getByText(/^Chữ ký hợp lệ/)).toHaveCount(0)
    await check('viết thêm.pdf', Buffer.concat([report, Buffer.from('\n% thêm sau khi ký\n')]))
    await says('Không kiểm tra được tệp này')
    await says('Tệp PDF này bị hỏng hoặc không đúng quy cách nên không kiểm tra được. Hãy xin lại bản gốc.')
  })

  await test.step('the package, good and tampered', async () => {
    await check('hồ sơ.lgz', dossier)
    await says('Gói hồ sơ nguyên vẹn; mọi con số tính lại đều khớp')
    await says('Báo cáo đã ký trong gói')
    await says('Chữ ký hợp lệ; chưa kiểm tra được tình trạng thu hồi')
    for (const place of [40, Math.floor(dossier.length / 2), dossier.length - 60]) {
      await check(`sửa ở ${String(place)}.lgz`, flipped(dossier, place))
      await says('Gói hồ sơ không được công nhận')
      await expect(page.getByText('Gói hồ sơ nguyên vẹn; mọi con số tính lại đều khớp')).toHaveCount(0)
    }
    await check('cắt ngang.lgz', dossier.subarray(0, dossier.length - 1_000))
    await says('Gói hồ sơ không được công nhận')
  })

  await test.step('files of others', async () => {
    const foreign = await PDFDocument.create()
    foreign.addPage()
    await check('của người khác.pdf', Buffer.from(await foreign.save()))
    await says('Tệp chưa có chữ ký số')
    await says('Báo cáo này không mang hồ sơ của Lượng Giá.')
    await check('tệp nén.zip', Buffer.from('504b0506000000000000000000000000000000000000', 'hex'))
    await says('Gói hồ sơ không được công nhận')
    await check('ghi chú.txt', Buffer.from('không phải PDF'))
    await says('Tệp này không phải là PDF, cũng không phải gói hồ sơ của Lượng Giá.')
    await check('rỗng.pdf', Buffer.alloc(0))
    await says('Tệp này không phải là PDF, cũng không phải gói hồ sơ của Lượng Giá.')
  })

  await test.step('the same file again, dropped', async () => {
    const dataTransfer = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], 'thả vào.pdf', { type: 'application/pdf' }))
      return transfer
    }, report.toString('base64'))
    await page.dispatchEvent('body', 'drop', { dataTransfer })
    await expect(page.getByText('thả vào.pdf', { exact: true })).toBeVisible()
    await says('Chữ ký hợp lệ; chưa kiểm tra được tình trạng thu hồi')
  })
  expect(app.complaints).toEqual([])
})
