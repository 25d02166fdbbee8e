import { describe, expect, it } from 'vitest'
import { concat, sameBytes, utf8 } from '../../../shared/kernel/bytes.ts'
import { canonical, sha256Hex } from '../../../shared/kernel/canonical.ts'
import { packageMime } from '../../../shared/schema/sealed.ts'
import type { Payload } from '../../../shared/schema/sealed.ts'
import { crc32 } from '../../../shared/kernel/crc32.ts'
import { dataEntry, layout, readRange } from '../../../shared/seal/package-layout.ts'
import { bytesSource, readPackage } from '../../../shared/seal/read-package.ts'
import { rawZip, u64 } from './raw-zip.ts'
import type { RawEnd, RawEntry, RawFields } from './raw-zip.ts'

const payloadOf = (data: Uint8Array): Payload => ({ role: 'evidence', name: 'tệp', mime: 'text/plain', size: data.length, sha256: sha256Hex(data) })
const one = utf8('chứng cứ một')
const two = utf8('chứng cứ hai')
const datas = [one, two].sort((a, b) => (sha256Hex(a) < sha256Hex(b) ? -1 : 1))
const manifestOf = (over: Record<string, unknown> = {}): Uint8Array => utf8(canonical({
  format: 'luong-gia-dossier/1', dossier: '3f2b8c1e-7a4d-4e5f-9b60-1c2d3e4f5a6b', kind: 'valuation', title: 'Công nghệ', supersedes: null,
  sealedAt: '2026-11-21T03:00:00.000Z', sealedBy: 'A', program: 'p', device: 'd'.repeat(64), payloads: datas.map(payloadOf), ...over,
}))

const entry = (name: string, data: Uint8Array, over: Partial<RawEntry> = {}): RawEntry => ({ name, data, ...over })
const data = datas.map((bytes) => entry(dataEntry(sha256Hex(bytes)), bytes))
const [d1 = entry('', one), d2 = entry('', two)] = data
const mimetype = entry('mimetype', utf8(packageMime))
const manifest = entry('manifest.json', manifestOf())
const seal = entry('META-INF/seal.jws', utf8('a..b'))
const good: readonly RawEntry[] = [mimetype, manifest, seal, d1, d2]

const withEntry = (index: number, over: Partial<RawEntry>): RawEntry[] => good.map((item, i) => (i === index ? { ...item, ...over } : item))
const both = (index: number, fields: RawFields): RawEntry[] => withEntry(index, { local: fields, central: fields })
const withManifest = (bytes: Uint8Array): RawEntry[] => withEntry(1, { data: bytes })
const extra64 = concat(Uint8Array.of(1, 0, 16, 0), u64(d2.data.length), u64(d2.data.length))
const unicodePath = concat(Uint8Array.of(0x75, 0x70, 6, 0, 1, 0, 0, 0, 0), utf8('x'))
const descriptor = (bytes: Uint8Array): Uint8Array => concat(Uint8Array.of(0x50, 0x4b, 7, 8), u64(crc32(bytes)).subarray(0, 4), u64(bytes.length).subarray(0, 4), u64(bytes.length).subarray(0, 4))
const renamed = (name: string | Uint8Array): RawEntry[] => withEntry(4, { name })
const sortedFirst = '0'.repeat(64)

