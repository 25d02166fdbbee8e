import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { crc32 as zlibCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { hex, sameBytes, utf8 } from '../../../shared/kernel/bytes.ts'
import { partsOfLog, planPackage } from '../../../shared/seal/build-package.ts'
import { crc32 } from '../../../shared/kernel/crc32.ts'
import { figuresOf } from '../../../shared/seal/figures.ts'
import { dataEntry, isPackageOrder, layout, readRange } from '../../../shared/seal/package-layout.ts'
import { bytesSource, readPackage } from '../../../shared/seal/read-package.ts'
import type { HashMaker, RandomAccess } from '../../../shared/seal/read-package.ts'
import { sealDossier } from '../../../shared/seal/seal.ts'
import { verifyPackage } from '../../../shared/seal/verify.ts'
import type { Desk } from '../dossier/support.ts'
import { defined, must, shelf } from '../dossier/support.ts'
import { approvedWith, makeDevice, packageBytes, samplePdf, sealOn, signOn, tinyApproved, usedPacks } from './support.ts'
import type { Device } from './support.ts'

const content = utf8('Số liệu thử nghiệm '.repeat(20))
let device: Device
let desk: Desk
let bytes: Uint8Array<ArrayBuffer>
beforeAll(async () => {
  device = await makeDevice()
  desk = approvedWith(content)
  await sealOn(desk, device)
  await signOn(desk, device, samplePdf)
  bytes = await packageBytes(desk, content, samplePdf)
})

const ports = { recompute: figuresOf, packs: shelf.byHash }
const codeOf = async (file: Uint8Array): Promise<string> => {
  const result = await verifyPackage(bytesSource(file), ports)
  return result.ok ? 'ok' : result.fault.code
}

describe('crc32', () => {
  it('agrees with zlib on any bytes, in any pieces', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (data, cut) => {
      expect(crc32(data)).toBe(zlibCrc32(data))
      expect(crc32(data.subarray(cut), crc32(data.subarray(0, cut)))).toBe(zlibCrc32(data))
    }), { numRuns: 500 })
  })
})

