import { webcrypto } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import { describe, expect, it } from 'vitest'
import { base64url, base64urlBytes, concat, hex, utf8 } from '../../../shared/kernel/bytes.ts'
import { canonical } from '../../../shared/kernel/canonical.ts'
import { deviceJwk } from '../../../shared/schema/sealed.ts'
import { makeCompact, makeDetached, thumbprint, verifyCompact, verifyDetached } from '../../../shared/seal/jws.ts'

const { subtle } = webcrypto
const makeKey = async () => {
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { kty, crv, x, y } = await subtle.exportKey('jwk', pair.publicKey)
  return {
    jwk: deviceJwk.parse({ kty, crv, x, y }),
    publicKey: pair.publicKey,
    sign: async (data: Uint8Array<ArrayBuffer>) => new Uint8Array(await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, data)),
  }
}
const payload = utf8('{"seal":"Hồ sơ niêm phong"}')

describe('base64url', () => {
  it('round-trips every length and refuses what it would not write', () => {
    for (let length = 0; length < 70; length += 1) {
      const bytes = webcrypto.getRandomValues(new Uint8Array(length))
      const text = base64url(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64url'))
      expect(hex(base64urlBytes(text) ?? new Uint8Array(1))).toBe(hex(bytes))
    }
    const refused = ['A', 'AAAAA', 'AB', 'AAB', 'AA==', 'AA A', 'A+AA', 'A/AA', 'AAÁ', '\n']
    expect(refused.filter((text) => base64urlBytes(text) !== null)).toEqual([])
  })
})

describe('JWS', () => {
  it('signs with WebCrypto, verifies purely, and WebCrypto agrees', async () => {
    const { jwk, publicKey, sign } = await makeKey()
    for (let round = 0; round < 8; round += 1) {
      const text = await makeCompact({ typ: 'test', jwk }, payload, sign)
      const verified = verifyCompact(text, { typ: 'test', smallS: true })
      expect(verified).toMatchObject({ ok: true, value: { key: jwk } })
      const [head = '', body = '', tail = ''] = text.split('.')
      expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({ alg: 'ES256', typ: 'test', jwk })
      expect(await subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, publicKey, Buffer.from(tail, 'base64url'), Buffer.from(`${head}.${body}`))).toBe(true)
    }
  })

  it('names a key as RFC 7638 does', async () => {
    const { jwk } = await makeKey()
    const text = `{"crv":"P-256","kty":"EC","x":"${jwk.x}","y":"${jwk.y}"}`
    expect(thumbprint(jwk)).toBe(hex(new Uint8Array(await subtle.digest('SHA-256', utf8(text)))))
  })

  it('binds the detached form to its payload, key and purpose', async () => {
    const { jwk, sign } = await makeKey()
    const other = await makeKey()
    const text = await makeDetached({ typ: 'test', jwk }, payload, sign)
    expect(text.split('.')[1]).toBe('')
    expect(verifyDetached(text, payload, { typ: 'test' }).ok).toBe(true)
    expect(verifyDetached(text, payload, { typ: 'test', key: jwk }).ok).toBe(true)
    expect(verifyDetached(text, utf8('other'), { typ: 'test' })).toEqual({ ok: false, fault: { code: 'seal-signature-wrong' } })
    expect(verifyDetached(text, payload, { typ: 'else' })).toEqual({ ok: false, fault: { code: 'signature-malformed' } })
    expect(verifyDetached(text, payload, { typ: 'test', key: other.jwk })).toEqual({ ok: false, fault: { code: 'seal-signature-wrong' } })
    expect(verifyCompact(text, { typ: 'test' }).ok).toBe(false)
  })

  it('refuses the mirrored signature when the text must be unique', async () => {
    const { jwk, sign } = await makeKey()
    const text = await makeCompact({ typ: 'test', jwk }, payload, sign)
    const [head = '', body = '', tail = ''] = text.split('.')
    const { r, s } = p256.Signature.fromBytes(Buffer.from(tail, 'base64url'))
    const mirrored = `${head}.${body}.${base64url(new p256.Signature(r, p256.Point.Fn.neg(s)).toBytes())}`
    expect(verifyCompact(mirrored, { typ: 'test' }).ok).toBe(true)
    expect(verifyCompact(mirrored, { typ: 'test', smallS: true })).toEqual({ ok: false, fault: { code: 'seal-signature-wrong' } })
  })

  it('refuses every changed character', async () => {
    const { jwk, sign } = await makeKey()
    const text = await makeCompact({ typ: 'test', jwk }, payload, sign)
    const changed = Array.from({ length: text.length }, (_, i) => ['A', '_', '.', '='].filter((char) => char !== text[i]).map((char) => text.slice(0, i) + char + text.slice(i + 1))).flat()
    expect(changed.length).toBeGreaterThan(3 * text.length - 1)
    expect(changed.filter((candidate) => verifyCompact(candidate, { typ: 'test', key: jwk, smallS: true }).ok)).toEqual([])
  })

  it('refuses foreign algorithms, extra header members, points off the curve and zero signatures', async () => {
    const { jwk, sign } = await makeKey()
    const compact = async (header: Record<string, unknown>, signature?: Uint8Array): Promise<string> => {
      const head = base64url(utf8(canonical(header)))
      return `${head}.${base64url(payload)}.${base64url(signature ?? (await sign(utf8(`${head}.${base64url(payload)}`))))}`
    }
    const good = { alg: 'ES256', typ: 'test', jwk }
    expect(verifyCompact(await compact(good), { typ: 'test' }).ok).toBe(true)
    const bad = [
      { ...good, alg: 'none' }, { ...good, alg: 'HS256' }, { ...good, crit: ['b64'] }, { ...good, x5c: [] }, { alg: 'ES256', jwk }, { alg: 'ES256', typ: 'test' },
      { ...good, jwk: { ...jwk, d: jwk.x } }, { ...good, jwk: { ...jwk, x: jwk.y } }, { ...good, jwk: { ...jwk, y: base64url(new Uint8Array(32)) } },
      { ...good, jwk: { ...jwk, x: base64url(new Uint8Array(32).fill(255)) } },
    ]
    for (const header of bad) expect(verifyCompact(await compact(header), { typ: 'test' }).ok).toBe(false)
    const zero = new Uint8Array(32)
    const one = Uint8Array.of(...new Uint8Array(31), 1)
    for (const signature of [concat(zero, zero), concat(zero, one), concat(one, zero), new Uint8Array(64).fill(255), new Uint8Array(63), new Uint8Array(65)])
      expect(verifyCompact(await compact(good, signature), { typ: 'test' }).ok).toBe(false)
    for (const text of ['', '.', '..', 'a.b', 'a.b.c', 'a.b.c.d', `${'.'.repeat(10_000)}`]) expect(verifyCompact(text, { typ: 'test' }).ok).toBe(false)
  })
})