const cases: readonly (readonly [string, readonly RawEntry[], RawEnd?])[] = [
  // names
  ['traversal', renamed('../../etc/passwd')], ['traversal in data/', renamed('data/../../x')], ['absolute path', renamed('/etc/passwd')], ['drive letter', renamed('C:\\x')],
  ['backslashes', renamed(`data\\${'a'.repeat(64)}`)], ['upper-case hash', renamed(dataEntry('F'.repeat(64)))], ['short hash', renamed(dataEntry('f'.repeat(63)))], ['name with NUL', renamed('data/\0')],
  ['empty name', renamed('')], ['very long name', renamed('a'.repeat(60_000))], ['name that is no UTF-8', renamed(Uint8Array.of(0x64, 0xff))], ['reserved name', renamed('data/CON')],
  ['name in NFD', renamed('data/a\u0301')], ['unknown META-INF entry', [...good.slice(0, 3), entry('META-INF/other.jws', one), d1, d2]], ['directory entry', [...good.slice(0, 3), entry('data/', new Uint8Array(0)), d1, d2]],
  ['names differ between header and directory', withEntry(4, { central: { name: dataEntry('f'.repeat(64)) } })],
  // order and number
  ['duplicate entry', [...good, d2]], ['duplicate manifest', [mimetype, manifest, manifest, seal, d1, d2]], ['data not sorted', [mimetype, manifest, seal, d2, d1]], ['mimetype not first', [manifest, mimetype, seal, d1, d2]],
  ['no mimetype', good.slice(1)], ['no seal', [mimetype, manifest, d1, d2]], ['no manifest', [mimetype, seal, d1, d2]], ['report without its binding', [...good.slice(0, 3), entry('baocao.pdf', one), d1, d2]],
  ['binding without report', [...good.slice(0, 3), entry('META-INF/report.jws', one), d1, d2]], ['only the end record', []], ['entry missing that the manifest names', good.slice(0, 4)],
  ['entry the manifest does not name', [...good.slice(0, 3), entry(dataEntry(sha256Hex(new Uint8Array(0))), new Uint8Array(0)), d1, d2].sort((a, b) => (a.name.toString().startsWith('data') && b.name.toString().startsWith('data') ? (a.name < b.name ? -1 : 1) : 0))],
  ['six thousand entries', [...good.slice(0, 3), ...Array.from({ length: 6000 }, (_, i) => entry(dataEntry(i.toString(16).padStart(64, '0')), new Uint8Array(0)))]],
  ['sixty thousand entries', [...good.slice(0, 3), ...Array.from({ length: 60_000 }, (_, i) => entry(dataEntry(i.toString(16).padStart(64, '0')), new Uint8Array(0)))]],
  // headers
  ['deflated content', withEntry(4, { deflate: true })], ['deflate bomb', withEntry(4, { deflate: true, data: new Uint8Array(20_000_000) })], ['unknown method', both(4, { method: 99 })], ['data descriptor', withEntry(4, { local: { flags: 0x0808, crc: 0, packed: 0, size: 0 }, central: { flags: 0x0808 }, after: descriptor(d2.data) })],
  ['data descriptor flag only', both(4, { flags: 0x0808 })], ['encrypted', both(4, { flags: 0x0801 })], ['strong encryption', both(4, { flags: 0x0841 })], ['no UTF-8 flag', both(4, { flags: 0 })], ['another time', both(4, { time: 1 })], ['another date', both(4, { date: 0x5000 })],
  ['another version', both(4, { version: 45 })], ['extra field', both(4, { extra: Uint8Array.of(0xfe, 0xca, 0, 0) })], ['Unicode path extra', both(4, { extra: unicodePath })], ['ZIP64 where it is not needed', both(4, { extra: extra64, packed: 0xffffffff, size: 0xffffffff, version: 45 })],
  ['extra in the directory only', withEntry(4, { central: { extra: Uint8Array.of(0xfe, 0xca, 0, 0) } })], ['entry comment', withEntry(4, { central: { comment: utf8('x') } })], ['symbolic link', withEntry(4, { central: { external: 0o120777 * 0x10000 } })], ['executable', withEntry(4, { central: { external: 0o100755 * 0x10000 } })],
  ['another maker', withEntry(4, { central: { madeBy: 20 } })], ['another disk', withEntry(4, { central: { disk: 1 } })], ['internal attributes', withEntry(4, { central: { internal: 1 } })], ['wrong CRC', both(4, { crc: 1 })], ['CRC differs in the directory', withEntry(4, { central: { crc: 1 } })],
  ['size too small', both(4, { packed: 3, size: 3 })], ['size too large', both(4, { packed: 300, size: 300 })], ['packed and plain size differ', both(4, { packed: d2.data.length, size: 5 })], ['size of 4 GiB', both(4, { packed: 0xfffffffe, size: 0xfffffffe })],
  ['size beyond whole numbers', both(4, { packed: 0xffffffff, size: 0xffffffff, version: 45, extra: concat(Uint8Array.of(1, 0, 16, 0), new Uint8Array(16).fill(255)) })],
  ['overlapping entries', withEntry(4, { central: { offset: 38 } })], ['directory points past the end', withEntry(4, { central: { offset: 0x7fffffff } })], ['hidden entry, not in the directory', [...good.slice(0, 3), { ...d1, central: null }, d2]], ['ghost entry, only in the directory', [...good, entry(dataEntry('f'.repeat(64)), one, { ghost: true })]],
  // frame
  ['prefix', good, { prefix: utf8('MZ') }], ['suffix', good, { suffix: utf8('x') }], ['bytes before the directory', good, { beforeDirectory: utf8('gap') }], ['bytes before the end record', good, { beforeEnd: utf8('gap') }], ['archive comment', good, { end: { comment: utf8('hi') } }],
  ['comment that hides a second end', good, { end: { comment: rawZip([entry('x', one)]) } }], ['comment length that lies', good, { end: { commentLength: 5 } }], ['no end record', good, { noEnd: true }], ['no directory', good, { noDirectory: true }], ['count too small', good, { end: { here: 4, total: 4 } }], ['count of 65,535', good, { end: { here: 65_535, total: 65_535 } }],
  ['directory size that lies', good, { end: { size: 1 } }], ['directory offset that lies', good, { end: { offset: 0 } }], ['spanned archive', good, { end: { disk: 1, startDisk: 1 } }], ['directory in another order', good, { directoryOrder: (records) => records.toReversed() }], ['a record left out', good, { directoryOrder: (records) => records.slice(1) }],
  // content
  ['content that is not its hash', withEntry(4, { data: utf8('khác') })], ['manifest with white space', withManifest(utf8(` ${new TextDecoder().decode(manifestOf())}`))], ['manifest with a duplicate key', withManifest(utf8(new TextDecoder().decode(manifestOf()).replace('"kind":"valuation"', '"kind":"level","kind":"valuation"')))],
  ['manifest with a byte order mark', withManifest(concat(Uint8Array.of(0xef, 0xbb, 0xbf), manifestOf()))], ['manifest that is no UTF-8', withManifest(Uint8Array.of(0xff))], ['manifest that is a list', withManifest(utf8('[]'))], ['manifest nested a million deep', withManifest(utf8('['.repeat(1_000_000)))], ['manifest with an unknown member', withManifest(manifestOf({ more: 1 }))],
  ['manifest title not in NFC', withManifest(manifestOf({ title: 'a\u0301' }))], ['manifest that names an entry twice', withManifest(manifestOf({ payloads: [...datas.map(payloadOf), payloadOf(two)] }))], ['manifest with a wrong size', withManifest(manifestOf({ payloads: datas.map((bytes) => ({ ...payloadOf(bytes), size: 1 })) }))],
  ['manifest of 2 MB', withManifest(manifestOf({ program: 'x'.repeat(2_000_000) }))], ['manifest of nothing', withManifest(new Uint8Array(0))], ['manifest hash first in the list', withManifest(manifestOf({ payloads: [{ ...payloadOf(one), sha256: sortedFirst }, ...datas.map(payloadOf)] }))], ['mimetype of another program', withEntry(0, { data: utf8('application/epub+zip') })], ['signature of 20 kB', withEntry(2, { data: new Uint8Array(20_000).fill(65) })],
]

