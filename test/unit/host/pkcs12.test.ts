import { execFileSync } from 'node:child_process'
import { createHmac, pbkdf2Sync, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { child, octets, readBer, type Ber } from '../../../electron/host/ber.ts'
import { readPkcs12 } from '../../../electron/host/pkcs12.ts'
import { decryptRc2 } from '../../../electron/host/rc2.ts'
import { createSignHandlers } from '../../../electron/host/sign.ts'

let folder = ''
const at = (name: string): string => join(folder, name)
const openssl = (...args: string[]): string => execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const keyArgs: Readonly<Record<string, readonly string[]>> = {
  rsa: ['-newkey', 'rsa:2048'], rsa3072: ['-newkey', 'rsa:3072'], rsa1024: ['-newkey', 'rsa:1024'],
  p256: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], p384: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'], p521: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  k256: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1'], ed25519: ['-newkey', 'ed25519'],
}

/** Root, authority below it, and one certificate per kind of key, all made by OpenSSL. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'luong-gia-p12-'))
  openssl('req', '-x509', ...(keyArgs['rsa'] ?? []), '-nodes', '-keyout', 'root.key', '-out', 'root.pem', '-subj', '/CN=Root', '-days', '3', '-addext', 'basicConstraints=critical,CA:TRUE')
  writeFileSync(at('ca.ext'), 'basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n')
  openssl('req', ...(keyArgs['rsa'] ?? []), '-nodes', '-keyout', 'sub.key', '-out', 'sub.csr', '-subj', '/CN=Sub')
  openssl('x509', '-req', '-in', 'sub.csr', '-CA', 'root.pem', '-CAkey', 'root.key', '-set_serial', '2', '-days', '3', '-extfile', 'ca.ext', '-out', 'sub.pem')
  let serial = 10
  for (const [name, args] of Object.entries(keyArgs)) {
    openssl('req', ...args, '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-utf8', '-subj', `/CN=Thẩm định viên ${name}`)
    openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'sub.pem', '-CAkey', 'sub.key', '-set_serial', String(serial++), '-days', '3', '-out', `${name}.pem`)
  }
  writeFileSync(at('chain.pem'), readFileSync(at('root.pem'), 'utf8') + readFileSync(at('sub.pem'), 'utf8'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
const makeP12 = (passphrase: string, args: readonly string[] = [], key = 'rsa'): Buffer => {
  const name = `${String(files++)}.p12`
  writeFileSync(at('pass.txt'), `${passphrase}\n`)
  openssl('pkcs12', '-export', '-inkey', `${key}.key`, '-in', `${key}.pem`, '-certfile', 'chain.pem', '-passout', 'file:pass.txt', '-out', name, ...args)
  return readFileSync(at(name))
}
const subjects = (certificates: readonly X509Certificate[]): string[] => certificates.map(({ subject }) => subject.replace('CN=', ''))

describe('certificate file made by OpenSSL', () => {
  it.each([
    ['modern: PBES2 with AES-256', []],
    ['AES-128 with SHA-512 checksum', ['-certpbe', 'AES-128-CBC', '-keypbe', 'AES-128-CBC', '-macalg', 'sha512']],
    ['AES-192 with SHA-384 checksum', ['-certpbe', 'AES-192-CBC', '-keypbe', 'AES-192-CBC', '-macalg', 'sha384']],
    ['PBES2 with 3DES', ['-certpbe', 'DES-EDE3-CBC', '-keypbe', 'DES-EDE3-CBC']],
    ['old Windows: RC2-40 and 3DES', ['-legacy']],
    ['RC2-128 and two-key 3DES', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-2DES']],
    ['3DES for both', ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
    ['key wrapped, certificates in the open', ['-certpbe', 'NONE']],
    ['nothing wrapped', ['-certpbe', 'NONE', '-keypbe', 'NONE']],
    ['many rounds', ['-iter', '100000']],
    ['one round', ['-noiter', '-nomaciter']],
    ['no checksum', ['-nomac']],
  ])('%s', async (_, args) => {
    const read = await readPkcs12(makeP12('Bí mật 2026', args), 'Bí mật 2026')
    expect(read.ok).toBe(true)
    if (!read.ok) return
    expect(read.value.keyType).toBe('RSA')
    expect(read.value.certificate.subject).toBe('CN=Thẩm định viên rsa')
    expect(read.value.certificate.checkPrivateKey(read.value.key)).toBe(true)
    expect(subjects(read.value.chain)).toEqual(['Sub', 'Root'])
  })

  it.each([
    ['composed and decomposed letters', 'Khoá thẩm định'.normalize('NFC'), 'Khoá thẩm định'.normalize('NFD')],
    ['decomposed and composed letters', 'Khoá thẩm định'.normalize('NFD'), 'Khoá thẩm định'.normalize('NFC')],
    ['an empty passphrase', '', ''],
    ['a long one', 'đ'.repeat(60), 'đ'.repeat(60)],
    ['letters outside the basic plane', 'khóa 🔑', 'khóa 🔑'],
  ])('opens whatever spelling was used: %s', async (_, made, given) => {
    for (const args of [[], ['-legacy']]) expect((await readPkcs12(makeP12(made, args), given)).ok).toBe(true)
  })

  it.each(['rsa', 'rsa3072', 'p256', 'p384', 'p521'])('with a key of kind %s signs as OpenSSL verifies', async (kind) => {
    const { handlers, close } = createSignHandlers(() => 0)
    const opened = await handlers['sign.open']({ p12: makeP12('x', [], kind).toString('base64'), passphrase: 'x' })
    expect(opened.ok && opened.value.keyType).toBe(kind.startsWith('rsa') ? 'RSA' : 'EC')
    if (!opened.ok) return
    expect(new X509Certificate(Buffer.from(opened.value.certificate, 'base64')).subject).toContain(kind)
    openssl('x509', '-in', `${kind}.pem`, '-pubkey', '-noout', '-out', `${kind}.pub`)
    const data = Buffer.from('những thuộc tính được ký')
    writeFileSync(at('data'), data)
    for (const digest of ['SHA-256', 'SHA-384', 'SHA-512'] as const) {
      const signed = await handlers['sign.bytes']({ session: opened.value.session, data: data.toString('base64'), digest })
      if (!signed.ok) throw new Error(signed.fault.code)
      writeFileSync(at('signature'), Buffer.from(signed.value.signature, 'base64'))
      expect(openssl('dgst', `-${digest.replace('-', '').toLowerCase()}`, '-verify', `${kind}.pub`, '-signature', 'signature', 'data')).toContain('Verified OK')
    }
    close()
  })

  it.each(['rsa1024', 'k256', 'ed25519'])('with an unsupported key of kind %s is refused as such', async (kind) => {
    expect(await readPkcs12(makeP12('x', [], kind), 'x')).toEqual({ ok: false, fault: { code: 'certificate-key-unsupported' } })
  })

  it.each([[[]], [['-legacy']], [['-nomac']], [['-certpbe', 'NONE']]])('a wrong passphrase is told (%j)', async (args) => {
    const file = makeP12('right', args)
    for (const wrong of ['wrong', '', 'Right', 'right ', 'đ']) expect(await readPkcs12(file, wrong)).toEqual({ ok: false, fault: { code: 'certificate-password-wrong' } })
  })

  it('a file without key and a file without certificate are told', async () => {
    expect(await readPkcs12(makeP12('x', ['-nokeys']), 'x')).toEqual({ ok: false, fault: { code: 'certificate-without-key' } })
    writeFileSync(at('pass.txt'), 'x\n')
    openssl('pkcs12', '-export', '-inkey', 'rsa.key', '-nocerts', '-passout', 'file:pass.txt', '-out', 'keyonly.p12')
    expect(await readPkcs12(readFileSync(at('keyonly.p12')), 'x')).toEqual({ ok: false, fault: { code: 'certificate-missing' } })
  })
})

describe('damaged or foreign certificate file', () => {
  it.each([
    ['nothing', Buffer.alloc(0)], ['a text', Buffer.from('đây không phải là tệp chứng thư số')], ['zeros', Buffer.alloc(500)], ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ')],
    ['a nest of sequences', Buffer.concat(Array.from({ length: 100 }, () => Buffer.from([0x30, 0x80])))], ['a huge length', Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff])],
    ['a length of lengths', Buffer.from([0x30, 0xff])], ['an endless one', Buffer.from([0x30, 0x80, 0x30, 0x80])],
  ])('%s is refused', async (_, bytes) => {
    expect(await readPkcs12(bytes, 'x')).toEqual({ ok: false, fault: { code: 'certificate-file-damaged' } })
  })

  it('a certificate or a bare key is no certificate file', async () => {
    openssl('x509', '-in', 'rsa.pem', '-outform', 'DER', '-out', 'rsa.der')
    openssl('pkcs8', '-topk8', '-nocrypt', '-in', 'rsa.key', '-outform', 'DER', '-out', 'rsa.p8')
    for (const name of ['rsa.der', 'rsa.p8', 'rsa.pem']) expect((await readPkcs12(readFileSync(at(name)), 'x')).ok).toBe(false)
  })

  it('a cut file is refused at every length', async () => {
    const file = makeP12('x')
    for (let length = 0; length < file.length; length += 3) expect(await readPkcs12(file.subarray(0, length), 'x')).toEqual({ ok: false, fault: { code: 'certificate-file-damaged' } })
  })

  it('a flipped byte never gives another identity, and never throws', async () => {
    const file = makeP12('x', ['-iter', '1'])
    const whole = await readPkcs12(file, 'x')
    if (!whole.ok) throw new Error(whole.fault.code)
    const outcomes = new Set<string>()
    for (let position = 0; position < file.length; position += 5) {
      const bad = Buffer.from(file)
      bad[position] = (bad[position] ?? 0) ^ 0x55
      const read = await readPkcs12(bad, 'x')
      outcomes.add(read.ok ? (read.value.certificate.raw.equals(whole.value.certificate.raw) ? 'same' : 'another') : read.fault.code)
    }
    expect(outcomes).toContain('certificate-file-damaged')
    expect(outcomes).not.toContain('another')
  })

  it('damage is told apart from a wrong passphrase when the parts still open', async () => {
    const file = makeP12('x')
    const mac = child(child(child(readBer(file), 2), 0), 1)
    const bad = Buffer.from(file)
    const offset = mac.content.byteOffset - file.byteOffset
    bad[offset] = (bad[offset] ?? 0) ^ 1
    expect(await readPkcs12(bad, 'x')).toEqual({ ok: false, fault: { code: 'certificate-file-damaged' } })
    expect(await readPkcs12(bad, 'y')).toEqual({ ok: false, fault: { code: 'certificate-password-wrong' } })
  })

  it('random bytes are refused without throwing', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      expect((await readPkcs12(Buffer.concat([Buffer.from([0x30]), bytes]), 'x')).ok).toBe(false)
    }))
  })
})

/** Encodes an element with a definite length, or an indefinite one. */
const der = (tag: number, content: Uint8Array, indefinite = false): Buffer => {
  if (indefinite) return Buffer.concat([Buffer.from([tag, 0x80]), content, Buffer.alloc(2)])
  const length = content.length < 128 ? [content.length] : content.length < 256 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}
