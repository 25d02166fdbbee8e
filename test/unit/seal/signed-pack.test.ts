import { describe, expect, it } from 'vitest'
import { canonical } from '../../../shared/kernel/canonical.ts'
import { thumbprint } from '../../../shared/seal/jws.ts'
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