describe('hostile archives', () => {
  it('differ from a good package, which the same tool writes byte for byte', async () => {
    const written = rawZip(good)
    expect((await readPackage(bytesSource(written))).ok).toBe(true)
    const plan = layout(good.map(({ name, data: bytes }) => ({ name: name.toString(), size: bytes.length, crc32: crc32(bytes) })))
    const whole = await readRange(plan, (name, offset, length) => Promise.resolve((good.find((item) => item.name === name)?.data ?? one).subarray(offset, offset + length)), 0, plan.size)
    expect(sameBytes(written, whole)).toBe(true)
    expect(cases.length).toBeGreaterThan(80)
  })

  it.each(cases.map(([name, entries, end]) => ({ name, entries, end })))('$name is refused at once', async ({ entries, end }) => {
    const bytes = rawZip(entries, end)
    const start = performance.now()
    const result = await readPackage(bytesSource(bytes))
    expect(performance.now() - start).toBeLessThan(2_000)
    expect(result.ok).toBe(false)
    expect(['package-not-ours', 'package-too-large', 'package-damaged', 'package-read-failed']).toContain(result.ok ? '' : result.fault.code)
  })

  it('and newer packages are told apart from damaged ones, foreign files from packages', async () => {
    const code = async (bytes: Uint8Array): Promise<string> => {
      const result = await readPackage(bytesSource(bytes))
      return result.ok ? 'ok' : result.fault.code
    }
    expect(await code(rawZip(withManifest(manifestOf({ format: 'luong-gia-dossier/2' }))))).toBe('package-newer')
    expect(await code(rawZip(withEntry(0, { data: utf8('application/epub+zip') })))).toBe('package-not-ours')
    expect(await code(utf8('%PDF-1.7 '.repeat(100)))).toBe('package-not-ours')
    expect(await code(new Uint8Array(0))).toBe('package-not-ours')
    expect(await code(new Uint8Array(1))).toBe('package-not-ours')
    expect(await readPackage({ size: 9 * 2 ** 30, read: () => Promise.reject(new Error('never read')) })).toEqual({ ok: false, fault: { code: 'package-too-large' } })
  })

  it('and random bytes after a good start never throw', async () => {
    const written = rawZip(good)
    let seed = 12345
    const random = (): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
      return seed
    }
    for (let round = 0; round < 3000; round += 1) {
      const bytes = written.slice()
      const from = random() % bytes.length
      const length = 1 + (random() % 40)
      for (let i = from; i < Math.min(from + length, bytes.length); i += 1) bytes[i] = random() >>> 13
      const result = await readPackage(bytesSource(bytes))
      expect(result.ok).toBe(sameBytes(bytes, written))
    }
  })
})
