import { webcrypto } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hex, utf8 } from '../../../shared/kernel/bytes.ts'
import { faultText } from '../../../shared/kernel/faults.ts'
import { genesis, mostOps } from '../../../shared/schema/change.ts'
import type { Change } from '../../../shared/schema/change.ts'
import { boxOf, boxOverhead, openBox, sealBox } from '../../../shared/vault/box.ts'
import { newDeviceKey, publicPart, signWith } from '../../../shared/vault/device.ts'
import { journalTag, openLine, sealLine } from '../../../shared/vault/journal-line.ts'
import { checkValue, purposes, subkey, vaultKeys } from '../../../shared/vault/keys.ts'
import { acceptPassphrase, canonicalPassphrase, newCost, passphraseKey } from '../../../shared/vault/passphrase.ts'
import { openPiece, pieceAddress, sealPiece } from '../../../shared/vault/pieces.ts'
import {
  makeVaultRecord, newSalt, openWithPassphrase, openWithRecovery, passphraseDerivation, readSecret, readVaultRecord, withPassphrase,
  withRecoveryCode, withSecret, writeVaultRecord,
} from '../../../shared/vault/record.ts'
import type { VaultRecord, VaultSecret } from '../../../shared/vault/record.ts'
import { newRecoveryCode, parseRecoveryCode } from '../../../shared/vault/recovery.ts'

const random = (length: number) => webcrypto.getRandomValues(new Uint8Array(length))
/** Cheap cost: the tests are about the record, not about the time an attacker needs. */
const cost = { memory: 64, passes: 1, lanes: 1 }
const vaultId = '3f0f5f2e-6f5e-4c34-9d8e-1f2a3b4c5d6e'

const newVault = async (passphrase: string) => {
  const dataKey = random(32)
  const salt = newSalt(random)
  const recoveryCode = newRecoveryCode(random)
  const secret: VaultSecret = { author: 'Nguyễn Thị Ánh', device: newDeviceKey(random), enrolment: null }
  const keys = vaultKeys(dataKey, vaultId, random)
  const record = await makeVaultRecord({
    id: vaultId, createdAt: '2026-11-22T02:00:00.000Z', dataKey, passphrase: { key: passphraseKey(passphrase, salt, cost), salt, cost },
    recoveryCode, secret, box: keys.secret, random,
  })
  return { dataKey, recoveryCode, secret, keys, record }
}
const tryPassphrase = (record: VaultRecord, passphrase: string) => {
  const { salt, cost: recorded } = passphraseDerivation(record)
  return openWithPassphrase(record, passphraseKey(passphrase, salt, recorded))
}

describe('box', () => {
  it('gives the bytes that WebCrypto gives, both ways', async () => {
    const key = random(32)
    const nonce = random(12)
    const plain = utf8('Thẩm định giá công nghệ')
    const web = await webcrypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt'])
    const params = { name: 'AES-GCM', iv: nonce, additionalData: utf8('nhãn') }
    const own = sealBox(key, nonce, 'nhãn', plain)
    expect(hex(own.subarray(13))).toBe(hex(new Uint8Array(await webcrypto.subtle.encrypt(params, web, plain))))
    expect(hex(new Uint8Array(await webcrypto.subtle.decrypt(params, web, own.subarray(13))))).toBe(hex(plain))
    expect(own.length).toBe(plain.length + boxOverhead)
  })

  it('refuses every flipped bit, every shorter box, another label and another key', () => {
    const key = random(32)
    const box = sealBox(key, random(12), 'a', utf8('bí mật'))
    for (let bit = 0; bit < box.length * 8; bit += 1) {
      const changed = box.slice()
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(openBox(key, 'a', changed)).toBeNull()
    }
    for (let length = 0; length < box.length; length += 1) expect(openBox(key, 'a', box.subarray(0, length))).toBeNull()
    expect(openBox(key, 'b', box)).toBeNull()
    expect(openBox(random(32), 'a', box)).toBeNull()
    expect(openBox(key, 'a', box)).toEqual(utf8('bí mật'))
  })
})