describe('package', () => {
  it('round-trips: what was sealed is what is verified', async () => {
    const verified = must(await verifyPackage(bytesSource(bytes), { ...ports, verifyReport: (pdf, seal) => Promise.resolve({ ok: true, value: `${String(pdf.length)} ${seal}` }) }))
    const sealing = desk.log.findIndex(({ body }) => body.kind === 'phase.seal')
    expect(verified.log).toEqual(desk.log.slice(0, sealing))
    expect(verified.state).toEqual({ ...desk.now, phase: 'approved', delivery: { seal: null, sealedAt: null, manifest: null, texts: null, jws: null, report: null, packageSha256: null, receipt: null, receivedAt: null, refusal: null } })
    expect(verified.device).toEqual(device.jwk)
    expect(verified.seal).toBe(desk.now.delivery.seal)
    expect(verified.figures).toEqual(figuresOf(desk.now, shelf.byHash))
    expect(verified.unknownPacks).toEqual([])
    expect(verified.report).toEqual({ sha256: desk.now.delivery.report?.sha256, size: samplePdf.length, check: `${String(samplePdf.length)} ${verified.seal}` })
    const file = defined(desk.now.evidence['e2']?.file)
    expect(sameBytes(await verified.content(dataEntry(file.sha256), 5, 20), content.subarray(5, 25))).toBe(true)
    const strangers = must(await verifyPackage(bytesSource(bytes), { recompute: figuresOf }))
    expect(strangers.unknownPacks.map(({ id }) => id).sort()).toEqual(['council-tt15-2014', 'trl'])
  })

  it('seals the computed royalty value, found again by hand', () => {
    const flows = [1000, 1100, 1210].map((revenue, index) => (revenue * 0.05 * 0.8) / 1.15 ** (index + 1))
    const figures = figuresOf(desk.now, shelf.byHash)
    expect(figures).toMatchObject({ sheets: { rfr: { method: 'rfr/1' } } })
    const value = JSON.stringify(figures).match(/"value":([\d.]+),"unit":"money","warnings"/)?.[1]
    expect(Number(value)).toBeCloseTo(flows.reduce((sum, flow) => sum + flow, 0), 9)
    expect(JSON.stringify(figures)).not.toContain('label')
  })

  it('is a function of the content: the same dossier gives the same bytes, in one read or many', async () => {
    expect(sameBytes(await packageBytes(desk, content, samplePdf), bytes)).toBe(true)
    const plan = must(planPackage(must(partsOfLog(desk.log, desk.now)), { evidence: (_, offset, length) => Promise.resolve(content.subarray(offset, offset + length)), report: (offset, length) => Promise.resolve(samplePdf.subarray(offset, offset + length)) }))
    await fc.assert(fc.asyncProperty(fc.nat(bytes.length + 10), fc.nat(5000), async (offset, length) => {
      expect(hex(await plan.read(offset, length))).toBe(hex(bytes.subarray(offset, offset + length)))
    }), { numRuns: 300 })
    const input = { state: desk.now, log: desk.log, packs: usedPacks, figures: {}, engine: '', program: '', device: device.jwk, sealedAt: '2026-11-21T03:00:00.000Z', sealedBy: '' }
    expect(sealDossier(input)).toEqual({ ok: false, fault: { code: 'not-ready-to-seal' } })
    const approvedState = approvedWith(content)
    const ready = { ...input, state: approvedState.now, log: approvedState.log }
    expect(sealDossier({ ...ready, packs: [] })).toEqual({ ok: false, fault: { code: 'not-ready-to-seal' } })
    expect(sealDossier({ ...ready, figures: { x: '"'.repeat(800_000) } })).toEqual({ ok: false, fault: { code: 'seal-too-large' } })
    expect(must(sealDossier(ready)).seal).toBe(must(sealDossier(structuredClone(ready))).seal)
  })

  it('is read by common tools', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'luong-gia-package-'))
    try {
      const file = path.join(folder, 'ho-so.zip')
      writeFileSync(file, bytes)
      expect(execFileSync('unzip', ['-t', file], { encoding: 'utf8' })).toContain('No errors detected')
      const listed = execFileSync('unzip', ['-Z1', file], { encoding: 'utf8' }).trim().split('\n')
      expect(listed.slice(0, 5)).toEqual(['mimetype', 'manifest.json', 'META-INF/seal.jws', 'META-INF/report.jws', 'baocao.pdf'])
      expect(isPackageOrder(listed)).toBe(true)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('is read without the memory of its size: never more than 1 MiB at a time', async () => {
    const large = new Uint8Array(5 * 1_048_576 + 17).map((_, index) => (index * 31 + (index >> 8)) & 0xff)
    const other = approvedWith(large)
    await sealOn(other, device)
    const parts = must(partsOfLog(other.log, other.now))
    let most = 0
    const plan = must(planPackage(parts, {
      evidence: (_, offset, length) => {
        most = Math.max(most, length)
        return Promise.resolve(large.subarray(offset, offset + length))
      },
      report: () => Promise.reject(new Error('no report')),
    }))
    const source: RandomAccess = { size: plan.size, read: (offset, length) => plan.read(offset, length) }
    expect(must(await verifyPackage(source, ports)).report).toBeNull()
    expect(most).toBeLessThanOrEqual(1_048_576)
  })

  it('says so when the source fails or comes short', async () => {
    const failing: RandomAccess = { size: bytes.length, read: (offset, length) => (offset > 2000 ? Promise.reject(new Error('unplugged')) : Promise.resolve(bytes.subarray(offset, offset + length))) }
    expect(await readPackage(failing)).toEqual({ ok: false, fault: { code: 'package-read-failed' } })
    const short: RandomAccess = { size: bytes.length + 100, read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) }
    expect((await readPackage(short)).ok).toBe(false)
  })
})

/** Node's own hash behind the port, so that a hundred thousand readings take seconds. */
const nodeHash: HashMaker = () => {
  const state = createHash('sha256')
  return { update: (part) => void state.update(part), digestHex: () => state.digest('hex') }
}