const raw = (node: Ber): Buffer => der(node.tag | (node.constructed ? 0x20 : 0), node.content)

describe('spellings of the format', () => {
  it('takes indefinite lengths and octets in parts, as Firefox and Java write them', async () => {
    const file = readBer(makeP12('x'))
    const info = child(file, 1)
    const safe = octets(child(child(info, 1), 0))
    const parts = Array.from({ length: Math.ceil(safe.length / 100) }, (_, part) => der(0x04, safe.subarray(part * 100, part * 100 + 100)))
    const spelled = der(0x30, Buffer.concat([
      raw(child(file, 0)),
      der(0x30, Buffer.concat([raw(child(info, 0)), der(0xa0, der(0x24, Buffer.concat(parts), true), true)]), true),
      raw(child(file, 2)),
    ]), true)
    expect((await readPkcs12(spelled, 'x')).ok).toBe(true)
    expect(await readPkcs12(spelled, 'y')).toEqual({ ok: false, fault: { code: 'certificate-password-wrong' } })
  })

  it('takes the checksum of RFC 9579 (PBMAC1)', async () => {
    const file = readBer(makeP12('Bí mật', ['-nomac']))
    const info = child(file, 1)
    const safe = octets(child(child(info, 1), 0))
    const salt = Buffer.from('0123456789abcdef')
    const sha512 = der(0x30, Buffer.from('06082a864886f70d020b0500', 'hex'))
    const derivation = der(0x30, Buffer.concat([
      Buffer.from('06092a864886f70d01050c', 'hex'),
      der(0x30, Buffer.concat([der(0x04, salt), Buffer.from('02020800', 'hex'), Buffer.from('020140', 'hex'), sha512])),
    ]))
    const algorithm = der(0x30, Buffer.concat([Buffer.from('06092a864886f70d01050e', 'hex'), der(0x30, Buffer.concat([derivation, sha512]))]))
    const mac = createHmac('sha512', pbkdf2Sync('Bí mật', salt, 2048, 64, 'sha512')).update(safe).digest()
    const macData = der(0x30, Buffer.concat([der(0x30, Buffer.concat([algorithm, der(0x04, mac)])), der(0x04, Buffer.from('NOT USED')), Buffer.from('020101', 'hex')]))
    const spelled = der(0x30, Buffer.concat([raw(child(file, 0)), raw(info), macData]))
    expect((await readPkcs12(spelled, 'Bí mật')).ok).toBe(true)
    expect(await readPkcs12(spelled, 'bí mật')).toEqual({ ok: false, fault: { code: 'certificate-password-wrong' } })
  })

  it('does not work for minutes on a made-up number of rounds', async () => {
    const file = makeP12('x', ['-iter', '2048'])
    const many = Buffer.from(file.toString('hex').replaceAll('02020800', '02027fff'), 'hex')
    expect((await readPkcs12(many, 'x')).ok).toBe(false)
    const mac = child(readBer(file), 2)
    const macData = der(0x30, Buffer.concat([raw(child(mac, 0)), raw(child(mac, 1)), Buffer.from('02047fffffff', 'hex')]))
    const endless = der(0x30, Buffer.concat([raw(child(readBer(file), 0)), raw(child(readBer(file), 1)), macData]))
    expect(await readPkcs12(endless, 'x')).toEqual({ ok: false, fault: { code: 'certificate-key-unsupported' } })
  })
})