describe('keys', () => {
  it('derives by HKDF-SHA-256 as WebCrypto does, one key per purpose', async () => {
    const dataKey = random(32)
    const base = await webcrypto.subtle.importKey('raw', dataKey, 'HKDF', false, ['deriveBits'])
    const seen = new Set<string>()
    for (const purpose of purposes) {
      const bits = await webcrypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: utf8(vaultId), info: utf8(`luong-gia/${purpose}/1`) }, base, 256)
      expect(hex(subkey(dataKey, vaultId, purpose))).toBe(hex(new Uint8Array(bits)))
      seen.add(hex(new Uint8Array(bits)))
    }
    expect(seen.size).toBe(purposes.length)
    expect(checkValue(dataKey, vaultId)).not.toBe(checkValue(dataKey, '00000000-0000-4000-8000-000000000000'))
  })

  it('signs with the device key so that its public half verifies', async () => {
    const key = newDeviceKey(random)
    const bytes = utf8('niêm phong')
    const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
    const open = await webcrypto.subtle.importKey('jwk', publicPart(key), ecdsa, false, ['verify'])
    const hidden = await webcrypto.subtle.importKey('jwk', key, ecdsa, false, ['sign'])
    for (const signature of [await signWith(key)(bytes), await webcrypto.subtle.sign(ecdsa, hidden, bytes)]) {
      expect(await webcrypto.subtle.verify(ecdsa, open, signature, bytes)).toBe(true)
      expect(await webcrypto.subtle.verify(ecdsa, open, signature, utf8('niêm phonG'))).toBe(false)
    }
    expect(publicPart(key)).not.toHaveProperty('d')
  })
})

describe('passphrase', () => {
  it('follows the published Argon2id vector through the library it uses', () => {
    // Reference implementation (phc-winner-argon2, test.c): Argon2id v19, t=2, m=2^16, p=1, "password", "somesalt".
    expect(hex(passphraseKey('password', utf8('somesalt'), { memory: 65_536, passes: 2, lanes: 1 })))
      .toBe('09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7')
  })

  it('has one form for composed and decomposed letters and for every space', () => {
    const typed = 'Hồ sơ công nghệ'
    expect(canonicalPassphrase(typed.normalize('NFD').replaceAll(' ', '\u00a0'))).toBe(typed)
    expect(passphraseKey(typed.normalize('NFD'), utf8('somesalt'), cost)).toEqual(passphraseKey(typed, utf8('somesalt'), cost))
  })

  it('wants ten characters as people count them', () => {
    expect(acceptPassphrase('mười ký tự'.normalize('NFD')).ok).toBe(true)
    expect(acceptPassphrase('chín ký t').ok).toBe(false)
    expect(acceptPassphrase('   a        ').ok).toBe(false)
    expect(newCost.memory).toBeGreaterThanOrEqual(19_456)
    expect(newCost.passes).toBeGreaterThanOrEqual(2)
  })
})

describe('recovery code', () => {
  it('prints nine groups of four and reads itself back however it is typed', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 27, maxLength: 27 }), fc.boolean(), (bytes, lower) => {
      const code = newRecoveryCode(() => new Uint8Array(bytes))
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){8}$/)
      const typed = code.replaceAll('0', 'O').replaceAll('1', 'l').replaceAll('-', ' – ')
      expect(parseRecoveryCode(lower ? ` ${typed.toLowerCase()} ` : typed)).toEqual({ ok: true, value: code })
    }))
  })

  it('names the group of every single wrong letter and of every swap inside a group', () => {
    const code = newRecoveryCode(random)
    const letters = Array.from(code.replaceAll('-', ''))
    for (let place = 0; place < letters.length; place += 1) {
      const group = Math.floor(place / 4) + 1
      for (const other of '0123456789ABCDEFGHJKMNPQRSTVWXYZU') {
        if (other === letters[place]) continue
        const wrong = letters.with(place, other).join('')
        expect(parseRecoveryCode(wrong)).toEqual({ ok: false, fault: { code: 'recovery-code-mistyped', details: { group } } })
      }
      const next = letters[place + 1]
      const own = letters[place]
      if (place % 4 === 3 || next === undefined || own === undefined || next === own) continue
      expect(parseRecoveryCode(letters.with(place, next).with(place + 1, own).join(''))).toMatchObject({ ok: false, fault: { details: { group } } })
    }
  })

  it('notices swapped groups, missing and surplus letters', () => {
    const code = newRecoveryCode(random).split('-')
    for (let a = 0; a < 9; a += 1) {
      for (let b = a + 1; b < 9; b += 1) expect(parseRecoveryCode(code.with(a, code[b] ?? '').with(b, code[a] ?? '').join('-')).ok).toBe(false)
    }
    expect(parseRecoveryCode(code.slice(0, 8).join('-'))).toMatchObject({ ok: false, fault: { code: 'recovery-code-length', details: { count: 32, needed: 36 } } })
    expect(parseRecoveryCode(`${code.join('')}0`).ok).toBe(false)
    expect(parseRecoveryCode('').ok).toBe(false)
  })
})