describe('any change to a small package', () => {
  let small: Uint8Array<ArrayBuffer>
  beforeAll(async () => {
    const file = utf8('nhỏ')
    const tiny = tinyApproved(file)
    await sealOn(tiny, device)
    await signOn(tiny, device, samplePdf)
    small = await packageBytes(tiny, file, samplePdf)
  })
  const accepted = async (file: Uint8Array): Promise<boolean> => {
    // The reader alone cannot know that a signature is wrong; then the whole verification must.
    if (!(await readPackage(bytesSource(file), nodeHash)).ok) return false
    return (await verifyPackage(bytesSource(file), { ...ports, makeHash: nodeHash })).ok
  }

  it('starts from one that verifies', async () => {
    expect(must(await verifyPackage(bytesSource(small), { ...ports, makeHash: nodeHash })).report).not.toBeNull()
    expect(small.length).toBeLessThan(40_000)
  })

  it('of one byte is refused: every byte, two flips', async () => {
    const wrong: string[] = []
    for (let index = 0; index < small.length; index += 1) {
      for (const flip of [1 << (index % 8), 0xff]) {
        const changed = small.slice()
        changed[index] = (changed[index] ?? 0) ^ flip
        if (await accepted(changed)) wrong.push(`${String(index)} ^ ${String(flip)}`)
      }
    }
    expect(wrong).toEqual([])
  }, 120_000)

  it('of length is refused: every truncation, suffixes, prefixes', async () => {
    const wrong: number[] = []
    for (let length = 0; length < small.length; length += 1) if (await accepted(small.subarray(0, length))) wrong.push(length)
    expect(wrong).toEqual([])
    for (const suffix of [utf8('\0'), utf8('PK'), small.subarray(-22), small]) expect(await codeOf(Uint8Array.from([...small, ...suffix]))).toBe('package-damaged')
    for (const prefix of [utf8('\0'), utf8('MZ stub'), small]) expect(await codeOf(Uint8Array.from([...prefix, ...small]))).not.toBe('ok')
  }, 120_000)
})

describe('ZIP64', () => {
  const gib = 2 ** 30
  const name = (digit: string): string => dataEntry(digit.repeat(64))
  const zeros = (size: number): number => crc32(new Uint8Array(size))
  const entries = [{ name: 'mimetype', size: 5, crc32: zeros(5) }, { name: 'manifest.json', size: 7, crc32: zeros(7) }, { name: 'META-INF/seal.jws', size: 3, crc32: zeros(3) }, { name: name('a'), size: 4 * gib, crc32: 4 }, { name: name('b'), size: 10, crc32: zeros(10) }, { name: name('c'), size: 0, crc32: 0 }]
  it('appears from 4 GiB up and is read by common tools', async () => {
    const plan = layout(entries)
    expect(plan.size).toBeGreaterThan(4 * gib)
    const read = (_: string, __: number, length: number) => Promise.resolve(new Uint8Array(length))
    const tail = await readRange(plan, read, 4 * gib, plan.size - 4 * gib)
    const head = await readRange(plan, read, 0, 600)
    expect(head.length + tail.length).toBeLessThan(5000)
    const folder = mkdtempSync(path.join(tmpdir(), 'luong-gia-zip64-'))
    try {
      // A sparse file of that size: headers and directory are real, the content is a hole.
      const file = path.join(folder, 'big.zip')
      const handle = openSync(file, 'w')
      writeSync(handle, head, 0, head.length, 0)
      writeSync(handle, tail, 0, tail.length, 4 * gib)
      closeSync(handle)
      expect(statSync(file).size).toBe(plan.size)
      const listed = execFileSync('unzip', ['-l', file], { encoding: 'utf8' })
      for (const entry of entries) expect(listed).toMatch(new RegExp(`^ *${String(entry.size)} .* ${entry.name}$`, 'm'))
      // Its header lies beyond 4 GiB: found only through the 64-bit offset, and its checksum is right.
      expect(execFileSync('unzip', ['-p', file, name('b')])).toHaveLength(10)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
  it('is laid out only for the entries of a package', () => {
    expect(() => layout(entries.toReversed())).toThrow(TypeError)
    expect(() => layout([...entries, defined(entries[5])])).toThrow(TypeError)
    const order = entries.map((entry) => entry.name)
    expect(isPackageOrder(order)).toBe(true)
    expect(isPackageOrder([...order.slice(0, 3), name('b'), name('a')])).toBe(false)
    expect(isPackageOrder([...order.slice(0, 3), name('a'), name('a')])).toBe(false)
    expect(isPackageOrder([...order.slice(0, 3), 'META-INF/report.jws', 'baocao.pdf', name('a')])).toBe(true)
  })
})