describe('RC2', () => {
  // RFC 2268, section 5: key, effective bits, plain, cipher.
  it.each([
    ['0000000000000000', 63, '0000000000000000', 'ebb773f993278eff'],
    ['ffffffffffffffff', 64, 'ffffffffffffffff', '278b27e42e2f0d49'],
    ['3000000000000000', 64, '1000000000000001', '30649edf9be7d2c2'],
    ['88', 64, '0000000000000000', '61a8a244adacccf0'],
    ['88bca90e90875a', 64, '0000000000000000', '6ccf4308974c267f'],
    ['88bca90e90875a7f0f79c384627bafb2', 64, '0000000000000000', '1a807d272bbe5db1'],
    ['88bca90e90875a7f0f79c384627bafb2', 128, '0000000000000000', '2269552ab0f85ca6'],
    ['88bca90e90875a7f0f79c384627bafb216f80a6f85920584c42fceb0be255daf1e', 129, '0000000000000000', '5b78d3a43dfff1f1'],
  ])('decrypts the vector with key %s and %d bits', (key, bits, plain, cipher) => {
    expect(decryptRc2(Buffer.from(cipher, 'hex'), Buffer.from(key, 'hex'), Buffer.alloc(8), bits).toString('hex')).toBe(plain)
  })
})