describe('vault record', () => {
  it('opens with the passphrase and with the recovery code, to the same key', async () => {
    const { dataKey, recoveryCode, secret, keys, record } = await newVault('mật khẩu rất dài')
    const read = readVaultRecord(writeVaultRecord(record))
    expect(read).toEqual({ ok: true, value: record })
    expect(tryPassphrase(record, 'mật khẩu rất dài'.normalize('NFD'))).toEqual({ ok: true, value: dataKey })
    expect(openWithRecovery(record, recoveryCode.toLowerCase())).toEqual({ ok: true, value: dataKey })
    expect(await readSecret(record, keys.secret)).toEqual({ ok: true, value: secret })
  })

  it('tells wrong passphrase, wrong code, damaged file and newer file apart', async () => {
    const { record } = await newVault('mật khẩu rất dài')
    expect(tryPassphrase(record, 'mật khẩu rất dàI')).toEqual({ ok: false, fault: { code: 'passphrase-wrong' } })
    expect(openWithRecovery(record, newRecoveryCode(random))).toEqual({ ok: false, fault: { code: 'recovery-code-wrong' } })
    expect(readVaultRecord(writeVaultRecord(record).replace('vault/1', 'vault/2'))).toEqual({ ok: false, fault: { code: 'vault-newer' } })
    expect(readVaultRecord('{"format":"luong-gia-vault/7","anything":[]}')).toEqual({ ok: false, fault: { code: 'vault-newer' } })
    for (const text of ['', '{', 'null', '[]', '"luong-gia-vault/1"', '{"format":"luong-gia-vault/0"}', '{"format":"other/2"}', '\u0000'.repeat(500)]) {
      expect(readVaultRecord(text)).toEqual({ ok: false, fault: { code: 'vault-record-damaged' } })
    }
  })

  it('notices every changed character of the file', async () => {
    const text = writeVaultRecord((await newVault('mật khẩu rất dài')).record)
    let refused = 0
    for (let at = 0; at < text.length; at += 1) {
      const swapped = text[at] === '7' ? '8' : '7'
      const changed = readVaultRecord(text.slice(0, at) + swapped + text.slice(at + 1))
      // White space between members carries nothing; every other character must count.
      if (/\s/.test(text[at] ?? '')) continue
      expect(changed.ok).toBe(false)
      refused += 1
    }
    expect(refused).toBeGreaterThan(900)
    for (let length = 0; length < text.length - 1; length += 13) expect(readVaultRecord(text.slice(0, length)).ok).toBe(false)
  })

  it('changes the passphrase and the recovery code; the old ones stop working, the data key stays', async () => {
    const { dataKey, recoveryCode, secret, keys, record } = await newVault('mật khẩu cũ xưa')
    const salt = newSalt(random)
    const changed = withPassphrase(record, dataKey, { key: passphraseKey('mật khẩu mới tinh', salt, cost), salt, cost }, random)
    expect(tryPassphrase(changed, 'mật khẩu cũ xưa').ok).toBe(false)
    expect(tryPassphrase(changed, 'mật khẩu mới tinh')).toEqual({ ok: true, value: dataKey })
    expect(openWithRecovery(changed, recoveryCode)).toEqual({ ok: true, value: dataKey })
    const code = newRecoveryCode(random)
    const renewed = withRecoveryCode(changed, dataKey, code, random)
    expect(openWithRecovery(renewed, recoveryCode)).toMatchObject({ ok: false, fault: { code: 'recovery-code-wrong' } })
    expect(openWithRecovery(renewed, code)).toEqual({ ok: true, value: dataKey })
    expect(tryPassphrase(renewed, 'mật khẩu mới tinh').ok).toBe(true)
    expect(await readSecret(renewed, keys.secret)).toEqual({ ok: true, value: secret })
    expect([record.revision, changed.revision, renewed.revision]).toEqual([1, 2, 3])
    expect(readVaultRecord(writeVaultRecord(renewed)).ok).toBe(true)
  })

  it('does not open once the cost or the salt was altered, even with a fitting sum', async () => {
    const { record, dataKey, keys, secret } = await newVault('mật khẩu rất dài')
    const weaker = { ...record, passphrase: { ...record.passphrase, passes: 2 } }
    expect(openWithPassphrase(weaker, passphraseKey('mật khẩu rất dài', passphraseDerivation(record).salt, cost)).ok).toBe(false)
    const foreign = { ...record, id: '00000000-0000-4000-8000-000000000000' }
    expect(tryPassphrase(foreign, 'mật khẩu rất dài').ok).toBe(false)
    const next = await withSecret(record, keys.secret, { ...secret, author: 'Người khác' })
    expect(await readSecret(next, keys.secret)).toMatchObject({ ok: true, value: { author: 'Người khác' } })
    expect(await readSecret(next, vaultKeys(dataKey, 'other', random).secret)).toEqual({ ok: false, fault: { code: 'vault-record-damaged' } })
  })

  it('shows nothing readable, and its faults say nothing about what was typed', async () => {
    const { record, recoveryCode, secret, dataKey } = await newVault('bí mật 123456')
    const text = writeVaultRecord(record)
    for (const marked of ['bí mật', 'Nguyễn', 'Ánh', secret.device.d, secret.device.x, recoveryCode, hex(dataKey)]) expect(text).not.toContain(marked)
    const typed = 'SAI-MAT-KHAU-1'
    for (const result of [tryPassphrase(record, typed), openWithRecovery(record, typed), acceptPassphrase('ngắn')]) {
      expect(result.ok).toBe(false)
      if (result.ok) continue
      expect(JSON.stringify(result.fault)).not.toContain(typed)
      expect(faultText(result.fault).vi).not.toContain('…')
    }
  })
})

