import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faults, faultText } from '../../../shared/kernel/faults.ts'
import { exchangeFaults } from '../../../shared/kernel/faults/exchange.ts'
import { fromBase64, toBase64 } from '../../../shared/kernel/base64.ts'
import { canonical } from '../../../shared/kernel/canonical.ts'
import { enrolAnswerMac, enrolRequestMac, makeCode, parseCode } from '../../../shared/sync/enrol.ts'
import { signMessage, verifyMessage } from '../../../shared/sync/jws.ts'
import { commitAnswer, leafBytes, leafEcho, packageBytes, parseAnswer, planAnswer, planRequest } from '../../../shared/sync/messages.ts'
import { verifyReceipt } from '../../../shared/sync/receipt.ts'
import { makeKey, receiptFor, smallPackage } from '../../support/sync-world.ts'

const random = fc.uint8Array({ minLength: 19, maxLength: 19 })

describe('enrolment codes', () => {
  it('are read as people type them', () => {
    fc.assert(fc.property(random, (bytes) => {
      const code = makeCode(bytes)
      const same = { ok: true, value: { id: code.id, secret: code.secret } }
      expect(code.text).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/)
      expect(parseCode(code.text)).toEqual(same)
      expect(parseCode(` ${code.text.toLowerCase().replace(/-/g, ' – ')}\n`)).toEqual(same)
      expect(parseCode(code.text.replace(/0/g, 'o').replace(/1/g, 'l'))).toEqual(same)
      expect(parseCode(code.text.replace(/1/g, 'I').replace(/-/g, ''))).toEqual(same)
    }))
  })

  it('find most typing errors before anything is sent, and never take a wrong length', () => {
    let missed = 0
    let tried = 0
    fc.assert(fc.property(random, fc.nat(19), fc.nat(31), (bytes, place, letter) => {
      const code = makeCode(bytes).text.replace(/-/g, '')
      const typed = code.slice(0, place) + '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charAt(letter) + code.slice(place + 1)
      if (typed !== code) {
        tried += 1
        missed += parseCode(typed).ok ? 1 : 0
      }
      expect(parseCode(code.slice(1)).ok).toBe(false)
      expect(parseCode(`${code}0`).ok).toBe(false)
    }), { numRuns: 1_000 })
    expect(missed / tried).toBeLessThan(0.1)
    for (const text of ['', 'U'.repeat(20), 'é'.repeat(20), '<script>', '-'.repeat(20)]) expect(parseCode(text)).toEqual({ ok: false, fault: { code: 'exchange-code-mistyped' } })
  })

  it('bind key, exchange and name; the answer binds the key set', () => {
    const code = makeCode(new Uint8Array(19).fill(7))
    const other = makeCode(new Uint8Array(19).fill(8))
    const [a, b] = [makeKey(), makeKey()]
    const request = enrolRequestMac(code, 'server', a.jwk, 'Máy 1')
    const variants = [enrolRequestMac(other, 'server', a.jwk, 'Máy 1'), enrolRequestMac(code, 'another', a.jwk, 'Máy 1'), enrolRequestMac(code, 'server', b.jwk, 'Máy 1'), enrolRequestMac(code, 'server', a.jwk, 'Máy 2')]
    expect(new Set([request, ...variants]).size).toBe(5)
    const answer = { v: 1 as const, server: 's', name: 'n', organisation: { id: 'o', name: 'O' }, device: a.id, keys: [a.jwk] }
    const macs = [answer, { ...answer, keys: [b.jwk] }, { ...answer, keys: [a.jwk, b.jwk] }, { ...answer, device: b.id }, { ...answer, organisation: { id: 'o', name: 'X' } }].map((one) => enrolAnswerMac(code, one))
    expect(new Set(macs).size).toBe(5)
  })
})

