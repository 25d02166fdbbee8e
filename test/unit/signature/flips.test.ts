import { beforeAll, describe, expect, it } from 'vitest'
import { signPdf } from '../../../shared/signature/sign.ts'
import { verifyPdf } from '../../../shared/signature/verify.ts'
import { chair, issuing, requestOf, root, times } from '../../support/certificates.ts'
import { smallReport } from '../../support/small-report.ts'

const accepted = (pdf: Uint8Array): boolean => verifyPdf(pdf, { anchors: [root.der], at: times.now }).state.startsWith('valid')
/** Whole, though nobody vouches for the signer: what a check without any root can find at best. */
const whole = (pdf: Uint8Array): boolean => !['invalid', 'unsigned', 'unreadable'].includes(verifyPdf(pdf, { anchors: [], at: times.now }).state)

let pdf: Uint8Array
let hole: readonly [number, number]

beforeAll(async () => {
  const result = await signPdf(requestOf(await smallReport(), { field: 'NguoiKy' }))
  if (!result.ok) throw new Error(result.fault.code)
  pdf = result.value
  const start = Buffer.from(pdf).indexOf('/Contents <') + '/Contents '.length
  hole = [start, Buffer.from(pdf).indexOf('>', start) + 1]
})

/** Offsets at which a changed byte went unnoticed. */
const unnoticed = (offsets: Iterable<number>, masks: readonly number[], file: Uint8Array, test = accepted): readonly string[] => {
  const copy = file.slice()
  const found: string[] = []
  for (const at of offsets) {
    const original = copy[at] ?? 0
    for (const mask of masks) {
      copy[at] = original ^ mask
      if (test(copy)) found.push(`${String(at)}^${String(mask)}`)
    }
    copy[at] = original
  }
  return found
}
const range = (from: number, to: number, step = 1): readonly number[] => Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, i) => from + i * step)

describe('a signed report with one byte changed', { timeout: 240_000 }, () => {
  it('is accepted as it is', () => {
    expect(accepted(pdf)).toBe(true)
    expect(hole[1] - hole[0]).toBeGreaterThan(2000)
  })

  it('is refused for every byte of the signature, in its low bit and in its letter case', () => {
    expect(unnoticed(range(hole[0], hole[1]), [0x01, 0x20], pdf)).toEqual([])
  })

  it('is refused for every byte behind the signature', () => {
    expect(unnoticed(range(hole[1], pdf.length), [0x01, 0x80], pdf)).toEqual([])
  })

  it('is refused for every byte of the signature dictionary before the hole', () => {
    expect(unnoticed(range(hole[0] - 250, hole[0]), [0x01, 0x20], pdf)).toEqual([])
  })

  it('is refused for a dense sample of everything else', () => {
    expect(unnoticed(range(0, hole[0] - 250, 23), [0x01], pdf)).toEqual([])
  })

  it('is refused also where no root is at hand: every byte of the certificates is bound by the signature', () => {
    expect(whole(pdf)).toBe(true)
    expect(unnoticed(range(hole[0], hole[1]), [0x01], pdf, whole)).toEqual([])
    expect(unnoticed(range(0, hole[0], 97), [0x01], pdf, whole)).toEqual([])
  })

  it('is refused with a byte more or a byte less', () => {
    for (const tail of ['\n', ' ', '%', '\0']) expect(accepted(new Uint8Array([...pdf, ...Buffer.from(tail)]))).toBe(false)
    expect(accepted(pdf.subarray(0, pdf.length - 1))).toBe(false)
    expect(accepted(new Uint8Array([0x0a, ...pdf]))).toBe(false)
  })

  it('is refused in either signature when there are two', async () => {
    const second = await signPdf(requestOf(pdf, { field: 'ThamDinhVien' }, chair, [issuing.der]))
    if (!second.ok) throw new Error(second.fault.code)
    const file = second.value
    expect(accepted(file)).toBe(true)
    const start = Buffer.from(file).lastIndexOf('/Contents <')
    expect(unnoticed(range(start, file.length, 3), [0x01], file)).toEqual([])
    expect(unnoticed(range(hole[0], hole[1], 37), [0x01], file)).toEqual([])
  })
})