describe('journal line', () => {
  const change: Change = {
    v: 1, dossier: vaultId, seq: 3, prev: 'a'.repeat(64), at: '2026-11-22T02:00:00.000Z', author: 'Trần Đức',
    body: { kind: 'profile.set', subject: 'title', ops: [{ path: ['profile', 'title'], from: '', to: 'Máy sấy lúa' }] }, hash: 'b'.repeat(64),
  }

  it('goes there and back, bound to its dossier and place', async () => {
    const keys = vaultKeys(random(32), vaultId, random)
    const sealed = await sealLine(keys, change)
    if (!sealed.ok) throw new Error('refused')
    expect(await openLine(keys.journal, vaultId, sealed.value)).toEqual({ ok: true, value: change })
    expect((await openLine(keys.journal, '00000000-0000-4000-8000-000000000000', sealed.value)).ok).toBe(false)
    expect((await openLine(keys.journal, vaultId, { ...sealed.value, seq: 4 })).ok).toBe(false)
    expect((await openLine(vaultKeys(random(32), vaultId, random).journal, vaultId, sealed.value)).ok).toBe(false)
    expect((await openLine(keys.journal, vaultId, { ...sealed.value, line: 'không phải' })).ok).toBe(false)
  })

  it('shows a keyed tag instead of the hash, and zeros for the empty journal', async () => {
    const keys = vaultKeys(random(32), vaultId, random)
    const sealed = await sealLine(keys, change)
    if (!sealed.ok) throw new Error('refused')
    expect(sealed.value.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(sealed.value.hash).not.toBe(change.hash)
    expect(sealed.value.hash).toBe(await journalTag(keys.tags, vaultId, change.hash))
    expect(await journalTag(vaultKeys(random(32), vaultId, random).tags, vaultId, change.hash)).not.toBe(sealed.value.hash)
    expect(await journalTag(keys.tags, vaultId, genesis)).toBe(genesis)
  })

  it('refuses a change that the host could not take', async () => {
    const keys = vaultKeys(random(32), vaultId, random)
    const large = { ...change, body: { ...change.body, ops: [{ path: ['x'], to: 'đ'.repeat(1_600_000) }] } }
    expect(await sealLine(keys, large)).toEqual({ ok: false, fault: { code: 'change-too-large' } })
  })

  it('is sealed only while it can be read again, however many steps it has', async () => {
    const keys = vaultKeys(random(32), vaultId, random)
    const steps = (count: number) => ({ ...change, body: { ...change.body, ops: Array.from({ length: count }, (_, index) => ({ path: ['x', String(index)], to: 1 })) } })
    const sealed = await sealLine(keys, steps(mostOps))
    if (!sealed.ok) throw new Error('refused')
    expect(await openLine(keys.journal, change.dossier, sealed.value)).toMatchObject({ ok: true })
    expect(await sealLine(keys, steps(mostOps + 1))).toEqual({ ok: false, fault: { code: 'change-too-large' } })
  })
})

describe('pieces', () => {
  it('finds equal pieces under one keyed address and refuses another content', async () => {
    const keys = vaultKeys(random(32), vaultId, random)
    const plain = random(5000)
    const leaf = hex(new Uint8Array(await webcrypto.subtle.digest('SHA-256', plain)))
    const address = await pieceAddress(keys.addresses, leaf)
    expect(address).not.toBe(leaf)
    expect(await pieceAddress(keys.addresses, leaf)).toBe(address)
    const box = await sealPiece(keys.pieces, address, plain)
    expect(await openPiece(keys.pieces, address, box, leaf)).toEqual({ ok: true, value: plain })
    expect((await openPiece(keys.pieces, address, box, 'c'.repeat(64))).ok).toBe(false)
    expect((await openPiece(keys.pieces, 'd'.repeat(64), box, leaf)).ok).toBe(false)
    expect((await openPiece(boxOf(random(32), random), address, box, leaf)).ok).toBe(false)
  })
})