describe('receipts', () => {
  const key = makeKey()
  const pack = smallPackage(1)
  const size = pack.bytes.length
  const subject = { ...pack, size }
  const sign = (more = {}, kind: 'luong-gia-receipt' | 'luong-gia-session' = 'luong-gia-receipt', by = key) => signMessage(kind, by.id, { ...receiptFor(pack, size), ...more }, by.sign)

  it('verify by a pinned key, also after the exchange has several', async () => {
    const text = await sign()
    expect(verifyReceipt(text, [makeKey().jwk, key.jwk], subject)).toMatchObject({ ok: true, value: { text, kid: key.id, receipt: { package: pack.sha256 } } })
  })

  it('are refused for another package, seal, size, purpose, key, or shape', async () => {
    const refused = { ok: false, fault: { code: 'receipt-invalid' } }
    const text = await sign()
    expect(verifyReceipt(text, [key.jwk], { ...subject, sha256: '0'.repeat(64) })).toEqual(refused)
    expect(verifyReceipt(text, [key.jwk], { ...subject, seal: '0'.repeat(64) })).toEqual(refused)
    expect(verifyReceipt(text, [key.jwk], { ...subject, size: size + 1 })).toEqual(refused)
    expect(verifyReceipt(text, [], subject)).toEqual(refused)
    expect(verifyReceipt(text, [makeKey().jwk], subject)).toEqual(refused)
    expect(verifyReceipt(await sign({}, 'luong-gia-session'), [key.jwk], subject)).toEqual(refused)
    expect(verifyReceipt(await sign({ more: 1 }), [key.jwk], subject)).toEqual(refused)
    expect(verifyReceipt(await sign({ auditSeq: '1' }), [key.jwk], subject)).toEqual(refused)
    const spy = makeKey()
    expect(verifyReceipt(await signMessage('luong-gia-receipt', key.id, { ...receiptFor(pack, size) }, spy.sign), [key.jwk], subject)).toEqual(refused)
  })

  it('any change of any character makes them invalid', async () => {
    const text = await sign()
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    for (let at = 0; at < text.length; at += 1) {
      const letter = alphabet.charAt((alphabet.indexOf(text.charAt(at)) + 1 + (at % 62)) % 64)
      const changed = text.slice(0, at) + letter + text.slice(at + 1)
      expect(verifyReceipt(changed, [key.jwk], subject).ok).toBe(false)
    }
    for (const changed of [`${text}=`, ` ${text}`, `${text}.`, text.split('.').slice(0, 2).join('.'), `${text.slice(0, -1)}`, text.replace('.', '..')]) expect(verifyReceipt(changed, [key.jwk], subject).ok).toBe(false)
  })

  it('have one spelling: the other valid form of a signature is refused', async () => {
    const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
    const [header = '', body = '', signature = ''] = (await sign()).split('.')
    const raw = Buffer.from(signature, 'base64url')
    const s = n - BigInt(`0x${raw.subarray(32).toString('hex')}`)
    const twin = Buffer.concat([raw.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')])
    expect(verifyReceipt(`${header}.${body}.${twin.toString('base64url')}`, [key.jwk], subject).ok).toBe(false)
  })

  it('carry canonical JSON only', async () => {
    const claims = { b: 1, a: 2 }
    const text = await signMessage('luong-gia-receipt', key.id, claims, key.sign)
    expect(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()).toBe(canonical(claims))
    expect(verifyMessage('luong-gia-receipt', text, [key.jwk])).toEqual({ message: claims, kid: key.id })
  })
})

describe('answers', () => {
  it('nothing but the right shape is read, whatever the text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect([parseAnswer(planAnswer, text), parseAnswer(commitAnswer, text), parseAnswer(leafEcho, text)]).toEqual([null, null, null])
    }))
    expect(parseAnswer(commitAnswer, '{"again":true}')).toEqual({ again: true })
    expect(parseAnswer(commitAnswer, '{"again":false}')).toBeNull()
    expect(parseAnswer(planAnswer, `{"uploadId":"${'a'.repeat(64)}","missing":[[3,2]]}`)).toBeNull()
  })

  it('a plan names exactly as many leaves as its size needs', () => {
    const plan = (size: number, leaves: number) => planRequest.safeParse({ v: 1, kind: 'dossier', sha256: 'a'.repeat(64), size, leafSize: leafBytes, leaves: Array.from({ length: leaves }, () => 'b'.repeat(64)) }).success
    expect([plan(1, 1), plan(leafBytes, 1), plan(leafBytes + 1, 2), plan(packageBytes, 8192)]).toEqual([true, true, true, true])
    expect([plan(0, 1), plan(leafBytes, 2), plan(leafBytes + 1, 1), plan(packageBytes + 1, 8193)]).toEqual([false, false, false, false])
  })
})

describe('base64 of the doors', () => {
  it('is the standard one, both ways', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40_000 }), (bytes) => {
      const text = toBase64(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64'))
      expect(Buffer.from(fromBase64(text) ?? []).equals(bytes)).toBe(true)
    }))
  })

  it('has one text for the same bytes', () => {
    for (const text of ['A', 'AA', 'AAA', 'AB==', 'AAB=', 'A===', 'AA=A', 'AA==AA==', 'A-==', 'é===', 'AA =', ' AA=']) expect(fromBase64(text)).toBeNull()
    expect(fromBase64('')).toEqual(new Uint8Array(0))
  })
})

describe('sentences', () => {
  it('say in both languages what happened, and take over the sentence of a reason that is a fault itself', () => {
    expect(faultText({ code: 'exchange-refused', details: { reason: 'exchange-device-revoked' } })).toEqual({
      vi: `Sàn từ chối hồ sơ: ${faults['exchange-device-revoked'].text.vi}`,
      en: `The exchange refused the dossier: ${faults['exchange-device-revoked'].text.en}`,
    })
    expect(faultText({ code: 'network-filter', details: { host: 'san.vn' } }).vi).toContain('san.vn')
    for (const { text } of Object.values(exchangeFaults)) for (const sentence of [text.vi, text.en]) expect(sentence.trim().length).toBeGreaterThan(10)
  })
})
