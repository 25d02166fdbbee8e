import { describe, expect, it } from 'vitest'
import { utf8 } from '../../../shared/kernel/bytes.ts'
import { canonical } from '../../../shared/kernel/canonical.ts'
import { problemsOf } from '../../../shared/rulepack/check.ts'
import { jwsTypes, makeCompact, thumbprint } from '../../../shared/seal/jws.ts'
import { readPackFile, signPack, spokenThumbprint } from '../../../shared/seal/signed-pack.ts'
import { newDeviceKey, publicPart, signWith } from '../../../shared/vault/device.ts'
import { must } from '../dossier/support.ts'
import { both, loadedOf, smallPack } from '../rulepack/small-pack.ts'

const key = newDeviceKey((length) => Uint8Array.from({ length }, (_, index) => (index * 7 + 3) % 256))
const other = newDeviceKey((length) => Uint8Array.from({ length }, (_, index) => (index * 11 + 5) % 256))
const at = '2026-11-22T08:00:00.000Z'
const loaded = loadedOf(smallPack())
const signed = await signPack(loaded, { name: 'Nguyễn Thị Ánh', organisation: 'Sở KH&CN' }, at, publicPart(key), signWith(key))
const parts = () => JSON.parse(signed) as { format: string; pack: string; signature: string } // as written above
const code = (text: string) => {
  const read = readPackFile(text)
  return read.ok ? 'ok' : read.fault.code
}

describe('signed packs', () => {
  it('are read back with who signed them', () => {
    const { loaded: back, signer } = must(readPackFile(signed))
    expect(back.sha256).toBe(loaded.sha256)
    expect(signer).toEqual({ name: 'Nguyễn Thị Ánh', organisation: 'Sở KH&CN', key: thumbprint(publicPart(key)), at })
    expect(must(readPackFile(JSON.stringify({ ...parts(), pack: JSON.parse(parts().pack) }))).signer?.name).toBe('Nguyễn Thị Ánh')
  })
  it('plain JSON has no signer', () => {
    expect(must(readPackFile(JSON.stringify(smallPack()))).signer).toBeNull()
  })
  it('refuses changed content, a signature of another pack, another key and a changed name', async () => {
    const changed = loadedOf(smallPack({ title: both('Đã sửa') }))
    const elsewhere = await signPack(changed, { name: 'A', organisation: 'B' }, at, publicPart(key), signWith(key))
    const stranger = await signPack(loaded, { name: 'Nguyễn Thị Ánh', organisation: 'Sở KH&CN' }, at, publicPart(key), signWith(other))
    const [head = '', , tail = ''] = parts().signature.split('.')
    const renamed = Buffer.from(canonical({ format: 'luong-gia-signed-pack/1', pack: { id: 'small', version: '1.0.0', sha256: loaded.sha256 }, signer: { name: 'Người khác', organisation: '' }, at })).toString('base64url')
    for (const text of [
      JSON.stringify({ ...parts(), pack: changed.text }),
      JSON.stringify({ ...parts(), signature: (JSON.parse(elsewhere) as { signature: string }).signature }), // as written above
      stranger,
      JSON.stringify({ ...parts(), signature: `${head}.${renamed}.${tail}` }),
      JSON.stringify({ ...parts(), signature: 'abc' }),
    ]) expect(code(text)).toBe('pack-signature-wrong')
  })
  it('every changed character of the signature is noticed', () => {
    const { signature } = parts()
    for (let i = 0; i < signature.length; i += 7) {
      const flipped = `${signature.slice(0, i)}${signature[i] === 'A' ? 'B' : 'A'}${signature.slice(i + 1)}`
      expect(code(JSON.stringify({ ...parts(), signature: flipped }))).toBe('pack-signature-wrong')
    }
  })
  it('names of signers hold nothing that hides or turns around what is read', async () => {
    for (const hidden of ['Sở \u202eNCHK', 'Sở\u0000', 'Sở\nBộ', 'Sở\u200b', '\u2066Bộ\u2069']) {
      const clean = await signPack(loaded, { name: hidden, organisation: hidden }, at, publicPart(key), signWith(key))
      expect(must(readPackFile(clean)).signer?.name).toMatch(/^[\p{L} ]+$/u)
      const said = { format: 'luong-gia-signed-pack/1', pack: { id: 'small', version: '1.0.0', sha256: loaded.sha256 }, signer: { name: hidden, organisation: '' }, at }
      const forged = await makeCompact({ typ: 'luong-gia-pack', jwk: publicPart(key) }, utf8(canonical(said)), signWith(key))
      expect(code(JSON.stringify({ ...parts(), signature: forged }))).toBe('pack-signature-wrong')
    }
  })
  it('a signature made for another purpose does not pass for that of a pack', async () => {
    const said = utf8(canonical({ format: 'luong-gia-signed-pack/1', pack: { id: 'small', version: '1.0.0', sha256: loaded.sha256 }, signer: { name: 'A', organisation: '' }, at }))
    expect(code(JSON.stringify({ ...parts(), signature: await makeCompact({ typ: 'luong-gia-pack', jwk: publicPart(key) }, said, signWith(key)) }))).toBe('ok')
    for (const typ of [jwsTypes.seal, jwsTypes.report, 'luong-gia-pack2']) expect(code(JSON.stringify({ ...parts(), signature: await makeCompact({ typ, jwk: publicPart(key) }, said, signWith(key)) }))).toBe('pack-signature-wrong')
    expect(code(JSON.stringify({ ...parts(), signature: await makeCompact({ typ: 'luong-gia-pack', kid: 'x' }, said, signWith(key)) }))).toBe('pack-signature-wrong')
  })
  it('texts of packs hold no signs that hide or turn around what is read', () => {
    for (const hidden of ['Bộ \u202ecủa Bộ', 'Bộ\u0000', '\u2067Bộ\u2069', 'Bộ\u001b[2J']) {
      expect(code(JSON.stringify(smallPack({ title: both(hidden) })))).toBe('pack-malformed')
      expect(problemsOf(smallPack({ title: both(hidden) })).map(({ text }) => text.vi)).toEqual(expect.arrayContaining([expect.stringContaining('ký tự không nhìn thấy')]))
    }
    expect(code(JSON.stringify(smallPack({ title: both('Dòng một\nDòng hai\tcột') })))).toBe('ok')
  })
  it('tells later formats, damaged packs and nonsense apart', () => {
    expect(code(JSON.stringify({ ...parts(), format: 'luong-gia-signed-pack/2' }))).toBe('pack-newer')
    expect(code(JSON.stringify({ ...parts(), more: 1 }))).toBe('pack-unreadable')
    expect(code(JSON.stringify({ ...parts(), pack: '{' }))).toBe('pack-unreadable')
    expect(code('hello')).toBe('pack-unreadable')
  })
  it('a fingerprint is spoken in five groups of four', () => {
    expect(spokenThumbprint('0123456789abcdef0123456789')).toBe('0123 4567 89AB CDEF 0123')
  })
})