describe('signing sessions', () => {
  it('end on close, after five idle minutes, and with the program', async () => {
    let now = 0
    const { handlers, close } = createSignHandlers(() => now)
    const p12 = makeP12('x', [], 'p256').toString('base64')
    const open = async () => {
      const reply = await handlers['sign.open']({ p12, passphrase: 'x' })
      if (!reply.ok) throw new Error(reply.fault.code)
      return reply.value.session
    }
    const sign = async (session: string) => (await handlers['sign.bytes']({ session, data: 'AAAA', digest: 'SHA-256' })).ok
    const [first, second] = [await open(), await open()]
    expect(await sign(first)).toBe(true)
    await handlers['sign.close']({ session: first })
    expect(await sign(first)).toBe(false)
    now = 299_000
    expect(await sign(second)).toBe(true)
    now = 598_000
    expect(await sign(second)).toBe(true)
    now = 899_000
    expect(await sign(second)).toBe(false)
    const third = await open()
    close()
    expect(await sign(third)).toBe(false)
    expect(await sign('0'.repeat(32))).toBe(false)
  })

  it('are limited in number', async () => {
    const { handlers } = createSignHandlers(() => 0)
    const p12 = makeP12('x', [], 'p256').toString('base64')
    for (let at8 = 0; at8 < 8; at8++) expect((await handlers['sign.open']({ p12, passphrase: 'x' })).ok).toBe(true)
    expect(await handlers['sign.open']({ p12, passphrase: 'x' })).toEqual({ ok: false, fault: { code: 'bad-request' } })
  })

  it('are not opened by a wrong file', async () => {
    const { handlers } = createSignHandlers(() => 0)
    expect(await handlers['sign.open']({ p12: '', passphrase: 'x' })).toEqual({ ok: false, fault: { code: 'certificate-file-damaged' } })
  })
})
